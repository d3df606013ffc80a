#ifndef OSTEON_STATS_EXACT_RANKS_H
#define OSTEON_STATS_EXACT_RANKS_H
/* The exact distribution of a sum of ranks, tied or not, by the shift algorithm: ranks are
 * added one after the other to the list of all sums (Streitberg and Röhmel 1986,
 * Statistical Software Newsletter 12:10-17). Tied ranks are halves, so all is counted in
 * half ranks. Written anew instead of libRmath's, whose tables are shared by all threads.
 *
 *   signed_sums   each rank is in the sum or not, with ½ each
 *   subset_sums   the sum of m of the n ranks, each choice as likely
 * Probabilities are good to about n times the rounding of a double. NULL when the table
 * would need more than a thousand million steps.
 */
#include "base/arena.h"

struct rank_sums {
    const double *density; /* of the sum k/2, k from 0 to count - 1 */
    size_t count;
};

struct rank_sums *signed_sums(const double *ranks, size_t count, struct arena *arena);
struct rank_sums *subset_sums(const double *ranks, size_t count, size_t taken,
                              struct arena *arena);

/* P(sum ≤ at), P(sum ≥ at). */
double rank_sums_up_to(const struct rank_sums *sums, double at);
double rank_sums_from(const struct rank_sums *sums, double at);

/* The smallest sum with P(sum ≤ it) at least p, within a few last bits. */
double rank_sums_quantile(const struct rank_sums *sums, double p);

#endif
