#include "support/unit.h"

#include "base/attributes.h"
#include "stats/logrank.h"
#include "support/oracle.h"

struct fixture {
    struct oracle *oracle;
    double *columns[4]; /* time, event, group from 1, stratum */
    size_t rows, groups;
};

static void run(struct fixture *fixture, double rho, bool is_stratified,
                struct logrank *out)
{
    struct arena *arena = fixture->oracle->arena;
    bool *is_event = ARENA_ARRAY(arena, bool, fixture->rows);
    uint32_t *groups = ARENA_ARRAY(arena, uint32_t, fixture->rows);
    uint32_t *strata = ARENA_ARRAY(arena, uint32_t, fixture->rows);
    for (size_t i = 0; i < fixture->rows; i++) {
        is_event[i] = fixture->columns[1][i] > 0;
        groups[i] = (uint32_t)fixture->columns[2][i] - 1;
        if (is_stratified)
            strata[i] = (uint32_t)fixture->columns[3][i];
    }
    logrank_test(&(struct logrank_input){.times = fixture->columns[0],
                                         .is_event = is_event,
                                         .groups = groups,
                                         .strata = is_stratified ? strata : NULL,
                                         .count = fixture->rows,
                                         .group_count = fixture->groups,
                                         .stratum_count = 4,
                                         .rho = rho},
                 arena, out);
}

static void check(struct fixture *fixture, double rho, bool is_stratified,
                  const char *name)
{
    struct oracle *oracle = fixture->oracle;
    struct logrank found;
    run(fixture, rho, is_stratified, &found);
    oracle_check(oracle, found.chi2, 1e-12, "%s.chisq", name);
    oracle_check(oracle, found.p, 1e-12, "%s.p", name);
    oracle_check(oracle, estimate_of((double)found.degrees), 0, "%s.df", name);
    for (size_t g = 0; g < fixture->groups; g++) {
        oracle_check(oracle, estimate_of(found.observed[g]), 1e-12, "%s.obs.%zu", name,
                     g + 1);
        oracle_check(oracle, estimate_of(found.expected[g]), 1e-12, "%s.exp.%zu", name,
                     g + 1);
    }
}

/* Oracle G04: survdiff of survival 3.5-3, R 4.2.2. */
static void tests_are_those_of_the_oracle(void **state)
{
    (void)state;
    struct fixture fixture = {.oracle = oracle_open("G04_logrank"), .groups = 2};
    struct arena *arena = fixture.oracle->arena;
    fixture.rows = oracle_columns(
        "G04_logrank_in_lung", arena, 4,
        (const char *const[]){"time", "event", "sex", "ph.ecog"}, fixture.columns);
    check(&fixture, 0, false, "lung_sex");
    check(&fixture, 0, true, "lung_sex_strat_ecog");
    fixture.rows =
        oracle_columns("G04_logrank_in_lung228", arena, 3,
                       (const char *const[]){"time", "event", "sex"}, fixture.columns);
    check(&fixture, 0, false, "lung_sex_all228");
    check(&fixture, 1, false, "lung_sex_rho1");
    fixture.groups = 4;
    fixture.rows = oracle_columns("G04_logrank_in_veteran", arena, 3,
                                  (const char *const[]){"time", "event", "celltype"},
                                  fixture.columns);
    check(&fixture, 0, false, "veteran_celltype");
    assert_int_equal(fixture.oracle->asked, fixture.oracle->count);
    oracle_close(fixture.oracle);
}

/* Of two groups the trend is the test itself; the excesses of all groups cancel. */
static void the_trend_of_two_groups_is_their_test(void **state)
{
    (void)state;
    struct fixture fixture = {.oracle = oracle_open("G04_logrank"), .groups = 2};
    fixture.rows =
        oracle_columns("G04_logrank_in_lung", fixture.oracle->arena, 3,
                       (const char *const[]){"time", "event", "sex"}, fixture.columns);
    struct logrank found;
    run(&fixture, 0, false, &found);
    assert_near(found.trend_chi2.value, found.chi2.value, 1e-12);
    assert_near(found.trend_p.value, found.p.value, 1e-12);
    assert_near(found.observed[0] + found.observed[1],
                found.expected[0] + found.expected[1], 1e-11);
    oracle_close(fixture.oracle);
}

/* By hand: deaths at 1 (one of 4, group 0) and at 2 (one of 3, group 1); n = 2 and 2, then
 * 1 and 2. E_0 = 2/4 + 1/3, V = 1/4 + 2/9. */
static void two_deaths_are_as_by_hand(void **state)
{
    struct arena *arena = *state;
    static const double times[] = {1, 3, 2, 3};
    static const bool is_event[] = {true, false, true, false};
    static const uint32_t groups[] = {0, 0, 1, 1};
    struct logrank_input input = {.times = times,
                                  .is_event = is_event,
                                  .groups = groups,
                                  .count = 4,
                                  .group_count = 2};
    struct logrank found;
    logrank_test(&input, arena, &found);
    assert_near(found.expected[0], 0.5 + 1.0 / 3, 1e-15);
    assert_near(found.variance[0], 0.25 + 2.0 / 9, 1e-15);
    assert_near(found.chi2.value, (1.0 / 6) * (1.0 / 6) / (0.25 + 2.0 / 9), 1e-14);
}

static void without_events_or_a_second_group_there_is_no_test(void **state)
{
    struct arena *arena = *state;
    static const double times[] = {1, 3, 2, 3};
    static const bool none[] = {false, false, false, false};
    static const bool last[] = {false, true, false, false};
    static const uint32_t groups[] = {0, 1, 0, 1}, same[] = {0, 0, 0, 0};
    struct logrank_input input = {.times = times,
                                  .is_event = none,
                                  .groups = groups,
                                  .count = 4,
                                  .group_count = 2};
    struct logrank found;
    logrank_test(&input, arena, &found);
    assert_string_equal(found.p.reason, "nobody had the event");
    assert_string_equal(found.trend_p.reason, "nobody had the event");
    input.is_event = last;
    input.groups = same;
    logrank_test(&input, arena, &found);
    assert_string_equal(found.p.reason,
                        "fewer than two groups were at risk when events came");
}

static int make(void **state)
{
    *state = arena_new(1 << 20);
    return 0;
}

static int unmake(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tests_are_those_of_the_oracle),
        cmocka_unit_test(the_trend_of_two_groups_is_their_test),
        cmocka_unit_test(two_deaths_are_as_by_hand),
        cmocka_unit_test(without_events_or_a_second_group_there_is_no_test),
    };
    return cmocka_run_group_tests(tests, make, unmake);
}
