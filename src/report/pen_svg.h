#ifndef OSTEON_REPORT_PEN_SVG_H
#define OSTEON_REPORT_PEN_SVG_H
/* A pen that writes SVG: text stays text, colours are classes with values of their own, so
 * that the file stands alone and takes the tokens of a page into which it is put. The same
 * strokes give the same bytes.
 *
 *     struct pen_svg svg;
 *     struct pen *pen = pen_svg_begin(&svg, &about, &buffer);
 *     … draw …
 *     pen_svg_end(&svg);
 *     buffer_text(&buffer, &bytes, err)
 */
#include "base/buffer.h"
#include "base/language.h"
#include "report/pen.h"

struct pen_svg {
    struct pen pen;
    struct buffer *to;
};

struct pen_svg_about {
    double width, height;
    enum language language;
    struct text name; /* of the document's elements: letters, digits, "-", "." */
    struct text title,
        says; /* what it is, and what it shows, for who does not see it */
};

/* The pen, which lives in `svg`. Writes behind what is in `to`. */
struct pen *pen_svg_begin(struct pen_svg *svg, const struct pen_svg_about *about,
                          struct buffer *to);
void pen_svg_end(struct pen_svg *svg);

/* As XML or HTML has it, in text and in quoted attributes. */
void xml_escape(struct buffer *to, struct text t);

#endif
