#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/form_review.h"
#include "actions/participants.h"
#include "actions/query.h"
#include "actions/safety_review.h"
#include "actions/start_review.h"
#include "actions/study_state.h"
#include "actions/work_list.h"
#include "base/hex.h"

#define CONSENT   "SE.SCR", "F.ICF"
#define INSERTION "SE.T0", "F.IO"
#define EVENT     "SE.LOG", "F.CX"
#define REPORT    "SE.LOG", "F.SAE"
#define TREATMENT "SE.LOG", "F.CM"
#define PASSWORD  "SYNTHETIC correct horse"

/* The fixture's clock begins at 10:00 at the site. */
#define T0 "2026-11-22T10:00+08:00"

static struct fixture study;
static struct caller inv, opr, saf, dm, crc, elsewhere;
static int64_t person;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    inv = fixture_person(&study, "inv", ROLE_INV);
    opr = fixture_person(&study, "opr", ROLE_OPR);
    saf = fixture_person(&study, "saf", ROLE_SAF);
    dm = fixture_person(&study, "dm", ROLE_DM);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    elsewhere = fixture_stranger(&study, "elsewhere", ROLE_INV);
    person = fixture_screen(&study, &crc);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

static struct work_list list_of(const struct caller *by)
{
    struct work_list list;
    ASSERT_OK(work_list_read(study.study, by, study.arena, &list, &study.err),
              &study.err);
    return list;
}

/* How many entries of a kind, and the first of them. */
static size_t entries_of(const struct caller *by, enum work_kind kind,
                         struct work_entry *first)
{
    struct work_list list = list_of(by);
    size_t count = 0;
    for (size_t i = 0; i < list.count; i++)
        if (list.at[i].kind == kind && count++ == 0)
            *first = list.at[i];
    return count;
}

/* --- deferred consent ----------------------------------------------------------------- */

static void defer(void)
{
    fixture_enter(&study, &crc, person, CONSENT, "I.ICF.ICFTYPE", "DEF", "I.ICF.ICFRES",
                  "PEND", "I.ICF.ICFECNO", "SYNTHETIC-1", "I.ICF.ICFASK",
                  "2026-11-22T09:30+08:00", NULL);
}

static void puncture(void)
{
    fixture_enter(&study, &opr, person, INSERTION, "I.IO.PUNDTM#1", T0, NULL);
}

static void expect_deferral(enum work_level level)
{
    struct work_entry entry;
    assert_int_equal(entries_of(&inv, WORK_DEFERRED_CONSENT, &entry), 1);
    assert_int_equal(entry.level, level);
}

static void a_deferred_consent_is_amber_from_24_hours_and_red_from_72(void **state)
{
    (void)state;
    defer();
    puncture();
    expect_deferral(WORK_NEXT);
    fixture_pass(&study, 24 * HOUR - 1);
    expect_deferral(WORK_NEXT);
    fixture_pass(&study, 1);
    expect_deferral(WORK_DUE);
    fixture_pass(&study, 48 * HOUR - 1);
    expect_deferral(WORK_DUE);
    fixture_pass(&study, 1);
    expect_deferral(WORK_LATE);

    struct work_entry entry;
    assert_int_equal(entries_of(&inv, WORK_DEFERRED_CONSENT, &entry), 1);
    int64_t t0 = entry.since;
    assert_int_equal(fixture_now(&study) - t0, INT64_C(72) * HOUR * 1000 * 1000);
    assert_int_equal(entry.due_at, fixture_now(&study));
    assert_int_equal(entry.ends_at - t0, INT64_C(7) * DAY * 1000 * 1000);
    ASSERT_TEXT(entry.key.form, "F.ICF");
}

static void no_clock_runs_before_the_first_puncture(void **state)
{
    (void)state;
    struct work_entry entry;
    defer();
    fixture_pass(&study, 100 * HOUR);
    assert_int_equal(entries_of(&inv, WORK_DEFERRED_CONSENT, &entry), 1);
    assert_int_equal(entry.level, WORK_NEXT);
    assert_int_equal(entry.due_at, 0);
}

static void a_later_consent_ends_the_deferral(void **state)
{
    (void)state;
    struct work_entry entry;
    defer();
    puncture();
    fixture_pass(&study, 80 * HOUR);
    struct save_values verb = fixture_save_of(&study, &crc, person, "SE.SCR", "F.ICF");
    struct mutation agreed[] = {
        {.item = TEXT("I.ICF.ICFTYPE"), .value = TEXT("CONT")},
        {.item = TEXT("I.ICF.ICFRES"), .value = TEXT("AGR")},
        {.item = TEXT("I.ICF.ICFDTM"), .value = TEXT("2026-11-25T15:00+08:00")}};
    verb.form_repeat = 2;
    ASSERT_OK(fixture_save(&study, &verb, agreed, ARRAY_COUNT(agreed)), &study.err);
    assert_int_equal(entries_of(&inv, WORK_DEFERRED_CONSENT, &entry), 0);
}

static void a_death_ends_the_deferral(void **state)
{
    (void)state;
    struct work_entry entry;
    defer();
    puncture();
    fixture_pass(&study, 30 * HOUR);
    fixture_enter(&study, &inv, person, "SE.LOG", "F.DTH", "I.DTH.DTHDTM",
                  "2026-11-23T12:00+08:00", NULL);
    assert_int_equal(entries_of(&inv, WORK_DEFERRED_CONSENT, &entry), 0);
}

static void consent_is_the_work_of_those_who_may_enter_it(void **state)
{
    (void)state;
    struct work_entry entry;
    defer();
    puncture();
    assert_int_equal(entries_of(&crc, WORK_DEFERRED_CONSENT, &entry), 1);
    assert_int_equal(entries_of(&opr, WORK_DEFERRED_CONSENT, &entry), 0);
    assert_int_equal(entries_of(&elsewhere, WORK_DEFERRED_CONSENT, &entry), 0);
}

/* --- safety --------------------------------------------------------------------------- */

static void a_serious_event_happens(void)
{
    fixture_enter(&study, &inv, person, EVENT, "I.CX.AECX", "COMP", "I.CX.AEGR", "3",
                  "I.CX.AEREL", "PRO", "I.CX.AESER", "Y", "I.CX.AEAWDTM", T0, NULL);
}

static void a_serious_event_is_on_the_list_until_it_is_reported(void **state)
{
    (void)state;
    struct work_entry entry;
    a_serious_event_happens();
    assert_int_equal(entries_of(&inv, WORK_SAFETY_REPORT, &entry), 3);
    assert_int_equal(entry.level, WORK_NEXT);
    fixture_pass(&study, 24 * HOUR);
    assert_int_equal(entries_of(&inv, WORK_SAFETY_REPORT, &entry), 3);
    assert_int_equal(entry.level, WORK_LATE);
    ASSERT_TEXT(entry.key.form, "F.CX");
    fixture_enter(&study, &inv, person, REPORT, "I.SAE.SAEAE", "1", "I.SAE.SAEI24",
                  "2026-11-23T10:00+08:00", NULL);
    assert_int_equal(entries_of(&inv, WORK_SAFETY_REPORT, &entry), 2);
    assert_int_equal(entry.level, WORK_NEXT);
    ASSERT_TEXT(entry.key.form, "F.SAE");
    assert_int_equal(entries_of(&saf, WORK_SAFETY_REPORT, &entry), 2);
    assert_int_equal(entries_of(&opr, WORK_SAFETY_REPORT, &entry), 0);
}

static void the_safety_list_tells_events_deficiencies_and_deviations(void **state)
{
    (void)state;
    struct safety_list list;
    a_serious_event_happens();
    fixture_enter(&study, &opr, person, "SE.LOG", "F.DD", "I.DD.DDTYPE", "BRK",
                  "I.DD.DDHARM", "Y", NULL);
    fixture_enter(&study, &crc, person, "SE.LOG", "F.PD", "I.PD.PDCAT", "WIND",
                  "I.PD.PDSEV", "MIN", NULL);
    ASSERT_OK(safety_read(study.study, &saf, study.arena, &list, &study.err),
              &study.err);
    assert_int_equal(list.event_count, 1);
    assert_int_equal(list.events[0].sequence, 1);
    ASSERT_TEXT(list.events[0].term, "COMP");
    ASSERT_TEXT(list.events[0].grade, "3");
    assert_true(list.events[0].is_serious);
    assert_false(list.events[0].has_report);
    assert_int_equal(list.events[0].clock_count, 3);
    assert_int_equal(list.deficiency_count, 1);
    ASSERT_TEXT(list.deficiencies[0].kind, "BRK");
    assert_int_equal(list.deviation_count, 1);
    ASSERT_TEXT(list.deviations[0].kind, "WIND");
    assert_false(list.deviations[0].is_by_program);
}

static void who_reads_reports_alone_sees_serious_events_alone(void **state)
{
    (void)state;
    struct caller ec = fixture_person(&study, "ec", ROLE_EC);
    struct safety_list list;
    a_serious_event_happens();
    struct save_values verb = fixture_save_of(&study, &inv, person, "SE.LOG", "F.CX");
    struct mutation mild[] = {{.item = TEXT("I.CX.AECX"), .value = TEXT("PAIN")},
                              {.item = TEXT("I.CX.AESER"), .value = TEXT("N")}};
    verb.form_repeat = 2;
    ASSERT_OK(fixture_save(&study, &verb, mild, ARRAY_COUNT(mild)), &study.err);
    fixture_enter(&study, &crc, person, "SE.LOG", "F.PD", "I.PD.PDCAT", "WIND", NULL);
    ASSERT_OK(safety_read(study.study, &ec, study.arena, &list, &study.err),
              &study.err);
    assert_int_equal(list.event_count, 1);
    ASSERT_TEXT(list.events[0].term, "COMP");
    assert_int_equal(list.deviation_count, 0);
    ASSERT_OK(safety_read(study.study, &inv, study.arena, &list, &study.err),
              &study.err);
    assert_int_equal(list.event_count, 2);
}

static void who_may_not_read_reports_is_refused(void **state)
{
    (void)state;
    struct safety_list list;
    ASSERT_ERROR(safety_read(study.study, &opr, study.arena, &list, &study.err),
                 &study.err, ERROR_NOT_ALLOWED);
}

/* --- the review by the safety physician ----------------------------------------------- */

static struct safety_event event_seen_by(const struct caller *by)
{
    struct safety_list list;
    ASSERT_OK(safety_read(study.study, by, study.arena, &list, &study.err), &study.err);
    assert_int_equal(list.event_count, 1);
    return list.events[0];
}

static bool review(const struct caller *by, int64_t seen)
{
    struct safety_review_make verb = {
        .act = act_of(study.study, by, study.arena, safety_review_make),
        .key = event_seen_by(by).report_key,
        .seen = seen};
    return act_run(&verb.act, &study.err);
}

static void a_reported_event(void)
{
    a_serious_event_happens();
    fixture_enter(&study, &inv, person, REPORT, "I.SAE.SAEAE", "1", "I.SAE.SAEC", "INT",
                  NULL);
}

static void a_review_stands_until_the_event_or_its_report_changes(void **state)
{
    (void)state;
    struct work_entry entry;
    a_reported_event();
    assert_false(event_seen_by(&saf).review.is_reviewed);
    assert_int_equal(entries_of(&saf, WORK_SAFETY_REVIEW, &entry), 1);
    ASSERT_OK(review(&saf, event_seen_by(&saf).review.seen), &study.err);
    assert_true(event_seen_by(&saf).review.stands);
    ASSERT_TEXT(event_seen_by(&inv).review.by, "SYNTHETIC saf");
    assert_int_equal(entries_of(&saf, WORK_SAFETY_REVIEW, &entry), 0);
    fixture_enter(&study, &inv, person, EVENT, "I.CX.AEOUT", "REG", NULL);
    assert_true(event_seen_by(&saf).review.is_reviewed);
    assert_false(event_seen_by(&saf).review.stands);
    assert_int_equal(entries_of(&saf, WORK_SAFETY_REVIEW, &entry), 1);
    assert_int_equal(fixture_events(&study, LOG_EVENT_SAFETY_REVIEWED), 1);
}

static void what_changed_meanwhile_is_not_reviewed(void **state)
{
    (void)state;
    a_reported_event();
    int64_t seen = event_seen_by(&saf).review.seen;
    fixture_enter(&study, &inv, person, REPORT, "I.SAE.SAEEXP", "Y", NULL);
    ASSERT_ERROR(review(&saf, seen), &study.err, ERROR_CHANGED);
    assert_int_equal(fixture_events(&study, LOG_EVENT_SAFETY_REVIEWED), 0);
}

/* A PI may enter, grade and review: not all of it with the same event. */
static void nobody_reviews_what_they_entered_or_graded(void **state)
{
    (void)state;
    struct caller pi = fixture_person(&study, "pi", ROLE_PI);
    a_reported_event();
    assert_true(event_seen_by(&pi).review.may);
    fixture_enter(&study, &pi, person, EVENT, "I.CX.AEOUT", "REG", NULL);
    assert_false(event_seen_by(&pi).review.may);
    ASSERT_ERROR(review(&pi, event_seen_by(&pi).review.seen), &study.err,
                 ERROR_NOT_ALLOWED);
    ASSERT_ERROR(review(&inv, event_seen_by(&inv).review.seen), &study.err,
                 ERROR_NOT_ALLOWED);
    ASSERT_OK(review(&saf, event_seen_by(&saf).review.seen), &study.err);
}

/* --- an emergency start ---------------------------------------------------------------- */

/* How many entries lead to this form, and the first of them. */
static size_t completions_of(const struct caller *by, const char *form,
                             struct work_entry *first)
{
    struct work_list list = list_of(by);
    size_t count = 0;
    for (size_t i = 0; i < list.count; i++)
        if (list.at[i].kind == WORK_EMERGENCY_FORM &&
            text_equal(list.at[i].key.form, text_of(form)) && count++ == 0)
            *first = list.at[i];
    return count;
}

static void attach(int64_t placed)
{
    const struct caller *const both[] = {&crc, &inv};
    for (size_t i = 0; i < ARRAY_COUNT(both); i++) {
        struct participant_attach verb = {
            .act = act_of(study.study, both[i], study.arena, participant_attach),
            .participant = placed,
            .to = person};
        ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    }
}

/* "Attachment to a screening record: 4 h after T0, at the latest 24 h; CRC, INV and PI." */
static void a_placement_on_a_bed_is_to_be_attached_in_four_hours(void **state)
{
    (void)state;
    struct work_entry entry;
    struct caller pi = fixture_person(&study, "pi", ROLE_PI);
    int64_t placed = fixture_place(&study, &opr);
    assert_int_equal(entries_of(&crc, WORK_EMERGENCY_ATTACH, &entry), 1);
    assert_int_equal(entry.level, WORK_NEXT);
    assert_int_equal(entry.due_at, 0);
    fixture_enter(&study, &opr, placed, INSERTION, "I.IO.PUNDTM#1", T0, NULL);
    const struct caller *const all[] = {&crc, &inv, &pi};
    for (size_t i = 0; i < ARRAY_COUNT(all); i++) {
        assert_int_equal(entries_of(all[i], WORK_EMERGENCY_ATTACH, &entry), 1);
        assert_int_equal(entry.key.participant, placed);
        assert_int_equal(entry.level, WORK_DUE);
        assert_int_equal(entry.due_at - entry.since, INT64_C(4) * HOUR * 1000 * 1000);
        assert_int_equal(entry.ends_at - entry.since, INT64_C(24) * HOUR * 1000 * 1000);
    }
    assert_int_equal(entries_of(&opr, WORK_EMERGENCY_ATTACH, &entry), 0);
    fixture_pass(&study, 4 * HOUR);
    assert_int_equal(entries_of(&crc, WORK_EMERGENCY_ATTACH, &entry), 1);
    assert_int_equal(entry.level, WORK_LATE);
    attach(placed);
    assert_int_equal(entries_of(&crc, WORK_EMERGENCY_ATTACH, &entry), 0);
}

static void what_an_emergency_start_left_is_due_by_the_table_of_the_protocol(
    void **state)
{
    (void)state;
    static const struct {
        const struct caller *by;
        const char *form;
        int64_t hours;
        bool is_before; /* the attachment */
    } rows[] = {{&opr, "F.IO", 12, true},   {&inv, "F.ICF", 4, false},
                {&inv, "F.SCR", 24, false}, {&crc, "F.DM", 24, false},
                {&crc, "F.MH", 24, false},  {&inv, "F.BL", 24, false}};
    struct work_entry entry;
    int64_t placed = fixture_place(&study, &opr);
    fixture_enter(&study, &opr, placed, INSERTION, "I.IO.PUNDTM#1", T0, NULL);
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
        assert_int_equal(completions_of(rows[i].by, rows[i].form, &entry),
                         rows[i].is_before);
    attach(placed);
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        assert_int_equal(completions_of(rows[i].by, rows[i].form, &entry), 1);
        assert_int_equal(entry.due_at - entry.since,
                         rows[i].hours * HOUR * 1000 * 1000);
    }
    assert_int_equal(completions_of(&crc, "F.SCR", &entry), 0);
    assert_int_equal(completions_of(&crc, "F.IO", &entry), 0);
    fixture_consent(&study, &crc, person);
    assert_int_equal(completions_of(&inv, "F.ICF", &entry), 0);
}

static bool review_start(const struct caller *by, int64_t participant)
{
    struct start_review_make verb = {
        .act = act_of(study.study, by, study.arena, start_review_make),
        .participant = participant};
    return act_run(&verb.act, &study.err);
}

/* "PI review of the emergency start: 7 days after T0; PI; work list of PI." */
static void an_emergency_start_is_reviewed_by_the_pi_in_seven_days(void **state)
{
    (void)state;
    struct work_entry entry;
    struct caller pi = fixture_person(&study, "pi", ROLE_PI);
    int64_t placed = fixture_place(&study, &opr);
    fixture_enter(&study, &opr, placed, INSERTION, "I.IO.PUNDTM#1", T0, NULL);
    assert_int_equal(entries_of(&pi, WORK_EMERGENCY_REVIEW, &entry), 0);
    ASSERT_ERROR(review_start(&pi, placed), &study.err, ERROR_REFUSED);
    attach(placed);
    assert_int_equal(entries_of(&pi, WORK_EMERGENCY_REVIEW, &entry), 1);
    assert_int_equal(entry.key.participant, person);
    assert_int_equal(entry.level, WORK_DUE);
    assert_int_equal(entry.due_at - entry.since, INT64_C(7) * 24 * HOUR * 1000 * 1000);
    assert_int_equal(entries_of(&inv, WORK_EMERGENCY_REVIEW, &entry), 0);
    fixture_pass(&study, INT64_C(7) * 24 * HOUR);
    assert_int_equal(entries_of(&pi, WORK_EMERGENCY_REVIEW, &entry), 1);
    assert_int_equal(entry.level, WORK_LATE);
    ASSERT_ERROR(review_start(&inv, person), &study.err, ERROR_NOT_ALLOWED);
    ASSERT_OK(review_start(&pi, person), &study.err);
    assert_int_equal(entries_of(&pi, WORK_EMERGENCY_REVIEW, &entry), 0);
    ASSERT_ERROR(review_start(&pi, person), &study.err, ERROR_CHANGED);
    assert_int_equal(fixture_events(&study, LOG_EVENT_START_REVIEWED), 1);
}

static void a_review_is_of_the_placement_that_was_attached(void **state)
{
    (void)state;
    struct work_entry entry;
    struct caller pi = fixture_person(&study, "pi", ROLE_PI);
    int64_t placed = fixture_place(&study, &opr);
    attach(placed);
    ASSERT_OK(review_start(&pi, person), &study.err);
    struct participant_detach wrong = {
        .act = act_of(study.study, &crc, study.arena, participant_detach),
        .participant = placed,
        .reason = TEXT("SYNTHETIC wrong patient")};
    ASSERT_OK(act_run(&wrong.act, &study.err), &study.err);
    assert_int_equal(entries_of(&pi, WORK_EMERGENCY_REVIEW, &entry), 0);
    attach(fixture_place(&study, &opr));
    assert_int_equal(entries_of(&pi, WORK_EMERGENCY_REVIEW, &entry), 1);
}

static void a_planned_start_has_no_such_limits(void **state)
{
    (void)state;
    struct work_entry entry;
    struct caller pi = fixture_person(&study, "pi", ROLE_PI);
    puncture();
    assert_int_equal(entries_of(&inv, WORK_EMERGENCY_FORM, &entry), 0);
    assert_int_equal(entries_of(&inv, WORK_EMERGENCY_ATTACH, &entry), 0);
    assert_int_equal(entries_of(&pi, WORK_EMERGENCY_REVIEW, &entry), 0);
    ASSERT_ERROR(review_start(&pi, person), &study.err, ERROR_REFUSED);
}

/* --- signatures -------------------------------------------------------------------------- */

static void sign_treatment(const struct caller *by)
{
    struct form_review review;
    struct form_state *state = NULL;
    char digits[HEX_SIZE(HASH_SIZE)];
    struct form_key key = {.participant = person,
                           .event = TEXT("SE.LOG"),
                           .event_repeat = 1,
                           .form = TEXT("F.CM"),
                           .form_repeat = 1};
    struct db *db = store_reader(study.study->store);
    struct review_asker asker = {study.study, db, by, study.arena,
                                 fixture_participant(&study, person)};
    ASSERT_OK(form_find(db, &key, study.arena, &state, &study.err), &study.err);
    ASSERT_OK(form_review_read(&asker, state, &review, &study.err), &study.err);
    store_reader_return(study.study->store, db);
    size_t len = hex_print(review.offer.content.bytes, HASH_SIZE, digits);
    struct signature_make verb = {
        .act = act_of(study.study, by, study.arena, signature_finish),
        .key = key,
        .meaning = signature_meaning_name(review.offer.meaning),
        .language = TEXT("en"),
        .content = {digits, len},
        .name = by->name,
        .password = TEXT(PASSWORD)};
    ASSERT_OK(signature_begin(&verb, &study.err), &study.err);
    signature_hash(&verb);
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
}

static void a_complete_form_is_to_be_signed_and_again_when_its_signature_fell(
    void **state)
{
    (void)state;
    struct work_entry entry;
    struct caller pi = fixture_member(&study, "pi", ROLE_PI, PASSWORD);
    fixture_enter(&study, &crc, person, TREATMENT, "I.CM.CMCAT", "ABX", NULL);
    assert_int_equal(entries_of(&pi, WORK_SIGNATURE, &entry), 0);
    fixture_enter(&study, &crc, person, TREATMENT, "I.CM.CMNAME", "SYNTHETIC",
                  "I.CM.CMBEG", "2026-01", NULL);
    assert_int_equal(entries_of(&pi, WORK_SIGNATURE, &entry), 1);
    assert_int_equal(entry.count, 1);
    assert_int_equal(entry.key.participant, person);
    assert_int_equal(entries_of(&crc, WORK_SIGNATURE, &entry), 0);
    sign_treatment(&pi);
    assert_int_equal(entries_of(&pi, WORK_SIGNATURE, &entry), 0);
    assert_int_equal(entries_of(&pi, WORK_SIGNATURE_FELL, &entry), 0);
    fixture_enter(&study, &crc, person, TREATMENT, "I.CM.CMDOSE", "1", NULL);
    assert_int_equal(entries_of(&pi, WORK_SIGNATURE, &entry), 0);
    assert_int_equal(entries_of(&pi, WORK_SIGNATURE_FELL, &entry), 1);
    ASSERT_TEXT(entry.key.form, "F.CM");
    assert_int_equal(entry.level, WORK_DUE);
    sign_treatment(&pi);
    assert_int_equal(entries_of(&pi, WORK_SIGNATURE_FELL, &entry), 0);
}

/* --- the others ----------------------------------------------------------------------- */

static void a_query_is_the_work_of_whom_it_is_assigned_to(void **state)
{
    (void)state;
    struct work_entry entry;
    fixture_make_eligible(&study, &crc, person);
    struct query_step verb = {.act = act_of(study.study, &dm, study.arena, query_step),
                              .step = QUERY_STEP_OPEN,
                              .key = {.participant = person,
                                      .event = TEXT("SE.SCR"),
                                      .event_repeat = 1,
                                      .form = TEXT("F.SCR"),
                                      .form_repeat = 1},
                              .text = TEXT("SYNTHETIC question"),
                              .assignee = crc.user};
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    assert_int_equal(entries_of(&crc, WORK_QUERY, &entry), 1);
    assert_int_equal(entry.query, verb.query);
    ASSERT_TEXT(entry.what.english, "SYNTHETIC question");
    assert_int_equal(entries_of(&inv, WORK_QUERY, &entry), 0);
}

static void what_is_late_comes_first(void **state)
{
    (void)state;
    defer();
    puncture();
    fixture_pass(&study, 48 * HOUR);
    fixture_enter(&study, &inv, person, EVENT, "I.CX.AECX", "COMP", "I.CX.AESER", "Y",
                  "I.CX.AEAWDTM", T0, NULL);
    struct work_list list = list_of(&inv);
    assert_true(list.count >= 4);
    assert_int_equal(list.at[0].level, WORK_LATE);
    assert_int_equal(list.at[0].kind, WORK_SAFETY_REPORT);
    for (size_t i = 1; i < list.count; i++)
        assert_true(list.at[i - 1].level <= list.at[i].level);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    static const struct CMUnitTest tests[] = {
        TEST(a_deferred_consent_is_amber_from_24_hours_and_red_from_72),
        TEST(no_clock_runs_before_the_first_puncture),
        TEST(a_later_consent_ends_the_deferral),
        TEST(a_death_ends_the_deferral),
        TEST(consent_is_the_work_of_those_who_may_enter_it),
        TEST(a_serious_event_is_on_the_list_until_it_is_reported),
        TEST(the_safety_list_tells_events_deficiencies_and_deviations),
        TEST(who_reads_reports_alone_sees_serious_events_alone),
        TEST(who_may_not_read_reports_is_refused),
        TEST(a_review_stands_until_the_event_or_its_report_changes),
        TEST(what_changed_meanwhile_is_not_reviewed),
        TEST(nobody_reviews_what_they_entered_or_graded),
        TEST(a_placement_on_a_bed_is_to_be_attached_in_four_hours),
        TEST(what_an_emergency_start_left_is_due_by_the_table_of_the_protocol),
        TEST(an_emergency_start_is_reviewed_by_the_pi_in_seven_days),
        TEST(a_review_is_of_the_placement_that_was_attached),
        TEST(a_planned_start_has_no_such_limits),
        TEST(a_complete_form_is_to_be_signed_and_again_when_its_signature_fell),
        TEST(a_query_is_the_work_of_whom_it_is_assigned_to),
        TEST(what_is_late_comes_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
