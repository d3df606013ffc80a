/* The endpoints after the puncture. Expected answers are the specification's definitions
 * (section 5: E4, E6, E9, E10, E12) applied by hand to what is entered here. */
#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/overview.h"

#include <stdio.h>

static struct fixture study;
static struct caller inv, crc, opr, rn;
static int64_t person;

/* Decided at 10:00, running at 10:04; a day has passed. */
static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    inv = fixture_person(&study, "inv", ROLE_INV);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    opr = fixture_person(&study, "opr", ROLE_OPR);
    rn = fixture_person(&study, "rn", ROLE_RN);
    person = fixture_enrol(&study, &crc, &inv);
    fixture_enter(&study, &opr, person, "SE.T0", "F.IO", "I.IO.DECDTM",
                  "2026-11-22T10:00", "I.IO.IOSITE", "PTL", "I.IO.ATTSITE#1", "PTL",
                  "I.IO.PUNDTM#1", "2026-11-22T10:02", "I.IO.CNFDTM#1",
                  "2026-11-22T10:03", "I.IO.ENDDTM#1", "2026-11-22T10:03",
                  "I.IO.ATTRES#1", "SUC", "I.IO.CONFM#1", "ASP FLUSH", "I.IO.FINDTM",
                  "2026-11-22T10:04", NULL);
    fixture_pass(&study, 25 * HOUR);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

static const struct overview *look(void)
{
    struct overview *overview = NULL;
    ASSERT_OK(overview_read(study.study, &crc, study.arena, &overview, &study.err),
              &study.err);
    return overview;
}

/* A change of norepinephrine through the needle on the day of the puncture. */
static void change(const char *row, const char *time, const char *what)
{
    char drug[32], at[32], kind[32], route[32], moment[32];
    snprintf(drug, sizeof drug, "I.VA.VADRG#%s", row);
    snprintf(at, sizeof at, "I.VA.VADTM#%s", row);
    snprintf(kind, sizeof kind, "I.VA.VACHG#%s", row);
    snprintf(route, sizeof route, "I.VA.VAROUTE#%s", row);
    snprintf(moment, sizeof moment, "2026-11-22T%s", time);
    fixture_enter(&study, &rn, person, "SE.DWELL", "F.VA", drug, "NE", at, moment, kind,
                  what, route, "IO", NULL);
}

static void expect(const struct overview_proportion *found, size_t events, size_t total,
                   size_t missing)
{
    assert_int_equal(found->events, events);
    assert_int_equal(found->total, total);
    assert_int_equal(found->missing, missing);
}

static void a_drug_that_ran_for_less_than_an_hour_is_not_judged(void **state)
{
    (void)state;
    change("1", "10:10", "START");
    change("2", "11:09", "STOP");
    expect(&look()->stable_delivery, 0, 0, 0);
}

static void one_interruption_of_five_minutes_in_ten_hours_is_stable(void **state)
{
    (void)state;
    change("1", "10:10", "START");
    change("2", "12:00", "INT");
    change("3", "12:05", "START");
    change("4", "20:10", "STOP");
    expect(&look()->stable_delivery, 1, 1, 0);
}

static void an_interruption_over_five_minutes_is_not_stable(void **state)
{
    (void)state;
    change("1", "10:10", "START");
    change("2", "12:00", "INT");
    change("3", "12:06", "START");
    change("4", "20:10", "STOP");
    expect(&look()->stable_delivery, 0, 1, 0);
}

/* 4 of 120 minutes: 96.7 %. */
static void more_than_a_hundredth_interrupted_is_not_stable(void **state)
{
    (void)state;
    change("1", "10:10", "START");
    change("2", "11:00", "INT");
    change("3", "11:04", "START");
    change("4", "12:10", "STOP");
    expect(&look()->stable_delivery, 0, 1, 0);
}

static void a_pressure_below_55_within_ten_minutes_is_not_stable(void **state)
{
    (void)state;
    change("1", "10:10", "START");
    change("2", "12:00", "INT");
    change("3", "12:02", "START");
    change("4", "20:10", "STOP");
    fixture_enter(&study, &rn, person, "SE.H2", "F.VS", "I.VS.VSDTM",
                  "2026-11-22T12:10", "I.VS.MAP", "55", NULL);
    expect(&look()->stable_delivery, 1, 1, 0);
    fixture_enter(&study, &rn, person, "SE.M30", "F.VS", "I.VS.VSDTM",
                  "2026-11-22T12:09", "I.VS.MAP", "54", NULL);
    expect(&look()->stable_delivery, 0, 1, 0);
}

static void an_interruption_without_an_end_is_missing(void **state)
{
    (void)state;
    change("1", "10:10", "START");
    change("2", "12:00", "INT");
    expect(&look()->stable_delivery, 0, 1, 1);
}

static void segments_of_the_infusion_come_before_changes_of_rate(void **state)
{
    (void)state;
    change("1", "10:10", "START");
    change("2", "20:10", "STOP");
    fixture_enter(&study, &rn, person, "SE.DWELL", "F.INF", "I.INF.INFROUTE#1", "IO",
                  "I.INF.INFCLS#1", "VASO", "I.INF.INFBEG#1", "2026-11-22T10:10",
                  "I.INF.INFEND#1", "2026-11-22T20:10", "I.INF.INTRPT#1", "Y",
                  "I.INF.INTMIN#1", "7", NULL);
    expect(&look()->stable_delivery, 0, 1, 0);
}

/* 20 and 60 mL/min; what a pump limits, and what ran through another line, is left out. */
static void flow_is_of_timed_tests_through_the_open_needle(void **state)
{
    (void)state;
    fixture_enter(&study, &rn, person, "SE.DWELL", "F.INF", "I.INF.INFROUTE#1", "IO",
                  "I.INF.PRESMOD#1", "GRAV", "I.INF.FLOWT#1", "20", "I.INF.FLOWLIM#1",
                  "N", "I.INF.INFROUTE#2", "IO", "I.INF.PRESMOD#2", "GRAV",
                  "I.INF.FLOWT#2", "60", "I.INF.FLOWLIM#2", "N", "I.INF.INFROUTE#3",
                  "IO", "I.INF.PRESMOD#3", "GRAV", "I.INF.FLOWT#3", "5",
                  "I.INF.FLOWLIM#3", "Y", "I.INF.INFROUTE#4", "CVC", "I.INF.PRESMOD#4",
                  "GRAV", "I.INF.FLOWT#4", "200", NULL);
    const struct overview *overview = look();
    const struct overview_flow *gravity = &overview->flows[FLOW_GRAVITY];
    assert_int_equal(gravity->tests, 2);
    assert_int_equal(gravity->participants, 1);
    assert_int_equal((int)gravity->median.value, 40);
    ASSERT_TEXT(gravity->mode->label.english, "Gravity");
    assert_null(overview->flows[FLOW_PRESSURE_BAG].mode);
    assert_string_equal(overview->flows[FLOW_PRESSURE_BAG].median.reason,
                        "there is no value");
}

static void harm(int64_t number, const char *term, const char *causality)
{
    struct save_values verb = fixture_save_of(&study, &inv, person, "SE.LOG", "F.CX");
    verb.form_repeat = number;
    const struct mutation mutations[] = {
        {.item = TEXT("I.CX.AECX"), .value = text_of(term)},
        {.item = TEXT("I.CX.AEREL"), .value = text_of(causality)}};
    assert_true(fixture_save(&study, &verb, mutations, ARRAY_COUNT(mutations)));
}

static void a_harm_counts_when_it_is_registered_related_and_not_refuted(void **state)
{
    (void)state;
    harm(1, "PAIN", "DEF");
    harm(2, "BLEED", "UNL");
    expect(&look()->any_harm, 0, 1, 0);
    harm(3, "BLEED", "POS");
    harm(4, "BLEED", "DEF");
    const struct overview *overview = look();
    expect(&overview->any_harm, 1, 1, 0);
    ASSERT_TEXT(overview->harms[0].term->label.english, "Bleeding");
    assert_int_equal(overview->harms[0].participants, 1);
}

/* China device GCP 2022 as the specification has it (section 2, step 17): 24 hours, and for
 * who does not say that it has nothing to do with the device 15 and 20 days. */
static void a_serious_event_asks_for_its_reports(void **state)
{
    (void)state;
    fixture_enter(&study, &inv, person, "SE.LOG", "F.CX", "I.CX.AECX", "BLEED",
                  "I.CX.AESER", "Y", "I.CX.AEAWDTM", "2026-11-23T11:00", NULL);
    const struct overview *overview = look();
    assert_int_equal(overview->attention[NEED_SAFETY].count, 3);
    assert_int_equal(overview->attention[NEED_SAFETY_LATE].count, 0);
    ASSERT_TEXT(overview->attention[NEED_SAFETY].named[0].number, "H4-001");
    fixture_pass(&study, 24 * HOUR);
    overview = look();
    assert_int_equal(overview->attention[NEED_SAFETY].count, 2);
    assert_int_equal(overview->attention[NEED_SAFETY_LATE].count, 1);
}

/* Nobody has entered a pressure: recovery cannot be judged, the composite counts as no. */
static void what_is_not_known_after_a_day_is_told(void **state)
{
    (void)state;
    const struct overview *overview = look();
    assert_int_equal(overview->recovery.total, 0);
    assert_int_equal(overview->recovery.left_out, 1);
    expect(&overview->efficacy, 0, 1, 1);
}

#define COURSE_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        COURSE_TEST(a_drug_that_ran_for_less_than_an_hour_is_not_judged),
        COURSE_TEST(one_interruption_of_five_minutes_in_ten_hours_is_stable),
        COURSE_TEST(an_interruption_over_five_minutes_is_not_stable),
        COURSE_TEST(more_than_a_hundredth_interrupted_is_not_stable),
        COURSE_TEST(a_pressure_below_55_within_ten_minutes_is_not_stable),
        COURSE_TEST(an_interruption_without_an_end_is_missing),
        COURSE_TEST(segments_of_the_infusion_come_before_changes_of_rate),
        COURSE_TEST(flow_is_of_timed_tests_through_the_open_needle),
        COURSE_TEST(a_harm_counts_when_it_is_registered_related_and_not_refuted),
        COURSE_TEST(a_serious_event_asks_for_its_reports),
        COURSE_TEST(what_is_not_known_after_a_day_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
