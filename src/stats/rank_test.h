#ifndef OSTEON_STATS_RANK_TEST_H
#define OSTEON_STATS_RANK_TEST_H
/* Wilcoxon's tests: signed ranks of one sample or of pairs' differences, rank sums of two
 * samples (Mann-Whitney), each with the shift of Hodges and Lehmann.
 *
 * One sample x, of which those equal to the null are left out; n others, M = n(n+1)/2:
 *   statistic V   the ranks of |x - null| where x is above it, summed
 *   normal        mean M/2, variance n(n+1)(2n+1)/24 - Σ(t³-t)/48
 *   estimate      the median of the M averages (x_i + x_j)/2, i ≤ j
 * Two samples x, y of m and n; N = m + n, M = mn:
 *   statistic W   the ranks of x among all, summed, less m(m+1)/2
 *   normal        mean M/2, variance mn/12 ((N+1) - Σ(t³-t)/(N(N-1)))
 *   estimate      the median of the M differences x_i - y_j
 * Automatic, as wilcox.test of R: exact when there are no ties, and nothing left out, and
 * fewer than 50 in each sample; else normal, corrected by ½. Exact with ties by the shift
 * algorithm (stats/exact_ranks.h): signed ranks double the smaller tail; rank sums, whose
 * distribution is not even then, add what is as far from its mean on the other side, as
 * exactRankTests of R.
 * Interval: the k-th average or difference from both ends. Exact: k the quantile of the
 * distribution without ties (Hollander and Wolfe 1999, 3.3 and 4.3). Normal: the k at which
 * the statistic of the shifted sample is z; ties within a sample count. These are the
 * numbers that a root finder comes near to.
 * Not estimable: without a value; the interval when even the farthest average or difference
 * does not reach the level; exact when it would take too long.
 * Time n log n. Tested: within 1e-12 of R 4.2.2 and exactRankTests 0.8-35.
 */
#include "base/arena.h"
#include "stats/estimate.h"

enum rank_method { RANK_AUTOMATIC, RANK_EXACT, RANK_NORMAL };

struct rank_options {
    enum rank_method method;
    bool is_uncorrected; /* normal without ½ */
    bool is_test_only;   /* without the shift, which takes longer than the test */
    double null;         /* of the shift */
    double level;
};

struct rank_test {
    size_t used; /* values that counted */
    bool is_exact;
    struct estimate statistic, z, p, less, greater; /* z: not estimable when exact */
    struct estimate shift;
    struct interval interval;
};

/* Values are finite. */
void signed_rank_test(const double *values, size_t count,
                      const struct rank_options *options, struct arena *scratch,
                      struct rank_test *out);
void rank_sum_test(const double *x, size_t x_count, const double *y, size_t y_count,
                   const struct rank_options *options, struct arena *scratch,
                   struct rank_test *out);

/* --- shared by the two ---------------------------------------------------------------- */

void rank_test_refuse(const char *reason, struct rank_test *out);
void rank_test_no_shift(struct rank_test *out);
/* The normal p of a statistic that lies `away` from its mean. */
void rank_test_normal(double away, double sd, const struct rank_options *options,
                      struct rank_test *out);
/* How many averages or differences, of `size`, to count from both ends: 0 for none. */
double rank_test_normal_depth(double size, double sd,
                              const struct rank_options *options);

#endif
