#include "stats/correlation.h"

#include "stats/rank.h"
#include "stats/t_test.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

static void refuse(const char *reason, struct correlation *out)
{
    out->r = out->p = not_estimable(reason);
    out->interval = no_interval(reason);
}

void correlation_pearson(const double *x, const double *y, size_t count, double level,
                         struct correlation *out)
{
    double n = (double)count, products = 0;
    if (count < 3) {
        refuse("it needs three pairs", out);
        return;
    }
    struct moments first = moments_of(x, count), second = moments_of(y, count);
    for (size_t i = 0; i < count; i++)
        products += (x[i] - first.mean) * (y[i] - second.mean);
    double spread = sqrt(first.variance) * sqrt(second.variance) * (n - 1);
    if (!(spread > 0) || !(level > 0 && level < 1)) {
        refuse(spread > 0 ? "the level must be between 0 and 1"
                          : "a column does not vary",
               out);
        return;
    }
    double r = fmax(-1, fmin(1, products / spread));
    double t = r * sqrt((n - 2) / ((1 - r) * (1 + r)));
    out->r = estimate_of(r);
    out->p = estimate_of(2 * pt(-fabs(t), n - 2, 1, 0));
    double half = qnorm((1 - level) / 2, 0, 1, 0, 0) / sqrt(n - 3);
    if (count > 3 && fabs(r) < 1)
        out->interval = interval_of(tanh(atanh(r) - half), tanh(atanh(r) + half));
    else
        out->interval = no_interval(count > 3 ? "the columns lie on a line"
                                              : "it needs four pairs");
}

void correlation_spearman(const double *x, const double *y, size_t count, double level,
                          struct arena *scratch, struct correlation *out)
{
    struct arena_mark mark = arena_mark(scratch);
    struct ranks first = rank_values(x, count, scratch);
    struct ranks second = rank_values(y, count, scratch);
    correlation_pearson(first.of, second.of, count, level, out);
    out->interval = no_interval("none is given for ranks");
    arena_rewind(scratch, mark);
}
