#include "stats/mcnemar.h"

#include "stats/proportion.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

static const char *fault_of(const struct two_by_two *pairs, double level)
{
    if (pairs->a < 0 || pairs->b < 0 || pairs->c < 0 || pairs->d < 0)
        return "a cell is below 0";
    if (pairs->a + pairs->b + pairs->c + pairs->d == 0)
        return "there is no pair";
    if (!(level > 0 && level < 1))
        return "the level must be between 0 and 1";
    return NULL;
}

static void refuse_tests(const char *reason, struct mcnemar *out)
{
    struct estimate none = not_estimable(reason);
    out->chi_square = out->corrected = (struct chi_square){none, none};
    out->exact = out->midp = out->odds_ratio = none;
    out->odds_interval = no_interval(reason);
}

static struct chi_square chi_square_of(double statistic)
{
    return (struct chi_square){estimate_of(statistic),
                               estimate_of(pchisq(statistic, 1, 0, 0))};
}

static struct estimate odds_of(struct estimate p)
{
    if (p.value >= 1)
        return not_estimable("it is infinite");
    return estimate_of(p.value / (1 - p.value));
}

static void test(const struct two_by_two *pairs, double level, struct mcnemar *out)
{
    double b = (double)pairs->b, c = (double)pairs->c;
    double away = fabs(b - c), less = away > 0 ? away - 1 : 0;
    out->chi_square = chi_square_of(away * away / (b + c));
    out->corrected = chi_square_of(less * less / (b + c));
    struct proportion share;
    proportion_estimate(&(struct proportion_input){.events = pairs->b,
                                                   .total = pairs->b + pairs->c,
                                                   .level = level,
                                                   .null = 0.5},
                        &share);
    out->exact = share.p_two_sided;
    /* When the halves are equal the two tails overlap in that one outcome: p is 1, and the
     * mid-P takes half of it from each tail, of which only one counts. */
    double point = dbinom(b, b + c, 0.5, 0);
    out->midp = estimate_of(away > 0 ? share.p_two_sided.value - point : 1 - point / 2);
    out->odds_ratio = odds_of(share.estimate);
    out->odds_interval = (struct interval){odds_of(share.clopper_pearson.lower),
                                           odds_of(share.clopper_pearson.upper)};
}

void mcnemar_test(const struct two_by_two *pairs, double level, struct mcnemar *out)
{
    const char *fault = fault_of(pairs, level);
    if (fault != NULL) {
        refuse_tests(fault, out);
        out->difference = not_estimable(fault);
        out->difference_interval = no_interval(fault);
        return;
    }
    double b = (double)pairs->b, c = (double)pairs->c;
    double n = (double)pairs->a + b + c + (double)pairs->d;
    double difference = (b - c) / n;
    double half =
        qnorm((1 - level) / 2, 0, 1, 0, 0) * sqrt(b + c - (b - c) * (b - c) / n) / n;
    out->difference = estimate_of(difference);
    out->difference_interval = interval_of(difference - half, difference + half);
    if (pairs->b + pairs->c == 0)
        refuse_tests("no pair differs", out);
    else
        test(pairs, level, out);
}
