#ifndef OSTEON_REPORT_CURVE_H
#define OSTEON_REPORT_CURVE_H
/* A curve that holds each height until the next step, its band, its marks, and the table
 * of those who were followed below it (KMunicate: Morris and others 2019). For
 * figure_survival.c and figure_incidence.c. */
#include "report/chart.h"

/* Colour and dash tell curves apart, and their names at the end. */
enum { CURVES_MOST = 4 };

struct curve {
    const struct analysis_result *result;
    const struct result_series *series;
    struct text name; /* at its end; absent: it is alone */
    size_t count;     /* followed from the start */
    double start;     /* its height there: 1 or 0 */
    enum pen_ink ink;
    enum pen_dash dash;
    bool has_target; /* its steps lead back */
};

/* In the order of their parts: 0 is the first's. */
void curve_look(struct curve *curve, size_t at);
void curve_draw_band(const struct chart *chart, const struct curve *curve);
void curve_draw(const struct chart *chart, const struct curve *curve);
/* What it says at its end. */
void curve_draw_name(const struct chart *chart, const struct curve *curve);

/* Of one curve three rows, of several also their names. */
double curve_table_height(size_t curves);
void curve_draw_table(const struct chart *chart, const struct curve *curves,
                      size_t count, const struct ticks *ticks, double top);

#endif
