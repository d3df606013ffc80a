/* What is wrong with an expression is said with its place and what to do; limits too. */
#include "base/limits.h"
#include "support/rule_sample.h"
#include "support/unit.h"

#include <string.h>

static const char *const design = "event BL\nevent H1\n"
                                  "codes NY N Y\ncodes RES SUC FAIL ABORT\n"
                                  "form DM at BL\nitem WEIGHT number kg 1\n"
                                  "item SEX code NY\nitem SET codes RES\n"
                                  "item BRTH moment\nitem NOTE text\n"
                                  "form VS at BL H1\nitem MAP number mm[Hg] 0\n"
                                  "item LAC number mmol/L 1\nitem GLU number mg/dL 0\n"
                                  "form IO repeats at H1\ngroup IO3 repeats\n"
                                  "item RES code RES\n"
                                  "form TWO at BL\nitem WEIGHT number kg 1\n";

/* source, line:column of the finding, start of its sentence, hint */
// clang-format off
static const struct {
    const char *source, *value;
} rows[] = {
    {"WEIGHT +",                    "error 1:9: the expression ends too early"},
    {"(WEIGHT",                     "error 1:8: \")\" is expected here, not the end"},
    {"WEIGHT WEIGHT",               "error 1:8: the expression ends before WEIGHT (an operator or a parenthesis is missing)"},
    {"WEIGHT > 'a",                 "error 1:10: the quote is not closed"},
    {"WEIGHT > 5kg",                "error 1:10: a space is missing between the number and its unit"},
    {"WEIGHT > 5 kgg",              "error 1:10: the unit kgg is not known (did you mean kg?)"},
    {"WEIGHT > 5 mmHg",             "error 1:10: the unit mmHg is not known (did you mean mm[Hg]?)"},
    {"WEIGHT ? 5",                  "error 1:8: a character that the language does not use (texts and codes stand in 'single quotes')"},
    {"date 2025-02-30 < now",       "error 1:1: this is no date that exists (write date 2025-11-22, or a part: 2025-11)"},
    {"time 2025-02-10 < now",       "error 1:1: this is no time that exists (write time 2025-11-22T08:00+08:00)"},
    {"1234567890123456789 = 1",     "error 1:1: a number has at most 18 digits"},
    {"if SEX = 'Y' then 1",         "error 1:20: \"if\" needs an \"else\" (write \"else nothing\" when there is no other value)"},
    {"1 + if yes then 1 else 2",    "error 1:5: a value is expected here, not \"if\" (put parentheses around the \"if\")"},
    {"let A = SEX SEX", "error 1:13: \"let\" ends with its line, or with \";\""},
    {"WEIGHT\n  > 5\n  and GLUE",   "error 3:7: the name GLUE is not known (did you mean GLU?)"},
    {"NOTE = '是' and WIGHT > 1",   "error 1:16: the name WIGHT is not known (did you mean WEIGHT?)"},
    {"DM.WIGHT > 1",                "error 1:1: the name DM.WIGHT is not known (did you mean WEIGHT?)"},
    {"SEX = 'J'",                   "error 1:7: 'J' is no code of NY"},
    {"SEX > 'N'",                   "error 1:1: a code and a text cannot be put in order (number(X) reads a code as a number, order(X) gives its place)"},
    {"SEX and yes",                 "error 1:1: a truth is wanted here, not a code (compare the code, as in X = 'Y')"},
    {"SET = 'SUC'",                 "error 1:1: a set of codes and a text cannot be compared (a set of codes is asked with: has, has any, has all, only(…))"},
    {"WEIGHT = nothing",            "error 1:1: a number in kg and nothing cannot be compared (write: is empty)"},
    {"WEIGHT / 3 = 1",              "error 1:1: an approximate number cannot be compared (write round(X, decimals))"},
    {"WEIGHT in h",                 "error 1:1: kg cannot be converted to h (they measure different things; plain(X) takes the unit away)"},
    {"exp(WEIGHT)",                 "error 1:5: a number without unit is wanted here (plain(X) takes the unit away)"},
    {"BRTH + BRTH",                 "error 1:1: two moments cannot be added"},
    {"BRTH + WEIGHT",               "error 1:8: a time is wanted here, as in 24 h (an approximate one is first rounded: round(X, decimals))"},
    {"round(WEIGHT, WEIGHT)",       "error 1:15: the number of decimals is written as 0 to 15"},
    {"RES = 'SUC'",                 "error 1:1: RES can stand several times: it needs a choice (write first(RES), last(RES), any(… where …))"},
    {"all(IO3)",                    "error 1:1: \"all\" needs what its rows have (write all(GROUP have X = 'Y'))"},
    {"count(IO3 have RES = 'SUC')", "error 1:1: \"count\" takes a condition behind where (write count(GROUP where X = 'Y'))"},
    {"sum(IO3)",                    "error 1:1: an item is wanted here (write FORM.ITEM, or: EXPRESSION over GROUP)"},
    {"previous(VS.MAP)",            "error 1:1: \"previous\" and \"next\" look from a row of the same group (from elsewhere write last(… where …))"},
    {"count(IO3 here)",             "error 1:1: \"here\" needs rows of the form under evaluation"},
    {"VS.MAP at H2",                "error 1:1: VS does not stand at an event H2 (did you mean H1?)"},
    {"SEX is missing 'XX'",         "error 1:1: there is no such reason for a missing value (the reasons are ND, UNK, NA, REF, DEV, OTH)"},
    {"abs()",                       "error 1:1: abs takes 1 argument"},
    {"source(1)",                   "error 1:8: an item is wanted here (as in source(MAP), or source(last(VS.MAP)))"},
    {"state(IO)",                   "error 1:7: this form can stand several times (write it at an event, or any(FORM where …(form) …))"},
};
// clang-format on

static void a_finding_has_its_place_and_says_what_to_do(void **state)
{
    (void)state;
    struct rule_sample sample;
    rule_sample_begin(&sample, text_of(design));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct text found =
            rule_sample_value(&sample, text_of(rows[i].source), TEXT("DM at BL"));
        if (!text_equal(found, text_of(rows[i].value)))
            fail_msg("%s\n  is       %.*s\n  expected %s", rows[i].source,
                     TEXT_ARG(found), rows[i].value);
    }
    rule_sample_end(&sample);
}

static void a_name_of_several_forms_needs_its_form(void **state)
{
    (void)state;
    struct rule_sample sample;
    rule_sample_begin(&sample, text_of(design));
    ASSERT_TEXT(rule_sample_value(&sample, TEXT("WEIGHT"), TEXT("VS at BL")),
                "error 1:1: WEIGHT stands in several forms (write it with its form, as "
                "in DM.WEIGHT)");
    ASSERT_TEXT(rule_sample_value(&sample, TEXT("TWO.WEIGHT"), TEXT("VS at BL")),
                "empty");
    rule_sample_end(&sample);
}

static void several_mistakes_are_all_said(void **state)
{
    (void)state;
    struct rule_sample sample;
    struct findings findings;
    rule_sample_begin(&sample, text_of(design));
    assert_null(rule_sample_compile(
        &sample, TEXT("WIGHT > 1 or VS.LAC at BL > VS.GLU at BL or SEX = 'J'"),
        TEXT("DM at BL"), &findings));
    assert_int_equal(findings.total, 3);
    ASSERT_TEXT(findings.kept[1].sentence, "mmol/L and mg/dL cannot be compared");
    rule_sample_end(&sample);
}

/* ---- what a stored value must be ---- */

static const char *stored_finding(struct rule_sample *sample, const char *item,
                                  const char *source)
{
    const struct dictionary_item *target =
        &sample->dictionary.items[rule_sample_item(sample, item)];
    struct findings findings;
    struct expression expression = {
        .source = text_of(source),
        .context = {.form = target->form, .group = -1, .stored = &target->type}};
    if (expression_compile(&expression, &sample->dictionary, sample->arena,
                           &findings) != NULL)
        return "";
    return text_c(sample->arena, findings.kept[0].sentence);
}

static void a_stored_value_fits_its_item(void **state)
{
    (void)state;
    struct rule_sample s;
    rule_sample_begin(&s, text_of(design));
    assert_string_equal(stored_finding(&s, "MAP", "LAC * 2"),
                        "the item is in mm[Hg], this value in mmol/L");
    assert_string_equal(stored_finding(&s, "MAP", "MAP / 3"),
                        "a number is wanted here, not an approximate number in mm[Hg]");
    assert_string_equal(stored_finding(&s, "MAP", "MAP * 1.5"),
                        "the item has 0 decimals, this value may have more");
    assert_string_equal(stored_finding(&s, "MAP", "round(MAP / 3, 0)"), "");
    assert_string_equal(stored_finding(&s, "MAP", "if LAC > 2 then 1 else 0"), "");
    assert_string_equal(stored_finding(&s, "SEX", "WEIGHT > 3"), "");
    assert_string_equal(stored_finding(&s, "SEX", "if WEIGHT > 2 then 'Y' else 'X'"),
                        "'X' is no code of NY");
    assert_string_equal(stored_finding(&s, "SEX", "WEIGHT"),
                        "this is no code of the list wanted");
    assert_string_equal(stored_finding(&s, "BRTH", "WEIGHT"),
                        "a date or time is wanted here, not a number in kg");
    assert_string_equal(stored_finding(&s, "NOTE", "'a' + text(WEIGHT)"), "");
    assert_string_equal(stored_finding(&s, "NOTE", "nothing"), "");
    rule_sample_end(&s);
}

/* ---- limits ---- */

static struct text repeated(struct arena *arena, const char *part, size_t times,
                            const char *end)
{
    size_t len = strlen(part), rest = strlen(end);
    char *at = arena_alloc(arena, len * times + rest + 1);
    for (size_t i = 0; i < times; i++)
        memcpy(at + i * len, part, len);
    memcpy(at + len * times, end, rest);
    return (struct text){.at = at, .len = len * times + rest};
}

static void passing_a_limit_is_a_finding(void **state)
{
    (void)state;
    static const struct {
        const char *part;
        size_t times;
        const char *end, *sentence;
    } limits[] = {
        {"(", 5000, "", "the expression is nested deeper than 100"},
        {"not ", 3000, "yes", "the expression is nested deeper than 100"},
        {"- ", 5000, "1", "the expression is nested deeper than 100"},
        {"1 + ", 3900, "1", "the expression is nested deeper than 100"},
        {"if yes then 1 else ", 400, "1", "the expression is nested deeper than 100"},
        {"x", 17000, "", "the expression is longer than 16384 bytes"},
        {"any(IO3 where ", 6, "yes))))))",
         "more than 4 aggregates stand inside each other"},
        {"let A = 1;", 33, "A", "there are more than 32 names by \"let\""},
    };
    struct rule_sample sample;
    struct findings findings;
    rule_sample_begin(&sample, text_of(design));
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        struct text source =
            repeated(sample.arena, limits[i].part, limits[i].times, limits[i].end);
        assert_null(rule_sample_compile(&sample, source, TEXT("DM at BL"), &findings));
        ASSERT_TEXT(findings.kept[0].sentence, limits[i].sentence);
    }
    struct text list = text_format(sample.arena, "1 in (%.*s1)",
                                   TEXT_ARG(repeated(sample.arena, "1,", 300, "")));
    assert_null(rule_sample_compile(&sample, list, TEXT("DM at BL"), &findings));
    ASSERT_TEXT(findings.kept[0].sentence, "the list has more than 200 members");
    rule_sample_end(&sample);
}

static void a_run_too_long_or_a_number_too_large_is_a_fault(void **state)
{
    (void)state;
    struct rule_sample sample;
    rule_sample_begin(&sample, TEXT("event E\nform F at E\nitem X number - 0\n"
                                    "form R repeats at E\nitem Y number - 0\n"));
    for (int32_t i = 1; i <= 3000; i++)
        sheet_instance(sample.sheet, 1, 0, 1, i);
    ASSERT_TEXT(rule_sample_value(
                    &sample, TEXT("count(R where count(R where yes) > 0)"), TEXT("")),
                "fault 2");
    ASSERT_TEXT(rule_sample_value(&sample, TEXT("count(R)"), TEXT("")), "3000");
    rule_sample_values(&sample, TEXT("F.X = 999999999999999999\n"));
    ASSERT_TEXT(rule_sample_value(&sample, TEXT("F.X * 10"), TEXT("")), "fault 1");
    ASSERT_TEXT(rule_sample_value(&sample, TEXT("F.X + F.X"), TEXT("")), "fault 1");
    ASSERT_TEXT(rule_sample_value(&sample, TEXT("F.X - F.X"), TEXT("")), "0");
    ASSERT_TEXT(rule_sample_value(&sample, TEXT("1 / plain(F.X - F.X)"), TEXT("")),
                "empty");
    rule_sample_end(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finding_has_its_place_and_says_what_to_do),
        cmocka_unit_test(a_name_of_several_forms_needs_its_form),
        cmocka_unit_test(several_mistakes_are_all_said),
        cmocka_unit_test(a_stored_value_fits_its_item),
        cmocka_unit_test(passing_a_limit_is_a_finding),
        cmocka_unit_test(a_run_too_long_or_a_number_too_large_is_a_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
