#ifndef OSTEON_STATS_OUTER_H
#define OSTEON_STATS_OUTER_H
/* Sums of weighted outer products Σ w x x', many rows at a time: what information matrices
 * are made of. The order of each sum is that of the rows alone, whatever the width of the
 * processor's registers.
 *
 *     struct outer_sum sum = outer_begin(columns, arena);
 *     outer_add(&sum, row, weight);
 *     outer_end(&sum);            // both halves of sum.matrix are filled
 */
#include "base/arena.h"

enum { OUTER_ROWS = 48 };

struct outer_sum {
    size_t columns, waiting;
    size_t stride;  /* of `rows` and `sums`: whole registers; zero behind the columns */
    double *matrix; /* columns × columns, at the end */
    double *sums;   /* stride × stride; the upper half of the products so far */
    double *rows;   /* those that wait */
    double *weighted;
    double weights[OUTER_ROWS];
};

struct outer_sum outer_begin(size_t columns, struct arena *arena);
void outer_flush(struct outer_sum *sum);
void outer_end(struct outer_sum *sum);
/* Empty again, for another sum; `columns` may have become fewer. */
void outer_reset(struct outer_sum *sum);

/* Where a row of that weight is to be written, all its columns, before the next call. */
static inline double *outer_place(struct outer_sum *sum, double weight)
{
    if (sum->waiting == OUTER_ROWS)
        outer_flush(sum);
    sum->weights[sum->waiting] = weight;
    return sum->rows + sum->stride * sum->waiting++;
}

/* `row` is copied. */
static inline void outer_add(struct outer_sum *sum, const double *row, double weight)
{
    double *place = outer_place(sum, weight);
    for (size_t k = 0; k < sum->columns; k++)
        place[k] = row[k];
}

#endif
