#include "stats/summary.h"

#include "stats/rank.h"
#include "stats/t_test.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>
#include <float.h>

static const char no_values[] = "there is no value";
static const char one_value[] = "it needs two values";
static const char bad_level[] = "the level must be between 0 and 1";

struct sample *sample_sort(const double *values, size_t count, struct arena *arena)
{
    for (size_t i = 0; i < count; i++)
        if (!isfinite(values[i]))
            return NULL;
    struct sample *sample = ARENA_NEW(arena, struct sample);
    *sample =
        (struct sample){.values = sorted_copy(values, count, arena), .count = count};
    return sample;
}

/* --- quantiles ------------------------------------------------------------------------ */

static const double a_few_bits = 4 * DBL_EPSILON;

/* The i-th smallest, from 1; the ends stand for what lies beyond them. */
static double order_statistic(const struct sample *sample, double i)
{
    if (i < 1)
        return sample->values[0];
    if (i >= (double)sample->count)
        return sample->values[sample->count - 1];
    return sample->values[(size_t)i - 1];
}

static double between(const struct sample *sample, double j, double weight)
{
    double low = order_statistic(sample, j), high = order_statistic(sample, j + 1);
    if (weight <= 0)
        return low;
    return weight >= 1 ? high : (1 - weight) * low + weight * high;
}

/* Types 1 to 3 jump: what they take depends on whether n p is a whole number. */
static double jumping_quantile(const struct sample *sample, double p, int type)
{
    double at = type == 3 ? (double)sample->count * p - 0.5 : (double)sample->count * p;
    double j = floor(at + a_few_bits);
    bool is_whole = at <= j + a_few_bits;
    double weight = is_whole ? 0 : 1;
    if (is_whole && type == 2)
        weight = 0.5;
    if (is_whole && type == 3)
        weight = fmod(j, 2) == 0 ? 0 : 1;
    return between(sample, j, weight);
}

/* Types 4 to 9 go through points at (k - a) / (n + 1 - a - b). */
static double gliding_quantile(const struct sample *sample, double p, int type)
{
    static const double a_of[] = {0, 0.5, 0, 1, 1.0 / 3, 3.0 / 8};
    double a = a_of[type - 4], b = type == 4 ? 1 : a;
    double at = a + p * ((double)sample->count + 1 - a - b);
    double j = floor(at + a_few_bits);
    double weight = at - j;
    return between(sample, j, fabs(weight) < a_few_bits ? 0 : weight);
}

struct estimate sample_quantile(const struct sample *sample, double p, int type)
{
    if (sample->count == 0)
        return not_estimable(no_values);
    if (!(p >= 0 && p <= 1))
        return not_estimable("the quantile must be between 0 and 1");
    if (type < 1 || type > 9)
        return not_estimable("the types of quantiles are 1 to 9");
    return estimate_of(type <= 3 ? jumping_quantile(sample, p, type)
                                 : gliding_quantile(sample, p, type));
}

/* --- moments -------------------------------------------------------------------------- */

static struct interval t_interval(struct moments moments, size_t count, double level)
{
    if (count < 2)
        return no_interval(one_value);
    if (!(level > 0 && level < 1))
        return no_interval(bad_level);
    double n = (double)count;
    double reach = qt((1 - level) / 2, n - 1, 0, 0) * sqrt(moments.variance / n);
    return interval_of(moments.mean - reach, moments.mean + reach);
}

static void geometric(const struct sample *sample, double level, struct arena *scratch,
                      struct summary *out)
{
    if (!(sample->values[0] > 0)) {
        const char *reason = "a value is not above 0: it has no logarithm";
        out->geometric_mean = not_estimable(reason);
        out->geometric_interval = no_interval(reason);
        return;
    }
    double *logs = ARENA_ARRAY(scratch, double, sample->count);
    for (size_t i = 0; i < sample->count; i++)
        logs[i] = log(sample->values[i]);
    struct moments moments = moments_of(logs, sample->count);
    struct interval interval = t_interval(moments, sample->count, level);
    out->geometric_mean = estimate_of(exp(moments.mean));
    out->geometric_interval = interval;
    if (is_estimated(interval.lower))
        out->geometric_interval =
            interval_of(exp(interval.lower.value), exp(interval.upper.value));
}

static struct estimate median_deviation(const struct sample *sample,
                                        struct arena *scratch)
{
    double median = sample_quantile(sample, 0.5, 7).value;
    double *away = ARENA_ARRAY(scratch, double, sample->count);
    for (size_t i = 0; i < sample->count; i++)
        away[i] = fabs(sample->values[i] - median);
    const struct sample *sorted = sample_sort(away, sample->count, scratch);
    return estimate_of(1.4826 * sample_quantile(sorted, 0.5, 7).value);
}

void sample_summary(const struct sample *sample, double level, struct arena *scratch,
                    struct summary *out)
{
    struct interval none = no_interval(no_values);
    *out = (struct summary){none.lower, none.lower, none.lower, none.lower,
                            none.lower, none.lower, none,       none};
    if (sample->count == 0)
        return;
    struct moments moments = moments_of(sample->values, sample->count);
    out->mean = estimate_of(moments.mean);
    out->sd = sample->count < 2 ? not_estimable(one_value)
                                : estimate_of(sqrt(moments.variance));
    out->minimum = estimate_of(sample->values[0]);
    out->maximum = estimate_of(sample->values[sample->count - 1]);
    out->mean_interval = t_interval(moments, sample->count, level);
    out->mad = median_deviation(sample, scratch);
    geometric(sample, level, scratch, out);
}
