#include "stats/outer.h"

#include "base/wide.h"
#include "stats/matrix.h"

#include <string.h>

enum { LANES = 8, TILE = 4 };

/* Eight columns. The compiler makes of it what the processor has: one register, two or four;
 * each lane is one element of the matrix, so that all give the same bits. */
typedef double lanes __attribute__((vector_size(LANES * sizeof(double)), aligned(8)));

struct outer_sum outer_begin(size_t columns, struct arena *arena)
{
    size_t stride = (columns + LANES - 1) / LANES * LANES;
    return (struct outer_sum){
        .columns = columns,
        .stride = stride,
        .matrix = ARENA_ARRAY(arena, double, columns *columns + 1),
        .sums = ARENA_ARRAY(arena, double, stride *stride + 1),
        .rows = ARENA_ARRAY(arena, double, stride *OUTER_ROWS + 1),
        .weighted = ARENA_ARRAY(arena, double, stride *OUTER_ROWS + 1)};
}

/* Four rows of the matrix by eight columns, in registers over all rows that wait. */
static inline __attribute__((always_inline)) void add_tile(const double *left,
                                                           const double *right,
                                                           size_t stride, size_t rows,
                                                           double *out)
{
    lanes one = {0}, two = {0}, three = {0}, four = {0};
    for (size_t r = 0; r < rows; r++, left += stride, right += stride) {
        const lanes x = *(const lanes *)(const void *)right;
        one += left[0] * x;
        two += left[1] * x;
        three += left[2] * x;
        four += left[3] * x;
    }
    *(lanes *)(void *)out += one;
    *(lanes *)(void *)(out + stride) += two;
    *(lanes *)(void *)(out + 2 * stride) += three;
    *(lanes *)(void *)(out + 3 * stride) += four;
}

WIDE static void add_rows(const struct outer_sum *sum)
{
    size_t stride = sum->stride, rows = sum->waiting;
    const double *from = sum->rows;
    double *to = sum->weighted;
    for (size_t r = 0; r < rows; r++)
        for (size_t k = 0; k < stride; k++)
            to[r * stride + k] = sum->weights[r] * from[r * stride + k];
    for (size_t i = 0; i < sum->columns; i += TILE)
        for (size_t k = i / LANES * LANES; k < stride; k += LANES)
            add_tile(to + i, from + k, stride, rows, sum->sums + i * stride + k);
}

void outer_flush(struct outer_sum *sum)
{
    add_rows(sum);
    sum->waiting = 0;
}

void outer_end(struct outer_sum *sum)
{
    outer_flush(sum);
    for (size_t i = 0; i < sum->columns; i++)
        for (size_t k = i; k < sum->columns; k++)
            sum->matrix[i * sum->columns + k] = sum->sums[i * sum->stride + k];
    matrix_mirror(sum->matrix, sum->columns);
}

void outer_reset(struct outer_sum *sum)
{
    sum->waiting = 0;
    memset(sum->sums, 0, sum->stride * sum->stride * sizeof *sum->sums);
    memset(sum->rows, 0, sum->stride * OUTER_ROWS * sizeof *sum->rows);
}
