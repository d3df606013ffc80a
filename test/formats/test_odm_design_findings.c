/* What the design reader finds wrong, and how it says so. */
#include "support/odm_sample.h"
#include "support/unit.h"

#include "base/buffer.h"

/* With `part` replaced, the design is refused: one finding, of this sentence. */
static void expect_finding(void **state, const char *part, const char *by,
                           const char *sentence)
{
    struct odm_sample *f = *state;
    struct error err;
    ASSERT_ERROR(odm_sample_read(state, part, by, &err), &err, ERROR_REFUSED);
    if (f->findings.total != 1)
        fail_msg("%zu findings; the first: %s", f->findings.total, err.text);
    ASSERT_TEXT(f->findings.kept[0].sentence, sentence);
    assert_string_equal(err.text, sentence);
    assert_true(err.where[0] != '\0');
}

static void expect_hint(void **state, const char *hint)
{
    struct odm_sample *f = *state;
    ASSERT_TEXT(f->findings.kept[0].hint, hint);
}

/* --- findings --------------------------------------------------------------------- */

static void names_the_nearest_oid_for_a_reference_to_nothing(void **state)
{
    expect_finding(state, "ItemOID='I.AGE'", "ItemOID='I.AEG'",
                   "ItemRef: there is no ItemDef I.AEG");
    expect_hint(state, "did you mean I.AGE?");
    expect_finding(state, "CodeListOID='CL.SEX'", "CodeListOID='CL.SEXX'",
                   "CodeListRef: there is no CodeList CL.SEXX");
    expect_hint(state, "did you mean CL.SEX?");
    expect_finding(state, "ItemGroupOID='IG.A'", "ItemGroupOID='IG.AA'",
                   "ItemGroupRef: there is no ItemGroupDef IG.AA");
    expect_finding(state, "ItemGroupOID='F.B'", "ItemGroupOID='nowhere'",
                   "ItemGroupRef: there is no ItemGroupDef nowhere");
    expect_hint(state, "");
    expect_finding(state, "MethodOID='M.BMI'", "MethodOID='M.BMJ'",
                   "ItemRef: there is no MethodDef M.BMJ");
    expect_finding(state, "ConditionOID='C.F'", "ConditionOID='M.BMI'",
                   "ItemRef: there is no ConditionDef M.BMI");
    expect_finding(state, "CommentOID='COM'", "CommentOID='CON'",
                   "ItemGroupDef: there is no CommentDef CON");
    expect_finding(state, "StudyEventOID='SE.A'", "StudyEventOID='SE.B'",
                   "StudyEventRef: there is no StudyEventDef SE.B");
}

static void says_where_a_finding_is(void **state)
{
    struct odm_sample *f = *state;
    expect_finding(state, "ItemOID='I.AGE'", "ItemOID='I.AEG'",
                   "ItemRef: there is no ItemDef I.AEG");
    assert_int_equal(f->findings.kept[0].line, 25);
    assert_int_equal(f->findings.kept[0].column, 1);
}

static void finds_an_oid_that_stands_twice(void **state)
{
    expect_finding(state, "<ItemDef OID='I.SEQ'",
                   "<ItemDef OID='I.BMI' Name='BMI' DataType='text'/>"
                   "<ItemDef OID='I.SEQ'",
                   "ItemDef: the OID I.BMI is taken already");
    expect_finding(state, "<CommentDef OID='COM'>",
                   "<CommentDef OID='CL.SEX'><Description/></CommentDef>"
                   "<CommentDef OID='COM'>",
                   "CommentDef: the OID CL.SEX is taken already");
    expect_finding(state, "<Location OID='01' Name='The site' Role='Site'/>",
                   "<Location OID='01' Name='a'/><Location OID='01' Name='b'/>",
                   "Location: a second Location 01");
    expect_finding(state, "CodedValue='F'", "CodedValue='M'",
                   "CodeListItem: the code M stands twice in CL.SEX");
}

static void finds_a_missing_oid(void **state)
{
    struct error err;
    ASSERT_ERROR(odm_sample_read(state, "<ItemDef OID='I.AGE' ", "<ItemDef ", &err),
                 &err, ERROR_REFUSED);
    assert_string_equal(err.text, "ItemRef: there is no ItemDef I.AGE (and 1 more)");
    expect_finding(state, "Location OID='01'", "Location OID=''",
                   "Location: the attribute OID is missing");
    expect_finding(state, "ItemOID='I.AGE' ", "",
                   "ItemRef: the attribute ItemOID is missing");
    expect_finding(state, "Study OID='ST'", "Study",
                   "Study: the attribute OID is missing");
}

static void finds_what_is_neither_yes_nor_no(void **state)
{
    expect_finding(state, "ItemOID='I.AGE' Mandatory='Yes'",
                   "ItemOID='I.AGE' Mandatory='yes'",
                   "ItemRef: Mandatory is \"yes\", taken as Yes");
    expect_finding(state, "Repeating='No' Type='Scheduled'", "Type='Scheduled'",
                   "StudyEventDef: the attribute Repeating is missing");
    expect_finding(state, "Repeating='Dynamic'", "Repeating='Yes'",
                   "ItemGroupDef: Repeating is \"Yes\"");
    expect_finding(state, "Type='Scheduled'", "Type='Planned'",
                   "StudyEventDef: Type is \"Planned\"");
    expect_finding(state, "OrderNumber='2' Mandatory", "OrderNumber='0' Mandatory",
                   "ItemGroupRef: OrderNumber is \"0\"");
}

static void finds_types_and_formats_that_no_item_can_have(void **state)
{
    expect_finding(state, "DataType='partialDate'", "DataType='partialDat'",
                   "ItemDef: DataType is \"partialDat\"");
    expect_hint(state, "did you mean partialDate?");
    expect_finding(state, "DisplayFormat='4.1'", "DisplayFormat='BEST12.'",
                   "ItemDef: DisplayFormat is \"BEST12.\"");
    expect_finding(state, "Length='200'", "Length='0'", "ItemDef: Length is \"0\"");
}

static void finds_limits_that_cannot_be_kept(void **state)
{
    expect_finding(state, "Comparator='GE'", "Comparator='over'",
                   "RangeCheck: Comparator is \"over\"");
    expect_hint(state, "LT, LE, GT, GE, EQ, NE, IN or NOTIN");
    expect_finding(state, "Comparator='LE'", "Comparator='NE'",
                   "RangeCheck: NE of the item I.AGE is no limit of a number");
    expect_finding(state, "SoftHard='Hard'", "SoftHard='hard'",
                   "RangeCheck: SoftHard is \"hard\", taken as Hard");
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
                   "ItemDef: the hard limits of I.AGE leave no value");
    expect_finding(state, "DataType='partialDate'/>",
                   "DataType='date'><RangeCheck Comparator='GE' SoftHard='Hard'>"
                   "<CheckValue>1</CheckValue></RangeCheck></ItemDef>",
                   "RangeCheck: GE of the item I.SEQ is no limit of a number");
    expect_finding(state, "Comparator='GE' SoftHard='Hard'",
                   "ItemOID='I.BMI' Comparator='GE' SoftHard='Hard'",
                   "RangeCheck: ItemOID: a limit is one of its own item");
    expect_finding(state, "<CodeListRef CodeListOID='CL.SEX'/></ItemDef>",
                   "<RangeCheck Comparator='GE' SoftHard='Hard'><CheckValue>1"
                   "</CheckValue></RangeCheck></ItemDef>",
                   "RangeCheck: GE of the item I.SEX is no limit of a number");
    expect_finding(state, "<Coding System='http://unitsofmeasure.org' Code='a'/>",
                   "<CodeListRef CodeListOID='CL.SEX'/>",
                   "ItemDef: the item I.AGE has a code list and a RangeCheck");
}

static void finds_misspelt_facts_of_the_vendor_namespace(void **state)
{
    expect_finding(state, "odm/1/second-check'", "odm/1/second-chek'",
                   "Coding: no fact is known under the System "
                   "https://osteon.org/ns/odm/1/second-chek here");
    expect_hint(state, "did you mean https://osteon.org/ns/odm/1/second-check?");
    expect_finding(state, "https://osteon.org/ns/odm/1/target'",
                   "https://osteon.org/ns/odm/2/other'",
                   "Coding: no fact is known under the System "
                   "https://osteon.org/ns/odm/2/other here");
    expect_finding(state, "Code='repeat'", "Code='twice'",
                   "Coding: second-check cannot be \"twice\"");
    expect_finding(state, "Code='identity'", "Code='secret'",
                   "Coding: privacy cannot be \"secret\"");
    expect_finding(state, "multiple' Code='Yes'", "multiple' Code='No'",
                   "Coding: multiple cannot be \"No\"");
    expect_finding(
        state, " Code='repeat'", "",
        "Coding: the Coding of System https://osteon.org/ns/odm/1/second-check has no "
        "Code");
    expect_finding(state, "'+08:00'", "'8'", "Coding: \"8\" is no offset from UTC");
}

static void passes_over_codings_of_other_systems(void **state)
{
    struct error err;
    ASSERT_OK(
        odm_sample_read(state, "http://loinc.org", "http://snomed.info/sct", &err),
        &err);
    struct odm_sample *f = *state;
    assert_true(text_is_absent(design_item(f->design, TEXT("I.AGE"))->loinc));
}

static void finds_what_does_not_fit_together(void **state)
{
    expect_finding(state, "ItemGroupOID='IG.A'", "ItemGroupOID='F.B'",
                   "ItemGroupRef: F.B in the form F.A is no section");
    expect_finding(state, "ItemGroupOID='F.B'", "ItemGroupOID='IG.B'",
                   "ItemGroupRef: IG.B in the event SE.A is no form");
    expect_finding(state, "<ItemRef ItemOID='I.PLACE'",
                   "<ItemGroupRef ItemGroupOID='IG.B' Mandatory='Yes'/>"
                   "<ItemRef ItemOID='I.PLACE'",
                   "ItemGroupRef: a section within the section IG.ROWS");
    expect_finding(state, "<ItemGroupRef ItemGroupOID='IG.B'",
                   "<ItemRef ItemOID='I.SEQ' Mandatory='No'/>"
                   "<ItemGroupRef ItemGroupOID='IG.B'",
                   "ItemRef: an item outside the sections of the form F.B");
    expect_finding(state, "<ItemGroupRef ItemGroupOID='IG.B' Mandatory='Yes'/>", "",
                   "ItemGroupDef: the form F.B has no section");
    expect_finding(state, "ItemOID='I.PLACE' Mandatory='Yes' Repeat",
                   "ItemOID='I.SEX' Mandatory='Yes' Repeat",
                   "ItemGroupRef: the item I.SEX stands twice in the form F.A");
    expect_finding(state, "<ItemRef ItemOID='I.SEQ'",
                   "<ItemRef ItemOID='I.SEX' Mandatory='No'/><ItemRef ItemOID='I.SEQ'",
                   "ItemRef: the item I.SEX is used in two ways");
    expect_finding(state, "<CodeListItem CodedValue='M' OrderNumber='1'/></CodeList>",
                   "</CodeList><CodeList OID='CL.E' Name='e' DataType='text'/>",
                   "CodeList: the CodeList CL.E has no code");
    expect_finding(
        state, "CodedValue='M'", "CodedValue='M or F'",
        "ItemDef: the item I.PLACE takes several codes, and \"M or F\" holds a blank");
    expect_finding(state, "Value='01'", "Value='02'",
                   "Location: the site 01 has no start of participant numbers");
    expect_finding(state, "Value='52'", "Value='many'",
                   "StudyParameter: PLANSUB is \"many\"");
    expect_finding(state, "<Protocol>",
                   "<Include StudyOID='ST' MetaDataVersionOID='M0'/><Protocol>",
                   "Include: there is no MetaDataVersion M0 in the file");
}

#define VERIFY(seed, first, share)                                                     \
    "<StudyParameter OID='SP3' Term='t' ShortName='VERIFY'><ParameterValue "           \
    "Value='" seed "'><Coding System='https://osteon.org/ns/odm/1/verify-first' "      \
    "Code='" first "'/><Coding System='https://osteon.org/ns/odm/1/verify-share' "     \
    "Code='" share "'/></ParameterValue></StudyParameter>"

static void finds_what_is_wrong_in_a_plan_of_source_verification(void **state)
{
    expect_finding(state, "</StudySummary>",
                   VERIFY("seed", "few", "20") "</StudySummary>",
                   "StudyParameter: verify-first is \"few\"");
    expect_hint(state, "a whole number from 0 to 2147483647");
    expect_finding(state, "</StudySummary>",
                   VERIFY("seed", "5", "101") "</StudySummary>",
                   "StudyParameter: verify-share is \"101\"");
    expect_hint(state, "a whole number from 0 to 100");
    expect_finding(state, "</StudySummary>",
                   VERIFY("seed", "5", "20")
                       VERIFY("other", "5", "20") "</StudySummary>",
                   "StudyParameter: there is a second VERIFY parameter");
    expect_finding(state, "second-check' Code='repeat'",
                   "source-verification' Code='often'",
                   "Coding: source-verification cannot be \"often\"");
    expect_finding(state, "<ItemGroupRef ItemGroupOID='IG.B' Mandatory='Yes'/>",
                   "<ItemGroupRef ItemGroupOID='IG.B' Mandatory='Yes'/><Coding "
                   "System='https://osteon.org/ns/odm/1/source-verification' "
                   "Code='always'/>",
                   "ItemGroupDef: F.B says source-verification, and there is no plan "
                   "of it");
    expect_hint(state, "add a StudyParameter of ShortName VERIFY");
}

static void wants_a_study_with_a_version(void **state)
{
    struct odm_sample *f = *state;
    struct error err;
    const struct {
        const char *body, *sentence;
    } rows[] = {
        {"", "ODM: the document holds no Study"},
        {"<Study OID='S' StudyName='s' ProtocolName='p'/>",
         "ODM: the Study holds no MetaDataVersion"},
        {"<Study OID='S'><MetaDataVersion OID='M' Name='1'/></Study>",
         "Study: StudyName is missing"},
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
    struct odm_sample *f = *state;
    struct buffer many = buffer_in(f->study, 1 << 20);
    for (int i = 0; i < 250; i++)
        buffer_format(&many, "<ItemRef ItemOID='I.NONE%d' Mandatory='No'/>\n", i);
    buffer_byte(&many, '\0');
    struct error err;
    struct text whole = odm_sample_text(
        f->study, "<ItemRef ItemOID='I.AGE'",
        text_format(f->study, "%s<ItemRef ItemOID='I.AGE'", many.at).at);
    ASSERT_ERROR(odm_design_read(whole, f->study, &f->design, &f->findings, &err), &err,
                 ERROR_REFUSED);
    assert_int_equal(f->findings.total, 250);
    assert_int_equal(f->findings.kept_count, ODM_FINDINGS_KEPT);
    assert_string_equal(err.text,
                        "ItemRef: there is no ItemDef I.NONE0 (and 249 more)");
}

#define TEST(name)                                                                     \
    cmocka_unit_test_setup_teardown(name, odm_sample_make, odm_sample_unmake)

int main(void)
{
    const struct CMUnitTest tests[] = {
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
        TEST(finds_what_is_wrong_in_a_plan_of_source_verification),
        TEST(wants_a_study_with_a_version),
        TEST(lists_all_findings_up_to_a_hundred),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
