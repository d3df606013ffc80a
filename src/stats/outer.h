#ifndef OSTEON_STATS_OUTER_H
#define OSTEON_STATS_OUTER_H
/* Sums of weighted outer products Σ w x x', four rows at a time: what information matrices
 * are made of. The order of the sum depends on the order of the rows alone.
 *
 *     struct outer_sum sum = outer_begin(columns, arena);
 *     outer_add(&sum, row, weight);
 *     outer_end(&sum);            // both halves of sum.matrix are filled
 */
#include "base/arena.h"

enum { OUTER_ROWS = 4 };

struct outer_sum {
    size_t columns, waiting;
    double *matrix; /* columns × columns; the upper half until the end */
    double *rows;   /* those that wait, copied */
    double weights[OUTER_ROWS];
};

struct outer_sum outer_begin(size_t columns, struct arena *arena);
/* `row` is copied. */
void outer_add(struct outer_sum *sum, const double *row, double weight);
void outer_end(struct outer_sum *sum);

/* Empty again, for another sum. */
void outer_reset(struct outer_sum *sum);

#endif
