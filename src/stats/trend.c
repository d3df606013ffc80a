#include "stats/trend.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

static void refuse(const char *reason, struct trend *out)
{
    *out = (struct trend){not_estimable(reason), not_estimable(reason),
                          not_estimable(reason)};
}

void proportion_trend(const double *events, const double *totals, const double *scores,
                      size_t count, struct trend *out)
{
    double n = 0, x = 0, mean = 0;
    for (size_t i = 0; i < count; i++) {
        if (!(events[i] >= 0 && events[i] <= totals[i] && isfinite(scores[i]))) {
            refuse("events must be between 0 and the total", out);
            return;
        }
        n += totals[i];
        x += events[i];
        mean += totals[i] * scores[i];
    }
    if (!(n > 0) || x <= 0 || x >= n) {
        refuse("nobody or everybody has the event", out);
        return;
    }
    mean /= n;
    double p = x / n, away = 0, spread = 0;
    for (size_t i = 0; i < count; i++) {
        double score = scores[i] - mean; /* around the mean: nothing cancels */
        away += score * (events[i] - totals[i] * p);
        spread += totals[i] * score * score;
    }
    if (!(spread > 0)) {
        refuse("all have the same score", out);
        return;
    }
    double z = away / sqrt(p * (1 - p) * spread);
    *out = (struct trend){estimate_of(z * z), estimate_of(z),
                          estimate_of(pchisq(z * z, 1, 0, 0))};
}
