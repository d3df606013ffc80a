/* Designs of ODM 1.3.2, and what other people's designs of either version need. */
#include "support/odm_sample.h"
#include "support/unit.h"

#include <stdlib.h>

#define V1 "http://www.cdisc.org/ns/odm/v1.3"
#define V2 "http://www.cdisc.org/ns/odm/v2.0"
#define NAMES                                                                          \
    "<GlobalVariables><StudyName>A study</StudyName>"                                  \
    "<StudyDescription>d</StudyDescription><ProtocolName>P-1</ProtocolName>"           \
    "</GlobalVariables>"

/* A document of ODM 1.3.2 with these definitions in its one MetaDataVersion. */
static const char *whole_1(void **state, const char *definitions)
{
    struct odm_sample *f = *state;
    return text_format(f->study,
                       "<ODM xmlns='" V1 "' ODMVersion='1.3.2'>\n"
                       "<Study OID='S'>" NAMES "<BasicDefinitions>"
                       "<MeasurementUnit OID='MU' Name='kilogram'><Symbol>"
                       "<TranslatedText xml:lang='de'>kg</TranslatedText></Symbol>"
                       "</MeasurementUnit></BasicDefinitions>"
                       "<MetaDataVersion OID='M' Name='one'>\n%s"
                       "</MetaDataVersion></Study></ODM>",
                       definitions)
        .at;
}

static const char *whole_2(void **state, const char *definitions)
{
    struct odm_sample *f = *state;
    return text_format(f->study,
                       "<ODM xmlns='" V2 "'>\n<Study OID='S' StudyName='A study' "
                       "ProtocolName='P'><MetaDataVersion OID='M' Name='one'>\n%s"
                       "</MetaDataVersion></Study></ODM>",
                       definitions)
        .at;
}

static const struct design *read_document(void **state, const char *document)
{
    struct odm_sample *f = *state;
    struct error err;
    ASSERT_OK(
        odm_design_read(text_of(document), f->study, &f->design, &f->findings, &err),
        &err);
    return f->design;
}

static const struct odm_finding *finding(void **state, size_t i)
{
    struct odm_sample *f = *state;
    assert_true(i < f->findings.kept_count);
    return &f->findings.kept[i];
}

static void expect_warning(void **state, size_t i, const char *sentence)
{
    ASSERT_TEXT(finding(state, i)->sentence, sentence);
    assert_int_equal(finding(state, i)->severity, ODM_WARNING);
}

static void expect_refusal(void **state, const char *document, const char *sentence)
{
    struct odm_sample *f = *state;
    struct error err;
    ASSERT_ERROR(
        odm_design_read(text_of(document), f->study, &f->design, &f->findings, &err),
        &err, ERROR_REFUSED);
    assert_string_equal(err.text, sentence);
}

#define EVENT                                                                          \
    "<StudyEventDef OID='E' Name='Visit' Repeating='No' Type='Scheduled'>"             \
    "<FormRef FormOID='F' Mandatory='Yes'/></StudyEventDef>"
#define FORM                                                                           \
    "<FormDef OID='F' Name='Form' Repeating='Yes'>"                                    \
    "<ItemGroupRef ItemGroupOID='G' Mandatory='Yes'/></FormDef>"
#define GROUP                                                                          \
    "<ItemGroupDef OID='G' Name='Group' Repeating='No'>"                               \
    "<ItemRef ItemOID='I' Mandatory='Yes'/></ItemGroupDef>"
#define ITEM "<ItemDef OID='I' Name='ITEM' DataType='integer'/>"

/* --- ODM 1.3.2 -------------------------------------------------------------------- */

static void reads_the_names_of_the_study_from_elements(void **state)
{
    const struct design *design = read_document(state, whole_1(state, ""));
    ASSERT_TEXT(design->study_oid, "S");
    ASSERT_TEXT(design->name.english, "A study");
    ASSERT_TEXT(design->protocol.english, "P-1");
    ASSERT_TEXT(design->version, "one");
    assert_true(design->is_foreign);
}

static void reads_forms_groups_and_items(void **state)
{
    const struct design *design =
        read_document(state, whole_1(state, EVENT FORM GROUP ITEM));
    const struct form *form = design_form(design, TEXT("F"));
    assert_ptr_equal(design_event(design, TEXT("E"))->forms[0], form);
    assert_true(form->is_repeating);
    ASSERT_TEXT(form->groups[0]->oid, "G");
    ASSERT_TEXT(form->groups[0]->items[0]->oid, "I");
    assert_int_equal(form->groups[0]->items[0]->requirement, ITEM_REQUIRED);
    assert_int_equal(((struct odm_sample *)*state)->findings.total, 0);
}

/* ODM 1.3.2 §2.11 allows it. */
static void lets_things_of_different_types_have_one_oid(void **state)
{
    const struct design *design = read_document(
        state, whole_1(state, "<FormDef OID='X' Name='Form' Repeating='No'>"
                              "<ItemGroupRef ItemGroupOID='X' Mandatory='Yes'/>"
                              "</FormDef><ItemGroupDef OID='X' Name='Group' "
                              "Repeating='Yes'><ItemRef ItemOID='X' Mandatory='No'/>"
                              "</ItemGroupDef><ItemDef OID='X' Name='Item' "
                              "DataType='text'/>"));
    ASSERT_TEXT(design_form(design, TEXT("X"))->label.english, "Form");
    assert_true(design_group(design, TEXT("X"))->is_repeating);
    ASSERT_TEXT(design_item(design, TEXT("X"))->name, "Item");
}

static void takes_every_data_type(void **state)
{
    static const struct {
        const char *name;
        enum item_type type;
    } rows[] = {
        {"integer", ITEM_INTEGER},
        {"float", ITEM_DECIMAL},
        {"double", ITEM_DECIMAL},
        {"date", ITEM_DATE},
        {"datetime", ITEM_DATETIME},
        {"time", ITEM_TIME},
        {"text", ITEM_TEXT},
        {"string", ITEM_TEXT},
        {"URI", ITEM_TEXT},
        {"boolean", ITEM_CODED},
        {"hexBinary", ITEM_TEXT},
        {"base64Binary", ITEM_TEXT},
        {"hexFloat", ITEM_TEXT},
        {"base64Float", ITEM_TEXT},
        {"partialDate", ITEM_PARTIAL_DATE},
        {"partialTime", ITEM_PARTIAL_TIME},
        {"partialDatetime", ITEM_PARTIAL_DATETIME},
        {"durationDatetime", ITEM_TEXT},
        {"intervalDatetime", ITEM_TEXT},
        {"incompleteDatetime", ITEM_PARTIAL_DATETIME},
        {"incompleteDate", ITEM_PARTIAL_DATE},
        {"incompleteTime", ITEM_PARTIAL_TIME},
    };
    struct odm_sample *f = *state;
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        struct text item = text_format(
            f->study, "<ItemDef OID='I' Name='i' DataType='%s'/>", rows[i].name);
        const struct design *design = read_document(state, whole_1(state, item.at));
        assert_int_equal(design_item(design, TEXT("I"))->type, rows[i].type);
    }
}

static void makes_a_boolean_a_choice_of_two_codes(void **state)
{
    const struct design *design = read_document(
        state, whole_1(state, "<ItemDef OID='I' Name='i' DataType='boolean'/>"));
    const struct codelist *list = design_item(design, TEXT("I"))->codelist;
    assert_int_equal(list->code_count, 2);
    assert_non_null(codelist_code(list, TEXT("true")));
    ASSERT_TEXT(codelist_code(list, TEXT("false"))->label.chinese, "否");
}

static void reads_units_decimals_and_labels_of_items(void **state)
{
    const struct design *design = read_document(
        state,
        whole_1(state,
                "<ItemDef OID='I' Name='WT' DataType='float' SignificantDigits='1'>"
                "<Question><TranslatedText xml:lang='de'>Gewicht</TranslatedText>"
                "<TranslatedText xml:lang='fr'>Poids</TranslatedText></Question>"
                "<MeasurementUnitRef MeasurementUnitOID='MU'/></ItemDef>"
                "<ItemDef OID='J' Name='J' DataType='text'><Question>"
                "<TranslatedText>Untagged</TranslatedText>"
                "<TranslatedText xml:lang='en'>English</TranslatedText>"
                "<TranslatedText>Again</TranslatedText></Question></ItemDef>"));
    const struct item *weight = design_item(design, TEXT("I"));
    ASSERT_TEXT(weight->unit, "kg");
    ASSERT_TEXT(weight->label.english, "Gewicht");
    assert_int_equal(weight->decimals, 1);
    ASSERT_TEXT(design_item(design, TEXT("J"))->label.english, "English");
}

static void reads_enumerated_items_and_leaves_other_dictionaries_open(void **state)
{
    const struct design *design = read_document(
        state,
        whole_1(state,
                "<ItemDef OID='I' Name='i' DataType='text'><CodeListRef "
                "CodeListOID='C'/></ItemDef><ItemDef OID='J' Name='j' "
                "DataType='text'><CodeListRef CodeListOID='D'/></ItemDef>"
                "<CodeList OID='C' Name='c' DataType='text'>"
                "<EnumeratedItem CodedValue='B' OrderNumber='2'/>"
                "<EnumeratedItem CodedValue='A' OrderNumber='1'/></CodeList>"
                "<CodeList OID='D' Name='d' DataType='text'>"
                "<ExternalCodeList Dictionary='MedDRA' Version='9'/></CodeList>"));
    const struct codelist *list = design_item(design, TEXT("I"))->codelist;
    ASSERT_TEXT(list->codes[0].code, "A");
    ASSERT_TEXT(list->codes[0].label.english, "A");
    assert_int_equal(design_item(design, TEXT("J"))->type, ITEM_TEXT);
    expect_warning(state, 0,
                   "ExternalCodeList: the CodeList D stands in MedDRA, outside the "
                   "document");
}

static void reads_all_comparators_of_a_number_as_limits(void **state)
{
    const struct design *design = read_document(
        state,
        whole_1(state, "<ItemDef OID='I' Name='i' DataType='float'>"
                       "<RangeCheck Comparator='GT' SoftHard='Hard'><CheckValue>1"
                       "</CheckValue></RangeCheck>"
                       "<RangeCheck Comparator='LT' SoftHard='Hard'><CheckValue>3"
                       "</CheckValue></RangeCheck>"
                       "<RangeCheck Comparator='GE' SoftHard='Soft'><CheckValue>"
                       "1.5</CheckValue></RangeCheck></ItemDef>"));
    const struct item *item = design_item(design, TEXT("I"));
    assert_false(range_holds(&item->hard, decimal_of(1)));
    assert_true(range_holds(&item->hard, decimal_of(2)));
    assert_false(range_holds(&item->hard, decimal_of(3)));
    assert_true(range_holds(&item->soft, (struct decimal){15, 1}));
    assert_false(range_holds(&item->soft, (struct decimal){149, 2}));
}

static void takes_the_tighter_of_two_limits(void **state)
{
    const struct design *design = read_document(
        state,
        whole_1(state, "<ItemDef OID='I' Name='i' DataType='integer'>"
                       "<RangeCheck Comparator='LE' SoftHard='Hard'><CheckValue>9"
                       "</CheckValue></RangeCheck>"
                       "<RangeCheck Comparator='LT' SoftHard='Hard'><CheckValue>9"
                       "</CheckValue></RangeCheck>"
                       "<RangeCheck Comparator='LE' SoftHard='Hard'><CheckValue>"
                       "20</CheckValue></RangeCheck></ItemDef>"));
    const struct item *item = design_item(design, TEXT("I"));
    assert_false(range_holds(&item->hard, decimal_of(9)));
    assert_true(range_holds(&item->hard, decimal_of(8)));
    expect_warning(state, 0, "RangeCheck: a second hard upper limit");
}

static void keeps_other_comparisons_and_expressions_as_text(void **state)
{
    const struct design *design = read_document(
        state,
        whole_1(
            state,
            "<ItemDef OID='I' Name='i' DataType='text'>"
            "<RangeCheck Comparator='IN' SoftHard='Soft'><CheckValue>A</CheckValue>"
            "<CheckValue>B</CheckValue></RangeCheck>"
            "<RangeCheck SoftHard='Hard'><FormalExpression Context='XPath'> a &lt; b "
            "</FormalExpression></RangeCheck></ItemDef>"
            "<ConditionDef OID='C' Name='c'><Description><TranslatedText>w"
            "</TranslatedText></Description><FormalExpression>x = 1"
            "</FormalExpression></ConditionDef>"
            "<MethodDef OID='M' Name='m' Type='Computation'><Description/>"
            "<FormalExpression Context='SAS'>y</FormalExpression></MethodDef>"));
    assert_int_equal(design->foreign_rule_count, 4);
    const struct foreign_rule *rules = design->foreign_rules;
    assert_int_equal(rules[0].use, FOREIGN_CHECK);
    ASSERT_TEXT(rules[0].source, "IN (A, B)");
    ASSERT_TEXT(rules[1].owner, "I");
    ASSERT_TEXT(rules[1].context, "XPath");
    ASSERT_TEXT(rules[1].source, "a < b");
    assert_int_equal(rules[2].use, FOREIGN_CONDITION);
    assert_true(text_is_absent(rules[2].context));
    assert_int_equal(rules[3].use, FOREIGN_DERIVATION);
    ASSERT_TEXT(rules[3].owner, "M");
    assert_int_equal(rules[3].line, 3);
}

static void lets_people_enter_what_is_not_derived_here(void **state)
{
    const struct design *design = read_document(
        state,
        whole_1(state,
                "<ItemGroupDef OID='G' Name='g' Repeating='No'>"
                "<ItemRef ItemOID='I' Mandatory='Yes' MethodOID='M'/>"
                "<ItemRef ItemOID='J' Mandatory='Yes' "
                "CollectionExceptionConditionOID='C'/></ItemGroupDef>"
                "<ItemDef OID='I' Name='i' DataType='text'/>"
                "<ItemDef OID='J' Name='j' DataType='text'/>"
                "<ConditionDef OID='C' Name='c'><Description><TranslatedText>unless ill"
                "</TranslatedText></Description></ConditionDef>"
                "<MethodDef OID='M' Name='m' Type='Computation'><Description>"
                "<TranslatedText>a sum</TranslatedText></Description></MethodDef>"));
    const struct item *derived = design_item(design, TEXT("I"));
    assert_int_equal(derived->requirement, ITEM_REQUIRED);
    assert_false(derived->is_system);
    ASSERT_TEXT(derived->derivation.english, "a sum");
    const struct item *conditional = design_item(design, TEXT("J"));
    assert_int_equal(conditional->requirement, ITEM_OPTIONAL);
    assert_false(conditional->has_condition);
    ASSERT_TEXT(conditional->condition, "unless ill");
}

static void orders_events_as_the_protocol_lists_them(void **state)
{
    const struct design *design = read_document(
        state,
        whole_1(state,
                "<Protocol><StudyEventRef StudyEventOID='B' OrderNumber='1' "
                "Mandatory='Yes'/><StudyEventRef StudyEventOID='A' OrderNumber='2' "
                "Mandatory='No'/></Protocol>"
                "<StudyEventDef OID='N' Name='n' Repeating='Yes' Type='Unscheduled'/>"
                "<StudyEventDef OID='A' Name='a' Repeating='No' Type='Common'/>"
                "<StudyEventDef OID='B' Name='b' Repeating='No' Type='Scheduled'/>"));
    assert_int_equal(design->event_count, 3);
    ASSERT_TEXT(design->events[0].oid, "B");
    ASSERT_TEXT(design->events[1].oid, "A");
    ASSERT_TEXT(design->events[1].kind, "log");
    ASSERT_TEXT(design->events[2].oid, "N");
    ASSERT_TEXT(design->events[2].kind, "unscheduled");
}

/* --- versions --------------------------------------------------------------------- */

#define VERSION(study, oid, definitions)                                               \
    "<Study OID='" study "'>" NAMES "<MetaDataVersion OID='" oid "' Name='" oid        \
    "'>" definitions "</MetaDataVersion></Study>"
#define DOCUMENT(studies) "<ODM xmlns='" V1 "'>\n" studies "</ODM>"

static void includes_what_another_version_defines_and_replaces_it(void **state)
{
    const struct design *design = read_document(
        state,
        DOCUMENT(
            VERSION("LIB", "L1",
                    GROUP ITEM "<ItemDef OID='K' Name='old' DataType='text'/>"
                               "<MethodDef OID='X' Name='x'><Description/>"
                               "<FormalExpression>old</FormalExpression></MethodDef>")
                VERSION("S", "M1",
                        "<Include StudyOID='LIB' MetaDataVersionOID='L1'/>" FORM
                        "<ItemDef OID='K' Name='new' DataType='date'/>"
                        "<MethodDef OID='X' Name='x'><Description/>"
                        "<FormalExpression>new</FormalExpression></MethodDef>")));
    ASSERT_TEXT(design->study_oid, "S");
    ASSERT_TEXT(design->oid, "M1");
    assert_int_equal(design->item_count, 2);
    ASSERT_TEXT(design_item(design, TEXT("K"))->name, "new");
    ASSERT_TEXT(design_form(design, TEXT("F"))->groups[0]->items[0]->oid, "I");
    assert_int_equal(design->foreign_rule_count, 1);
    ASSERT_TEXT(design->foreign_rules[0].source, "new");
}

static void takes_the_last_version_and_says_what_is_passed_over(void **state)
{
    const struct design *design = read_document(
        state, DOCUMENT(VERSION("S", "M1", ITEM) VERSION("T", "M2",
                                                         "<ItemDef OID='N' Name='n' "
                                                         "DataType='text'/>")));
    ASSERT_TEXT(design->oid, "M2");
    assert_int_equal(design->item_count, 1);
    expect_warning(state, 0,
                   "MetaDataVersion: M1 is passed over: the design is the last "
                   "MetaDataVersion of the file, M2");
}

static void refuses_an_include_of_nothing_or_of_itself(void **state)
{
    expect_refusal(
        state,
        DOCUMENT(VERSION("S", "M1", "<Include StudyOID='S' MetaDataVersionOID='M0'/>")),
        "Include: there is no MetaDataVersion M0 in the file");
    expect_refusal(
        state,
        DOCUMENT(VERSION("S", "M1", "<Include StudyOID='S' MetaDataVersionOID='M1'/>")),
        "Include: the MetaDataVersion M1 includes itself");
}

/* --- ODM 2.0 as others write it --------------------------------------------------- */

static void takes_groups_within_groups(void **state)
{
    const struct design *design = read_document(
        state,
        whole_2(state,
                "<StudyEventDef OID='E' Name='e' Repeating='No' Type='Scheduled'>"
                "<ItemGroupRef ItemGroupOID='F' Mandatory='Yes'/></StudyEventDef>"
                "<ItemGroupDef OID='F' Name='f' Repeating='No' Type='Form'>"
                "<ItemRef ItemOID='A' Mandatory='Yes'/>"
                "<ItemGroupRef ItemGroupOID='OUTER' Mandatory='Yes'/></ItemGroupDef>"
                "<ItemGroupDef OID='OUTER' Name='o' Repeating='No' Type='Section'>"
                "<ItemGroupRef ItemGroupOID='ROWS' Mandatory='Yes'/></ItemGroupDef>"
                "<ItemGroupDef OID='ROWS' Name='r' Repeating='Dynamic' Type='Section'>"
                "<ItemRef ItemOID='B' Mandatory='Yes'/>"
                "<ItemGroupRef ItemGroupOID='IN' Mandatory='Yes'/></ItemGroupDef>"
                "<ItemGroupDef OID='IN' Name='i' Repeating='No' Type='Concept'>"
                "<ItemRef ItemOID='C' Mandatory='Yes'/></ItemGroupDef>"
                "<ItemDef OID='A' Name='a' DataType='text'/>"
                "<ItemDef OID='B' Name='b' DataType='text'/>"
                "<ItemDef OID='C' Name='c' DataType='text'/>"));
    const struct form *form = design_form(design, TEXT("F"));
    assert_int_equal(form->group_count, 2);
    ASSERT_TEXT(form->groups[0]->oid, "F"); /* the form's own items */
    ASSERT_TEXT(form->groups[0]->items[0]->oid, "A");
    const struct item_group *rows = form->groups[1];
    assert_true(rows->is_repeating);
    assert_int_equal(rows->item_count, 2);
    ASSERT_TEXT(rows->items[1]->oid, "C");
    assert_int_equal(((struct odm_sample *)*state)->findings.total, 0);
}

static void survives_groups_that_hold_each_other(void **state)
{
    const struct design *design = read_document(
        state, whole_2(state, "<ItemGroupDef OID='F' Name='f' Repeating='No' "
                              "Type='Form'><ItemGroupRef ItemGroupOID='G' "
                              "Mandatory='Yes'/></ItemGroupDef>"
                              "<ItemGroupDef OID='G' Name='g' Repeating='Simple' "
                              "Type='Section'><ItemGroupRef ItemGroupOID='H' "
                              "Mandatory='Yes'/></ItemGroupDef>"
                              "<ItemGroupDef OID='H' Name='h' Repeating='No' "
                              "Type='Section'><ItemGroupRef ItemGroupOID='G' "
                              "Mandatory='Yes'/></ItemGroupDef>"));
    assert_int_equal(design->form_count, 1);
    expect_warning(state, 2, "ItemGroupRef: the group G stands twice in the form F");
}

static void shows_forms_that_no_event_lists(void **state)
{
    const struct design *design = read_document(state, whole_1(state, FORM GROUP ITEM));
    assert_int_equal(design->event_count, 1);
    ASSERT_TEXT(design->events[0].forms[0]->oid, "F");
    expect_warning(state, 0, "FormDef: no event lists the form F");
}

static void makes_a_form_of_a_section_that_an_event_lists(void **state)
{
    const struct design *design = read_document(
        state,
        whole_2(state,
                "<StudyEventDef OID='E' Name='e' Repeating='No' Type='Scheduled'>"
                "<ItemGroupRef ItemGroupOID='G' Mandatory='Yes'/></StudyEventDef>"
                "<ItemGroupDef OID='G' Name='g' Repeating='Simple' Type='Section'>"
                "<ItemRef ItemOID='I' Mandatory='Yes'/></ItemGroupDef>" ITEM));
    const struct form *form = design_form(design, TEXT("G"));
    assert_ptr_equal(design->events[0].forms[0], form);
    assert_false(form->is_repeating);
    assert_true(form->groups[0]->is_repeating);
    expect_warning(state, 0, "ItemGroupRef: G in the event E is no form");
}

static void shows_an_item_once_in_a_form(void **state)
{
    const struct design *design = read_document(
        state, whole_1(state, "<FormDef OID='F' Name='f' Repeating='No'>"
                              "<ItemGroupRef ItemGroupOID='G' Mandatory='Yes'/>"
                              "<ItemGroupRef ItemGroupOID='H' Mandatory='Yes'/>"
                              "</FormDef>" GROUP ITEM
                              "<ItemGroupDef OID='H' Name='h' Repeating='No'>"
                              "<ItemRef ItemOID='I' Mandatory='Yes'/></ItemGroupDef>"));
    const struct form *form = design_form(design, TEXT("F"));
    assert_int_equal(form->groups[0]->item_count, 1);
    assert_int_equal(form->groups[1]->item_count, 0);
    assert_int_equal(design_group(design, TEXT("H"))->item_count, 1);
    expect_warning(state, 1, "ItemGroupRef: the item I stands twice in the form F");
}

/* --- what is wrong ---------------------------------------------------------------- */

static void leaves_out_what_a_reference_does_not_find(void **state)
{
    const struct design *design = read_document(
        state,
        whole_1(state, EVENT "<ItemGroupDef OID='G' Name='g' Repeating='No'>"
                             "<ItemRef ItemOID='NONE' Mandatory='No'/></ItemGroupDef>"
                             "<ItemDef OID='I' Name='i' DataType='boolean'>"
                             "<CodeListRef CodeListOID='CL'/></ItemDef>"));
    assert_int_equal(design_event(design, TEXT("E"))->form_count, 0);
    assert_int_equal(design_group(design, TEXT("G"))->item_count, 0);
    assert_int_equal(design_item(design, TEXT("I"))->type, ITEM_TEXT);
    expect_warning(state, 0, "FormRef: there is no FormDef F");
    expect_warning(state, 1, "ItemRef: there is no ItemDef NONE");
    expect_warning(state, 2, "CodeListRef: there is no CodeList CL");
    ASSERT_TEXT(finding(state, 1)->hint, "it is left out");
}

static void takes_a_slip_of_one_letter_and_refuses_other_values(void **state)
{
    const struct design *design = read_document(
        state, whole_1(state, "<ItemGroupDef OID='G' Name='g' Repeating='no'>"
                              "<ItemRef ItemOID='I' Mandatory='Yess'/>"
                              "</ItemGroupDef>" ITEM));
    assert_int_equal(design_item(design, TEXT("I"))->requirement, ITEM_REQUIRED);
    expect_warning(state, 1, "ItemRef: Mandatory is \"Yess\", taken as Yes");
    expect_refusal(state,
                   whole_1(state, "<ItemGroupDef OID='G' Name='g' Repeating='No'>"
                                  "<ItemRef ItemOID='I' Mandatory='Maybe'/>"
                                  "</ItemGroupDef>" ITEM),
                   "ItemRef: Mandatory is \"Maybe\"");
    ASSERT_TEXT(finding(state, 0)->hint, "No or Yes");
}

static void refuses_a_misspelt_name_of_an_element_or_attribute(void **state)
{
    expect_refusal(state,
                   whole_1(state, "<ItemDef OID='I' Name='i' DataType='text'>"
                                  "<Questoin/></ItemDef>"),
                   "Questoin: ODM 1.3.2 has no such element in ItemDef");
    ASSERT_TEXT(finding(state, 0)->hint, "did you mean Question?");
    expect_refusal(state, whole_1(state, "<ItemDef OID='I' name='i' DataType='text'/>"),
                   "ItemDef: the attribute Name is missing");
    ASSERT_TEXT(finding(state, 0)->hint, "name stands there: did you mean Name?");
}

static void warns_of_elements_that_the_standard_has_elsewhere(void **state)
{
    read_document(state,
                  whole_1(state, "<ClinicalData/><Alias Context='c' Name='n'/>"));
    expect_warning(state, 0,
                   "ClinicalData: ODM 1.3.2 has no such element in MetaDataVersion");
    ASSERT_TEXT(finding(state, 0)->hint, "it is passed over");
    assert_int_equal(((struct odm_sample *)*state)->findings.total, 2);
}

static void passes_over_what_vendors_put_between(void **state)
{
    const struct design *design = read_document(
        state, whole_1(state, "<v:Details xmlns:v='urn:vendor'><FormDef/></v:Details>"
                              "<ItemDef OID='I' Name='i' DataType='text' "
                              "xmlns:v='urn:vendor' v:Name='x'><v:Note/></ItemDef>"));
    ASSERT_TEXT(design_item(design, TEXT("I"))->name, "i");
    assert_int_equal(((struct odm_sample *)*state)->findings.total, 0);
}

static void reads_a_document_without_namespace_by_its_version(void **state)
{
    const struct design *design =
        read_document(state, "<ODM ODMVersion='1.3'><Study OID='S'>" NAMES
                             "<MetaDataVersion OID='M' Name='m'>" FORM
                             "</MetaDataVersion></Study></ODM>");
    assert_int_equal(design->form_count, 1);
    expect_warning(state, 0, "ODM: the namespace is missing; read as ODM 1.3.2");
    design = read_document(state, "<ODM ODMVersion='2.0'><Study OID='S' StudyName='n' "
                                  "ProtocolName='p'><MetaDataVersion OID='M' Name='m'/>"
                                  "</Study></ODM>");
    ASSERT_TEXT(design->name.english, "n");
}

static void gives_a_design_without_sites_one(void **state)
{
    const struct design *design = read_document(state, whole_1(state, ""));
    assert_int_equal(design->site_count, 1);
    ASSERT_TEXT(design_site(design, TEXT("01"))->prefix, "01");
}

#define TEST(name)                                                                     \
    cmocka_unit_test_setup_teardown(name, odm_sample_make, odm_sample_unmake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reads_the_names_of_the_study_from_elements),
        TEST(reads_forms_groups_and_items),
        TEST(lets_things_of_different_types_have_one_oid),
        TEST(takes_every_data_type),
        TEST(makes_a_boolean_a_choice_of_two_codes),
        TEST(reads_units_decimals_and_labels_of_items),
        TEST(reads_enumerated_items_and_leaves_other_dictionaries_open),
        TEST(reads_all_comparators_of_a_number_as_limits),
        TEST(takes_the_tighter_of_two_limits),
        TEST(keeps_other_comparisons_and_expressions_as_text),
        TEST(lets_people_enter_what_is_not_derived_here),
        TEST(orders_events_as_the_protocol_lists_them),
        TEST(includes_what_another_version_defines_and_replaces_it),
        TEST(takes_the_last_version_and_says_what_is_passed_over),
        TEST(refuses_an_include_of_nothing_or_of_itself),
        TEST(takes_groups_within_groups),
        TEST(survives_groups_that_hold_each_other),
        TEST(shows_forms_that_no_event_lists),
        TEST(makes_a_form_of_a_section_that_an_event_lists),
        TEST(shows_an_item_once_in_a_form),
        TEST(leaves_out_what_a_reference_does_not_find),
        TEST(takes_a_slip_of_one_letter_and_refuses_other_values),
        TEST(refuses_a_misspelt_name_of_an_element_or_attribute),
        TEST(warns_of_elements_that_the_standard_has_elsewhere),
        TEST(passes_over_what_vendors_put_between),
        TEST(reads_a_document_without_namespace_by_its_version),
        TEST(gives_a_design_without_sites_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
