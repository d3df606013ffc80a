#include "report/pen_svg.h"

#include "report/pen_advance.h"

#include <math.h>
#include <stdio.h>

/* A token's name as a class, its name in the page, its value by day. */
// clang-format off
static const struct ink {
    const char *name, *token, *day;
} inks[INK_COUNT] = {
    [INK_NONE]    = {"none", NULL, "none"},
    [INK_TEXT]    = {"text", "--ink", "#10202b"},
    [INK_QUIET]   = {"quiet", "--ink-2", "#47596a"},
    [INK_RULE]    = {"rule", "--line", "#d5dcde"},
    [INK_EDGE]    = {"edge", "--edge", "#7f8d95"},
    [INK_SURFACE] = {"surface", "--surface", "#ffffff"},
    [INK_FIRST]   = {"first", "--arm-a", "#003a5d"},
    [INK_SECOND]  = {"second", "--arm-b", "#c05408"},
};
// clang-format on

static const char *const dashes[DASH_COUNT] = {NULL, "7 4", "1.5 3.5"};

static const char style_start[] =
    "<style>.pen text{font-family:Inter,'Noto Sans CJK SC','PingFang SC',"
    "'Microsoft YaHei',system-ui,sans-serif;font-variant-numeric:tabular-nums}"
    ".pen text.strong{font-weight:600}.pen .middle{text-anchor:middle}"
    ".pen .end{text-anchor:end}.pen path{stroke-linejoin:round}";

void xml_escape(struct buffer *to, struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        switch (t.at[i]) {
        case '&': BUFFER_LITERAL(to, "&amp;"); break;
        case '<': BUFFER_LITERAL(to, "&lt;"); break;
        case '>': BUFFER_LITERAL(to, "&gt;"); break;
        case '"': BUFFER_LITERAL(to, "&quot;"); break;
        default: buffer_byte(to, t.at[i]);
        }
}

/* With at most two decimals, of which zeros are left out. */
static void number(struct buffer *to, double value)
{
    enum { MOST = 32, HUNDREDTHS = 100 };
    char text[MOST];
    double rounded = round(value * HUNDREDTHS) / HUNDREDTHS;
    int len = snprintf(text, sizeof text, "%.2f", rounded == 0 ? 0.0 : rounded);
    ASSERT(len > 0 && len < MOST);
    while (text[len - 1] == '0')
        len--;
    if (text[len - 1] == '.')
        len--;
    buffer_bytes(to, text, (size_t)len);
}

static void attribute(struct buffer *to, const char *name, double value)
{
    buffer_format(to, " %s=\"", name);
    number(to, value);
    buffer_byte(to, '"');
}

static void write_style(struct buffer *to, const struct pen_style *style)
{
    buffer_format(to, " class=\"s-%s f-%s\"", inks[style->stroke].name,
                  inks[style->fill].name);
    if (style->stroke != INK_NONE && style->width != 1)
        attribute(to, "stroke-width", style->width);
    if (style->stroke != INK_NONE && dashes[style->dash] != NULL)
        buffer_format(to, " stroke-dasharray=\"%s\"", dashes[style->dash]);
    if (style->fill != INK_NONE && style->fill_opacity > 0)
        attribute(to, "fill-opacity", style->fill_opacity);
}

static void svg_path(void *context, const struct pen_point *points, size_t count,
                     bool is_closed, const struct pen_style *style)
{
    struct buffer *to = ((struct pen_svg *)context)->to;
    BUFFER_LITERAL(to, "<path");
    write_style(to, style);
    BUFFER_LITERAL(to, " d=\"");
    for (size_t i = 0; i < count; i++) {
        buffer_byte(to, i == 0 ? 'M' : 'L');
        number(to, points[i].x);
        buffer_byte(to, ' ');
        number(to, points[i].y);
    }
    if (is_closed)
        buffer_byte(to, 'Z');
    BUFFER_LITERAL(to, "\"/>\n");
}

static void svg_dot(void *context, double x, double y, double radius,
                    const struct pen_style *style)
{
    struct buffer *to = ((struct pen_svg *)context)->to;
    BUFFER_LITERAL(to, "<circle");
    write_style(to, style);
    attribute(to, "cx", x);
    attribute(to, "cy", y);
    attribute(to, "r", radius);
    BUFFER_LITERAL(to, "/>\n");
}

static void svg_text(void *context, struct text string, const struct pen_text *how)
{
    static const char *const anchors[] = {
        [ANCHOR_START] = "", [ANCHOR_MIDDLE] = " middle", [ANCHOR_END] = " end"};
    struct buffer *to = ((struct pen_svg *)context)->to;
    buffer_format(to, "<text class=\"f-%s%s%s\"", inks[how->ink].name,
                  anchors[how->anchor], how->weight == WEIGHT_STRONG ? " strong" : "");
    attribute(to, "font-size", how->size);
    if (how->is_upward) {
        BUFFER_LITERAL(to, " transform=\"translate(");
        number(to, how->x);
        buffer_byte(to, ' ');
        number(to, how->y);
        BUFFER_LITERAL(to, ") rotate(-90)\"");
    } else {
        attribute(to, "x", how->x);
        attribute(to, "y", how->y);
    }
    buffer_byte(to, '>');
    xml_escape(to, string);
    BUFFER_LITERAL(to, "</text>\n");
}

static double svg_width(void *context, struct text string, double size,
                        enum pen_weight weight)
{
    (void)context;
    return pen_advance(string, size, weight);
}

/* A page makes a link of what leads somewhere; in a file it has nowhere to go. */
static void svg_begin(void *context, struct text reference, struct text label)
{
    struct buffer *to = ((struct pen_svg *)context)->to;
    if (text_is_absent(reference)) {
        BUFFER_LITERAL(to, "<g>");
    } else {
        BUFFER_LITERAL(to, "<g class=\"pen-mark\" data-ref=\"");
        xml_escape(to, reference);
        BUFFER_LITERAL(to, "\">");
    }
    if (label.len > 0) {
        BUFFER_LITERAL(to, "<title>");
        xml_escape(to, label);
        BUFFER_LITERAL(to, "</title>");
    }
    buffer_byte(to, '\n');
}

static void svg_end(void *context)
{
    BUFFER_LITERAL(((struct pen_svg *)context)->to, "</g>\n");
}

/* --- the document --------------------------------------------------------------------- */

static void write_classes(struct buffer *to)
{
    buffer_text_add(to, text_of(style_start));
    for (size_t i = 0; i < INK_COUNT; i++) {
        const struct ink *ink = &inks[i];
        if (ink->token == NULL)
            buffer_format(to, ".pen .s-%s{stroke:%s}.pen .f-%s{fill:%s}", ink->name,
                          ink->day, ink->name, ink->day);
        else
            buffer_format(
                to, ".pen .s-%s{stroke:var(%s,%s)}.pen .f-%s{fill:var(%s,%s)}",
                ink->name, ink->token, ink->day, ink->name, ink->token, ink->day);
    }
    BUFFER_LITERAL(to, "</style>\n");
}

static void write_words(struct buffer *to, const struct pen_svg_about *about,
                        const char *element, struct text words)
{
    buffer_format(to, "<%s id=\"%.*s-%s\">", element, TEXT_ARG(about->name), element);
    xml_escape(to, words);
    buffer_format(to, "</%s>\n", element);
}

struct pen *pen_svg_begin(struct pen_svg *svg, const struct pen_svg_about *about,
                          struct buffer *to)
{
    *svg = (struct pen_svg){
        .pen = {svg, svg_path, svg_dot, svg_text, svg_width, svg_begin, svg_end},
        .to = to};
    BUFFER_LITERAL(to, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"pen\"");
    attribute(to, "width", about->width);
    attribute(to, "height", about->height);
    BUFFER_LITERAL(to, " viewBox=\"0 0 ");
    number(to, about->width);
    buffer_byte(to, ' ');
    number(to, about->height);
    buffer_format(to,
                  "\" lang=\"%s\" xml:lang=\"%s\" role=\"group\""
                  " aria-labelledby=\"%.*s-title\" aria-describedby=\"%.*s-desc\">\n",
                  language_tag(about->language), language_tag(about->language),
                  TEXT_ARG(about->name), TEXT_ARG(about->name));
    write_words(to, about, "title", about->title);
    write_words(to, about, "desc", about->says);
    write_classes(to);
    pen_box(&svg->pen, (struct pen_point){0, 0}, about->width, about->height,
            &(struct pen_style){.fill = INK_SURFACE});
    return &svg->pen;
}

void pen_svg_end(struct pen_svg *svg)
{
    BUFFER_LITERAL(svg->to, "</svg>\n");
}
