#ifndef OSTEON_STATS_ESTIMATE_H
#define OSTEON_STATS_ESTIMATE_H
/* A number, or the reason why there is none: "not estimable" is a result, never an empty
 * cell and never a silent NaN.
 */
#include <math.h>
#include <stdbool.h>
#include <stddef.h>

struct estimate {
    double value;
    const char *reason; /* why it cannot be estimated; NULL: `value` holds */
};

struct interval {
    struct estimate lower, upper;
};

/* How far an interval of that level reaches, in normal errors: never 1.96. */
double normal_reach(double level);

static inline bool is_estimated(struct estimate estimate)
{
    return estimate.reason == NULL;
}

static inline struct estimate not_estimable(const char *reason)
{
    return (struct estimate){.value = (double)NAN, .reason = reason};
}

static inline struct estimate estimate_of(double value)
{
    if (isfinite(value))
        return (struct estimate){.value = value};
    return not_estimable("the result is not a finite number");
}

static inline struct interval no_interval(const char *reason)
{
    return (struct interval){not_estimable(reason), not_estimable(reason)};
}

static inline struct interval interval_of(double lower, double upper)
{
    return (struct interval){estimate_of(lower), estimate_of(upper)};
}

#endif
