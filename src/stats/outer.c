#include "stats/outer.h"

#include "stats/matrix.h"
#include "stats/wide.h"

#include <string.h>

struct outer_sum outer_begin(size_t columns, struct arena *arena)
{
    return (struct outer_sum){
        .columns = columns,
        .matrix = ARENA_ARRAY(arena, double, columns *columns + 1),
        .rows = ARENA_ARRAY(arena, double, columns *OUTER_ROWS + 1)};
}

WIDE static void add_four(double *restrict matrix, const double *restrict rows,
                          const double *restrict weights, size_t columns)
{
    const double *one = rows, *two = rows + columns, *three = two + columns,
                 *four = three + columns;
    for (size_t i = 0; i < columns; i++) {
        double a = weights[0] * one[i], b = weights[1] * two[i];
        double c = weights[2] * three[i], d = weights[3] * four[i];
        double *restrict row = matrix + i * columns;
        /* From the beginning of the lane: no remainder, and the lower half is mirrored. */
        for (size_t k = i & ~(size_t)3; k < columns; k++)
            row[k] += (a * one[k] + b * two[k]) + (c * three[k] + d * four[k]);
    }
}

void outer_add(struct outer_sum *sum, const double *row, double weight)
{
    double *place = sum->rows + sum->waiting * sum->columns;
    for (size_t k = 0; k < sum->columns; k++)
        place[k] = row[k];
    sum->weights[sum->waiting++] = weight;
    if (sum->waiting < OUTER_ROWS)
        return;
    add_four(sum->matrix, sum->rows, sum->weights, sum->columns);
    sum->waiting = 0;
}

void outer_end(struct outer_sum *sum)
{
    while (sum->waiting > 0)
        outer_add(sum, sum->rows, 0); /* a row of no weight */
    matrix_mirror(sum->matrix, sum->columns);
}

void outer_reset(struct outer_sum *sum)
{
    sum->waiting = 0;
    memset(sum->matrix, 0, sum->columns * sum->columns * sizeof *sum->matrix);
}
