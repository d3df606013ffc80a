/* What imported elements say, in the dialects of ODM, OpenClinica and Rave. Expected: the
 * words of the elements themselves. */
#include "support/unit.h"

#include "base/limits.h"
#include "formats/odm_said.h"

static size_t said(struct arena *arena, const char *xml, struct odm_said **list)
{
    struct error err;
    size_t count = 0;
    ASSERT_OK(odm_said_read(text_of(xml), arena, list, &count, &err), &err);
    return count;
}

static int make(void **state)
{
    *state = arena_new(8 * LIMIT_IMPORT_KEPT);
    return 0;
}

static int unmake(void **state)
{
    arena_free(*state);
    return 0;
}

static void reads_an_audit_record(void **state)
{
    struct odm_said *list;
    assert_int_equal(
        said(*state,
             "<AuditRecord xmlns='http://www.cdisc.org/ns/odm/v1.3'><UserRef "
             "UserOID='U.7'/><LocationRef LocationOID='L.2'/><DateTimeStamp>2020-01-"
             "13T12:18:48.865Z</DateTimeStamp><ReasonForChange>wrong "
             "arm</ReasonForChange><SourceID>88</SourceID></AuditRecord>",
             &list),
        1);
    assert_int_equal(list->kind, ODM_SAID_AUDIT);
    ASSERT_TEXT(list->user, "U.7");
    ASSERT_TEXT(list->location, "L.2");
    ASSERT_TEXT(list->time, "2020-01-13T12:18:48.865Z");
    ASSERT_TEXT(list->reason, "wrong arm");
    ASSERT_TEXT(list->source, "88");
}

static void reads_a_query_of_a_row_from_an_annotation(void **state)
{
    struct odm_said *list;
    assert_int_equal(said(*state,
                          "<Annotation SeqNum='1'><Comment>I.HR#3: is it 500: "
                          "really?</Comment><Flag><FlagValue CodeListOID='A'>CLOSED"
                          "</FlagValue><FlagType CodeListOID='B'>QUERY</FlagType>"
                          "</Flag></Annotation>",
                          &list),
                     1);
    assert_int_equal(list->kind, ODM_SAID_QUERY);
    ASSERT_TEXT(list->item, "I.HR");
    assert_int_equal(list->row, 3);
    ASSERT_TEXT(list->message, "is it 500: really?");
    assert_false(odm_said_is_open(list));
}

static void leaves_a_colon_of_an_annotation_alone(void **state)
{
    struct odm_said *list;
    (void)said(*state,
               "<Annotation SeqNum='1'><Comment><TranslatedText>note: seen"
               "</TranslatedText></Comment></Annotation>",
               &list);
    assert_int_equal(list->kind, ODM_SAID_ANNOTATION);
    ASSERT_TEXT(list->message, "note: seen");
}

static void reads_each_log_of_openclinica(void **state)
{
    struct odm_said *list;
    assert_int_equal(
        said(
            *state,
            "<AuditLogs xmlns='http://www.openclinica.org/ns/odm_ext_v130/v3.1'>"
            "<AuditLog ID='AL_1' UserID='USR_2' DateTimeStamp='2011-07-06T15:33:51' "
            "Type='created'/><AuditLog ID='AL_2' UserID='USR_6' ReasonForChange='typo' "
            "DateTimeStamp='2011-07-07T15:33:51' Type='updated'/></AuditLogs>",
            &list),
        2);
    ASSERT_TEXT(list[0].message, "created");
    ASSERT_TEXT(list[1].user, "USR_6");
    ASSERT_TEXT(list[1].reason, "typo");
    ASSERT_TEXT(list[1].source, "AL_2");
}

static void reads_a_query_of_rave(void **state)
{
    struct odm_said *list;
    assert_int_equal(said(*state,
                          "<Query xmlns='http://www.mdsol.com/ns/odm/metadata' "
                          "QueryRepeatKey='12' Value='Please confirm' Status='Open' "
                          "Recipient='Site from System'/>",
                          &list),
                     1);
    assert_int_equal(list->kind, ODM_SAID_QUERY);
    ASSERT_TEXT(list->message, "Please confirm");
    ASSERT_TEXT(list->id, "12");
    assert_true(odm_said_is_open(list));
}

static void says_nothing_of_what_is_neither(void **state)
{
    struct odm_said *list;
    assert_int_equal(
        said(*state, "<MeasurementUnitRef MeasurementUnitOID='M'/>", &list), 0);
    assert_false(odm_said_may(TEXT("MeasurementUnitRef")));
    assert_true(odm_said_may(TEXT("DiscrepancyNotes")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reads_an_audit_record, make, unmake),
        cmocka_unit_test_setup_teardown(reads_a_query_of_a_row_from_an_annotation, make,
                                        unmake),
        cmocka_unit_test_setup_teardown(leaves_a_colon_of_an_annotation_alone, make,
                                        unmake),
        cmocka_unit_test_setup_teardown(reads_each_log_of_openclinica, make, unmake),
        cmocka_unit_test_setup_teardown(reads_a_query_of_rave, make, unmake),
        cmocka_unit_test_setup_teardown(says_nothing_of_what_is_neither, make, unmake),
    };
    return cmocka_run_group_tests_name("odm_said", tests, NULL, NULL);
}
