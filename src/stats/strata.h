#ifndef OSTEON_STATS_STRATA_H
#define OSTEON_STATS_STRATA_H
/* Several fourfold tables, one a stratum: one measure for all of them (Mantel-Haenszel).
 *
 * In stratum i with cells a b c d (stats/two_by_two.h), n = a + b + c + d:
 *   odds_ratio       Σ ad/n / Σ bc/n; variance of its logarithm by Robins, Breslow,
 *                    Greenland 1986, Biometrics 42:311-323
 *   risk_ratio       Σ a n2/n / Σ c n1/n; variance of its logarithm by Greenland, Robins
 *                    1985, Biometrics 41:55-68
 *   risk_difference  Σ (a n2 - c n1)/n / Σ n1 n2/n; variance by Sato 1989, Biometrics
 *                    45:1323-1324
 *   test             (|Σ (a - E)| - δ)²/Σ V, with E = n1 m1/n, V = n1 n2 m1 m2/(n²(n-1)), 1
 *                    degree of freedom; δ = 0, corrected: ½, where |Σ (a - E)| is no less
 *   breslow_day      Σ (a - ã)²/Ṽ with ã the count at the common odds ratio; one degree of
 *                    freedom less than strata with both outcomes; with Tarone's correction
 * Strata with an empty group, or of one person, add nothing. Not estimable: a ratio with 0
 * below it or above it, the test when no stratum can vary.
 * Tested: odds ratio, its interval and the test within 1e-12 of R 4.2.2 (mantelhaen.test);
 * the others against their formulas worked out in R.
 */
#include "stats/two_by_two.h"

struct strata {
    struct estimate odds_ratio, risk_ratio, risk_difference;
    struct interval odds_interval, ratio_interval, difference_interval;
    struct chi_square test, corrected;
    struct chi_square breslow_day, tarone;
    size_t heterogeneity_df;
    size_t used; /* strata with somebody in both groups */
};

void strata_combine(const struct two_by_two *tables, size_t count, double level,
                    struct strata *out);

#endif
