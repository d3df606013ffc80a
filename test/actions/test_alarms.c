/* Alarms AL01 to AL20: each begins exactly at its bound and not below it, ends with its
 * cause, and comes neither twice nor never, whoever restarts what. Bounds and audiences are
 * those of the specification (section 2, alarms). */
#include "actions/alarm.h"
#include "actions/rule_wakes.h"
#include "support/study_fixture.h"
#include "support/unit.h"

#include "base/datetime.h"

#include <stdio.h>

#define INSERTION "SE.T0", "F.IO"
#define REMOVAL   "SE.REM", "F.REM"

static struct fixture study;
static struct caller crc, nurse, investigator, principal;
static int64_t person;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    nurse = fixture_person(&study, "nurse", ROLE_RN);
    investigator = fixture_person(&study, "investigator", ROLE_INV);
    principal = fixture_person(&study, "principal", ROLE_PI);
    person = fixture_screen(&study, &crc);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

/* What the server does once a second. */
static void tick(void)
{
    size_t count = 0;
    ASSERT_OK(rules_wake_due(study.study, &count, &study.err), &study.err);
    ASSERT_OK(alarms_step(study.study, &study.err), &study.err);
}

static void pass(int64_t seconds)
{
    fixture_pass(&study, seconds);
    tick();
}

static struct alarm_list stored(bool is_open)
{
    struct alarm_list list;
    struct db *db = store_reader(study_store(study.study));
    bool is_read = is_open ? alarms_open(db, study.arena, &list, &study.err)
                           : alarms_past(db, 1000, study.arena, &list, &study.err);
    store_reader_return(study_store(study.study), db);
    ASSERT_OK(is_read, &study.err);
    return list;
}

static size_t count_in(struct alarm_list list, const char *step)
{
    size_t count = 0;
    for (size_t i = 0; i < list.count; i++)
        count += text_equal(list.at[i].step, text_of(step));
    return count;
}

/* How many stand, how many there ever were. */
static size_t stands(const char *step)
{
    return count_in(stored(true), step);
}

static size_t ever(const char *step)
{
    return stands(step) + count_in(stored(false), step);
}

static struct stored_alarm alarm_of(const char *step)
{
    struct alarm_list list = stored(true);
    for (size_t i = 0; i < list.count; i++)
        if (text_equal(list.at[i].step, text_of(step)))
            return list.at[i];
    fail_msg("%s does not stand", step);
    return (struct stored_alarm){0};
}

/* So many seconds before now, as an item takes it. */
static const char *ago(int64_t seconds)
{
    char *out = arena_alloc(study.arena, MOMENT_TEXT_SIZE);
    size_t len = instant_print_at(fixture_now(&study) - seconds * 1000000, 480, out);
    out[len] = '\0';
    return out;
}

/* `held` seconds pass and nothing stands; one more, and one does; that is all. */
static void begins_after(const char *step, int64_t seconds)
{
    fixture_pass(&study, seconds - 1);
    tick();
    if (stands(step) != 0)
        fail_msg("%s stands a second early", step);
    pass(1);
    if (stands(step) != 1)
        fail_msg("%s does not stand at its bound", step);
    tick();
    assert_int_equal(ever(step), 1);
}

static void place_needle(void)
{
    fixture_enter(&study, &investigator, person, INSERTION, "I.IO.ATTSITE#1", "PTL",
                  "I.IO.PUNDTM#1", ago(0), "I.IO.ATTRES#1", "SUC", NULL);
}

/* --- the clock of access -------------------------------------------------------------- */

static void access_calls_after_5_and_10_minutes_until_the_infusion_runs(void **state)
{
    (void)state;
    fixture_enter(&study, &investigator, person, INSERTION, "I.IO.DECDTM", ago(0),
                  NULL);
    begins_after("AL01.amber", 5 * MINUTE);
    assert_int_equal(stands("AL01.red"), 0);
    begins_after("AL01.red", 5 * MINUTE);
    assert_int_equal(alarm_of("AL01.amber").level, ALARM_AMBER);
    assert_int_equal(alarm_of("AL01.red").level, ALARM_RED);
    fixture_enter(&study, &investigator, person, INSERTION, "I.IO.FINDTM", ago(0),
                  NULL);
    assert_int_equal(stands("AL01.amber") + stands("AL01.red"), 0);
}

static void the_second_failure_at_one_site_calls_and_the_first_does_not(void **state)
{
    (void)state;
    fixture_enter(&study, &investigator, person, INSERTION, "I.IO.ATTSITE#1", "PTL",
                  "I.IO.ATTRES#1", "FAIL", NULL);
    assert_int_equal(stands("AL02.amber"), 0);
    fixture_enter(&study, &investigator, person, INSERTION, "I.IO.ATTSITE#2", "PTL",
                  "I.IO.ATTRES#2", "FAIL", NULL);
    assert_int_equal(stands("AL02.amber"), 1);
    assert_int_equal(alarm_of("AL02.amber").row, 2);
    fixture_enter(&study, &investigator, person, INSERTION, "I.IO.ATTSITE#3", "PTR",
                  NULL);
    assert_int_equal(stands("AL02.amber"), 0);
}

static void a_site_used_within_24_hours_calls_before_the_puncture(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, "SE.SCR", "F.SCR", "I.SCR.XSITE#1", "PTL",
                  "I.SCR.XLAST#1", ago(24 * HOUR - MINUTE), NULL);
    fixture_enter(&study, &investigator, person, INSERTION, "I.IO.ATTSITE#1", "PTL",
                  NULL);
    assert_int_equal(stands("CK007"), 1);
    assert_int_equal(alarm_of("CK007").level, ALARM_RED);
    assert_true(text_equal(alarm_of("CK007").name, TEXT("AL03")));
    int64_t other = fixture_screen(&study, &crc);
    fixture_enter(&study, &crc, other, "SE.SCR", "F.SCR", "I.SCR.XSITE#1", "PTL",
                  "I.SCR.XLAST#1", ago(24 * HOUR), NULL);
    fixture_enter(&study, &investigator, other, INSERTION, "I.IO.ATTSITE#1", "PTL",
                  "I.IO.PUNDTM#1", ago(0), NULL);
    assert_int_equal(stands("CK007"), 1);
    assert_int_equal(stands("CK008"), 1);
    assert_int_equal(alarm_of("CK008").level, ALARM_AMBER);
}

/* --- the dwell clock ------------------------------------------------------------------- */

struct dwell_step {
    const char *step, *kind;
    int64_t hours;
    enum alarm_level level;
};
static const struct dwell_step dwell[] = {
    {"CK102", "AL04", 20, ALARM_AMBER},       {"AL05.red", "AL05", 24, ALARM_RED},
    {"AL06.red", "AL06", 36, ALARM_RED},      {"CK104", "AL07", 48, ALARM_RED},
    {"AL08.92h", "AL08", 92, ALARM_CRITICAL}, {"AL08.96h", "AL08", 96, ALARM_CRITICAL},
};

static void a_needle_calls_at_each_hour_once_whoever_restarts(void **state)
{
    (void)state;
    place_needle();
    int64_t passed = 0;
    for (size_t i = 0; i < ARRAY_COUNT(dwell); i++) {
        fixture_reopen(&study);
        begins_after(dwell[i].step, dwell[i].hours * HOUR - passed);
        passed = dwell[i].hours * HOUR;
        struct stored_alarm alarm = alarm_of(dwell[i].step);
        assert_int_equal(alarm.level, dwell[i].level);
        assert_true(text_equal(alarm.name, text_of(dwell[i].kind)));
        assert_true(text_equal(alarm.key.form, TEXT("F.IO")));
        fixture_reopen(&study);
        tick();
        assert_int_equal(ever(dwell[i].step), 1);
    }
}

static void all_that_fell_due_while_nobody_served_comes_once(void **state)
{
    (void)state;
    place_needle();
    fixture_pass(&study, 97 * HOUR);
    fixture_reopen(&study);
    tick();
    tick();
    for (size_t i = 0; i < ARRAY_COUNT(dwell); i++)
        assert_int_equal(ever(dwell[i].step), 1);
}

static void the_removal_ends_what_the_needle_raised(void **state)
{
    (void)state;
    place_needle();
    pass(49 * HOUR);
    assert_int_equal(stands("CK104"), 1);
    fixture_enter(&study, &crc, person, REMOVAL, "I.REM.REMDTM", ago(0), NULL);
    for (size_t i = 0; i < ARRAY_COUNT(dwell); i++)
        assert_int_equal(stands(dwell[i].step), 0);
    assert_int_equal(ever("CK104"), 1);
    pass(60 * HOUR);
    assert_int_equal(ever("AL08.92h"), 0);
}

static void the_needle_is_to_be_justified_again_every_12_hours(void **state)
{
    (void)state;
    struct alarm_acknowledge verb = {
        .act = act_of(study.study, &investigator, study.arena, alarm_acknowledge),
        .note = TEXT("SYNTHETIC: no other access")};
    place_needle();
    pass(36 * HOUR);
    verb.alarm = alarm_of("AL06.red").seq;
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    pass(12 * HOUR - 1);
    assert_int_equal(fixture_events(&study, LOG_EVENT_ALARM_REPEATED), 0);
    assert_true(alarm_of("AL06.red").acknowledged_at != 0);
    fixture_reopen(&study);
    pass(1);
    assert_int_equal(fixture_events(&study, LOG_EVENT_ALARM_REPEATED), 1);
    assert_int_equal(alarm_of("AL06.red").acknowledged_at, 0);
    /* A server that comes 5 hours late says it once and keeps to 72 h. */
    fixture_pass(&study, 17 * HOUR);
    fixture_reopen(&study);
    tick();
    tick();
    assert_int_equal(fixture_events(&study, LOG_EVENT_ALARM_REPEATED), 2);
    pass(7 * HOUR - 1);
    assert_int_equal(fixture_events(&study, LOG_EVENT_ALARM_REPEATED), 2);
    pass(1);
    assert_int_equal(fixture_events(&study, LOG_EVENT_ALARM_REPEATED), 3);
}

static void the_limit_of_96_hours_opens_one_deviation_by_itself(void **state)
{
    (void)state;
    place_needle();
    pass(96 * HOUR - 1);
    assert_int_equal(fixture_events(&study, LOG_EVENT_DEVIATION_OPENED), 0);
    pass(1);
    assert_int_equal(fixture_events(&study, LOG_EVENT_DEVIATION_OPENED), 1);
    assert_string_equal(
        fixture_value(&study, person, "SE.LOG", "F.PD", "I.PD.PDCAT", 0), "DWELL");
    assert_string_equal(
        fixture_value(&study, person, "SE.LOG", "F.PD", "I.PD.PDSEV", 0), "MAJ");
    pass(DAY);
    assert_int_equal(fixture_events(&study, LOG_EVENT_DEVIATION_OPENED), 1);
}

/* --- the bedside ------------------------------------------------------------------------ */

static void a_site_check_calls_when_due_and_red_after_30_minutes(void **state)
{
    (void)state;
    place_needle();
    begins_after("AL09.amber", 15 * MINUTE);
    pass(30 * MINUTE);
    assert_int_equal(stands("CK091"), 0); /* more than 30 min */
    pass(1);
    assert_int_equal(stands("CK091"), 1);
    fixture_enter(&study, &crc, person, "SE.M30", "F.SC", "I.SC.SCDTM", ago(0), NULL);
    assert_int_equal(stands("AL09.amber") + stands("CK091"), 0);
}

/* A form with one answer below the bound, and one of another participant at it. */
static void stands_at(const char *step, const char *event, const char *form,
                      const char *item, const char *below, const char *at)
{
    int64_t other = fixture_screen(&study, &crc);
    fixture_enter(&study, &crc, person, event, form, item, below, NULL);
    if (stands(step) != 0)
        fail_msg("%s stands at %s of %s", step, below, item);
    fixture_enter(&study, &crc, other, event, form, item, at, NULL);
    if (stands(step) != 1)
        fail_msg("%s does not stand at %s of %s", step, at, item);
    assert_int_equal(alarm_of(step).participant, other);
    person = fixture_screen(&study, &crc);
    tick();
    assert_int_equal(ever(step), 1);
}

static void swelling_and_a_lost_pulse_are_critical(void **state)
{
    (void)state;
    stands_at("CK089", "SE.H6", "F.SC", "I.SC.SCSWELL", "1", "2");
    assert_int_equal(alarm_of("CK089").level, ALARM_CRITICAL);
    stands_at("CK088", "SE.H6", "F.SC", "I.SC.SCPULSE", "Y", "N");
    assert_int_equal(alarm_of("CK088").level, ALARM_CRITICAL);
}

static void lidocaine_calls_above_80_percent_and_above_the_limit(void **state)
{
    (void)state;
    /* 3 mg/kg × 50 kg = 150 mg; 80 % of it 120 mg. */
    fixture_enter(&study, &crc, person, "SE.BL", "F.DM", "I.DM.WEIGHT", "50.0", NULL);
    fixture_enter(&study, &crc, person, "SE.T0", "F.LID", "I.LID.LIDGIV", "Y",
                  "I.LID.LIDDTM#1", ago(600), "I.LID.LIDMG#1", "120.0", NULL);
    assert_int_equal(stands("CK048"), 0);
    fixture_enter(&study, &crc, person, "SE.T0", "F.LID", "I.LID.LIDDTM#2", ago(500),
                  "I.LID.LIDMG#2", "0.1", NULL);
    assert_int_equal(stands("CK048"), 1);
    assert_int_equal(stands("CK049"), 0);
    fixture_enter(&study, &crc, person, "SE.T0", "F.LID", "I.LID.LIDDTM#3", ago(400),
                  "I.LID.LIDMG#3", "30.0", NULL);
    assert_int_equal(stands("CK049"), 1);
    assert_true(text_equal(alarm_of("CK049").name, TEXT("AL11")));
}

static void a_sign_of_toxicity_is_critical(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, "SE.T0", "F.LID", "I.LID.LIDGIV", "Y", NULL);
    assert_int_equal(stands("CK058"), 0);
    fixture_enter(&study, &crc, person, "SE.T0", "F.LID", "I.LID.LIDDTM#1", ago(60),
                  "I.LID.LASTSX#1", "SYNTHETIC tinnitus", NULL);
    assert_int_equal(stands("CK058"), 1);
    assert_int_equal(alarm_of("CK058").level, ALARM_CRITICAL);
}

static void an_interruption_calls_only_of_a_vasoactive_drug(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, "SE.T0", "F.INF", "I.INF.INFCLS#1", "CRY",
                  "I.INF.INTRPT#1", "Y", "I.INF.INFCLS#2", "VASO", "I.INF.INTRPT#2",
                  "N", NULL);
    assert_int_equal(stands("CK067"), 0);
    fixture_enter(&study, &crc, person, "SE.T0", "F.INF", "I.INF.INFCLS#3", "VASO",
                  "I.INF.INTRPT#3", "Y", NULL);
    assert_int_equal(stands("CK067"), 1);
}

static void enter_pressures(int64_t participant, const char *first, const char *second)
{
    fixture_enter(&study, &crc, participant, "SE.T0", "F.VA", "I.VA.VADRG#1", "NE",
                  "I.VA.VADTM#1", ago(4 * HOUR), "I.VA.VACHG#1", "START",
                  "I.VA.VADOSE#1", "0.100", "I.VA.VAROUTE#1", "IO", NULL);
    fixture_enter(&study, &crc, participant, "SE.H1", "F.VS", "I.VS.VSDTM",
                  ago(2 * HOUR), "I.VS.MAP", first, NULL);
    fixture_enter(&study, &crc, participant, "SE.H2", "F.VS", "I.VS.VSDTM", ago(HOUR),
                  "I.VS.MAP", second, NULL);
}

static void a_low_pressure_calls_at_the_second_time_below_65(void **state)
{
    (void)state;
    enter_pressures(person, "64", "65");
    enter_pressures(fixture_screen(&study, &crc), "65", "64");
    assert_int_equal(stands("CK076"), 0);
    enter_pressures(fixture_screen(&study, &crc), "64", "64");
    assert_int_equal(stands("CK076"), 1);
}

static void a_critical_laboratory_value_calls_at_its_bound(void **state)
{
    (void)state;
    stands_at("CK085", "SE.BL", "F.LB", "I.LB.K", "6.4", "6.5");
}

/* --- clocks ---------------------------------------------------------------------------- */

static void a_serious_event_calls_after_20_and_24_hours_until_reported(void **state)
{
    (void)state;
    fixture_enter(&study, &investigator, person, "SE.LOG", "F.CX", "I.CX.AESER", "Y",
                  "I.CX.AEAWDTM", ago(0), NULL);
    pass(20 * HOUR);
    assert_int_equal(stands("CK100"), 0);
    pass(1);
    assert_int_equal(stands("CK100"), 1);
    pass(4 * HOUR - 1);
    assert_int_equal(stands("AL16.red"), 0);
    pass(1);
    assert_int_equal(stands("AL16.red"), 1);
    fixture_enter(&study, &investigator, person, "SE.LOG", "F.SAE", "I.SAE.SAEAE", "1",
                  "I.SAE.SAEC", "HOSP", "I.SAE.SAEI24", ago(0), NULL);
    assert_int_equal(stands("CK100") + stands("AL16.red"), 0);
    assert_int_equal(stands("CK101"), 0);
    pass(14 * DAY); /* the clock of 15 days, counted from when the site became aware */
    assert_int_equal(stands("CK101"), 1);
}

static void petechiae_call_within_72_hours_of_the_first_puncture(void **state)
{
    (void)state;
    place_needle();
    pass(72 * HOUR);
    fixture_enter(&study, &crc, person, "SE.H72", "F.SC", "I.SC.SCDTM", ago(0),
                  "I.SC.SCPET", "Y", NULL);
    assert_int_equal(stands("CK092"), 1);
    assert_true(text_equal(alarm_of("CK092").name, TEXT("AL17")));
    person = fixture_screen(&study, &crc);
    place_needle();
    pass(72 * HOUR + MINUTE);
    fixture_enter(&study, &crc, person, "SE.H72", "F.SC", "I.SC.SCDTM", ago(0),
                  "I.SC.SCPET", "Y", NULL);
    assert_int_equal(stands("CK092"), 1);
}

static void a_deferred_consent_calls_after_24_and_72_hours(void **state)
{
    (void)state;
    fixture_enter(&study, &investigator, person, "SE.SCR", "F.ICF", "I.ICF.ICFTYPE",
                  "DEF", "I.ICF.ICFRES", "PEND", NULL);
    place_needle();
    begins_after("AL18.amber", 24 * HOUR);
    begins_after("AL18.red", 48 * HOUR);
}

static void a_sample_without_a_result_calls_after_2_hours(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, "SE.BL", "F.LB", "I.LB.LBDTM", ago(0), NULL);
    pass(2 * HOUR);
    assert_int_equal(stands("AL19.laboratory"), 0);
    pass(1);
    assert_int_equal(stands("AL19.laboratory"), 1);
    fixture_enter(&study, &crc, person, "SE.BL", "F.LB", "I.LB.HGB", "80", NULL);
    assert_int_equal(stands("AL19.laboratory"), 0);
}

/* From 2025-11-22 to 2027-10-23 are 700 days, and now 365 have passed: 27.1 of 52 are
 * expected, three quarters of them are 20.3. */
static void enrolment_calls_when_a_quarter_behind_and_at_52(void **state)
{
    (void)state;
    tick();
    assert_int_equal(stands("study.enrolment_pace"), 0);
    for (int i = 1; i <= 52; i++) {
        fixture_enrol(&study, &crc, &investigator);
        if (i == 1 || i == 20 || i == 21 || i == 51 || i == 52)
            tick();
        if (i == 1 || i == 20)
            assert_int_equal(stands("study.enrolment_pace"), 1);
        if (i == 21)
            assert_int_equal(stands("study.enrolment_pace"), 0);
        if (i == 51)
            assert_int_equal(stands("study.enrolment_cap"), 0);
    }
    assert_int_equal(stands("study.enrolment_cap"), 1);
    assert_int_equal(ever("study.enrolment_pace"), 1);
}

/* --- never twice ------------------------------------------------------------------------ */

static void a_correction_ends_it_and_a_new_answer_raises_it_again(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, "SE.H6", "F.SC", "I.SC.SCSWELL", "2", NULL);
    fixture_enter(&study, &crc, person, "SE.H6", "F.SC", "I.SC.SCRED", "N", NULL);
    fixture_reopen(&study);
    fixture_enter(&study, &crc, person, "SE.H6", "F.SC", "I.SC.SCCOLD", "N", NULL);
    pass(HOUR);
    assert_int_equal(ever("CK089"), 1);
    assert_int_equal(fixture_events(&study, LOG_EVENT_ALARM_ENDED), 0);
}

/* --- acknowledging ----------------------------------------------------------------------- */

static bool acknowledges(const struct caller *caller, int64_t alarm, const char *note)
{
    struct alarm_acknowledge verb = {
        .act = act_of(study.study, caller, study.arena, alarm_acknowledge),
        .alarm = alarm,
        .note = note == NULL ? (struct text){0} : text_of(note)};
    return act_run(&verb.act, &study.err);
}

static void only_its_audience_acknowledges_and_that_ends_nothing(void **state)
{
    (void)state;
    struct caller manager = fixture_person(&study, "manager", ROLE_DM);
    struct caller stranger = fixture_stranger(&study, "stranger", ROLE_INV);
    fixture_enter(&study, &crc, person, "SE.H6", "F.SC", "I.SC.SCSWELL", "2", NULL);
    int64_t alarm = alarm_of("CK089").seq;
    const struct caller *others[] = {&crc, &nurse, &manager, &stranger};
    for (size_t i = 0; i < ARRAY_COUNT(others); i++) {
        assert_false(acknowledges(others[i], alarm, NULL));
        assert_int_equal(study.err.code, ERROR_NOT_ALLOWED);
    }
    assert_true(acknowledges(&investigator, alarm, "SYNTHETIC: needle removed"));
    struct stored_alarm stored = alarm_of("CK089");
    assert_int_equal(stored.user, investigator.user);
    assert_true(text_equal(stored.note, TEXT("SYNTHETIC: needle removed")));
    assert_int_equal(stored.ended_at, 0);
    assert_false(acknowledges(&principal, alarm, NULL));
    assert_int_equal(study.err.code, ERROR_CHANGED);
    assert_false(acknowledges(&principal, 123456, NULL));
    assert_int_equal(study.err.code, ERROR_NOT_FOUND);
}

/* Specification 8.1: critical by PI and INV alone, amber without AL19 also by CRC. */
static void the_level_narrows_the_audience(void **state)
{
    (void)state;
    const struct design *design = study_design(study.study);
    const struct study_alarm *limb = alarm_find(design, TEXT("AL10"));
    ASSERT_TEXT(
        alarm_roles_text(alarm_acknowledged_by(limb, ALARM_CRITICAL), study.arena),
        "PI INV");
    ASSERT_TEXT(alarm_roles_text(alarm_acknowledged_by(limb, ALARM_RED), study.arena),
                "PI INV RN");
    const struct study_alarm *needle = alarm_find(design, TEXT("AL04"));
    ASSERT_TEXT(
        alarm_roles_text(alarm_acknowledged_by(needle, ALARM_AMBER), study.arena),
        "RN CRC");
    const struct study_alarm *feed = alarm_find(design, TEXT("AL19"));
    ASSERT_TEXT(alarm_roles_text(alarm_acknowledged_by(feed, ALARM_AMBER), study.arena),
                "DM");
}

static void what_has_ended_is_acknowledged_no_more(void **state)
{
    (void)state;
    fixture_enter(&study, &investigator, person, INSERTION, "I.IO.DECDTM", ago(0),
                  NULL);
    pass(5 * MINUTE);
    int64_t alarm = alarm_of("AL01.amber").seq;
    fixture_enter(&study, &investigator, person, INSERTION, "I.IO.FINDTM", ago(0),
                  NULL);
    assert_false(acknowledges(&investigator, alarm, NULL));
    assert_int_equal(study.err.code, ERROR_CHANGED);
}

static void what_nobody_acknowledges_goes_on_three_times(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, "SE.H6", "F.SC", "I.SC.SCSWELL", "2", NULL);
    pass(5 * MINUTE - 1);
    assert_int_equal(fixture_events(&study, LOG_EVENT_ALARM_ESCALATED), 0);
    fixture_reopen(&study);
    pass(1);
    assert_int_equal(fixture_events(&study, LOG_EVENT_ALARM_ESCALATED), 1);
    assert_int_equal(alarm_of("CK089").escalations, 1);
    pass(5 * MINUTE);
    pass(5 * MINUTE);
    pass(DAY);
    assert_int_equal(fixture_events(&study, LOG_EVENT_ALARM_ESCALATED), 3);
}

static void what_is_acknowledged_does_not_go_on(void **state)
{
    (void)state;
    fixture_enter(&study, &crc, person, "SE.H6", "F.SC", "I.SC.SCSWELL", "2", NULL);
    assert_true(acknowledges(&investigator, alarm_of("CK089").seq, NULL));
    pass(DAY);
    assert_int_equal(fixture_events(&study, LOG_EVENT_ALARM_ESCALATED), 0);
}

/* --- lists -------------------------------------------------------------------------------- */

static struct alarm_entries listed(const struct caller *caller)
{
    struct alarm_entries list;
    ASSERT_OK(alarm_list_read(study.study, caller, 10, study.arena, &list, &study.err),
              &study.err);
    return list;
}

static void the_list_is_by_urgency_and_names_whom_it_calls(void **state)
{
    (void)state;
    struct caller administrator = fixture_person(&study, "administrator", ROLE_ADM);
    place_needle();
    pass(24 * HOUR);
    fixture_enter(&study, &crc, person, "SE.H24", "F.SC", "I.SC.SCDTM", ago(0),
                  "I.SC.SCSWELL", "2", NULL);
    struct alarm_entries list = listed(&nurse);
    assert_true(list.count >= 3);
    assert_true(text_equal(list.at[0].alarm.name, TEXT("AL10")));
    assert_true(list.at[0].is_for_caller);
    assert_false(list.at[0].may_acknowledge); /* critical: not by a nurse */
    assert_true(text_equal(list.at[1].alarm.name, TEXT("AL05")));
    assert_true(list.at[1].may_acknowledge);
    assert_int_equal(listed(&administrator).count, 0);
    for (size_t i = 0; i < listed(&crc).count; i++) {
        struct alarm_entry entry = listed(&crc).at[i];
        assert_int_equal(entry.is_for_caller,
                         text_equal(entry.alarm.name, TEXT("AL04")));
    }
}

static void a_higher_step_stands_for_the_lower_one(void **state)
{
    (void)state;
    fixture_enter(&study, &investigator, person, INSERTION, "I.IO.DECDTM", ago(0),
                  NULL);
    pass(10 * MINUTE);
    struct alarm_entries list = listed(&nurse);
    assert_int_equal(list.count, 2);
    assert_false(list.at[0].is_superseded);
    assert_true(text_equal(list.at[0].alarm.step, TEXT("AL01.red")));
    assert_true(list.at[1].is_superseded);
}

static void quiet_hours_never_silence_what_is_urgent(void **state)
{
    (void)state;
    assert_true(alarm_rests(true, ALARM_INFO));
    assert_true(alarm_rests(true, ALARM_AMBER));
    assert_false(alarm_rests(true, ALARM_RED));
    assert_false(alarm_rests(true, ALARM_CRITICAL));
    assert_false(alarm_rests(false, ALARM_AMBER));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(access_calls_after_5_and_10_minutes_until_the_infusion_runs),
        TEST(the_second_failure_at_one_site_calls_and_the_first_does_not),
        TEST(a_site_used_within_24_hours_calls_before_the_puncture),
        TEST(a_needle_calls_at_each_hour_once_whoever_restarts),
        TEST(all_that_fell_due_while_nobody_served_comes_once),
        TEST(the_removal_ends_what_the_needle_raised),
        TEST(the_needle_is_to_be_justified_again_every_12_hours),
        TEST(the_limit_of_96_hours_opens_one_deviation_by_itself),
        TEST(a_site_check_calls_when_due_and_red_after_30_minutes),
        TEST(swelling_and_a_lost_pulse_are_critical),
        TEST(lidocaine_calls_above_80_percent_and_above_the_limit),
        TEST(a_sign_of_toxicity_is_critical),
        TEST(an_interruption_calls_only_of_a_vasoactive_drug),
        TEST(a_low_pressure_calls_at_the_second_time_below_65),
        TEST(a_critical_laboratory_value_calls_at_its_bound),
        TEST(a_serious_event_calls_after_20_and_24_hours_until_reported),
        TEST(petechiae_call_within_72_hours_of_the_first_puncture),
        TEST(a_deferred_consent_calls_after_24_and_72_hours),
        TEST(a_sample_without_a_result_calls_after_2_hours),
        TEST(enrolment_calls_when_a_quarter_behind_and_at_52),
        TEST(a_correction_ends_it_and_a_new_answer_raises_it_again),
        TEST(only_its_audience_acknowledges_and_that_ends_nothing),
        TEST(the_level_narrows_the_audience),
        TEST(what_has_ended_is_acknowledged_no_more),
        TEST(what_nobody_acknowledges_goes_on_three_times),
        TEST(what_is_acknowledged_does_not_go_on),
        TEST(the_list_is_by_urgency_and_names_whom_it_calls),
        TEST(a_higher_step_stands_for_the_lower_one),
        TEST(quiet_hours_never_silence_what_is_urgent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
