#include "stats/matrix.h"

#include <lapacke.h>
#include <math.h>
#include <string.h>

/* What is left of a row of unit length beside those before it. */
static const double dependent = 1e-10;

bool matrix_factor(const double *matrix, size_t rows, struct arena *arena,
                   struct matrix_factor *out, size_t *row)
{
    *out = (struct matrix_factor){.rows = rows};
    out->lower = ARENA_ARRAY(arena, double, rows *rows + 1);
    out->scale = ARENA_ARRAY(arena, double, rows + 1);
    for (size_t i = 0; i < rows; i++) {
        *row = i;
        out->scale[i] = sqrt(matrix[i * rows + i]);
        if (!(out->scale[i] > 0) || !isfinite(out->scale[i]))
            return false;
    }
    for (size_t i = 0; i < rows; i++)
        for (size_t k = 0; k < rows; k++)
            out->lower[i * rows + k] =
                matrix[i * rows + k] / (out->scale[i] * out->scale[k]);
    if (rows == 0)
        return true;
    lapack_int failed = LAPACKE_dpotrf_work(LAPACK_ROW_MAJOR, 'L', (lapack_int)rows,
                                            out->lower, (lapack_int)rows);
    size_t whole = failed > 0 ? (size_t)failed - 1 : rows;
    for (*row = 0; *row < whole; (*row)++) {
        double left = out->lower[*row * rows + *row];
        if (!(left * left > dependent))
            return false;
        out->log_determinant += 2 * (log(left) + log(out->scale[*row]));
    }
    return whole == rows;
}

void matrix_solve(const struct matrix_factor *factor, const double *right, double *out)
{
    size_t rows = factor->rows;
    for (size_t i = 0; i < rows; i++) {
        double sum = right[i] / factor->scale[i];
        for (size_t k = 0; k < i; k++)
            sum -= factor->lower[i * rows + k] * out[k];
        out[i] = sum / factor->lower[i * rows + i];
    }
    for (size_t i = rows; i-- > 0;) {
        double sum = out[i];
        for (size_t k = i + 1; k < rows; k++)
            sum -= factor->lower[k * rows + i] * out[k];
        out[i] = sum / factor->lower[i * rows + i];
    }
    for (size_t i = 0; i < rows; i++)
        out[i] /= factor->scale[i];
}

void matrix_inverse(const struct matrix_factor *factor, double *out)
{
    size_t rows = factor->rows;
    if (rows == 0)
        return;
    memcpy(out, factor->lower, rows * rows * sizeof *out);
    LAPACKE_dpotri_work(LAPACK_ROW_MAJOR, 'L', (lapack_int)rows, out, (lapack_int)rows);
    for (size_t i = 0; i < rows; i++)
        for (size_t k = 0; k <= i; k++) {
            out[i * rows + k] /= factor->scale[i] * factor->scale[k];
            out[k * rows + i] = out[i * rows + k];
        }
}

double matrix_form(const struct matrix_factor *factor, const double *right,
                   struct arena *arena)
{
    double *solved = ARENA_ARRAY(arena, double, factor->rows + 1), sum = 0;
    matrix_solve(factor, right, solved);
    for (size_t i = 0; i < factor->rows; i++)
        sum += right[i] * solved[i];
    return sum;
}

void matrix_mirror(double *matrix, size_t rows)
{
    for (size_t i = 0; i < rows; i++)
        for (size_t k = 0; k < i; k++)
            matrix[i * rows + k] = matrix[k * rows + i];
}

double matrix_between(const double *left, const double *matrix, const double *right,
                      size_t rows)
{
    double sum = 0;
    for (size_t i = 0; i < rows; i++) {
        double row = 0;
        for (size_t k = 0; k < rows; k++)
            row += matrix[i * rows + k] * right[k];
        sum += left[i] * row;
    }
    return sum;
}
