#include "stats/survival.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

void survival_restricted_mean(const struct survival_curve *curve, double tau,
                              struct estimate *mean, struct estimate *error)
{
    const char *reason = NULL;
    const struct survival_step *last =
        curve->step_count == 0 ? NULL : &curve->steps[curve->step_count - 1];
    if (!(tau > 0) || !isfinite(tau))
        reason = "the end must be a number above 0";
    else if (last == NULL)
        reason = "there is nobody to follow";
    else if (tau > last->time && last->survival > 0)
        reason = "nobody was followed that long";
    if (reason != NULL) {
        *mean = *error = not_estimable(reason);
        return;
    }
    /* From the end backwards: `area` is that from the step to tau. */
    double area = 0, variance = 0, until = tau;
    for (size_t i = curve->step_count; i-- > 0;) {
        const struct survival_step *step = &curve->steps[i];
        if (step->time > tau)
            continue;
        area += step->survival * (until - step->time);
        until = step->time;
        double n = (double)step->at_risk, d = (double)step->events;
        if (step->events < step->at_risk)
            variance += area * area * d / (n * (n - d));
    }
    *mean = estimate_of(area + until);
    *error = estimate_of(sqrt(variance));
}

/* --- two curves ----------------------------------------------------------------------- */

/* A value with a normal error; both may say why they are not known. */
static void contrast(struct estimate value, struct estimate error, double level,
                     struct survival_contrast *out)
{
    *out = (struct survival_contrast){.value = value, .error = error};
    const char *reason = !is_estimated(value)   ? value.reason
                         : !is_estimated(error) ? error.reason
                         : !(error.value > 0)   ? "nothing varies: the error is 0"
                                                : NULL;
    if (reason != NULL) {
        out->p = not_estimable(reason);
        out->interval = no_interval(reason);
        return;
    }
    double reach = normal_reach(level) * error.value;
    out->interval = interval_of(value.value - reach, value.value + reach);
    out->p = estimate_of(2 * pnorm(fabs(value.value / error.value), 0, 1, 0, 0));
}

/* What hinders the one or the other. */
static struct estimate combine(struct estimate first, struct estimate second,
                               double value)
{
    if (!is_estimated(first))
        return first;
    return is_estimated(second) ? estimate_of(value) : second;
}

static struct estimate error_of_two(struct estimate first, struct estimate second)
{
    return combine(first, second, hypot(first.value, second.value));
}

void survival_difference(const struct survival_curve *first,
                         const struct survival_curve *second, double time, double level,
                         struct survival_contrast *out)
{
    struct survival_at one, other;
    survival_at(first, time, SURVIVAL_PLAIN, level, &one);
    survival_at(second, time, SURVIVAL_PLAIN, level, &other);
    contrast(combine(one.survival, other.survival,
                     other.survival.value - one.survival.value),
             error_of_two(one.error, other.error), level, out);
}

static struct estimate relative(struct estimate error, struct estimate mean)
{
    return combine(error, mean, error.value / mean.value);
}

void survival_compare_means(const struct survival_curve *first,
                            const struct survival_curve *second, double tau,
                            double level, struct survival_mean_contrast *out)
{
    struct estimate one, other, one_error, other_error;
    survival_restricted_mean(first, tau, &one, &one_error);
    survival_restricted_mean(second, tau, &other, &other_error);
    contrast(combine(one, other, other.value - one.value),
             error_of_two(one_error, other_error), level, &out->difference);
    struct survival_contrast *ratio = &out->ratio;
    contrast(combine(one, other, log(other.value / one.value)),
             error_of_two(relative(one_error, one), relative(other_error, other)),
             level, ratio);
    if (!is_estimated(ratio->value))
        return;
    ratio->value = estimate_of(exp(ratio->value.value));
    if (is_estimated(ratio->interval.lower))
        ratio->interval = interval_of(exp(ratio->interval.lower.value),
                                      exp(ratio->interval.upper.value));
}
