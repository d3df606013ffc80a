#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/alarm.h"
#include "actions/dwell_leave.h"
#include "actions/rule_wakes.h"

#define INSERTION "SE.T0", "F.IO"
#define REMOVAL   "SE.REM", "F.REM"
#define PASSWORD  "SYNTHETIC password 1"
#define HOURS     (INT64_C(3600) * 1000000)

/* The fixture's clock begins at 10:00 at the site. */
#define T0 "2026-11-22T10:00+08:00"

static struct fixture study;
static struct caller rn, inv, otto, pi, crc;
static int64_t person, t0;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    rn = fixture_person(&study, "rn", ROLE_RN);
    crc = fixture_member(&study, "crc", ROLE_CRC, PASSWORD);
    inv = fixture_member(&study, "inv", ROLE_INV, PASSWORD);
    otto = fixture_member(&study, "otto", ROLE_INV, PASSWORD);
    pi = fixture_member(&study, "pi", ROLE_PI, PASSWORD);
    person = fixture_enrol(&study, &crc, &inv);
    t0 = fixture_now(&study);
    fixture_enter(&study, &inv, person, INSERTION, "I.IO.PUNDTM#1", T0, "I.IO.ATTRES#1",
                  "SUC", NULL);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

static void give_reason(const struct caller *by)
{
    fixture_enter(&study, by, person, REMOVAL, "I.REM.EXCR", "NOALT", "I.REM.EXCTXT",
                  "SYNTHETIC no other vein", NULL);
}

static bool leave_by(const struct caller *at, const char *name, const char *password,
                     int64_t *until)
{
    struct dwell_leave verb = {
        .proof = {.act = act_of(study.study, at, study.arena, dwell_leave_finish),
                  .name = text_of(name),
                  .password = text_of(password),
                  .device = TEXT("SYNTHETIC tablet"),
                  .language = TEXT("en")},
        .key = {person, TEXT("SE.REM"), 1, TEXT("F.REM"), 1}};
    if (!dwell_leave_begin(&verb, &study.err))
        return false;
    sign_in_hash(&verb.proof);
    bool is_done = act_run(&verb.proof.act, &study.err);
    *until = verb.until;
    return is_done;
}

static void expect_refusal(const struct caller *at, const char *name,
                           const char *password)
{
    int64_t until;
    ASSERT_ERROR(leave_by(at, name, password, &until), &study.err, ERROR_REFUSED);
    assert_string_equal(fixture_value(&study, person, REMOVAL, "I.REM.EXCBY", 0), "");
}

static void a_second_physician_gives_leave_on_the_nurses_device(void **state)
{
    (void)state;
    int64_t until;
    fixture_pass(&study, 22 * HOUR);
    give_reason(&rn);
    ASSERT_OK(leave_by(&rn, "inv", PASSWORD, &until), &study.err);
    assert_int_equal(until - t0, 36 * HOURS);
    assert_string_equal(fixture_value(&study, person, REMOVAL, "I.REM.EXCDTM", 0),
                        "2026-11-23T08:00:00+08:00");
    ASSERT_TEXT(text_of(fixture_value(&study, person, REMOVAL, "I.REM.EXCBY", 0)),
                inv.full_name.at);
}

/* The log says who proved it is them. */
static void the_proof_is_on_the_log(void **state)
{
    (void)state;
    int64_t until;
    give_reason(&rn);
    size_t proofs = fixture_events(&study, LOG_EVENT_SIGNED_IN);
    ASSERT_OK(leave_by(&rn, "pi", PASSWORD, &until), &study.err);
    assert_int_equal(fixture_events(&study, LOG_EVENT_SIGNED_IN), proofs + 1);
}

/* Who is signed in; who gave the reason; who proves it: may these be one? */
static void nobody_authorises_what_is_their_own(void **state)
{
    (void)state;
    int64_t until;
    give_reason(&inv);
    expect_refusal(&rn, "inv", PASSWORD);    /* gave the reason */
    expect_refusal(&otto, "otto", PASSWORD); /* is signed in */
    ASSERT_OK(leave_by(&inv, "otto", PASSWORD, &until), &study.err);
}

static void only_a_physician_of_the_study_can(void **state)
{
    (void)state;
    give_reason(&rn);
    expect_refusal(&rn, "crc", PASSWORD);
}

static void a_wrong_password_is_refused_and_logged(void **state)
{
    (void)state;
    give_reason(&rn);
    size_t failed = fixture_events(&study, LOG_EVENT_SIGN_IN_FAILED);
    expect_refusal(&rn, "inv", "SYNTHETIC wrong");
    assert_int_equal(fixture_events(&study, LOG_EVENT_SIGN_IN_FAILED), failed + 1);
    expect_refusal(&rn, "nobody", PASSWORD);
}

static void without_a_reason_there_is_nothing_to_authorise(void **state)
{
    (void)state;
    expect_refusal(&rn, "inv", PASSWORD);
}

static void after_96_hours_there_is_no_leave(void **state)
{
    (void)state;
    int64_t until;
    give_reason(&rn);
    fixture_pass(&study, 95 * HOUR);
    ASSERT_OK(leave_by(&rn, "inv", PASSWORD, &until), &study.err);
    assert_int_equal(until - t0, 96 * HOURS);
    fixture_pass(&study, HOUR);
    ASSERT_ERROR(leave_by(&rn, "inv", PASSWORD, &until), &study.err, ERROR_REFUSED);
}

static void it_is_given_again_every_twelve_hours(void **state)
{
    (void)state;
    int64_t until;
    fixture_pass(&study, 23 * HOUR);
    give_reason(&rn);
    ASSERT_OK(leave_by(&rn, "inv", PASSWORD, &until), &study.err);
    fixture_pass(&study, 12 * HOUR);
    ASSERT_OK(leave_by(&rn, "pi", PASSWORD, &until), &study.err);
    assert_int_equal(until - t0, 47 * HOURS);
}

/* What the server does once a second, after this time. */
static void pass(int64_t seconds)
{
    size_t count = 0;
    fixture_pass(&study, seconds);
    ASSERT_OK(rules_wake_due(study.study, &count, &study.err), &study.err);
    ASSERT_OK(alarms_step(study.study, &study.err), &study.err);
}

static bool calls(const char *step)
{
    struct alarm_list list;
    struct db *db = store_reader(study_store(study.study));
    bool is_read = alarms_open(db, study.arena, &list, &study.err), is_there = false;
    store_reader_return(study_store(study.study), db);
    ASSERT_OK(is_read, &study.err);
    for (size_t i = 0; i < list.count; i++)
        is_there = is_there || text_equal(list.at[i].step, text_of(step));
    return is_there;
}

/* AL05 "red until removed or justified", AL06 "every 12 h beyond 24 h". */
static void a_leave_ends_the_alarms_that_asked_for_it(void **state)
{
    (void)state;
    int64_t until;
    pass(24 * HOUR);
    assert_true(calls("AL05.red"));
    give_reason(&rn);
    assert_true(calls("AL05.red"));
    ASSERT_OK(leave_by(&rn, "inv", PASSWORD, &until), &study.err);
    assert_false(calls("AL05.red"));
    pass(12 * HOUR - 1);
    assert_false(calls("AL06.red"));
    pass(1);
    assert_true(calls("AL06.red"));
    ASSERT_OK(leave_by(&rn, "pi", PASSWORD, &until), &study.err);
    assert_false(calls("AL06.red"));
    assert_false(calls("AL05.red"));
}

static void a_leave_before_24_hours_lets_none_begin(void **state)
{
    (void)state;
    int64_t until;
    pass(23 * HOUR);
    give_reason(&rn);
    ASSERT_OK(leave_by(&rn, "inv", PASSWORD, &until), &study.err);
    pass(2 * HOUR);
    assert_false(calls("AL05.red"));
}

static void a_needle_that_is_out_needs_no_leave(void **state)
{
    (void)state;
    int64_t until;
    fixture_enter(&study, &rn, person, REMOVAL, "I.REM.REMDTM", T0, NULL);
    ASSERT_ERROR(leave_by(&rn, "inv", PASSWORD, &until), &study.err, ERROR_NOT_FOUND);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    static const struct CMUnitTest tests[] = {
        TEST(a_second_physician_gives_leave_on_the_nurses_device),
        TEST(the_proof_is_on_the_log),
        TEST(nobody_authorises_what_is_their_own),
        TEST(only_a_physician_of_the_study_can),
        TEST(a_wrong_password_is_refused_and_logged),
        TEST(without_a_reason_there_is_nothing_to_authorise),
        TEST(after_96_hours_there_is_no_leave),
        TEST(it_is_given_again_every_twelve_hours),
        TEST(a_leave_ends_the_alarms_that_asked_for_it),
        TEST(a_leave_before_24_hours_lets_none_begin),
        TEST(a_needle_that_is_out_needs_no_leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
