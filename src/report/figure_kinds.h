#ifndef OSTEON_REPORT_FIGURE_KINDS_H
#define OSTEON_REPORT_FIGURE_KINDS_H
/* The functions of each kind of figure, for the table in figure.c. */
#include "report/chart.h"

#define FIGURE_WIDTH 720.0

#define FIGURE_KIND(name)                                                              \
    figure_size_function figure_##name##_size;                                         \
    figure_draw_function figure_##name##_draw;                                         \
    figure_says_function figure_##name##_says

FIGURE_KIND(survival);
FIGURE_KIND(incidence);
FIGURE_KIND(forest);
FIGURE_KIND(course);
FIGURE_KIND(modes);
FIGURE_KIND(flow);
FIGURE_KIND(dwell);
FIGURE_KIND(swimmer);

#undef FIGURE_KIND

#endif
