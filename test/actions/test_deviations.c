/* A blocked act that happened is stored and opens a deviation by itself (specification,
 * sections 2, 3 and 9.2): category and description by the rule, by the program, once.
 * After each test the log holds and its projections are what it says. */
#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/enrol.h"
#include "actions/form_view.h"

#include <string.h>

#define SCREENING  "SE.SCR", "F.SCR"
#define DEMOGRAPHY "SE.BL", "F.DM"
#define INSERTION  "SE.T0", "F.IO"
#define REMOVAL    "SE.REM", "F.REM"
#define DEVIATION  "SE.LOG", "F.PD"

static struct fixture study;
static struct caller inv, crc, nurse;
static int64_t person;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    inv = fixture_person(&study, "inv", ROLE_INV);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    nurse = fixture_person(&study, "rn", ROLE_RN);
    person = fixture_screen(&study, &crc);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close_held(&study);
    return 0;
}

static void correct(const char *event, const char *form, const char *item, int64_t row,
                    const char *value)
{
    struct mutation change = {
        .item = text_of(item),
        .row = row,
        .value = text_of(value),
        .base = text_of(fixture_version(&study, person, event, form, item, row)),
        .reason = TEXT("SYNTHETIC correction")};
    struct save_values verb = fixture_save_of(&study, &inv, person, event, form);
    ASSERT_OK(fixture_save(&study, &verb, &change, 1), &study.err);
    assert_int_equal(verb.outcomes[0].status, MUTATION_OK);
}

static size_t deviations(void)
{
    return fixture_events(&study, LOG_EVENT_DEVIATION_OPENED);
}

static const char *deviation(const char *item)
{
    return fixture_value(&study, person, DEVIATION, item, 0);
}

static struct form_view *view(const char *event, const char *form)
{
    struct form_view *found = NULL;
    struct form_key key = {
        .participant = person, .event = text_of(event), .form = text_of(form)};
    ASSERT_OK(form_view_read(study.study, &crc, &key, study.arena, &found, &study.err),
              &study.err);
    return found;
}

/* --- a puncture ------------------------------------------------------------------------- */

/* The bone was used at midnight, ten hours before the clock's 10:00 (CK007). */
static void use_site_at_midnight(void)
{
    fixture_enter(&study, &crc, person, SCREENING, "I.SCR.XSITE#1", "PTL",
                  "I.SCR.XLAST#1", "2026-11-22T00:00+08:00", NULL);
}

static void a_planned_puncture_is_stopped_and_no_deviation(void **state)
{
    (void)state;
    use_site_at_midnight();
    fixture_enter(&study, &nurse, person, INSERTION, "I.IO.ATTSITE#1", "PTL", NULL);
    assert_int_equal(fixture_queries(&study, person, INSERTION, "CK007"), 1);
    const struct form_view *seen = view(INSERTION);
    bool is_found = false;
    for (size_t i = 0; i < seen->finding_count; i++)
        is_found = is_found || text_equal(seen->findings[i].check->oid, TEXT("CK007"));
    assert_true(is_found);
    assert_int_equal(deviations(), 0);
    correct(INSERTION, "I.IO.ATTSITE", 1, "PTR");
    assert_int_equal(fixture_queries(&study, person, INSERTION, "CK007"), 0);
    assert_int_equal(deviations(), 0);
}

static void a_puncture_that_happened_is_stored_and_opens_one(void **state)
{
    (void)state;
    use_site_at_midnight();
    fixture_enter(&study, &nurse, person, INSERTION, "I.IO.ATTSITE#1", "PTL",
                  "I.IO.PUNDTM#1", "2026-11-22T09:50:00+08:00", NULL);
    assert_string_equal(fixture_value(&study, person, INSERTION, "I.IO.PUNDTM", 1),
                        "2026-11-22T09:50:00+08:00");
    assert_int_equal(deviations(), 1);
    assert_string_equal(deviation("I.PD.PDCAT"), "REP");
    assert_string_equal(deviation("I.PD.PDDTM"), "2026-11-22T09:50:00+08:00");
    assert_string_equal(deviation("I.PD.PDAUTO"), "Y");
    assert_string_equal(deviation("I.PD.PDSEQ"), "1");
    assert_string_equal(deviation("I.PD.PDSEV"), ""); /* a person judges */
    const char *text = deviation("I.PD.PDTXT");
    assert_non_null(strstr(text, "CK007: Re-puncture of a site used within 24 h"));
    assert_non_null(strstr(text, "24小时内同一部位禁止重复穿刺"));
    assert_non_null(strstr(text, "row 1 (I.IO.PUNDTM)"));
}

/* CL.PDCAT: DEV is "Device/lot". Good to the end of the day (CK040). */
static void a_puncture_with_an_expired_needle_opens_one_of_the_device(void **state)
{
    (void)state;
    fixture_enter(&study, &nurse, person, INSERTION, "I.IO.UDIRAW",
                  "(01)04012345678901(17)261121(10)L7", NULL);
    assert_int_equal(deviations(), 0);
    fixture_enter(&study, &nurse, person, INSERTION, "I.IO.PUNDTM#1",
                  "2026-11-22T09:50:00+08:00", NULL);
    assert_int_equal(fixture_queries(&study, person, INSERTION, "CK040"), 1);
    assert_int_equal(deviations(), 1);
    assert_string_equal(deviation("I.PD.PDCAT"), "DEV");
    assert_string_equal(deviation("I.PD.PDDTM"), "2026-11-22T09:50:00+08:00");
}

static void it_is_the_program_who_opens_it(void **state)
{
    (void)state;
    use_site_at_midnight();
    fixture_enter(&study, &nurse, person, INSERTION, "I.IO.ATTSITE#1", "PTL",
                  "I.IO.PUNDTM#1", "2026-11-22T09:50:00+08:00", NULL);
    const struct form_view *opened = view(DEVIATION);
    assert_true(opened->value_count >= 5);
    for (size_t i = 0; i < opened->value_count; i++) {
        assert_int_equal(opened->values[i].stored.by, 0);
        assert_true(text_is_absent(opened->values[i].by_name));
    }
    const struct form_view *seen = view(INSERTION);
    assert_int_equal(seen->deviation_count, 1);
    ASSERT_TEXT(seen->deviations[0].stored.check, "CK007");
    ASSERT_TEXT(seen->deviations[0].stored.key.form, "F.PD");
    assert_int_equal(seen->deviations[0].stored.key.form_repeat, 1);
    assert_int_equal(opened->deviation_count, 0);
}

static void what_was_planned_and_then_happened_opens_one(void **state)
{
    (void)state;
    use_site_at_midnight();
    fixture_enter(&study, &nurse, person, INSERTION, "I.IO.ATTSITE#1", "PTL", NULL);
    assert_int_equal(deviations(), 0);
    fixture_enter(&study, &nurse, person, INSERTION, "I.IO.PUNDTM#1",
                  "2026-11-22T09:50:00+08:00", NULL);
    assert_int_equal(deviations(), 1);
}

static void while_it_stands_no_second_one_opens(void **state)
{
    (void)state;
    use_site_at_midnight();
    fixture_enter(&study, &nurse, person, INSERTION, "I.IO.ATTSITE#1", "PTL",
                  "I.IO.PUNDTM#1", "2026-11-22T09:50:00+08:00", NULL);
    fixture_pass(&study, MINUTE);
    fixture_enter(&study, &nurse, person, INSERTION, "I.IO.ATTRES#1", "SUC", NULL);
    correct(INSERTION, "I.IO.PUNDTM", 1, "2026-11-22T09:51:00+08:00");
    correct(SCREENING, "I.SCR.XLAST", 1, "2026-11-22T01:00+08:00");
    assert_int_equal(deviations(), 1);
}

static void a_correction_leaves_it_and_the_same_answer_opens_no_second(void **state)
{
    (void)state;
    use_site_at_midnight();
    fixture_enter(&study, &nurse, person, INSERTION, "I.IO.ATTSITE#1", "PTL",
                  "I.IO.PUNDTM#1", "2026-11-22T09:50:00+08:00", NULL);
    correct(INSERTION, "I.IO.ATTSITE", 1, "PTR");
    assert_int_equal(fixture_queries(&study, person, INSERTION, "CK007"), 0);
    assert_string_equal(deviation("I.PD.PDCAT"), "REP");
    correct(INSERTION, "I.IO.ATTSITE", 1, "PTL");
    assert_int_equal(fixture_queries(&study, person, INSERTION, "CK007"), 1);
    assert_int_equal(deviations(), 1);
}

static void another_answer_after_a_correction_opens_another(void **state)
{
    (void)state;
    use_site_at_midnight();
    fixture_enter(&study, &nurse, person, INSERTION, "I.IO.ATTSITE#1", "PTL",
                  "I.IO.PUNDTM#1", "2026-11-22T09:50:00+08:00", NULL);
    correct(INSERTION, "I.IO.ATTSITE", 1, "PTR");
    correct(INSERTION, "I.IO.PUNDTM", 1, "2026-11-22T09:40:00+08:00");
    correct(INSERTION, "I.IO.ATTSITE", 1, "PTL");
    assert_int_equal(deviations(), 2);
}

static void a_row_tells_of_itself_alone(void **state)
{
    (void)state;
    use_site_at_midnight();
    fixture_enter(&study, &nurse, person, INSERTION, "I.IO.ATTSITE#1", "PTR",
                  "I.IO.PUNDTM#1", "2026-11-22T09:50:00+08:00", "I.IO.ATTSITE#2", "PTL",
                  NULL);
    assert_int_equal(fixture_queries(&study, person, INSERTION, "CK007"), 1);
    assert_int_equal(deviations(), 0);
}

static void the_same_batch_again_opens_no_second_one(void **state)
{
    (void)state;
    use_site_at_midnight();
    struct mutation changes[] = {
        {.item = TEXT("I.IO.ATTSITE"), .row = 1, .value = TEXT("PTL")},
        {.item = TEXT("I.IO.PUNDTM"),
         .row = 1,
         .value = TEXT("2026-11-22T09:50:00+08:00"),
         .source = SOURCE_TIMER}};
    struct save_values verb = fixture_save_of(&study, &nurse, person, INSERTION);
    ASSERT_OK(fixture_save(&study, &verb, changes, 2), &study.err);
    ASSERT_OK(fixture_save(&study, &verb, changes, 2), &study.err);
    assert_true(verb.is_duplicate);
    assert_int_equal(deviations(), 1);
}

/* --- a removal ---------------------------------------------------------------------------- */

/* Needle in at 10:00 on the first day; CK103 above 24 h, CK105 above 96 h. */
static void stay_until(const char *removed, int64_t hours)
{
    fixture_enter(&study, &nurse, person, INSERTION, "I.IO.ATTSITE#1", "PTL",
                  "I.IO.PUNDTM#1", "2026-11-22T10:00:00+08:00", "I.IO.ATTRES#1", "SUC",
                  NULL);
    fixture_pass(&study, hours * HOUR);
    fixture_enter(&study, &nurse, person, REMOVAL, "I.REM.REMDTM", removed, NULL);
}

static void a_dwell_over_24_h_without_reason_opens_one(void **state)
{
    (void)state;
    stay_until("2026-11-23T11:18:00+08:00", 26);
    assert_int_equal(fixture_queries(&study, person, REMOVAL, "CK103"), 1);
    assert_int_equal(deviations(), 1);
    assert_string_equal(deviation("I.PD.PDCAT"), "DWELL");
    assert_string_equal(deviation("I.PD.PDSEV"), "");
}

static void a_dwell_within_24_h_opens_none(void **state)
{
    (void)state;
    stay_until("2026-11-23T09:00:00+08:00", 26);
    assert_int_equal(deviations(), 0);
}

/* CK105: "Over 96 h: major deviation raised automatically"; raised, it holds no more. */
static void a_dwell_over_96_h_opens_a_major_one(void **state)
{
    (void)state;
    stay_until("2026-11-26T11:00:00+08:00", 98);
    const char *severity = "";
    for (int64_t repeat = 1; repeat <= (int64_t)deviations(); repeat++) {
        struct form_view *found = NULL;
        struct form_key key = {.participant = person,
                               .event = TEXT("SE.LOG"),
                               .form = TEXT("F.PD"),
                               .form_repeat = repeat};
        ASSERT_OK(
            form_view_read(study.study, &crc, &key, study.arena, &found, &study.err),
            &study.err);
        for (size_t i = 0; i < found->value_count; i++)
            if (text_equal(found->values[i].stored.item, TEXT("I.PD.PDSEV")))
                severity = text_c(study.arena, found->values[i].stored.answer.value);
    }
    assert_int_equal(deviations(), 2); /* without a reason besides: CK103 */
    assert_string_equal(severity, "MAJ");
    assert_int_equal(fixture_queries(&study, person, REMOVAL, "CK105"), 0);
    assert_int_equal(fixture_queries(&study, person, REMOVAL, "CK103"), 1);
}

/* --- an enrolment ---------------------------------------------------------------------------- */

static struct participant_enrol enrolling(const char *reason)
{
    return (struct participant_enrol){
        .act = act_of(study.study, &inv, study.arena, participant_enrol),
        .participant = person,
        .reason = reason == NULL ? (struct text){0} : text_of(reason)};
}

static void make_too_old(void)
{
    fixture_make_eligible(&study, &crc, person);
    fixture_consent(&study, &crc, person);
    correct(SCREENING, "I.SCR.BRTHDT", 0, "1960-11-22");
    assert_int_equal(fixture_queries(&study, person, SCREENING, "CK001"), 1);
}

static void an_enrolment_that_is_refused_opens_none(void **state)
{
    (void)state;
    make_too_old();
    struct participant_enrol verb = enrolling(NULL);
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_REFUSED);
    assert_int_equal(deviations(), 0);
}

static void an_enrolment_on_paper_is_recorded_and_opens_one_for_each_check(void **state)
{
    (void)state;
    make_too_old();
    fixture_enter(&study, &crc, person, DEMOGRAPHY, "I.DM.ENRDTM",
                  "2026-11-22T09:45+08:00", NULL);
    size_t entered = deviations();
    struct participant_enrol verb = enrolling("SYNTHETIC: line 12 of the paper log");
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    ASSERT_TEXT(verb.enrolled->subject_number, "H4-001");
    assert_int_equal(verb.enrolled->state, PARTICIPANT_ENROLLED);
    assert_int_equal(fixture_queries(&study, person, SCREENING, "CK001"), 1);
    assert_true(entered >= 1);
    assert_int_equal(deviations(), entered);
    assert_string_equal(deviation("I.PD.PDCAT"), "ELIG");
    assert_non_null(strstr(deviation("I.PD.PDTXT"), "CK001"));
    /* Nobody has signed what did not hold. */
    assert_string_equal(fixture_value(&study, person, SCREENING, "I.SCR.ELIGBY", 0),
                        "");
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    assert_int_equal(deviations(), entered);
}

static void an_enrolment_on_paper_needs_its_time(void **state)
{
    (void)state;
    make_too_old();
    struct participant_enrol verb = enrolling("SYNTHETIC: paper log");
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_REFUSED);
    assert_non_null(strstr(study.err.hint, "time of enrolment"));
    verb = enrolling("  ");
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_REFUSED);
    assert_int_equal(fixture_events(&study, LOG_EVENT_PARTICIPANT_ENROLLED), 0);
}

static void a_check_that_stops_a_signature_only_opens_none(void **state)
{
    (void)state;
    fixture_enter(&study, &nurse, person, "SE.H2", "F.VS", "I.VS.SBP", "120",
                  "I.VS.DBP", "90", "I.VS.MAP", "70", NULL);
    assert_int_equal(fixture_queries(&study, person, "SE.H2", "F.VS", "CK071"), 1);
    assert_int_equal(deviations(), 0);
}

/* Every category is one of the study's list, every severity too. */
static void the_study_names_categories_that_it_has(void **state)
{
    (void)state;
    const struct design *design = study_design(study.study);
    size_t count = 0;
    for (size_t i = 0; i < design->check_count; i++) {
        const struct study_check *check = &design->checks[i];
        if (text_is_absent(check->deviation))
            continue;
        const struct item *category = design_item(design, TEXT("I.PD.PDCAT"));
        bool is_listed = false;
        for (size_t k = 0; k < category->codelist->code_count; k++)
            is_listed = is_listed ||
                        text_equal(category->codelist->codes[k].code, check->deviation);
        if (!is_listed || check->happened == NULL || check->severity == CHECK_SOFT)
            fail_msg("%.*s: %.*s", TEXT_ARG(check->oid), TEXT_ARG(check->deviation));
        count++;
    }
    assert_int_equal(count, 16 + 1); /* and the alarm at 96 h */
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_planned_puncture_is_stopped_and_no_deviation),
        TEST(a_puncture_that_happened_is_stored_and_opens_one),
        TEST(a_puncture_with_an_expired_needle_opens_one_of_the_device),
        TEST(it_is_the_program_who_opens_it),
        TEST(what_was_planned_and_then_happened_opens_one),
        TEST(while_it_stands_no_second_one_opens),
        TEST(a_correction_leaves_it_and_the_same_answer_opens_no_second),
        TEST(another_answer_after_a_correction_opens_another),
        TEST(a_row_tells_of_itself_alone),
        TEST(the_same_batch_again_opens_no_second_one),
        TEST(a_dwell_over_24_h_without_reason_opens_one),
        TEST(a_dwell_within_24_h_opens_none),
        TEST(a_dwell_over_96_h_opens_a_major_one),
        TEST(an_enrolment_that_is_refused_opens_none),
        TEST(an_enrolment_on_paper_is_recorded_and_opens_one_for_each_check),
        TEST(an_enrolment_on_paper_needs_its_time),
        TEST(a_check_that_stops_a_signature_only_opens_none),
        TEST(the_study_names_categories_that_it_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
