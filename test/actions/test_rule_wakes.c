/* Rules about time: what changes because time goes on, and nobody saves. */
#include "actions/rule_wakes.h"
#include "support/study_fixture.h"
#include "support/unit.h"

#define SITE_CHECK "SE.H6", "F.SC"
#define INFUSION   "SE.T0", "F.INF"
#define CONSENT    "SE.SCR", "F.ICF"

static struct fixture study;
static struct caller crc;
static int64_t person;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    person = fixture_screen(&study, &crc);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

static size_t wake(void)
{
    size_t count = 0;
    ASSERT_OK(rules_wake_due(study.study, &count, &study.err), &study.err);
    return count;
}

/* CK017: a consent dated in the future. 10:00 is now. */
static void enter_consent_at_11(void)
{
    fixture_enter(&study, &crc, person, CONSENT, "I.ICF.ICFRES", "AGR", "I.ICF.ICFDTM",
                  "2026-11-22T11:00:00+08:00", NULL);
    assert_int_equal(fixture_queries(&study, person, CONSENT, "CK017"), 1);
}

static void a_query_closes_when_its_time_has_passed(void **state)
{
    (void)state;
    enter_consent_at_11();
    fixture_pass(&study, HOUR - 1);
    assert_int_equal(wake(), 0);
    assert_int_equal(fixture_queries(&study, person, CONSENT, "CK017"), 1);
    fixture_pass(&study, 2);
    assert_int_equal(wake(), 1);
    assert_int_equal(fixture_queries(&study, person, CONSENT, "CK017"), 0);
}

/* CK064: a vesicant through the bone, and no site check within 30 min. */
static void enter_infusion_now(void)
{
    fixture_enter(&study, &crc, person, INFUSION, "I.INF.INFCLS#1", "HYP",
                  "I.INF.INFROUTE#1", "IO", "I.INF.INFBEG#1",
                  "2026-11-22T10:00:00+08:00", NULL);
    assert_int_equal(fixture_queries(&study, person, INFUSION, "CK064"), 0);
}

static void a_query_opens_when_its_time_has_come_and_only_once(void **state)
{
    (void)state;
    enter_infusion_now();
    fixture_pass(&study, 30 * MINUTE);
    (void)wake();
    assert_int_equal(fixture_queries(&study, person, INFUSION, "CK064"), 0);
    fixture_pass(&study, 1);
    assert_int_equal(wake(), 1);
    assert_int_equal(fixture_queries(&study, person, INFUSION, "CK064"), 1);
    size_t saved = fixture_events(&study, LOG_EVENT_VALUES_SAVED);
    fixture_pass(&study, DAY);
    assert_int_equal(wake(), 0);
    fixture_reopen(&study);
    assert_int_equal(wake(), 0);
    assert_int_equal(fixture_events(&study, LOG_EVENT_VALUES_SAVED), saved);
}

static void what_fell_due_while_nobody_served_runs_at_the_start(void **state)
{
    (void)state;
    enter_infusion_now();
    fixture_pass(&study, 3 * HOUR);
    fixture_reopen(&study);
    assert_int_equal(wake(), 1);
    assert_int_equal(fixture_queries(&study, person, INFUSION, "CK064"), 1);
}

/* The moment of the first entry stays known; that it says nothing now is found then. */
static void an_answer_that_comes_in_time_keeps_the_query_away(void **state)
{
    (void)state;
    enter_infusion_now();
    fixture_pass(&study, 10 * MINUTE);
    fixture_enter(&study, &crc, person, SITE_CHECK, "I.SC.SCDTM",
                  "2026-11-22T10:10:00+08:00", NULL);
    fixture_pass(&study, HOUR);
    (void)wake();
    assert_int_equal(fixture_queries(&study, person, INFUSION, "CK064"), 0);
    assert_int_equal(wake(), 0);
}

static void a_save_without_a_rule_about_time_writes_no_moment(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, "SE.BL", "F.DM", "I.DM.HEIGHT", "170", NULL);
    assert_int_equal(fixture_events(&study, LOG_EVENT_WAKE_SET), 0);
}

static void each_participant_wakes_by_itself(void **state)
{
    (void)state;
    int64_t first = person;
    enter_consent_at_11();
    person = fixture_screen(&study, &crc);
    enter_infusion_now();
    fixture_pass(&study, 2 * HOUR);
    assert_int_equal(wake(), 2);
    assert_int_equal(fixture_queries(&study, first, CONSENT, "CK017"), 0);
    assert_int_equal(fixture_queries(&study, person, INFUSION, "CK064"), 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_query_closes_when_its_time_has_passed),
        TEST(a_query_opens_when_its_time_has_come_and_only_once),
        TEST(what_fell_due_while_nobody_served_runs_at_the_start),
        TEST(an_answer_that_comes_in_time_keeps_the_query_away),
        TEST(a_save_without_a_rule_about_time_writes_no_moment),
        TEST(each_participant_wakes_by_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
