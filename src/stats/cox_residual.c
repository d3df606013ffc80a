#include "stats/cox_rows.h"

#include <string.h>

double *cox_martingale(const struct cox_fit *fit, struct arena *arena)
{
    double *residuals = ARENA_ARRAY(arena, double, fit->count + 1);
    const struct cox_rows *rows = fit->rows;
    for (size_t i = 0; rows != NULL && i < rows->count; i++)
        residuals[rows->order[i]] =
            (rows->is_event[i] ? 1 : 0) - rows->weights[i] * rows->hazards[i];
    return residuals;
}

/* ∫ a dH up to now, one a column, of those without and with an event now. */
struct mean_hazard {
    double *all, *with_event, *event_mean;
};

static void add_moment(const struct cox_rows *rows, const struct cox_moment *moment,
                       struct mean_hazard *hazard)
{
    size_t columns = rows->columns;
    double count = moment->terms == 1 ? (double)moment->events : 1;
    memcpy(hazard->with_event, hazard->all, columns * sizeof(double));
    memset(hazard->event_mean, 0, columns * sizeof(double));
    for (size_t k = 0; k < moment->terms; k++) {
        size_t term = moment->first_term + k;
        const double *mean = rows->term_means + term * columns;
        double rise = count / rows->term_totals[term];
        for (size_t j = 0; j < columns; j++) {
            hazard->all[j] += rise * mean[j];
            hazard->with_event[j] += rise * cox_share(moment, k) * mean[j];
            hazard->event_mean[j] += mean[j] / (double)moment->terms;
        }
    }
}

static void add_hazard(const struct cox_rows *rows, size_t row, const double *hazard,
                       double sign, double *scores)
{
    for (size_t j = 0; j < rows->columns; j++)
        scores[row * rows->columns + j] += sign * rows->weights[row] * hazard[j];
}

static void at_moment(const struct cox_rows *rows, const struct cox_moment *moment,
                      const struct mean_hazard *hazard, double *scores)
{
    for (size_t row = moment->first; row < moment->last; row++) {
        const double *now = rows->is_event[row] ? hazard->with_event : hazard->all;
        add_hazard(rows, row, now, 1, scores);
        for (size_t j = 0; rows->is_event[row] && j < rows->columns; j++)
            scores[row * rows->columns + j] +=
                rows->x[row * rows->columns + j] - hazard->event_mean[j];
    }
}

static size_t score_stratum(const struct cox_rows *rows, size_t stratum, size_t at,
                            struct mean_hazard *hazard, double *scores)
{
    size_t row = rows->starts[stratum], end = rows->starts[stratum + 1], entered = row;
    memset(hazard->all, 0, rows->columns * sizeof(double));
    for (; at < rows->moment_count && rows->moments[at].stratum == stratum; at++) {
        const struct cox_moment *moment = &rows->moments[at];
        for (; row < moment->first; row++)
            add_hazard(rows, row, hazard->all, 1, scores);
        for (; rows->entries != NULL && entered < end &&
               rows->entries[rows->by_entry[entered]] < moment->time;
             entered++)
            add_hazard(rows, rows->by_entry[entered], hazard->all, -1, scores);
        add_moment(rows, moment, hazard);
        at_moment(rows, moment, hazard, scores);
        row = moment->last;
    }
    for (; row < end; row++)
        add_hazard(rows, row, hazard->all, 1, scores);
    for (; rows->entries != NULL && entered < end; entered++)
        add_hazard(rows, rows->by_entry[entered], hazard->all, -1, scores);
    return at;
}

/* Of the scaled covariates, one a row as sorted. */
static double *score_residuals(const struct cox_rows *rows, struct arena *arena)
{
    size_t columns = rows->columns, at = 0;
    double *scores =
        ARENA_ARRAY(arena, double, arena_product(rows->count, columns) + 1);
    struct mean_hazard hazard = {ARENA_ARRAY(arena, double, columns + 1),
                                 ARENA_ARRAY(arena, double, columns + 1),
                                 ARENA_ARRAY(arena, double, columns + 1)};
    for (size_t i = 0; i < rows->count; i++)
        for (size_t j = 0; j < columns; j++)
            scores[i * columns + j] =
                -rows->weights[i] * rows->hazards[i] * rows->x[i * columns + j];
    for (size_t stratum = 0; stratum < rows->stratum_count; stratum++)
        at = score_stratum(rows, stratum, at, &hazard, scores);
    return scores;
}

double *cox_dfbeta(const struct cox_fit *fit, struct arena *arena)
{
    size_t all = fit->covariate_count;
    double *dfbeta = ARENA_ARRAY(arena, double, arena_product(fit->count, all) + 1);
    const struct cox_rows *rows = fit->rows;
    if (rows == NULL)
        return dfbeta;
    cox_rows_means(fit->rows);
    const double *scores = score_residuals(rows, arena);
    for (size_t i = 0; i < rows->count; i++)
        for (size_t k = 0; k < rows->columns; k++) {
            double sum = 0;
            for (size_t j = 0; j < rows->columns; j++)
                sum += scores[i * rows->columns + j] * rows->scales[j] *
                       fit->variance[rows->column_of[j] * all + rows->column_of[k]];
            dfbeta[rows->order[i] * all + rows->column_of[k]] = sum;
        }
    return dfbeta;
}
