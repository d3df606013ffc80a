#include "report/report_pdf.h"

#include "report/pdf_page.h"
#include "report/report_words.h"

#include <math.h>

#define BODY_SIZE  9.2
#define TITLE_SIZE 19.0

/* --- how blocks are set --------------------------------------------------------------- */

struct block_setting {
    struct pdf_text text;
    double before, after;
};

static struct block_setting heading_setting(int level)
{
    static const struct block_setting settings[] = {
        {{.size = 13.5, .weight = WEIGHT_STRONG}, 20, 5},
        {{.size = 10.5, .weight = WEIGHT_STRONG}, 11, 3}};
    return settings[level > 1];
}

static struct block_setting setting_of(const struct block *block)
{
    static const struct block_setting styles[] = {
        [PARAGRAPH_TEXT] = {{.size = BODY_SIZE}, 2, 4},
        [PARAGRAPH_ITEM] = {{.size = BODY_SIZE}, 1, 2.5},
        [PARAGRAPH_NOTE] = {{.size = 8.2, .ink = INK_QUIET}, 2, 4},
        [PARAGRAPH_WARNING] = {{.size = BODY_SIZE, .weight = WEIGHT_STRONG}, 4, 6}};
    struct block_setting setting = block->kind == BLOCK_HEADING
                                       ? heading_setting(block->level)
                                       : styles[block->style];
    double indent =
        block->kind == BLOCK_PARAGRAPH && block->style == PARAGRAPH_ITEM ? 11 : 0;
    setting.text.x = PAGE_LEFT + indent;
    setting.text.width = PAGE_WIDTH - indent;
    if (setting.text.ink == INK_NONE)
        setting.text.ink = INK_TEXT;
    return setting;
}

/* --- figures -------------------------------------------------------------------------- */

static const struct pdf_text caption_text = {
    .x = PAGE_LEFT, .width = PAGE_WIDTH, .size = 8.6, .ink = INK_TEXT};

/* Of its size on a page of its own. */
#define FIGURE_LEAST 0.78

struct placed_figure {
    struct figure_size size;
    double scale, caption;
};

/* As wide as the page at most, with its caption on one page; somewhat smaller where that
 * spares a gap at the page's end. */
static struct placed_figure place_figure(const struct pdf_page *page,
                                         const struct block *block)
{
    struct line caption = pdf_caption(page, block, false);
    struct placed_figure placed = {
        .size = figure_size(block->figure, page->document->figures,
                            page->document->language),
        .caption = pdf_text_height(page, &caption, &caption_text)};
    double across = PAGE_WIDTH / placed.size.width;
    double down = (PAGE_BOTTOM - PAGE_TOP - placed.caption - 30) / placed.size.height;
    placed.scale = fmin(across, down);
    double here = (PAGE_BOTTOM - page->y - placed.caption - 16) / placed.size.height;
    if (here < placed.scale && here > FIGURE_LEAST * placed.scale)
        placed.scale = here;
    return placed;
}

static double figure_height(const struct placed_figure *placed)
{
    return 10 + placed->size.height * placed->scale + 6 + placed->caption;
}

static void put_figure(struct pdf_page *page, const struct block *block)
{
    struct placed_figure placed = place_figure(page, block);
    struct line caption = pdf_caption(page, block, false);
    page->y += 10;
    if (page->is_drawing) {
        double left = (PAGE_WIDTH - placed.size.width * placed.scale) / 2;
        pen_cairo_push(page->cairo, PAGE_LEFT + left, page->y, placed.scale);
        figure_draw(block->figure, page->document->figures, page->document->language,
                    pen_cairo_pen(page->cairo), placed.size);
        pen_cairo_pop(page->cairo);
    }
    page->y += placed.size.height * placed.scale + 6;
    page->y += pdf_text_put(page, &caption, &caption_text) + 8;
}

/* --- blocks --------------------------------------------------------------------------- */

/* What of the block must stand together on a page: of a heading also what it heads. */
static double need(struct pdf_page *page, size_t at)
{
    if (at == page->document->block_count)
        return 0;
    const struct block *block = &page->document->blocks[at];
    if (block->kind == BLOCK_TABLE)
        return pdf_table_need(page, block);
    if (block->kind == BLOCK_FIGURE) {
        struct placed_figure placed = place_figure(page, block);
        return figure_height(&placed);
    }
    struct block_setting setting = setting_of(block);
    double own = setting.before + pdf_text_height(page, &block->line, &setting.text) +
                 setting.after;
    return block->kind == BLOCK_HEADING ? own + need(page, at + 1) : own;
}

static void put_outline(const struct pdf_page *page, const struct block *block,
                        size_t at, int *chapter)
{
    struct text place = text_format(page->arena, "part-%zu", at);
    pen_cairo_place(page->cairo, place, PAGE_LEFT, page->y - 8);
    int line = pen_cairo_outline(page->cairo, block->level > 1 ? *chapter : 0,
                                 line_text(&block->line, page->arena), place);
    if (block->level == 1)
        *chapter = line;
}

static void put_words(struct pdf_page *page, const struct block *block, size_t at,
                      int *chapter)
{
    struct block_setting setting = setting_of(block);
    if (page->y > PAGE_TOP)
        page->y += setting.before;
    if (page->is_drawing && block->kind == BLOCK_HEADING)
        put_outline(page, block, at, chapter);
    if (page->is_drawing && block->kind == BLOCK_PARAGRAPH &&
        block->style == PARAGRAPH_ITEM)
        pen_dot(pen_cairo_pen(page->cairo), PAGE_LEFT + 3, page->y + BODY_SIZE * 0.72,
                1.4, &(struct pen_style){.fill = INK_QUIET});
    page->y += pdf_text_put(page, &block->line, &setting.text) + setting.after;
}

static void put_title(struct pdf_page *page)
{
    const struct document *document = page->document;
    struct line study = {.arena = page->arena}, title = {.arena = page->arena};
    line_words(&study, document->study);
    line_words(&title, document->title);
    page->y += 8;
    page->y += pdf_text_put(page, &study,
                            &(struct pdf_text){.x = PAGE_LEFT,
                                               .width = PAGE_WIDTH,
                                               .size = BODY_SIZE,
                                               .ink = INK_QUIET}) +
               3;
    page->y += pdf_text_put(page, &title,
                            &(struct pdf_text){.x = PAGE_LEFT,
                                               .width = PAGE_WIDTH,
                                               .size = TITLE_SIZE,
                                               .ink = INK_TEXT,
                                               .weight = WEIGHT_STRONG}) +
               10;
}

/* The whole once; gives the number of pages. */
static int put_all(struct pdf_page *page)
{
    const struct document *document = page->document;
    int chapter = 0;
    page->page = 0;
    pdf_page_turn(page);
    put_title(page);
    for (size_t i = 0; i < document->block_count; i++) {
        const struct block *block = &document->blocks[i];
        pdf_page_need(page, need(page, i));
        switch (block->kind) {
        case BLOCK_HEADING:
        case BLOCK_PARAGRAPH: put_words(page, block, i, &chapter); break;
        case BLOCK_TABLE:
            page->y += 6;
            pdf_table_put(page, block);
            page->y += 8;
            break;
        case BLOCK_FIGURE: put_figure(page, block); break;
        }
    }
    return page->page;
}

bool report_pdf_write(const struct document *document, struct buffer *to,
                      struct error *err)
{
    struct pen_cairo_about about = {document->title, document->created,
                                    document->language};
    struct pdf_page page = {
        .document = document,
        .arena = document->arena,
        .grids = ARENA_ARRAY(document->arena, struct grid *, document->block_count)};
    if (!pen_cairo_pdf(&about, to, document->arena, &page.cairo, err))
        return false;
    page.page_count = put_all(&page);
    page.is_drawing = true;
    int drawn = put_all(&page);
    ASSERT(drawn == page.page_count); /* nothing but the pen differs */
    return pen_cairo_end(page.cairo, err);
}
