#include "support/unit.h"

#include "stats/summary.h"
#include "support/oracle.h"

/* Oracle G14: quantile, mean, sd, mad, t.test of R 4.2.2. */
static void quantiles_and_moments_are_those_of_the_oracle(void **state)
{
    (void)state;
    static const int percents[] = {5, 25, 50, 75, 90};
    struct oracle *oracle = oracle_open("G14_multiplicity_desc");
    double *x;
    size_t count = oracle_columns("G14_multiplicity_desc_in_x", oracle->arena, 1,
                                  (const char *const[]){"x"}, &x);
    const struct sample *sample = sample_sort(x, count, oracle->arena);
    for (int type = 1; type <= 9; type++)
        for (size_t i = 0; i < sizeof percents / sizeof percents[0]; i++)
            oracle_check(oracle, sample_quantile(sample, percents[i] / 100.0, type),
                         1e-12, "quantile_type%d.p%d", type, percents[i]);
    struct summary found;
    sample_summary(sample, 0.95, oracle->arena, &found);
    oracle_check(oracle, found.mean, 1e-12, "mean");
    oracle_check(oracle, found.sd, 1e-12, "sd");
    oracle_check(oracle, found.mad, 1e-12, "mad");
    oracle_check(oracle, found.geometric_mean, 1e-12, "geomean");
    oracle_check(oracle, found.geometric_interval.lower, 1e-12, "geomean_lo");
    oracle_check(oracle, found.geometric_interval.upper, 1e-12, "geomean_hi");
    assert_int_equal(oracle->asked, 9 * 5 + 6);
    oracle_close(oracle);
}

static struct sample *sample_of(void **state, const double *values, size_t count)
{
    return sample_sort(values, count, *state);
}

/* Hyndman and Fan 1996: of four values, the definitions differ at a whole n p. */
static void quantiles_of_four_are_as_defined(void **state)
{
    static const double four[] = {40, 10, 30, 20};
    const struct sample *sample = sample_of(state, four, 4);
    static const double of_quarter[] = {10, 15, 10, 10, 15, 12.5, 17.5};
    for (int type = 1; type <= 7; type++)
        assert_near(sample_quantile(sample, 0.25, type).value, of_quarter[type - 1],
                    1e-12);
    assert_near(sample_quantile(sample, 0, 6).value, 10, 0);
    assert_near(sample_quantile(sample, 1, 6).value, 40, 0);
}

static void what_cannot_be_estimated_says_why(void **state)
{
    static const double one[] = {3}, with_zero[] = {0, 1, 2}, bad[] = {1, (double)NAN};
    struct summary found;
    sample_summary(sample_of(state, NULL, 0), 0.95, *state, &found);
    assert_string_equal(found.mean.reason, "there is no value");
    sample_summary(sample_of(state, one, 1), 0.95, *state, &found);
    assert_near(found.mean.value, 3, 0);
    assert_string_equal(found.sd.reason, "it needs two values");
    assert_string_equal(found.mean_interval.upper.reason, "it needs two values");
    sample_summary(sample_of(state, with_zero, 3), 0.95, *state, &found);
    assert_string_equal(found.geometric_mean.reason,
                        "a value is not above 0: it has no logarithm");
    assert_null(sample_of(state, bad, 2));
    assert_false(is_estimated(sample_quantile(sample_of(state, one, 1), 0.5, 10)));
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
        cmocka_unit_test(quantiles_and_moments_are_those_of_the_oracle),
        cmocka_unit_test(quantiles_of_four_are_as_defined),
        cmocka_unit_test(what_cannot_be_estimated_says_why),
    };
    return cmocka_run_group_tests(tests, make, unmake);
}
