#ifndef OSTEON_STATS_SINGLE_ARM_H
#define OSTEON_STATS_SINGLE_ARM_H
/* One arm, an event or none, against a null proportion: exact sizes, in one stage or two.
 *
 * One stage (p1 above p0): reject when x ≥ c, c the smallest with P(X ≥ c | p0) ≤ α; power
 * P(X ≥ c | p1). Power saws up and down with n: `first` is the first n with the power,
 * `lasting` the n from which all have it, as far as was searched.
 * Two stages (Simon 1989, Controlled Clinical Trials 10:1-10): stop for futility when x1 ≤
 * r1 of n1, else go on to n and reject when x > r. Among all designs up to n_most that hold
 * α and power, `optimal` has the least expected number under p0, `minimax` the least n.
 *   EN0 = n1 + (1 - PET0)(n - n1), PET0 = P(X1 ≤ r1 | p0)
 * Interval width: the first n whose Clopper-Pearson (or Wilson) interval at x = n p, rounded
 * half to even, is no wider.
 * Not estimable: outside the domain; when no n up to the most is enough.
 * Tested: the published designs of Simon; 1e-12 of R 4.2.2 (pbinom, qbeta).
 */
#include "base/arena.h"
#include "stats/estimate.h"

#include <stdint.h>

struct single_arm {
    double null, alternative, alpha, power; /* alternative above null */
};

struct single_stage { /* of one n */
    struct estimate critical, alpha, power;
};

void single_stage_at(const struct single_arm *arm, int64_t n, struct single_stage *out);

struct size_found {
    struct estimate first, lasting;
};

void single_stage_size(const struct single_arm *arm, int64_t most,
                       struct size_found *out);

struct two_stage {
    bool is_found;
    int64_t r1, n1, r, n;
    double expected, stopping, alpha, power; /* expected, stopping: under the null */
};

enum { TWO_STAGE_MOST = 250 };

/* Fills both; the reason why there is none, or NULL. */
const char *two_stage_find(const struct single_arm *arm, int64_t most,
                           struct arena *scratch, struct two_stage *optimal,
                           struct two_stage *minimax);

/* The first n, up to `most`, whose interval at p is no wider than `width`. */
void interval_width_size(double p, double width, double level, bool is_wilson,
                         int64_t most, struct size_found *out);

#endif
