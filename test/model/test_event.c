#include "support/unit.h"

#include "model/event.h"

/* The numbers as they were given out. A kind added later gets a line here and the next
 * number; a line is never changed, because logs on disk carry the numbers. */
static const struct {
    int number;
    const char *name;
} given_out[] = {
    {1, "STUDY_CREATED"},
    {2, "DESIGN_PUBLISHED"},
    {3, "USER_ADDED"},
    {4, "USER_ROLES_SET"},
    {5, "USER_DISABLED"},
    {6, "USER_ENABLED"},
    {7, "CREDENTIAL_SET"},
    {8, "LINK_ISSUED"},
    {9, "LINK_USED"},
    {10, "SIGNED_IN"},
    {11, "SIGN_IN_FAILED"},
    {12, "SIGNED_OUT"},
    {13, "TOTP_SET"},
    {14, "TOTP_REMOVED"},
    {15, "PARTICIPANT_ADDED"},
    {16, "PARTICIPANT_ATTACH_PROPOSED"},
    {17, "PARTICIPANT_ATTACHED"},
    {18, "PARTICIPANT_DETACHED"},
    {19, "VALUES_SAVED"},
    {20, "PARTICIPANT_ENROLLED"},
    {21, "VAULT_VIEWED"},
    {22, "PARTICIPANT_ERASED"},
    {23, "CHECKPOINT_SIGNED"},
    {24, "BACKUP_MADE"},
    {25, "RESTORED"},
    {26, "ENROLMENT_REFUSED"},
    {27, "ACCESS_REFUSED"},
    {28, "DEVIATION_OPENED"},
    {29, "OPEN_POINT_CONFIRMED"},
    {30, "SECOND_CHECKED"},
    {31, "QUERY_OPENED"},
    {32, "QUERY_ANSWERED"},
    {33, "QUERY_CLOSED"},
    {34, "QUERY_REOPENED"},
    {35, "QUERY_CANCELLED"},
    {36, "QUERY_ASSIGNED"},
    {40, "EXPORTED"},
    {45, "IMPORT_BEGUN"},
    {46, "IMPORT_STAGED"},
    {47, "IMPORT_COMMITTED"},
    {48, "IMPORT_ABANDONED"},
    {50, "WAKE_SET"},
    {55, "ROWS_COUNTED"},
    {60, "SIGNED"},
    {62, "SOURCE_VERIFIED"},
    {63, "SOURCE_VERIFICATION_WITHDRAWN"},
    {64, "FROZEN"},
    {65, "UNFROZEN"},
    {66, "LOCK_PROPOSED"},
    {67, "LOCKED"},
    {68, "UNLOCKED"},
    {69, "DATABASE_LOCKED"},
    {70, "DESIGN_PROPOSED"},
    {71, "DESIGN_WITHDRAWN"},
    {72, "PARTICIPANT_MOVED"},
    {73, "REGISTER_LINE_ADDED"},
    {74, "REGISTER_LINE_AGREED"},
    {75, "REGISTER_LINE_CORRECTED"},
    {76, "REGISTER_LINE_ENDED"},
    {77, "IDENTITY_VERIFIED"},
    {78, "DEVIATION_ASSESSED"},
    {79, "ANALYSIS_RUN"},
    {80, "PASSWORD_RULES_SET"},
    {81, "MISUSE_REVIEWED"},
    {82, "BONE_USE_STATED"},
    {83, "ERASURE_PROPOSED"},
    {84, "ERASURE_TAKEN_BACK"},
    {85, "SAFETY_REVIEWED"},
    {86, "PLAN_PROPOSED"},
    {87, "PLAN_PUBLISHED"},
    {88, "ALARM_RAISED"},
    {89, "ALARM_ACKNOWLEDGED"},
    {90, "ALARM_ESCALATED"},
    {91, "ALARM_ENDED"},
    {92, "ALARM_REPEATED"},
    {93, "IMPORT_RULES_RUN"},
    {94, "ALARM_MESSAGE_SENT"},
    {95, "ALARM_MESSAGE_FAILED"},
    {96, "START_REVIEWED"},
    {97, "IMAGE_ASSIGNED"},
    {98, "RESCUE_BROUGHT"},
    {100, "FEED_MESSAGE_RECEIVED"},
    {101, "FEED_MESSAGE_SORTED"},
    {102, "FEED_SET"},
    {105, "PATIENT_LINKED"},
    {106, "PATIENT_UNLINKED"},
    {107, "FEED_RULE_SET"},
    {108, "FEED_RULE_ENDED"},
    {109, "RESULTS_RECEIVED"},
    {117, "GRADE_DECIDED"},
};

static void keeps_every_number_that_was_given_out(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(given_out); i++) {
        enum log_event_kind kind;
        assert_true(log_event_of_number(given_out[i].number, &kind));
        ASSERT_TEXT(log_event_name(kind), given_out[i].name);
        assert_true(log_event_parse(text_of(given_out[i].name), &kind));
        assert_int_equal(kind, given_out[i].number);
    }
}

static void gives_each_number_to_one_kind(void **state)
{
    (void)state;
#define X(number, name, english, chinese) (number),
    const int numbers[] = {LOG_EVENT_TABLE(X)};
#undef X
    assert_int_equal(ARRAY_COUNT(numbers), ARRAY_COUNT(given_out));
    for (size_t i = 0; i < ARRAY_COUNT(numbers); i++)
        for (size_t j = 0; j < i; j++)
            assert_int_not_equal(numbers[i], numbers[j]);
}

static void names_every_kind_in_both_languages(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(given_out); i++) {
        struct label label = log_event_label((enum log_event_kind)given_out[i].number);
        assert_true(label.english.len > 0 && label.chinese.len > 0);
    }
}

static void does_not_know_the_kinds_of_a_newer_program(void **state)
{
    (void)state;
    enum log_event_kind kind;
    assert_false(log_event_of_number(0, &kind));
    assert_false(log_event_of_number(-1, &kind));
    assert_false(log_event_of_number(1000000, &kind));
    assert_false(log_event_of_number(INT64_C(0x100000001), &kind));
    assert_false(log_event_parse(TEXT("VALUES_LOST"), &kind));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_every_number_that_was_given_out),
        cmocka_unit_test(gives_each_number_to_one_kind),
        cmocka_unit_test(names_every_kind_in_both_languages),
        cmocka_unit_test(does_not_know_the_kinds_of_a_newer_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
