#ifndef OSTEON_REPORT_PDF_PAGE_H
#define OSTEON_REPORT_PDF_PAGE_H
/* Pages of a report on A4 that fill from the top: first without a pen, to count them, then
 * with one. Lengths in points.
 */
#include "report/document.h"
#include "report/pen_cairo.h"

#define PAGE_LEFT   51.0
#define PAGE_WIDTH  (A4_WIDTH - 2 * PAGE_LEFT)
#define PAGE_TOP    64.0
#define PAGE_BOTTOM (A4_HEIGHT - 62.0)

struct grid; /* how a table is set: pdf_table.c */

struct pdf_page {
    const struct document *document;
    struct pen_cairo *cairo;
    struct arena *arena;
    bool is_drawing;
    int page, page_count; /* page_count is 0 while they are counted */
    double y;
    struct grid **grids; /* by block; of tables, once they were measured */
};

/* The next page, with what stands on every one. */
void pdf_page_turn(struct pdf_page *page);
/* Turns when `height` does not fit below; a page that is empty takes anything. */
void pdf_page_need(struct pdf_page *page, double height);

/* Text that stands at (x, page->y); page->y stays. */
struct pdf_text {
    double x, width, size;
    enum pen_ink ink;
    enum pen_weight weight;
    enum pen_anchor anchor;
};
double pdf_text_height(const struct pdf_page *page, const struct line *line,
                       const struct pdf_text *how);
/* Gives the height; draws when the page draws. */
double pdf_text_put(const struct pdf_page *page, const struct line *line,
                    const struct pdf_text *how);
/* At page->y, from the left. */
void pdf_rule(const struct pdf_page *page, double across, double width,
              enum pen_ink ink);

/* A table from page->y on, over pages, its head on each. */
void pdf_table_put(struct pdf_page *page, const struct block *block);
/* What must stand on one page of its beginning. */
double pdf_table_need(struct pdf_page *page, const struct block *block);
/* "Table 3. Caption", in `arena`. */
struct line pdf_caption(const struct pdf_page *page, const struct block *block,
                        bool is_continued);

#endif
