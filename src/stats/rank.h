#ifndef OSTEON_STATS_RANK_H
#define OSTEON_STATS_RANK_H
/* The ranks of numbers, and how they are tied.
 *
 * Tied numbers share the mean of their ranks. Numbers are tied when they are equal, exactly;
 * all are finite.
 *
 *     struct ranks ranks = rank_values(values, count, scratch);
 */
#include "base/arena.h"

struct ranks {
    double *of; /* one a value, from 1 */
    bool has_ties;
    double tie_sum; /* Σ (t³ - t) over groups of t equal values */
};

struct ranks rank_values(const double *values, size_t count, struct arena *arena);

/* A rising copy. */
double *sorted_copy(const double *values, size_t count, struct arena *arena);

/* Σ (t³ - t) of values that are sorted. */
double sorted_tie_sum(const double *sorted, size_t count);

#endif
