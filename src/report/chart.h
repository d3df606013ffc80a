#ifndef OSTEON_REPORT_CHART_H
#define OSTEON_REPORT_CHART_H
/* What the figures share: how large text is, axes, numbers in words, marks that lead back.
 * For figure_*.c. */
#include "report/figure.h"
#include "report/scale.h"

/* Sizes of text: what is read first, ticks and tables, remarks. */
#define CHART_TEXT  13.0
#define CHART_SMALL 12.0

struct figure_call {
    const struct plan_figure *figure;
    const struct figure_data *data;
    enum language language;
    const struct pen *pen; /* NULL while nothing is drawn */
    struct figure_size size;
};

typedef struct figure_size figure_size_function(const struct figure_call *call);
typedef void figure_draw_function(const struct figure_call *call);
typedef void figure_says_function(const struct figure_call *call, struct buffer *to);

struct figure_kind {
    const char *name;
    size_t least_analyses;
    const char *methods[2]; /* that it draws */
    figure_size_function *size;
    figure_draw_function *draw;
    figure_says_function *says;
};

/* A text of the program in both languages. */
static inline struct text chart_say(const struct figure_call *call, const char *en,
                                    const char *zh)
{
    return text_of(call->language == LANGUAGE_CHINESE ? zh : en);
}

/* --- the plan's --------------------------------------------------------------------- */

/* The result of the figure's analysis of this place. */
const struct analysis_result *chart_result(const struct figure_call *call, size_t at);
/* The column that the figure's argument names, of this dataset; NULL: it names none. */
const struct column *chart_column(const struct figure_call *call,
                                  const struct dataset *dataset, const char *argument);
/* Numbers of an argument; `*count` 0: none. */
const double *chart_numbers(const struct figure_call *call, const char *argument,
                            size_t *count);
/* Words for a group of the result: the figure's, else the design's; the code itself when
 * there are none. */
struct text chart_level(const struct figure_call *call,
                        const struct analysis_result *result, struct text code);

/* --- numbers ------------------------------------------------------------------------ */

/* With a real minus sign. */
struct text chart_number(const struct figure_call *call, double value, int decimals);
/* 0.352 as "35.2 %". */
struct text chart_percent(const struct figure_call *call, double share, int decimals);

/* A unit of time in words: "d" as "天". */
struct text chart_unit(const struct figure_call *call, struct text unit);

/* --- marks -------------------------------------------------------------------------- */

/* What is drawn until pen_end leads to these rows of the result's dataset, if they are not
 * too many to name. */
void chart_mark(const struct figure_call *call, const struct analysis_result *result,
                const size_t *rows, size_t count, struct text label);
/* Where a thin mark can be touched. */
void chart_target(const struct figure_call *call, double x, double y);
/* The participant's number of a dataset's row; absent when it is not to be told. */
struct text chart_participant(const struct figure_call *call,
                              const struct dataset *dataset, size_t row);

/* --- axes --------------------------------------------------------------------------- */

struct chart {
    const struct figure_call *call;
    struct scale x, y; /* y.low is the lower edge, the larger number */
};

/* A line with ticks below the lower edge, numbers, and the figure's title of the axis. */
void chart_axis_below(const struct chart *chart, const struct ticks *ticks);
/* Shares from 0 to 1, in percent, with grid lines above. */
void chart_axis_below_share(const struct chart *chart);
/* Grid lines with numbers before them, and the title. */
void chart_axis_left(const struct chart *chart, const struct ticks *ticks);
/* Shares from 0 to 1, in percent. */
void chart_axis_share(const struct chart *chart);
/* In place of a figure: that there is nothing to draw yet. */
void chart_nothing(const struct figure_call *call);
void chart_words(const struct figure_call *call, struct text words, double x, double y,
                 enum pen_anchor anchor);
/* The same, larger or smaller, bold or not. */
void chart_words_as(const struct figure_call *call, struct text words,
                    const struct pen_text *how);

#endif
