#ifndef OSTEON_REPORT_LANES_H
#define OSTEON_REPORT_LANES_H
/* A lane for each row of a dataset, the longest above: for figure_dwell.c and
 * figure_swimmer.c. */
#include "report/chart.h"

struct lane {
    size_t row; /* of the dataset */
    double length;
    double y; /* its middle */
};

struct lanes {
    struct lane *lanes;
    size_t count;
    double step; /* from one to the next */
};

/* The rows of the figure's first analysis that have a number in `lengths`. */
void lanes_of(const struct figure_call *call, const struct column *lengths, double top,
              struct lanes *out);
double lanes_height(size_t count);
/* The participant's number before its lane, where there is room and it may be told. */
void lane_draw_name(const struct chart *chart, const struct dataset *dataset,
                    const struct lanes *lanes, const struct lane *lane);

/* A symbol with its words, in the line above the figure; where the next may begin. */
typedef void key_function(const struct figure_call *call, double x, double y);
double key_draw(const struct figure_call *call, double x, double y,
                key_function *symbol, struct text words);

#endif
