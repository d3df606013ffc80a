#include "stats/mixed_sums.h"

#include "stats/mixed_covariance.h"
#include "stats/order.h"

#include <string.h>

static const double log_two_pi = 1.8378770664093453;

/* --- patterns ------------------------------------------------------------------------- */

static double position_of(const struct mixed_input *input, size_t row)
{
    return input->kind == MIXED_INTERCEPT ? 0 : input->positions[row];
}

/* A pattern with the positions of these rows, one that is there or a new one. */
static struct mixed_pattern *pattern_of(struct mixed_model *model, const uint32_t *rows,
                                        size_t count)
{
    for (size_t i = model->pattern_count; i-- > 0;) {
        struct mixed_pattern *pattern = &model->patterns[i];
        bool is_same = pattern->rows == count;
        for (size_t k = 0; is_same && k < count; k++) {
            double one = pattern->positions[k];
            double other = position_of(model->input, rows[k]);
            is_same = !(one < other) && !(one > other);
        }
        if (is_same)
            return pattern;
        if (model->pattern_count - i > 200)
            break; /* looking longer costs more than it saves */
    }
    struct mixed_pattern *pattern = &model->patterns[model->pattern_count++];
    double *positions = ARENA_ARRAY(model->arena, double, count);
    for (size_t k = 0; k < count; k++)
        positions[k] = position_of(model->input, rows[k]);
    *pattern = (struct mixed_pattern){.rows = count, .positions = positions};
    pattern->moments = ARENA_ARRAY(
        model->arena, double, arena_product(count * count, model->wide * model->wide));
    return pattern;
}

static void fill_row(const struct mixed_model *model, size_t row, double *out)
{
    out[0] = 1;
    for (size_t k = 0; k < model->input->covariate_count; k++)
        out[k + 1] = model->input->covariates[k][row];
    out[model->columns] = model->input->outcomes[row];
}

static void add_subject(struct mixed_model *model, const uint32_t *rows, size_t count)
{
    struct mixed_pattern *pattern = pattern_of(model, rows, count);
    size_t wide = model->wide;
    struct arena_mark mark = arena_mark(model->arena);
    double *values = ARENA_ARRAY(model->arena, double, count *wide);
    pattern->subjects++;
    for (size_t a = 0; a < count; a++)
        fill_row(model, rows[a], values + a * wide);
    for (size_t a = 0; a < count; a++)
        for (size_t b = 0; b < count; b++) {
            double *moment = pattern->moments + (a * count + b) * wide * wide;
            for (size_t i = 0; i < wide; i++)
                for (size_t k = 0; k < wide; k++)
                    moment[i * wide + k] += values[a * wide + i] * values[b * wide + k];
        }
    arena_rewind(model->arena, mark);
}

static bool has_visit_twice(const struct mixed_input *input, const uint32_t *rows,
                            size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (!(input->positions[rows[i - 1]] < input->positions[rows[i]]))
            return true;
    return false;
}

/* Rows by subject and position; moments of a pattern stay when scratch is rewound, for
 * patterns are made before. */
static const char *make_patterns(struct mixed_model *model)
{
    const struct mixed_input *input = model->input;
    struct order_parts subjects;
    bool has_visits = input->kind >= MIXED_UNSTRUCTURED;
    const double *keys =
        input->kind == MIXED_INTERCEPT ? input->outcomes : input->positions;
    order_split(order_rising(keys, input->count, model->arena), input->count,
                input->subjects, input->subject_count, model->arena, &subjects);
    model->patterns =
        ARENA_ARRAY(model->arena, struct mixed_pattern, input->subject_count + 1);
    for (size_t i = 0; i < subjects.count; i++) {
        const uint32_t *rows = subjects.order + subjects.starts[i];
        size_t count = subjects.starts[i + 1] - subjects.starts[i];
        if (has_visits && has_visit_twice(input, rows, count))
            return "a subject has a visit twice";
        if (count > 0)
            add_subject(model, rows, count);
    }
    return NULL;
}

const char *mixed_sums_make(struct mixed_model *model, const struct mixed_input *input,
                            struct arena *arena)
{
    size_t p = input->covariate_count + 1;
    size_t q = mixed_parameter_count(input->kind, input->visit_count);
    *model = (struct mixed_model){.input = input,
                                  .columns = p,
                                  .wide = p + 1,
                                  .parameter_count = q,
                                  .arena = arena};
    model->parameters = ARENA_ARRAY(arena, double, q);
    model->is_fixed = ARENA_ARRAY(arena, bool, q);
    model->beta = ARENA_ARRAY(arena, double, p);
    model->phi = ARENA_ARRAY(arena, double, p *p);
    model->p = ARENA_ARRAY(arena, double, q *p *p);
    model->score = ARENA_ARRAY(arena, double, q);
    model->expected = ARENA_ARRAY(arena, double, q *q);
    model->observed = ARENA_ARRAY(arena, double, q *q);
    if (input->count < p + q)
        return "there are fewer rows than parameters";
    return make_patterns(model);
}

/* --- of one pattern ------------------------------------------------------------------- */

/* Σ over subjects of (x, y)' N (x, y), added to `out`. */
static void add_moments(const struct mixed_model *model,
                        const struct mixed_pattern *pattern, const double *middle,
                        double *out)
{
    size_t rows = pattern->rows, size = model->wide * model->wide;
    for (size_t a = 0; a < rows * rows; a++) {
        const double *moment = pattern->moments + a * size;
        for (size_t i = 0; i < size; i++)
            out[i] += middle[a] * moment[i];
    }
}

typedef double entry_function(const struct mixed_model *model, struct mixed_pair pair,
                              size_t k, size_t l);

static double value_entry(const struct mixed_model *model, struct mixed_pair pair,
                          size_t k, size_t l)
{
    (void)k;
    (void)l;
    return mixed_covariance(model->input->kind, model->input->visit_count,
                            model->parameters, pair);
}

static double slope_entry(const struct mixed_model *model, struct mixed_pair pair,
                          size_t k, size_t l)
{
    (void)l;
    return mixed_slope(model->input->kind, model->input->visit_count, model->parameters,
                       pair, k);
}

static double curve_entry(const struct mixed_model *model, struct mixed_pair pair,
                          size_t k, size_t l)
{
    return mixed_curvature(model->input->kind, model->parameters, pair, k, l);
}

static void fill(const struct mixed_model *model, const struct mixed_pattern *pattern,
                 entry_function *entry, const size_t of[2], double *out)
{
    for (size_t a = 0; a < pattern->rows; a++)
        for (size_t b = 0; b < pattern->rows; b++)
            out[a * pattern->rows + b] =
                entry(model,
                      (struct mixed_pair){pattern->positions[a], pattern->positions[b],
                                          a == b},
                      of[0], of[1]);
}

static void multiply(const double *left, const double *right, size_t rows, double *out)
{
    for (size_t i = 0; i < rows; i++)
        for (size_t k = 0; k < rows; k++) {
            double sum = 0;
            for (size_t j = 0; j < rows; j++)
                sum += left[i * rows + j] * right[j * rows + k];
            out[i * rows + k] = sum;
        }
}

static double trace_of_product(const double *left, const double *right, size_t rows)
{
    double sum = 0;
    for (size_t i = 0; i < rows; i++)
        for (size_t k = 0; k < rows; k++)
            sum += left[i * rows + k] * right[k * rows + i];
    return sum;
}

/* V⁻ of a pattern in the model's arena; ln |V|. NULL when V is not positive. */
static double *inverse_of(struct mixed_model *model,
                          const struct mixed_pattern *pattern, double *log_determinant)
{
    static const size_t none[2] = {0, 0};
    size_t size = pattern->rows * pattern->rows, row;
    double *covariance = ARENA_ARRAY(model->arena, double, size);
    struct matrix_factor factor;
    fill(model, pattern, value_entry, none, covariance);
    if (!matrix_factor(covariance, pattern->rows, model->arena, &factor, &row))
        return NULL;
    *log_determinant = factor.log_determinant;
    matrix_inverse(&factor, covariance);
    return covariance;
}

/* --- the likelihood ------------------------------------------------------------------- */

static bool estimate_beta(struct mixed_model *model, const double *sums, double logs)
{
    size_t p = model->columns, wide = model->wide, row;
    double *cross = ARENA_ARRAY(model->arena, double, p *p + p);
    double *right = cross + p * p;
    for (size_t i = 0; i < p; i++) {
        right[i] = sums[i * wide + p];
        for (size_t k = 0; k < p; k++)
            cross[i * p + k] = sums[i * wide + k];
    }
    struct matrix_factor factor;
    if (!matrix_factor(cross, p, model->arena, &factor, &row))
        return false;
    matrix_solve(&factor, right, model->beta);
    matrix_inverse(&factor, model->phi);
    double squares = sums[p * wide + p], n = (double)model->input->count;
    for (size_t i = 0; i < p; i++)
        squares -= model->beta[i] * right[i];
    if (!model->input->is_ml) {
        logs += factor.log_determinant;
        n -= (double)p;
    }
    model->loglik = -(n * log_two_pi + logs + squares) / 2;
    return isfinite(model->loglik);
}

bool mixed_sums_likelihood(struct mixed_model *model)
{
    struct arena_mark mark = arena_mark(model->arena);
    double *sums = ARENA_ARRAY(model->arena, double, model->wide * model->wide);
    double logs = 0;
    bool is_positive = true;
    for (size_t i = 0; is_positive && i < model->pattern_count; i++) {
        const struct mixed_pattern *pattern = &model->patterns[i];
        struct arena_mark inner = arena_mark(model->arena);
        double determinant;
        const double *inverse = inverse_of(model, pattern, &determinant);
        is_positive = inverse != NULL;
        if (is_positive) {
            logs += (double)pattern->subjects * determinant;
            add_moments(model, pattern, inverse, sums);
        }
        arena_rewind(model->arena, inner);
    }
    is_positive = is_positive && estimate_beta(model, sums, logs);
    arena_rewind(model->arena, mark);
    return is_positive;
}

/* --- its derivatives ------------------------------------------------------------------ */

/* Over all patterns; k and l are parameters. */
struct derived {
    double *traces;       /* k: tr V⁻V_k */
    double *products;     /* k, l: tr V⁻V_k V⁻V_l */
    double *once;         /* k: the moments of V⁻V_k V⁻ */
    double *twice;        /* k, l: of V⁻V_k V⁻V_l V⁻ */
    double *curve_traces; /* k, l: tr V⁻V_kl */
    double *curves;       /* k, l: the moments of V⁻V_kl V⁻ */
};

static void derive_pattern(struct mixed_model *model,
                           const struct mixed_pattern *pattern, struct derived *all)
{
    size_t q = model->parameter_count, m = pattern->rows, size = m * m;
    size_t square = model->wide * model->wide;
    double determinant, subjects = (double)pattern->subjects;
    const double *inverse = inverse_of(model, pattern, &determinant);
    double *ratios = ARENA_ARRAY(model->arena, double, q *size);
    double *middle = ARENA_ARRAY(model->arena, double, 3 * size);
    double *other = middle + size, *curve = other + size;
    for (size_t k = 0; k < q; k++) {
        double *ratio = ratios + k * size;
        fill(model, pattern, slope_entry, (const size_t[2]){k, 0}, middle);
        multiply(inverse, middle, m, ratio);
        for (size_t a = 0; a < m; a++)
            all->traces[k] += subjects * ratio[a * m + a];
        multiply(ratio, inverse, m, middle);
        add_moments(model, pattern, middle, all->once + k * square);
    }
    for (size_t k = 0; k < q; k++)
        for (size_t l = k; l < q; l++) {
            const double *left = ratios + k * size, *right = ratios + l * size;
            size_t at = k * q + l;
            all->products[at] += subjects * trace_of_product(left, right, m);
            multiply(left, right, m, other);
            multiply(other, inverse, m, middle);
            add_moments(model, pattern, middle, all->twice + at * square);
            if (model->input->kind != MIXED_AR1)
                continue;
            fill(model, pattern, curve_entry, (const size_t[2]){k, l}, curve);
            multiply(inverse, curve, m, other);
            for (size_t a = 0; a < m; a++)
                all->curve_traces[at] += subjects * other[a * m + a];
            multiply(other, inverse, m, middle);
            add_moments(model, pattern, middle, all->curves + at * square);
        }
}

static struct derived derive_all(struct mixed_model *model)
{
    size_t q = model->parameter_count, square = model->wide * model->wide;
    struct arena *arena = model->arena;
    struct derived all = {.traces = ARENA_ARRAY(arena, double, q),
                          .products = ARENA_ARRAY(arena, double, q *q),
                          .once = ARENA_ARRAY(arena, double, q *square),
                          .twice = ARENA_ARRAY(arena, double, q *q *square),
                          .curve_traces = ARENA_ARRAY(arena, double, q *q),
                          .curves = ARENA_ARRAY(arena, double, q *q *square)};
    for (size_t i = 0; i < model->pattern_count; i++) {
        struct arena_mark mark = arena_mark(arena);
        derive_pattern(model, &model->patterns[i], &all);
        arena_rewind(arena, mark);
    }
    return all;
}

/* r' N r of moments, r = y - xβ. */
static double residual_form(const struct mixed_model *model, const double *moments)
{
    size_t p = model->columns, wide = model->wide;
    double sum = 0;
    for (size_t i = 0; i < wide; i++)
        for (size_t k = 0; k < wide; k++) {
            double one = i == p ? 1 : -model->beta[i];
            double other = k == p ? 1 : -model->beta[k];
            sum += one * other * moments[i * wide + k];
        }
    return sum;
}

/* x' N r. */
static void residual_slope(const struct mixed_model *model, const double *moments,
                           double *out)
{
    size_t p = model->columns, wide = model->wide;
    for (size_t i = 0; i < p; i++) {
        out[i] = moments[i * wide + p];
        for (size_t k = 0; k < p; k++)
            out[i] -= moments[i * wide + k] * model->beta[k];
    }
}

/* tr Φ x' N x. */
static double phi_trace(const struct mixed_model *model, const double *moments)
{
    size_t p = model->columns;
    double sum = 0;
    for (size_t i = 0; i < p; i++)
        for (size_t k = 0; k < p; k++)
            sum += model->phi[i * p + k] * moments[k * model->wide + i];
    return sum;
}

/* Second derivatives by parameters k and l. */
static void derive_pair(struct mixed_model *model, const struct derived *all, size_t k,
                        size_t l, const double *slopes, const double *phi_p)
{
    size_t q = model->parameter_count, p = model->columns, at = k * q + l;
    size_t square = model->wide * model->wide;
    const double *twice = all->twice + at * square, *curve = all->curves + at * square;
    double product = all->products[at], curvature = all->curve_traces[at];
    if (!model->input->is_ml) {
        product += trace_of_product(phi_p + k * p * p, phi_p + l * p * p, p) -
                   2 * phi_trace(model, twice);
        curvature -= phi_trace(model, curve);
    }
    double form = residual_form(model, twice) -
                  matrix_between(slopes + k * p, model->phi, slopes + l * p, p);
    model->expected[at] = model->expected[l * q + k] = product / 2;
    model->observed[at] = model->observed[l * q + k] =
        form - product / 2 + (curvature - residual_form(model, curve)) / 2;
}

static void hold_fixed(struct mixed_model *model)
{
    size_t q = model->parameter_count;
    for (size_t k = 0; k < q; k++) {
        if (!model->is_fixed[k])
            continue;
        model->score[k] = 0;
        for (size_t l = 0; l < q; l++) {
            double own = k == l ? 1 : 0;
            model->expected[k * q + l] = model->expected[l * q + k] = own;
            model->observed[k * q + l] = model->observed[l * q + k] = own;
        }
    }
}

void mixed_sums_derive(struct mixed_model *model)
{
    struct arena_mark mark = arena_mark(model->arena);
    size_t q = model->parameter_count, p = model->columns, wide = model->wide;
    struct derived all = derive_all(model);
    double *slopes = ARENA_ARRAY(model->arena, double, q *p);
    double *phi_p = ARENA_ARRAY(model->arena, double, q *p *p);
    for (size_t k = 0; k < q; k++) {
        const double *once = all.once + k * wide * wide;
        double *own = model->p + k * p * p;
        for (size_t i = 0; i < p; i++)
            for (size_t j = 0; j < p; j++)
                own[i * p + j] = once[i * wide + j];
        multiply(model->phi, own, p, phi_p + k * p * p);
        residual_slope(model, once, slopes + k * p);
        model->score[k] = (residual_form(model, once) - all.traces[k]) / 2;
        if (!model->input->is_ml)
            model->score[k] += phi_trace(model, once) / 2;
    }
    for (size_t k = 0; k < q; k++)
        for (size_t l = k; l < q; l++)
            derive_pair(model, &all, k, l, slopes, phi_p);
    hold_fixed(model);
    arena_rewind(model->arena, mark);
}

/* --- Kenward and Roger ---------------------------------------------------------------- */

void mixed_sums_adjust(struct mixed_model *model, const double *inverse, double *out)
{
    struct arena_mark mark = arena_mark(model->arena);
    size_t q = model->parameter_count, p = model->columns, wide = model->wide;
    struct derived all = derive_all(model);
    double *sum = ARENA_ARRAY(model->arena, double, 4 * p * p);
    double *left = sum + p * p, *right = left + p * p, *whole = right + p * p;
    for (size_t k = 0; k < q; k++)
        for (size_t l = 0; l < q; l++) {
            size_t at = (k < l ? k * q + l : l * q + k);
            const double *twice = all.twice + at * wide * wide;
            const double *curve = all.curves + at * wide * wide;
            double weight =
                model->is_fixed[k] || model->is_fixed[l] ? 0 : inverse[k * q + l];
            multiply(model->p + k * p * p, model->phi, p, left);
            multiply(left, model->p + l * p * p, p, right);
            for (size_t i = 0; i < p; i++)
                for (size_t j = 0; j < p; j++)
                    sum[i * p + j] +=
                        weight * ((twice[i * wide + j] + twice[j * wide + i]) / 2 -
                                  (right[i * p + j] + right[j * p + i]) / 2 -
                                  curve[i * wide + j] / 4);
        }
    multiply(model->phi, sum, p, left);
    multiply(left, model->phi, p, whole);
    for (size_t i = 0; i < p * p; i++)
        out[i] = model->phi[i] + 2 * whole[i];
    arena_rewind(model->arena, mark);
}
