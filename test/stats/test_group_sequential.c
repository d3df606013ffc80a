#include "support/unit.h"

#include "stats/group_sequential.h"
#include "stats/interim.h"
#include "support/oracle.h"

static const double fifths[] = {0.2, 0.4, 0.6, 0.8, 1},
                    fourths[] = {0.25, 0.5, 0.75, 1}, halves[] = {0.5, 1};

static struct sequential_boundary find(const struct sequential_design *design,
                                       struct arena *arena)
{
    struct sequential_boundary found;
    assert_null(sequential_boundary_find(design, arena, &found));
    return found;
}

/* Oracle G13: rpact 3.3.4, whose own tolerance is 1e-8 of alpha. */
static void boundaries_are_those_of_the_oracle(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct sequential_design design;
    } cases[] = {
        {"asOF_K5_onesided.025",
         {BOUNDARY_SPEND_OBRIEN_FLEMING, 0, 0.025, false, fifths, 5}},
        {"asP_K5_onesided.025", {BOUNDARY_SPEND_POCOCK, 0, 0.025, false, fifths, 5}},
        {"OF_K4", {BOUNDARY_OBRIEN_FLEMING, 0, 0.025, false, fourths, 4}},
        {"P_K4", {BOUNDARY_POCOCK, 0, 0.025, false, fourths, 4}},
        {"asOF_K2_twosided", {BOUNDARY_SPEND_OBRIEN_FLEMING, 0, 0.05, true, halves, 2}},
    };
    struct oracle *oracle = oracle_open("G13_groupseq");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct sequential_boundary found = find(&cases[i].design, oracle->arena);
        for (size_t k = 0; k < cases[i].design.looks; k++) {
            oracle_check(oracle, estimate_of(found.z[k]), 1e-6, "%s.z.%zu",
                         cases[i].name, k + 1);
            oracle_check(oracle, estimate_of(found.spent[k]), 1e-6, "%s.cum_alpha.%zu",
                         cases[i].name, k + 1);
            oracle_check(oracle, estimate_of(found.stage_p[k]), 1e-6, "%s.stage_p.%zu",
                         cases[i].name, k + 1);
        }
    }
    double critical = 1.959963984540054; /* qnorm(.975) */
    double trend = 1.5 / sqrt(0.5), design = critical + 1.2815515655446004;
    oracle_check(oracle, conditional_power(1.5, 0.5, trend, critical), 1e-12,
                 "cond_power.current_trend");
    oracle_check(oracle, conditional_power(1.5, 0.5, design, critical), 1e-12,
                 "cond_power.design");
    assert_int_equal(oracle->asked, oracle->count);
    oracle_close(oracle);
}

/* What is spent is what was to be spent, for all kinds and uneven looks. */
static void spent_alpha_is_what_was_given(void **state)
{
    static const double uneven[] = {0.11, 0.13, 0.5, 0.97, 1};
    static const double parameters[BOUNDARY_COUNT] = {0, 0, 0.2, 0, 0, -4, 2.5};
    for (int sides = 1; sides <= 2; sides++)
        for (int kind = 0; kind < BOUNDARY_COUNT; kind++) {
            struct sequential_design design = {(enum boundary_kind)kind,
                                               parameters[kind],
                                               0.05,
                                               sides == 2,
                                               uneven,
                                               5};
            struct sequential_boundary found = find(&design, *state);
            assert_near(found.spent[4], 0.05, 1e-12);
            if (kind == BOUNDARY_KIM_DEMETS)
                for (size_t k = 0; k < 5; k++)
                    assert_near(found.spent[k], 0.05 * pow(uneven[k], 2.5), 1e-12);
        }
}

/* One look is the plain test: z of alpha, and the drift z of alpha plus z of the power. */
static void one_look_is_the_plain_test(void **state)
{
    static const double once[] = {1};
    struct sequential_design design = {BOUNDARY_POCOCK, 0, 0.025, false, once, 1};
    struct sequential_boundary found = find(&design, *state);
    assert_near(found.z[0], 1.959963984540054, 1e-12);
    assert_near(sequential_drift(&design, &found, 0.9, *state).value,
                1.959963984540054 + 1.2815515655446004, 1e-10);
}

/* Two looks by plain summing of the bivariate normal density, without the recursion. */
static void two_looks_are_the_bivariate_normal(void **state)
{
    struct sequential_design design = {BOUNDARY_POCOCK, 0, 0.05, true, halves, 2};
    struct sequential_boundary found = find(&design, *state);
    double z = found.z[0], sum = 0, step = 2 * z / 20000;
    for (size_t i = 0; i < 20000; i++) { /* midpoints: the error falls by step² */
        double first = -z + ((double)i + 0.5) * step;
        double high = (z - first * sqrt(0.5)) / sqrt(0.5);
        double low = (-z - first * sqrt(0.5)) / sqrt(0.5);
        double inside = (erf(high / sqrt(2)) - erf(low / sqrt(2))) / 2;
        sum += exp(-first * first / 2) / sqrt(2 * acos(-1)) * inside * step;
    }
    assert_near(1 - sum, 0.05, 1e-8);
    /* Pocock 1977, table 1: 2.178 for two looks at 0.05. */
    assert_near(z, 2.178, 5e-4);
}

/* mvtnorm 1.1-3 of R (pmvnorm by Miwa's algorithm): another way to the same integral. */
static void constants_and_inflation_are_those_of_mvtnorm(void **state)
{
    struct sequential_design design = {BOUNDARY_POCOCK, 0, 0.05, true, fifths, 5};
    double fixed = pow(1.959963984540054 + 1.2815515655446004, 2);
    struct sequential_boundary found = find(&design, *state);
    assert_near(found.z[4], 2.413176, 1e-6);
    double drift = sequential_drift(&design, &found, 0.9, *state).value;
    assert_near(drift * drift / fixed, 1.206475, 1e-6);
    double crossed[LOOKS_MOST];
    sequential_crossing(&design, &found, drift, *state, crossed);
    assert_near(crossed[4], 0.9, 1e-10);
}

static void what_is_no_design_says_why(void **state)
{
    static const double falling[] = {0.5, 0.4, 1}, short_of[] = {0.3, 0.9};
    struct sequential_boundary found;
    struct sequential_design design = {BOUNDARY_POCOCK, 0, 0.025, false, falling, 3};
    assert_string_equal(sequential_boundary_find(&design, *state, &found),
                        "the times must rise from above 0");
    design.times = short_of;
    design.looks = 2;
    assert_string_equal(sequential_boundary_find(&design, *state, &found),
                        "the last time must be 1");
    assert_string_equal(conditional_power(1, 1, 0, 2).reason,
                        "the information fraction must be between 0 and 1");
    assert_string_equal(conditional_power(1, 0.5, (double)NAN, 2).reason,
                        "no drift was given");
}

/* Nothing seen yet but chance: predictive power is the mean of conditional power over the
 * drift, here by summing it. */
static void predictive_power_is_the_mean_of_conditional_power(void **state)
{
    (void)state;
    double z = 1.2, t = 0.4, sum = 0, step = 0.001;
    for (double u = -10 + step / 2; u < 10; u += step)
        sum += conditional_power(z, t, (z + u) / sqrt(t), 1.96).value *
               exp(-u * u / 2) / sqrt(2 * acos(-1)) * step;
    assert_near(predictive_power(z, t, 1.96).value, sum, 1e-9);
}

/* The rule of three, exactly; and what both have in common. */
static void no_event_excludes_what_it_would_show(void **state)
{
    (void)state;
    assert_near(upper_limit_of_none(3, 0.875).value, 0.5, 1e-14);
    assert_near(total_to_see_one(0.5, 0.875).value, 3, 1e-14);
    assert_string_equal(upper_limit_of_none(0, 0.95).reason,
                        "there is nobody to count");
    assert_string_equal(total_to_see_one(1, 0.95).reason,
                        "the rate must be between 0 and 1");
}

static int make(void **state)
{
    *state = arena_new(64 << 20);
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
        cmocka_unit_test(boundaries_are_those_of_the_oracle),
        cmocka_unit_test(spent_alpha_is_what_was_given),
        cmocka_unit_test(one_look_is_the_plain_test),
        cmocka_unit_test(two_looks_are_the_bivariate_normal),
        cmocka_unit_test(constants_and_inflation_are_those_of_mvtnorm),
        cmocka_unit_test(what_is_no_design_says_why),
        cmocka_unit_test(predictive_power_is_the_mean_of_conditional_power),
        cmocka_unit_test(no_event_excludes_what_it_would_show),
    };
    return cmocka_run_group_tests(tests, make, unmake);
}
