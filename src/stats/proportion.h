#ifndef OSTEON_STATS_PROPORTION_H
#define OSTEON_STATS_PROPORTION_H
/* x events among n: the proportion, its intervals, and the exact test of a null.
 *
 *     struct proportion first;
 *     proportion_estimate(&(struct proportion_input){.events = 47, .total = 52,
 *                                                    .level = 0.95}, &first);
 *
 * With z the normal quantile, p = x/n, a = 1 - level:
 *   wilson           (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n)      Wilson 1927
 *   clopper_pearson  beta quantiles: a/2 of (x, n-x+1), 1-a/2 of (x+1, n-x)  1934
 *   wilson_cc        Wilson around p ± c/n, c = min(½, |x - n/2|), as prop.test of R
 *   agresti_coull    p' ± z √(p'(1-p')/n'), n' = n + z², p' = (x + z²/2)/n'; not clipped
 *   wald             p ± z √(p(1-p)/n), not clipped: to show why it is not used
 *   jeffreys         beta quantiles of (x+½, n-x+½); 0 at x = 0, 1 at x = n
 *   midp             limits where P(beyond x) + ½ P(x) = a/2
 *   one_sided        Clopper–Pearson bounds, each of its own at the whole level
 * Brown, Cai, DasGupta 2001, Statistical Science 16:101–133.
 * The two-sided p sums the outcomes that are at most as probable as the observed one,
 * within 1e-7, as binom.test of R.
 * Tested: within 1e-12 of R 4.2.2 (mid-P 1e-10), and the table of the protocol.
 */
#include "stats/estimate.h"

#include <stdint.h>

struct proportion_input {
    int64_t events, total; /* 0 <= events <= total */
    double level;          /* 0 < level < 1 */
    double null;           /* 0 <= null <= 1; NaN: no test */
};

struct proportion {
    struct estimate estimate;
    struct interval wilson, clopper_pearson, wilson_cc, agresti_coull, wald, jeffreys,
        midp, one_sided;
    struct estimate p_two_sided, p_less, p_greater; /* without a null: not estimable */
};

/* Outside the domain, and for a total of 0, every result is not estimable. */
void proportion_estimate(const struct proportion_input *input, struct proportion *out);

#endif
