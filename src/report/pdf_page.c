#include "report/pdf_page.h"

#include "report/report_words.h"

/* --- text ----------------------------------------------------------------------------- */

/* In natural heights of a line: Chinese faces are taller by themselves. */
static double line_height(enum language language)
{
    return language == LANGUAGE_CHINESE ? 1.02 : 1.12;
}

static struct pen_paragraph paragraph_of(const struct pdf_page *page,
                                         const struct line *line,
                                         const struct pdf_text *how)
{
    size_t strong = 0;
    for (size_t i = 0; i < line->count && line->runs[i].is_strong; i++)
        strong += line->runs[i].text.len;
    return (struct pen_paragraph){.x = how->x,
                                  .y = page->y,
                                  .width = how->width,
                                  .size = how->size,
                                  .line_height = line_height(page->document->language),
                                  .ink = how->ink,
                                  .weight = how->weight,
                                  .strong = strong,
                                  .anchor = how->anchor};
}

double pdf_text_height(const struct pdf_page *page, const struct line *line,
                       const struct pdf_text *how)
{
    struct pen_paragraph paragraph = paragraph_of(page, line, how);
    return line_is_empty(line)
               ? 0
               : pen_cairo_measure(page->cairo, line_text(line, page->arena),
                                   &paragraph);
}

double pdf_text_put(const struct pdf_page *page, const struct line *line,
                    const struct pdf_text *how)
{
    struct pen_paragraph paragraph = paragraph_of(page, line, how);
    if (!page->is_drawing || line_is_empty(line))
        return pdf_text_height(page, line, how);
    return pen_cairo_paragraph(page->cairo, line_text(line, page->arena), &paragraph);
}

static void rule_at(const struct pdf_page *page, double y, double across, double width,
                    enum pen_ink ink)
{
    pen_line(pen_cairo_pen(page->cairo), (struct pen_point){PAGE_LEFT, y},
             (struct pen_point){PAGE_LEFT + across, y},
             &(struct pen_style){.stroke = ink, .width = width});
}

void pdf_rule(const struct pdf_page *page, double across, double width,
              enum pen_ink ink)
{
    if (page->is_drawing)
        rule_at(page, page->y, across, width, ink);
}

/* --- pages ---------------------------------------------------------------------------- */

static void put_margin(const struct pdf_page *page, double y, struct text words,
                       enum pen_anchor anchor, enum pen_weight weight)
{
    enum { SIZE = 8 };
    double x = anchor == ANCHOR_END ? PAGE_LEFT + PAGE_WIDTH : PAGE_LEFT;
    pen_text(pen_cairo_pen(page->cairo), words,
             &(struct pen_text){.x = x,
                                .y = y,
                                .size = SIZE,
                                .ink = weight == WEIGHT_STRONG ? INK_TEXT : INK_QUIET,
                                .anchor = anchor,
                                .weight = weight});
}

static void put_margins(const struct pdf_page *page)
{
    const struct document *document = page->document;
    const double head = PAGE_TOP - 24, foot = PAGE_BOTTOM + 24;
    struct text values[] = {text_format(page->arena, "%d", page->page),
                            text_format(page->arena, "%d", page->page_count)};
    put_margin(page, head,
               text_format(page->arena, "%.*s \u00b7 %.*s", TEXT_ARG(document->study),
                           TEXT_ARG(document->title)),
               ANCHOR_START, WEIGHT_REGULAR);
    put_margin(page, head, document->warning, ANCHOR_END, WEIGHT_STRONG);
    rule_at(page, head + 6, PAGE_WIDTH, 0.5, INK_RULE);
    put_margin(page, foot, document->running, ANCHOR_START, WEIGHT_REGULAR);
    put_margin(page, foot,
               words_fill(page->arena, report_word(document->language, WORD_PAGE),
                          values, ARRAY_COUNT(values)),
               ANCHOR_END, WEIGHT_REGULAR);
}

void pdf_page_turn(struct pdf_page *page)
{
    page->page++;
    page->y = PAGE_TOP;
    if (!page->is_drawing)
        return;
    pen_cairo_page(page->cairo, A4_WIDTH, A4_HEIGHT);
    put_margins(page);
}

void pdf_page_need(struct pdf_page *page, double height)
{
    if (page->y + height > PAGE_BOTTOM && page->y > PAGE_TOP)
        pdf_page_turn(page);
}
