#include "stats/cox_rows.h"
#include "stats/matrix.h"
#include "stats/order.h"
#include "stats/survival.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

/* --- g(t) at the moments -------------------------------------------------------------- */

/* S just before a time. */
static double survival_before(const struct survival_curve *curve, double time)
{
    size_t low = 0, high = curve->step_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (curve->steps[middle].time < time)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? 1 : curve->steps[low - 1].survival;
}

/* The mean rank of a time among those of all rows, `order` by time. */
static double rank_of(const struct cox_fit *fit, const double *rising, double time)
{
    size_t below = 0, low = 0, high = fit->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rising[middle] < time)
            low = middle + 1;
        else
            high = middle;
    }
    below = low;
    high = fit->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rising[middle] <= time)
            low = middle + 1;
        else
            high = middle;
    }
    return (double)(below + low + 1) / 2;
}

static double *rising_times(const struct cox_fit *fit, struct arena *arena)
{
    double *rising = ARENA_ARRAY(arena, double, fit->count + 1);
    const uint32_t *order = order_rising(fit->input->times, fit->count, arena);
    for (size_t i = 0; i < fit->count; i++)
        rising[i] = fit->input->times[order[i]];
    return rising;
}

static double *transformed(const struct cox_fit *fit, enum cox_transform transform,
                           struct arena *arena)
{
    const struct cox_rows *rows = fit->rows;
    struct survival_curve *curve = NULL;
    struct survival_input input = {fit->input->times, fit->input->is_event, fit->count,
                                   fit->input->entries};
    double *g = ARENA_ARRAY(arena, double, rows->moment_count + 1), mean = 0;
    const double *rising = transform == COX_RANK ? rising_times(fit, arena) : NULL;
    if (transform == COX_KM && !survival_fit(&input, arena, &curve))
        return NULL;
    for (size_t i = 0; i < rows->moment_count; i++) {
        double time = rows->moments[i].time;
        switch (transform) {
        case COX_KM: g[i] = 1 - survival_before(curve, time); break;
        case COX_IDENTITY: g[i] = time; break;
        case COX_RANK: g[i] = rank_of(fit, rising, time); break;
        case COX_LOG: g[i] = log(time); break;
        }
        if (!isfinite(g[i]))
            return NULL;
        mean += g[i] * (double)rows->moments[i].events / (double)rows->event_count;
    }
    for (size_t i = 0; i < rows->moment_count; i++)
        g[i] -= mean;
    return g;
}

/* --- the score test ------------------------------------------------------------------- */

/* Σ of g (x - mean of those at risk) over the events. */
static void add_scores(const struct cox_rows *rows, const double *g, double *score)
{
    for (size_t at = 0; at < rows->moment_count; at++) {
        const struct cox_moment *moment = &rows->moments[at];
        double count = moment->terms == 1 ? (double)moment->events : 1;
        for (size_t j = 0; j < rows->columns; j++) {
            double sum = 0;
            for (size_t i = moment->first; i < moment->last; i++)
                sum += rows->is_event[i] ? rows->x[i * rows->columns + j] : 0;
            for (size_t k = 0; k < moment->terms; k++)
                sum -= count *
                       rows->term_means[(moment->first_term + k) * rows->columns + j];
            score[j] += g[at] * sum;
        }
    }
}

/* The information with each moment weighted. */
static double *weighted_information(const struct cox_rows *rows, const double *weights,
                                    struct arena *arena)
{
    struct outer_sum sum = outer_begin(rows->columns, arena);
    double *exposed = ARENA_ARRAY(arena, double, rows->count + 1);
    cox_rows_expose(rows, weights, exposed);
    for (size_t i = 0; i < rows->count; i++)
        outer_add(&sum, rows->x + i * rows->columns, rows->weights[i] * exposed[i]);
    for (size_t at = 0; at < rows->moment_count; at++) {
        const struct cox_moment *moment = &rows->moments[at];
        double count = moment->terms == 1 ? (double)moment->events : 1;
        for (size_t k = 0; k < moment->terms; k++)
            outer_add(&sum, rows->term_means + (moment->first_term + k) * rows->columns,
                      -count * weights[at]);
    }
    outer_end(&sum);
    return sum.matrix;
}

struct augmented {
    size_t columns;
    const double *plain, *once, *twice; /* information weighted by 1, g, g² */
    const double *score;
};

/* The test of the columns from `first` up to before `last` multiplied by g. */
static struct cox_hazards_test test_of(const struct augmented *all, size_t first,
                                       size_t last, struct arena *arena)
{
    size_t p = all->columns, added = last - first, rows = p + added, row;
    double *matrix = ARENA_ARRAY(arena, double, rows *rows);
    double *score = ARENA_ARRAY(arena, double, rows);
    for (size_t i = 0; i < rows; i++) {
        size_t from = i < p ? i : first + i - p;
        score[i] = i < p ? 0 : all->score[from];
        for (size_t k = 0; k < rows; k++) {
            size_t to = k < p ? k : first + k - p;
            const double *part = i < p && k < p     ? all->plain
                                 : i >= p && k >= p ? all->twice
                                                    : all->once;
            matrix[i * rows + k] = part[from * p + to];
        }
    }
    struct matrix_factor factor;
    if (!matrix_factor(matrix, rows, arena, &factor, &row)) {
        struct estimate none = not_estimable("the information matrix is singular");
        return (struct cox_hazards_test){none, none, added};
    }
    double chi2 = matrix_form(&factor, score, arena);
    return (struct cox_hazards_test){
        estimate_of(chi2), estimate_of(pchisq(chi2, (double)added, 0, 0)), added};
}

struct cox_hazards_test *cox_hazards(const struct cox_fit *fit,
                                     enum cox_transform transform, struct arena *arena)
{
    const struct cox_rows *rows = fit->rows;
    struct cox_hazards_test *tests =
        ARENA_ARRAY(arena, struct cox_hazards_test, fit->covariate_count + 1);
    double *g = rows == NULL ? NULL : transformed(fit, transform, arena);
    struct estimate none = not_estimable(
        rows == NULL ? "nothing was fitted" : "the times cannot be transformed so");
    for (size_t k = 0; k <= fit->covariate_count; k++)
        tests[k] = (struct cox_hazards_test){none, none, 0};
    if (g == NULL)
        return tests;
    cox_rows_means(fit->rows);
    double *score = ARENA_ARRAY(arena, double, rows->columns + 1);
    add_scores(rows, g, score);
    struct augmented all = {
        .columns = rows->columns, .plain = rows->information.matrix, .score = score};
    all.once = weighted_information(rows, g, arena);
    for (size_t at = 0; at < rows->moment_count; at++)
        g[at] *= g[at];
    all.twice = weighted_information(rows, g, arena);
    for (size_t k = 0; k < rows->columns; k++)
        tests[rows->column_of[k]] = test_of(&all, k, k + 1, arena);
    tests[fit->covariate_count] = test_of(&all, 0, rows->columns, arena);
    return tests;
}
