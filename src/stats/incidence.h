#ifndef OSTEON_STATS_INCIDENCE_H
#define OSTEON_STATS_INCIDENCE_H
/* Cumulative incidence of one cause beside others that compete with it.
 *
 * With S the Kaplan–Meier curve of all causes together, n at risk, d of all and d_c of the
 * cause at time t:
 *   F_c(t) = Σ S(s-) d_c/n   (Aalen and Johansen 1978)
 *   variance "aalen": that of Aalen's estimator by the delta method, with (n - d)/(n - 1) at
 *            ties, as cuminc of cmprsk
 *   variance "jackknife": Σ over people of (∂F/∂weight)², the infinitesimal jackknife, as the
 *            multistate survfit of survival; the two differ on purpose
 *   interval F^exp(±z se/(F ln F)) of the first, on the log-log scale of F
 * Gray's test compares a cause between k groups by its subdistribution (Gray 1988, Annals of
 * Statistics 16:1141-1154), weighted by (1 - F)^rho; in strata the sums are of each.
 * Ties are exact; at one time events come before censorings.
 * Tested: within 1e-10 of cmprsk 2.2-11 and survival 3.5-3 of R. Time grows with the count.
 * Not estimable: beyond the last time; Gray's test without an event of the cause, or when
 * fewer than two groups were at risk of one.
 */
#include "base/arena.h"
#include "stats/estimate.h"

#include <stdint.h>

struct incidence_input {
    const double *times;    /* finite, at least 0 */
    const uint32_t *causes; /* 0: censored */
    size_t count;
    uint32_t cause; /* the one that is looked at */
};

struct incidence_curve; /* in an arena */

/* NULL when a time is negative or not finite. */
struct incidence_curve *incidence_fit(const struct incidence_input *input,
                                      struct arena *arena);

struct incidence_at {
    struct estimate incidence, aalen_variance, jackknife_error;
    struct interval interval;
};
void incidence_at(const struct incidence_curve *curve, double time, double level,
                  struct incidence_at *out);

struct gray_input {
    const double *times;
    const uint32_t *causes;
    const uint32_t *groups; /* below `group_count` */
    const uint32_t *strata; /* NULL: one */
    size_t count, group_count, stratum_count;
    uint32_t cause;
    double rho;
};

struct gray_test {
    struct estimate chi2, p;
    size_t degrees;
};
void gray_test(const struct gray_input *input, struct arena *arena,
               struct gray_test *out);

#endif
