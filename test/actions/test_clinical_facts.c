/* The line of facts over a casebook. All data are SYNTHETIC. */
#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/clinical_facts.h"

#include <math.h>

#define INSERTION "SE.T0", "F.IO"
#define HOUR      (INT64_C(3600) * 1000 * 1000)

static struct fixture study;
static struct caller crc, opr, elsewhere;
static int64_t person;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    crc = fixture_person(&study, "crc", ROLE_CRC);
    opr = fixture_person(&study, "opr", ROLE_OPR);
    elsewhere = fixture_stranger(&study, "elsewhere", ROLE_CRC);
    person = fixture_screen(&study, &crc);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

static struct clinical_facts facts_of(const struct caller *by)
{
    struct clinical_facts facts;
    ASSERT_OK(
        clinical_facts_read(study.study, by, person, study.arena, &facts, &study.err),
        &study.err);
    return facts;
}

/* The first attempt fails at 09:00, the second succeeds at 09:10; decided at 08:56, infusion
 * at 09:12. */
static void place_needle(void)
{
    fixture_enter(&study, &opr, person, INSERTION, "I.IO.DECDTM",
                  "2026-11-22T08:56:00+08:00", "I.IO.PUNDTM#1",
                  "2026-11-22T09:00:00+08:00", "I.IO.ATTSITE#1", "PTL", "I.IO.ATTRES#1",
                  "FAIL", "I.IO.PUNDTM#2", "2026-11-22T09:10:00+08:00",
                  "I.IO.ATTSITE#2", "PTR", "I.IO.ATTRES#2", "SUC", "I.IO.FINDTM",
                  "2026-11-22T09:12:00+08:00", NULL);
}

static void nothing_is_made_up_where_nothing_is_known(void **state)
{
    (void)state;
    struct clinical_facts facts = facts_of(&crc);
    assert_true(isnan(facts.age) && isnan(facts.access_minutes) &&
                isnan(facts.dwell_hours));
    assert_true(text_is_absent(facts.sex) && text_is_absent(facts.place));
    assert_false(facts.is_first_attempt_known);
    assert_int_equal(facts.first_puncture, 0);
    assert_int_equal(facts.in_place_since, 0);
}

static void the_needle_is_told_from_the_attempt_that_succeeded(void **state)
{
    (void)state;
    place_needle();
    struct clinical_facts facts = facts_of(&crc);
    assert_int_equal(facts.attempts, 2);
    assert_true(facts.is_first_attempt_known && !facts.is_first_attempt);
    assert_true(facts.access_minutes == 16);
    ASSERT_TEXT(facts.place, "PTR");
    assert_int_equal(facts.in_place_since - facts.first_puncture, HOUR / 6);
    assert_int_equal(facts.removed, 0);
}

static void a_removed_needle_is_in_place_no_more(void **state)
{
    (void)state;
    place_needle();
    fixture_pass(&study, 20 * 3600);
    fixture_enter(&study, &opr, person, "SE.REM", "F.REM", "I.REM.REMDTM",
                  "2026-11-23T05:10:00+08:00", NULL);
    struct clinical_facts facts = facts_of(&crc);
    assert_int_equal(facts.in_place_since, 0);
    assert_int_equal(facts.removed - facts.first_puncture, 20 * HOUR + HOUR / 6);
    assert_true(facts.dwell_hours == 20);
}

static void who_may_not_see_the_casebook_sees_no_facts(void **state)
{
    (void)state;
    struct clinical_facts facts;
    ASSERT_ERROR(clinical_facts_read(study.study, &elsewhere, person, study.arena,
                                     &facts, &study.err),
                 &study.err, ERROR_NOT_ALLOWED);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(nothing_is_made_up_where_nothing_is_known),
        CASE(the_needle_is_told_from_the_attempt_that_succeeded),
        CASE(a_removed_needle_is_in_place_no_more),
        CASE(who_may_not_see_the_casebook_sees_no_facts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
