#include "stats/finegray.h"

#include "stats/matrix.h"
#include "stats/order.h"
#include "stats/outer.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>
#include <string.h>

enum { ROUNDS_MOST = 60, HALVINGS_MOST = 40 };

static const double near_enough = 1e-13; /* of the log likelihood to its maximum */
static const double far = 1e-4;          /* a last step that long has no end */

struct moment {         /* a different time */
    size_t first, last; /* its rows */
    double events, censored;
    double free;  /* G just before */
    double total; /* of the weighted set at risk; where there are events */
};

struct model {
    size_t count, columns;
    double *x, *scales; /* row by row, sorted by time, centred and scaled */
    uint32_t *causes;   /* of the rows */
    uint32_t cause;
    struct moment *moments;
    size_t moment_count;
    double *means;          /* of the set at risk: moment × column */
    double *beta, *weights; /* e^{xβ} */
    double *score, *sums;   /* sums: 2 × columns */
    struct outer_sum information;
    double loglik;
};

static const double *row_of(const struct model *model, size_t i)
{
    return model->x + i * model->columns;
}

static bool competes(const struct model *model, size_t row)
{
    return model->causes[row] != 0 && model->causes[row] != model->cause;
}

/* --- sorting -------------------------------------------------------------------------- */

static bool take_covariates(struct model *model, const struct finegray_input *input,
                            const uint32_t *order)
{
    double n = (double)model->count;
    for (size_t k = 0; k < model->columns; k++) {
        double sum = 0, deviation = 0;
        for (size_t i = 0; i < model->count; i++)
            sum += input->covariates[k][i];
        for (size_t i = 0; i < model->count; i++)
            deviation += fabs(input->covariates[k][i] - sum / n) / n;
        if (!(deviation > 1e-13 * fabs(sum / n)))
            return false;
        model->scales[k] = deviation;
        for (size_t i = 0; i < model->count; i++)
            model->x[i * model->columns + k] =
                (input->covariates[k][order[i]] - sum / n) / deviation;
    }
    return true;
}

static void find_moments(struct model *model, const struct finegray_input *input,
                         const uint32_t *order)
{
    double free = 1;
    for (size_t i = 0; i < model->count;) {
        struct moment *moment = &model->moments[model->moment_count++];
        *moment = (struct moment){.first = i, .free = free};
        double time = input->times[order[i]], n = (double)(model->count - i);
        for (; i < model->count && input->times[order[i]] <= time; i++) {
            model->causes[i] = input->causes[order[i]];
            moment->events += model->causes[i] == model->cause;
            moment->censored += model->causes[i] == 0;
        }
        moment->last = i;
        free *= (n - moment->censored) / n;
    }
}

static bool arrange(struct model *model, const struct finegray_input *input,
                    struct arena *arena)
{
    size_t n = input->count, p = input->covariate_count;
    const uint32_t *order = order_rising(input->times, n, arena);
    *model = (struct model){.count = n, .columns = p, .cause = input->cause};
    model->x = ARENA_ARRAY(arena, double, arena_product(n, p) + 1);
    model->scales = ARENA_ARRAY(arena, double, p + 1);
    model->causes = ARENA_ARRAY(arena, uint32_t, n + 1);
    model->moments = ARENA_ARRAY(arena, struct moment, n + 1);
    find_moments(model, input, order);
    model->means =
        ARENA_ARRAY(arena, double, arena_product(model->moment_count, p) + 1);
    model->beta = ARENA_ARRAY(arena, double, p + 1);
    model->score = ARENA_ARRAY(arena, double, p + 1);
    model->sums = ARENA_ARRAY(arena, double, 2 * p + 1);
    model->weights = ARENA_ARRAY(arena, double, n + 1);
    model->information = outer_begin(p, arena);
    return take_covariates(model, input, order);
}

/* --- sums ----------------------------------------------------------------------------- */

static bool weigh(struct model *model)
{
    bool is_measurable = true;
    for (size_t i = 0; i < model->count; i++) {
        double eta = 0;
        for (size_t k = 0; k < model->columns; k++)
            eta += row_of(model, i)[k] * model->beta[k];
        model->weights[i] = exp(eta);
        is_measurable = is_measurable && fabs(eta) < 300;
        if (model->causes[i] != model->cause)
            continue;
        model->loglik += eta;
        for (size_t k = 0; k < model->columns; k++)
            model->score[k] += row_of(model, i)[k];
    }
    return is_measurable;
}

/* Those who are there: added from the last to the first. */
static void sum_present(struct model *model)
{
    double total = 0, *sum = model->sums;
    memset(sum, 0, model->columns * sizeof *sum);
    for (size_t at = model->moment_count; at-- > 0;) {
        struct moment *moment = &model->moments[at];
        for (size_t i = moment->last; i-- > moment->first;) {
            total += model->weights[i];
            for (size_t k = 0; k < model->columns; k++)
                sum[k] += model->weights[i] * row_of(model, i)[k];
        }
        moment->total = total;
        memcpy(model->means + at * model->columns, sum, model->columns * sizeof *sum);
    }
}

/* Those who had a competing event before: added forwards, and weighted by G(t-). */
static void sum_competing(struct model *model)
{
    double total = 0, *sum = model->sums;
    memset(sum, 0, model->columns * sizeof *sum);
    for (size_t at = 0; at < model->moment_count; at++) {
        struct moment *moment = &model->moments[at];
        double *mean = model->means + at * model->columns;
        moment->total += moment->free * total;
        for (size_t k = 0; k < model->columns; k++)
            mean[k] = (mean[k] + moment->free * sum[k]) / moment->total;
        for (size_t i = moment->first; i < moment->last; i++) {
            if (!competes(model, i))
                continue;
            double weight = model->weights[i] / moment->free;
            total += weight;
            for (size_t k = 0; k < model->columns; k++)
                sum[k] += weight * row_of(model, i)[k];
        }
    }
}

/* ∫ dΛ from each moment on, weighted by G(t-): what a competing event is exposed to yet. */
static double later_hazard(const struct model *model)
{
    double later = 0;
    for (size_t at = 0; at < model->moment_count; at++) {
        const struct moment *moment = &model->moments[at];
        later += moment->free * moment->events / moment->total;
    }
    return later;
}

static void add_information(struct model *model)
{
    double hazard = 0, later = later_hazard(model);
    for (size_t at = 0; at < model->moment_count; at++) {
        const struct moment *moment = &model->moments[at];
        double rise = moment->events / moment->total;
        hazard += rise;
        later -= moment->free * rise;
        if (moment->events > 0)
            outer_add(&model->information, model->means + at * model->columns,
                      -moment->events);
        for (size_t i = moment->first; i < moment->last; i++) {
            double exposed = hazard;
            if (competes(model, i))
                exposed += fmax(0, later) / moment->free;
            outer_add(&model->information, row_of(model, i),
                      model->weights[i] * exposed);
        }
    }
    outer_end(&model->information);
}

static bool sum_up(struct model *model)
{
    model->loglik = 0;
    memset(model->score, 0, model->columns * sizeof *model->score);
    outer_reset(&model->information);
    if (!weigh(model))
        return false;
    sum_present(model);
    sum_competing(model);
    for (size_t at = 0; at < model->moment_count; at++) {
        const struct moment *moment = &model->moments[at];
        if (!(moment->events > 0))
            continue;
        model->loglik -= moment->events * log(moment->total);
        for (size_t k = 0; k < model->columns; k++)
            model->score[k] -= moment->events * model->means[at * model->columns + k];
    }
    add_information(model);
    return isfinite(model->loglik);
}

/* --- Newton's method ------------------------------------------------------------------ */

/* Goes on by a step, halved until the likelihood does not fall; the step itself stays, to
 * say whether it would have gone on. */
static bool move(struct model *model, const double *step, double *from)
{
    double before = model->loglik, slack = 1e-11 * (1 + fabs(before)), part = 1;
    memcpy(from, model->beta, model->columns * sizeof *from);
    for (size_t halving = 0; halving < HALVINGS_MOST; halving++) {
        for (size_t k = 0; k < model->columns; k++)
            model->beta[k] = from[k] + part * step[k];
        if (sum_up(model) && model->loglik >= before - slack)
            return true;
        part /= 2;
    }
    return false;
}

/* False when the information matrix is singular from the beginning. `step` is the last one:
 * where the likelihood rises for ever the matrix becomes singular on the way. */
static bool climb(struct model *model, double *step, struct arena *arena,
                  struct matrix_factor *factor)
{
    double *from = ARENA_ARRAY(arena, double, model->columns + 1);
    size_t row;
    if (!matrix_factor(model->information.matrix, model->columns, arena, factor, &row))
        return false;
    for (size_t round = 0; round < ROUNDS_MOST; round++) {
        double rise = 0;
        matrix_solve(factor, model->score, step);
        for (size_t k = 0; k < model->columns; k++)
            rise += step[k] * model->score[k] / 2;
        struct matrix_factor next;
        if (!move(model, step, from) ||
            !matrix_factor(model->information.matrix, model->columns, arena, &next,
                           &row))
            break;
        *factor = next;
        if (rise < near_enough)
            break;
    }
    return true;
}

/* --- the variance --------------------------------------------------------------------- */

/* Sums over the moments up to now, and from now on, one a column each. */
struct running {
    double hazard, later;         /* ∫ dΛ; ∫ G(t-) dΛ from behind now */
    double *mean, *later_mean;    /* the same of the mean of x */
    double gone;                  /* Σ e^{xβ}/G of competing events up to now */
    double *gone_sum, *censoring; /* of x; ∫ q/π² dN of censoring */
    double *slope;                /* q now */
};

static void pass_hazard(const struct model *model, size_t at, struct running *run)
{
    const struct moment *moment = &model->moments[at];
    const double *mean = model->means + at * model->columns;
    double rise = moment->events / moment->total;
    run->hazard += rise;
    run->later -= moment->free * rise;
    for (size_t k = 0; k < model->columns; k++) {
        run->mean[k] += rise * mean[k];
        run->later_mean[k] -= moment->free * rise * mean[k];
    }
}

/* q: how the score moves with the hazard of censoring now, by those who had a competing
 * event before, and by the events from now on. */
static void pass_censoring(const struct model *model, size_t at, struct running *run)
{
    const struct moment *moment = &model->moments[at];
    double n = (double)(model->count - moment->first);
    for (size_t k = 0; k < model->columns; k++) {
        run->slope[k] =
            (run->gone_sum[k] * run->later - run->gone * run->later_mean[k]) / n;
        run->censoring[k] += run->slope[k] * moment->censored / n;
    }
}

static void pass_competing(const struct model *model, size_t at, struct running *run)
{
    const struct moment *moment = &model->moments[at];
    for (size_t i = moment->first; i < moment->last; i++) {
        if (!competes(model, i))
            continue;
        double weight = model->weights[i] / moment->free;
        run->gone += weight;
        for (size_t k = 0; k < model->columns; k++)
            run->gone_sum[k] += weight * row_of(model, i)[k];
    }
}

/* η + ψ of a row that leaves now. */
static void influence(const struct model *model, size_t at, size_t row,
                      const struct running *run, double *out)
{
    const struct moment *moment = &model->moments[at];
    double weight = model->weights[row];
    double kept = competes(model, row) ? 1 / moment->free : 0;
    for (size_t k = 0; k < model->columns; k++) {
        double x = row_of(model, row)[k];
        double eta = -weight * (x * (run->hazard + kept * run->later) - run->mean[k] -
                                kept * run->later_mean[k]);
        if (model->causes[row] == model->cause)
            eta += x - model->means[at * model->columns + k];
        out[k] = eta - run->censoring[k];
        if (model->causes[row] == 0)
            out[k] += run->slope[k];
    }
}

static struct running run_begin(const struct model *model, struct arena *arena)
{
    size_t p = model->columns + 1;
    struct running run = {.later = later_hazard(model),
                          .mean = ARENA_ARRAY(arena, double, p),
                          .later_mean = ARENA_ARRAY(arena, double, p),
                          .gone_sum = ARENA_ARRAY(arena, double, p),
                          .censoring = ARENA_ARRAY(arena, double, p),
                          .slope = ARENA_ARRAY(arena, double, p)};
    for (size_t at = 0; at < model->moment_count; at++)
        for (size_t k = 0; k < model->columns; k++)
            run.later_mean[k] += model->moments[at].free * model->moments[at].events /
                                 model->moments[at].total *
                                 model->means[at * model->columns + k];
    return run;
}

static double *sandwich(const struct model *model, const struct matrix_factor *factor,
                        struct arena *arena)
{
    size_t p = model->columns;
    struct running run = run_begin(model, arena);
    struct outer_sum middle = outer_begin(p, arena);
    double *row = ARENA_ARRAY(arena, double, p + 1);
    for (size_t at = 0; at < model->moment_count; at++) {
        pass_censoring(model, at, &run);
        pass_hazard(model, at, &run);
        pass_competing(model, at, &run);
        for (size_t i = model->moments[at].first; i < model->moments[at].last; i++) {
            influence(model, at, i, &run, row);
            matrix_solve(factor, row, row);
            outer_add(&middle, row, 1);
        }
    }
    outer_end(&middle);
    return middle.matrix;
}

/* --- results -------------------------------------------------------------------------- */

static void refuse(struct finegray_fit *out, size_t columns, const char *reason)
{
    struct estimate none = not_estimable(reason);
    for (size_t k = 0; k < columns; k++)
        out->coefficients[k] = (struct finegray_coefficient){none, none, none};
    out->loglik = out->loglik_null = out->likelihood_ratio = none;
}

static void fill(const struct model *model, const double *variance, const double *step,
                 struct finegray_fit *out)
{
    for (size_t k = 0; k < model->columns; k++) {
        struct finegray_coefficient *found = &out->coefficients[k];
        if (!(fabs(step[k]) < far)) {
            found->value = found->error = found->p =
                not_estimable("the likelihood rises for ever: it is infinite");
            continue;
        }
        double error = sqrt(variance[k * model->columns + k]);
        found->value = estimate_of(model->beta[k] / model->scales[k]);
        found->error = estimate_of(error / model->scales[k]);
        found->p = estimate_of(2 * pnorm(fabs(model->beta[k] / error), 0, 1, 0, 0));
    }
}

void finegray_fit(const struct finegray_input *input, struct arena *arena,
                  struct finegray_fit *out)
{
    struct model model = {0};
    struct matrix_factor factor;
    size_t p = input->covariate_count;
    *out = (struct finegray_fit){0};
    out->coefficients = ARENA_ARRAY(arena, struct finegray_coefficient, p + 1);
    double *step = ARENA_ARRAY(arena, double, p + 1);
    for (size_t i = 0; i < input->count; i++)
        out->events += input->causes[i] == input->cause;
    const char *reason = NULL;
    if (out->events == 0)
        reason = "nobody had the event";
    else if (!arrange(&model, input, arena) || !sum_up(&model))
        reason = "a covariate does not vary";
    double null = reason == NULL ? model.loglik : 0;
    if (reason == NULL && !climb(&model, step, arena, &factor))
        reason = "the information matrix is singular: covariates repeat each other";
    if (reason != NULL) {
        refuse(out, p, reason);
        return;
    }
    out->loglik_null = estimate_of(null);
    out->loglik = estimate_of(model.loglik);
    out->likelihood_ratio = estimate_of(2 * (model.loglik - null));
    fill(&model, sandwich(&model, &factor, arena), step, out);
}
