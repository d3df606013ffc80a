#ifndef OSTEON_STATS_TWO_BY_TWO_H
#define OSTEON_STATS_TWO_BY_TWO_H
/* Two groups, an event or none: the four cells
 *
 *                event   no event
 *     group 1      a         b        n1 = a + b, p1 = a/n1
 *     group 2      c         d        n2 = c + d, p2 = c/n2
 *
 *   rd              p1 - p2
 *   rd_wald         ± z √(p1 q1/n1 + p2 q2/n2), not clipped: for display
 *   rd_newcombe     square-and-add of the two Wilson intervals: Newcombe 1998, Statistics in
 *                   Medicine 17:873-890, method 10
 *   rd_miettinen_nurminen  where the score statistic, with the variance under the restricted
 *                   maximum likelihood times N/(N-1), is ±z: 1985, Statistics in Medicine
 *                   4:213-226
 *   rr, rr_katz     p1/p2; exp(ln rr ± z √(1/a - 1/n1 + 1/c - 1/n2)): Katz 1978
 *   or, or_woolf    ad/bc; exp(ln or ± z √(1/a + 1/b + 1/c + 1/d)): Woolf 1955
 *   or_haldane      the same with ½ added to each cell: Haldane 1956, Anscombe 1956
 *   chisq           Σ (O - E)²/E, 1 degree of freedom; Yates: |O - E| less ½ (at most |O - E|)
 * The conditional odds ratio and Fisher's test: stats/fisher.h.
 * Shape: cells are counts from 0. Not estimable: anything when a group is empty; a ratio
 * with 0 below it, and its interval with a 0 in a cell that it divides by; chi-square when
 * nobody or everybody has the event.
 * Tested: within 1e-12 of R 4.2.2 (Miettinen-Nurminen 1e-9, against a closed cubic).
 */
#include "stats/estimate.h"

#include <stdint.h>

struct two_by_two {
    int64_t a, b, c, d;
};

struct chi_square {
    struct estimate statistic, p;
};

struct two_by_two_measures {
    struct estimate p1, p2, risk_difference, risk_ratio, odds_ratio, haldane;
    struct interval rd_wald, rd_newcombe, rd_miettinen_nurminen;
    struct interval rr_katz, or_woolf, or_haldane;
    struct chi_square chi_square, yates;
};

/* Why the table and level have no measure at all; NULL when they have. */
const char *two_by_two_fault(const struct two_by_two *table, double level);

void two_by_two_measure(const struct two_by_two *table, double level,
                        struct two_by_two_measures *out);

#endif
