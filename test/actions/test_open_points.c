/* Open points of the registration are never settled silently: who, when, why and on what
 * paper is on the log, earlier decisions stay, and it is said whether the study runs with
 * what was decided. */
#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/open_points.h"

#include <string.h>

static struct fixture study;
static struct caller pi, crc;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    pi = fixture_person(&study, "pi", ROLE_PI);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close_held(&study);
    return 0;
}

static struct point_confirm confirming(const char *point, int64_t seen)
{
    return (struct point_confirm){
        .act = act_of(study.study, &pi, study.arena, point_confirm),
        .point = text_of(point),
        .seen = seen};
}

static struct point_decisions decisions(void)
{
    struct point_decisions found;
    ASSERT_OK(point_decisions_read(study.study, study.arena, &found, &study.err),
              &study.err);
    return found;
}

static const struct point_decision *stands(const char *point)
{
    struct point_decisions found = decisions();
    return point_decision_of(&found, text_of(point));
}

static bool is_followed(const char *point)
{
    const struct design *design = study_design(study.study);
    for (size_t i = 0; i < design->open_point_count; i++)
        if (text_equal(design->open_points[i].name, text_of(point)))
            return point_decision_is_followed(stands(point), &design->open_points[i]);
    fail_msg("no %s", point);
    return false;
}

static void every_point_is_open_at_first(void **state)
{
    (void)state;
    assert_int_equal(study_design(study.study)->open_point_count, 22);
    assert_int_equal(decisions().count, 0);
}

static void what_the_study_runs_with_is_confirmed_without_a_reason(void **state)
{
    (void)state;
    struct point_confirm verb = confirming("Q4", 0);
    verb.reference = TEXT("SYNTHETIC: ethics committee, letter 2026-07");
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    const struct point_decision *it = stands("Q4");
    ASSERT_TEXT(it->choice,
                "Counted from enrolment to day 90; day 28 is reported too.");
    ASSERT_TEXT(it->by_name, "pi");
    ASSERT_TEXT(it->reference, "SYNTHETIC: ethics committee, letter 2026-07");
    assert_int_equal(it->at, fixture_now(&study));
    assert_true(is_followed("Q4"));
    assert_null(stands("Q5"));
}

static void another_choice_needs_a_reason_and_is_not_followed(void **state)
{
    (void)state;
    struct point_confirm verb = confirming("Q4", 0);
    verb.choice = TEXT("SYNTHETIC: to day 180");
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_REFUSED);
    assert_null(stands("Q4"));
    verb.reason = TEXT("SYNTHETIC: the sponsor's letter");
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    ASSERT_TEXT(stands("Q4")->choice, "SYNTHETIC: to day 180");
    assert_false(is_followed("Q4"));
}

static void it_can_be_decided_anew_with_a_reason_and_the_earlier_one_stays(void **state)
{
    (void)state;
    struct point_confirm verb = confirming("Q4", 0);
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    fixture_reopen(&study);
    verb = confirming("Q4", stands("Q4")->seq);
    verb.choice = TEXT("SYNTHETIC: to day 180");
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_REFUSED);
    verb.reason = TEXT("SYNTHETIC: asked for");
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    /* Back to the study's own words: that is a change as well. */
    verb = confirming("Q4", stands("Q4")->seq);
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_REFUSED);
    verb.reason = TEXT("SYNTHETIC: withdrawn");
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    struct point_decisions found = decisions();
    assert_int_equal(found.count, 3);
    ASSERT_TEXT(found.at[1].choice, "SYNTHETIC: to day 180");
    assert_true(is_followed("Q4"));
}

static void a_decision_that_the_person_has_not_seen_is_not_overruled(void **state)
{
    (void)state;
    struct point_confirm verb = confirming("Q4", 0);
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    verb.choice = TEXT("SYNTHETIC: to day 180");
    verb.reason = TEXT("SYNTHETIC");
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_CHANGED);
    assert_int_equal(decisions().count, 1);
}

static void the_same_again_writes_nothing(void **state)
{
    (void)state;
    struct point_confirm verb = confirming("Q4", 0);
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    assert_int_equal(fixture_events(&study, LOG_EVENT_OPEN_POINT_CONFIRMED), 1);
}

static void a_point_that_the_study_has_not_is_not_found(void **state)
{
    (void)state;
    struct point_confirm verb = confirming("Q23", 0);
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_NOT_FOUND);
    verb = confirming("Q4", 0);
    verb.choice = TEXT(" ");
    verb.reason = TEXT("SYNTHETIC");
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_REFUSED);
    assert_string_equal(study.err.where, "choice");
}

static void a_coordinator_may_not_decide(void **state)
{
    (void)state;
    struct point_confirm verb = confirming("Q4", 0);
    verb.act.caller = &crc;
    ASSERT_ERROR(act_run(&verb.act, &study.err), &study.err, ERROR_NOT_ALLOWED);
    assert_int_equal(decisions().count, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(every_point_is_open_at_first),
        TEST(what_the_study_runs_with_is_confirmed_without_a_reason),
        TEST(another_choice_needs_a_reason_and_is_not_followed),
        TEST(it_can_be_decided_anew_with_a_reason_and_the_earlier_one_stays),
        TEST(a_decision_that_the_person_has_not_seen_is_not_overruled),
        TEST(the_same_again_writes_nothing),
        TEST(a_point_that_the_study_has_not_is_not_found),
        TEST(a_coordinator_may_not_decide),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
