#ifndef OSTEON_STATS_AGREEMENT_H
#define OSTEON_STATS_AGREEMENT_H
/* How far two raters agree who each say yes or no of the same n things.
 *
 * With p_ij the parts of the table, p_i. and p_.j its margins, a = p_11 + p_22:
 *   kappa   (a - e)/(1 - e), e = Σ p_i. p_.i (Cohen 1960); its variance that of Fleiss, Cohen
 *           and Everitt 1969, Psychological Bulletin 72:323-327, not that under no agreement
 *   ac1     (a - g)/(1 - g), g = 2 q (1 - q), q the mean of p_1. and p_.1; it stays near a
 *           where nearly all say the same; variance of Gwet 2008, British Journal of
 *           Mathematical and Statistical Psychology 61:29-48, of two raters
 *   interval  ± z √variance, within -1 and 1
 * Not estimable: without a thing to rate; kappa when both raters say one thing alone.
 * Tested: within 1e-12 of R 4.2.2, the errors by linearisation over the things rated.
 */
#include "stats/two_by_two.h"

struct agreement {
    struct estimate observed, kappa, ac1;
    struct interval kappa_interval, ac1_interval;
};

/* a: both yes, b: the first alone, c: the second alone, d: both no */
void agreement_of(const struct two_by_two *table, double level, struct agreement *out);

#endif
