/* What a REDCap project says beside ODM: N boolean items are one checkbox, its own elements
 * say what repeats, its attributes are kept. */
#include "base/limits.h"
#include "formats/odm_design_read.h"
#include "support/odm_sample.h"
#include "support/unit.h"

#include <string.h>

#define BOX(code, more)                                                                \
    "<ItemDef OID='box___" code "' Name='box___" code "' DataType='boolean' "          \
    "redcap:Variable='box' redcap:FieldType='checkbox' " more                          \
    "><Question><TranslatedText>Box</TranslatedText></Question><CodeListRef "          \
    "CodeListOID='box___" code ".choices'/></ItemDef>"
#define LIST(code)                                                                     \
    "<CodeList OID='box___" code ".choices' Name='b' DataType='boolean' "              \
    "redcap:Variable='box' redcap:CheckboxChoices='1, one|-2, two'><CodeListItem "     \
    "CodedValue='1'><Decode><TranslatedText>Checked</TranslatedText></Decode>"         \
    "</CodeListItem></CodeList>"
#define REF(oid) "<ItemRef ItemOID='" oid "' Mandatory='No'/>"

static const struct design *project(void **state, const char *of_study,
                                    const char *of_box, const char *attributes)
{
    struct odm_sample *f = *state;
    struct error err;
    struct text document = text_format(
        f->study,
        "<ODM xmlns='http://www.cdisc.org/ns/odm/v1.3' "
        "xmlns:redcap='https://projectredcap.org' ODMVersion='1.3.1'><Study OID='S'>"
        "<GlobalVariables><StudyName>S</StudyName><StudyDescription>d"
        "</StudyDescription><ProtocolName>P</ProtocolName>%s</GlobalVariables>"
        "<MetaDataVersion OID='M' Name='m'>"
        "<StudyEventDef OID='E' Name='e' Type='Common' Repeating='No' "
        "redcap:UniqueEventName='e_arm_1'><FormRef FormOID='F' Mandatory='No'/>"
        "</StudyEventDef>"
        "<FormDef OID='F' Name='f' Repeating='No' redcap:FormName='first'>"
        "<ItemGroupRef ItemGroupOID='G' Mandatory='No'/></FormDef>"
        "<ItemGroupDef OID='G' Name='g' Repeating='No'>" REF("box___1") REF("box____2")
            REF("x") "</ItemGroupDef>%s<ItemDef OID='x' Name='x' "
                     "DataType='text' redcap:Variable='x' redcap:FieldType='text' "
                     "%s/>" LIST("1") LIST("_2") "</MetaDataVersion></Study></ODM>",
        of_study, of_box, attributes);
    ASSERT_OK(odm_design_read(document, f->study, &f->design, &f->findings, &err),
              &err);
    return f->design;
}

static const char boxes[] = BOX("1", "redcap:MatrixGroupName='grid'")
    BOX("_2", "redcap:MatrixGroupName='grid'");

static void folds_the_items_of_a_checkbox_into_one_of_several_codes(void **state)
{
    const struct design *design = project(state, "", boxes, "");
    assert_int_equal(design->item_count, 2);
    assert_int_equal(design->codelist_count, 1);
    const struct item *box = design_item(design, TEXT("box"));
    assert_non_null(box);
    assert_true(box->is_multiple);
    ASSERT_TEXT(box->label.english, "Box");
    ASSERT_TEXT(box->codelist->codes[1].code, "-2");
    ASSERT_TEXT(box->codelist->codes[1].label.english, "two");
    const struct item_group *group = design_group(design, TEXT("G"));
    assert_int_equal(group->item_count, 2);
    assert_ptr_equal(group->items[0], box);
    /* What both say of their matrix is said once. */
    assert_int_equal(design->foreign_rule_count, 1);
    ASSERT_TEXT(design->foreign_rules[0].owner, "box");
}

static void asks_for_a_choice_in_branching_logic(void **state)
{
    const struct design *design =
        project(state, "", boxes, "redcap:BranchingLogic='[box(-2)] = &quot;1&quot;'");
    ASSERT_TEXT(design_item(design, TEXT("x"))->shows.code,
                "((\"box\" has '-2') otherwise no)");
}

static void leaves_items_that_only_look_like_a_checkbox(void **state)
{
    static const char strange[] =
        "<ItemDef OID='box___1' Name='a' DataType='text' redcap:Variable='box' "
        "redcap:FieldType='text'/><ItemDef OID='box____2' Name='b' DataType='text'/>";
    const struct design *design = project(state, "", strange, "");
    assert_non_null(design_item(design, TEXT("box___1")));
    assert_non_null(design_item(design, TEXT("box____2")));
}

static void repeats_the_forms_and_events_that_redcap_says(void **state)
{
    const struct design *design =
        project(state,
                "<redcap:RepeatingInstrumentsAndEvents><redcap:RepeatingInstruments>"
                "<redcap:RepeatingInstrument redcap:UniqueEventName='e_arm_1' "
                "redcap:RepeatInstrument='first'/></redcap:RepeatingInstruments>"
                "</redcap:RepeatingInstrumentsAndEvents>",
                boxes, "");
    assert_true(design_form(design, TEXT("F"))->is_repeating);
    assert_false(design->events[0].is_repeating);
    design = project(state, "<redcap:RepeatingEvent redcap:UniqueEventName='e_arm_1'/>",
                     boxes, "");
    assert_true(design->events[0].is_repeating);
    assert_false(design_form(design, TEXT("F"))->is_repeating);
}

static void tells_of_what_cannot_repeat(void **state)
{
    struct odm_sample *f = *state;
    project(state, "<redcap:RepeatingInstrument redcap:RepeatInstrument='frist'/>",
            boxes, "");
    assert_int_equal(f->findings.total, 1);
    assert_non_null(strstr(f->findings.kept[0].sentence.at, "no form frist"));
}

static void keeps_notes_and_what_is_not_run(void **state)
{
    const struct design *design =
        project(state, "", boxes,
                "redcap:FieldNote='in cm' redcap:FieldAnnotation='@HIDDEN' "
                "redcap:TextValidationType='email'");
    ASSERT_TEXT(design_item(design, TEXT("x"))->note.english, "in cm");
    size_t found = 0;
    for (size_t i = 0; i < design->foreign_rule_count; i++)
        found += text_equal(design->foreign_rules[i].source, TEXT("@HIDDEN")) ||
                 text_equal(design->foreign_rules[i].source, TEXT("email"));
    assert_int_equal(found, 2);
}

int main(void)
{
#define TEST(name)                                                                     \
    cmocka_unit_test_setup_teardown(name, odm_sample_make, odm_sample_unmake)
    const struct CMUnitTest tests[] = {
        TEST(folds_the_items_of_a_checkbox_into_one_of_several_codes),
        TEST(asks_for_a_choice_in_branching_logic),
        TEST(leaves_items_that_only_look_like_a_checkbox),
        TEST(repeats_the_forms_and_events_that_redcap_says),
        TEST(tells_of_what_cannot_repeat),
        TEST(keeps_notes_and_what_is_not_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
