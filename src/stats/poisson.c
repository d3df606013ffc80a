#include "stats/poisson.h"

#include "stats/proportion.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

static const char *fault_of(const struct poisson_sample *sample, double level)
{
    if (sample->events < 0)
        return "the number of events is below 0";
    if (!(sample->exposure > 0) || !isfinite(sample->exposure))
        return "there is no exposure";
    if (!(level > 0 && level < 1))
        return "the level must be between 0 and 1";
    return NULL;
}

/* P(beyond x) + ½ P(x) by the mean: rises upwards, falls downwards. */
static double midp_tail(double x, double mean, bool is_upper)
{
    double at = dpois(x, mean, 0) / 2;
    return is_upper ? ppois(x, mean, 0, 0) + at : ppois(x - 1, mean, 1, 0) + at;
}

static double midp_limit(double x, double low, double high, double tail, bool is_lower)
{
    for (int i = 0; i < 200; i++) {
        double middle = (low + high) / 2;
        if (middle <= low || middle >= high)
            break;
        if ((midp_tail(x, middle, is_lower) < tail) == is_lower)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

/* The count on the other side of the mean from which on all are at most as probable. */
static double as_rare_beyond(double x, double mean, double threshold)
{
    if (x > mean) {
        double count = floor(mean);
        while (count >= 0 && dpois(count, mean, 0) > threshold)
            count--;
        return count;
    }
    double count = ceil(mean);
    while (dpois(count, mean, 0) > threshold)
        count++;
    return count;
}

static double two_sided(double x, double mean)
{
    if (mean <= 0)
        return x <= 0 ? 1 : 0;
    double threshold = dpois(x, mean, 0) * (1 + 1e-7);
    double beyond = as_rare_beyond(x, mean, threshold);
    if (x < mean)
        return fmin(1, ppois(x, mean, 1, 0) + ppois(beyond - 1, mean, 0, 0));
    if (x > mean)
        return fmin(1, ppois(x - 1, mean, 0, 0) + ppois(beyond, mean, 1, 0));
    return 1;
}

void poisson_rate(const struct poisson_sample *sample, double null, double level,
                  struct poisson_rate *out)
{
    const char *fault = fault_of(sample, level);
    if (fault != NULL) {
        out->rate = out->two_sided = out->less = out->greater = not_estimable(fault);
        out->exact = out->midp = no_interval(fault);
        return;
    }
    double x = (double)sample->events, exposure = sample->exposure;
    double tail = (1 - level) / 2;
    out->rate = estimate_of(x / exposure);
    double lower = x <= 0 ? 0 : qgamma(tail, x, 1, 1, 0);
    double upper = qgamma(tail, x + 1, 1, 0, 0);
    out->exact = interval_of(lower / exposure, upper / exposure);
    out->midp = interval_of(x <= 0 ? 0 : midp_limit(x, lower, x, tail, true) / exposure,
                            midp_limit(x, x, upper, tail, false) / exposure);
    if (!(null >= 0) || !isfinite(null)) {
        out->two_sided = out->less = out->greater =
            not_estimable(isnan(null) ? "no null was given" : "the null is no rate");
        return;
    }
    out->two_sided = estimate_of(two_sided(x, null * exposure));
    out->less = estimate_of(ppois(x, null * exposure, 1, 0));
    out->greater = estimate_of(ppois(x - 1, null * exposure, 0, 0));
}

static struct estimate ratio_at(struct estimate p, double first, double second)
{
    if (!is_estimated(p))
        return p;
    if (p.value >= 1)
        return not_estimable("it is infinite");
    return estimate_of(p.value / (1 - p.value) * second / first);
}

void poisson_ratio(const struct poisson_sample *first,
                   const struct poisson_sample *second, double null, double level,
                   struct poisson_ratio *out)
{
    const char *fault = fault_of(first, level);
    if (fault == NULL)
        fault = fault_of(second, level);
    if (fault == NULL && first->events + second->events == 0)
        fault = "there is no event";
    if (fault == NULL && !(null > 0))
        fault = "the null must be above 0";
    if (fault != NULL) {
        out->ratio = out->two_sided = out->less = out->greater = not_estimable(fault);
        out->exact = no_interval(fault);
        return;
    }
    double t1 = first->exposure, t2 = second->exposure;
    struct proportion share;
    proportion_estimate(
        &(struct proportion_input){.events = first->events,
                                   .total = first->events + second->events,
                                   .level = level,
                                   .null = null * t1 / (null * t1 + t2)},
        &share);
    out->ratio = ratio_at(share.estimate, t1, t2);
    out->exact = (struct interval){ratio_at(share.clopper_pearson.lower, t1, t2),
                                   ratio_at(share.clopper_pearson.upper, t1, t2)};
    out->two_sided = share.p_two_sided;
    out->less = share.p_less;
    out->greater = share.p_greater;
}
