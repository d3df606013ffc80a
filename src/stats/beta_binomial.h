#ifndef OSTEON_STATS_BETA_BINOMIAL_H
#define OSTEON_STATS_BETA_BINOMIAL_H
/* What is believed of a proportion after x of n events, from a beta prior; and how likely a
 * success at the planned end is.
 *
 * Prior Beta(a, b); posterior Beta(A, B), A = a + x, B = b + n - x.
 *   mean, sd     A/(A+B), √(AB/((A+B)²(A+B+1)))
 *   equal_tails  quantiles (1-level)/2 and 1-(1-level)/2
 *   densest      the shortest interval of the level, where the density is equal at both ends
 *   above        P(p > null)
 *   needed       the smallest number s of events among `planned` that can still come, with
 *                P(p > null | Beta(a + s, b + planned - s)) above `threshold`
 *   predictive   P(s reaches it), s - x beta-binomial of planned - n, A, B
 * Spiegelhalter, Abrams, Myles 2004, chapters 3 and 6; Lee and Liu 2008, Clinical Trials
 * 5:93-106. Not estimable: outside the domain; the densest interval where the posterior has
 * no single peak (A and B at most 1); needed when no s that can still come is enough (its
 * probability is 0 then).
 * Tested: within 1e-12 of R 4.2.2 (densest 1e-6, whose own search is loose).
 */
#include "stats/estimate.h"

#include <stdint.h>

struct beta_input {
    int64_t events, total, planned; /* planned 0: no prediction */
    double prior_a, prior_b;        /* above 0 */
    double null, threshold, level;
};

struct beta_binomial {
    struct estimate mean, sd, median, above;
    struct interval equal_tails, densest;
    struct estimate needed, predictive;
};

void beta_binomial_update(const struct beta_input *input, struct beta_binomial *out);

#endif
