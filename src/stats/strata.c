#include "stats/strata.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

struct cells {
    double a, b, c, d, n, n1, n2, m1, m2;
};

static struct cells cells_of(const struct two_by_two *table)
{
    struct cells s = {.a = (double)table->a,
                      .b = (double)table->b,
                      .c = (double)table->c,
                      .d = (double)table->d};
    s.n1 = s.a + s.b;
    s.n2 = s.c + s.d;
    s.m1 = s.a + s.c;
    s.m2 = s.b + s.d;
    s.n = s.n1 + s.n2;
    return s;
}

static bool is_used(const struct two_by_two *table)
{
    return table->a + table->b > 0 && table->c + table->d > 0;
}

/* --- the three measures --------------------------------------------------------------- */

struct sums {
    double r, s, pr, ps_qr, qs; /* of the odds ratio: R, S, ΣPR, Σ(PS+QR), ΣQS */
    double above, below, mixed; /* of the risk ratio */
    double difference, weight, sato_p, sato_q; /* of the risk difference */
    double away, variance;                     /* of the test */
};

static void add_stratum(struct sums *sums, const struct cells *s)
{
    double r = s->a * s->d / s->n, t = s->b * s->c / s->n;
    double p = (s->a + s->d) / s->n, q = (s->b + s->c) / s->n;
    sums->r += r;
    sums->s += t;
    sums->pr += p * r;
    sums->ps_qr += p * t + q * r;
    sums->qs += q * t;
    sums->above += s->a * s->n2 / s->n;
    sums->below += s->c * s->n1 / s->n;
    sums->mixed += (s->m1 * s->n1 * s->n2 - s->a * s->c * s->n) / (s->n * s->n);
    sums->difference += (s->a * s->n2 - s->c * s->n1) / s->n;
    sums->weight += s->n1 * s->n2 / s->n;
    sums->sato_p += (s->n1 * s->n1 * s->c - s->n2 * s->n2 * s->a +
                     s->n1 * s->n2 * (s->n2 - s->n1) / 2) /
                    (s->n * s->n);
    sums->sato_q += (s->a * (s->n2 - s->c) + s->c * (s->n1 - s->a)) / (2 * s->n);
    sums->away += s->a - s->n1 * s->m1 / s->n;
    if (s->n > 1)
        sums->variance += s->n1 * s->n2 * s->m1 * s->m2 / (s->n * s->n * (s->n - 1));
}

static void ratio_of(double above, double below, double log_variance, double z,
                     struct estimate *ratio, struct interval *interval)
{
    static const char zero[] = "a sum that it divides by is 0";
    static const char no_logarithm[] = "a sum is 0: the logarithm has no error";
    *ratio = below > 0 ? estimate_of(above / below) : not_estimable(zero);
    *interval = no_interval(no_logarithm);
    if (above > 0 && below > 0) {
        double half = z * sqrt(log_variance), at = log(above / below);
        *interval = interval_of(exp(at - half), exp(at + half));
    }
}

static void measure(const struct sums *sums, double z, struct strata *out)
{
    double r = sums->r, s = sums->s;
    ratio_of(r, s,
             sums->pr / (2 * r * r) + sums->ps_qr / (2 * r * s) +
                 sums->qs / (2 * s * s),
             z, &out->odds_ratio, &out->odds_interval);
    ratio_of(sums->above, sums->below, sums->mixed / (sums->above * sums->below), z,
             &out->risk_ratio, &out->ratio_interval);
    double difference = sums->difference / sums->weight;
    double half = z * sqrt((difference * sums->sato_p + sums->sato_q) /
                           (sums->weight * sums->weight));
    out->risk_difference = estimate_of(difference);
    out->difference_interval = interval_of(difference - half, difference + half);
}

static struct chi_square chi_square_of(double statistic, double df)
{
    return (struct chi_square){estimate_of(statistic),
                               estimate_of(pchisq(statistic, df, 0, 0))};
}

static struct chi_square no_test(const char *reason)
{
    return (struct chi_square){not_estimable(reason), not_estimable(reason)};
}

static void test(const struct sums *sums, struct strata *out)
{
    out->test = out->corrected = no_test("in no stratum do both outcomes occur");
    if (!(sums->variance > 0))
        return;
    double away = fabs(sums->away), less = away - (away < 0.5 ? 0 : 0.5);
    out->test = chi_square_of(away * away / sums->variance, 1);
    out->corrected = chi_square_of(less * less / sums->variance, 1);
}

/* --- are the odds ratios the same? ---------------------------------------------------- */

/* The count a that has the odds ratio `odds` with these margins: the root, within its
 * range, of (1 - ω) a² + (n2 - m1 + ω (n1 + m1)) a - ω n1 m1. */
static double fitted_count(const struct cells *s, double odds)
{
    double u = 1 - odds, v = s->n2 - s->m1 + odds * (s->n1 + s->m1);
    double w = -odds * s->n1 * s->m1;
    double root = sqrt(fmax(0, v * v - 4 * u * w));
    /* The form in which nothing cancels; where u is 0, v is above 0. */
    return v < 0 ? (root - v) / (2 * u) : -2 * w / (v + root);
}

static void compare_odds(const struct two_by_two *tables, size_t count,
                         struct strata *out)
{
    out->breslow_day = out->tarone = no_test("there is no common odds ratio");
    if (!is_estimated(out->odds_ratio) || !(out->odds_ratio.value > 0))
        return;
    double statistic = 0, away = 0, variance = 0;
    size_t strata = 0;
    for (size_t i = 0; i < count; i++) {
        struct cells s = cells_of(&tables[i]);
        if (!is_used(&tables[i]) || s.m1 <= 0 || s.m2 <= 0)
            continue;
        double a = fitted_count(&s, out->odds_ratio.value);
        double v =
            1 / (1 / a + 1 / (s.n1 - a) + 1 / (s.m1 - a) + 1 / (s.n2 - s.m1 + a));
        statistic += (s.a - a) * (s.a - a) / v;
        away += s.a - a;
        variance += v;
        strata++;
    }
    out->breslow_day = out->tarone = no_test("it needs two strata");
    if (strata < 2)
        return;
    out->heterogeneity_df = strata - 1;
    out->breslow_day = chi_square_of(statistic, (double)strata - 1);
    out->tarone =
        chi_square_of(fmax(0, statistic - away * away / variance), (double)strata - 1);
}

static const char *fault_of(const struct two_by_two *tables, size_t count, double level,
                            size_t *used)
{
    *used = 0;
    for (size_t i = 0; i < count; i++) {
        const struct two_by_two *table = &tables[i];
        if (table->a < 0 || table->b < 0 || table->c < 0 || table->d < 0)
            return "a cell is below 0";
        *used += is_used(table);
    }
    if (*used == 0)
        return "no stratum has somebody in both groups";
    if (!(level > 0 && level < 1))
        return "the level must be between 0 and 1";
    return NULL;
}

void strata_combine(const struct two_by_two *tables, size_t count, double level,
                    struct strata *out)
{
    *out = (struct strata){0};
    const char *fault = fault_of(tables, count, level, &out->used);
    if (fault != NULL) {
        out->odds_ratio = out->risk_ratio = out->risk_difference = not_estimable(fault);
        out->odds_interval = out->ratio_interval = out->difference_interval =
            no_interval(fault);
        out->test = out->corrected = out->breslow_day = out->tarone = no_test(fault);
        return;
    }
    struct sums sums = {0};
    for (size_t i = 0; i < count; i++) {
        struct cells cells = cells_of(&tables[i]);
        if (is_used(&tables[i]))
            add_stratum(&sums, &cells);
    }
    measure(&sums, qnorm((1 - level) / 2, 0, 1, 0, 0), out);
    test(&sums, out);
    compare_odds(tables, count, out);
}
