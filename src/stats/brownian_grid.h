#ifndef OSTEON_STATS_BROWNIAN_GRID_H
#define OSTEON_STATS_BROWNIAN_GRID_H
/* Where a Brownian motion is that has not yet crossed a boundary: its density at the nodes
 * of a Gauss-Legendre quadrature. Used by stats/group_sequential.h, which says how exact.
 */
#include "base/arena.h"

struct brownian_grid {
    struct arena *arena;
    double drift;
    double time;             /* of the density; 0: all is at 0 */
    size_t count;            /* nodes */
    double *nodes, *weights; /* density times the weight of the quadrature */
};

struct brownian_grid brownian_start(struct arena *arena, double drift);

/* P(not crossed up to now, and above or below `b` at the later `time`). */
double brownian_above(const struct brownian_grid *grid, double time, double b);
double brownian_below(const struct brownian_grid *grid, double time, double b);

/* To `time`, keeping what is between `low` and `high`; `next` is the step that follows. */
void brownian_move(struct brownian_grid *grid, double time, double low, double high,
                   double next);

#endif
