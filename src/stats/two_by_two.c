#include "stats/two_by_two.h"

#include "stats/risk_difference.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

static const char zero_below[] = "a count that it divides by is 0";
static const char zero_cell[] = "a cell is 0: the logarithm has no error";
static const char no_margin[] = "nobody or everybody has the event";

const char *two_by_two_fault(const struct two_by_two *table, double level)
{
    if (table->a < 0 || table->b < 0 || table->c < 0 || table->d < 0)
        return "a cell is below 0";
    if (table->a + table->b == 0 || table->c + table->d == 0)
        return "a group has nobody";
    if (!(level > 0 && level < 1))
        return "the level must be between 0 and 1";
    return NULL;
}

static struct interval around_logarithm(double ratio, double variance, double z)
{
    if (!(ratio > 0) || !isfinite(ratio) || !isfinite(variance))
        return no_interval(zero_cell);
    double half = z * sqrt(variance);
    return interval_of(exp(log(ratio) - half), exp(log(ratio) + half));
}

static struct estimate ratio_of(double above, double below)
{
    return below > 0 ? estimate_of(above / below) : not_estimable(zero_below);
}

static void measure_ratios(const double cell[4], double z,
                           struct two_by_two_measures *out)
{
    double a = cell[0], b = cell[1], c = cell[2], d = cell[3];
    double n1 = a + b, n2 = c + d;
    out->risk_ratio = ratio_of(a / n1, c / n2);
    out->rr_katz =
        around_logarithm(out->risk_ratio.value, 1 / a - 1 / n1 + 1 / c - 1 / n2, z);
    out->odds_ratio = ratio_of(a * d, b * c);
    out->or_woolf =
        around_logarithm(out->odds_ratio.value, 1 / a + 1 / b + 1 / c + 1 / d, z);
    a += 0.5;
    b += 0.5;
    c += 0.5;
    d += 0.5;
    out->haldane = ratio_of(a * d, b * c);
    out->or_haldane =
        around_logarithm(out->haldane.value, 1 / a + 1 / b + 1 / c + 1 / d, z);
}

/* `correction` is taken from each |O - E|, which is the same in all four cells. */
static struct chi_square chi_square_of(const double cell[4], bool is_corrected)
{
    double rows[2] = {cell[0] + cell[1], cell[2] + cell[3]};
    double columns[2] = {cell[0] + cell[2], cell[1] + cell[3]};
    double n = rows[0] + rows[1], statistic = 0;
    if (columns[0] <= 0 || columns[1] <= 0)
        return (struct chi_square){not_estimable(no_margin), not_estimable(no_margin)};
    for (size_t i = 0; i < 4; i++) {
        double expected = rows[i / 2] * columns[i % 2] / n;
        double away = fabs(cell[i] - expected);
        if (is_corrected)
            away -= fmin(0.5, away);
        statistic += away * away / expected;
    }
    return (struct chi_square){estimate_of(statistic),
                               estimate_of(pchisq(statistic, 1, 0, 0))};
}

static void refuse(const char *reason, struct two_by_two_measures *out)
{
    struct estimate none = not_estimable(reason);
    struct interval no_limits = no_interval(reason);
    struct chi_square no_test = {none, none};
    *out = (struct two_by_two_measures){
        none,      none,      none,      none,      none,      none,    no_limits,
        no_limits, no_limits, no_limits, no_limits, no_limits, no_test, no_test};
}

void two_by_two_measure(const struct two_by_two *table, double level,
                        struct two_by_two_measures *out)
{
    const char *fault = two_by_two_fault(table, level);
    if (fault != NULL) {
        refuse(fault, out);
        return;
    }
    const double cell[4] = {(double)table->a, (double)table->b, (double)table->c,
                            (double)table->d};
    struct two_samples two = {cell[0], cell[0] + cell[1], cell[2], cell[2] + cell[3]};
    double p1 = two.x1 / two.n1, p2 = two.x2 / two.n2;
    out->p1 = estimate_of(p1);
    out->p2 = estimate_of(p2);
    out->risk_difference = estimate_of(p1 - p2);
    out->rd_wald = difference_wald(&two, level);
    out->rd_newcombe = difference_newcombe(&two, level);
    out->rd_miettinen_nurminen = difference_miettinen_nurminen(&two, level);
    measure_ratios(cell, qnorm((1 - level) / 2, 0, 1, 0, 0), out);
    out->chi_square = chi_square_of(cell, false);
    out->yates = chi_square_of(cell, true);
}
