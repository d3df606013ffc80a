#ifndef OSTEON_STATS_EFFECT_SIZE_H
#define OSTEON_STATS_EFFECT_SIZE_H
/* How far two samples are apart, in standard deviations.
 *
 *   cohen_d       (mean1 - mean2)/s, s² the pooled variance
 *   correction    J = Γ(m/2)/(√(m/2) Γ((m-1)/2)), m = n1 + n2 - 2
 *   hedges_g      J d; variance 1/n1 + 1/n2 + g²/(2(n1 + n2)); interval g ± z √variance
 *   standardised  (mean1 - mean2)/√((v1 + v2)/2): of a baseline table; for proportions with
 *                 v = p(1 - p)
 * Hedges 1981, Journal of Educational Statistics 6:107-128; Austin 2009, Statistics in
 * Medicine 28:3083-3107. Not estimable: below two values in a group, and where nothing
 * varies. Tested: within 1e-12 of metafor 3.8-1 of R (escalc).
 */
#include "stats/t_test.h"

struct effect_size {
    struct estimate cohen_d, correction, hedges_g, hedges_variance, standardised;
    struct interval hedges_interval;
};

void effect_size_of(const struct moments *first, const struct moments *second,
                    double level, struct effect_size *out);

#endif
