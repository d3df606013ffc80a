#include "support/unit.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "formats/odm_design_read.h"

#include <stdlib.h>
#include <string.h>

/* A small design with one of everything. Tests read it with one part replaced. */
static const char *const lines[] = {
    "<ODM xmlns='http://www.cdisc.org/ns/odm/v2.0' FileType='Snapshot' FileOID='t'"
    " CreationDateTime='2026-01-01T00:00:00Z'>",
    "<Study OID='ST' StudyName='A study' ProtocolName='P-1'>",
    "<Description><TranslatedText Type='text/plain' xml:lang='zh'>一项研究"
    "</TranslatedText></Description>",
    "<MetaDataVersion OID='MDV' Name='1.0'>",
    "<Protocol><StudySummary>",
    "<StudyParameter OID='SP1' Term='t' ShortName='PLANSUB'><ParameterValue "
    "Value='52'/>"
    "</StudyParameter>",
    "<StudyParameter OID='SP2' Term='t' ShortName='SITE'><ParameterValue Value='01'>",
    "<Coding System='https://osteon.org/ns/odm/1/number-prefix' Code='H4'/>",
    "<Coding System='https://osteon.org/ns/odm/1/utc-offset' Code='+08:00'/>",
    "</ParameterValue></StudyParameter></StudySummary></Protocol>",
    "<StudyEventGroupDef OID='SEG' Name='g'>",
    "<StudyEventRef StudyEventOID='SE.A' Mandatory='Yes'/></StudyEventGroupDef>",
    "<StudyEventDef OID='SE.A' Name='Visit A' Repeating='No' Type='Scheduled'>",
    "<ItemGroupRef ItemGroupOID='F.B' OrderNumber='2' Mandatory='Yes'/>",
    "<ItemGroupRef ItemGroupOID='F.A' OrderNumber='1' Mandatory='Yes'/>",
    "<Coding System='https://osteon.org/ns/odm/1/target' Code='day 1'/>",
    "<Coding System='https://osteon.org/ns/odm/1/target/zh-CN' Code='第1天'/>",
    "</StudyEventDef>",
    "<ItemGroupDef OID='F.A' Name='Form A' Repeating='No' Type='Form' "
    "CommentOID='COM'>",
    "<ItemGroupRef ItemGroupOID='IG.A' Mandatory='Yes'/>",
    "<ItemGroupRef ItemGroupOID='IG.ROWS' Mandatory='Yes'/></ItemGroupDef>",
    "<ItemGroupDef OID='F.B' Name='Form B' Repeating='Simple' Type='Form'>",
    "<ItemGroupRef ItemGroupOID='IG.B' Mandatory='Yes'/></ItemGroupDef>",
    "<ItemGroupDef OID='IG.A' Name='Section A' Repeating='No' Type='Section'>",
    "<ItemRef ItemOID='I.AGE' Mandatory='Yes' OrderNumber='2'/>",
    "<ItemRef ItemOID='I.SEX' Mandatory='Yes' OrderNumber='1'/>",
    "<ItemRef ItemOID='I.PREG' Mandatory='Yes' CollectionExceptionConditionOID='C.F'/>",
    "<ItemRef ItemOID='I.BMI' Mandatory='No' MethodOID='M.BMI'>"
    "<Origin Type='Derived'/></ItemRef>",
    "</ItemGroupDef>",
    "<ItemGroupDef OID='IG.ROWS' Name='Rows' Repeating='Dynamic' Type='Section'>",
    "<ItemRef ItemOID='I.PLACE' Mandatory='Yes' Repeat='Yes'/></ItemGroupDef>",
    "<ItemGroupDef OID='IG.B' Name='Section B' Repeating='No' Type='Section'>",
    "<ItemRef ItemOID='I.SEQ' Mandatory='No' KeySequence='1'/></ItemGroupDef>",
    "<ItemDef OID='I.AGE' Name='AGE' DataType='integer'>",
    "<Question><TranslatedText Type='text/plain' xml:lang='en'>\n  Age in\n  years "
    "</TranslatedText>",
    "<TranslatedText Type='text/plain' xml:lang='zh-CN'>年龄</TranslatedText>",
    "<TranslatedText Type='text/plain' xml:lang='fr'>Âge</TranslatedText></Question>",
    "<CRFCompletionInstructions><TranslatedText Type='text/plain'>completed years"
    "</TranslatedText></CRFCompletionInstructions>",
    "<RangeCheck Comparator='GE' "
    "SoftHard='Hard'><CheckValue>0</CheckValue></RangeCheck>",
    "<RangeCheck Comparator='LE' SoftHard='Soft'><CheckValue> 65 </CheckValue>"
    "</RangeCheck>",
    "<Coding System='http://unitsofmeasure.org' Code='a'/>",
    "<Coding System='http://loinc.org' Code='30525-0'/>",
    "<Coding System='https://osteon.org/ns/odm/1/privacy' Code='identity'/>",
    "<Coding System='https://osteon.org/ns/odm/1/second-check' Code='repeat'/>",
    "</ItemDef>",
    "<ItemDef OID='I.SEX' Name='SEX' DataType='text'><CodeListRef "
    "CodeListOID='CL.SEX'/>"
    "</ItemDef>",
    "<ItemDef OID='I.PREG' Name='PREG' DataType='text' Length='200'>",
    "<Description><TranslatedText Type='text/plain'>Pregnant</TranslatedText>"
    "</Description></ItemDef>",
    "<ItemDef OID='I.BMI' Name='BMI' DataType='decimal' DisplayFormat='4.1'/>",
    "<ItemDef OID='I.PLACE' Name='PLACE' DataType='text'>",
    "<CodeListRef CodeListOID='CL.SEX'/>",
    "<Coding System='https://osteon.org/ns/odm/1/multiple' Code='Yes'/></ItemDef>",
    "<ItemDef OID='I.SEQ' Name='SEQ' DataType='partialDate'/>",
    "<CodeList OID='CL.SEX' Name='Sex' DataType='text'>",
    "<CodeListItem CodedValue='F' OrderNumber='2'><Decode>"
    "<TranslatedText Type='text/plain' xml:lang='en'>Female</TranslatedText></Decode>"
    "</CodeListItem>",
    "<CodeListItem CodedValue='M' OrderNumber='1'/></CodeList>",
    "<ConditionDef OID='C.F' Name='c'><Description>"
    "<TranslatedText Type='text/plain'>Left out unless SEX=F</TranslatedText>"
    "</Description><MethodSignature/></ConditionDef>",
    "<MethodDef OID='M.BMI' Name='m'><Description>"
    "<TranslatedText Type='text/plain'>weight by height squared</TranslatedText>"
    "</Description><MethodSignature/></MethodDef>",
    "<CommentDef OID='COM'><Description>"
    "<TranslatedText Type='text/plain'>One per patient</TranslatedText>"
    "</Description></CommentDef>",
    "</MetaDataVersion></Study>",
    "<AdminData><Organization OID='O' Name='Sponsor' Type='Sponsor'/>",
    "<Location OID='01' Name='The site' Role='Site'/></AdminData>",
    "</ODM>",
};

struct fixture {
    struct arena *study;
    const struct design *design;
    struct odm_findings findings;
};

static int make(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->study = arena_new(LIMIT_DESIGN_ARENA);
    *state = f;
    return 0;
}

static int unmake(void **state)
{
    struct fixture *f = *state;
    arena_free(f->study);
    free(f);
    return 0;
}

/* The design above with the first `part` replaced; one line of the document a line. */
static struct text document(struct arena *arena, const char *part, const char *by)
{
    struct buffer whole = buffer_in(arena, 1 << 20);
    for (size_t i = 0; i < ARRAY_COUNT(lines); i++) {
        buffer_text_add(&whole, text_of(lines[i]));
        buffer_byte(&whole, '\n');
    }
    buffer_byte(&whole, '\0');
    const char *at = part == NULL ? NULL : strstr(whole.at, part);
    if (part == NULL)
        return (struct text){whole.at, whole.len - 1};
    assert_non_null(at);
    struct buffer changed = buffer_in(arena, 4 << 20);
    buffer_bytes(&changed, whole.at, (size_t)(at - whole.at));
    buffer_text_add(&changed, text_of(by));
    buffer_text_add(&changed, text_of(at + strlen(part)));
    return (struct text){changed.at, changed.len};
}

static bool read_changed(void **state, const char *part, const char *by,
                         struct error *err)
{
    struct fixture *f = *state;
    return odm_design_read(document(f->study, part, by), f->study, &f->design,
                           &f->findings, err);
}

static const struct design *read_whole(void **state)
{
    struct error err;
    ASSERT_OK(read_changed(state, NULL, NULL, &err), &err);
    return ((struct fixture *)*state)->design;
}

/* With `part` replaced, the design is refused: one finding, of this sentence. */
static void expect_finding(void **state, const char *part, const char *by,
                           const char *sentence)
{
    struct fixture *f = *state;
    struct error err;
    ASSERT_ERROR(read_changed(state, part, by, &err), &err, ERROR_REFUSED);
    if (f->findings.total != 1)
        fail_msg("%zu findings; the first: %s", f->findings.total, err.text);
    ASSERT_TEXT(f->findings.kept[0].sentence, sentence);
    assert_string_equal(err.text, sentence);
    assert_true(err.where[0] != '\0');
}

static void expect_hint(void **state, const char *hint)
{
    struct fixture *f = *state;
    ASSERT_TEXT(f->findings.kept[0].hint, hint);
}

/* --- what a good design says ------------------------------------------------------ */

static void reads_the_study_and_its_version(void **state)
{
    const struct design *design = read_whole(state);
    ASSERT_TEXT(design->oid, "MDV");
    ASSERT_TEXT(design->version, "1.0");
    ASSERT_TEXT(design->study_oid, "ST");
    ASSERT_TEXT(design->name.chinese, "一项研究");
    ASSERT_TEXT(design->name.english, "一项研究"); /* the only one that there is */
    ASSERT_TEXT(design->protocol.english, "P-1");
    ASSERT_TEXT(design->sponsor.english, "Sponsor");
    assert_int_equal(design->enrolment_target, 52);
}

static void reads_sites_with_prefix_and_local_time(void **state)
{
    const struct design *design = read_whole(state);
    const struct site *site = design_site(design, TEXT("01"));
    assert_int_equal(design->site_count, 1);
    ASSERT_TEXT(site->prefix, "H4");
    ASSERT_TEXT(site->name.english, "The site");
    assert_int_equal(site->offset_minutes, 480);
    struct error err;
    ASSERT_OK(read_changed(state, "'+08:00'", "'-03:30'", &err), &err);
    assert_int_equal(((struct fixture *)*state)->design->sites[0].offset_minutes, -210);
}

static void reads_events_with_their_forms_by_order_number(void **state)
{
    const struct design *design = read_whole(state);
    const struct study_event *event = design_event(design, TEXT("SE.A"));
    assert_int_equal(event->form_count, 2);
    ASSERT_TEXT(event->forms[0]->oid, "F.A");
    ASSERT_TEXT(event->forms[1]->oid, "F.B");
    ASSERT_TEXT(event->kind, "scheduled");
    ASSERT_TEXT(event->label.english, "Visit A");
    ASSERT_TEXT(event->target.english, "day 1");
    ASSERT_TEXT(event->target.chinese, "第1天");
    assert_true(text_is_absent(event->window.english));
}

static void reads_forms_sections_and_their_keys(void **state)
{
    const struct design *design = read_whole(state);
    const struct form *form = design_form(design, TEXT("F.A"));
    assert_int_equal(form->group_count, 2);
    assert_false(form->is_repeating);
    assert_null(form->repeat_key);
    ASSERT_TEXT(form->note.english, "One per patient");
    const struct item_group *group = form->groups[0];
    assert_int_equal(group->item_count, 4);
    ASSERT_TEXT(group->items[0]->oid, "I.SEX");
    ASSERT_TEXT(group->items[1]->oid, "I.AGE");
    ASSERT_TEXT(group->items[2]->oid, "I.PREG");
    assert_true(form->groups[1]->is_repeating);
    ASSERT_TEXT(form->groups[1]->repeat_key->oid, "I.PLACE");
    const struct form *repeating = design_form(design, TEXT("F.B"));
    assert_true(repeating->is_repeating);
    ASSERT_TEXT(repeating->repeat_key->oid, "I.SEQ");
}

static void reads_an_item_with_all_that_is_said_of_it(void **state)
{
    const struct item *age = design_item(read_whole(state), TEXT("I.AGE"));
    assert_int_equal(age->type, ITEM_INTEGER);
    ASSERT_TEXT(age->label.english, "Age in years");
    ASSERT_TEXT(age->label.chinese, "年龄");
    ASSERT_TEXT(age->note.english, "completed years");
    ASSERT_TEXT(age->unit, "a");
    ASSERT_TEXT(age->loinc, "30525-0");
    assert_true(age->is_identity);
    assert_int_equal(age->second_check, SECOND_CHECK_REPEAT);
    assert_true(age->hard.has_low && !age->hard.has_high);
    assert_int_equal(decimal_compare(age->hard.low, decimal_of(0)), 0);
    assert_true(!age->soft.has_low && age->soft.has_high);
    assert_int_equal(decimal_compare(age->soft.high, decimal_of(65)), 0);
    assert_int_equal(age->requirement, ITEM_REQUIRED);
    assert_false(age->is_system);
}

static void tells_required_conditional_and_derived_items_apart(void **state)
{
    const struct design *design = read_whole(state);
    const struct item *pregnant = design_item(design, TEXT("I.PREG"));
    assert_int_equal(pregnant->requirement, ITEM_CONDITIONAL);
    assert_true(pregnant->has_condition);
    ASSERT_TEXT(pregnant->condition, "Left out unless SEX=F");
    ASSERT_TEXT(pregnant->label.english, "Pregnant");
    assert_int_equal(pregnant->max_length, 200);
    const struct item *bmi = design_item(design, TEXT("I.BMI"));
    assert_int_equal(bmi->requirement, ITEM_DERIVED);
    assert_true(bmi->is_system);
    assert_int_equal(bmi->decimals, 1);
    ASSERT_TEXT(bmi->derivation.english, "weight by height squared");
    ASSERT_TEXT(bmi->label.english, "BMI");
    assert_int_equal(design_item(design, TEXT("I.SEQ"))->requirement, ITEM_OPTIONAL);
    assert_int_equal(design_item(design, TEXT("I.SEQ"))->type, ITEM_PARTIAL_DATE);
}

static void reads_code_lists_in_their_order(void **state)
{
    const struct design *design = read_whole(state);
    const struct item *sex = design_item(design, TEXT("I.SEX"));
    assert_int_equal(sex->type, ITEM_CODED);
    assert_false(sex->is_multiple);
    assert_int_equal(sex->codelist->code_count, 2);
    ASSERT_TEXT(sex->codelist->codes[0].code, "M");
    ASSERT_TEXT(sex->codelist->codes[0].label.english, "M");
    ASSERT_TEXT(sex->codelist->codes[1].label.english, "Female");
    assert_true(design_item(design, TEXT("I.PLACE"))->is_multiple);
}

static void keeps_nothing_of_the_document_s_memory(void **state)
{
    struct fixture *f = *state;
    struct arena *scratch = arena_new(1 << 20);
    struct text whole = document(scratch, NULL, NULL);
    char *bytes = malloc(whole.len);
    memcpy(bytes, whole.at, whole.len);
    struct error err;
    ASSERT_OK(odm_design_read((struct text){bytes, whole.len}, f->study, &f->design,
                              &f->findings, &err),
              &err);
    memset(bytes, 'X', whole.len);
    free(bytes);
    arena_free(scratch);
    ASSERT_TEXT(design_item(f->design, TEXT("I.AGE"))->label.chinese, "年龄");
}

static void passes_over_elements_of_other_namespaces(void **state)
{
    struct error err;
    ASSERT_OK(
        read_changed(state, "</ItemDef>",
                     "<v:Extra xmlns:v='urn:vendor' v:x='1'><ItemDef OID='I.SEX'/>"
                     "<Question><TranslatedText>no</TranslatedText></Question>"
                     "</v:Extra></ItemDef>",
                     &err),
        &err);
}

static void passes_over_parts_of_odm_that_are_no_matter_of_a_design(void **state)
{
    struct error err;
    ASSERT_OK(read_changed(state, "</ODM>",
                           "<ClinicalData StudyOID='ST' MetaDataVersionOID='MDV'>"
                           "<SubjectData SubjectKey='1'/></ClinicalData></ODM>",
                           &err),
              &err);
    ASSERT_OK(read_changed(state, "<ItemGroupDef OID='F.A'",
                           "<ItemGroupDef OID='DS' Name='d' Repeating='No' "
                           "Type='Dataset'/><ItemGroupDef OID='F.A'",
                           &err),
              &err);
}

static void takes_any_prefix_for_the_namespace(void **state)
{
    struct fixture *f = *state;
    struct error err;
    const char *prefixed =
        "<o:ODM xmlns:o='http://www.cdisc.org/ns/odm/v2.0'><o:Study OID='S'"
        " StudyName='s' ProtocolName='p'><o:MetaDataVersion OID='M' Name='1'/>"
        "</o:Study></o:ODM>";
    ASSERT_OK(
        odm_design_read(text_of(prefixed), f->study, &f->design, &f->findings, &err),
        &err);
    ASSERT_TEXT(f->design->study_oid, "S");
}

/* --- what is refused at once ------------------------------------------------------ */

static void refuses_what_is_not_odm_2(void **state)
{
    struct error err;
    ASSERT_ERROR(read_changed(state, "odm/v2.0'", "odm/v1.3'", &err), &err,
                 ERROR_REFUSED);
    assert_string_equal(err.hint, "ODM 1 is imported, not used as a design");
    assert_string_equal(err.where, "1:1");
    ASSERT_ERROR(
        read_changed(state, " xmlns='http://www.cdisc.org/ns/odm/v2.0'", "", &err),
        &err, ERROR_REFUSED);
    struct fixture *f = *state;
    ASSERT_ERROR(
        odm_design_read(TEXT("<html/>"), f->study, &f->design, &f->findings, &err),
        &err, ERROR_REFUSED);
}

static void refuses_malformed_xml_with_its_place(void **state)
{
    struct error err;
    ASSERT_ERROR(read_changed(state, "</StudyEventDef>", "</StudyEvent>", &err), &err,
                 ERROR_MALFORMED);
    assert_string_equal(err.where, "18:3");
}

static void refuses_entities(void **state)
{
    struct error err;
    ASSERT_ERROR(
        read_changed(state, "<ODM ", "<!DOCTYPE ODM [<!ENTITY a 'b'>]><ODM ", &err),
        &err, ERROR_REFUSED);
    assert_non_null(strstr(err.text, "entity"));
}

static void refuses_texts_and_attributes_without_end(void **state)
{
    struct fixture *f = *state;
    char *longest = malloc(LIMIT_ITEM_TEXT + 2);
    memset(longest, 'x', LIMIT_ITEM_TEXT + 1);
    longest[LIMIT_ITEM_TEXT + 1] = '\0';
    struct error err;
    ASSERT_ERROR(read_changed(state, "completed years", longest, &err), &err,
                 ERROR_TOO_LARGE);
    ASSERT_ERROR(read_changed(state, "A study", longest, &err), &err, ERROR_TOO_LARGE);
    longest[LIMIT_OID + 1] = '\0';
    ASSERT_ERROR(read_changed(state, "'SE.A' N",
                              text_format(f->study, "'%s' N", longest).at, &err),
                 &err, ERROR_REFUSED);
    assert_string_equal(err.text,
                        "StudyEventDef: OID is longer than 128 bytes (and 1 more)");
    longest[LIMIT_OID] = '\0';
    ASSERT_ERROR(read_changed(state, "'SE.A' N",
                              text_format(f->study, "'%s' N", longest).at, &err),
                 &err, ERROR_REFUSED);
    assert_string_equal(err.text, "there is no StudyEventDef SE.A");
    free(longest);
}

/* --- findings --------------------------------------------------------------------- */

static void names_the_nearest_oid_for_a_reference_to_nothing(void **state)
{
    expect_finding(state, "ItemOID='I.AGE'", "ItemOID='I.AEG'",
                   "there is no ItemDef I.AEG");
    expect_hint(state, "did you mean I.AGE?");
    expect_finding(state, "CodeListOID='CL.SEX'", "CodeListOID='CL.SEXX'",
                   "there is no CodeList CL.SEXX");
    expect_hint(state, "did you mean CL.SEX?");
    expect_finding(state, "ItemGroupOID='IG.A'", "ItemGroupOID='IG.AA'",
                   "there is no ItemGroupDef IG.AA");
    expect_finding(state, "ItemGroupOID='F.B'", "ItemGroupOID='nowhere'",
                   "there is no ItemGroupDef nowhere");
    expect_hint(state, "");
    expect_finding(state, "MethodOID='M.BMI'", "MethodOID='M.BMJ'",
                   "there is no MethodDef M.BMJ");
    expect_finding(state, "ConditionOID='C.F'", "ConditionOID='M.BMI'",
                   "there is no ConditionDef M.BMI");
    expect_finding(state, "CommentOID='COM'", "CommentOID='CON'",
                   "there is no CommentDef CON");
    expect_finding(state, "StudyEventOID='SE.A'", "StudyEventOID='SE.B'",
                   "there is no StudyEventDef SE.B");
}

static void says_where_a_finding_is(void **state)
{
    struct fixture *f = *state;
    expect_finding(state, "ItemOID='I.AGE'", "ItemOID='I.AEG'",
                   "there is no ItemDef I.AEG");
    assert_int_equal(f->findings.kept[0].line, 25);
    assert_int_equal(f->findings.kept[0].column, 1);
}

static void finds_an_oid_that_stands_twice(void **state)
{
    expect_finding(state, "<ItemDef OID='I.SEQ'",
                   "<ItemDef OID='I.BMI' Name='BMI' DataType='text'/>"
                   "<ItemDef OID='I.SEQ'",
                   "the OID I.BMI is taken already");
    expect_finding(state, "<CommentDef OID='COM'>",
                   "<CommentDef OID='CL.SEX'><Description/></CommentDef>"
                   "<CommentDef OID='COM'>",
                   "the OID CL.SEX is taken already");
    expect_finding(state, "<Location OID='01' Name='The site' Role='Site'/>",
                   "<Location OID='01' Name='a'/><Location OID='01' Name='b'/>",
                   "a second Location 01");
    expect_finding(state, "CodedValue='F'", "CodedValue='M'",
                   "the code M stands twice in CL.SEX");
}

static void finds_a_missing_oid(void **state)
{
    struct error err;
    ASSERT_ERROR(read_changed(state, "<ItemDef OID='I.AGE' ", "<ItemDef ", &err), &err,
                 ERROR_REFUSED);
    assert_string_equal(err.text, "ItemDef without OID (and 1 more)");
    expect_finding(state, "Location OID='01'", "Location OID=''",
                   "Location without OID");
    expect_finding(state, "ItemOID='I.AGE' ", "", "ItemRef without ItemOID");
    expect_finding(state, "Study OID='ST'", "Study", "Study without OID");
}

static void finds_what_is_neither_yes_nor_no(void **state)
{
    expect_finding(state, "ItemOID='I.AGE' Mandatory='Yes'",
                   "ItemOID='I.AGE' Mandatory='yes'", "ItemRef: Mandatory is \"yes\"");
    expect_finding(state, "Repeating='No' Type='Scheduled'", "Type='Scheduled'",
                   "StudyEventDef: Repeating is \"\"");
    expect_finding(state, "Repeating='Dynamic'", "Repeating='Yes'",
                   "ItemGroupDef: Repeating is \"Yes\"");
    expect_finding(state, "Type='Scheduled'", "Type='Planned'",
                   "StudyEventDef: Type is \"Planned\"");
    expect_finding(state, "OrderNumber='2' Mandatory", "OrderNumber='0' Mandatory",
                   "ItemGroupRef: OrderNumber is \"0\"");
}

static void finds_types_and_formats_that_no_item_can_have(void **state)
{
    expect_finding(state, "DataType='partialDate'", "DataType='base64Binary'",
                   "ItemDef: no item can be of DataType \"base64Binary\"");
    expect_finding(state, "DisplayFormat='4.1'", "DisplayFormat='BEST12.'",
                   "ItemDef: DisplayFormat is \"BEST12.\"");
    expect_finding(state, "Length='200'", "Length='0'", "ItemDef: Length is \"0\"");
}

static void finds_limits_that_cannot_be_kept(void **state)
{
    expect_finding(state, "Comparator='GE'", "Comparator='GT'",
                   "RangeCheck: Comparator is \"GT\"");
    expect_finding(state, "Comparator='LE'", "Comparator='NE'",
                   "RangeCheck: Comparator is \"NE\"");
    expect_finding(state, "SoftHard='Hard'", "SoftHard='hard'",
                   "RangeCheck: SoftHard is \"hard\"");
    expect_finding(state, "<CheckValue>0<", "<CheckValue>none<",
                   "RangeCheck: CheckValue is \"none\"");
    expect_finding(state, "<CheckValue>0</CheckValue>", "",
                   "RangeCheck: one CheckValue is needed, not 0");
    expect_finding(state, "<CheckValue>0</CheckValue>",
                   "<CheckValue>0</CheckValue><CheckValue>1</CheckValue>",
                   "RangeCheck: one CheckValue is needed, not 2");
    expect_finding(state, "Comparator='LE' SoftHard='Soft'",
                   "Comparator='GE' SoftHard='Hard'",
                   "RangeCheck: a second hard lower limit");
    expect_finding(state, "Comparator='LE' SoftHard='Soft'><CheckValue> 65 ",
                   "Comparator='LE' SoftHard='Hard'><CheckValue>-1",
                   "ItemDef I.AGE: the hard limits leave no value");
    expect_finding(state, "DataType='partialDate'/>",
                   "DataType='date'><RangeCheck Comparator='GE' SoftHard='Hard'>"
                   "<CheckValue>1</CheckValue></RangeCheck></ItemDef>",
                   "RangeCheck: the item I.SEQ is no number");
    expect_finding(state, "Comparator='GE' SoftHard='Hard'",
                   "ItemOID='I.BMI' Comparator='GE' SoftHard='Hard'",
                   "RangeCheck: ItemOID: a limit is one of its own item");
    expect_finding(state, "<CodeListRef CodeListOID='CL.SEX'/></ItemDef>",
                   "<RangeCheck Comparator='GE' SoftHard='Hard'><CheckValue>1"
                   "</CheckValue></RangeCheck></ItemDef>",
                   "RangeCheck: the item I.SEX is no number");
    expect_finding(state, "<Coding System='http://unitsofmeasure.org' Code='a'/>",
                   "<CodeListRef CodeListOID='CL.SEX'/>",
                   "the item I.AGE has a code list and a RangeCheck");
}

static void finds_misspelt_facts_of_the_vendor_namespace(void **state)
{
    expect_finding(state, "odm/1/second-check'", "odm/1/second-chek'",
                   "no fact is known under the System "
                   "https://osteon.org/ns/odm/1/second-chek here");
    expect_hint(state, "did you mean https://osteon.org/ns/odm/1/second-check?");
    expect_finding(state, "https://osteon.org/ns/odm/1/target'",
                   "https://osteon.org/ns/odm/2/other'",
                   "no fact is known under the System "
                   "https://osteon.org/ns/odm/2/other here");
    expect_finding(state, "Code='repeat'", "Code='twice'",
                   "second-check cannot be \"twice\"");
    expect_finding(state, "Code='identity'", "Code='secret'",
                   "privacy cannot be \"secret\"");
    expect_finding(state, "multiple' Code='Yes'", "multiple' Code='No'",
                   "multiple cannot be \"No\"");
    expect_finding(
        state, " Code='repeat'", "",
        "the Coding of System https://osteon.org/ns/odm/1/second-check has no "
        "Code");
    expect_finding(state, "'+08:00'", "'8'", "\"8\" is no offset from UTC");
}

static void passes_over_codings_of_other_systems(void **state)
{
    struct error err;
    ASSERT_OK(read_changed(state, "http://loinc.org", "http://snomed.info/sct", &err),
              &err);
    struct fixture *f = *state;
    assert_true(text_is_absent(design_item(f->design, TEXT("I.AGE"))->loinc));
}

static void finds_what_does_not_fit_together(void **state)
{
    expect_finding(state, "ItemGroupOID='IG.A'", "ItemGroupOID='F.B'",
                   "F.B in the form F.A is no section");
    expect_finding(state, "ItemGroupOID='F.B'", "ItemGroupOID='IG.B'",
                   "IG.B in the event SE.A is no form");
    expect_finding(state, "<ItemRef ItemOID='I.PLACE'",
                   "<ItemGroupRef ItemGroupOID='IG.B' Mandatory='Yes'/>"
                   "<ItemRef ItemOID='I.PLACE'",
                   "a section within the section IG.ROWS");
    expect_finding(state, "<ItemGroupRef ItemGroupOID='IG.B'",
                   "<ItemRef ItemOID='I.SEQ' Mandatory='No'/>"
                   "<ItemGroupRef ItemGroupOID='IG.B'",
                   "an item outside the sections of the form F.B");
    expect_finding(state, "<ItemGroupRef ItemGroupOID='IG.B' Mandatory='Yes'/>", "",
                   "the form F.B has no section");
    expect_finding(state, "ItemOID='I.PLACE' Mandatory='Yes' Repeat",
                   "ItemOID='I.SEX' Mandatory='Yes' Repeat",
                   "the item I.SEX stands twice in the form F.A");
    expect_finding(state, "<ItemRef ItemOID='I.SEQ'",
                   "<ItemRef ItemOID='I.SEX' Mandatory='No'/><ItemRef ItemOID='I.SEQ'",
                   "the item I.SEX is used in two ways");
    expect_finding(state, "<CodeListItem CodedValue='M' OrderNumber='1'/></CodeList>",
                   "</CodeList><CodeList OID='CL.E' Name='e' DataType='text'/>",
                   "the CodeList CL.E has no code");
    expect_finding(
        state, "CodedValue='M'", "CodedValue='M or F'",
        "the item I.PLACE takes several codes, and \"M or F\" holds a blank");
    expect_finding(state, "Value='01'", "Value='02'",
                   "the site 01 has no start of participant numbers");
    expect_finding(state, "Value='52'", "Value='many'", "PLANSUB is \"many\"");
    expect_finding(state, "<Protocol>", "<Include StudyOID='a'/><Protocol>",
                   "Include: a design stands in one file");
}

static void lets_a_shared_section_stand_in_two_forms(void **state)
{
    struct fixture *f = *state;
    struct error err;
    ASSERT_OK(read_changed(state, "<ItemGroupRef ItemGroupOID='IG.B'",
                           "<ItemGroupRef ItemGroupOID='IG.ROWS' Mandatory='Yes'/>"
                           "<ItemGroupRef ItemGroupOID='IG.B'",
                           &err),
              &err);
    const struct form *a = design_form(f->design, TEXT("F.A"));
    const struct form *b = design_form(f->design, TEXT("F.B"));
    assert_ptr_equal(a->groups[1], b->groups[0]);
}

static void wants_one_study_with_one_version(void **state)
{
    struct fixture *f = *state;
    struct error err;
    const struct {
        const char *body, *sentence;
    } rows[] = {
        {"", "the document holds no Study"},
        {"<Study OID='S'/>", "the Study holds no MetaDataVersion"},
        {"<Study OID='S'><MetaDataVersion OID='M' Name='1'/>"
         "<MetaDataVersion OID='N' Name='2'/></Study>",
         "a second MetaDataVersion"},
        {"<Study OID='S'><MetaDataVersion OID='M' Name='1'/></Study><Study OID='T'/>",
         "a second Study"},
    };
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        struct text whole = text_format(
            f->study, "<ODM xmlns='http://www.cdisc.org/ns/odm/v2.0'>%s</ODM>",
            rows[i].body);
        ASSERT_ERROR(odm_design_read(whole, f->study, &f->design, &f->findings, &err),
                     &err, ERROR_REFUSED);
        assert_string_equal(err.text, rows[i].sentence);
    }
}

static void lists_all_findings_up_to_a_hundred(void **state)
{
    struct fixture *f = *state;
    struct buffer many = buffer_in(f->study, 1 << 20);
    for (int i = 0; i < 250; i++)
        buffer_format(&many, "<ItemRef ItemOID='I.NONE%d' Mandatory='No'/>\n", i);
    buffer_byte(&many, '\0');
    struct error err;
    struct text whole =
        document(f->study, "<ItemRef ItemOID='I.AGE'",
                 text_format(f->study, "%s<ItemRef ItemOID='I.AGE'", many.at).at);
    ASSERT_ERROR(odm_design_read(whole, f->study, &f->design, &f->findings, &err), &err,
                 ERROR_REFUSED);
    assert_int_equal(f->findings.total, 250);
    assert_int_equal(f->findings.kept_count, ODM_FINDINGS_KEPT);
    assert_string_equal(err.text, "there is no ItemDef I.NONE0 (and 249 more)");
}

static void fails_cleanly_wherever_memory_ends(void **state)
{
    struct fixture *f = *state;
    struct arena *text = arena_new(1 << 20);
    struct text whole = document(text, NULL, NULL);
    struct error err;
    size_t n = 1;
    bool is_ok = false;
    for (; !is_ok && n < 10000; n++) {
        arena_reset(f->study);
        arena_fail_after(f->study, n);
        is_ok = odm_design_read(whole, f->study, &f->design, &f->findings, &err);
        if (!is_ok)
            assert_int_equal(err.code, ERROR_TOO_LARGE);
    }
    assert_true(is_ok && n > 100);
    arena_free(text);
}

static void fails_cleanly_when_memory_ends_amid_findings(void **state)
{
    struct fixture *f = *state;
    struct arena *text = arena_new(1 << 20);
    struct text whole = document(text, "ItemOID='I.AGE'", "ItemOID='I.AEG'");
    struct error err;
    for (size_t n = 1; n < 400; n++) {
        arena_reset(f->study);
        arena_fail_after(f->study, n);
        assert_false(odm_design_read(whole, f->study, &f->design, &f->findings, &err));
        assert_true(err.code == ERROR_TOO_LARGE || err.code == ERROR_REFUSED);
    }
    arena_free(text);
}

static void stops_at_the_end_of_a_small_arena(void **state)
{
    struct fixture *f = *state;
    struct arena *text = arena_new(1 << 20);
    struct text whole = document(text, NULL, NULL);
    for (size_t size = 64; size < 16384; size += 501) {
        struct arena *small = arena_new(size);
        struct error err;
        bool is_ok = odm_design_read(whole, small, &f->design, &f->findings, &err);
        assert_true(is_ok || err.code == ERROR_TOO_LARGE);
        arena_free(small);
    }
    arena_free(text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make, unmake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reads_the_study_and_its_version),
        TEST(reads_sites_with_prefix_and_local_time),
        TEST(reads_events_with_their_forms_by_order_number),
        TEST(reads_forms_sections_and_their_keys),
        TEST(reads_an_item_with_all_that_is_said_of_it),
        TEST(tells_required_conditional_and_derived_items_apart),
        TEST(reads_code_lists_in_their_order),
        TEST(keeps_nothing_of_the_document_s_memory),
        TEST(passes_over_elements_of_other_namespaces),
        TEST(passes_over_parts_of_odm_that_are_no_matter_of_a_design),
        TEST(takes_any_prefix_for_the_namespace),
        TEST(refuses_what_is_not_odm_2),
        TEST(refuses_malformed_xml_with_its_place),
        TEST(refuses_entities),
        TEST(refuses_texts_and_attributes_without_end),
        TEST(names_the_nearest_oid_for_a_reference_to_nothing),
        TEST(says_where_a_finding_is),
        TEST(finds_an_oid_that_stands_twice),
        TEST(finds_a_missing_oid),
        TEST(finds_what_is_neither_yes_nor_no),
        TEST(finds_types_and_formats_that_no_item_can_have),
        TEST(finds_limits_that_cannot_be_kept),
        TEST(finds_misspelt_facts_of_the_vendor_namespace),
        TEST(passes_over_codings_of_other_systems),
        TEST(finds_what_does_not_fit_together),
        TEST(lets_a_shared_section_stand_in_two_forms),
        TEST(wants_one_study_with_one_version),
        TEST(lists_all_findings_up_to_a_hundred),
        TEST(fails_cleanly_wherever_memory_ends),
        TEST(fails_cleanly_when_memory_ends_amid_findings),
        TEST(stops_at_the_end_of_a_small_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
