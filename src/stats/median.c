#include "stats/median.h"

#include "stats/proportion.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

void median_estimate(const struct sample *sample, double level, struct median *out)
{
    double n = (double)sample->count;
    out->median = sample_quantile(sample, 0.5, 7);
    if (sample->count == 0 || !(level > 0 && level < 1)) {
        const char *reason = sample->count == 0 ? "there is no value"
                                                : "the level must be between 0 and 1";
        out->achieved = not_estimable(reason);
        out->interval = no_interval(reason);
        return;
    }
    double k = qbinom((1 - level) / 2, n, 0.5, 1, 0);
    if (k < 1) {
        const char *reason = "there are too few values for an interval at this level";
        out->achieved = not_estimable(reason);
        out->interval = no_interval(reason);
        return;
    }
    out->achieved = estimate_of(1 - 2 * pbinom(k - 1, n, 0.5, 1, 0));
    out->interval = interval_of(sample->values[(size_t)k - 1],
                                sample->values[sample->count - (size_t)k]);
}

void sign_test(const double *values, size_t count, double null, struct sign_test *out)
{
    *out = (struct sign_test){0};
    for (size_t i = 0; i < count; i++) {
        out->above += values[i] > null;
        out->below += values[i] < null;
    }
    out->equal = count - out->above - out->below;
    if (out->above + out->below == 0) {
        out->p = out->less = out->greater =
            not_estimable("no value differs from the null");
        return;
    }
    struct proportion found;
    proportion_estimate(
        &(struct proportion_input){.events = (int64_t)out->above,
                                   .total = (int64_t)(out->above + out->below),
                                   .level = 0.95,
                                   .null = 0.5},
        &found);
    out->p = found.p_two_sided;
    out->less = found.p_less;
    out->greater = found.p_greater;
}
