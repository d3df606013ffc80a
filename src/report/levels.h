#ifndef OSTEON_REPORT_LEVELS_H
#define OSTEON_REPORT_LEVELS_H
/* A grouped analysis along an axis of categories: the plan's levels in their order, of
 * those that have rows. For figure_course.c and figure_modes.c. */
#include "report/chart.h"

struct level {
    const struct result_part *part;
    struct text label;
    double x; /* its middle */
};

/* In the figure's arena, placed between `low` and `high`. */
size_t levels_of(const struct figure_call *call, double low, double high,
                 struct level **out);
/* Labels below the edge, and below them how many, from the value `n`. */
void levels_draw(const struct chart *chart, const struct level *levels, size_t count);
/* The result's values of this name: the least and largest, not above and below what they
 * are given as. */
void levels_reach(const struct level *levels, size_t count, const char *name,
                  double *least, double *most);

struct level_point {
    const struct level *level;
    size_t row; /* of the dataset */
    double value;
};
/* The rows of all levels that have a value, by participant and then level; of a participant
 * who has several in a level the first comes first. */
size_t levels_points(const struct figure_call *call, const struct level *levels,
                     size_t count, struct level_point **out);

#endif
