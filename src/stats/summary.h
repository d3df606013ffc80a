#ifndef OSTEON_STATS_SUMMARY_H
#define OSTEON_STATS_SUMMARY_H
/* What a column of numbers is like.
 *
 *   mean, sd        Σx/n;  √(Σ(x - mean)²/(n - 1)), in two passes
 *   interval        mean ± t(n-1) sd/√n
 *   quantile        the nine types of Hyndman and Fan 1996, The American Statistician
 *                   50:361–365; type 7 is the usual one, 2 and 6 are SAS's and SPSS's
 *   mad             1.4826 · median |x - median|
 *   geometric mean  exp of the mean of ln x with its t interval; all x above 0
 * Tested: within 1e-12 of R 4.2.2 (quantile, mean, sd, mad, t.test).
 *
 *     struct sample *sample = sample_sort(values, count, arena);
 *     struct estimate median = sample_quantile(sample, 0.5, 7);
 */
#include "base/arena.h"
#include "stats/estimate.h"

struct sample {
    const double *values; /* rising */
    size_t count;
};

struct summary {
    struct estimate mean, sd, minimum, maximum, mad, geometric_mean;
    struct interval mean_interval, geometric_interval;
};

/* A sorted copy in `arena`; NULL when a value is not finite. */
struct sample *sample_sort(const double *values, size_t count, struct arena *arena);

/* `p` from 0 to 1, `type` 1 … 9. */
struct estimate sample_quantile(const struct sample *sample, double p, int type);

void sample_summary(const struct sample *sample, double level, struct arena *scratch,
                    struct summary *out);

#endif
