#include "support/unit.h"

#include "stats/exact_ranks.h"
#include "stats/pairs.h"
#include "stats/rank.h"
#include "stats/rank_test.h"
#include "support/oracle.h"

static double *differences(const double *x, const double *y, size_t count,
                           struct arena *arena)
{
    double *out = ARENA_ARRAY(arena, double, count);
    for (size_t i = 0; i < count; i++)
        out[i] = x[i] - y[i];
    return out;
}

static void check_shift(struct oracle *oracle, const struct rank_test *found,
                        double tolerance, const char *name)
{
    oracle_check(oracle, found->shift, tolerance, "%s.hl", name);
    oracle_check(oracle, found->interval.lower, tolerance, "%s.lo", name);
    oracle_check(oracle, found->interval.upper, tolerance, "%s.hi", name);
}

/* Oracle G07: wilcox.test of R 4.2.2, wilcox.exact of exactRankTests 0.8-35. */
static void signed_ranks_are_those_of_the_oracle(void **state)
{
    (void)state;
    struct oracle *oracle = oracle_open("G07_paired");
    double *in[2];
    size_t rows = oracle_columns("G07_paired_in_hollander_depression", oracle->arena, 2,
                                 (const char *const[]){"x", "y"}, in);
    struct rank_options options = {.level = 0.95};
    struct rank_test found;
    signed_rank_test(differences(in[0], in[1], rows, oracle->arena), rows, &options,
                     oracle->arena, &found);
    assert_true(found.is_exact);
    oracle_check(oracle, found.statistic, 1e-12, "hollander.stat");
    oracle_check(oracle, found.p, 1e-12, "hollander.p");
    oracle_check(oracle, found.greater, 1e-12, "hollander.greater_p");
    check_shift(oracle, &found, 1e-12, "hollander");
    rows = oracle_columns("G07_paired_in_sleep", oracle->arena, 2,
                          (const char *const[]){"d1", "d2"}, in);
    double *sleep = differences(in[0], in[1], rows, oracle->arena);
    signed_rank_test(sleep, rows, &options, oracle->arena, &found);
    assert_false(found.is_exact);
    oracle_check(oracle, found.statistic, 1e-12, "sleep_approx.stat");
    oracle_check(oracle, found.p, 1e-12, "sleep_approx.p");
    check_shift(oracle, &found, 1e-3, "sleep_approx");
    options.method = RANK_EXACT;
    signed_rank_test(sleep, rows, &options, oracle->arena, &found);
    oracle_check(oracle, found.statistic, 1e-12, "sleep_exact_ties.V");
    oracle_check(oracle, found.p, 1e-12, "sleep_exact_ties.p");
    oracle_close(oracle);
}

/* Oracle G08, the same programs. */
static void rank_sums_are_those_of_the_oracle(void **state)
{
    (void)state;
    struct oracle *oracle = oracle_open("G08_twosample");
    double *x, *y, *in[2], *values[2];
    size_t m = oracle_columns("G08_twosample_in_hollander_x", oracle->arena, 1,
                              (const char *const[]){"x"}, &x);
    size_t n = oracle_columns("G08_twosample_in_hollander_y", oracle->arena, 1,
                              (const char *const[]){"y"}, &y);
    struct rank_options options = {.level = 0.95};
    struct rank_test found;
    rank_sum_test(x, m, y, n, &options, oracle->arena, &found);
    oracle_check(oracle, found.statistic, 1e-12, "hollander.stat");
    oracle_check(oracle, found.p, 1e-12, "hollander.p");
    oracle_check(oracle, found.greater, 1e-12, "hollander.greater_p");
    check_shift(oracle, &found, 1e-12, "hollander");
    size_t rows = oracle_columns("G08_twosample_in_airq", oracle->arena, 2,
                                 (const char *const[]){"Ozone", "Month"}, in);
    size_t counts[2] = {0};
    for (size_t k = 0; k < 2; k++)
        values[k] = ARENA_ARRAY(oracle->arena, double, rows);
    for (size_t i = 0; i < rows; i++) {
        size_t k = in[1][i] > 5;
        values[k][counts[k]++] = in[0][i];
    }
    rank_sum_test(values[0], counts[0], values[1], counts[1], &options, oracle->arena,
                  &found);
    oracle_check(oracle, found.statistic, 1e-12, "airq.stat");
    oracle_check(oracle, found.p, 1e-12, "airq.p");
    check_shift(oracle, &found, 1e-3, "airq");
    assert_near(found.shift.value, -32, 0); /* the median itself, not a root nearby */
    options.method = RANK_EXACT;
    rank_sum_test(values[0], counts[0], values[1], counts[1], &options, oracle->arena,
                  &found);
    oracle_check(oracle, found.p, 1e-12, "airq_exact_ties.p");
    oracle_close(oracle);
}

/* Numbers that are not random, but in no order, some of them tied. */
static void fill(double *values, size_t count, unsigned seed, unsigned different)
{
    for (size_t i = 0; i < count; i++) {
        seed = seed * 1103515245u + 12345u;
        values[i] = (double)((seed >> 8) % different) / 8 - 3;
    }
}

/* All averages and differences, made and sorted. */
static void chosen_pairs_are_those_of_the_whole_list(void **state)
{
    double x[23], y[17], all[23 * 24 / 2], between[23 * 17];
    for (unsigned seed = 1; seed < 30; seed++) {
        fill(x, 23, seed, seed % 2 ? 40000 : 8);
        fill(y, 17, seed + 99, seed % 2 ? 40000 : 8);
        struct pair_set averages = {.x = sorted_copy(x, 23, *state), .x_count = 23};
        struct pair_set apart = {averages.x, sorted_copy(y, 17, *state), 23, 17};
        size_t count = 0;
        for (size_t i = 0; i < 23; i++)
            for (size_t k = i; k < 23; k++)
                all[count++] = (averages.x[i] + averages.x[k]) / 2;
        for (size_t i = 0; i < 23; i++)
            for (size_t k = 0; k < 17; k++)
                between[i * 17 + k] = x[i] - y[k];
        const double *sorted = sorted_copy(all, count, *state);
        for (size_t i = 0; i < count; i++)
            assert_near(pair_set_at(&averages, (double)i + 1), sorted[i], 0);
        assert_near(pair_set_median(&averages),
                    (sorted[count / 2 - 1] + sorted[count / 2]) / 2, 0);
        sorted = sorted_copy(between, 23 * 17, *state);
        for (size_t i = 0; i < 23 * 17; i++)
            assert_near(pair_set_at(&apart, (double)i + 1), sorted[i], 0);
        assert_near(pair_set_median(&apart), sorted[23 * 17 / 2], 0);
    }
}

/* By hand: of the ranks 1 2 3 the signed sums 0 1 2 3 3 4 5 6 have 1/8 each; of two of the
 * ranks 1 2 3½ 3½ the sums 3 4½ 4½ 5½ 5½ 7 have 1/6. */
static void exact_sums_are_counted(void **state)
{
    static const double three[] = {1, 2, 3}, tied[] = {1, 2, 3.5, 3.5};
    const struct rank_sums *sums = signed_sums(three, 3, *state);
    assert_near(rank_sums_up_to(sums, 2), 3.0 / 8, 1e-15);
    assert_near(rank_sums_up_to(sums, 3), 5.0 / 8, 1e-15);
    assert_near(rank_sums_from(sums, 5), 2.0 / 8, 1e-15);
    assert_near(rank_sums_quantile(sums, 0.125), 0, 0);
    assert_near(rank_sums_quantile(sums, 0.126), 1, 0);
    sums = subset_sums(tied, 4, 2, *state);
    assert_near(rank_sums_up_to(sums, 4.5), 3.0 / 6, 1e-15);
    assert_near(rank_sums_from(sums, 5.5), 3.0 / 6, 1e-15);
    assert_near(rank_sums_from(sums, 7), 1.0 / 6, 1e-15);
    assert_near(rank_sums_up_to(sums, -1), 0, 0);
    assert_near(rank_sums_from(sums, 0), 1, 1e-15);
}

/* Moving all values moves the shift and its limits, and turns with the groups. */
static void shifts_follow_the_values(void **state)
{
    double x[60], y[41], moved[60];
    struct rank_options options = {.level = 0.9}, about = {.level = 0.9, .null = 4};
    fill(x, 60, 5, 30);
    fill(y, 41, 6, 30);
    for (size_t i = 0; i < 60; i++)
        moved[i] = x[i] + 4;
    struct rank_test one, other;
    rank_sum_test(x, 60, y, 41, &options, *state, &one);
    rank_sum_test(moved, 60, y, 41, &about, *state, &other);
    assert_near(other.p.value, one.p.value, 1e-12);
    assert_near(other.shift.value, one.shift.value + 4, 1e-12);
    assert_near(other.interval.lower.value, one.interval.lower.value + 4, 1e-12);
    rank_sum_test(y, 41, x, 60, &options, *state, &other);
    assert_near(other.shift.value, -one.shift.value, 1e-12);
    assert_near(other.interval.lower.value, -one.interval.upper.value, 1e-12);
    assert_near(other.p.value, one.p.value, 1e-12);
    assert_near(other.less.value, one.greater.value, 1e-12);
    assert_near(one.statistic.value + other.statistic.value, 60 * 41, 1e-9);
    signed_rank_test(moved, 60, &about, *state, &one);
    signed_rank_test(x, 60, &options, *state, &other);
    assert_near(one.p.value, other.p.value, 1e-12);
    assert_near(one.shift.value, other.shift.value + 4, 1e-12);
}

/* By hand: of ten values M = 55, z √(10·11·21/24) = 19.229, so that 27.5 - ½ - 19.229 = 7.77
 * and 8.27 without ½: the eighth and the ninth average. Of powers of two the averages begin
 * 1 1½ 2 2½ 3 4 4½ 5 6. */
static void normal_limits_are_the_averages_of_that_rank(void **state)
{
    static const double powers[] = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 0};
    struct rank_options options = {.level = 0.95, .method = RANK_NORMAL};
    struct rank_test found;
    signed_rank_test(powers, 10, &options, *state, &found);
    assert_near(found.interval.lower.value, 5, 0);
    options.is_uncorrected = true;
    signed_rank_test(powers, 10, &options, *state, &found);
    assert_near(found.interval.lower.value, 6, 0);
    options = (struct rank_options){.level = 0.95};
    signed_rank_test(powers, 10, &options, *state, &found);
    assert_true(found.is_exact);
    signed_rank_test(powers, 11, &options, *state, &found); /* one equals the null */
    assert_false(found.is_exact);
    assert_int_equal(found.used, 10);
}

static void ranks_of_ties_are_means(void **state)
{
    static const double values[] = {3, -0.0, 3, 0, 9, 3};
    static const double expected[] = {4, 1.5, 4, 1.5, 6, 4};
    struct ranks ranks = rank_values(values, 6, *state);
    for (size_t i = 0; i < 6; i++)
        assert_near(ranks.of[i], expected[i], 0);
    assert_near(ranks.tie_sum, 6 + 24, 0);
    assert_true(ranks.has_ties);
}

static void what_cannot_be_estimated_says_why(void **state)
{
    static const double equal[] = {2, 2, 2}, few[] = {1, 2, 4, 8}, other[] = {2, 2};
    struct rank_options options = {.level = 0.95, .null = 2};
    struct rank_test found;
    signed_rank_test(equal, 3, &options, *state, &found);
    assert_string_equal(found.p.reason, "no value differs from the null");
    signed_rank_test(equal, 0, &options, *state, &found);
    assert_string_equal(found.shift.reason, "there is no value");
    options.null = 0;
    signed_rank_test(few, 4, &options, *state, &found);
    assert_near(found.p.value, 0.125, 1e-15);
    assert_string_equal(found.interval.lower.reason,
                        "there are too few values for an interval at this level");
    rank_sum_test(equal, 3, other, 2, &options, *state, &found);
    assert_string_equal(found.p.reason, "all values are tied");
    rank_sum_test(equal, 3, other, 0, &options, *state, &found);
    assert_string_equal(found.p.reason, "a group has no value");
    double *many = ARENA_ARRAY(*state, double, 3000);
    for (size_t i = 0; i < 3000; i++)
        many[i] = (double)i + 1;
    options.method = RANK_EXACT;
    signed_rank_test(many, 3000, &options, *state, &found);
    assert_string_equal(found.p.reason, "the exact distribution would take too long");
    assert_true(is_estimated(found.shift));
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
        cmocka_unit_test(signed_ranks_are_those_of_the_oracle),
        cmocka_unit_test(rank_sums_are_those_of_the_oracle),
        cmocka_unit_test(chosen_pairs_are_those_of_the_whole_list),
        cmocka_unit_test(exact_sums_are_counted),
        cmocka_unit_test(shifts_follow_the_values),
        cmocka_unit_test(normal_limits_are_the_averages_of_that_rank),
        cmocka_unit_test(ranks_of_ties_are_means),
        cmocka_unit_test(what_cannot_be_estimated_says_why),
    };
    return cmocka_run_group_tests(tests, make, unmake);
}
