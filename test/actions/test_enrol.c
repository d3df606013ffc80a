#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/enrol.h"
#include "actions/register.h"

#include <string.h>

#define SCREENING  "SE.SCR", "F.SCR"
#define CONSENT    "SE.SCR", "F.ICF"
#define DEMOGRAPHY "SE.BL", "F.DM"

static struct fixture study;
static struct caller inv, crc;
static int64_t person;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    inv = fixture_person(&study, "inv", ROLE_INV);
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

static struct participant_enrol enrolling(const struct caller *by)
{
    return (struct participant_enrol){
        .act = act_of(study.study, by, study.arena, participant_enrol),
        .participant = person};
}

static void correct(const char *form, const char *item, const char *value)
{
    const char *event = strcmp(form, "F.DM") == 0 ? "SE.BL" : "SE.SCR";
    struct mutation change = {
        .item = text_of(item),
        .value = text_of(value),
        .base = text_of(fixture_version(&study, person, event, form, item, 0)),
        .reason = TEXT("SYNTHETIC correction")};
    struct save_values verb = fixture_save_of(&study, &crc, person, event, form);
    ASSERT_OK(fixture_save(&study, &verb, &change, 1), &study.err);
    assert_int_equal(verb.outcomes[0].status, MUTATION_OK);
}

/* Refused, and this check among the findings. */
static void expect_stopped_by(const char *check)
{
    struct participant_enrol verb = enrolling(&inv);
    bool is_found = false;
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_REFUSED);
    for (size_t i = 0; i < verb.finding_count; i++)
        is_found = is_found || text_equal(verb.findings[i].check->oid, text_of(check));
    if (!is_found)
        fail_msg("\"%s\" does not name %s", study.err.text, check);
    assert_non_null(strstr(study.err.text, check));
    assert_int_equal(fixture_events(&study, LOG_EVENT_ENROLMENT_REFUSED), 1);
    assert_int_equal(fixture_events(&study, LOG_EVENT_PARTICIPANT_ENROLLED), 0);
    assert_true(text_is_absent(fixture_participant(&study, person)->subject_number));
}

static void expect_enrolled(void)
{
    struct participant_enrol verb = enrolling(&inv);
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    ASSERT_TEXT(verb.enrolled->subject_number, "H4-001");
}

/* --- the way through ------------------------------------------------------------------------ */

static void an_eligible_consented_participant_is_enrolled(void **state)
{
    (void)state;
    fixture_make_eligible(&study, &crc, person);
    fixture_consent(&study, &crc, person);
    fixture_pass(&study, 30 * MINUTE);
    struct participant_enrol verb = enrolling(&inv);
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    ASSERT_TEXT(verb.enrolled->subject_number, "H4-001");
    assert_int_equal(verb.enrolled->state, PARTICIPANT_ENROLLED);
    assert_int_equal(verb.enrolled->enrolled_at, fixture_now(&study));
    assert_false(verb.is_beyond_target);
    assert_string_equal(fixture_value(&study, person, DEMOGRAPHY, "I.DM.SUBJID", 0),
                        "H4-001");
    assert_string_equal(fixture_value(&study, person, DEMOGRAPHY, "I.DM.SITEID", 0),
                        "01");
    assert_string_equal(fixture_value(&study, person, DEMOGRAPHY, "I.DM.ENRDTM", 0),
                        "2026-11-22T10:30:00+08:00");
    assert_string_equal(fixture_value(&study, person, SCREENING, "I.SCR.ELIGBY", 0),
                        "SYNTHETIC inv");
}

static void a_time_of_enrolment_that_was_entered_stands(void **state)
{
    (void)state;
    fixture_make_eligible(&study, &crc, person);
    fixture_consent(&study, &crc, person);
    fixture_enter(&study, &crc, person, DEMOGRAPHY, "I.DM.ENRDTM",
                  "2026-11-22T09:45+08:00", NULL);
    struct participant_enrol verb = enrolling(&inv);
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    assert_string_equal(fixture_value(&study, person, DEMOGRAPHY, "I.DM.ENRDTM", 0),
                        "2026-11-22T09:45+08:00");
    /* 01:45Z, a quarter of an hour before the clock's beginning. */
    assert_int_equal(verb.enrolled->enrolled_at,
                     fixture_now(&study) - INT64_C(15) * MINUTE * 1000 * 1000);
}

static void enrolling_again_changes_nothing(void **state)
{
    (void)state;
    fixture_make_eligible(&study, &crc, person);
    fixture_consent(&study, &crc, person);
    expect_enrolled();
    size_t events = fixture_events(&study, 0);
    expect_enrolled();
    assert_int_equal(fixture_events(&study, 0), events);
}

/* Two persons put it in force, with the number of the approval. */
static void approve_deferral(void)
{
    struct caller dm = fixture_person(&study, "dm", ROLE_DM);
    struct caller pi = fixture_person(&study, "pi", ROLE_PI);
    const struct register_entry entries[] = {{TEXT("KIND"), TEXT("deferral")},
                                             {TEXT("SETTING"), TEXT("deferral")},
                                             {TEXT("NEW"), TEXT("yes")},
                                             {TEXT("REASON"), TEXT("SYNTHETIC")},
                                             {TEXT("IN_FORCE"), TEXT("2026-11-22")},
                                             {TEXT("APPROVAL"), TEXT("SYNTHETIC-1")}};
    struct register_add added = {
        .act = act_of(study.study, &dm, study.arena, register_add),
        .name = TEXT("CONF"),
        .site = SITE,
        .entries = entries,
        .entry_count = ARRAY_COUNT(entries)};
    ASSERT_OK(act_run(&added.act, &study.err), &study.err);
    struct register_agree agreed = {
        .act = act_of(study.study, &pi, study.arena, register_agree),
        .name = TEXT("CONF"),
        .line = added.line,
        .seen = added.line,
        .is_proven = true};
    ASSERT_OK(act_run(&agreed.act, &study.err), &study.err);
}

/* Nothing but the switch is different. */
static void a_deferred_consent_is_enough_where_it_is_approved(void **state)
{
    (void)state;
    fixture_make_eligible(&study, &crc, person);
    fixture_enter(&study, &crc, person, CONSENT, "I.ICF.ICFTYPE", "DEF", "I.ICF.ICFRES",
                  "PEND", "I.ICF.ICFECNO", "SYNTHETIC-1", "I.ICF.ICFASK",
                  "2026-11-22T09:00+08:00", NULL);
    assert_int_equal(fixture_participant(&study, person)->state, PARTICIPANT_DEFERRED);
    struct participant_enrol verb = enrolling(&inv);
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_REFUSED);
    assert_non_null(strstr(study.err.text, "deferred consent is not approved"));
    assert_int_equal(fixture_events(&study, LOG_EVENT_PARTICIPANT_ENROLLED), 0);
    approve_deferral();
    expect_enrolled();
}

static void the_subject_numbers_count_on(void **state)
{
    (void)state;
    for (int i = 1; i <= 3; i++) {
        person = fixture_screen(&study, &crc);
        fixture_make_eligible(&study, &crc, person);
        fixture_consent(&study, &crc, person);
        struct participant_enrol verb = enrolling(&inv);
        ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
        assert_int_equal(verb.enrolled->subject_number.at[5], '0' + i);
    }
}

static void values_saved_later_keep_the_participant_enrolled(void **state)
{
    (void)state;
    fixture_make_eligible(&study, &crc, person);
    fixture_consent(&study, &crc, person);
    expect_enrolled();
    correct("F.SCR", "I.SCR.HEMANY", "N");
    assert_string_equal(fixture_value(&study, person, SCREENING, "I.SCR.ELIG", 0), "N");
    assert_int_equal(fixture_participant(&study, person)->state, PARTICIPANT_ENROLLED);
}

/* --- what stops it ------------------------------------------------------------------------------ */

static void age_outside_18_to_65_stops_it(void **state)
{
    (void)state;
    fixture_make_eligible(&study, &crc, person);
    fixture_consent(&study, &crc, person);
    correct("F.SCR", "I.SCR.BRTHDT", "1960-11-22");
    expect_stopped_by("CK001");
}

static void ineligible_stops_it(void **state)
{
    (void)state;
    fixture_make_eligible(&study, &crc, person);
    fixture_consent(&study, &crc, person);
    correct("F.SCR", "I.SCR.CRITIC", "N");
    expect_stopped_by("CK002");
}

static void no_inclusion_category_stops_it(void **state)
{
    (void)state;
    fixture_make_eligible(&study, &crc, person);
    fixture_consent(&study, &crc, person);
    correct("F.SCR", "I.SCR.INC2", "");
    expect_stopped_by("CK003");
}

static void no_consent_stops_it(void **state)
{
    (void)state;
    fixture_make_eligible(&study, &crc, person);
    expect_stopped_by("CK014");
}

static void a_refused_consent_stops_it(void **state)
{
    (void)state;
    fixture_make_eligible(&study, &crc, person);
    fixture_consent(&study, &crc, person);
    correct("F.ICF", "I.ICF.ICFRES", "REFK");
    expect_stopped_by("CK014");
}

static void an_empty_screening_form_stops_it(void **state)
{
    (void)state;
    expect_stopped_by("CK002");
}

static void once_corrected_it_goes_through(void **state)
{
    (void)state;
    fixture_make_eligible(&study, &crc, person);
    expect_stopped_by("CK014");
    fixture_consent(&study, &crc, person);
    expect_enrolled();
}

/* --- who, and whom ---------------------------------------------------------------------------------- */

static void a_coordinator_may_not_enrol(void **state)
{
    (void)state;
    fixture_make_eligible(&study, &crc, person);
    fixture_consent(&study, &crc, person);
    struct participant_enrol verb = enrolling(&crc);
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_NOT_ALLOWED);
    assert_int_equal(fixture_events(&study, LOG_EVENT_ACCESS_REFUSED), 1);
}

static void a_provisional_participant_is_not_enrolled(void **state)
{
    (void)state;
    person = fixture_place(&study, &inv);
    struct participant_enrol verb = enrolling(&inv);
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_REFUSED);
    assert_non_null(strstr(study.err.hint, "attached"));
}

static void the_53rd_of_52_is_enrolled_and_said_to_be_beyond(void **state)
{
    (void)state;
    for (int i = 1; i <= 53; i++) {
        person = fixture_screen(&study, &crc);
        fixture_make_eligible(&study, &crc, person);
        fixture_consent(&study, &crc, person);
        struct participant_enrol verb = enrolling(&inv);
        ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
        assert_int_equal(verb.is_beyond_target, i > 52);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(an_eligible_consented_participant_is_enrolled),
        TEST(a_time_of_enrolment_that_was_entered_stands),
        TEST(enrolling_again_changes_nothing),
        TEST(a_deferred_consent_is_enough_where_it_is_approved),
        TEST(the_subject_numbers_count_on),
        TEST(values_saved_later_keep_the_participant_enrolled),
        TEST(age_outside_18_to_65_stops_it),
        TEST(ineligible_stops_it),
        TEST(no_inclusion_category_stops_it),
        TEST(no_consent_stops_it),
        TEST(a_refused_consent_stops_it),
        TEST(an_empty_screening_form_stops_it),
        TEST(once_corrected_it_goes_through),
        TEST(a_coordinator_may_not_enrol),
        TEST(a_provisional_participant_is_not_enrolled),
        TEST(the_53rd_of_52_is_enrolled_and_said_to_be_beyond),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
