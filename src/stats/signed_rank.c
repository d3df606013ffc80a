#include "stats/exact_ranks.h"
#include "stats/pairs.h"
#include "stats/rank.h"
#include "stats/rank_test.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

enum { EXACT_BELOW = 50 };

static const char too_long[] = "the exact distribution would take too long";
static const char too_few[] = "there are too few values for an interval at this level";

struct kept { /* the values that differ from the null */
    double *values, *distances;
    size_t count;
};

static struct kept keep(const double *values, size_t count, double null,
                        struct arena *arena)
{
    struct kept kept = {.values = ARENA_ARRAY(arena, double, count),
                        .distances = ARENA_ARRAY(arena, double, count)};
    for (size_t i = 0; i < count; i++) {
        double away = values[i] - null;
        if (fabs(away) <= 0)
            continue;
        kept.values[kept.count] = values[i];
        kept.distances[kept.count++] = fabs(away);
    }
    return kept;
}

static void test_exactly(const struct ranks *ranks, size_t count, struct arena *scratch,
                         struct rank_test *out)
{
    const struct rank_sums *sums = signed_sums(ranks->of, count, scratch);
    if (sums == NULL) {
        out->p = out->less = out->greater = not_estimable(too_long);
        return;
    }
    double below = rank_sums_up_to(sums, out->statistic.value);
    double above = rank_sums_from(sums, out->statistic.value);
    out->less = estimate_of(below);
    out->greater = estimate_of(above);
    out->p = estimate_of(fmin(1, 2 * fmin(below, above)));
}

/* Without ties the ranks are 1 … n. */
static double exact_depth(size_t count, double level, struct arena *scratch)
{
    double *ranks = ARENA_ARRAY(scratch, double, count);
    for (size_t i = 0; i < count; i++)
        ranks[i] = (double)i + 1;
    const struct rank_sums *sums = signed_sums(ranks, count, scratch);
    return sums == NULL ? -1 : rank_sums_quantile(sums, (1 - level) / 2);
}

static void estimate_shift(const struct kept *kept, const struct rank_options *options,
                           struct arena *scratch, struct rank_test *out)
{
    struct pair_set averages = {.x = sorted_copy(kept->values, kept->count, scratch),
                                .x_count = kept->count};
    double size = pair_set_size(&averages), n = (double)kept->count;
    out->shift = estimate_of(pair_set_median(&averages));
    double ties = sorted_tie_sum(averages.x, kept->count);
    double depth =
        out->is_exact
            ? exact_depth(kept->count, options->level, scratch)
            : rank_test_normal_depth(
                  size, sqrt(n * (n + 1) * (2 * n + 1) / 24 - ties / 48), options);
    if (depth < 1)
        out->interval = no_interval(depth < 0 ? too_long : too_few);
    else
        out->interval = interval_of(pair_set_at(&averages, depth),
                                    pair_set_at(&averages, size + 1 - depth));
}

void signed_rank_test(const double *values, size_t count,
                      const struct rank_options *options, struct arena *scratch,
                      struct rank_test *out)
{
    struct arena_mark mark = arena_mark(scratch);
    struct kept kept = keep(values, count, options->null, scratch);
    if (kept.count == 0) {
        rank_test_refuse(
            count == 0 ? "there is no value" : "no value differs from the null", out);
        return;
    }
    *out = (struct rank_test){.used = kept.count};
    struct ranks ranks = rank_values(kept.distances, kept.count, scratch);
    double v = 0, n = (double)kept.count;
    for (size_t i = 0; i < kept.count; i++)
        v += kept.values[i] > options->null ? ranks.of[i] : 0;
    out->statistic = estimate_of(v);
    out->is_exact = options->method == RANK_EXACT ||
                    (options->method == RANK_AUTOMATIC && kept.count < EXACT_BELOW &&
                     kept.count == count && !ranks.has_ties);
    out->z = not_estimable("the test is exact");
    if (out->is_exact)
        test_exactly(&ranks, kept.count, scratch, out);
    else
        rank_test_normal(v - n * (n + 1) / 4,
                         sqrt(n * (n + 1) * (2 * n + 1) / 24 - ranks.tie_sum / 48),
                         options, out);
    if (options->is_test_only)
        rank_test_no_shift(out);
    else
        estimate_shift(&kept, options, scratch, out);
    arena_rewind(scratch, mark);
}
