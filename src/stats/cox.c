#include "stats/cox.h"

#include "stats/cox_rows.h"
#include "stats/matrix.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>
#include <string.h>

enum { ROUNDS_MOST = 60, HALVINGS_MOST = 40, MANY = 100000 };

static const double near_enough = 1e-13; /* of the log likelihood to its maximum */
static const double close =
    5e-10;                      /* a step that moves errors by no more than that part */
static const double far = 1e-4; /* a last step that long has no end */

static const char nobody[] = "nobody had the event";
static const char no_covariate[] = "there is no covariate";
static const char does_not_vary[] =
    "it does not vary among those at risk, or is a combination of those before it";
static const char is_monotone[] = "the likelihood rises for ever: it is infinite";
static const char is_singular[] = "the information matrix is singular";

/* --- Newton's method ------------------------------------------------------------------ */

struct newton {
    struct cox_rows *rows;
    struct matrix_factor factor;
    double *step, *from;
    bool *is_infinite; /* one a column */
    double score, loglik_null;
};

/* Leaves out, at β = 0, what depends on columns before it. */
static bool begin(struct newton *newton, struct arena *arena)
{
    struct cox_rows *rows = newton->rows;
    size_t row;
    if (!cox_rows_sum(rows))
        return false;
    while (!matrix_factor(rows->information.matrix, rows->columns, arena,
                          &newton->factor, &row)) {
        cox_rows_drop(rows, row);
        if (!cox_rows_sum(rows))
            return false;
    }
    newton->loglik_null = rows->loglik;
    newton->score = matrix_form(&newton->factor, rows->score, arena);
    return true;
}

/* Goes on by a step, halved until the likelihood does not fall; the step itself stays, to
 * say whether it would have gone on. */
static bool move(struct newton *newton)
{
    struct cox_rows *rows = newton->rows;
    double before = rows->loglik, slack = 1e-11 * (1 + fabs(before)), part = 1;
    memcpy(newton->from, rows->beta, rows->columns * sizeof *rows->beta);
    for (size_t halving = 0; halving < HALVINGS_MOST; halving++) {
        for (size_t k = 0; k < rows->columns; k++)
            rows->beta[k] = newton->from[k] + part * newton->step[k];
        if (cox_rows_sum(rows) && rows->loglik >= before - slack)
            return true;
        part /= 2;
    }
    memcpy(rows->beta, newton->from, rows->columns * sizeof *rows->beta);
    bool is_back = cox_rows_sum(rows); /* it could be summed there before */
    ASSERT(is_back);
    return false;
}

/* A last step so short that what was summed holds behind it too; of few rows the sums are
 * made once more all the same. */
static bool is_there(const struct newton *newton, double rise)
{
    double longest = 0;
    if (newton->rows->count < MANY)
        return false;
    for (size_t k = 0; k < newton->rows->columns; k++)
        longest = fmax(longest, fabs(newton->step[k]));
    return rise < near_enough && longest < close;
}

static void climb(struct newton *newton, struct arena *arena)
{
    struct cox_rows *rows = newton->rows;
    size_t row;
    for (size_t round = 0; round < ROUNDS_MOST; round++) {
        double rise = 0;
        matrix_solve(&newton->factor, rows->score, newton->step);
        for (size_t k = 0; k < rows->columns; k++)
            rise += newton->step[k] * rows->score[k] / 2;
        if (is_there(newton, rise)) {
            for (size_t k = 0; k < rows->columns; k++)
                rows->beta[k] += newton->step[k];
            break;
        }
        struct matrix_factor factor;
        /* Where the likelihood rises for ever the matrix becomes singular on the way. */
        if (!move(newton) || !matrix_factor(rows->information.matrix, rows->columns,
                                            arena, &factor, &row))
            break;
        newton->factor = factor;
        if (rise < near_enough)
            break;
    }
    for (size_t k = 0; k < rows->columns; k++)
        newton->is_infinite[k] = !(fabs(newton->step[k]) < far);
}

/* --- results -------------------------------------------------------------------------- */

static struct cox_coefficient no_coefficient(const char *reason)
{
    struct estimate none = not_estimable(reason);
    return (struct cox_coefficient){none, none, none, none};
}

static struct estimate upper_tail(struct estimate chi2, size_t degrees)
{
    return is_estimated(chi2) ? estimate_of(pchisq(chi2.value, (double)degrees, 0, 0))
                              : chi2;
}

static void refuse(struct cox_fit *fit, const char *reason)
{
    for (size_t k = 0; k < fit->covariate_count; k++)
        fit->coefficients[k] = no_coefficient(reason);
    fit->loglik_null = fit->loglik = not_estimable(reason);
    fit->likelihood_ratio = fit->wald = fit->score = not_estimable(reason);
    fit->likelihood_ratio_p = fit->wald_p = fit->score_p = not_estimable(reason);
    fit->rows = NULL;
}

/* The variance in the units of the covariates. */
static void spread(struct cox_fit *fit, const struct newton *newton,
                   struct arena *arena)
{
    const struct cox_rows *rows = fit->rows;
    size_t columns = rows->columns, all = fit->covariate_count;
    double *inverse = ARENA_ARRAY(arena, double, columns *columns + 1);
    matrix_inverse(&newton->factor, inverse);
    for (size_t i = 0; i < columns; i++)
        for (size_t k = 0; k < columns; k++)
            fit->variance[rows->column_of[i] * all + rows->column_of[k]] =
                inverse[i * columns + k] / (rows->scales[i] * rows->scales[k]);
}

static struct estimate wald_of(const struct cox_fit *fit, const double *variance,
                               struct arena *arena)
{
    const struct cox_rows *rows = fit->rows;
    size_t columns = rows->columns, all = fit->covariate_count, row;
    double *beta = ARENA_ARRAY(arena, double, columns + 1);
    double *used = ARENA_ARRAY(arena, double, columns *columns + 1);
    for (size_t i = 0; i < columns; i++) {
        beta[i] = rows->beta[i] / rows->scales[i];
        for (size_t k = 0; k < columns; k++)
            used[i * columns + k] =
                variance[rows->column_of[i] * all + rows->column_of[k]];
    }
    struct matrix_factor factor;
    if (!matrix_factor(used, columns, arena, &factor, &row))
        return not_estimable(is_singular);
    return estimate_of(matrix_form(&factor, beta, arena));
}

static void fill_coefficients(struct cox_fit *fit, const struct newton *newton,
                              bool is_robust)
{
    const struct cox_rows *rows = fit->rows;
    for (size_t k = 0; k < fit->covariate_count; k++)
        fit->coefficients[k] = no_coefficient(does_not_vary);
    for (size_t k = 0; k < rows->columns; k++) {
        size_t at = rows->column_of[k] * (fit->covariate_count + 1);
        struct cox_coefficient *out = &fit->coefficients[rows->column_of[k]];
        if (newton->is_infinite[k]) {
            *out = no_coefficient(is_monotone);
            continue;
        }
        out->value = estimate_of(rows->beta[k] / rows->scales[k]);
        out->error = estimate_of(sqrt(fit->variance[at]));
        out->robust_error = is_robust ? estimate_of(sqrt(fit->robust_variance[at]))
                                      : not_estimable("no robust error was asked for");
        double error = is_robust ? out->robust_error.value : out->error.value;
        out->p =
            error > 0
                ? estimate_of(2 * pnorm(fabs(out->value.value / error), 0, 1, 0, 0))
                : not_estimable("its error is 0");
    }
}

static void fill_tests(struct cox_fit *fit, const struct newton *newton, bool is_robust,
                       struct arena *arena)
{
    bool is_whole = true;
    for (size_t k = 0; k < fit->rows->columns; k++)
        is_whole = is_whole && !newton->is_infinite[k];
    fit->degrees = fit->rows->columns;
    fit->loglik_null = estimate_of(newton->loglik_null);
    fit->loglik = estimate_of(fit->rows->loglik);
    fit->likelihood_ratio = estimate_of(2 * (fit->rows->loglik - newton->loglik_null));
    fit->score = estimate_of(newton->score);
    fit->wald =
        is_whole ? wald_of(fit, is_robust ? fit->robust_variance : fit->variance, arena)
                 : not_estimable(is_monotone);
    fit->likelihood_ratio_p = upper_tail(fit->likelihood_ratio, fit->degrees);
    fit->score_p = upper_tail(fit->score, fit->degrees);
    fit->wald_p = upper_tail(fit->wald, fit->degrees);
}

/* Σ of the rows' dfbetas within a cluster, and their products. */
static void robust(struct cox_fit *fit, const struct cox_input *input,
                   struct arena *arena)
{
    size_t columns = fit->covariate_count;
    const double *dfbeta = cox_dfbeta(fit, arena);
    size_t clusters = input->clusters == NULL ? input->count : input->cluster_count;
    double *sums = ARENA_ARRAY(arena, double, arena_product(clusters, columns) + 1);
    for (size_t i = 0; i < input->count; i++) {
        size_t cluster = input->clusters == NULL ? i : input->clusters[i];
        for (size_t k = 0; k < columns; k++)
            sums[cluster * columns + k] += dfbeta[i * columns + k];
    }
    struct outer_sum products = outer_begin(columns, arena);
    for (size_t cluster = 0; cluster < clusters; cluster++)
        outer_add(&products, sums + cluster * columns, 1);
    outer_end(&products);
    fit->robust_variance = products.matrix;
}

struct cox_fit *cox_fit(const struct cox_input *input, struct arena *arena)
{
    struct cox_fit *fit = ARENA_NEW(arena, struct cox_fit);
    fit->count = input->count;
    fit->covariate_count = input->covariate_count;
    fit->input = input;
    fit->coefficients =
        ARENA_ARRAY(arena, struct cox_coefficient, input->covariate_count + 1);
    fit->variance =
        ARENA_ARRAY(arena, double, input->covariate_count * input->covariate_count + 1);
    struct cox_rows *rows = fit->rows = cox_rows_sort(input, arena);
    fit->events = rows->event_count;
    struct newton newton = {.rows = rows};
    newton.step = ARENA_ARRAY(arena, double, rows->columns + 1);
    newton.from = ARENA_ARRAY(arena, double, rows->columns + 1);
    newton.is_infinite = ARENA_ARRAY(arena, bool, rows->columns + 1);
    if (rows->event_count == 0)
        refuse(fit, nobody);
    else if (input->covariate_count == 0)
        refuse(fit, no_covariate);
    else if (!begin(&newton, arena) || rows->columns == 0)
        refuse(fit, does_not_vary);
    if (fit->rows == NULL)
        return fit;
    climb(&newton, arena);
    spread(fit, &newton, arena);
    if (input->is_robust)
        robust(fit, input, arena);
    fill_coefficients(fit, &newton, input->is_robust);
    fill_tests(fit, &newton, input->is_robust, arena);
    return fit;
}
