#ifndef OSTEON_STATS_SEVERAL_GROUPS_H
#define OSTEON_STATS_SEVERAL_GROUPS_H
/* Do several groups have the same level?
 *
 *   Kruskal-Wallis  H = (12/(N(N+1)) Σ R²/n - 3(N+1)) / (1 - Σ(t³-t)/(N³-N)), chi-square with
 *                   k - 1 degrees of freedom: 1952, JASA 47:583-621
 *   ANOVA           F = (between/(k-1))/(within/(N-k)), one way
 *   Welch           F for unequal variances: Welch 1951, Biometrika 38:330-336
 * Groups without a value do not count. Not estimable: fewer than two groups; all values
 * tied; for F no spread within, or no degree of freedom; for Welch a group of one value or
 * without spread. Tested: within 1e-12 of R 4.2.2 (kruskal.test, oneway.test).
 */
#include "base/arena.h"
#include "stats/estimate.h"

#include <stdint.h>

struct grouped_values {
    const double *values;
    const uint32_t *groups; /* of each value, below group_count */
    size_t count, group_count;
};

struct several_groups {
    struct estimate h, h_df, h_p;
    struct estimate f, between_df, within_df, f_p;
    struct estimate welch_f, welch_df, welch_p; /* welch_df: the second */
};

void several_groups_test(const struct grouped_values *data, struct arena *scratch,
                         struct several_groups *out);

#endif
