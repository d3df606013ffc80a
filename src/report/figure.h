#ifndef OSTEON_REPORT_FIGURE_H
#define OSTEON_REPORT_FIGURE_H
/* The figures that a plan may name. A kind is one file and one row in figure.c; it draws
 * with a pen and does not know where that writes.
 *
 * Each mark carries a reference (report/pen.h): the analysis and the rows of its dataset.
 */
#include "analysis/analyse.h"
#include "base/buffer.h"
#include "base/language.h"
#include "report/pen.h"

/* What may be drawn, as analysis_run gives it. */
struct figure_data {
    const struct analysis_plan *plan;
    const struct analysis_result *results; /* by the plan's analyses */
    struct dataset *const *datasets;       /* by the plan's */
    const struct text *numbers;            /* pseudonyms by row of the first dataset;
                                              absent: not to be named, nor led to */
    bool is_synthetic;
    struct arena *arena;
};

struct figure_size {
    double width, height;
};

/* Do the kinds and analyses exist that the plan's figures name, and can the kinds draw
 * them? ERROR_REFUSED names the first that does not fit. */
MUST_USE bool figures_check(const struct analysis_plan *plan, struct error *err);

/* As large as its content wants to be, at a text size of 13 for what is read. */
struct figure_size figure_size(const struct plan_figure *figure,
                               const struct figure_data *data, enum language language);

/* Within (0, 0) and `size`, whose height is that of figure_size or more. */
void figure_draw(const struct plan_figure *figure, const struct figure_data *data,
                 enum language language, const struct pen *pen,
                 struct figure_size size);

/* The whole as SVG; the ids of its elements begin with the figure's. */
void figure_write_svg(const struct plan_figure *figure, const struct figure_data *data,
                      enum language language, struct buffer *to);

struct figure_file {
    const struct plan_figure *figure;
    const struct figure_data *data;
    enum language language;
    int64_t created; /* the cut's time */
};
/* As a PDF of one page of its size, or a PNG of two pixels a unit; errors are
 * pen_cairo.h's. */
MUST_USE bool figure_write_pdf(const struct figure_file *file, struct buffer *to,
                               struct error *err);
MUST_USE bool figure_write_png(const struct figure_file *file, struct buffer *to,
                               struct error *err);

#endif
