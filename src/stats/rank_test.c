#include "stats/rank_test.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

void rank_test_refuse(const char *reason, struct rank_test *out)
{
    struct estimate none = not_estimable(reason);
    *out = (struct rank_test){.statistic = none,
                              .z = none,
                              .p = none,
                              .less = none,
                              .greater = none,
                              .shift = none,
                              .interval = no_interval(reason)};
}

void rank_test_no_shift(struct rank_test *out)
{
    out->shift = not_estimable("it was not asked for");
    out->interval = no_interval("it was not asked for");
}

void rank_test_normal(double away, double sd, const struct rank_options *options,
                      struct rank_test *out)
{
    if (!(sd > 0)) {
        out->z = out->p = out->less = out->greater =
            not_estimable("all values are tied");
        return;
    }
    double half = options->is_uncorrected ? 0 : 0.5;
    double sign = away > 0 ? 1 : away < 0 ? -1 : 0;
    double z = (away - sign * half) / sd;
    out->z = estimate_of(z);
    out->p = estimate_of(fmin(1, 2 * pnorm(-fabs(z), 0, 1, 1, 0)));
    out->less = estimate_of(pnorm((away + half) / sd, 0, 1, 1, 0));
    out->greater = estimate_of(pnorm((away - half) / sd, 0, 1, 0, 0));
}

double rank_test_normal_depth(double size, double sd,
                              const struct rank_options *options)
{
    double half = options->is_uncorrected ? 0 : 0.5;
    double z = qnorm((1 - options->level) / 2, 0, 1, 0, 0);
    return fmax(0, ceil(size / 2 - half - z * sd));
}
