#ifndef OSTEON_STATS_CORRELATION_H
#define OSTEON_STATS_CORRELATION_H
/* How two columns go together.
 *
 *   pearson    Σ(x-x̄)(y-ȳ)/√(Σ(x-x̄)² Σ(y-ȳ)²); p by t = r√((n-2)/(1-r²)), n - 2 degrees of
 *              freedom; interval tanh(artanh r ± z/√(n-3)), of four pairs or more
 *   spearman   the same of the ranks, with that t: approximate
 * Fisher 1921, Metron 1:3-32. Not estimable: fewer than three pairs, or a column that does
 * not vary. Tested: within 1e-12 of R 4.2.2 (cor.test; cor of ranks).
 */
#include "base/arena.h"
#include "stats/estimate.h"

struct correlation {
    struct estimate r, p;
    struct interval interval;
};

void correlation_pearson(const double *x, const double *y, size_t count, double level,
                         struct correlation *out);
void correlation_spearman(const double *x, const double *y, size_t count, double level,
                          struct arena *scratch, struct correlation *out);

#endif
