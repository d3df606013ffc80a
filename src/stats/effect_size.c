#include "stats/effect_size.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

static void refuse(const char *reason, struct effect_size *out)
{
    struct estimate none = not_estimable(reason);
    *out = (struct effect_size){none, none, none, none, none, no_interval(reason)};
}

void effect_size_of(const struct moments *first, const struct moments *second,
                    double level, struct effect_size *out)
{
    double n1 = first->n, n2 = second->n, m = n1 + n2 - 2;
    if (n1 < 2 || n2 < 2) {
        refuse("it needs two values in each group", out);
        return;
    }
    double pooled = ((n1 - 1) * first->variance + (n2 - 1) * second->variance) / m;
    if (!(pooled > 0) || !(level > 0 && level < 1)) {
        refuse(pooled > 0 ? "the level must be between 0 and 1"
                          : "the values do not vary",
               out);
        return;
    }
    double difference = first->mean - second->mean;
    double d = difference / sqrt(pooled);
    double correction = exp(lgammafn(m / 2) - log(m / 2) / 2 - lgammafn((m - 1) / 2));
    double g = correction * d;
    double variance = 1 / n1 + 1 / n2 + g * g / (2 * (n1 + n2));
    double half = qnorm((1 - level) / 2, 0, 1, 0, 0) * sqrt(variance);
    out->cohen_d = estimate_of(d);
    out->correction = estimate_of(correction);
    out->hedges_g = estimate_of(g);
    out->hedges_variance = estimate_of(variance);
    out->hedges_interval = interval_of(g - half, g + half);
    out->standardised =
        estimate_of(difference / sqrt((first->variance + second->variance) / 2));
}
