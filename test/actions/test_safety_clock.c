#include "support/unit.h"

#include "actions/safety_clock.h"

/* The limits are those of the specification, section 2, step 17, and AL16. */

#define HOURS(n) ((int64_t)(n)*3600 * 1000 * 1000)
#define DAYS(n)  HOURS((n)*24)

enum { AWARE_H = 1000 };

static struct serious_facts facts;
static struct safety_clock clocks[SAFETY_CLOCKS_MOST];

static int setup(void **state)
{
    (void)state;
    facts =
        (struct serious_facts){.aware_at = HOURS(AWARE_H), .device = RELATION_POSSIBLE};
    return 0;
}

/* The states of all clocks so long after the site became aware. */
static size_t after(int64_t passed)
{
    return safety_clocks_of(&facts, facts.aware_at + passed, clocks);
}

static void the_sponsor_hears_within_24_hours_amber_from_20(void **state)
{
    (void)state;
    after(HOURS(20) - 1);
    assert_int_equal(clocks[0].name, CLOCK_SPONSOR_24H);
    assert_int_equal(clocks[0].state, CLOCK_RUNS);
    after(HOURS(20));
    assert_int_equal(clocks[0].state, CLOCK_NEAR);
    after(HOURS(24) - 1);
    assert_int_equal(clocks[0].state, CLOCK_NEAR);
    after(HOURS(24));
    assert_int_equal(clocks[0].state, CLOCK_LATE);
}

static void a_report_ends_its_clock_in_time_or_late(void **state)
{
    (void)state;
    facts.sponsor_at = facts.aware_at + HOURS(24);
    after(HOURS(100));
    assert_int_equal(clocks[0].state, CLOCK_DONE);
    /* Planted fault 9: reported after 27 h. */
    facts.sponsor_at = facts.aware_at + HOURS(27);
    after(HOURS(100));
    assert_int_equal(clocks[0].state, CLOCK_DONE_LATE);
}

static void death_or_danger_of_it_by_the_device_gives_seven_days(void **state)
{
    (void)state;
    facts.is_life_threatening = true;
    assert_int_equal(after(0), 3);
    assert_int_equal(clocks[1].name, CLOCK_SPONSOR_7D);
    assert_int_equal(clocks[1].due_at, facts.aware_at + DAYS(7));
    assert_int_equal(clocks[2].name, CLOCK_NATIONAL_20D);
    assert_int_equal(clocks[2].due_at, facts.aware_at + DAYS(20));
    facts.is_death = true;
    assert_int_equal(after(0), 3);
    assert_int_equal(clocks[1].name, CLOCK_SPONSOR_7D);
    assert_int_equal(clocks[2].name, CLOCK_NATIONAL_7D);
    assert_int_equal(clocks[2].due_at, facts.aware_at + DAYS(7));
}

static void other_serious_events_have_fifteen_days(void **state)
{
    (void)state;
    after(0);
    assert_int_equal(clocks[1].name, CLOCK_SPONSOR_15D);
    assert_int_equal(clocks[1].due_at, facts.aware_at + DAYS(15));
    after(DAYS(15));
    assert_int_equal(clocks[1].state, CLOCK_LATE);
    facts.ethics_at = facts.aware_at + DAYS(2);
    after(DAYS(15));
    assert_int_equal(clocks[1].state, CLOCK_DONE);
}

static void what_is_not_of_the_device_is_not_for_the_national_system(void **state)
{
    (void)state;
    facts.device = RELATION_NONE;
    facts.is_death = true;
    assert_int_equal(after(0), 2);
    assert_int_equal(clocks[1].name, CLOCK_SPONSOR_15D);
}

static void an_unanswered_relation_counts_as_related(void **state)
{
    (void)state;
    facts.device = RELATION_UNKNOWN;
    facts.is_death = true;
    assert_int_equal(after(0), 3);
    assert_int_equal(clocks[1].name, CLOCK_SPONSOR_7D);
}

static void no_clock_runs_before_the_site_is_aware(void **state)
{
    (void)state;
    facts.aware_at = 0;
    assert_int_equal(after(0), 0);
}

static void the_codes_of_causality_are_read_as_the_code_list_has_them(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        enum relation relation;
    } codes[] = {{"NOT", RELATION_NONE},     {"UNL", RELATION_NONE},
                 {"POS", RELATION_POSSIBLE}, {"PRO", RELATION_POSSIBLE},
                 {"DEF", RELATION_POSSIBLE}, {"", RELATION_UNKNOWN}};
    for (size_t i = 0; i < ARRAY_COUNT(codes); i++)
        assert_int_equal(relation_of(text_of(codes[i].code)), codes[i].relation);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_sponsor_hears_within_24_hours_amber_from_20, setup),
        cmocka_unit_test_setup(a_report_ends_its_clock_in_time_or_late, setup),
        cmocka_unit_test_setup(death_or_danger_of_it_by_the_device_gives_seven_days,
                               setup),
        cmocka_unit_test_setup(other_serious_events_have_fifteen_days, setup),
        cmocka_unit_test_setup(what_is_not_of_the_device_is_not_for_the_national_system,
                               setup),
        cmocka_unit_test_setup(an_unanswered_relation_counts_as_related, setup),
        cmocka_unit_test_setup(no_clock_runs_before_the_site_is_aware, setup),
        cmocka_unit_test_setup(
            the_codes_of_causality_are_read_as_the_code_list_has_them, setup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
