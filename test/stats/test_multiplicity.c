#include "support/unit.h"

#include "stats/multiplicity.h"
#include "stats/poisson.h"
#include "support/oracle.h"

/* Oracle G14: p.adjust of R 4.2.2. */
static void adjusted_p_are_those_of_the_oracle(void **state)
{
    (void)state;
    static const char *const names[] = {"bonferroni", "holm", "hochberg",
                                        "hommel",     "BH",   "BY"};
    struct oracle *oracle = oracle_open("G14_multiplicity_desc");
    double *p, out[100];
    size_t count = oracle_columns("G14_multiplicity_desc_in_pvalues", oracle->arena, 1,
                                  (const char *const[]){"p"}, &p);
    for (size_t method = 0; method < 6; method++) {
        multiplicity_adjust(p, count, (enum multiplicity)method, oracle->arena, out);
        for (size_t i = 0; i < count; i++)
            oracle_check(oracle, estimate_of(out[i]), 1e-12, "adj.%s.%zu",
                         names[method], i + 1);
    }
    oracle_close(oracle);
}

/* The definition of closed testing: a hypothesis has the largest Simes p of all sets that
 * it is in. */
static double by_closure(const double *p, size_t count, size_t of)
{
    double most = 0;
    for (unsigned set = 1; set < 1u << count; set++) {
        if (!(set >> of & 1))
            continue;
        size_t size = 0;
        double least = 1;
        for (size_t i = 0; i < count; i++)
            size += set >> i & 1;
        for (size_t i = 0, place = 0; i < count; i++)
            if (set >> i & 1) /* p rises */
                least = fmin(least, (double)size * p[i] / (double)++place);
        most = fmax(most, least);
    }
    return most;
}

static void hommel_is_the_closure_of_simes(void **state)
{
    static const double p[][6] = {{0.001, 0.01, 0.02, 0.022, 0.09, 0.4},
                                  {0.01, 0.01, 0.01, 0.01, 0.01, 0.01},
                                  {0.012, 0.013, 0.025, 0.041, 0.049, 0.051}};
    double out[6];
    for (size_t k = 0; k < 3; k++) {
        multiplicity_adjust(p[k], 6, MULTIPLICITY_HOMMEL, *state, out);
        for (size_t i = 0; i < 6; i++)
            assert_near(out[i], by_closure(p[k], 6, i), 1e-15);
    }
}

static void order_stays_and_a_sequence_stops(void **state)
{
    static const double p[] = {0.03, 0.01, 0.2, 0.02};
    static const double holm[] = {0.06, 0.04, 0.2, 0.06},
                        fixed[] = {0.03, 0.03, 0.2, 0.2};
    double out[4];
    multiplicity_adjust(p, 4, MULTIPLICITY_HOLM, *state, out);
    for (size_t i = 0; i < 4; i++)
        assert_near(out[i], holm[i], 1e-15);
    multiplicity_adjust(p, 4, MULTIPLICITY_FIXED, *state, out);
    for (size_t i = 0; i < 4; i++)
        assert_near(out[i], fixed[i], 0);
    multiplicity_adjust(p, 0, MULTIPLICITY_HOMMEL, *state, out);
    multiplicity_adjust(p, 1, MULTIPLICITY_HOMMEL, *state, out);
    assert_near(out[0], 0.03, 0);
}

/* R 4.2.2: poisson.test(10, 4.2), poisson.test(3, 4.2, r = 2), poisson.test(c(11, 23),
 * c(800, 3011)). */
static void rates_are_those_of_r(void **state)
{
    (void)state;
    struct poisson_rate rate;
    poisson_rate(&(struct poisson_sample){10, 4.2}, (double)NAN, 0.95, &rate);
    assert_near(rate.rate.value, 2.38095238095238, 1e-13);
    assert_near(rate.exact.lower.value, 1.1417592133648653, 1e-12);
    assert_near(rate.exact.upper.value, 4.3786562004804228, 1e-12);
    poisson_rate(&(struct poisson_sample){3, 4.2}, 2, 0.95, &rate);
    assert_near(rate.two_sided.value, 0.057363838318454916, 1e-13);
    struct poisson_ratio ratio;
    poisson_ratio(&(struct poisson_sample){11, 800}, &(struct poisson_sample){23, 3011},
                  1, 0.95, &ratio);
    assert_near(ratio.two_sided.value, 0.13663444706428246, 1e-13);
    assert_near(ratio.exact.lower.value, 0.79220508583300653, 1e-12);
    assert_near(ratio.exact.upper.value, 3.8438627403949517, 1e-12);
}

/* No event in T: the upper limit is -ln(a/2)/T; the mid-P one solves ½ exp(-m) = a/2. */
static void no_event_still_has_an_upper_limit(void **state)
{
    (void)state;
    struct poisson_rate rate;
    poisson_rate(&(struct poisson_sample){0, 10}, (double)NAN, 0.9, &rate);
    assert_near(rate.exact.lower.value, 0, 0);
    assert_near(rate.exact.upper.value, -log(0.05) / 10, 1e-14);
    assert_near(rate.midp.upper.value, -log(0.1) / 10, 1e-14);
    assert_string_equal(rate.two_sided.reason, "no null was given");
    struct poisson_ratio ratio;
    poisson_ratio(&(struct poisson_sample){4, 10}, &(struct poisson_sample){0, 10}, 1,
                  0.9, &ratio);
    assert_string_equal(ratio.ratio.reason, "it is infinite");
    assert_string_equal(ratio.exact.upper.reason, "it is infinite");
    /* Of four all in the first group: p⁴ = 0.05, ratio p/(1 - p). */
    double p = pow(0.05, 0.25);
    assert_near(ratio.exact.lower.value, p / (1 - p), 1e-12);
    poisson_ratio(&(struct poisson_sample){0, 10}, &(struct poisson_sample){0, 10}, 1,
                  0.9, &ratio);
    assert_string_equal(ratio.two_sided.reason, "there is no event");
    poisson_rate(&(struct poisson_sample){4, 0}, 1, 0.9, &rate);
    assert_string_equal(rate.midp.lower.reason, "there is no exposure");
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
        cmocka_unit_test(adjusted_p_are_those_of_the_oracle),
        cmocka_unit_test(hommel_is_the_closure_of_simes),
        cmocka_unit_test(order_stays_and_a_sequence_stops),
        cmocka_unit_test(rates_are_those_of_r),
        cmocka_unit_test(no_event_still_has_an_upper_limit),
    };
    return cmocka_run_group_tests(tests, make, unmake);
}
