#ifndef OSTEON_STATS_MATRIX_H
#define OSTEON_STATS_MATRIX_H
/* Symmetric, positive matrices of a few rows: what an information matrix is asked for.
 *
 * A matrix of n rows is an array of n × n numbers, row by row; of a symmetric one both halves
 * are filled. The factor is LAPACK's Cholesky (dpotrf), of the matrix scaled to a diagonal of
 * ones, so that units of measure make nothing singular: a row is dependent when less than
 * 1e-10 of it is left beside the rows before.
 */
#include "base/arena.h"

struct matrix_factor {
    size_t rows;
    double *lower; /* the factor of the scaled matrix */
    double *scale; /* the roots of the diagonal */
    double log_determinant;
};

/* False when it is not positive, or a row depends on those before: `*row` is the first. */
bool matrix_factor(const double *matrix, size_t rows, struct arena *arena,
                   struct matrix_factor *out, size_t *row);

/* `out` = matrix⁻¹ · `right`, a column; they may be the same. */
void matrix_solve(const struct matrix_factor *factor, const double *right, double *out);

/* matrix⁻¹, both halves. */
void matrix_inverse(const struct matrix_factor *factor, double *out);

/* right' · matrix⁻¹ · right. */
double matrix_form(const struct matrix_factor *factor, const double *right,
                   struct arena *arena);

/* The upper half, copied to the lower. */
void matrix_mirror(double *matrix, size_t rows);

/* left' · matrix · right, of any square matrix. */
double matrix_between(const double *left, const double *matrix, const double *right,
                      size_t rows);

#endif
