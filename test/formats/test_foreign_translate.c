/* Expressions of other systems: what is translated says the same of every answer and of a
 * missing one, what cannot be said is refused with its place. The truth tables are those
 * of the systems' own words: in REDCap an empty field equals '' and differs from all else,
 * a calculation without a value is empty, sum() leaves out what is empty, a choice that is
 * not ticked is 0; in XPath 1.0 (3.4) a node-set that is empty meets no comparison. */
#include "base/limits.h"
#include "formats/odm_design_read.h"
#include "model/rule_examples.h"
#include "support/odm_sample.h"
#include "support/unit.h"

#define REDCAP(oid, type, more)                                                        \
    "<ItemDef OID='" oid "' Name='" oid "' DataType='" type "' " more
#define SHOWN_IF(oid, logic) REDCAP(oid, "text", "redcap:BranchingLogic='" logic "'/>")
#define COMPUTED(oid, formula)                                                         \
    REDCAP(oid, "float", "redcap:Calculation='" formula "'/>")
#define LIST(oid, one, two)                                                            \
    "<CodeList OID='" oid "' Name='" oid "' DataType='text'>"                          \
    "<CodeListItem CodedValue='" one "'><Decode><TranslatedText>a</TranslatedText>"    \
    "</Decode></CodeListItem><CodeListItem CodedValue='" two "'><Decode>"              \
    "<TranslatedText>b</TranslatedText></Decode></CodeListItem></CodeList>"

/* A project with the fields of all tests, and one more whose logic is under test. */
static const struct design *project(void **state, const char *definitions,
                                    const char *references)
{
    struct odm_sample *f = *state;
    struct error err;
    struct text document = text_format(
        f->study,
        "<ODM xmlns='http://www.cdisc.org/ns/odm/v1.3' "
        "xmlns:redcap='https://projectredcap.org' ODMVersion='1.3.1'><Study OID='S'>"
        "<GlobalVariables><StudyName>S</StudyName><StudyDescription>d"
        "</StudyDescription><ProtocolName>P</ProtocolName></GlobalVariables>"
        "<MetaDataVersion OID='M' Name='m'>"
        "<FormDef OID='F' Name='f' Repeating='No'><ItemGroupRef ItemGroupOID='G' "
        "Mandatory='No'/></FormDef>"
        "<ItemGroupDef OID='G' Name='' Repeating='No'>"
        "<ItemRef ItemOID='sex' Mandatory='No'/><ItemRef ItemOID='kids' "
        "Mandatory='No'/><ItemRef ItemOID='h' Mandatory='No'/><ItemRef "
        "ItemOID='box___1' Mandatory='No'/><ItemRef ItemOID='a' Mandatory='No'/>"
        "<ItemRef ItemOID='b' Mandatory='No'/><ItemRef ItemOID='note' "
        "Mandatory='No'/>%s</ItemGroupDef>" REDCAP(
            "sex", "text", "><CodeListRef CodeListOID='L'/></ItemDef>")
            REDCAP("kids", "integer", "/>") REDCAP("h", "float", "/>")
                REDCAP("box___1", "text", "><CodeListRef CodeListOID='B'/></ItemDef>")
                    REDCAP("a", "date", "/>") REDCAP("b", "date", "/>")
                        REDCAP("note", "text", "/>") "%s" LIST("L", "0", "1")
                            LIST("B", "1", "0") "</MetaDataVersion></Study></ODM>",
        references, definitions);
    ASSERT_OK(odm_design_read(document, f->study, &f->design, &f->findings, &err),
              &err);
    return f->design;
}

static const struct design *with(void **state, const char *definition)
{
    return project(state, definition, "<ItemRef ItemOID='x' Mandatory='No'/>");
}

static void expect_refused(void **state, const char *definition, const char *reason)
{
    const struct design *design = with(state, definition);
    assert_int_equal(design->foreign_rule_count, 1);
    assert_true(text_is_absent(design->foreign_rules[0].translation));
    ASSERT_TEXT(design->foreign_rules[0].reason, reason);
    const struct item *item = design_item(design, TEXT("x"));
    assert_true(text_is_absent(item->shows.code));
    assert_true(text_is_absent(item->derives.code));
}

/* --- truth tables ------------------------------------------------------------------- */

static void expect_examples(void **state, const struct design *design,
                            const char *examples, size_t count)
{
    struct odm_sample *f = *state;
    struct error err;
    const struct rulebook *rulebook;
    struct rule_list list;
    for (size_t i = 0; i < design->foreign_rule_count; i++)
        if (text_is_absent(design->foreign_rules[i].translation))
            fail_msg("%.*s: %.*s", TEXT_ARG(design->foreign_rules[i].source),
                     TEXT_ARG(design->foreign_rules[i].reason));
    ASSERT_OK(rulebook_make(design, f->study, &rulebook, &err), &err);
    ASSERT_OK(rule_list_make(rulebook, f->study, &list, &err), &err);
    struct arena *scratch = arena_new((size_t)64 << 20);
    struct rule_trial *trial = rule_trial_new(rulebook, &list, f->study, scratch);
    ASSERT_OK(rule_trial_file(trial, TEXT("F.txt"), text_of(examples), &err), &err);
    for (size_t i = 0; i < list.count; i++) {
        const struct example_failure *failure = rule_trial_tally(trial, i)->failures;
        if (failure != NULL)
            fail_msg("line %zu: not %.*s but %.*s", failure->line,
                     TEXT_ARG(failure->expected), TEXT_ARG(failure->said));
    }
    assert_int_equal(trial->unknown.count, 0);
    assert_int_equal(trial->count, count);
    assert_int_equal(trial->failed, 0);
    arena_free(scratch);
}

#define IN(oid) "<ItemRef ItemOID='" oid "' Mandatory='No'/>"

static void shows_a_field_when_redcap_does_also_when_answers_are_missing(void **state)
{
    const struct design *design = project(
        state,
        SHOWN_IF("c1", "[sex] = \"0\"") SHOWN_IF("c2", "[sex] &lt;> \"0\"")
            SHOWN_IF("c3", "[kids] &lt;> \"\" and [kids] > 2")
                SHOWN_IF("c4", "[kids] = \"\" or 2 &lt; [kids]")
                    SHOWN_IF("c5", "[box(1)] = \"0\"")
                        SHOWN_IF("c6", "not([sex] = \"0\" and [kids] = 1)") SHOWN_IF(
                            "c7", "[sex] = 1 or [kids] = 1 and [note] = \"x\""),
        IN("c1") IN("c2") IN("c3") IN("c4") IN("c5") IN("c6") IN("c7"));
    expect_examples(state, design,
                    "rule c1\nsex -> shows\n- -> no\n0 -> yes\n1 -> no\n?ND -> no\n"
                    "rule c2\nsex -> shows\n- -> yes\n0 -> no\n1 -> yes\n?ND -> yes\n"
                    "rule c3\nkids -> shows\n- -> no\n2 -> no\n3 -> yes\n?ND -> no\n"
                    "rule c4\nkids -> shows\n- -> yes\n2 -> no\n3 -> yes\n?ND -> yes\n"
                    "rule c5\nbox___1 -> shows\n- -> yes\n1 -> no\n0 -> yes\n"
                    "rule c6\nsex kids -> shows\n- - -> yes\n0 1 -> no\n0 - -> yes\n"
                    "- 1 -> yes\n1 1 -> yes\n"
                    "rule c7\nsex kids note -> shows\n- - - -> no\n1 - - -> yes\n"
                    "1 1 - -> yes\n- 1 x -> yes\n- 1 y -> no\n- - x -> no\n",
                    31 - 1);
}

static void computes_what_redcap_computes_also_when_answers_are_missing(void **state)
{
    const struct design *design = project(
        state,
        COMPUTED("d1", "round(([kids]*10000)/(([h])^(2)),1)")
            COMPUTED("d2", "sum([kids],[h])") COMPUTED("d3", "if([sex] = \"0\", 1, 2)")
                COMPUTED("d4", "datediff([a],[b],\"d\",\"ymd\",true)")
                    COMPUTED("d5", "datediff([a],[b],\"d\")")
                        COMPUTED("d6", "[box(1)]*3 + [sex] - -1"),
        IN("d1") IN("d2") IN("d3") IN("d4") IN("d5") IN("d6"));
    expect_examples(state, design,
                    /* 70 kg, 175 cm: 22.857… */
                    "rule d1\nkids h -> value\n70 175 -> 22.9\n- 175 -> -\n70 - -> -\n"
                    "rule d2\nkids h -> value\n- - -> -\n2 - -> 2\n- 3.5 -> 3.5\n"
                    "2 3.5 -> 5.5\n"
                    "rule d3\nsex -> value\n- -> 2\n0 -> 1\n1 -> 2\n"
                    "rule d4\na b -> value\nd4 d2 -> -2\nd2 d4 -> 2\nd2 - -> -\n"
                    "rule d5\na b -> value\nd4 d2 -> 2\n- d2 -> -\n"
                    "rule d6\nbox___1 sex -> value\n- 1 -> 2\n1 1 -> 5\n0 0 -> 1\n"
                    "1 - -> -\n",
                    19);
}

/* XPath 1.0, 3.4: of an empty node-set every comparison is false, != too. The condition
 * says when the item is left out. */
static void leaves_out_what_an_xpath_names(void **state)
{
#define LEFT_OUT(oid, path)                                                            \
    "<ConditionDef OID='" oid "' Name='c'><Description/><FormalExpression "            \
    "Context='XPath'>" path                                                            \
    "</FormalExpression></ConditionDef>" REDCAP("x" oid, "text", "/>")
#define LEFT_OUT_IN(oid)                                                               \
    "<ItemRef ItemOID='x" oid "' Mandatory='Yes' "                                     \
    "CollectionExceptionConditionOID='" oid "'/>"
    const struct design *design =
        project(state,
                LEFT_OUT("c1", "../ItemData[@ItemOID='sex'][@Value='0']")
                    LEFT_OUT("c2", "../ItemData[@ItemOID='sex'][@Value!='0']")
                        LEFT_OUT("c3", "not(../ItemGroupData[@ItemGroupOID='G']/"
                                       "ItemData[@ItemOID='kids'][@Value > 2])"),
                LEFT_OUT_IN("c1") LEFT_OUT_IN("c2") LEFT_OUT_IN("c3"));
    expect_examples(state, design,
                    "rule c1\nsex -> shows\n- -> yes\n0 -> no\n1 -> yes\n"
                    "rule c2\nsex -> shows\n- -> yes\n0 -> yes\n1 -> no\n"
                    "rule c3\nkids -> shows\n- -> no\n2 -> no\n3 -> yes\n",
                    9);
    assert_int_equal(design_item(design, TEXT("xc1"))->requirement, ITEM_CONDITIONAL);
}

/* --- refusals -------------------------------------------------------------------------- */

static void refuses_what_says_something_else_here(void **state)
{
    static const struct {
        const char *definition, *reason;
    } rows[] = {
        {SHOWN_IF("x", "[kids] > 2"),
         "what an empty kids is less or more than is not settled in REDCap, at "
         "character 8"},
        {SHOWN_IF("x", "[kids] = 0"),
         "whether an empty kids equals 0 is not settled in REDCap; '0' in quotes would "
         "be, at character 8"},
        {SHOWN_IF("x", "[h] = \"1\""),
         "a text is compared with the number h, at character 7"},
        {SHOWN_IF("x", "[note] = 5"),
         "a number is compared with the text note, at character 10"},
        {SHOWN_IF("x", "[sex] = \"7\""), "'7' is no code of sex, at character 9"},
        {SHOWN_IF("x", "[a] > \"2020-01-01\""),
         "REDCap and XPath compare the date a as text, at character 5"},
        {SHOWN_IF("x", "[kids] = [h]"),
         "what this says of an empty field is not settled, at character 8"},
        {SHOWN_IF("x", "[box(1)] = \"\""),
         "a checkbox is compared with 0 or 1 alone, at character 10"},
        {SHOWN_IF("x", "[box(2)] = \"1\""),
         "box___2 is no field of the design, at character 1"},
        {SHOWN_IF("x", "[e_arm_1][sex] = \"1\""),
         "sex stands at another event, at character 1"},
        {SHOWN_IF("x", "[sex]"),
         "a value stands where a condition is needed, at character 1"},
        {SHOWN_IF("x", "not [sex] = \"1\""),
         "what is denied stands in no parentheses, at character 1"},
        {SHOWN_IF("x", "[sex] = \"1"),
         "the quotation mark is never closed, at character 9"},
        {SHOWN_IF("x", "[current-instance] = 1"),
         "only [field], [field(code)] and [event][field] are understood, at character "
         "9"},
        {COMPUTED("x", "-[kids]^(2)"),
         "a minus before a power can be read in two ways, at character 8"},
        {COMPUTED("x", "mean([kids],[h])"),
         "the function mean has no counterpart here, at character 1"},
        {COMPUTED("x", "round([h])"),
         "round needs its number of decimals, at character 1"},
        {COMPUTED("x", "datediff([a],[b],\"y\")"),
         "only whole days are counted here as REDCap counts them, at character 18"},
        {COMPUTED("x", "[note]*2"), "note is no number here, at character 1"},
    };
    struct odm_sample *f = *state;
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        arena_reset(f->study);
        expect_refused(state, rows[i].definition, rows[i].reason);
    }
}

/* The compiler has the last word. */
static void runs_nothing_that_does_not_compile(void **state)
{
    const struct design *design = with(state, COMPUTED("x", "[kids]/[h]"));
    assert_true(design->foreign_rules[0].reason.len > 0);
    design = with(state, COMPUTED("x", "[x]+1"));
    assert_true(text_is_absent(design_item(design, TEXT("x"))->derives.code));
    assert_int_equal(design_item(design, TEXT("x"))->requirement, ITEM_OPTIONAL);
}

#define TEST(name)                                                                     \
    cmocka_unit_test_setup_teardown(name, odm_sample_make, odm_sample_unmake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(shows_a_field_when_redcap_does_also_when_answers_are_missing),
        TEST(computes_what_redcap_computes_also_when_answers_are_missing),
        TEST(leaves_out_what_an_xpath_names),
        TEST(refuses_what_says_something_else_here),
        TEST(runs_nothing_that_does_not_compile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
