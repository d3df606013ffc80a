#include "stats/gee.h"

#include "stats/matrix.h"
#include "stats/order.h"
#include "stats/outer.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>
#include <string.h>

enum { ROUNDS_MOST = 200 };

static const double still = 1e-11; /* a step that is none, in naive errors */

struct model {
    const struct gee_input *input;
    struct order_parts clusters;
    size_t columns;
    double *centres, *scales;
    double *x; /* row by row, in the order of the clusters */
    double *beta, *score, *step;
    double *residuals, *roots; /* (y - μ)/√v; √v */
    double *cluster_score, *row_sum;
    double correlation, scale;
    struct outer_sum information, middle;
};

/* --- columns -------------------------------------------------------------------------- */

static bool take_column(struct model *model, size_t k)
{
    const struct gee_input *input = model->input;
    double n = (double)input->count, mean = 0, deviation = 0;
    for (size_t i = 0; i < input->count; i++)
        mean += input->covariates[k][i] / n;
    for (size_t i = 0; i < input->count; i++)
        deviation += fabs(input->covariates[k][i] - mean) / n;
    model->centres[k + 1] = mean;
    model->scales[k + 1] = deviation;
    for (size_t i = 0; i < input->count; i++)
        model->x[i * model->columns + k + 1] =
            (input->covariates[k][model->clusters.order[i]] - mean) / deviation;
    return deviation > 1e-13 * fabs(mean);
}

static bool arrange(struct model *model, const struct gee_input *input,
                    struct arena *arena)
{
    size_t p = input->covariate_count + 1, n = input->count;
    uint32_t *rows = ARENA_ARRAY(arena, uint32_t, n + 1);
    for (size_t i = 0; i < n; i++)
        rows[i] = (uint32_t)i;
    *model = (struct model){.input = input, .columns = p};
    order_split(rows, n, input->clusters, input->cluster_count, arena,
                &model->clusters);
    model->centres = ARENA_ARRAY(arena, double, p);
    model->scales = ARENA_ARRAY(arena, double, p);
    model->beta = ARENA_ARRAY(arena, double, p);
    model->score = ARENA_ARRAY(arena, double, p);
    model->step = ARENA_ARRAY(arena, double, p);
    model->cluster_score = ARENA_ARRAY(arena, double, p);
    model->row_sum = ARENA_ARRAY(arena, double, p);
    model->residuals = ARENA_ARRAY(arena, double, n + 1);
    model->roots = ARENA_ARRAY(arena, double, n + 1);
    model->x = ARENA_ARRAY(arena, double, arena_product(n, p) + 1);
    model->information = outer_begin(p, arena);
    model->middle = outer_begin(p, arena);
    model->scales[0] = 1;
    for (size_t i = 0; i < n; i++)
        model->x[i * p] = 1;
    for (size_t k = 0; k < input->covariate_count; k++)
        if (!take_column(model, k))
            return false;
    return true;
}

/* --- equations ------------------------------------------------------------------------ */

static double mean_of(const struct model *model, size_t row, double eta)
{
    const double *exposures = model->input->exposures;
    if (model->input->family == GEE_LOGIT)
        return 1 / (1 + exp(-eta));
    return exp(eta) * (exposures == NULL ? 1 : exposures[model->clusters.order[row]]);
}

static void find_residuals(struct model *model)
{
    for (size_t i = 0; i < model->input->count; i++) {
        double eta = 0;
        for (size_t k = 0; k < model->columns; k++)
            eta += model->x[i * model->columns + k] * model->beta[k];
        double mean = mean_of(model, i, eta);
        double variance =
            model->input->family == GEE_LOGIT ? mean * (1 / (1 + exp(eta))) : mean;
        model->roots[i] = sqrt(variance);
        model->residuals[i] =
            (model->input->outcomes[model->clusters.order[i]] - mean) / model->roots[i];
    }
}

/* φ, and α by all pairs of a cluster: ((Σ r)² - Σ r²)/2. */
static void find_correlation(struct model *model)
{
    double squares = 0, products = 0, pairs = 0;
    for (size_t c = 0; c < model->clusters.count; c++) {
        size_t from = model->clusters.starts[c], until = model->clusters.starts[c + 1];
        double sum = 0, square = 0, rows = (double)(until - from);
        for (size_t i = from; i < until; i++) {
            sum += model->residuals[i];
            square += model->residuals[i] * model->residuals[i];
        }
        squares += square;
        products += (sum * sum - square) / 2;
        pairs += rows * (rows - 1) / 2;
    }
    model->scale = squares / (double)model->input->count;
    model->correlation = pairs > 0 && !model->input->is_independent
                             ? products / (model->scale * pairs)
                             : 0;
}

/* D'V⁻D and D'V⁻(y - μ) of a cluster: with D = √v x, V⁻ = (I - c 11')/(1 - α). False when V
 * is not positive. */
static bool add_cluster(struct model *model, size_t from, size_t until)
{
    size_t p = model->columns;
    double rows = (double)(until - from), a = model->correlation, sum = 0;
    double whole = 1 + (rows - 1) * a, share = a / whole;
    if (!(whole > 0 && a < 1))
        return false;
    memset(model->cluster_score, 0, p * sizeof(double));
    memset(model->row_sum, 0, p * sizeof(double));
    for (size_t i = from; i < until; i++) {
        const double *x = model->x + i * p;
        double root = model->roots[i];
        sum += model->residuals[i];
        outer_add(&model->information, x, root * root / (1 - a));
        for (size_t k = 0; k < p; k++) {
            model->row_sum[k] += root * x[k];
            model->cluster_score[k] += root * x[k] * model->residuals[i];
        }
    }
    for (size_t k = 0; k < p; k++) {
        model->cluster_score[k] =
            (model->cluster_score[k] - share * model->row_sum[k] * sum) / (1 - a);
        model->score[k] += model->cluster_score[k];
    }
    outer_add(&model->information, model->row_sum, -share / (1 - a));
    outer_add(&model->middle, model->cluster_score, 1);
    return true;
}

static bool add_all(struct model *model)
{
    memset(model->score, 0, model->columns * sizeof(double));
    outer_reset(&model->information);
    outer_reset(&model->middle);
    for (size_t c = 0; c < model->clusters.count; c++)
        if (model->clusters.starts[c] < model->clusters.starts[c + 1] &&
            !add_cluster(model, model->clusters.starts[c],
                         model->clusters.starts[c + 1]))
            return false;
    outer_end(&model->information);
    outer_end(&model->middle);
    return true;
}

/* NULL, or why there is no solution. */
static const char *solve(struct model *model, struct arena *arena,
                         struct matrix_factor *factor)
{
    size_t row;
    for (size_t round = 0; round < ROUNDS_MOST; round++) {
        double longest = 0;
        find_residuals(model);
        if (round >= 3) /* independent to begin with */
            find_correlation(model);
        if (!add_all(model))
            return "the correlation is beyond its bounds";
        if (!matrix_factor(model->information.matrix, model->columns, arena, factor,
                           &row))
            return round == 0
                       ? "columns repeat each other"
                       : "it does not converge: covariates separate the outcomes";
        matrix_solve(factor, model->score, model->step);
        for (size_t k = 0; k < model->columns; k++) {
            longest = fmax(longest, fabs(model->step[k]) * factor->scale[k]);
            model->beta[k] += model->step[k];
        }
        if (round > 3 && longest < still)
            return NULL;
    }
    return "it does not converge: covariates separate the outcomes";
}

/* --- results -------------------------------------------------------------------------- */

static struct gee_coefficient no_coefficient(const char *reason)
{
    struct estimate none = not_estimable(reason);
    return (struct gee_coefficient){none, none, none, none, no_interval(reason)};
}

/* What turns β of the scaled columns into coefficient k. */
static void direction(const struct model *model, size_t k, double *out)
{
    memset(out, 0, model->columns * sizeof *out);
    out[k] = 1 / model->scales[k];
    for (size_t j = 1; k == 0 && j < model->columns; j++)
        out[j] = -model->centres[j] / model->scales[j];
}

static void fill(const struct model *model, const struct matrix_factor *factor,
                 struct arena *arena, struct gee_fit *out)
{
    size_t p = model->columns;
    double *to = ARENA_ARRAY(arena, double, p), *turned = ARENA_ARRAY(arena, double, p);
    for (size_t k = 0; k < p; k++) {
        struct gee_coefficient *found = &out->coefficients[k];
        double value = 0;
        direction(model, k, to);
        for (size_t j = 0; j < p; j++)
            value += to[j] * model->beta[j];
        matrix_solve(factor, to, turned);
        double error = sqrt(matrix_between(turned, model->middle.matrix, turned, p));
        double reach = normal_reach(model->input->level) * error;
        found->value = estimate_of(value);
        found->error = estimate_of(error);
        found->naive_error =
            estimate_of(sqrt(model->scale * matrix_form(factor, to, arena)));
        found->p = error > 0 ? estimate_of(2 * pnorm(fabs(value / error), 0, 1, 0, 0))
                             : not_estimable("its error is 0");
        found->interval = interval_of(value - reach, value + reach);
    }
    out->correlation = model->input->is_independent
                           ? not_estimable("independence was asked for")
                           : estimate_of(model->correlation);
    out->scale = estimate_of(model->scale);
}

static const char *hindrance(const struct gee_input *input)
{
    bool is_above = false, is_below = false;
    for (size_t i = 0; i < input->count; i++) {
        is_above = is_above || input->outcomes[i] > 0;
        is_below = is_below || input->outcomes[i] < 1;
    }
    if (!is_above || (input->family == GEE_LOGIT && !is_below))
        return "all outcomes are the same";
    return NULL;
}

void gee_fit(const struct gee_input *input, struct arena *arena, struct gee_fit *out)
{
    struct model model = {0};
    struct matrix_factor factor;
    *out = (struct gee_fit){0};
    out->coefficients =
        ARENA_ARRAY(arena, struct gee_coefficient, input->covariate_count + 1);
    const char *reason = hindrance(input);
    if (reason == NULL && !arrange(&model, input, arena))
        reason = "a covariate does not vary";
    if (reason == NULL && input->family == GEE_POISSON) {
        double sum = 0, exposed = 0;
        for (size_t i = 0; i < input->count; i++) {
            sum += input->outcomes[i];
            exposed += input->exposures == NULL ? 1 : input->exposures[i];
        }
        model.beta[0] = log(sum / exposed);
    }
    if (reason == NULL)
        reason = solve(&model, arena, &factor);
    if (reason == NULL) {
        fill(&model, &factor, arena, out);
        return;
    }
    out->correlation = out->scale = not_estimable(reason);
    for (size_t k = 0; k <= input->covariate_count; k++)
        out->coefficients[k] = no_coefficient(reason);
}
