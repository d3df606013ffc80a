#include "stats/brownian_grid.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

enum { PANEL_NODES = 16, PANELS_MOST = 4000 };

#define REACH 9.0 /* deviations: beyond them lies less than 1e-18 */

/* Gauss-Legendre nodes above 0 and weights, of 16: Abramowitz and Stegun 1964, 25.4.30. */
static const double half_nodes[PANEL_NODES / 2] = {
    0.09501250983763744, 0.28160355077925891, 0.45801677765722739, 0.61787624440264375,
    0.75540440835500303, 0.86563120238783174, 0.94457502307323258, 0.98940093499164993};
static const double half_weights[PANEL_NODES / 2] = {
    0.18945061045506850, 0.18260341504492359, 0.16915651939500254, 0.14959598881657673,
    0.12462897125553387, 0.09515851168249278, 0.06225352393864789, 0.02715245941175409};

struct brownian_grid brownian_start(struct arena *arena, double drift)
{
    return (struct brownian_grid){.arena = arena, .drift = drift};
}

static double beyond(const struct brownian_grid *grid, double time, double b,
                     int is_below)
{
    double step = time - grid->time, sd = sqrt(step), sum = 0;
    if (grid->count == 0)
        return pnorm((b - grid->drift * step) / sd, 0, 1, is_below, 0);
    for (size_t i = 0; i < grid->count; i++)
        sum += grid->weights[i] *
               pnorm((b - grid->nodes[i] - grid->drift * step) / sd, 0, 1, is_below, 0);
    return sum;
}

double brownian_above(const struct brownian_grid *grid, double time, double b)
{
    return beyond(grid, time, b, 0);
}

double brownian_below(const struct brownian_grid *grid, double time, double b)
{
    return beyond(grid, time, b, 1);
}

static double density_at(const struct brownian_grid *grid, double time, double b)
{
    double step = time - grid->time, sd = sqrt(step), sum = 0;
    if (grid->count == 0)
        return dnorm(b, grid->drift * step, sd, 0);
    for (size_t i = 0; i < grid->count; i++) {
        double away = (b - grid->nodes[i] - grid->drift * step) / sd;
        sum += grid->weights[i] * exp(-away * away / 2);
    }
    return sum * M_1_SQRT_2PI / sd;
}

void brownian_move(struct brownian_grid *grid, double time, double low, double high,
                   double next)
{
    double centre = grid->drift * time, sd = sqrt(time);
    low = fmax(low, centre - REACH * sd);
    high = fmin(high, centre + REACH * sd);
    struct brownian_grid moved = {
        .arena = grid->arena, .drift = grid->drift, .time = time};
    if (high > low) {
        /* The density varies over the step that led here, the kernel over the next. */
        double width = fmin(sqrt(next), sqrt(time - grid->time));
        size_t panels = (size_t)fmin(PANELS_MOST, ceil((high - low) / width) + 1);
        double half = (high - low) / (double)panels / 2;
        moved.count = panels * PANEL_NODES;
        moved.nodes = ARENA_ARRAY(grid->arena, double, moved.count);
        moved.weights = ARENA_ARRAY(grid->arena, double, moved.count);
        for (size_t i = 0; i < moved.count; i++) {
            size_t panel = i / PANEL_NODES, of = i % PANEL_NODES, k = of / 2;
            double sign = of % 2 ? 1 : -1;
            double middle = low + half * (2 * (double)panel + 1);
            moved.nodes[i] = middle + sign * half * half_nodes[k];
            moved.weights[i] =
                half * half_weights[k] * density_at(grid, time, moved.nodes[i]);
        }
    } else { /* nobody is left: one node without weight */
        moved.count = 1;
        moved.nodes = ARENA_ARRAY(grid->arena, double, 1);
        moved.weights = ARENA_ARRAY(grid->arena, double, 1);
        moved.nodes[0] = centre;
    }
    *grid = moved;
}
