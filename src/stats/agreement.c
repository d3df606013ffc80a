#include "stats/agreement.h"

struct parts {
    double cell[2][2], row[2], column[2], n, agreed;
};

static struct interval around(double value, double variance, double level)
{
    double reach = normal_reach(level) * sqrt(fmax(variance, 0));
    return interval_of(fmax(value - reach, -1), fmin(value + reach, 1));
}

static void estimate_kappa(const struct parts *p, double level, struct agreement *out)
{
    double chance = p->row[0] * p->column[0] + p->row[1] * p->column[1];
    if (chance >= 1) {
        out->kappa = not_estimable("both raters say one thing alone");
        out->kappa_interval = no_interval(out->kappa.reason);
        return;
    }
    double kappa = (p->agreed - chance) / (1 - chance), same = 0, other = 0;
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++) {
            double margins = p->row[j] + p->column[i];
            if (i == j)
                same += p->cell[i][i] * pow(1 - margins * (1 - kappa), 2);
            else
                other += p->cell[i][j] * margins * margins;
        }
    double variance = (same + (1 - kappa) * (1 - kappa) * other -
                       pow(kappa - chance * (1 - kappa), 2)) /
                      (p->n * (1 - chance) * (1 - chance));
    out->kappa = estimate_of(kappa);
    out->kappa_interval = around(kappa, variance, level);
}

static void estimate_ac1(const struct parts *p, double level, struct agreement *out)
{
    double mean[2], agreed = p->agreed, diagonal = 0, squares = 0;
    for (int i = 0; i < 2; i++)
        mean[i] = (p->row[i] + p->column[i]) / 2;
    double chance = 2 * mean[0] * mean[1];
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++) {
            double left = 1 - (mean[i] + mean[j]) / 2;
            squares += p->cell[i][j] * left * left;
            diagonal += i == j ? p->cell[i][i] * (1 - mean[i]) : 0;
        }
    double ac1 = (agreed - chance) / (1 - chance);
    double variance =
        (agreed * (1 - agreed) - 4 * (1 - ac1) * (diagonal - agreed * chance) +
         4 * (1 - ac1) * (1 - ac1) * (squares - chance * chance)) /
        (p->n * (1 - chance) * (1 - chance));
    out->ac1 = estimate_of(ac1);
    out->ac1_interval = around(ac1, variance, level);
}

void agreement_of(const struct two_by_two *table, double level, struct agreement *out)
{
    double n = (double)(table->a + table->b + table->c + table->d);
    if (n <= 0) {
        out->observed = out->kappa = out->ac1 =
            not_estimable("there is nobody to count");
        out->kappa_interval = out->ac1_interval = no_interval(out->observed.reason);
        return;
    }
    double a = (double)table->a / n, b = (double)table->b / n;
    double c = (double)table->c / n, d = (double)table->d / n;
    struct parts parts = {.cell = {{a, b}, {c, d}},
                          .row = {a + b, c + d},
                          .column = {a + c, b + d},
                          .n = n,
                          .agreed = a + d};
    out->observed = estimate_of(parts.agreed);
    estimate_kappa(&parts, level, out);
    estimate_ac1(&parts, level, out);
}
