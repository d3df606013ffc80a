/* Duties that are done by different people (specification 8.2): each forbidden pair, through
 * the verbs. All data are SYNTHETIC. */
#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/deviation_review.h"
#include "actions/form_view.h"
#include "actions/safety.h"
#include "actions/separate_duty.h"
#include "actions/work_list.h"

#include <string.h>

#define EVENT     "SE.LOG", "F.CX"
#define DEVIATION "SE.LOG", "F.PD"

static struct fixture study;
static struct caller crc, inv, pi, nurse, adjudicator, both;
static int64_t person;

static const struct grant two_roles[] = {{.role = ROLE_INV, .site = TEXT_INIT("01")},
                                         {.role = ROLE_ADJ, .site = TEXT_INIT("01")}};

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    inv = fixture_person(&study, "inv", ROLE_INV);
    pi = fixture_person(&study, "pi", ROLE_PI);
    nurse = fixture_person(&study, "rn", ROLE_RN);
    adjudicator = fixture_person(&study, "adj", ROLE_ADJ);
    both = fixture_person(&study, "both", ROLE_INV);
    person = fixture_screen(&study, &crc);
    /* Roles of one user add up: investigator and adjudicator. */
    both.grants = two_roles;
    both.grant_count = ARRAY_COUNT(two_roles);
    struct caller *assigned[] = {&adjudicator, &both};
    for (size_t i = 0; i < ARRAY_COUNT(assigned); i++) {
        assigned[i]->assigned = &person;
        assigned[i]->assigned_count = 1;
    }
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

/* --- steps ------------------------------------------------------------------------------- */

static bool answer(const struct caller *by, const char *event, const char *form,
                   const char *item, const char *value)
{
    struct save_values verb = fixture_save_of(&study, by, person, event, form);
    bool is_there = fixture_value(&study, person, event, form, item, 0)[0] != '\0';
    const char *base =
        is_there ? fixture_version(&study, person, event, form, item, 0) : NULL;
    struct mutation mutation = {.item = text_of(item),
                                .value = text_of(value),
                                .base = base == NULL ? (struct text){0} : text_of(base),
                                .reason = base == NULL ? (struct text){0}
                                                       : TEXT("SYNTHETIC: seen again")};
    if (!fixture_save(&study, &verb, &mutation, 1))
        return false;
    if (verb.outcomes[0].why != NULL)
        study.err = *verb.outcomes[0].why;
    return verb.outcomes[0].status == MUTATION_OK;
}

static void refused(bool is_done, const char *words)
{
    assert_false(is_done);
    assert_int_equal(study.err.code, ERROR_NOT_ALLOWED);
    if (strstr(study.err.text, words) == NULL)
        fail_msg("says: %s", study.err.text);
}

static const struct form_view *view_of(const struct caller *by)
{
    struct form_view *view = NULL;
    struct form_key key = {
        .participant = person, .event = TEXT("SE.LOG"), .form = TEXT("F.CX")};
    ASSERT_OK(form_view_read(study.study, by, &key, study.arena, &view, &study.err),
              &study.err);
    return view;
}

static bool is_closed(const struct form_view *view, const char *item)
{
    for (size_t i = 0; i < view->closed_count; i++)
        if (text_equal(view->closed[i], text_of(item)))
            return true;
    return false;
}

/* --- the table --------------------------------------------------------------------------- */

static void each_pair_has_a_sentence_in_both_languages(void **state)
{
    (void)state;
    size_t found = 0;
    for (int first = 0; first < DUTIES; first++)
        for (int second = 0; second < DUTIES; second++) {
            bool did[DUTIES] = {false};
            did[first] = true;
            const struct label *why = duty_bar(did, (enum duty)second);
            found += why != NULL;
            assert_true(why == NULL || (why->english.len > 0 && why->chinese.len > 0));
        }
    assert_int_equal(found, 5);
}

/* --- adverse events ---------------------------------------------------------------------- */

static void who_entered_an_event_does_not_adjudicate_it(void **state)
{
    (void)state;
    ASSERT_OK(answer(&both, EVENT, "I.CX.AECX", "COMP"), &study.err);
    refused(answer(&both, EVENT, "I.CX.AEADJ", "Y"), "you entered this event");
    ASSERT_OK(answer(&adjudicator, EVENT, "I.CX.AEADJ", "Y"), &study.err);
}

static void who_graded_an_event_does_not_adjudicate_it(void **state)
{
    (void)state;
    static const struct {
        const char *item, *value;
    } grades[] = {{"I.CX.AEGR", "3"}, {"I.CX.AEREL", "PRO"}, {"I.CX.AERELD", "PRO"}};
    ASSERT_OK(answer(&inv, EVENT, "I.CX.AECX", "COMP"), &study.err);
    ASSERT_OK(answer(&both, EVENT, grades[0].item, grades[0].value), &study.err);
    refused(answer(&both, EVENT, "I.CX.AEADJ", "Y"), "you graded this event");
    /* Another has corrected the grade: only the relation is left of the first. */
    ASSERT_OK(answer(&inv, EVENT, grades[0].item, "4"), &study.err);
    for (size_t i = 1; i < ARRAY_COUNT(grades); i++)
        ASSERT_OK(answer(&both, EVENT, grades[i].item, grades[i].value), &study.err);
    refused(answer(&both, EVENT, "I.CX.AEADJ", "Y"), "you graded this event");
}

static void who_adjudicated_an_event_neither_grades_nor_enters_it(void **state)
{
    (void)state;
    ASSERT_OK(answer(&inv, EVENT, "I.CX.AECX", "COMP"), &study.err);
    ASSERT_OK(answer(&both, EVENT, "I.CX.AEADJ", "N"), &study.err);
    refused(answer(&both, EVENT, "I.CX.AEGR", "2"), "another person grades it");
    refused(answer(&both, EVENT, "I.CX.AEACT", "SYNTHETIC"), "another person enters");
    ASSERT_OK(answer(&inv, EVENT, "I.CX.AEGR", "2"), &study.err);
    ASSERT_OK(answer(&both, EVENT, "I.CX.AEADJ", "Y"), &study.err);
}

static void nobody_grades_and_adjudicates_in_one_save(void **state)
{
    (void)state;
    struct save_values verb = fixture_save_of(&study, &both, person, EVENT);
    struct mutation mutations[] = {
        {.item = TEXT("I.CX.AEGR"), .value = TEXT("3")},
        {.item = TEXT("I.CX.AEADJ"), .value = TEXT("Y")},
    };
    ASSERT_OK(fixture_save(&study, &verb, mutations, 2), &study.err);
    assert_int_equal(verb.outcomes[0].status, MUTATION_OK);
    assert_int_equal(verb.outcomes[1].status, MUTATION_REJECTED);
}

/* "grade/causality" is of PI and INV, "adjudicate" of ADJ (the permission table). */
static void grading_and_adjudicating_have_rights_of_their_own(void **state)
{
    (void)state;
    ASSERT_OK(answer(&nurse, EVENT, "I.CX.AECX", "COMP"), &study.err);
    refused(answer(&nurse, EVENT, "I.CX.AEGR", "3"), "grade");
    refused(answer(&nurse, EVENT, "I.CX.AEADJ", "Y"), "adjudicate");
    refused(answer(&pi, EVENT, "I.CX.AEADJ", "Y"), "adjudicate");
    refused(answer(&adjudicator, EVENT, "I.CX.AEGR", "3"), "not allowed");
    ASSERT_OK(answer(&inv, EVENT, "I.CX.AEGR", "3"), &study.err);
    struct caller unassigned = adjudicator;
    unassigned.assigned_count = 0;
    refused(answer(&unassigned, EVENT, "I.CX.AEADJ", "Y"), "not allowed");
}

static void a_form_says_what_of_it_is_closed_and_why(void **state)
{
    (void)state;
    ASSERT_OK(answer(&inv, EVENT, "I.CX.AECX", "COMP"), &study.err);
    assert_true(is_closed(view_of(&inv), "I.CX.AEADJ"));
    assert_false(is_closed(view_of(&inv), "I.CX.AEGR"));
    assert_null(view_of(&inv)->duty);
    assert_true(view_of(&adjudicator)->may_edit);
    assert_false(is_closed(view_of(&adjudicator), "I.CX.AEADJ"));
    assert_true(is_closed(view_of(&adjudicator), "I.CX.AEGR"));
    ASSERT_OK(answer(&both, EVENT, "I.CX.AEGR", "3"), &study.err);
    assert_true(is_closed(view_of(&both), "I.CX.AEADJ"));
    ASSERT_TEXT(view_of(&both)->duty->chinese, "该事件由您分级：须由他人裁定");
    assert_true(is_closed(view_of(&nurse), "I.CX.AEGR"));
}

/* --- deviations -------------------------------------------------------------------------- */

static const struct safety_note *deviation(const struct caller *by)
{
    struct safety_list list;
    ASSERT_OK(safety_read(study.study, by, study.arena, &list, &study.err), &study.err);
    assert_int_equal(list.deviation_count, 1);
    return &list.deviations[0];
}

static void enter_deviation(const struct caller *by)
{
    fixture_enter(&study, by, person, DEVIATION, "I.PD.PDCAT", "WIND", "I.PD.PDSEV",
                  "MIN", "I.PD.PDDTM", "2026-11-22T09:00+08:00", "I.PD.PDTXT",
                  "SYNTHETIC", NULL);
}

static bool assess(const struct caller *by, const char *severity, const char *report,
                   const char *reported_on)
{
    struct deviation_assess verb = {
        .act = act_of(study.study, by, study.arena, deviation_assess),
        .key = deviation(by)->key,
        .seen = deviation(by)->review.seen,
        .severity = text_of(severity),
        .report = text_of(report),
        .reported_on = text_of(reported_on),
        .note = TEXT(" SYNTHETIC: repeated at two visits ")};
    return act_run(&verb.act, &study.err);
}

static size_t work_of(const struct caller *by, enum work_kind kind,
                      struct work_entry *found)
{
    struct work_list list;
    size_t count = 0;
    ASSERT_OK(work_list_read(study.study, by, study.arena, &list, &study.err),
              &study.err);
    for (size_t i = 0; i < list.count; i++)
        if (list.at[i].kind == kind && count++ == 0)
            *found = list.at[i];
    return count;
}

static void who_entered_a_deviation_does_not_assess_it(void **state)
{
    (void)state;
    enter_deviation(&inv);
    assert_false(deviation(&inv)->review.may);
    ASSERT_TEXT(deviation(&inv)->review.bar->english,
                "you entered this deviation: another person assesses it");
    refused(assess(&inv, "MIN", "not_needed", ""), "you entered this deviation");
    assert_true(deviation(&pi)->review.may);
    ASSERT_OK(assess(&pi, "MIN", "not_needed", ""), &study.err);
}

static void an_assessment_says_who_how_severe_and_whether_it_was_reported(void **state)
{
    (void)state;
    enter_deviation(&crc);
    assert_false(deviation(&inv)->review.is_assessed);
    ASSERT_OK(assess(&inv, "MAJ", "reported", "2026-11-22"), &study.err);
    const struct deviation_review *review = &deviation(&crc)->review;
    assert_true(review->is_assessed && review->stands);
    ASSERT_TEXT(review->severity, "MAJ");
    ASSERT_TEXT(review->report, "reported");
    ASSERT_TEXT(review->reported_on, "2026-11-22");
    ASSERT_TEXT(review->note, "SYNTHETIC: repeated at two visits");
    ASSERT_TEXT(review->by, inv.full_name.at);
    assert_int_equal(review->at, fixture_now(&study));
    /* What was entered stays as it was. */
    assert_string_equal(fixture_value(&study, person, DEVIATION, "I.PD.PDSEV", 0),
                        "MIN");
}

static void an_assessment_falls_when_the_deviation_changes(void **state)
{
    (void)state;
    enter_deviation(&crc);
    ASSERT_OK(assess(&inv, "MIN", "not_needed", ""), &study.err);
    int64_t seen = deviation(&inv)->review.seen;
    ASSERT_OK(answer(&crc, DEVIATION, "I.PD.PDCAPA", "SYNTHETIC training"), &study.err);
    assert_true(deviation(&inv)->review.is_assessed);
    assert_false(deviation(&inv)->review.stands);
    struct deviation_assess stale = {
        .act = act_of(study.study, &inv, study.arena, deviation_assess),
        .key = deviation(&inv)->key,
        .seen = seen,
        .severity = TEXT("MIN"),
        .report = TEXT("not_needed")};
    ASSERT_ERROR(act_run(&stale.act, &study.err), &study.err, ERROR_CHANGED);
    ASSERT_OK(assess(&inv, "MIN", "not_needed", ""), &study.err);
    assert_true(deviation(&inv)->review.stands);
}

static void what_is_said_of_a_deviation_is_checked(void **state)
{
    (void)state;
    static const struct {
        const char *severity, *report, *reported_on;
    } wrong[] = {{"HUGE", "not_needed", ""},
                 {"MIN", "perhaps", ""},
                 {"MIN", "reported", ""},
                 {"MIN", "reported", "2026-11"},
                 {"MIN", "reported", "2026-11-24"},
                 {"MIN", "to_report", "2026-11-22"},
                 {"MIN", "not_needed", "2026-11-22"}};
    enter_deviation(&crc);
    for (size_t i = 0; i < ARRAY_COUNT(wrong); i++)
        ASSERT_ERROR(
            assess(&inv, wrong[i].severity, wrong[i].report, wrong[i].reported_on),
            &study.err, ERROR_REFUSED);
    assert_false(deviation(&inv)->review.is_assessed);
}

static void who_enters_deviations_only_does_not_assess(void **state)
{
    (void)state;
    enter_deviation(&inv);
    assert_false(deviation(&crc)->review.may);
    assert_null(deviation(&crc)->review.bar);
    ASSERT_ERROR(assess(&crc, "MIN", "not_needed", ""), &study.err, ERROR_NOT_ALLOWED);
}

static void a_deviation_is_work_until_it_is_assessed_and_reported(void **state)
{
    (void)state;
    struct work_entry work;
    enter_deviation(&crc);
    assert_int_equal(work_of(&crc, WORK_DEVIATION, &work), 0);
    assert_int_equal(work_of(&inv, WORK_DEVIATION, &work), 1);
    ASSERT_TEXT(work.what.english, "Visit out of window");
    ASSERT_OK(assess(&inv, "MAJ", "to_report", ""), &study.err);
    assert_int_equal(work_of(&inv, WORK_DEVIATION, &work), 0);
    assert_int_equal(work_of(&inv, WORK_DEVIATION_REPORT, &work), 1);
    assert_int_equal(work.since, deviation(&inv)->review.at);
    ASSERT_OK(assess(&pi, "MAJ", "reported", "2026-11-22"), &study.err);
    assert_int_equal(work_of(&inv, WORK_DEVIATION_REPORT, &work), 0);
    ASSERT_OK(answer(&crc, DEVIATION, "I.PD.PDCAPA", "SYNTHETIC training"), &study.err);
    assert_int_equal(work_of(&inv, WORK_DEVIATION, &work), 1);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(each_pair_has_a_sentence_in_both_languages),
        CASE(who_entered_an_event_does_not_adjudicate_it),
        CASE(who_graded_an_event_does_not_adjudicate_it),
        CASE(who_adjudicated_an_event_neither_grades_nor_enters_it),
        CASE(nobody_grades_and_adjudicates_in_one_save),
        CASE(grading_and_adjudicating_have_rights_of_their_own),
        CASE(a_form_says_what_of_it_is_closed_and_why),
        CASE(who_entered_a_deviation_does_not_assess_it),
        CASE(an_assessment_says_who_how_severe_and_whether_it_was_reported),
        CASE(an_assessment_falls_when_the_deviation_changes),
        CASE(what_is_said_of_a_deviation_is_checked),
        CASE(who_enters_deviations_only_does_not_assess),
        CASE(a_deviation_is_work_until_it_is_assessed_and_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
