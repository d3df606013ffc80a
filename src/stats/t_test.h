#ifndef OSTEON_STATS_T_TEST_H
#define OSTEON_STATS_T_TEST_H
/* Means: of one sample, of pairs (their differences), of two samples.
 *
 *   one      t = (mean - null)/(sd/√n), n - 1 degrees of freedom
 *   pooled   t = (difference - null)/√(s²(1/n1 + 1/n2)), n1 + n2 - 2; s² the pooled variance
 *   Welch    t = (difference - null)/√(v1 + v2), v = sd²/n; degrees of freedom
 *            (v1 + v2)²/(v1²/(n1-1) + v2²/(n2-1)): Welch 1947, Biometrika 34:28-35
 *   interval estimate ± t · error
 * Means and squares are summed in two passes, in the order of the input.
 * Not estimable: below two values (pooled: below three in all, one in each); where the
 * values do not vary, the t and p, not the estimate.
 * Tested: within 1e-12 of R 4.2.2 (t.test).
 */
#include "stats/estimate.h"

struct moments {
    double n, mean, variance; /* variance: of n - 1; 0 for fewer than two */
};

struct moments moments_of(const double *values, size_t count);

struct t_test {
    struct estimate estimate; /* the mean, or the first mean less the second */
    struct estimate error, t, df;
    struct interval interval;
    struct estimate p, less, greater;
};

void t_test_one(const struct moments *sample, double null, double level,
                struct t_test *out);
void t_test_pooled(const struct moments *first, const struct moments *second,
                   double null, double level, struct t_test *out);
void t_test_welch(const struct moments *first, const struct moments *second,
                  double null, double level, struct t_test *out);

#endif
