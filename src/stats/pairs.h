#ifndef OSTEON_STATS_PAIRS_H
#define OSTEON_STATS_PAIRS_H
/* The k-th of all sums or differences of two of n values, without making them all.
 *
 * Walsh averages (x_i + x_j)/2 with i ≤ j, n(n+1)/2 of them; differences x_i - y_j, m n of
 * them. How many are at most v is counted in one walk over the sorted values; v is found by
 * halving the range of the doubles' bits: at most 64 walks, and the result is one of the
 * averages or differences to the last bit, not a root nearby.
 */
#include <stddef.h>

struct pair_set {
    const double *x, *y; /* rising; y NULL: Walsh averages of x */
    size_t x_count, y_count;
};

double pair_set_size(const struct pair_set *pairs);

/* `rank` from 1 to the size. */
double pair_set_at(const struct pair_set *pairs, double rank);

double pair_set_median(const struct pair_set *pairs);

#endif
