#include "stats/proportion.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

struct sample {
    double x, n, p;
    double tail; /* (1 - level) / 2 */
    double z;
};

static double clip(double value)
{
    return value < 0 ? 0 : value > 1 ? 1 : value;
}

/* One limit of the score interval around `p`; `sign` -1 or 1. */
static double score_limit(double p, const struct sample *s, double sign)
{
    double half = s->z * s->z / (2 * s->n);
    double root = s->z * sqrt(p * (1 - p) / s->n + half / (2 * s->n));
    return (p + half + sign * root) / (1 + 2 * half);
}

static struct interval wilson(const struct sample *s)
{
    return interval_of(s->x <= 0 ? 0 : clip(score_limit(s->p, s, -1)),
                       s->x >= s->n ? 1 : clip(score_limit(s->p, s, 1)));
}

static struct interval wilson_corrected(const struct sample *s)
{
    double shift = fmin(0.5, fabs(s->x - s->n / 2)) / s->n;
    double low = s->p - shift, high = s->p + shift;
    return interval_of(low <= 0 ? 0 : clip(score_limit(low, s, -1)),
                       high >= 1 ? 1 : clip(score_limit(high, s, 1)));
}

static struct interval clopper_pearson(const struct sample *s, double tail)
{
    return interval_of(s->x <= 0 ? 0 : qbeta(tail, s->x, s->n - s->x + 1, 1, 0),
                       s->x >= s->n ? 1 : qbeta(tail, s->x + 1, s->n - s->x, 0, 0));
}

static struct interval around(double centre, double half)
{
    return interval_of(centre - half, centre + half);
}

static struct interval agresti_coull(const struct sample *s)
{
    double n = s->n + s->z * s->z;
    double p = (s->x + s->z * s->z / 2) / n;
    return around(p, s->z * sqrt(p * (1 - p) / n));
}

static struct interval wald(const struct sample *s)
{
    return around(s->p, s->z * sqrt(s->p * (1 - s->p) / s->n));
}

static struct interval jeffreys(const struct sample *s)
{
    double a = s->x + 0.5, b = s->n - s->x + 0.5;
    return interval_of(s->x <= 0 ? 0 : qbeta(s->tail, a, b, 1, 0),
                       s->x >= s->n ? 1 : qbeta(s->tail, a, b, 0, 0));
}

/* P(beyond x) + ½ P(x): rises with p upwards, falls with p downwards. */
static double midp_tail(const struct sample *s, double p, bool is_upper_tail)
{
    double at = 0.5 * dbinom(s->x, s->n, p, 0);
    return is_upper_tail ? pbinom(s->x, s->n, p, 0, 0) + at
                         : pbinom(s->x - 1, s->n, p, 1, 0) + at;
}

/* By halving: the tail is monotone in p, and sixty halvings use all bits of a double. */
static double midp_limit(const struct sample *s, bool is_lower)
{
    double low = is_lower ? 0 : s->p, high = is_lower ? s->p : 1;
    for (int i = 0; i < 100; i++) {
        double middle = (low + high) / 2;
        bool is_below = midp_tail(s, middle, is_lower) < s->tail;
        if (is_below == is_lower)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

static struct interval midp(const struct sample *s)
{
    return interval_of(s->x <= 0 ? 0 : midp_limit(s, true),
                       s->x >= s->n ? 1 : midp_limit(s, false));
}

/* The outcome nearest to the mode, on the far side of it from x, that is at most as
 * probable as x; probabilities fall away from the mode, so halving finds it. */
static double as_rare_beyond(const struct sample *s, double null, double threshold)
{
    double mean = s->n * null;
    bool is_above = s->x < mean;
    double near = is_above ? ceil(mean) : floor(mean);
    double far = is_above ? s->n + 1 : -1; /* beyond all outcomes */
    while (fabs(far - near) > 1) {
        double middle = floor((near + far) / 2);
        if (dbinom(middle, s->n, null, 0) <= threshold)
            far = middle;
        else
            near = middle;
    }
    return dbinom(near, s->n, null, 0) <= threshold ? near : far;
}

static double two_sided(const struct sample *s, double null)
{
    if (null <= 0 || null >= 1)
        return (null <= 0 ? s->x <= 0 : s->x >= s->n) ? 1 : 0;
    double mean = s->n * null;
    double threshold = dbinom(s->x, s->n, null, 0) * (1 + 1e-7);
    double beyond = as_rare_beyond(s, null, threshold);
    if (s->x < mean)
        return fmin(1, pbinom(s->x, s->n, null, 1, 0) +
                           pbinom(beyond - 1, s->n, null, 0, 0));
    if (s->x > mean)
        return fmin(1, pbinom(s->x - 1, s->n, null, 0, 0) +
                           pbinom(beyond, s->n, null, 1, 0));
    return 1;
}

static void test_null(const struct sample *s, double null, struct proportion *out)
{
    const char *reason = isnan(null)            ? "no null was given"
                         : null < 0 || null > 1 ? "the null is not between 0 and 1"
                                                : NULL;
    if (reason != NULL) {
        out->p_two_sided = out->p_less = out->p_greater = not_estimable(reason);
        return;
    }
    out->p_two_sided = estimate_of(two_sided(s, null));
    out->p_less = estimate_of(pbinom(s->x, s->n, null, 1, 0));
    out->p_greater = estimate_of(pbinom(s->x - 1, s->n, null, 0, 0));
}

static const char *outside_domain(const struct proportion_input *input)
{
    if (input->total == 0)
        return "there is nobody to count";
    if (input->events < 0 || input->total < 0 || input->events > input->total)
        return "events must be between 0 and the total";
    if (!(input->level > 0 && input->level < 1))
        return "the level must be between 0 and 1";
    return NULL;
}

static void refuse(const char *reason, struct proportion *out)
{
    struct interval none = no_interval(reason);
    *out = (struct proportion){.estimate = none.lower,
                               .wilson = none,
                               .clopper_pearson = none,
                               .wilson_cc = none,
                               .agresti_coull = none,
                               .wald = none,
                               .jeffreys = none,
                               .midp = none,
                               .one_sided = none,
                               .p_two_sided = none.lower,
                               .p_less = none.lower,
                               .p_greater = none.lower};
}

void proportion_estimate(const struct proportion_input *input, struct proportion *out)
{
    const char *reason = outside_domain(input);
    if (reason != NULL) {
        refuse(reason, out);
        return;
    }
    double n = (double)input->total, x = (double)input->events;
    double tail = (1 - input->level) / 2;
    struct sample s = {
        .x = x, .n = n, .p = x / n, .tail = tail, .z = qnorm(tail, 0, 1, 0, 0)};
    out->estimate = estimate_of(s.p);
    out->wilson = wilson(&s);
    out->clopper_pearson = clopper_pearson(&s, tail);
    out->wilson_cc = wilson_corrected(&s);
    out->agresti_coull = agresti_coull(&s);
    out->wald = wald(&s);
    out->jeffreys = jeffreys(&s);
    out->midp = midp(&s);
    out->one_sided = clopper_pearson(&s, 2 * tail);
    test_null(&s, input->null, out);
}
