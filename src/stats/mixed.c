#include "stats/mixed.h"

#include "stats/mixed_covariance.h"
#include "stats/mixed_sums.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>
#include <string.h>

enum { ROUNDS_MOST = 200, HALVINGS_MOST = 40 };

static const double near_enough = 1e-14; /* of the log likelihood to its maximum */

static const char at_boundary[] =
    "the covariance of the random effects is at its boundary: fit a random intercept";
static const char is_singular[] = "columns repeat each other, or nothing varies";
static const char no_end[] = "the likelihood has no maximum within the parameters";
static const char reml_only[] = "given for REML alone";

/* --- the maximum ---------------------------------------------------------------------- */

/* The residual variance when all rows are independent. */
static bool begin(struct mixed_model *model)
{
    const struct mixed_input *input = model->input;
    double mean = 0, square = 0, n = (double)input->count;
    for (size_t i = 0; i < input->count; i++)
        mean += input->outcomes[i] / n;
    for (size_t i = 0; i < input->count; i++)
        square += (input->outcomes[i] - mean) * (input->outcomes[i] - mean) / n;
    if (!(square > 0))
        return false;
    mixed_begin(input->kind, input->visit_count, square, model->parameters);
    return mixed_sums_likelihood(model);
}

/* A step by the observed information where it is positive, otherwise by the expected one;
 * returns the rise it promises, below 0 when there is none. */
static double find_step(struct mixed_model *model, double *step)
{
    struct arena_mark mark = arena_mark(model->arena);
    struct matrix_factor factor;
    size_t q = model->parameter_count, row;
    double rise = -1;
    mixed_sums_derive(model);
    if (matrix_factor(model->observed, q, model->arena, &factor, &row) ||
        matrix_factor(model->expected, q, model->arena, &factor, &row)) {
        matrix_solve(&factor, model->score, step);
        rise = 0;
        for (size_t k = 0; k < q; k++)
            rise += step[k] * model->score[k] / 2;
    }
    arena_rewind(model->arena, mark);
    return rise;
}

static bool move(struct mixed_model *model, const double *step, double *from)
{
    double before = model->loglik, slack = 1e-12 * (1 + fabs(before)), part = 1;
    memcpy(from, model->parameters, model->parameter_count * sizeof *from);
    for (size_t halving = 0; halving < HALVINGS_MOST; halving++) {
        for (size_t k = 0; k < model->parameter_count; k++)
            model->parameters[k] = from[k] + part * step[k];
        if (mixed_sums_likelihood(model) && model->loglik >= before - slack)
            return true;
        part /= 2;
    }
    memcpy(model->parameters, from, model->parameter_count * sizeof *from);
    return mixed_sums_likelihood(model) && false;
}

static bool climb(struct mixed_model *model)
{
    double *step = ARENA_ARRAY(model->arena, double, model->parameter_count);
    double *from = ARENA_ARRAY(model->arena, double, model->parameter_count);
    for (size_t round = 0; round < ROUNDS_MOST; round++) {
        double rise = find_step(model, step);
        if (rise < 0)
            return false;
        if (!move(model, step, from))
            return rise < 1e-8; /* as near as rounding lets it */
        if (rise < near_enough)
            return true;
    }
    return false;
}

/* NULL, or why there is no estimate. */
static const char *maximise(struct mixed_model *model)
{
    if (!begin(model))
        return is_singular;
    bool is_there = climb(model);
    const double *at = model->parameters;
    if (model->input->kind == MIXED_SLOPE &&
        !(at[0] > 0 && at[2] > 0 && at[0] * at[2] > at[1] * at[1]))
        return at_boundary;
    if (model->input->kind == MIXED_INTERCEPT && at[0] < 0) {
        model->parameters[1] += model->parameters[0];
        model->parameters[0] = 0;
        model->is_fixed[0] = true;
        is_there = mixed_sums_likelihood(model) && climb(model);
    }
    if (!is_there)
        return no_end;
    mixed_sums_derive(model);
    return NULL;
}

/* --- results -------------------------------------------------------------------------- */

struct spread { /* of the parameters of V, inverted; NULL: not to be had */
    double *observed, *expected;
    double *adjusted; /* Φ of Kenward and Roger */
};

static double *invert(struct mixed_model *model, const double *matrix)
{
    size_t q = model->parameter_count, row;
    struct matrix_factor factor;
    if (!matrix_factor(matrix, q, model->arena, &factor, &row))
        return NULL;
    double *inverse = ARENA_ARRAY(model->arena, double, q *q);
    matrix_inverse(&factor, inverse);
    return inverse;
}

static struct mixed_effect no_effect(const char *reason)
{
    struct estimate none = not_estimable(reason);
    return (struct mixed_effect){none, none, none, none, no_interval(reason),
                                 none, none, none};
}

/* 2 v²/(g' A g). */
static double degrees_of(const struct mixed_model *model, const double *contrast,
                         const double *inverse, double variance)
{
    size_t q = model->parameter_count, p = model->columns;
    struct arena_mark mark = arena_mark(model->arena);
    double *slope = ARENA_ARRAY(model->arena, double, q);
    double *turned = ARENA_ARRAY(model->arena, double, p);
    for (size_t i = 0; i < p; i++)
        for (size_t k = 0; k < p; k++)
            turned[i] += model->phi[i * p + k] * contrast[k];
    for (size_t k = 0; k < q; k++)
        slope[k] = model->is_fixed[k]
                       ? 0
                       : matrix_between(turned, model->p + k * p * p, turned, p);
    double form = matrix_between(slope, inverse, slope, q);
    arena_rewind(model->arena, mark);
    return 2 * variance * variance / form;
}

static struct estimate t_test(double value, double error, double degrees)
{
    return estimate_of(2 * pt(fabs(value / error), degrees, 0, 0));
}

static struct mixed_effect effect_of(const struct mixed_model *model,
                                     const double *contrast,
                                     const struct spread *spread)
{
    size_t p = model->columns;
    struct mixed_effect out = no_effect(model->input->is_ml ? reml_only : is_singular);
    double value = 0, variance = matrix_between(contrast, model->phi, contrast, p);
    for (size_t k = 0; k < p; k++)
        value += contrast[k] * model->beta[k];
    double error = sqrt(variance);
    out.value = estimate_of(value);
    out.error = error > 0 ? estimate_of(error) : not_estimable("the contrast is empty");
    if (model->input->is_ml || !(error > 0))
        return out;
    if (spread->observed != NULL) {
        double df = degrees_of(model, contrast, spread->observed, variance);
        double reach = qt((1 - model->input->level) / 2, df, 0, 0) * error;
        out.satterthwaite_df = estimate_of(df);
        out.p = t_test(value, error, df);
        out.interval = interval_of(value - reach, value + reach);
    }
    if (spread->expected != NULL) {
        double df = degrees_of(model, contrast, spread->expected, variance);
        double adjusted = sqrt(matrix_between(contrast, spread->adjusted, contrast, p));
        out.kenward_roger_df = estimate_of(df);
        out.kenward_roger_error = estimate_of(adjusted);
        out.kenward_roger_p = t_test(value, adjusted, df);
    }
    return out;
}

static void fill_covariance(const struct mixed_model *model, struct mixed_fit *out)
{
    size_t visits = model->input->visit_count;
    if (model->input->kind < MIXED_UNSTRUCTURED)
        return;
    out->covariance = ARENA_ARRAY(model->arena, double, visits *visits);
    for (size_t i = 0; i < visits; i++)
        for (size_t k = 0; k < visits; k++)
            out->covariance[i * visits + k] =
                mixed_covariance(model->input->kind, visits, model->parameters,
                                 (struct mixed_pair){(double)i, (double)k, i == k});
}

static void fill_effects(struct mixed_model *model, struct mixed_fit *out)
{
    size_t p = model->columns;
    struct spread spread = {0};
    if (!model->input->is_ml) {
        spread.observed = invert(model, model->observed);
        spread.expected = invert(model, model->expected);
    }
    if (spread.expected != NULL) {
        spread.adjusted = ARENA_ARRAY(model->arena, double, p *p);
        mixed_sums_adjust(model, spread.expected, spread.adjusted);
    }
    for (size_t k = 0; k < p; k++) {
        double *one = ARENA_ARRAY(model->arena, double, p);
        one[k] = 1;
        out->coefficients[k] = effect_of(model, one, &spread);
    }
    for (size_t i = 0; i < model->input->contrast_count; i++)
        out->contrasts[i] = effect_of(model, model->input->contrasts + i * p, &spread);
}

void mixed_fit(const struct mixed_input *input, struct arena *arena,
               struct mixed_fit *out)
{
    size_t p = input->covariate_count + 1;
    struct mixed_model model = {0};
    const char *reason = mixed_sums_make(&model, input, arena);
    *out = (struct mixed_fit){.parameter_count = model.parameter_count,
                              .subjects = input->subject_count};
    out->coefficients = ARENA_ARRAY(arena, struct mixed_effect, p);
    out->contrasts = ARENA_ARRAY(arena, struct mixed_effect, input->contrast_count + 1);
    out->parameters = ARENA_ARRAY(arena, struct estimate, model.parameter_count);
    if (reason == NULL)
        reason = maximise(&model);
    if (reason == NULL) {
        fill_effects(&model, out);
        fill_covariance(&model, out);
        out->loglik = estimate_of(model.loglik);
        for (size_t k = 0; k < model.parameter_count; k++)
            out->parameters[k] = estimate_of(model.parameters[k]);
        return;
    }
    out->loglik = not_estimable(reason);
    for (size_t k = 0; k < p; k++)
        out->coefficients[k] = no_effect(reason);
    for (size_t i = 0; i < input->contrast_count; i++)
        out->contrasts[i] = no_effect(reason);
    for (size_t k = 0; k < model.parameter_count; k++)
        out->parameters[k] = not_estimable(reason);
}
