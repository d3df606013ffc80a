#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/today_parts.h"

#define INSERTION "SE.T0", "F.IO"
#define MINUTES   INT64_C(60000000)
#define HOURS     (60 * MINUTES)

/* The fixture's clock begins at 10:00 at the site. */
#define T0 "2026-11-22T10:00+08:00"

static struct fixture study;
static struct caller inv, rn, saf, elsewhere;
static int64_t person, t0;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    inv = fixture_person(&study, "inv", ROLE_INV);
    rn = fixture_person(&study, "rn", ROLE_RN);
    saf = fixture_person(&study, "saf", ROLE_SAF);
    elsewhere = fixture_stranger(&study, "elsewhere", ROLE_RN);
    struct caller crc = fixture_person(&study, "crc", ROLE_CRC);
    person = fixture_enrol(&study, &crc, &inv);
    t0 = fixture_now(&study);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

static struct today today_of(const struct caller *by)
{
    struct today today;
    ASSERT_OK(today_read(study.study, by, 0, study.arena, &today, &study.err),
              &study.err);
    return today;
}

/* The only needle. */
static struct today_needle needle_of(void)
{
    struct today today = today_of(&rn);
    assert_int_equal(today.count, 1);
    return today.at[0];
}

/* How many tasks of a kind, and the first of them. */
static size_t tasks_of(enum today_kind kind, struct today_task *first)
{
    struct today_needle needle = needle_of();
    size_t count = 0;
    for (size_t i = 0; i < needle.task_count; i++)
        if (needle.tasks[i].kind == kind && count++ == 0)
            *first = needle.tasks[i];
    return count;
}

static void place_needle(void)
{
    fixture_enter(&study, &rn, person, INSERTION, "I.IO.ATTSITE#1", "PTL",
                  "I.IO.PUNDTM#1", T0, "I.IO.CNFDTM#1", T0, "I.IO.ENDDTM#1", T0,
                  "I.IO.ATTRES#1", "SUC", NULL);
}

/* --- which needles ---------------------------------------------------------------------- */

static void a_needle_is_listed_from_its_success_until_its_removal(void **state)
{
    (void)state;
    fixture_enter(&study, &rn, person, INSERTION, "I.IO.PUNDTM#1", T0, NULL);
    assert_int_equal(today_of(&rn).count, 0);
    fixture_enter(&study, &rn, person, INSERTION, "I.IO.ATTSITE#1", "PTL",
                  "I.IO.ATTRES#1", "SUC", NULL);
    struct today_needle needle = needle_of();
    assert_int_equal(needle.since, t0);
    assert_int_equal(needle.insertion, 1);
    ASSERT_TEXT(needle.place.english, "Proximal tibia, left");
    ASSERT_TEXT(needle.removal_key.event, "SE.REM");
    assert_int_equal(needle.removal_key.event_repeat, 1);
    fixture_enter(&study, &rn, person, "SE.REM", "F.REM", "I.REM.REMDTM", T0, NULL);
    assert_int_equal(today_of(&rn).count, 0);
}

static void only_who_may_see_the_casebook_sees_the_needle(void **state)
{
    (void)state;
    place_needle();
    assert_int_equal(today_of(&inv).count, 1);
    assert_int_equal(today_of(&saf).count, 1);
    assert_int_equal(today_of(&elsewhere).count, 0);
    struct caller adm = fixture_person(&study, "adm", ROLE_ADM);
    struct today today;
    ASSERT_ERROR(today_read(study.study, &adm, 0, study.arena, &today, &study.err),
                 &study.err, ERROR_NOT_ALLOWED);
}

static void one_participant_can_be_asked_for(void **state)
{
    (void)state;
    struct today today;
    place_needle();
    ASSERT_OK(today_read(study.study, &rn, person, study.arena, &today, &study.err),
              &study.err);
    assert_int_equal(today.count, 1);
    ASSERT_OK(today_read(study.study, &rn, person + 1, study.arena, &today, &study.err),
              &study.err);
    assert_int_equal(today.count, 0);
}

/* A needle that comes after the first one has left has a removal of its own. */
static void the_second_needle_has_its_own_removal(void **state)
{
    (void)state;
    place_needle();
    fixture_enter(&study, &rn, person, "SE.REM", "F.REM", "I.REM.REMDTM",
                  "2026-11-22T11:00+08:00", NULL);
    fixture_pass(&study, 3 * HOUR);
    struct save_values verb = fixture_save_of(&study, &rn, person, INSERTION);
    struct mutation again[] = {
        {.item = TEXT("I.IO.PUNDTM"),
         .row = 1,
         .value = TEXT("2026-11-22T12:00+08:00")},
        {.item = TEXT("I.IO.ATTRES"), .row = 1, .value = TEXT("SUC")}};
    verb.form_repeat = 2;
    ASSERT_OK(fixture_save(&study, &verb, again, ARRAY_COUNT(again)), &study.err);
    struct today_needle needle = needle_of();
    assert_int_equal(needle.insertion, 2);
    assert_int_equal(needle.removal_key.event_repeat, 2);
    assert_int_equal(needle.removal_key.form_repeat, 1);
    assert_int_equal(needle.target_at - needle.since, 24 * HOURS);
}

/* --- until when -------------------------------------------------------------------------- */

/* AL04: from 20 h; registry record: 24 h and 96 h; AL08: from 92 h. */
static void removal_is_near_from_20_hours_late_from_24_and_96_is_the_limit(void **state)
{
    (void)state;
    struct today_task task;
    place_needle();
    assert_int_equal(tasks_of(TODAY_REMOVAL, &task), 1);
    assert_int_equal(task.opens_at - t0, 20 * HOURS);
    assert_int_equal(task.due_at - t0, 24 * HOURS);
    assert_int_equal(task.late_at - t0, 24 * HOURS);
    assert_int_equal(tasks_of(TODAY_LIMIT, &task), 1);
    assert_int_equal(task.opens_at - t0, 92 * HOURS);
    assert_int_equal(task.due_at - t0, 96 * HOURS);
    assert_int_equal(tasks_of(TODAY_EXCEPTION, &task), 0);
}

static void a_second_physician_lets_it_stay_twelve_hours_at_a_time(void **state)
{
    (void)state;
    struct today_task task;
    place_needle();
    fixture_pass(&study, 22 * HOUR);
    fixture_enter(&study, &rn, person, "SE.REM", "F.REM", "I.REM.EXCR", "NOALT",
                  "I.REM.EXCTXT", "SYNTHETIC no other vein", NULL);
    assert_int_equal(tasks_of(TODAY_REMOVAL, &task), 1);
    fixture_enter(&study, &inv, person, "SE.REM", "F.REM", "I.REM.EXCDTM",
                  "2026-11-23T08:00+08:00", NULL);
    assert_int_equal(tasks_of(TODAY_REMOVAL, &task), 0);
    assert_int_equal(tasks_of(TODAY_EXCEPTION, &task), 1);
    assert_int_equal(task.due_at - t0, 36 * HOURS);
    assert_int_equal(task.late_at - t0, 36 * HOURS);
    assert_int_equal(tasks_of(TODAY_LIMIT, &task), 1);
}

/* --- limb and site ------------------------------------------------------------------------- */

/* "15, 30, 60 min, 2, 4, 6, 12 h, then 4-hourly; hourly with vasoactives or irritants". */
static void checks_follow_the_plan_of_the_specification(void **state)
{
    (void)state;
    static const struct {
        int64_t checked, due; /* minutes after the puncture */
    } rows[] = {{0, 15},    {9, 15},     {15, 30},   {30, 60},
                {60, 120},  {120, 240},  {240, 360}, {360, 720},
                {720, 960}, {960, 1200}, {100, 120}, {110, 240}};
    int64_t in = INT64_C(1700000000) * 1000000;
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        int64_t checked = rows[i].checked == 0 ? 0 : in + rows[i].checked * MINUTES;
        assert_int_equal((today_check_due(in, checked, false) - in) / MINUTES,
                         rows[i].due);
    }
    assert_int_equal(today_check_due(in, in + 12 * HOURS, true) - in, 13 * HOURS);
    assert_int_equal(today_check_due(in, 0, true) - in, 15 * MINUTES);
}

/* Does the alarm CK091 fire now? */
static bool rule_says_overdue(void)
{
    struct db *db = store_reader(study_store(study.study));
    struct world world = {.db = db,
                          .arena = study.arena,
                          .rulebook =
                              study_rulebook(study.study, study_design(study.study)),
                          .participant = fixture_participant(&study, person),
                          .now = fixture_now(&study),
                          .key = {person, TEXT("SE.T0"), 1, TEXT("F.IO"), 1}};
    bool is_fired = false;
    ASSERT_OK(world_open(&world, &study.err), &study.err);
    ASSERT_OK(world_run(&world, &study.err), &study.err);
    for (int32_t r = 0; r < world.rulebook->set->rule_count; r++)
        if (world.rulebook->checks[r] != NULL &&
            text_equal(world.rulebook->checks[r]->oid, TEXT("CK091")))
            is_fired = book_fires(world.book, r, world.current->instance->serial, 0);
    store_reader_return(study_store(study.study), db);
    return is_fired;
}

/* CK091 of the study's design: overdue by more than 30 minutes. */
static void what_is_late_here_is_overdue_for_the_rule_of_the_study(void **state)
{
    (void)state;
    struct today_task task;
    static const char *const checked[] = {NULL, "2026-11-22T10:16+08:00",
                                          "2026-11-22T12:01+08:00",
                                          "2026-11-23T01:00+08:00"};
    place_needle();
    for (size_t i = 0; i < ARRAY_COUNT(checked); i++) {
        if (checked[i] != NULL) {
            static const char *const events[] = {"", "SE.M15", "SE.H2", "SE.DWELL"};
            fixture_enter(&study, &rn, person, events[i], "F.SC", "I.SC.SCDTM",
                          checked[i], NULL);
        }
        assert_int_equal(tasks_of(TODAY_SITE_CHECK, &task), 1);
        int64_t left = (task.late_at - fixture_now(&study)) / 1000000;
        fixture_pass(&study, left);
        assert_false(rule_says_overdue());
        fixture_pass(&study, 1);
        assert_true(rule_says_overdue());
        fixture_pass(&study, 5 * HOUR);
    }
}

static void a_check_is_due_at_its_time_point_and_then_in_the_log(void **state)
{
    (void)state;
    struct today_task task;
    place_needle();
    assert_int_equal(tasks_of(TODAY_SITE_CHECK, &task), 1);
    assert_int_equal(task.due_at - t0, 15 * MINUTES);
    assert_int_equal(task.late_at - t0, 45 * MINUTES);
    ASSERT_TEXT(task.key.event, "SE.M15");
    fixture_pass(&study, 12 * HOUR);
    fixture_enter(&study, &rn, person, "SE.H12", "F.SC", "I.SC.SCDTM",
                  "2026-11-22T22:00+08:00", NULL);
    assert_int_equal(tasks_of(TODAY_SITE_CHECK, &task), 1);
    assert_int_equal(task.due_at - t0, 16 * HOURS);
    ASSERT_TEXT(task.key.event, "SE.DWELL");
    assert_int_equal(task.key.form_repeat, 1);
    fixture_pass(&study, 4 * HOUR);
    fixture_enter(&study, &rn, person, "SE.DWELL", "F.SC", "I.SC.SCDTM",
                  "2026-11-23T02:00+08:00", NULL);
    assert_int_equal(tasks_of(TODAY_SITE_CHECK, &task), 1);
    assert_int_equal(task.key.form_repeat, 2);
    assert_int_equal(task.due_at - t0, 20 * HOURS);
}

static void a_vasoactive_drug_through_the_needle_asks_for_a_check_every_hour(
    void **state)
{
    (void)state;
    struct today_task task;
    place_needle();
    fixture_pass(&study, 12 * HOUR);
    fixture_enter(&study, &rn, person, "SE.H12", "F.SC", "I.SC.SCDTM",
                  "2026-11-22T22:00+08:00", NULL);
    fixture_enter(&study, &rn, person, "SE.DWELL", "F.INF", "I.INF.INFROUTE#1", "IO",
                  "I.INF.INFCLS#1", "VASO", "I.INF.INFBEG#1", "2026-11-22T21:00+08:00",
                  NULL);
    assert_int_equal(tasks_of(TODAY_SITE_CHECK, &task), 1);
    assert_int_equal(task.due_at - t0, 13 * HOURS);
}

/* --- vital signs --------------------------------------------------------------------------- */

/* Section 4: 5, 15, 30 min, 1, 2, 4, 6, 12 h and 24 h; 48 and 72 h only while the needle is
 * in beyond 24 h, 96 h beyond 72 h. */
static void vital_signs_are_due_by_the_schedule_until_they_are_measured(void **state)
{
    (void)state;
    struct today_task task;
    place_needle();
    size_t count = tasks_of(TODAY_VITALS, &task);
    ASSERT_TEXT(task.key.event, "SE.M5");
    ASSERT_TEXT(task.timepoint.english, "5 min");
    assert_int_equal(task.opens_at - t0, 3 * MINUTES);
    assert_int_equal(task.due_at - t0, 5 * MINUTES);
    assert_int_equal(task.late_at - t0, 7 * MINUTES);
    fixture_pass(&study, 10 * MINUTE);
    fixture_enter(&study, &rn, person, "SE.M5", "F.VS", "I.VS.VSDTM",
                  "2026-11-22T10:05+08:00", NULL);
    fixture_enter(&study, &rn, person, "SE.M15", "F.VS", "I.VS.VSND", "Y", NULL);
    assert_int_equal(tasks_of(TODAY_VITALS, &task), count - 2);
    ASSERT_TEXT(task.key.event, "SE.M30");
}

static void after_a_death_only_the_needle_is_left(void **state)
{
    (void)state;
    place_needle();
    fixture_pass(&study, HOUR);
    fixture_enter(&study, &inv, person, "SE.LOG", "F.DTH", "I.DTH.DTHDTM",
                  "2026-11-22T10:30+08:00", NULL);
    struct today_needle needle = needle_of();
    assert_int_equal(needle.task_count, 2);
    assert_int_equal(needle.tasks[0].kind, TODAY_REMOVAL);
    assert_int_equal(needle.tasks[1].kind, TODAY_LIMIT);
}

/* --- flow tests ------------------------------------------------------------------------------ */

/* "Timed flow test at 15 min, 1, 6, 24 h". */
static void a_flow_test_counts_for_the_time_point_whose_window_it_is_in(void **state)
{
    (void)state;
    struct today_task task;
    place_needle();
    assert_int_equal(tasks_of(TODAY_FLOW_TEST, &task), 4);
    assert_int_equal(task.due_at - t0, 15 * MINUTES);
    fixture_pass(&study, 16 * MINUTE);
    fixture_enter(&study, &rn, person, "SE.DWELL", "F.INF", "I.INF.INFBEG#1",
                  "2026-11-22T10:14+08:00", "I.INF.FLOWT#1", "80", NULL);
    assert_int_equal(tasks_of(TODAY_FLOW_TEST, &task), 3);
    assert_int_equal(task.due_at - t0, 60 * MINUTES);
}

static void a_missed_flow_test_is_told_until_the_next_one_may_begin(void **state)
{
    (void)state;
    struct today_task task;
    place_needle();
    fixture_pass(&study, 25 * MINUTE);
    assert_int_equal(tasks_of(TODAY_FLOW_TEST, &task), 4);
    assert_int_equal(task.late_at - t0, 20 * MINUTES);
    fixture_pass(&study, 25 * MINUTE);
    assert_int_equal(tasks_of(TODAY_FLOW_TEST, &task), 3);
    assert_int_equal(task.due_at - t0, 60 * MINUTES);
}

/* --- lidocaine ------------------------------------------------------------------------------- */

static void a_dose_waits_for_its_flush_after_speed_and_dwell(void **state)
{
    (void)state;
    struct today_task task;
    place_needle();
    fixture_pass(&study, 5 * MINUTE);
    fixture_enter(&study, &rn, person, "SE.T0", "F.LID", "I.LID.LIDGIV", "Y",
                  "I.LID.LIDSTEP#1", "1", "I.LID.LIDDTM#1", "2026-11-22T10:02+08:00",
                  "I.LID.LIDMG#1", "40", "I.LID.LIDSEC#1", "90", "I.LID.LIDDWL#1", "75",
                  NULL);
    assert_int_equal(tasks_of(TODAY_FLUSH, &task), 1);
    assert_int_equal(task.row, 1);
    assert_int_equal(task.due_at - t0, 2 * MINUTES + 165 * INT64_C(1000000));
    fixture_enter(&study, &rn, person, "SE.T0", "F.LID", "I.LID.LIDFL#1", "10", NULL);
    assert_int_equal(tasks_of(TODAY_FLUSH, &task), 0);
}

/* LIDCUM: "cumulative in previous 24 h", all routes. */
static void lidocaine_of_the_last_24_hours_is_added_up_over_all_forms(void **state)
{
    (void)state;
    place_needle();
    fixture_pass(&study, 24 * HOUR);
    fixture_enter(&study, &rn, person, "SE.T0", "F.LID", "I.LID.LIDDTM#1", T0,
                  "I.LID.LIDMG#1", "40", "I.LID.LIDDTM#2", "2026-11-22T10:01+08:00",
                  "I.LID.LIDMG#2", "20.5", NULL);
    fixture_enter(&study, &rn, person, "SE.DWELL", "F.LID", "I.LID.LIDDTM#1",
                  "2026-11-23T09:00+08:00", "I.LID.LIDMG#1", "20", NULL);
    struct decimal sum = needle_of().lidocaine_mg;
    assert_int_equal(sum.coefficient, 405);
    assert_int_equal(sum.scale, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(a_needle_is_listed_from_its_success_until_its_removal),
        T(only_who_may_see_the_casebook_sees_the_needle),
        T(one_participant_can_be_asked_for),
        T(the_second_needle_has_its_own_removal),
        T(removal_is_near_from_20_hours_late_from_24_and_96_is_the_limit),
        T(a_second_physician_lets_it_stay_twelve_hours_at_a_time),
        T(checks_follow_the_plan_of_the_specification),
        T(what_is_late_here_is_overdue_for_the_rule_of_the_study),
        T(a_check_is_due_at_its_time_point_and_then_in_the_log),
        T(a_vasoactive_drug_through_the_needle_asks_for_a_check_every_hour),
        T(vital_signs_are_due_by_the_schedule_until_they_are_measured),
        T(after_a_death_only_the_needle_is_left),
        T(a_flow_test_counts_for_the_time_point_whose_window_it_is_in),
        T(a_missed_flow_test_is_told_until_the_next_one_may_begin),
        T(lidocaine_of_the_last_24_hours_is_added_up_over_all_forms),
        T(a_dose_waits_for_its_flush_after_speed_and_dwell),
#undef T
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
