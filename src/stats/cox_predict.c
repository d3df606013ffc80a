#include "stats/cox_rows.h"

static void refuse(struct cox_prediction *out, const char *reason)
{
    struct interval none = no_interval(reason);
    out->hazard = out->hazard_error = none.lower;
    out->survival = out->survival_error = none.lower;
    out->interval = none;
}

static const char *hindrance(const struct cox_fit *fit, size_t stratum, double time)
{
    const struct cox_rows *rows = fit->rows;
    if (rows == NULL)
        return "nothing was fitted";
    for (size_t k = 0; k < rows->columns; k++)
        if (!is_estimated(fit->coefficients[rows->column_of[k]].value))
            return "a coefficient is infinite";
    if (!(time >= 0))
        return "the time is not a number of at least 0";
    size_t end = rows->starts[stratum + 1];
    if (end == rows->starts[stratum] || time > rows->times[end - 1])
        return "nobody was followed that long";
    return NULL;
}

/* Σ (x - a_k) count / S_k, in the units of the covariates. */
struct slope {
    const double *x;
    double hazard, variance;
    double at[];
};

static void add_moment(const struct cox_rows *rows, const struct cox_moment *moment,
                       struct slope *slope)
{
    double count = moment->terms == 1 ? (double)moment->events : 1;
    for (size_t k = 0; k < moment->terms; k++) {
        size_t term = moment->first_term + k;
        double rise = count / rows->term_totals[term];
        slope->hazard += rise;
        slope->variance += rise / rows->term_totals[term];
        for (size_t j = 0; j < rows->columns; j++) {
            double mean = rows->centres[j] +
                          rows->scales[j] * rows->term_means[term * rows->columns + j];
            slope->at[j] += rise * (slope->x[rows->column_of[j]] - mean);
        }
    }
}

static double form(const struct cox_fit *fit, const struct slope *slope)
{
    const struct cox_rows *rows = fit->rows;
    double sum = 0;
    for (size_t i = 0; i < rows->columns; i++)
        for (size_t k = 0; k < rows->columns; k++)
            sum += slope->at[i] * slope->at[k] *
                   fit->variance[rows->column_of[i] * fit->covariate_count +
                                 rows->column_of[k]];
    return sum;
}

void cox_predict(const struct cox_fit *fit, const double *x, size_t stratum,
                 double time, double level, struct cox_prediction *out)
{
    const struct cox_rows *rows = fit->rows;
    const char *reason = hindrance(fit, stratum, time);
    if (reason != NULL) {
        refuse(out, reason);
        return;
    }
    cox_rows_means(fit->rows);
    struct arena *scratch = arena_new(1 << 20);
    struct slope *slope =
        arena_alloc(scratch, sizeof *slope + (rows->columns + 1) * sizeof(double));
    slope->x = x;
    double eta = 0;
    for (size_t k = 0; k < rows->columns; k++)
        eta += (x[rows->column_of[k]] - rows->centres[k]) / rows->scales[k] *
               rows->beta[k];
    for (size_t at = 0; at < rows->moment_count; at++)
        if (rows->moments[at].stratum == stratum && rows->moments[at].time <= time)
            add_moment(rows, &rows->moments[at], slope);
    double risk = exp(eta), hazard = risk * slope->hazard;
    double error = risk * sqrt(slope->variance + form(fit, slope));
    double reach = normal_reach(level) * error;
    out->hazard = estimate_of(hazard);
    out->hazard_error = estimate_of(error);
    out->survival = estimate_of(exp(-hazard));
    out->survival_error = estimate_of(exp(-hazard) * error);
    out->interval = interval_of(exp(-hazard - reach), fmin(1, exp(-hazard + reach)));
    arena_free(scratch);
}
