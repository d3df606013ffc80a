#ifndef OSTEON_REPORT_PEN_H
#define OSTEON_REPORT_PEN_H
/* What drawing code draws with. It knows paths, dots, text and groups, and not where they
 * go: pen_svg.h writes text for browsers, pen_cairo.h PDF and PNG.
 *
 * Lengths are in the figure's own units, pixels at its natural size; x grows to the right,
 * y downwards. Colours are tokens, so that a page gives them by its theme; what must be
 * told apart differs by dash, mark or label too, never by colour alone.
 *
 *     pen_begin(pen, TEXT("E11.survival#3,17"), TEXT("Day 12: 2 deaths"));
 *     pen_path(pen, corners, 4, false, &(struct pen_style){.stroke = INK_FIRST, .width = 2});
 *     pen_end(pen);
 */
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

enum pen_ink {
    INK_NONE,
    INK_TEXT,    /* what is read first */
    INK_QUIET,   /* what explains it */
    INK_RULE,    /* grid lines */
    INK_EDGE,    /* axes, outlines */
    INK_SURFACE, /* what lies below */
    INK_FIRST,   /* the data, dark blue */
    INK_SECOND,  /* other data beside it, vermilion: half as dark in grey print */
    INK_COUNT
};

enum pen_dash { DASH_SOLID, DASH_LONG, DASH_DOTS, DASH_COUNT };

struct pen_point {
    double x, y;
};

struct pen_style {
    enum pen_ink stroke;
    double width;
    enum pen_dash dash;
    enum pen_ink fill;
    double fill_opacity; /* 0: the whole colour */
};

enum pen_anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };
enum pen_weight { WEIGHT_REGULAR, WEIGHT_STRONG };

struct pen_text {
    double x, y; /* of the base line */
    double size;
    enum pen_ink ink;
    enum pen_anchor anchor;
    enum pen_weight weight;
    bool is_upward; /* turned, read from below */
};

struct pen {
    void *context;
    void (*path)(void *context, const struct pen_point *points, size_t count,
                 bool is_closed, const struct pen_style *style);
    void (*dot)(void *context, double x, double y, double radius,
                const struct pen_style *style);
    void (*text)(void *context, struct text string, const struct pen_text *how);
    double (*width)(void *context, struct text string, double size,
                    enum pen_weight weight);
    void (*begin)(void *context, struct text reference, struct text label);
    void (*end)(void *context);
};

static inline void pen_path(const struct pen *pen, const struct pen_point *points,
                            size_t count, bool is_closed, const struct pen_style *style)
{
    pen->path(pen->context, points, count, is_closed, style);
}

static inline void pen_dot(const struct pen *pen, double x, double y, double radius,
                           const struct pen_style *style)
{
    pen->dot(pen->context, x, y, radius, style);
}

static inline void pen_text(const struct pen *pen, struct text string,
                            const struct pen_text *how)
{
    pen->text(pen->context, string, how);
}

/* How long `string` is when written on one line. */
static inline double pen_width(const struct pen *pen, struct text string, double size,
                               enum pen_weight weight)
{
    return pen->width(pen->context, string, size, weight);
}

/* What is drawn until the end is one mark. `reference` says what it was made of: the
 * analysis and the rows of its dataset, counted from 1 as in the dataset's file
 * ("E11.survival#3,17"); absent: of nothing in particular. `label` says it in words. */
static inline void pen_begin(const struct pen *pen, struct text reference,
                             struct text label)
{
    pen->begin(pen->context, reference, label);
}

static inline void pen_end(const struct pen *pen)
{
    pen->end(pen->context);
}

/* Of shapes that several figures draw. */
void pen_line(const struct pen *pen, struct pen_point from, struct pen_point until,
              const struct pen_style *style);
void pen_box(const struct pen *pen, struct pen_point corner, double width,
             double height, const struct pen_style *style);

#endif
