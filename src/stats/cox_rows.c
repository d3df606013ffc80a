#include "stats/cox_rows.h"

#include "base/wide.h"
#include "stats/order.h"

#include <string.h>

/* --- sorting -------------------------------------------------------------------------- */

enum { LANES = 8, BLOCK = 16 };

/* Σ (x - centre), or of its absolute values, in sums that do not wait for each other. */
static double add_up(const double *column, size_t count, double centre,
                     bool is_absolute)
{
    double sums[LANES] = {0};
    size_t i = 0;
    for (; i + LANES <= count; i += LANES)
        for (size_t lane = 0; lane < LANES; lane++) {
            double x = column[i + lane] - centre;
            sums[lane] += is_absolute ? fabs(x) : x;
        }
    for (; i < count; i++)
        sums[0] += is_absolute ? fabs(column[i] - centre) : column[i] - centre;
    return ((sums[0] + sums[1]) + (sums[2] + sums[3])) +
           ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

static void take_column(struct cox_rows *rows, const double *column, size_t covariate)
{
    double count = (double)rows->count;
    double centre = add_up(column, rows->count, 0, false) / count;
    double deviation = add_up(column, rows->count, centre, true) / count;
    if (!(deviation > 1e-13 * fabs(centre)) || !isfinite(deviation))
        return; /* it does not vary */
    rows->column_of[rows->columns] = covariate;
    rows->centres[rows->columns] = centre;
    rows->scales[rows->columns++] = deviation;
}

/* Some rows of all columns, read along the columns and written to their places. */
static void take_rows(struct cox_rows *rows, const struct cox_input *input,
                      const uint32_t *places, double *block, size_t first, size_t last)
{
    size_t columns = rows->columns;
    for (size_t k = 0; k < columns; k++) {
        const double *column = input->covariates[rows->column_of[k]] + first;
        double centre = rows->centres[k], inverse = 1 / rows->scales[k];
        for (size_t i = 0; i < last - first; i++)
            block[i * columns + k] = (column[i] - centre) * inverse;
    }
    for (size_t i = first; i < last; i++)
        memcpy(rows->x + places[i] * columns, block + (i - first) * columns,
               columns * sizeof *block);
}

static void take_covariates(struct cox_rows *rows, const struct cox_input *input,
                            struct arena *arena)
{
    rows->column_of = ARENA_ARRAY(arena, size_t, input->covariate_count + 1);
    rows->centres = ARENA_ARRAY(arena, double, input->covariate_count + 1);
    rows->scales = ARENA_ARRAY(arena, double, input->covariate_count + 1);
    for (size_t k = 0; k < input->covariate_count; k++)
        take_column(rows, input->covariates[k], k);
    rows->x = ARENA_ARRAY(arena, double, arena_product(rows->columns, rows->count) + 1);
    uint32_t *places = ARENA_ARRAY(arena, uint32_t, rows->count + 1);
    for (size_t i = 0; i < rows->count; i++)
        places[rows->order[i]] = (uint32_t)i;
    double *block = ARENA_ARRAY(arena, double, BLOCK * rows->columns + 1);
    for (size_t i = 0; i < rows->count; i += BLOCK)
        take_rows(rows, input, places, block, i,
                  i + BLOCK < rows->count ? i + BLOCK : rows->count);
}

static void add_moment(struct cox_rows *rows, const struct cox_moment *moment,
                       enum cox_ties ties)
{
    if (moment->events == 0)
        return;
    struct cox_moment *added = &rows->moments[rows->moment_count++];
    *added = *moment;
    added->terms = ties == COX_EFRON ? moment->events : 1;
    added->first_term = (uint32_t)rows->term_count;
    rows->term_count += added->terms;
    rows->event_count += moment->events;
}

static void find_moments(struct cox_rows *rows, enum cox_ties ties)
{
    for (size_t stratum = 0; stratum < rows->stratum_count; stratum++)
        for (size_t i = rows->starts[stratum]; i < rows->starts[stratum + 1];) {
            struct cox_moment moment = {.time = rows->times[i],
                                        .stratum = (uint32_t)stratum,
                                        .first = (uint32_t)i};
            for (; i < rows->starts[stratum + 1] && rows->times[i] <= moment.time; i++)
                moment.events += rows->is_event[i];
            moment.last = (uint32_t)i;
            add_moment(rows, &moment, ties);
        }
}

static void sort_entries(struct cox_rows *rows, const struct cox_input *input,
                         struct arena *arena)
{
    rows->entries = ARENA_ARRAY(arena, double, rows->count + 1);
    uint32_t *strata = ARENA_ARRAY(arena, uint32_t, rows->count + 1);
    for (size_t i = 0; i < rows->count; i++) {
        rows->entries[i] = input->entries[rows->order[i]];
        strata[i] = input->strata == NULL ? 0 : input->strata[rows->order[i]];
    }
    struct order_parts parts;
    order_split(order_rising(rows->entries, rows->count, arena), rows->count, strata,
                rows->stratum_count, arena, &parts);
    rows->by_entry = parts.order;
}

static void make_sums(struct cox_rows *rows, struct arena *arena)
{
    size_t columns = rows->columns;
    rows->beta = ARENA_ARRAY(arena, double, columns + 1);
    rows->score = ARENA_ARRAY(arena, double, columns + 1);
    rows->risk_sums = ARENA_ARRAY(arena, double, 2 * columns + 1);
    rows->eta = ARENA_ARRAY(arena, double, rows->count + 1);
    rows->weights = ARENA_ARRAY(arena, double, rows->count + 1);
    rows->hazards = ARENA_ARRAY(arena, double, rows->count + 1);
    rows->term_totals = ARENA_ARRAY(arena, double, rows->term_count + 1);
    rows->information = outer_begin(columns, arena);
    rows->arena = arena;
}

struct cox_rows *cox_rows_sort(const struct cox_input *input, struct arena *arena)
{
    struct cox_rows *rows = ARENA_NEW(arena, struct cox_rows);
    struct order_parts parts;
    rows->count = input->count;
    order_split(order_rising(input->times, input->count, arena), input->count,
                input->strata, input->stratum_count, arena, &parts);
    rows->order = parts.order;
    rows->starts = parts.starts;
    rows->stratum_count = parts.count;
    rows->times = ARENA_ARRAY(arena, double, input->count + 1);
    rows->is_event = ARENA_ARRAY(arena, bool, input->count + 1);
    for (size_t i = 0; i < input->count; i++) {
        rows->times[i] = input->times[rows->order[i]];
        rows->is_event[i] = input->is_event[rows->order[i]];
    }
    if (input->entries != NULL)
        sort_entries(rows, input, arena);
    rows->moments = ARENA_ARRAY(arena, struct cox_moment, input->count + 1);
    find_moments(rows, input->ties);
    take_covariates(rows, input, arena);
    make_sums(rows, arena);
    return rows;
}

void cox_rows_drop(struct cox_rows *rows, size_t column)
{
    size_t columns = rows->columns, to = 0;
    for (size_t i = 0; i < rows->count * columns; i++)
        if (i % columns != column)
            rows->x[to++] = rows->x[i];
    for (size_t k = column; k + 1 < columns; k++) {
        rows->column_of[k] = rows->column_of[k + 1];
        rows->centres[k] = rows->centres[k + 1];
        rows->scales[k] = rows->scales[k + 1];
    }
    rows->columns = rows->information.columns = columns - 1;
}

/* --- sums ----------------------------------------------------------------------------- */

/* Σ of weight and of weight · x of those at risk, and of the events of one moment; the
 * product of totals whose logarithm is still to be taken. */
struct risk_set {
    double total, event_total;
    double *sum, *event_sum;
    double product;
};

static inline void add_row(double *restrict sum, const double *restrict row,
                           double weight, size_t columns)
{
    for (size_t k = 0; k < columns; k++)
        sum[k] += weight * row[k];
}

static inline const double *row_of(const struct cox_rows *rows, size_t i)
{
    return rows->x + i * rows->columns;
}

/* In four sums that do not wait for each other. */
static inline double product(const double *row, const double *beta, size_t columns)
{
    double sums[4] = {0, 0, 0, 0};
    size_t k = 0;
    for (; k + 4 <= columns; k += 4)
        for (size_t lane = 0; lane < 4; lane++)
            sums[lane] += row[k + lane] * beta[k + lane];
    for (; k < columns; k++)
        sums[0] += row[k] * beta[k];
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

WIDE static bool weigh(struct cox_rows *rows)
{
    bool is_measurable = true;
    for (size_t i = 0; i < rows->count; i++) {
        double eta = product(row_of(rows, i), rows->beta, rows->columns);
        rows->eta[i] = eta;
        rows->weights[i] = exp(eta);
        is_measurable = is_measurable && fabs(eta) < 300;
    }
    return is_measurable;
}

/* Logarithms cost more than products: one is taken of many totals. */
static inline void subtract_log(struct cox_rows *rows, struct risk_set *risk,
                                double total, double count)
{
    if (count > 1) {
        rows->loglik -= count * log(total);
        return;
    }
    risk->product *= total; /* of totals below 1e140: see `weigh` */
    if (risk->product < 1e150 && risk->product > 1e-150)
        return;
    rows->loglik -= log(risk->product);
    risk->product = 1;
}

/* The terms of a moment, of the set at risk then. */
static inline void add_terms(struct cox_rows *rows, const struct cox_moment *moment,
                             struct risk_set *risk)
{
    double count = moment->terms == 1 ? (double)moment->events : 1;
    for (size_t k = 0; k < moment->terms; k++) {
        double part = 1 - cox_share(moment, k);
        size_t term = moment->first_term + k;
        double total = risk->total - part * risk->event_total, inverse = 1 / total;
        double *restrict mean = outer_place(&rows->information, -count);
        rows->term_totals[term] = total;
        subtract_log(rows, risk, total, count);
        for (size_t j = 0; j < rows->columns; j++) {
            mean[j] = (risk->sum[j] - part * risk->event_sum[j]) * inverse;
            rows->score[j] -= count * mean[j];
        }
        if (rows->term_means != NULL)
            memcpy(rows->term_means + term * rows->columns, mean,
                   rows->columns * sizeof *mean);
    }
}

static inline void add_to_risk(struct cox_rows *rows, struct risk_set *risk, size_t i,
                               const struct cox_moment *moment)
{
    const double *row = row_of(rows, i);
    double weight = rows->weights[i];
    risk->total += weight;
    add_row(risk->sum, row, weight, rows->columns);
    if (i >= moment->last || !rows->is_event[i])
        return;
    add_row(rows->score, row, 1, rows->columns);
    rows->loglik += rows->eta[i];
    if (moment->terms == 1) /* nothing is shared among the events */
        return;
    risk->event_total += weight;
    add_row(risk->event_sum, row, weight, rows->columns);
}

static void take_out_later(struct cox_rows *rows, struct risk_set *risk, double time,
                           size_t start, size_t *left)
{
    while (*left > start && rows->entries[rows->by_entry[*left - 1]] >= time) {
        size_t i = rows->by_entry[--*left];
        risk->total -= rows->weights[i];
        add_row(risk->sum, row_of(rows, i), -rows->weights[i], rows->columns);
    }
}

/* The moments of one stratum, the last first; returns the moment before them. */
WIDE static size_t sum_stratum(struct cox_rows *rows, size_t stratum, size_t moment_end,
                               struct risk_set *risk)
{
    size_t start = rows->starts[stratum], row = rows->starts[stratum + 1];
    size_t left = row, at = moment_end, size = rows->columns * sizeof(double);
    risk->total = 0;
    memset(risk->sum, 0, size);
    for (; at > 0 && rows->moments[at - 1].stratum == stratum; at--) {
        const struct cox_moment *moment = &rows->moments[at - 1];
        risk->event_total = 0;
        memset(risk->event_sum, 0, size);
        while (row > moment->first)
            add_to_risk(rows, risk, --row, moment);
        if (rows->entries != NULL)
            take_out_later(rows, risk, moment->time, start, &left);
        add_terms(rows, moment, risk);
    }
    return at;
}

/* What the moment adds to the hazard of those at risk and not of its events. */
static double full_hazard(const struct cox_rows *rows, const struct cox_moment *moment)
{
    double sum = 0;
    for (size_t k = 0; k < moment->terms; k++)
        sum += 1 / rows->term_totals[moment->first_term + k];
    return moment->terms == 1 ? sum * (double)moment->events : sum;
}

static double event_hazard(const struct cox_rows *rows, const struct cox_moment *moment)
{
    double sum = 0;
    for (size_t k = 0; k < moment->terms; k++)
        sum += cox_share(moment, k) / rows->term_totals[moment->first_term + k];
    return moment->terms == 1 ? sum * (double)moment->events : sum;
}

/* By rising time; returns the moment behind those of the stratum. */
static size_t expose_stratum(const struct cox_rows *rows, size_t stratum, size_t at,
                             const double *factors, double *out)
{
    double hazard = 0;
    size_t row = rows->starts[stratum], end = rows->starts[stratum + 1], entered = row;
    for (; at < rows->moment_count && rows->moments[at].stratum == stratum; at++) {
        const struct cox_moment *moment = &rows->moments[at];
        double factor = factors == NULL ? 1 : factors[at];
        double with_event = hazard + factor * event_hazard(rows, moment);
        for (; row < moment->first; row++)
            out[row] += hazard;
        for (; rows->entries != NULL && entered < end &&
               rows->entries[rows->by_entry[entered]] < moment->time;
             entered++)
            out[rows->by_entry[entered]] -= hazard;
        hazard += factor * full_hazard(rows, moment);
        for (; row < moment->last; row++)
            out[row] += rows->is_event[row] ? with_event : hazard;
    }
    for (; row < end; row++)
        out[row] += hazard;
    for (; rows->entries != NULL && entered < end; entered++)
        out[rows->by_entry[entered]] -= hazard;
    return at;
}

void cox_rows_expose(const struct cox_rows *rows, const double *factors, double *out)
{
    size_t at = 0;
    memset(out, 0, rows->count * sizeof *out);
    for (size_t stratum = 0; stratum < rows->stratum_count; stratum++)
        at = expose_stratum(rows, stratum, at, factors, out);
}

bool cox_rows_sum(struct cox_rows *rows)
{
    struct risk_set risk = {.sum = rows->risk_sums,
                            .event_sum = rows->risk_sums + rows->columns,
                            .product = 1};
    rows->loglik = 0;
    memset(rows->score, 0, rows->columns * sizeof *rows->score);
    outer_reset(&rows->information);
    if (!weigh(rows))
        return false;
    size_t at = rows->moment_count;
    for (size_t stratum = rows->stratum_count; stratum-- > 0;)
        at = sum_stratum(rows, stratum, at, &risk);
    rows->loglik -= log(risk.product);
    cox_rows_expose(rows, NULL, rows->hazards);
    for (size_t i = 0; i < rows->count; i++)
        if (fabs(rows->hazards[i]) > 0)
            outer_add(&rows->information, row_of(rows, i),
                      rows->weights[i] * rows->hazards[i]);
    outer_end(&rows->information);
    return isfinite(rows->loglik);
}

const double *cox_rows_means(struct cox_rows *rows)
{
    if (rows->term_means == NULL) {
        size_t size = arena_product(rows->term_count, rows->columns) + 1;
        rows->term_means = ARENA_ARRAY(rows->arena, double, size);
        bool is_summed = cox_rows_sum(rows);
        ASSERT(is_summed); /* as it was at the end of the fit */
    }
    return rows->term_means;
}
