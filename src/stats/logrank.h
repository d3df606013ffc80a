#ifndef OSTEON_STATS_LOGRANK_H
#define OSTEON_STATS_LOGRANK_H
/* Are the curves of groups the same? The log-rank test and its weighted kin.
 *
 * At each time t with d events among n at risk, n_g of them of group g, weighted by
 * w = S(t-)^rho of all together (rho 0: log-rank; 1: Peto and Peto's; G-rho of Harrington
 * and Fleming 1982, Biometrika 69:553-566):
 *   observed  O_g = Σ w d_g;   expected  E_g = Σ w d n_g/n
 *   variance  V_gh = Σ w² d (n - d)/(n - 1) · n_g/n (1{g = h} - n_h/n)
 *   chi²      (O - E)' V⁻ (O - E), one degree of freedom less than groups that were ever
 *             at risk of an event
 *   trend     (Σ s_g (O_g - E_g))² / s'Vs, one degree; s are the groups' scores
 * In strata the sums are of each stratum's own n, S and d. Mantel 1966; Peto and Peto 1972.
 * Times are tied when they are equal, exactly. Tested: within 1e-12 of survival 3.5-3 of R.
 * Not estimable: without an event, or when only one group was at risk of one.
 * Time grows with the count, and with events × groups².
 */
#include "base/arena.h"
#include "stats/estimate.h"

#include <stdint.h>

struct logrank_input {
    const double *times; /* finite, at least 0 */
    const bool *is_event;
    const uint32_t *groups; /* below `group_count` */
    const uint32_t *strata; /* below `stratum_count`; NULL: one */
    size_t count, group_count, stratum_count;
    double rho;
    const double *scores; /* one a group, for the trend; NULL: 0, 1, 2, … */
};

struct logrank {
    size_t *members;             /* one a group, as the next three */
    double *events;              /* not weighted */
    double *observed, *expected; /* weighted */
    double *variance;            /* group_count × group_count */
    struct estimate chi2, p, trend_chi2, trend_p;
    size_t degrees;
};

/* The arrays are in `arena`. */
void logrank_test(const struct logrank_input *input, struct arena *arena,
                  struct logrank *out);

#endif
