#include "engine/rules.h"
#include "engine/rules_tables.h"
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

/* The derived value; "" for none; a failure when it is not derived at all. */
static const char *derived_row(struct rule_results results, struct arena *arena,
                               const char *item, int64_t row)
{
    for (size_t i = 0; i < results.derived_count; i++) {
        const struct rule_derived *derived = &results.derived[i];
        if (derived->row == row && text_equal(derived->item, text_of(item)))
            return derived->has_value ? text_c(arena, derived->value) : "";
    }
    fail_msg("%s is not derived", item);
    return NULL;
}

static void assert_derived(struct person *person, const char *form, const char *item,
                           const char *expected)
{
    assert_string_equal(derived_row(person_run(person, form), person->arena, item, 0),
                        expected);
}

/* ---- age, inclusion 1 ---- */

static void age_and_inclusion_1_turn_at_18_and_after_65(void **state)
{
    static const struct {
        const char *birth, *age, *inclusion;
    } cases[] = {
        {"2008-11-23", "17", "N"}, /* 17 years and 364 days */
        {"2008-11-22", "18", "Y"},  {"1961-11-22", "65", "Y"},
        {"1960-11-23", "65", "Y"}, /* 65 years and 364 days */
        {"1960-11-22", "66", "N"},  {"2026-11-22", "0", "N"},
        {"1926-11-22", "100", "N"},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct person person;
        person_start(&person, *state);
        person_put(&person, "I.SCR.SCRDTM", "2026-11-22T00:30+08:00");
        person_put(&person, "I.SCR.BRTHDT", cases[i].birth);
        assert_derived(&person, "F.SCR", "I.SCR.AGE", cases[i].age);
        assert_derived(&person, "F.SCR", "I.SCR.INC1", cases[i].inclusion);
    }
}

static void a_partial_birth_date_gives_an_age_only_when_one_is_possible(void **state)
{
    static const char *const cases[][3] = {
        {"1980", "", ""},
        {"1980-11", "", ""},
        {"1980-10", "46", "Y"},
        {"1980-12", "45", "Y"},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct person person;
        person_start(&person, *state);
        person_put(&person, "I.SCR.SCRDTM", "2026-11-22T08:00");
        person_put(&person, "I.SCR.BRTHDT", cases[i][0]);
        assert_derived(&person, "F.SCR", "I.SCR.AGE", cases[i][1]);
        assert_derived(&person, "F.SCR", "I.SCR.INC1", cases[i][2]);
    }
}

static void without_both_dates_there_is_no_age_and_no_inclusion_1(void **state)
{
    struct person person;
    person_start(&person, *state);
    person_put(&person, "I.SCR.SCRDTM", "2026-11-22T08:00");
    assert_derived(&person, "F.SCR", "I.SCR.AGE", "");
    assert_derived(&person, "F.SCR", "I.SCR.INC1", "");
    person_put(&person, "I.SCR.BRTHDT", "1980-01-01");
    assert_derived(&person, "F.SCR", "I.SCR.AGE", "46");
    person_make(&person, RULE_VALUE_MISSING);
    assert_derived(&person, "F.SCR", "I.SCR.AGE", "");
    person_start(&person, *state);
    person_put(&person, "I.SCR.BRTHDT", "1980-01-01");
    assert_derived(&person, "F.SCR", "I.SCR.AGE", "");
    person_put(&person, "I.SCR.SCRDTM", "1979-12-31T23:59");
    assert_derived(&person, "F.SCR", "I.SCR.AGE", "");
}

static void an_age_stays_while_the_vault_is_closed(void **state)
{
    struct person person;
    person_start(&person, *state);
    person_put(&person, "I.SCR.AGE", "47");
    person_put(&person, "I.SCR.SCRDTM", "2026-11-22T08:00");
    person_put(&person, "I.SCR.BRTHDT", "");
    person_make(&person, RULE_VALUE_SEALED);
    assert_derived(&person, "F.SCR", "I.SCR.AGE", "47");
    assert_derived(&person, "F.SCR", "I.SCR.INC1", "Y");
    person_put(&person, "I.SCR.AGE", "66");
    assert_derived(&person, "F.SCR", "I.SCR.INC1", "N");
}

static void an_age_that_was_stored_goes_with_its_birth_date(void **state)
{
    struct person person;
    person_start(&person, *state);
    person_put(&person, "I.SCR.AGE", "47");
    person_put(&person, "I.SCR.SCRDTM", "2026-11-22T08:00");
    assert_derived(&person, "F.SCR", "I.SCR.AGE", "");
    assert_derived(&person, "F.SCR", "I.SCR.INC1", "");
}

/* ---- sites ---- */

static void assert_site(struct person *person, int64_t row, const char *expected)
{
    const char *usable =
        derived_row(person_run(person, "F.SCR"), person->arena, "I.SCR.SITEOK", row);
    assert_string_equal(usable, expected);
}

static void a_site_without_any_exclusion_is_usable(void **state)
{
    struct person person;
    person_start(&person, *state);
    person.site_rows = 1;
    person_put_site(&person, 1, "N");
    assert_site(&person, 1, "Y");
}

static void each_exclusion_alone_makes_a_site_unusable(void **state)
{
    for (size_t i = 0; i < ARRAY_COUNT(person_exclusions); i++) {
        struct person person;
        person_start(&person, *state);
        person.site_rows = 1;
        person_put_site(&person, 1, "N");
        person_put_row(&person, 0, person_exclusions[i], 1, "Y");
        assert_site(&person, 1, "N");
    }
}

static void each_exclusion_left_open_leaves_the_site_open(void **state)
{
    for (size_t i = 0; i < ARRAY_COUNT(person_exclusions); i++) {
        struct person person;
        person_start(&person, *state);
        person.site_rows = 1;
        person_put_site(&person, 1, "N");
        person_put_row(&person, 0, person_exclusions[i], 1, "");
        assert_site(&person, 1, "");
        person_make(&person, RULE_VALUE_MISSING);
        assert_site(&person, 1, "");
    }
}

static void one_exclusion_decides_whatever_else_is_open(void **state)
{
    struct person person;
    person_start(&person, *state);
    person.site_rows = 1;
    assert_site(&person, 1, "");
    person_put_row(&person, 0, "I.SCR.EXC4", 1, "Y");
    assert_site(&person, 1, "N");
}

static void each_site_is_judged_by_its_own_row(void **state)
{
    struct person person;
    person_start(&person, *state);
    person.site_rows = 3;
    person_put_site(&person, 1, "N");
    person_put_site(&person, 2, "N");
    person_put_row(&person, 0, "I.SCR.EXC6", 2, "Y");
    assert_site(&person, 1, "Y");
    assert_site(&person, 2, "N");
    assert_site(&person, 3, "");
    struct rule_results results = person_run(&person, "F.SCR");
    assert_int_equal(results.derived_count, 3 + 3); /* AGE, INC1, ELIG and the sites */
}

/* ---- eligibility ---- */

/* Six criteria, each met, failed or open: 729 patients. The expectation is the
 * sentence "one that fails makes it N, otherwise one that is open leaves it open".
 * INC2 cannot fail: a category is ticked or not (yet). */
static void eligibility_over_all_combinations_of_its_criteria(void **state)
{
    enum { MET, FAILED, OPEN };
    static const struct {
        const char *item;
        int64_t row;
        const char *values[3];
    } criteria[] = {
        {"I.SCR.BRTHDT", 0, {"1980-01-01", "1950-01-01", ""}},
        {"I.SCR.HVOL", 0, {"N", "Y", ""}},
        {"I.SCR.INC2", 0, {"1", "", ""}},
        {"I.SCR.HEMANY", 0, {"Y", "N", ""}},
        {"I.SCR.CRITIC", 0, {"Y", "N", ""}},
        {"I.SCR.EXC3", 1, {"N", "Y", ""}},
    };
    for (int combination = 0; combination < 729; combination++) {
        struct person person;
        person_start(&person, *state);
        person_put_eligible(&person);
        bool has_failed = false, has_open = false;
        int rest = combination;
        for (size_t i = 0; i < ARRAY_COUNT(criteria); i++, rest /= 3) {
            const char *value = criteria[i].values[rest % 3];
            person_put_row(&person, 0, criteria[i].item, criteria[i].row, value);
            has_open = has_open || value[0] == '\0';
            has_failed = has_failed || (rest % 3 == FAILED && value[0] != '\0');
        }
        assert_derived(&person, "F.SCR", "I.SCR.ELIG",
                       has_failed ? "N"
                       : has_open ? ""
                                  : "Y");
        arena_reset(*state);
    }
}

static void one_usable_site_is_enough(void **state)
{
    struct person person;
    person_start(&person, *state);
    person_put_eligible(&person);
    person.site_rows = 3;
    person_put_row(&person, 0, "I.SCR.EXC1", 2, "Y");
    assert_derived(&person, "F.SCR", "I.SCR.ELIG", "Y"); /* row 3 is still open */
    person_put_row(&person, 0, "I.SCR.EXC1", 1, "Y");
    assert_derived(&person, "F.SCR", "I.SCR.ELIG", "");
    person_put_row(&person, 0, "I.SCR.EXC1", 3, "Y");
    assert_derived(&person, "F.SCR", "I.SCR.ELIG", "N");
}

static void before_a_site_is_checked_eligibility_is_open(void **state)
{
    struct person person;
    person_start(&person, *state);
    person_put_eligible(&person);
    person.site_rows = 0;
    assert_derived(&person, "F.SCR", "I.SCR.ELIG", "");
}

static void an_untouched_form_is_not_ineligible(void **state)
{
    struct person person;
    person_start(&person, *state);
    assert_derived(&person, "F.SCR", "I.SCR.ELIG", "");
    assert_derived(&person, "F.SCR", "I.SCR.INC1", "");
}

/* ---- body-mass index ---- */

/* Computed with Python's decimal module, ROUND_HALF_UP. */
static void body_mass_index_is_rounded_half_away_from_zero(void **state)
{
    static const char *const cases[][3] = {
        {"60", "170", "20.8"},     {"60.0", "170.0", "20.8"},
        {"67.5", "170.2", "23.3"}, {"58", "159", "22.9"},
        {"50.0", "141.4", "25.0"}, {"25", "230", "4.7"},
        {"250", "100", "250.0"},   {"72.2", "170", "25.0"},
        {"81", "180", "25.0"},     {"45.15", "150.5", "19.9"},
        {"24.45", "100", "24.5"},  {"24.44", "100", "24.4"},
        {"0.05", "100", "0.1"},    {"64.8", "180", "20.0"},
        {"80.19", "180", "24.8"},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct person person;
        person_start(&person, *state);
        person_put(&person, "I.DM.WEIGHT", cases[i][0]);
        person_put(&person, "I.DM.HEIGHT", cases[i][1]);
        assert_derived(&person, "F.DM", "I.DM.BMI", cases[i][2]);
    }
}

static void body_mass_index_needs_two_sound_numbers(void **state)
{
    static const char *const cases[][2] = {
        {"60", ""},
        {"", "170"},
        {"60", "0"},
        {"60", "0.0"},
        {"999999999999999999", "1"},
        {"sixty", "170"},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct person person;
        person_start(&person, *state);
        person_put(&person, "I.DM.WEIGHT", cases[i][0]);
        person_put(&person, "I.DM.HEIGHT", cases[i][1]);
        assert_derived(&person, "F.DM", "I.DM.BMI", "");
    }
    struct person person;
    person_start(&person, *state);
    person_put(&person, "I.DM.WEIGHT", "60");
    person_put(&person, "I.DM.HEIGHT", "170");
    person_make(&person, RULE_VALUE_MISSING);
    assert_derived(&person, "F.DM", "I.DM.BMI", "");
}

/* ---- skip conditions ---- */

/* The column "show if" of specification section 3; "" means nothing entered. */
static const struct {
    const char *form, *item, *depends_on, *value;
    bool is_shown;
} skips[] = {
    {"F.SCR", "I.SCR.INC2B", "I.SCR.INC2", "2", true},
    {"F.SCR", "I.SCR.INC2B", "I.SCR.INC2", "1 2 5", true},
    {"F.SCR", "I.SCR.INC2B", "I.SCR.INC2", "1 3 4 5", false},
    {"F.SCR", "I.SCR.INC2B", "I.SCR.INC2", "", false},
    {"F.SCR", "I.SCR.INC2C", "I.SCR.INC2", "3", true},
    {"F.SCR", "I.SCR.INC2C", "I.SCR.INC2", "1 2 4 5", false},
    {"F.SCR", "I.SCR.INC2D", "I.SCR.INC2", "3 4", true},
    {"F.SCR", "I.SCR.INC2D", "I.SCR.INC2", "1 2 3 5", false},
    {"F.SCR", "I.SCR.SCROTH", "I.SCR.SCRRES", "OTH", true},
    {"F.SCR", "I.SCR.SCROTH", "I.SCR.SCRRES", "NOIO", true},
    {"F.SCR", "I.SCR.SCROTH", "I.SCR.SCRRES", "MISS", true},
    {"F.SCR", "I.SCR.SCROTH", "I.SCR.SCRRES", "ENR", false},
    {"F.SCR", "I.SCR.SCROTH", "I.SCR.SCRRES", "INEL", false},
    {"F.SCR", "I.SCR.SCROTH", "I.SCR.SCRRES", "", false},
    {"F.SCR", "I.SCR.PROVNO", "I.SCR.PREREG", "Y", true},
    {"F.SCR", "I.SCR.PROVNO", "I.SCR.PREREG", "N", false},
    {"F.SCR", "I.SCR.PROVBED", "I.SCR.PREREG", "Y", true},
    {"F.SCR", "I.SCR.PROVBED", "I.SCR.PREREG", "", false},
    {"F.SCR", "I.SCR.PROVDTM", "I.SCR.PREREG", "Y", true},
    {"F.SCR", "I.SCR.PROVDTM", "I.SCR.PREREG", "", false},
    {"F.SCR", "I.SCR.LNKDTM", "I.SCR.PREREG", "Y", true},
    {"F.SCR", "I.SCR.LNKDTM", "I.SCR.PREREG", "", false},
    {"F.SCR", "I.SCR.LNKBY", "I.SCR.PREREG", "Y", true},
    {"F.SCR", "I.SCR.LNKBY", "I.SCR.PREREG", "", false},
    {"F.ICF", "I.ICF.ICFECNO", "I.ICF.ICFTYPE", "DEF", true},
    {"F.ICF", "I.ICF.ICFECNO", "I.ICF.ICFTYPE", "WAIV", true},
    {"F.ICF", "I.ICF.ICFECNO", "I.ICF.ICFTYPE", "PRO", false},
    {"F.ICF", "I.ICF.ICFECNO", "I.ICF.ICFTYPE", "", false},
    {"F.ICF", "I.ICF.ICFDTM", "I.ICF.ICFRES", "AGR", true},
    {"F.ICF", "I.ICF.ICFDTM", "I.ICF.ICFRES", "PEND", false},
    {"F.ICF", "I.ICF.ICFDTM", "I.ICF.ICFRES", "", false},
    {"F.ICF", "I.ICF.ICFREL", "I.ICF.ICFRES", "AGR", true},
    {"F.ICF", "I.ICF.ICFREL", "I.ICF.ICFRES", "REFK", false},
    {"F.ICF", "I.ICF.ICFEMR", "I.ICF.ICFTYPE", "DEF", true},
    {"F.ICF", "I.ICF.ICFEMR", "I.ICF.ICFTYPE", "WAIV", false},
    {"F.ICF", "I.ICF.ICFWSC", "I.ICF.ICFWDTM", "2026-11-22T08:00", true},
    {"F.ICF", "I.ICF.ICFWSC", "I.ICF.ICFWDTM", "", false},
    {"F.DM", "I.DM.PREG", "I.DM.SEX", "F", true},
    {"F.DM", "I.DM.PREG", "I.DM.SEX", "M", false},
    {"F.DM", "I.DM.PREG", "I.DM.SEX", "U", false},
    {"F.DM", "I.DM.PREG", "I.DM.SEX", "", false},
    {"F.FU", "I.FU.LASTALV", "I.FU.VITST", "DE", false},
    {"F.FU", "I.FU.LASTALV", "I.FU.VITST", "AL", true},
    {"F.FU", "I.FU.LASTALV", "I.FU.VITST", "UN", true},
    {"F.FU", "I.FU.LASTALV", "I.FU.VITST", "", true},
};

static void conditional_items_are_shown_as_the_specification_says(void **state)
{
    for (size_t i = 0; i < ARRAY_COUNT(skips); i++) {
        struct person person;
        person_start(&person, *state);
        person_put(&person, skips[i].depends_on, skips[i].value);
        bool is_shown =
            !person_is_hidden(person_run(&person, skips[i].form), skips[i].item);
        if (is_shown != skips[i].is_shown)
            fail_msg("%s with %s=%s", skips[i].item, skips[i].depends_on,
                     skips[i].value);
    }
}

static void a_stated_reason_is_not_the_value_that_shows_an_item(void **state)
{
    struct person person;
    person_start(&person, *state);
    person_put(&person, "I.ICF.ICFWDTM", "");
    person_make(&person, RULE_VALUE_MISSING);
    assert_true(person_is_hidden(person_run(&person, "F.ICF"), "I.ICF.ICFWSC"));
    person_put(&person, "I.FU.VITST", "");
    person_make(&person, RULE_VALUE_MISSING);
    assert_false(person_is_hidden(person_run(&person, "F.FU"), "I.FU.LASTALV"));
}

static void the_text_for_other_is_shown_by_any_of_three_lists(void **state)
{
    static const char *const lists[][2] = {
        {"I.SCR.INC2B", "2"}, {"I.SCR.INC2C", "3"}, {"I.SCR.INC2D", "4"}};
    for (size_t i = 0; i < ARRAY_COUNT(lists); i++) {
        struct person person;
        person_start(&person, *state);
        assert_true(person_is_hidden(person_run(&person, "F.SCR"), "I.SCR.INCOTH"));
        person_put(&person, "I.SCR.INC2", lists[i][1]);
        person_put(&person, lists[i][0], "DIC OTH");
        assert_false(person_is_hidden(person_run(&person, "F.SCR"), "I.SCR.INCOTH"));
        /* The list's own category goes: its kept value says nothing any more. */
        person_put(&person, "I.SCR.INC2", "1");
        assert_true(person_is_hidden(person_run(&person, "F.SCR"), "I.SCR.INCOTH"));
    }
}

static void a_condition_looks_at_its_own_instance_of_the_form(void **state)
{
    struct person person;
    person_start(&person, *state);
    person.consents = 2;
    person_put_row(&person, 0, "I.ICF.ICFTYPE", 0, "PRO");
    person_put_row(&person, 1, "I.ICF.ICFTYPE", 0, "DEF");
    person.under_evaluation = 0;
    assert_true(person_is_hidden(person_run(&person, "F.ICF"), "I.ICF.ICFEMR"));
    person.under_evaluation = 1;
    assert_false(person_is_hidden(person_run(&person, "F.ICF"), "I.ICF.ICFEMR"));
}

static void items_without_a_condition_are_never_hidden(void **state)
{
    struct person person;
    person_start(&person, *state);
    struct rule_results results = person_run(&person, "F.SCR");
    assert_int_equal(results.hidden_count, 10);
    assert_false(person_is_hidden(results, "I.SCR.INC2"));
    assert_int_equal(person_run(&person, "F.ICF").hidden_count, 5);
    assert_int_equal(person_run(&person, "F.DM").hidden_count, 1);
    assert_int_equal(person_run(&person, "F.FU").hidden_count, 0);
}

static bool leads_to(struct text from, struct text to, int steps)
{
    const struct rule_set *rules = &rules_io_hematology;
    for (size_t i = 0; steps > 0 && i < rules->condition_count; i++)
        if (text_equal(rules->conditions[i].item, from) &&
            (text_equal(rules->conditions[i].depends_on, to) ||
             leads_to(rules->conditions[i].depends_on, to, steps - 1)))
            return true;
    return false;
}

static void no_item_depends_on_itself(void **state)
{
    (void)state;
    const struct rule_set *rules = &rules_io_hematology;
    for (size_t i = 0; i < rules->condition_count; i++)
        assert_false(leads_to(rules->conditions[i].item, rules->conditions[i].item, 8));
}

/* ---- forms ---- */

static void rules_concern_the_four_forms_and_no_other(void **state)
{
    assert_true(rules_concern_form(TEXT("F.SCR")));
    assert_true(rules_concern_form(TEXT("F.ICF")));
    assert_true(rules_concern_form(TEXT("F.DM")));
    assert_true(rules_concern_form(TEXT("F.FU")));
    assert_false(rules_concern_form(TEXT("F.VS")));
    assert_false(rules_concern_form(TEXT("")));
    struct person person;
    person_start(&person, *state);
    struct rule_results results = person_run(&person, "F.VS");
    assert_int_equal(
        results.derived_count + results.hidden_count + results.finding_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(age_and_inclusion_1_turn_at_18_and_after_65),
        cmocka_unit_test(a_partial_birth_date_gives_an_age_only_when_one_is_possible),
        cmocka_unit_test(without_both_dates_there_is_no_age_and_no_inclusion_1),
        cmocka_unit_test(an_age_stays_while_the_vault_is_closed),
        cmocka_unit_test(an_age_that_was_stored_goes_with_its_birth_date),
        cmocka_unit_test(a_site_without_any_exclusion_is_usable),
        cmocka_unit_test(each_exclusion_alone_makes_a_site_unusable),
        cmocka_unit_test(each_exclusion_left_open_leaves_the_site_open),
        cmocka_unit_test(one_exclusion_decides_whatever_else_is_open),
        cmocka_unit_test(each_site_is_judged_by_its_own_row),
        cmocka_unit_test(eligibility_over_all_combinations_of_its_criteria),
        cmocka_unit_test(one_usable_site_is_enough),
        cmocka_unit_test(before_a_site_is_checked_eligibility_is_open),
        cmocka_unit_test(an_untouched_form_is_not_ineligible),
        cmocka_unit_test(body_mass_index_is_rounded_half_away_from_zero),
        cmocka_unit_test(body_mass_index_needs_two_sound_numbers),
        cmocka_unit_test(conditional_items_are_shown_as_the_specification_says),
        cmocka_unit_test(a_stated_reason_is_not_the_value_that_shows_an_item),
        cmocka_unit_test(the_text_for_other_is_shown_by_any_of_three_lists),
        cmocka_unit_test(a_condition_looks_at_its_own_instance_of_the_form),
        cmocka_unit_test(items_without_a_condition_are_never_hidden),
        cmocka_unit_test(no_item_depends_on_itself),
        cmocka_unit_test(rules_concern_the_four_forms_and_no_other),
    };
    return cmocka_run_group_tests(tests, make_arena, drop_arena);
}
