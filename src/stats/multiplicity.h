#ifndef OSTEON_STATS_MULTIPLICITY_H
#define OSTEON_STATS_MULTIPLICITY_H
/* Adjusted p-values of a family of m hypotheses: each is the smallest level at which the
 * procedure rejects it. p(1) ≤ … ≤ p(m); every result is at most 1.
 *
 *   bonferroni  m p
 *   holm        the largest (m - i + 1) p(i) so far             Holm 1979, Scand J Stat 6:65-70
 *   hochberg    the smallest (m - i + 1) p(i) from here on      1988, Biometrika 75:800-802
 *   hommel      by closed testing with Simes' test              1988, Biometrika 75:383-386
 *   BH          the smallest m p(i)/i from here on              1995, JRSS B 57:289-300
 *   BY          the same times Σ 1/i, for any dependence        2001, Ann Stat 29:1165-1188
 *   fixed       the largest p so far, in the order given        Maurer 1995
 * The first four and `fixed` hold the family's error, BH and BY the false discovery rate.
 * Tested: within 1e-12 of R 4.2.2 (p.adjust); `fixed` by hand.
 */
#include "base/arena.h"

enum multiplicity {
    MULTIPLICITY_BONFERRONI,
    MULTIPLICITY_HOLM,
    MULTIPLICITY_HOCHBERG,
    MULTIPLICITY_HOMMEL,
    MULTIPLICITY_BH,
    MULTIPLICITY_BY,
    MULTIPLICITY_FIXED,
    MULTIPLICITY_COUNT
};

/* Each p is from 0 to 1; `out` has room for as many. Hommel takes count² steps. */
void multiplicity_adjust(const double *p, size_t count, enum multiplicity method,
                         struct arena *scratch, double *out);

#endif
