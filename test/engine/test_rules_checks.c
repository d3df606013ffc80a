#include "engine/rules.h"
#include "support/rule_person.h"
#include "support/unit.h"

static int make_arena(void **state)
{
    *state = arena_new(64 << 20);
    return 0;
}

static int drop_arena(void **state)
{
    arena_free(*state);
    return 0;
}

/* ---- CK001, CK002, CK003 ---- */

static void age_outside_fires_only_when_enrolled_and_known(void **state)
{
    static const struct {
        const char *birth, *outcome;
        bool fires;
    } cases[] = {
        {"2008-11-23", "ENR", true},
        {"2008-11-22", "ENR", false},
        {"1961-11-22", "ENR", false},
        {"1960-11-23", "ENR", false},
        {"1960-11-22", "ENR", true},
        {"1960-11-22", "INEL", false},
        {"1960-11-22", "", false},
        {"", "ENR", false},
        {"1960", "ENR", false},
        {"1959", "ENR", false}, /* 66 or 67: no age, so CK002 alone */
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct person person;
        person_start(&person, *state);
        person_put(&person, "I.SCR.SCRDTM", "2026-11-22T08:00");
        person_put(&person, "I.SCR.BRTHDT", cases[i].birth);
        person_put(&person, "I.SCR.SCRRES", cases[i].outcome);
        assert_int_equal(person_has_finding(person_run(&person, "F.SCR"), "CK001"),
                         cases[i].fires);
    }
}

static void not_eligible_fires_on_no_and_on_open(void **state)
{
    struct person person;
    person_start(&person, *state);
    person_put_eligible(&person);
    person_put(&person, "I.SCR.SCRRES", "ENR");
    assert_int_equal(person_run(&person, "F.SCR").finding_count, 0);
    person_put(&person, "I.SCR.CRITIC", "");
    assert_true(person_has_finding(person_run(&person, "F.SCR"), "CK002"));
    person_put(&person, "I.SCR.CRITIC", "N");
    assert_true(person_has_finding(person_run(&person, "F.SCR"), "CK002"));
    person_put(&person, "I.SCR.SCRRES", "INEL");
    assert_int_equal(person_run(&person, "F.SCR").finding_count, 0);
    person_put(&person, "I.SCR.SCRRES", "");
    assert_int_equal(person_run(&person, "F.SCR").finding_count, 0);
}

static void no_category_fires_on_nothing_and_on_a_stated_reason(void **state)
{
    struct person person;
    person_start(&person, *state);
    person_put(&person, "I.SCR.SCRRES", "ENR");
    assert_true(person_has_finding(person_run(&person, "F.SCR"), "CK003"));
    person_put(&person, "I.SCR.INC2", "");
    person_make(&person, RULE_VALUE_MISSING);
    assert_true(person_has_finding(person_run(&person, "F.SCR"), "CK003"));
    person_put(&person, "I.SCR.INC2", "5");
    assert_false(person_has_finding(person_run(&person, "F.SCR"), "CK003"));
    person_put(&person, "I.SCR.INC2", "");
    person_put(&person, "I.SCR.SCRRES", "MISS");
    assert_false(person_has_finding(person_run(&person, "F.SCR"), "CK003"));
}

static void a_finding_says_what_and_where_in_two_languages(void **state)
{
    struct person person;
    person_start(&person, *state);
    person_put_eligible(&person);
    person_put(&person, "I.SCR.BRTHDT", "1960-11-22");
    person_put(&person, "I.SCR.SCRRES", "ENR");
    struct rule_results results = person_run(&person, "F.SCR");
    assert_int_equal(results.finding_count, 2);
    const struct rule_finding *finding = &results.findings[0];
    ASSERT_TEXT(finding->check, "CK001");
    assert_int_equal(finding->severity, RULE_HARD);
    ASSERT_TEXT(finding->english, "Age outside 18-65: cannot enrol");
    ASSERT_TEXT(finding->chinese, "年龄不在18～65岁，不能入组");
    assert_int_equal(finding->place_count, 2);
    ASSERT_TEXT(finding->places[0].form, "F.SCR");
    ASSERT_TEXT(finding->places[0].item, "I.SCR.AGE");
    ASSERT_TEXT(finding->places[1].item, "I.SCR.SCRRES");
    ASSERT_TEXT(results.findings[1].check, "CK002");
}

/* ---- CK014 ---- */

struct consent_case {
    const char *type, *result, *asked, *signed_at, *withdrawn, *puncture;
    bool is_valid;
};

static const struct consent_case consent_cases[] = {
    /* no puncture entered: any valid status will do */
    {"LAR", "AGR", "", "", "", "", true},
    {"PRO", "AGR", "", "2026-11-22T08:00", "", "", true},
    {"DEF", "PEND", "", "", "", "", true},
    {"PRO", "PEND", "", "", "", "", false},
    {"DEF", "", "", "", "", "", false},
    {"WAIV", "", "", "", "", "", true},
    {"WAIV", "PEND", "", "", "", "", true},
    {"WAIV", "REFD", "", "", "", "", false},
    {"LAR", "REFK", "", "", "", "", false},
    {"LAR", "REFD", "", "", "", "", false},
    {"LAR", "DIED", "", "", "", "", false},
    {"", "AGR", "", "", "", "", true},
    {"", "", "", "", "", "", false},
    /* signed before, at and after the puncture */
    {"LAR", "AGR", "", "2026-11-22T07:59", "", "2026-11-22T08:00", true},
    {"LAR", "AGR", "", "2026-11-22T08:00", "", "2026-11-22T08:00", true},
    {"LAR", "AGR", "", "2026-11-22T08:01", "", "2026-11-22T08:00", false},
    {"LAR", "AGR", "", "2026-11-22T08:00:31", "", "2026-11-22T08:00:30", false},
    {"LAR", "AGR", "", "2026-11-22T08:00:31", "", "2026-11-22T08:00", true},
    {"LAR", "AGR", "", "2026-11-22T08:00:30.5", "", "2026-11-22T08:00:30.500", true},
    {"LAR", "AGR", "", "", "", "2026-11-22T08:00", false},
    {"LAR", "AGR", "2026-11-22T07:00", "", "", "2026-11-22T08:00", false},
    /* local times are those of the site, UTC+8 */
    {"LAR", "AGR", "", "2026-11-22T00:30Z", "", "2026-11-22T08:31", true},
    {"LAR", "AGR", "", "2026-11-22T00:30Z", "", "2026-11-22T08:29", false},
    /* a deferral counts from the decision to defer */
    {"DEF", "PEND", "2026-11-22T07:59", "", "", "2026-11-22T08:00", true},
    {"DEF", "PEND", "2026-11-22T08:01", "", "", "2026-11-22T08:00", false},
    {"DEF", "PEND", "", "", "", "2026-11-22T08:00", false},
    {"WAIV", "", "2026-11-22T07:00", "", "", "2026-11-22T08:00", true},
    /* the signature of a consent that is not agreed is hidden, and not used */
    {"DEF", "PEND", "", "2026-11-22T07:00", "", "2026-11-22T08:00", false},
    /* withdrawn before and after the puncture */
    {"LAR", "AGR", "", "2026-11-22T07:00", "2026-11-22T07:30", "2026-11-22T08:00",
     false},
    {"LAR", "AGR", "", "2026-11-22T07:00", "2026-11-23T07:30", "2026-11-22T08:00",
     true},
};

static void put_consent(struct person *person, int64_t instance,
                        const struct consent_case *c)
{
    person_put_row(person, instance, "I.ICF.ICFTYPE", 0, c->type);
    person_put_row(person, instance, "I.ICF.ICFRES", 0, c->result);
    person_put_row(person, instance, "I.ICF.ICFASK", 0, c->asked);
    person_put_row(person, instance, "I.ICF.ICFDTM", 0, c->signed_at);
    person_put_row(person, instance, "I.ICF.ICFWDTM", 0, c->withdrawn);
}

static void consent_is_valid_by_status_and_by_time(void **state)
{
    for (size_t i = 0; i < ARRAY_COUNT(consent_cases); i++) {
        const struct consent_case *c = &consent_cases[i];
        struct person person;
        person_start(&person, *state);
        person.consents = 1;
        person.insertions = c->puncture[0] != '\0';
        put_consent(&person, 0, c);
        person_put_row(&person, 0, "I.IO.PUNDTM", 1, c->puncture);
        assert_false(person_has_finding(person_run(&person, "F.ICF"), "CK014"));
        person.world.is_enrolled = true;
        if (person_has_finding(person_run(&person, "F.ICF"), "CK014") == c->is_valid)
            fail_msg("consent case %zu", i);
    }
}

static void one_valid_consent_of_several_is_enough(void **state)
{
    struct person person;
    person_start(&person, *state);
    person.world.is_enrolled = true;
    assert_true(person_has_finding(person_run(&person, "F.ICF"), "CK014"));
    person.consents = 3;
    person.under_evaluation = 2;
    person_put_row(&person, 0, "I.ICF.ICFRES", 0, "REFD");
    person_put_row(&person, 2, "I.ICF.ICFRES", 0, "PEND");
    assert_true(person_has_finding(person_run(&person, "F.ICF"), "CK014"));
    person_put_row(&person, 1, "I.ICF.ICFRES", 0, "AGR");
    assert_false(person_has_finding(person_run(&person, "F.ICF"), "CK014"));
}

static void the_first_puncture_of_all_insertions_counts(void **state)
{
    struct person person;
    person_start(&person, *state);
    person.world.is_enrolled = true;
    person.consents = 1;
    person.insertions = 3;
    person_put_row(&person, 0, "I.ICF.ICFRES", 0, "AGR");
    person_put_row(&person, 0, "I.ICF.ICFDTM", 0, "2026-11-22T08:30");
    person_put_row(&person, 0, "I.IO.PUNDTM", 1, "2026-11-22T09:00");
    person_put_row(&person, 2, "I.IO.PUNDTM", 1, "2026-11-22T10:00");
    assert_false(person_has_finding(person_run(&person, "F.ICF"), "CK014"));
    person_put_row(&person, 2, "I.IO.PUNDTM", 1, "2026-11-22T08:00");
    assert_true(person_has_finding(person_run(&person, "F.ICF"), "CK014"));
}

static void withdrawal_stops_enrolling_but_does_not_accuse_the_enrolled(void **state)
{
    struct person person;
    person_start(&person, *state);
    person_put_eligible(&person);
    person.consents = 1;
    person_put(&person, "I.ICF.ICFRES", "AGR");
    person_put(&person, "I.ICF.ICFWDTM", "2026-11-23T08:00");
    struct rule_results results;
    rules_run_enrolment(&person.world, person.arena, &results);
    assert_true(person_has_finding(results, "CK014"));
    person.world.is_enrolled = true;
    assert_false(person_has_finding(person_run(&person, "F.ICF"), "CK014"));
}

/* ---- enrolment ---- */

static void nothing_stands_in_the_way_of_an_eligible_consented_patient(void **state)
{
    struct person person;
    person_start(&person, *state);
    person_put_eligible(&person);
    person.consents = 1;
    person_put(&person, "I.ICF.ICFRES", "AGR");
    struct rule_results results;
    rules_run_enrolment(&person.world, person.arena, &results);
    assert_int_equal(results.finding_count, 0);
    assert_int_equal(results.derived_count, 0);
    assert_int_equal(results.hidden_count, 0);
}

static void enrolment_names_every_check_that_stands_in_the_way(void **state)
{
    struct person person;
    person_start(&person, *state);
    person_put(&person, "I.SCR.SCRDTM", "2026-11-22T08:00");
    person_put(&person, "I.SCR.BRTHDT", "1960-01-01");
    struct rule_results results;
    rules_run_enrolment(&person.world, person.arena, &results);
    assert_int_equal(results.finding_count, 4);
    static const char *const checks[] = {"CK001", "CK002", "CK003", "CK014"};
    for (size_t i = 0; i < ARRAY_COUNT(checks); i++)
        ASSERT_TEXT(results.findings[i].check, checks[i]);
}

static void whoever_was_never_screened_is_not_eligible(void **state)
{
    struct person person;
    person_start(&person, *state);
    person_put_eligible(&person);
    person.screenings = 0; /* what the callback would answer is not asked for */
    person.consents = 1;
    person_put(&person, "I.ICF.ICFRES", "AGR");
    struct rule_results results;
    rules_run_enrolment(&person.world, person.arena, &results);
    assert_int_equal(results.finding_count, 2);
    assert_true(person_has_finding(results, "CK002") &&
                person_has_finding(results, "CK003"));
}

static void enrolment_goes_by_fresh_derivations_not_by_stored_ones(void **state)
{
    struct person person;
    person_start(&person, *state);
    person_put_eligible(&person);
    person_put(&person, "I.SCR.ELIG", "Y");
    person_put(&person, "I.SCR.HEMANY", "N");
    person.consents = 1;
    person_put(&person, "I.ICF.ICFRES", "AGR");
    struct rule_results results;
    rules_run_enrolment(&person.world, person.arena, &results);
    assert_int_equal(results.finding_count, 1);
    assert_true(person_has_finding(results, "CK002"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(age_outside_fires_only_when_enrolled_and_known),
        cmocka_unit_test(not_eligible_fires_on_no_and_on_open),
        cmocka_unit_test(no_category_fires_on_nothing_and_on_a_stated_reason),
        cmocka_unit_test(a_finding_says_what_and_where_in_two_languages),
        cmocka_unit_test(consent_is_valid_by_status_and_by_time),
        cmocka_unit_test(one_valid_consent_of_several_is_enough),
        cmocka_unit_test(the_first_puncture_of_all_insertions_counts),
        cmocka_unit_test(withdrawal_stops_enrolling_but_does_not_accuse_the_enrolled),
        cmocka_unit_test(nothing_stands_in_the_way_of_an_eligible_consented_patient),
        cmocka_unit_test(enrolment_names_every_check_that_stands_in_the_way),
        cmocka_unit_test(whoever_was_never_screened_is_not_eligible),
        cmocka_unit_test(enrolment_goes_by_fresh_derivations_not_by_stored_ones),
    };
    return cmocka_run_group_tests(tests, make_arena, drop_arena);
}
