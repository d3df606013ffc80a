#include "support/unit.h"

#include "stats/correlation.h"
#include "stats/effect_size.h"
#include "stats/median.h"
#include "stats/several_groups.h"
#include "stats/t_test.h"
#include "support/oracle.h"

static void check_t(struct oracle *oracle, const struct t_test *found, const char *name)
{
    oracle_check(oracle, found->t, 1e-12, "%s.t", name);
    oracle_check(oracle, found->df, 1e-12, "%s.df", name);
    oracle_check(oracle, found->p, 1e-12, "%s.p", name);
    oracle_check(oracle, found->interval.lower, 1e-12, "%s.lo", name);
    oracle_check(oracle, found->interval.upper, 1e-12, "%s.hi", name);
    oracle_check(oracle, found->error, 1e-12, "%s.stderr", name);
}

static void check_pairs(struct oracle *oracle, const char *file,
                        const char *const columns[2], const char *name)
{
    double *in[2];
    size_t rows = oracle_columns(file, oracle->arena, 2, columns, in);
    for (size_t i = 0; i < rows; i++)
        in[0][i] -= in[1][i];
    struct moments moments = moments_of(in[0], rows);
    struct t_test found;
    t_test_one(&moments, 0, 0.95, &found);
    check_t(oracle, &found, name);
}

/* Oracles G07 and G08: t.test, kruskal.test of R 4.2.2. */
static void t_tests_are_those_of_the_oracle(void **state)
{
    (void)state;
    struct oracle *oracle = oracle_open("G07_paired");
    check_pairs(oracle, "G07_paired_in_hollander_depression",
                (const char *const[]){"x", "y"}, "hollander_t");
    check_pairs(oracle, "G07_paired_in_sleep", (const char *const[]){"d1", "d2"},
                "sleep_t");
    oracle_close(oracle);
    oracle = oracle_open("G08_twosample");
    double *in[2], *parts[2];
    size_t rows = oracle_columns("G08_twosample_in_airq", oracle->arena, 2,
                                 (const char *const[]){"Ozone", "Month"}, in);
    size_t counts[2] = {0};
    for (size_t k = 0; k < 2; k++)
        parts[k] = ARENA_ARRAY(oracle->arena, double, rows);
    for (size_t i = 0; i < rows; i++)
        parts[in[1][i] > 5][counts[in[1][i] > 5]++] = in[0][i];
    struct moments first = moments_of(parts[0], counts[0]);
    struct moments second = moments_of(parts[1], counts[1]);
    struct t_test found;
    t_test_welch(&first, &second, 0, 0.95, &found);
    check_t(oracle, &found, "airq_welch");
    t_test_pooled(&first, &second, 0, 0.95, &found);
    check_t(oracle, &found, "airq_pooled");
    rows = oracle_columns("G08_twosample_in_airq_all", oracle->arena, 2,
                          (const char *const[]){"Ozone", "Month"}, in);
    uint32_t *groups = ARENA_ARRAY(oracle->arena, uint32_t, rows);
    for (size_t i = 0; i < rows; i++)
        groups[i] = (uint32_t)in[1][i];
    struct several_groups several;
    several_groups_test(&(struct grouped_values){in[0], groups, rows, 10},
                        oracle->arena, &several);
    oracle_check(oracle, several.h, 1e-12, "kruskal.H");
    oracle_check(oracle, several.h_p, 1e-12, "kruskal.p");
    assert_near(several.h_df.value, 4, 0);
    oracle_close(oracle);
}

/* Oracle G14: escalc of metafor, cor.test of R. */
static void effects_and_correlations_are_those_of_the_oracle(void **state)
{
    (void)state;
    struct oracle *oracle = oracle_open("G14_multiplicity_desc");
    struct moments first = {26, 62.1, 9.3 * 9.3}, second = {26, 57.4, 8.1 * 8.1};
    struct effect_size effect;
    effect_size_of(&first, &second, 0.95, &effect);
    oracle_check(oracle, effect.hedges_g, 1e-12, "hedges_g");
    oracle_check(oracle, effect.hedges_variance, 1e-12, "hedges_g_var");
    oracle_check(oracle, effect.cohen_d, 1e-12, "cohen_d");
    oracle_check(oracle, effect.correction, 1e-12, "J_exact");
    double *in[2];
    size_t rows = oracle_columns("G14_multiplicity_desc_in_mtcars", oracle->arena, 2,
                                 (const char *const[]){"mpg", "wt"}, in);
    struct correlation found;
    correlation_pearson(in[0], in[1], rows, 0.95, &found);
    oracle_check(oracle, found.r, 1e-12, "pearson.r");
    oracle_check(oracle, found.interval.lower, 1e-12, "pearson.lo");
    oracle_check(oracle, found.interval.upper, 1e-12, "pearson.hi");
    oracle_check(oracle, found.p, 1e-12, "pearson.p");
    correlation_spearman(in[0], in[1], rows, 0.95, oracle->arena, &found);
    oracle_check(oracle, found.r, 1e-12, "spearman_rho");
    oracle_close(oracle);
}

/* Two groups: the analysis of variance is the square of the pooled t test, Welch's that of
 * Welch's. */
static void two_groups_are_the_t_tests_squared(void **state)
{
    static const double values[] = {3, 5, 4, 9, 12, 8, 7.5, 11};
    static const uint32_t groups[] = {0, 0, 0, 1, 1, 1, 1, 1};
    struct several_groups several;
    several_groups_test(&(struct grouped_values){values, groups, 8, 2}, *state,
                        &several);
    struct moments first = moments_of(values, 3), second = moments_of(values + 3, 5);
    struct t_test t;
    t_test_pooled(&first, &second, 0, 0.95, &t);
    assert_near(several.f.value, t.t.value * t.t.value, 1e-12);
    assert_near(several.f_p.value, t.p.value, 1e-14);
    t_test_welch(&first, &second, 0, 0.95, &t);
    assert_near(several.welch_f.value, t.t.value * t.t.value, 1e-12);
    assert_near(several.welch_df.value, t.df.value, 1e-12);
}

/* R 4.2.2: oneway.test and kruskal.test of three groups. */
static void three_groups_are_those_of_r(void **state)
{
    static const double values[] = {3, 5, 4, 9, 12, 8, 7.5, 11, 1, 2, 6, 2.5};
    static const uint32_t groups[] = {0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2};
    struct several_groups several;
    several_groups_test(&(struct grouped_values){values, groups, 12, 3}, *state,
                        &several);
    assert_near(several.welch_f.value, 15.0413764081190565, 1e-12);
    assert_near(several.welch_df.value, 5.8007069561606182, 1e-12);
    assert_near(several.welch_p.value, 0.0050654897403860323, 1e-14);
    assert_near(several.h.value, 8.480769230769233502, 1e-12);
    assert_near(several.h_p.value, 0.014402051527147889, 1e-14);
}

/* Three times 0.1 in doubles is more than 0.3: the second pass takes it back. */
static void equal_values_have_their_mean_and_no_spread(void **state)
{
    (void)state;
    static const double tenths[] = {0.1, 0.1, 0.1};
    struct moments found = moments_of(tenths, 3);
    assert_near(found.mean, 0.1, 0);
    assert_near(found.variance, 0, 0);
}

/* By the binomial distribution of ½: of 6 values the ends have 1 - 2/64. */
static void median_limits_are_order_statistics(void **state)
{
    static const double six[] = {1, 2, 3, 4, 5, 6};
    struct median found;
    median_estimate(sample_sort(six, 6, *state), 0.95, &found);
    assert_near(found.interval.lower.value, 1, 0);
    assert_near(found.interval.upper.value, 6, 0);
    assert_near(found.achieved.value, 1 - 2.0 / 64, 1e-14);
    median_estimate(sample_sort(six, 6, *state), 0.75, &found);
    assert_near(found.interval.lower.value, 2, 0);
    assert_near(found.achieved.value, 1 - 14.0 / 64, 1e-14);
    median_estimate(sample_sort(six, 5, *state), 0.95, &found);
    assert_string_equal(found.interval.lower.reason,
                        "there are too few values for an interval at this level");
    struct sign_test signs;
    sign_test(six, 6, 2, &signs);
    assert_int_equal(signs.above, 4);
    assert_int_equal(signs.below, 1);
    assert_near(signs.p.value, 12.0 / 32, 1e-14);
}

static void what_cannot_be_estimated_says_why(void **state)
{
    static const double one[] = {3}, equal[] = {2, 2, 2, 2};
    static const uint32_t groups[] = {0, 0, 1, 1};
    struct moments lonely = moments_of(one, 1), flat = moments_of(equal, 4);
    struct t_test t;
    t_test_one(&lonely, 0, 0.95, &t);
    assert_string_equal(t.p.reason, "it needs two values");
    t_test_one(&flat, 0, 0.95, &t);
    assert_string_equal(t.p.reason, "the values do not vary");
    assert_near(t.estimate.value, 2, 0);
    t_test_welch(&flat, &lonely, 0, 0.95, &t);
    assert_string_equal(t.estimate.reason, "it needs two values in each group");
    struct effect_size effect;
    effect_size_of(&flat, &flat, 0.95, &effect);
    assert_string_equal(effect.hedges_g.reason, "the values do not vary");
    struct several_groups several;
    several_groups_test(&(struct grouped_values){equal, groups, 4, 2}, *state,
                        &several);
    assert_string_equal(several.h.reason, "all values are tied");
    assert_string_equal(several.f.reason, "nothing varies within the groups");
    assert_string_equal(several.welch_p.reason, "a group does not vary");
    several_groups_test(&(struct grouped_values){equal, groups, 2, 2}, *state,
                        &several);
    assert_string_equal(several.h_p.reason, "it needs two groups with a value");
    struct correlation found;
    correlation_pearson(equal, equal, 4, 0.95, &found);
    assert_string_equal(found.r.reason, "a column does not vary");
}

static int make(void **state)
{
    *state = arena_new(16 << 20);
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
        cmocka_unit_test(t_tests_are_those_of_the_oracle),
        cmocka_unit_test(effects_and_correlations_are_those_of_the_oracle),
        cmocka_unit_test(two_groups_are_the_t_tests_squared),
        cmocka_unit_test(three_groups_are_those_of_r),
        cmocka_unit_test(equal_values_have_their_mean_and_no_spread),
        cmocka_unit_test(median_limits_are_order_statistics),
        cmocka_unit_test(what_cannot_be_estimated_says_why),
    };
    return cmocka_run_group_tests(tests, make, unmake);
}
