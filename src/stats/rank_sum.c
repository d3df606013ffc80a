#include "stats/exact_ranks.h"
#include "stats/pairs.h"
#include "stats/rank.h"
#include "stats/rank_test.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

enum { EXACT_BELOW = 50 };

static const char too_long[] = "the exact distribution would take too long";
static const char too_few[] = "there are too few values for an interval at this level";

struct two_lists {
    const double *x, *y;
    size_t m, n;
};

static double *together(const struct two_lists *two, double null, struct arena *arena)
{
    double *all = ARENA_ARRAY(arena, double, two->m + two->n);
    for (size_t i = 0; i < two->m; i++)
        all[i] = two->x[i] - null;
    for (size_t i = 0; i < two->n; i++)
        all[two->m + i] = two->y[i];
    return all;
}

/* Of an uneven distribution both sides are what lies as far from the mean as W. */
static void test_exactly(const struct ranks *ranks, const struct two_lists *two,
                         struct arena *scratch, struct rank_test *out)
{
    size_t all = two->m + two->n;
    const struct rank_sums *sums = subset_sums(ranks->of, all, two->m, scratch);
    if (sums == NULL) {
        out->p = out->less = out->greater = not_estimable(too_long);
        return;
    }
    double m = (double)two->m, offset = m * (m + 1) / 2;
    double sum = out->statistic.value + offset, mean = m * ((double)all + 1) / 2;
    double away = fabs(sum - mean);
    out->less = estimate_of(rank_sums_up_to(sums, sum));
    out->greater = estimate_of(rank_sums_from(sums, sum));
    out->p = estimate_of(away <= 0 ? 1
                                   : fmin(1, rank_sums_up_to(sums, mean - away) +
                                                 rank_sums_from(sums, mean + away)));
}

/* The quantile of W without ties. */
static double exact_depth(const struct two_lists *two, double level,
                          struct arena *scratch)
{
    size_t all = two->m + two->n;
    double *ranks = ARENA_ARRAY(scratch, double, all);
    for (size_t i = 0; i < all; i++)
        ranks[i] = (double)i + 1;
    const struct rank_sums *sums = subset_sums(ranks, all, two->m, scratch);
    if (sums == NULL)
        return -1;
    double m = (double)two->m;
    return rank_sums_quantile(sums, (1 - level) / 2) - m * (m + 1) / 2;
}

static double deviation(double m, double n, double tie_sum)
{
    double all = m + n;
    return sqrt(m * n / 12 * (all + 1 - tie_sum / (all * (all - 1))));
}

static void estimate_shift(const struct two_lists *two,
                           const struct rank_options *options, struct arena *scratch,
                           struct rank_test *out)
{
    struct pair_set differences = {.x = sorted_copy(two->x, two->m, scratch),
                                   .y = sorted_copy(two->y, two->n, scratch),
                                   .x_count = two->m,
                                   .y_count = two->n};
    double size = pair_set_size(&differences);
    out->shift = estimate_of(pair_set_median(&differences));
    double ties =
        sorted_tie_sum(differences.x, two->m) + sorted_tie_sum(differences.y, two->n);
    double depth =
        out->is_exact
            ? exact_depth(two, options->level, scratch)
            : rank_test_normal_depth(
                  size, deviation((double)two->m, (double)two->n, ties), options);
    if (depth < 1)
        out->interval = no_interval(depth < 0 ? too_long : too_few);
    else
        out->interval = interval_of(pair_set_at(&differences, depth),
                                    pair_set_at(&differences, size + 1 - depth));
}

void rank_sum_test(const double *x, size_t x_count, const double *y, size_t y_count,
                   const struct rank_options *options, struct arena *scratch,
                   struct rank_test *out)
{
    if (x_count == 0 || y_count == 0) {
        rank_test_refuse("a group has no value", out);
        return;
    }
    struct arena_mark mark = arena_mark(scratch);
    struct two_lists two = {x, y, x_count, y_count};
    double *all = together(&two, options->null, scratch);
    struct ranks ranks = rank_values(all, x_count + y_count, scratch);
    double m = (double)x_count, n = (double)y_count, sum = 0;
    for (size_t i = 0; i < x_count; i++)
        sum += ranks.of[i];
    *out = (struct rank_test){.used = x_count + y_count,
                              .statistic = estimate_of(sum - m * (m + 1) / 2),
                              .z = not_estimable("the test is exact")};
    out->is_exact = options->method == RANK_EXACT ||
                    (options->method == RANK_AUTOMATIC && x_count < EXACT_BELOW &&
                     y_count < EXACT_BELOW && !ranks.has_ties);
    if (out->is_exact)
        test_exactly(&ranks, &two, scratch, out);
    else
        rank_test_normal(out->statistic.value - m * n / 2,
                         deviation(m, n, ranks.tie_sum), options, out);
    if (options->is_test_only)
        rank_test_no_shift(out);
    else
        estimate_shift(&two, options, scratch, out);
    arena_rewind(scratch, mark);
}
