#include "stats/interim.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

static const char *fault_of(double z, double t, double critical)
{
    if (!isfinite(z) || !isfinite(critical))
        return "z is not a finite number";
    if (!(t > 0 && t < 1))
        return "the information fraction must be between 0 and 1";
    return NULL;
}

struct estimate conditional_power(double z, double t, double drift, double critical)
{
    const char *fault = fault_of(z, t, critical);
    if (fault != NULL)
        return not_estimable(fault);
    if (!isfinite(drift))
        return not_estimable("no drift was given");
    double at = (z * sqrt(t) + drift * (1 - t) - critical) / sqrt(1 - t);
    return estimate_of(pnorm(at, 0, 1, 1, 0));
}

struct estimate predictive_power(double z, double t, double critical)
{
    const char *fault = fault_of(z, t, critical);
    if (fault != NULL)
        return not_estimable(fault);
    return estimate_of(pnorm((z - critical * sqrt(t)) / sqrt(1 - t), 0, 1, 1, 0));
}

struct estimate upper_limit_of_none(double total, double level)
{
    if (!(total > 0))
        return not_estimable("there is nobody to count");
    if (!(level > 0 && level < 1))
        return not_estimable("the level must be between 0 and 1");
    return estimate_of(-expm1(log1p(-level) / total));
}

struct estimate total_to_see_one(double rate, double probability)
{
    if (!(rate > 0 && rate < 1))
        return not_estimable("the rate must be between 0 and 1");
    if (!(probability > 0 && probability < 1))
        return not_estimable("the probability must be between 0 and 1");
    return estimate_of(log1p(-probability) / log1p(-rate));
}
