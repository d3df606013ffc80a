#include "stats/multiplicity.h"

#include "stats/order.h"

#include <math.h>

/* Each adjusts `p`, which rises, in place. */
typedef void adjuster(double *p, size_t count, struct arena *scratch);

static void bonferroni(double *p, size_t count, struct arena *scratch)
{
    (void)scratch;
    for (size_t i = 0; i < count; i++)
        p[i] *= (double)count;
}

static void holm(double *p, size_t count, struct arena *scratch)
{
    (void)scratch;
    double most = 0;
    for (size_t i = 0; i < count; i++)
        p[i] = most = fmax(most, (double)(count - i) * p[i]);
}

static void hochberg(double *p, size_t count, struct arena *scratch)
{
    (void)scratch;
    double least = 1;
    for (size_t i = count; i-- > 0;)
        p[i] = least = fmin(least, (double)(count - i) * p[i]);
}

static void step_up(double *p, size_t count, double factor)
{
    double least = 1;
    for (size_t i = count; i-- > 0;)
        p[i] = least = fmin(least, factor * (double)count / (double)(i + 1) * p[i]);
}

static void benjamini_hochberg(double *p, size_t count, struct arena *scratch)
{
    (void)scratch;
    step_up(p, count, 1);
}

static void benjamini_yekutieli(double *p, size_t count, struct arena *scratch)
{
    (void)scratch;
    double sum = 0;
    for (size_t i = count; i > 0; i--)
        sum += 1 / (double)i;
    step_up(p, count, sum);
}

/* Wright 1992, Biometrics 48:1005-1013: for each size k of a set of hypotheses, from all
 * down to two, Simes' p of the set that is hardest to reject with each of them in it. */
static void hommel(double *p, size_t count, struct arena *scratch)
{
    double *adjusted = ARENA_ARRAY(scratch, double, count);
    for (size_t i = 0; i < count; i++)
        adjusted[i] = p[i];
    for (size_t k = count; k >= 2; k--) {
        size_t first = count - k + 1; /* the last k - 1 begin here */
        double least = INFINITY;
        for (size_t i = first; i < count; i++)
            least = fmin(least, (double)k * p[i] / (double)(i - first + 2));
        for (size_t i = first; i < count; i++)
            adjusted[i] = fmax(adjusted[i], least);
        for (size_t i = 0; i < first; i++)
            adjusted[i] = fmax(adjusted[i], fmin(least, (double)k * p[i]));
    }
    for (size_t i = 0; i < count; i++)
        p[i] = adjusted[i];
}

static void fix_sequence(const double *p, size_t count, double *out)
{
    double most = 0;
    for (size_t i = 0; i < count; i++)
        out[i] = most = fmax(most, p[i]);
}

void multiplicity_adjust(const double *p, size_t count, enum multiplicity method,
                         struct arena *scratch, double *out)
{
    static adjuster *const adjusters[MULTIPLICITY_COUNT] = {
        [MULTIPLICITY_BONFERRONI] = bonferroni,
        [MULTIPLICITY_HOLM] = holm,
        [MULTIPLICITY_HOCHBERG] = hochberg,
        [MULTIPLICITY_HOMMEL] = hommel,
        [MULTIPLICITY_BH] = benjamini_hochberg,
        [MULTIPLICITY_BY] = benjamini_yekutieli};
    if (method == MULTIPLICITY_FIXED) {
        fix_sequence(p, count, out);
        return;
    }
    struct arena_mark mark = arena_mark(scratch);
    const uint32_t *order = order_rising(p, count, scratch);
    double *sorted = ARENA_ARRAY(scratch, double, count);
    for (size_t i = 0; i < count; i++)
        sorted[i] = p[order[i]];
    adjusters[method](sorted, count, scratch);
    for (size_t i = 0; i < count; i++)
        out[order[i]] = fmin(1, sorted[i]);
    arena_rewind(scratch, mark);
}
