#ifndef OSTEON_REPORT_PEN_CAIRO_H
#define OSTEON_REPORT_PEN_CAIRO_H
/* A pen that writes PDF or PNG, and paragraphs that break into lines: the one place that
 * knows cairo and pango. Colours are those of the day. Given the same strokes, fonts and
 * libraries it gives the same bytes: the time in a PDF is the one it is told.
 *
 *     struct pen_cairo *cairo;
 *     pen_cairo_pdf(&about, &buffer, arena, &cairo, err)
 *     pen_cairo_page(cairo, A4_WIDTH, A4_HEIGHT);
 *     pen_cairo_push(cairo, x, y, scale);
 *     … draw with pen_cairo_pen(cairo) …
 *     pen_cairo_pop(cairo);
 *     pen_cairo_end(cairo, err)
 *
 * One thread at a time uses a document. What it holds besides memory goes with `arena`.
 */
#include "base/buffer.h"
#include "base/language.h"
#include "report/pen.h"

/* Points, as PDF has it. */
#define A4_WIDTH  595.28
#define A4_HEIGHT 841.89

struct pen_cairo;

struct pen_cairo_about {
    struct text title;
    int64_t created; /* the instant that the document tells */
    enum language language;
};

/* A document without a page yet; bytes go into `to`, complete after pen_cairo_end.
 * ERROR_FAILED when no font of this machine has Chinese characters (U+9AA8 is looked for):
 * there would be boxes in their place. */
MUST_USE bool pen_cairo_pdf(const struct pen_cairo_about *about, struct buffer *to,
                            struct arena *arena, struct pen_cairo **out,
                            struct error *err);
/* A picture of `size` units on white, `scale` pixels for each; it is its only page. The
 * same error. */
MUST_USE bool pen_cairo_png(const struct pen_cairo_about *about, struct pen_point size,
                            double scale, struct buffer *to, struct arena *arena,
                            struct pen_cairo **out, struct error *err);
/* The next page of a PDF, in points; what was pushed is popped before. */
void pen_cairo_page(struct pen_cairo *cairo, double width, double height);
/* Once; ERROR_FAILED with what cairo said. */
MUST_USE bool pen_cairo_end(struct pen_cairo *cairo, struct error *err);

struct pen *pen_cairo_pen(struct pen_cairo *cairo);
/* Until the pop the pen's (0, 0) is at (x, y), its unit `scale` units. */
void pen_cairo_push(struct pen_cairo *cairo, double x, double y, double scale);
void pen_cairo_pop(struct pen_cairo *cairo);

/* Text that breaks into lines of at most `width`, `y` its top. */
struct pen_paragraph {
    double x, y, width;
    double size;
    double line_height; /* in lines' natural height; 0: 1 */
    enum pen_ink ink;
    enum pen_weight weight;
    size_t strong; /* so many bytes at its beginning are strong whatever `weight` is */
    enum pen_anchor anchor; /* of each line within `width` */
};
/* Both give the height. */
double pen_cairo_paragraph(struct pen_cairo *cairo, struct text text,
                           const struct pen_paragraph *how);
double pen_cairo_measure(struct pen_cairo *cairo, struct text text,
                         const struct pen_paragraph *how);

/* A place of the current page, by a name of its own: letters, digits, "-" and ".". */
void pen_cairo_place(struct pen_cairo *cairo, struct text name, double x, double y);
/* A line of the document's outline that leads to the place of this name; `parent` is what
 * the line above it was given, 0: none. */
int pen_cairo_outline(struct pen_cairo *cairo, int parent, struct text title,
                      struct text place);

#endif
