#include "stats/exact_ranks.h"

#include <float.h>
#include <math.h>

#define STEPS_MOST 1e9

static size_t halves(double rank)
{
    return (size_t)(2 * rank + 0.5);
}

static struct rank_sums *sums_of(const double *density, size_t count,
                                 struct arena *arena)
{
    struct rank_sums *sums = ARENA_NEW(arena, struct rank_sums);
    *sums = (struct rank_sums){density, count};
    return sums;
}

struct rank_sums *signed_sums(const double *ranks, size_t count, struct arena *arena)
{
    double n = (double)count, most = n * (n + 1); /* half ranks */
    if (most * n > STEPS_MOST)
        return NULL;
    double *density = ARENA_ARRAY(arena, double, (size_t)most + 1);
    density[0] = 1;
    size_t reached = 0;
    for (size_t i = 0; i < count; i++) {
        size_t step = halves(ranks[i]);
        reached += step;
        for (size_t k = reached + 1; k-- > 0;)
            density[k] = (density[k] + (k >= step ? density[k - step] : 0)) / 2;
    }
    return sums_of(density, (size_t)most + 1, arena);
}

/* Sums of m ranks are counted as shares of all choices of m of the ranks so far: of i ranks
 * the last one is in a choice of m with the probability m/i, so that nothing overflows. */
struct rank_sums *subset_sums(const double *ranks, size_t count, size_t taken,
                              struct arena *arena)
{
    double n = (double)count, m = (double)taken;
    size_t most = (size_t)(m * (2 * n - m + 1)) + 2; /* half ranks */
    if ((double)most * m * n > STEPS_MOST)
        return NULL;
    double *table = ARENA_ARRAY(arena, double, arena_product(taken + 1, most));
    table[0] = 1;
    for (size_t i = 1; i <= count; i++) {
        size_t step = halves(ranks[i - 1]);
        for (size_t of = i < taken ? i : taken; of > 0; of--) {
            double *row = table + of * most;
            const double *before = row - most;
            double in = (double)of / (double)i;
            for (size_t k = 0; k < most; k++)
                row[k] = (1 - in) * row[k] + (k >= step ? in * before[k - step] : 0);
        }
    }
    return sums_of(table + taken * most, most, arena);
}

double rank_sums_up_to(const struct rank_sums *sums, double at)
{
    double sum = 0;
    if (at < 0)
        return 0;
    for (size_t k = 0; k < sums->count && k <= halves(at); k++)
        sum += sums->density[k];
    return fmin(1, sum);
}

double rank_sums_from(const struct rank_sums *sums, double at)
{
    double sum = 0;
    for (size_t k = sums->count; k-- > 0 && (at <= 0 || k >= halves(at));)
        sum += sums->density[k];
    return fmin(1, sum);
}

double rank_sums_quantile(const struct rank_sums *sums, double p)
{
    double sum = 0;
    for (size_t k = 0; k < sums->count; k++) {
        sum += sums->density[k];
        if (sum >= p * (1 - 64 * DBL_EPSILON))
            return (double)k / 2;
    }
    return (double)(sums->count - 1) / 2;
}
