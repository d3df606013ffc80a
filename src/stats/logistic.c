#include "stats/logistic.h"

#include "stats/matrix.h"
#include "stats/outer.h"
#include "stats/root.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>
#include <string.h>

enum { ROUNDS_MOST = 500, HALVINGS_MOST = 40, EXPANSIONS_MOST = 60 };

static const double near_enough =
    1e-14;                         /* the deviance moves by that part: as glm of R */
static const double still = 1e-12; /* a step of Firth's that is none, in errors */
static const double far = 1e-4;    /* a last step that long has no end */

static const char is_separated[] =
    "separation: its coefficient is infinite; --firth estimates it";
static const char does_not_vary[] =
    "it does not vary, or is a combination of those before it";

struct model {
    const struct logistic_input *input;
    size_t count, columns; /* columns that are estimated, the intercept first */
    size_t *column_of;
    double *centres, *scales;
    double *x; /* row by row */
    double *beta, *step, *from, *score;
    bool *is_held; /* of the columns: not to be moved */
    double *weights, *residuals;
    struct outer_sum information;
    struct matrix_factor factor; /* of the information of all columns */
    struct matrix_factor last;   /* the same before the last step */
    double loglik;               /* with its penalty */
    struct arena *arena;
};

static const double *row_of(const struct model *model, size_t i)
{
    return model->x + i * model->columns;
}

/* --- columns -------------------------------------------------------------------------- */

static void add_column(struct model *model, size_t which, double centre, double scale)
{
    model->column_of[model->columns] = which;
    model->centres[model->columns] = centre;
    model->scales[model->columns++] = scale;
}

static void choose_columns(struct model *model)
{
    const struct logistic_input *input = model->input;
    double n = (double)input->count;
    add_column(model, 0, 0, 1);
    for (size_t k = 0; k < input->covariate_count; k++) {
        double mean = 0, deviation = 0;
        for (size_t i = 0; i < input->count; i++)
            mean += input->covariates[k][i] / n;
        for (size_t i = 0; i < input->count; i++)
            deviation += fabs(input->covariates[k][i] - mean) / n;
        if (deviation > 1e-13 * fabs(mean))
            add_column(model, k + 1, mean, deviation);
    }
}

static void fill_rows(struct model *model)
{
    for (size_t i = 0; i < model->count; i++)
        for (size_t k = 0; k < model->columns; k++) {
            size_t which = model->column_of[k];
            model->x[i * model->columns + k] =
                which == 0
                    ? 1
                    : (model->input->covariates[which - 1][i] - model->centres[k]) /
                          model->scales[k];
        }
}

static void drop_column(struct model *model, size_t column)
{
    for (size_t k = column; k + 1 < model->columns; k++) {
        model->column_of[k] = model->column_of[k + 1];
        model->centres[k] = model->centres[k + 1];
        model->scales[k] = model->scales[k + 1];
    }
    model->information.columns = --model->columns;
    fill_rows(model);
}

static void make_model(struct model *model, const struct logistic_input *input,
                       struct arena *arena)
{
    size_t p = input->covariate_count + 1, n = input->count;
    *model = (struct model){.input = input, .count = n, .arena = arena};
    model->column_of = ARENA_ARRAY(arena, size_t, p);
    model->centres = ARENA_ARRAY(arena, double, p);
    model->scales = ARENA_ARRAY(arena, double, p);
    model->beta = ARENA_ARRAY(arena, double, p);
    model->step = ARENA_ARRAY(arena, double, p);
    model->from = ARENA_ARRAY(arena, double, p);
    model->score = ARENA_ARRAY(arena, double, p);
    model->is_held = ARENA_ARRAY(arena, bool, p);
    model->x = ARENA_ARRAY(arena, double, arena_product(n, p) + 1);
    model->weights = ARENA_ARRAY(arena, double, n + 1);
    model->residuals = ARENA_ARRAY(arena, double, n + 1);
    model->information = outer_begin(p, arena);
    model->factor.lower = ARENA_ARRAY(arena, double, p *p);
    model->factor.scale = ARENA_ARRAY(arena, double, p);
    model->last.lower = ARENA_ARRAY(arena, double, p *p);
    model->last.scale = ARENA_ARRAY(arena, double, p);
    choose_columns(model);
    fill_rows(model);
}

/* --- likelihood ----------------------------------------------------------------------- */

/* ln(1 + e^η), without overflow. */
static double log1p_exp(double eta)
{
    return eta > 0 ? eta + log1p(exp(-eta)) : log1p(exp(eta));
}

static bool take_factor(struct model *model, const double *matrix, size_t *row)
{
    struct arena_mark mark = arena_mark(model->arena);
    struct matrix_factor factor;
    size_t p = model->columns;
    bool is_whole = matrix_factor(matrix, p, model->arena, &factor, row);
    if (is_whole) {
        memcpy(model->factor.lower, factor.lower, p * p * sizeof(double));
        memcpy(model->factor.scale, factor.scale, p * sizeof(double));
        model->factor.rows = p;
        model->factor.log_determinant = factor.log_determinant;
    }
    arena_rewind(model->arena, mark);
    return is_whole;
}

/* h of a row: its weight in its own fit. */
static double hat_value(const struct model *model, size_t i)
{
    struct arena_mark mark = arena_mark(model->arena);
    double form = matrix_form(&model->factor, row_of(model, i), model->arena);
    arena_rewind(model->arena, mark);
    return model->weights[i] * form;
}

static bool sum_up(struct model *model)
{
    size_t row, p = model->columns;
    model->loglik = 0;
    memset(model->score, 0, p * sizeof *model->score);
    outer_reset(&model->information);
    for (size_t i = 0; i < model->count; i++) {
        double eta = 0, y = model->input->outcomes[i] ? 1 : 0;
        for (size_t k = 0; k < p; k++)
            eta += row_of(model, i)[k] * model->beta[k];
        double probability = 1 / (1 + exp(-eta));
        model->loglik += y * eta - log1p_exp(eta);
        model->weights[i] = probability * (1 / (1 + exp(eta)));
        model->residuals[i] = y > 0 ? 1 / (1 + exp(eta)) : -probability;
        outer_add(&model->information, row_of(model, i), model->weights[i]);
    }
    outer_end(&model->information);
    if (!isfinite(model->loglik) ||
        !take_factor(model, model->information.matrix, &row))
        return false;
    if (model->input->is_firth)
        model->loglik += model->factor.log_determinant / 2;
    for (size_t i = 0; i < model->count; i++) {
        double residual = model->residuals[i];
        double probability = (model->input->outcomes[i] ? 1 : 0) - residual;
        if (model->input->is_firth)
            residual += hat_value(model, i) * (0.5 - probability);
        for (size_t k = 0; k < p; k++)
            model->score[k] += residual * row_of(model, i)[k];
    }
    return true;
}

/* --- Fisher's scoring ----------------------------------------------------------------- */

/* The step of the columns that are not held; false when the information of those is
 * singular. */
static bool find_step(struct model *model)
{
    size_t p = model->columns, free = 0, row;
    struct arena_mark mark = arena_mark(model->arena);
    size_t *which = ARENA_ARRAY(model->arena, size_t, p + 1);
    for (size_t k = 0; k < p; k++)
        if (!model->is_held[k])
            which[free++] = k;
    double *matrix = ARENA_ARRAY(model->arena, double, free *free + 1);
    double *score = ARENA_ARRAY(model->arena, double, free + 1);
    for (size_t i = 0; i < free; i++) {
        score[i] = model->score[which[i]];
        for (size_t k = 0; k < free; k++)
            matrix[i * free + k] = model->information.matrix[which[i] * p + which[k]];
    }
    struct matrix_factor factor;
    memset(model->step, 0, p * sizeof *model->step);
    if (!matrix_factor(matrix, free, model->arena, &factor, &row)) {
        arena_rewind(model->arena, mark);
        return false;
    }
    matrix_solve(&factor, score, score);
    for (size_t i = 0; i < free; i++)
        model->step[which[i]] = score[i];
    arena_rewind(model->arena, mark);
    return true;
}

/* Goes on by a step, halved until the likelihood does not fall; the step itself stays, to
 * say whether it would have gone on. */
static bool move(struct model *model)
{
    double before = model->loglik, slack = 1e-11 * (1 + fabs(before)), part = 1;
    memcpy(model->from, model->beta, model->columns * sizeof *model->beta);
    for (size_t halving = 0; halving < HALVINGS_MOST; halving++) {
        for (size_t k = 0; k < model->columns; k++)
            model->beta[k] = model->from[k] + part * model->step[k];
        if (sum_up(model) && model->loglik >= before - slack)
            return true;
        part /= 2;
    }
    return false;
}

static void keep_factor(struct model *model)
{
    size_t p = model->columns;
    model->last.rows = p;
    memcpy(model->last.lower, model->factor.lower, p * p * sizeof(double));
    memcpy(model->last.scale, model->factor.scale, p * sizeof(double));
}

static bool is_there(const struct model *model, double before, double longest)
{
    if (model->input->is_firth)
        return longest < still;
    return fabs(model->loglik - before) < near_enough * (fabs(model->loglik) + 0.05);
}

/* Firth's steps shrink by a part each, the others' by squares. */
static void climb(struct model *model)
{
    for (size_t round = 0; round < ROUNDS_MOST; round++) {
        double before = model->loglik, longest = 0;
        if (!find_step(model))
            return;
        for (size_t k = 0; k < model->columns; k++)
            longest = fmax(longest, fabs(model->step[k]) * model->factor.scale[k]);
        keep_factor(model);
        if (!move(model) || is_there(model, before, longest))
            return;
    }
}

/* Where glm of R begins: the regression of ln 3 + 4/3, with the sign of the outcome. */
static void begin(struct model *model)
{
    if (model->input->is_firth || !find_step(model))
        return;
    for (size_t k = 0; k < model->columns; k++)
        model->beta[k] = (log(3) + 4.0 / 3) / 2 * model->step[k];
    if (sum_up(model))
        return;
    memset(model->beta, 0, model->columns * sizeof *model->beta);
    bool is_summed = sum_up(model);
    ASSERT(is_summed); /* as it was before */
}

/* --- the profile ---------------------------------------------------------------------- */

struct profile {
    struct model *model;
    size_t column;
    double *best;  /* β at the maximum */
    double target; /* the likelihood that is looked for */
};

/* How far the likelihood lies above the target with the coefficient held there. */
static double height(double at, const void *data)
{
    const struct profile *profile = data;
    struct model *model = profile->model;
    memcpy(model->beta, profile->best, model->columns * sizeof *model->beta);
    model->beta[profile->column] = at;
    if (!sum_up(model))
        return -1e300;
    climb(model);
    return model->loglik - profile->target;
}

static struct estimate profile_limit(const struct profile *profile, double step)
{
    double inside = profile->best[profile->column], outside = inside + step;
    for (size_t i = 0; i < EXPANSIONS_MOST; i++) {
        if (height(outside, profile) < 0)
            return estimate_of(root_between(height, profile, fmin(inside, outside),
                                            fmax(inside, outside)));
        inside = outside;
        outside += step;
        step *= 1.5;
    }
    return not_estimable("the likelihood does not fall so far");
}

static void profile_column(struct model *model, size_t column, double highest,
                           double *best, double error, struct logistic_coefficient *out)
{
    double level = model->input->level, scale = model->scales[column];
    struct profile profile = {model, column, best,
                              highest - qchisq(level, 1, 1, 0) / 2};
    double reach = normal_reach(level) * error;
    memset(model->is_held, 0, model->columns * sizeof *model->is_held);
    model->is_held[column] = true;
    out->profile.lower = profile_limit(&profile, -reach);
    out->profile.upper = profile_limit(&profile, reach);
    if (is_estimated(out->profile.lower))
        out->profile.lower.value /= scale;
    if (is_estimated(out->profile.upper))
        out->profile.upper.value /= scale;
    profile.target = highest;
    double chi2 = fmax(0, -2 * height(0, &profile));
    out->ratio_chi2 = estimate_of(chi2);
    out->ratio_p = estimate_of(pchisq(chi2, 1, 0, 0));
}

/* --- results -------------------------------------------------------------------------- */

static struct logistic_coefficient no_coefficient(const char *reason)
{
    struct estimate none = not_estimable(reason);
    return (struct logistic_coefficient){
        none, none, none, none, no_interval(reason), no_interval(reason), none, none};
}

static void fill_coefficient(const struct logistic_input *input, double value,
                             double variance, struct logistic_coefficient *out)
{
    double error = sqrt(variance), reach = normal_reach(input->level) * error;
    *out = no_coefficient("no profile was asked for");
    out->value = estimate_of(value);
    out->error = estimate_of(error);
    out->z = estimate_of(value / error);
    out->p = estimate_of(2 * pnorm(fabs(value / error), 0, 1, 0, 0));
    out->wald = interval_of(value - reach, value + reach);
}

/* In the units of the covariates: the intercept is where they are 0. Errors are those of the
 * last weighted regression, as glm's; of Firth's they are of where it ended. */
static void fill_coefficients(const struct model *model, struct logistic_fit *out)
{
    size_t p = model->columns;
    double *inverse = ARENA_ARRAY(model->arena, double, p *p);
    double *origin = ARENA_ARRAY(model->arena, double, p), value = 0;
    matrix_inverse(model->input->is_firth ? &model->factor : &model->last, inverse);
    for (size_t k = 0; k < p; k++) {
        origin[k] = k == 0 ? 1 : -model->centres[k] / model->scales[k];
        value += origin[k] * model->beta[k];
    }
    for (size_t k = 0; k < p; k++) {
        double scale = model->scales[k];
        struct logistic_coefficient *found = &out->coefficients[model->column_of[k]];
        if (k == 0)
            fill_coefficient(model->input, value,
                             matrix_between(origin, inverse, origin, p), found);
        else
            fill_coefficient(model->input, model->beta[k] / scale,
                             inverse[k * p + k] / (scale * scale), found);
    }
}

/* Where every outcome is told apart there is no finite coefficient at all, even if one did
 * not move on the way. */
static void name_separation(const struct model *model, struct logistic_fit *out)
{
    bool is_complete = model->loglik > -far, is_any = is_complete;
    for (size_t k = 1; k < model->columns; k++)
        if (is_complete || !(fabs(model->step[k]) < far)) {
            out->coefficients[model->column_of[k]] = no_coefficient(is_separated);
            is_any = true;
        }
    if (is_any || !(fabs(model->step[0]) < far))
        out->coefficients[0] = no_coefficient(is_separated);
}

static void profile_all(struct model *model, struct logistic_fit *out)
{
    size_t p = model->columns;
    double *best = ARENA_ARRAY(model->arena, double, p), highest = model->loglik;
    double *inverse = ARENA_ARRAY(model->arena, double, p *p);
    memcpy(best, model->beta, p * sizeof *best);
    matrix_inverse(&model->factor, inverse);
    for (size_t k = 1; k < p; k++) {
        struct logistic_coefficient *found = &out->coefficients[model->column_of[k]];
        if (is_estimated(found->value))
            profile_column(model, k, highest, best, sqrt(inverse[k * p + k]), found);
    }
}

/* The penalty is of the information in the units of the covariates. */
static double unit_penalty(const struct model *model)
{
    double sum = 0;
    for (size_t k = 0; k < model->columns; k++)
        sum += log(model->scales[k]);
    return model->input->is_firth ? sum : 0;
}

static double deviance_of(const struct model *model)
{
    double penalty = model->input->is_firth ? model->factor.log_determinant / 2 : 0;
    return -2 * (model->loglik - penalty);
}

static void refuse(const struct logistic_input *input, const char *reason,
                   struct logistic_fit *out)
{
    for (size_t k = 0; k <= input->covariate_count; k++)
        out->coefficients[k] = no_coefficient(reason);
    out->loglik = out->deviance = out->null_deviance = not_estimable(reason);
}

void logistic_fit(const struct logistic_input *input, struct arena *arena,
                  struct logistic_fit *out)
{
    *out = (struct logistic_fit){0};
    out->coefficients =
        ARENA_ARRAY(arena, struct logistic_coefficient, input->covariate_count + 1);
    for (size_t i = 0; i < input->count; i++)
        out->events += input->outcomes[i];
    double n = (double)input->count, events = (double)out->events;
    bool is_constant = out->events == 0 || out->events == input->count;
    if (input->count == 0 || (is_constant && !input->is_firth)) {
        refuse(input, "all outcomes are the same", out);
        return;
    }
    struct model model = {0};
    size_t row;
    make_model(&model, input, arena);
    for (size_t k = 0; k <= input->covariate_count; k++)
        out->coefficients[k] = no_coefficient(does_not_vary);
    while (!sum_up(&model)) {
        bool is_whole = take_factor(&model, model.information.matrix, &row);
        ASSERT(!is_whole && row > 0);
        drop_column(&model, row);
    }
    begin(&model);
    climb(&model);
    fill_coefficients(&model, out);
    if (!input->is_firth)
        name_separation(&model, out);
    out->loglik = estimate_of(model.loglik + unit_penalty(&model));
    out->deviance = estimate_of(deviance_of(&model));
    out->null_deviance = estimate_of(
        is_constant
            ? 0
            : -2 * (events * log(events / n) + (n - events) * log(1 - events / n)));
    if (input->has_profile || input->is_firth)
        profile_all(&model, out);
}
