#ifndef OSTEON_STATS_TREND_H
#define OSTEON_STATS_TREND_H
/* Does a proportion rise or fall over ordered groups? (Cochran-Armitage)
 *
 * Of groups with x of n events and score s, N = Σ n, p = Σ x / N:
 *   T = Σ s (x - n p);  V = p (1 - p) (Σ n s² - (Σ n s)²/N);  chi-square T²/V, 1 df;
 *   z = T/√V, above 0 when the proportion rises with the score
 * Armitage 1955, Biometrics 11:375-386. Not estimable: with nobody, without two groups of
 * different score, or when nobody or everybody has the event.
 * Tested: within 1e-12 of R 4.2.2 (prop.trend.test).
 */
#include "stats/estimate.h"

struct trend {
    struct estimate chi_square, z, p;
};

void proportion_trend(const double *events, const double *totals, const double *scores,
                      size_t count, struct trend *out);

#endif
