#ifndef OSTEON_STATS_MCNEMAR_H
#define OSTEON_STATS_MCNEMAR_H
/* Pairs with a yes or no in each half: is yes as frequent first as second?
 *
 *                  second yes   second no
 *     first yes        n11         n12
 *     first no         n21         n22         n = n11 + n12 + n21 + n22
 *
 *   chi_square   (n12 - n21)²/(n12 + n21), 1 degree of freedom
 *   corrected    (|n12 - n21| - 1)²/(n12 + n21); 0 when the two are equal
 *   exact        two-sided binomial test of n12 of n12 + n21 with ½
 *   midp         exact less the probability of n12
 *   difference   (n12 - n21)/n ± z √(n12 + n21 - (n12 - n21)²/n)/n (Wald)
 *   odds_ratio   n12/n21; limits p/(1 - p) of the Clopper-Pearson limits p of n12
 * McNemar 1947, Psychometrika 12:153-157; Fagerland 2013, BMC Med Res Methodol 13:91.
 * Not estimable: the tests and odds without a pair that differs; the odds ratio when n21
 * is 0. Tested: within 1e-12 of R 4.2.2 (mcnemar.test, binom.test).
 */
#include "stats/two_by_two.h"

struct mcnemar {
    struct chi_square chi_square, corrected;
    struct estimate exact, midp, difference, odds_ratio;
    struct interval difference_interval, odds_interval;
};

/* a = n11, b = n12, c = n21, d = n22 */
void mcnemar_test(const struct two_by_two *pairs, double level, struct mcnemar *out);

#endif
