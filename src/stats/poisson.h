#ifndef OSTEON_STATS_POISSON_H
#define OSTEON_STATS_POISSON_H
/* Counts over an exposure: a rate, and the ratio of two.
 *
 *   rate      x/T; exact limits χ²(a/2; 2x)/2T and χ²(1-a/2; 2x+2)/2T, a = 1 - level
 *             (Garwood 1936, Biometrika 28:437-442); the lower is 0 at x = 0
 *   midp      limits where P(beyond x) + ½ P(x) = a/2
 *   test      of a null rate: two-sided sums the counts at most as probable as x, within
 *             1e-7, as poisson.test of R
 *   ratio     (x1/T1)/(x2/T2); given x1 + x2, x1 is binomial with p = ρT1/(ρT1 + T2): its
 *             Clopper-Pearson limits, and the exact test of ρ
 * Not estimable: without exposure; the ratio with x2 = 0 (its upper limit is infinite); both
 * limits and the test without a single event.
 * Tested: within 1e-12 of R 4.2.2 (poisson.test), mid-P by putting it back.
 */
#include "stats/estimate.h"

#include <stdint.h>

struct poisson_sample {
    int64_t events;
    double exposure; /* above 0: needle-hours, person-years */
};

struct poisson_rate {
    struct estimate rate;
    struct interval exact, midp;
    struct estimate two_sided, less, greater;
};

/* `null` is a rate; NaN: no test. */
void poisson_rate(const struct poisson_sample *sample, double null, double level,
                  struct poisson_rate *out);

struct poisson_ratio {
    struct estimate ratio;
    struct interval exact;
    struct estimate two_sided, less, greater;
};

void poisson_ratio(const struct poisson_sample *first,
                   const struct poisson_sample *second, double null, double level,
                   struct poisson_ratio *out);

#endif
