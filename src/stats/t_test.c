#include "stats/t_test.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

struct moments moments_of(const double *values, size_t count)
{
    double n = (double)count, sum = 0, rest = 0, squares = 0;
    if (count == 0)
        return (struct moments){0};
    for (size_t i = 0; i < count; i++)
        sum += values[i];
    double mean = sum / n;
    for (size_t i = 0; i < count; i++)
        rest += values[i] - mean;
    mean += rest / n; /* takes back what rounding lost */
    for (size_t i = 0; i < count; i++)
        squares += (values[i] - mean) * (values[i] - mean);
    return (struct moments){n, mean, count < 2 ? 0 : squares / (n - 1)};
}

static void refuse_test(const char *reason, struct t_test *out)
{
    out->t = out->p = out->less = out->greater = not_estimable(reason);
}

static void refuse(const char *reason, struct t_test *out)
{
    refuse_test(reason, out);
    out->estimate = out->error = out->df = not_estimable(reason);
    out->interval = no_interval(reason);
}

/* What follows from estimate, error and degrees of freedom. */
static void finish(double estimate, double error, double df, double null, double level,
                   struct t_test *out)
{
    if (!(level > 0 && level < 1)) {
        refuse("the level must be between 0 and 1", out);
        return;
    }
    out->estimate = estimate_of(estimate);
    out->error = estimate_of(error);
    out->df = estimate_of(df);
    if (!(error > 0)) {
        out->df = not_estimable("the values do not vary");
        out->interval = no_interval("the values do not vary");
        refuse_test("the values do not vary", out);
        return;
    }
    double half = qt((1 - level) / 2, df, 0, 0) * error;
    out->interval = interval_of(estimate - half, estimate + half);
    double t = (estimate - null) / error;
    out->t = estimate_of(t);
    out->p = estimate_of(2 * pt(-fabs(t), df, 1, 0));
    out->less = estimate_of(pt(t, df, 1, 0));
    out->greater = estimate_of(pt(t, df, 0, 0));
}

void t_test_one(const struct moments *sample, double null, double level,
                struct t_test *out)
{
    if (sample->n < 2)
        refuse("it needs two values", out);
    else
        finish(sample->mean, sqrt(sample->variance / sample->n), sample->n - 1, null,
               level, out);
}

void t_test_pooled(const struct moments *first, const struct moments *second,
                   double null, double level, struct t_test *out)
{
    double df = first->n + second->n - 2;
    if (first->n < 1 || second->n < 1 || df < 1) {
        refuse("it needs three values, at least one in each group", out);
        return;
    }
    double variance =
        ((first->n - 1) * first->variance + (second->n - 1) * second->variance) / df;
    finish(first->mean - second->mean, sqrt(variance * (1 / first->n + 1 / second->n)),
           df, null, level, out);
}

void t_test_welch(const struct moments *first, const struct moments *second,
                  double null, double level, struct t_test *out)
{
    if (first->n < 2 || second->n < 2) {
        refuse("it needs two values in each group", out);
        return;
    }
    double v1 = first->variance / first->n, v2 = second->variance / second->n;
    double df =
        (v1 + v2) * (v1 + v2) / (v1 * v1 / (first->n - 1) + v2 * v2 / (second->n - 1));
    finish(first->mean - second->mean, sqrt(v1 + v2), df, null, level, out);
}
