#ifndef OSTEON_STATS_MEDIAN_H
#define OSTEON_STATS_MEDIAN_H
/* A median and how sure it is, whatever the distribution; and the sign test.
 *
 *   interval   x_(k) and x_(n+1-k) of the sorted values, k the largest number with
 *              P(B < k) at most (1 - level)/2, B binomial of n and ½
 *   achieved   1 - 2 P(B < k), at least the level
 *   sign test  values above the null among those that differ from it, against ½, exactly
 * Conover 1999, Practical Nonparametric Statistics, 3.2 and 3.4.
 * Not estimable: without a value; the interval of so few that even the ends do not reach the
 * level. Tested: against tables of the binomial distribution, and binom.test of R 4.2.2.
 */
#include "stats/summary.h"

struct median {
    struct estimate median, achieved;
    struct interval interval;
};

void median_estimate(const struct sample *sample, double level, struct median *out);

struct sign_test {
    size_t above, below, equal;
    struct estimate p, less, greater;
};

void sign_test(const double *values, size_t count, double null, struct sign_test *out);

#endif
