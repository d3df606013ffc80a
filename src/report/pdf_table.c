/* Tables on pages: rules at the top, below the head and at the bottom; rows that belong
 * together stay together where a page holds them. */
#include "report/pdf_page.h"
#include "report/report_words.h"

#include <math.h>

#define TABLE_SIZE   8.4
#define CAPTION_SIZE 9.2
#define NOTE_SIZE    7.8
#define ROW_PAD      2.6
#define INNER_PAD    1.1 /* of rows that go on below their first */
#define COLUMN_GAP   12.0
#define INDENT       10.0

struct grid {
    struct pdf_page *page;
    const struct block *block;
    const struct table *table;
    double *x, *width;    /* by column */
    double *heights;      /* by row, with its padding */
    double across;        /* the width of all */
    double caption, head; /* heights */
};

/* --- columns -------------------------------------------------------------------------- */

static double widest(const struct pdf_page *page, struct text text,
                     enum pen_weight weight)
{
    double most = 0;
    while (text.len > 0) {
        double width = pen_width(pen_cairo_pen(page->cairo), text_cut(&text, '\n'),
                                 TABLE_SIZE, weight);
        most = width > most ? width : most;
    }
    return most;
}

/* What the column would take if nothing broke. */
static double natural(const struct grid *grid, size_t column)
{
    double most = widest(grid->page, grid->table->columns[column].head, WEIGHT_STRONG);
    for (size_t i = 0; i < grid->table->row_count; i++) {
        const struct line *cell = &grid->table->rows[i].cells[column];
        bool is_strong = cell->count > 0 && cell->runs[0].is_strong;
        double width = widest(grid->page, line_text(cell, grid->page->arena),
                              is_strong ? WEIGHT_STRONG : WEIGHT_REGULAR) +
                       (column == 0 ? INDENT : 0);
        most = width > most ? width : most;
    }
    return most + 1;
}

/* A table is as wide as it wants to be, but not below this share of the page. */
#define TABLE_LEAST 0.66
/* What the widest column of words keeps of a page that is too narrow for all. */
#define WORDS_LEAST 0.22

static size_t widest_words(const struct grid *grid)
{
    size_t found = 0;
    for (size_t i = 1; i < grid->table->column_count; i++)
        if (!grid->table->columns[i].is_number && grid->width[i] > grid->width[found])
            found = i;
    return found;
}

/* What is too much, or too little, is taken from the widest column of words, then from the
 * other columns of words. */
static void fit_columns(struct grid *grid, double gaps, double sum)
{
    size_t widest = widest_words(grid);
    double room = grid->across - gaps, others = 0;
    double own = fmax(grid->width[widest] + room - sum, PAGE_WIDTH * WORDS_LEAST);
    for (size_t i = 0; i < grid->table->column_count; i++)
        if (i != widest && !grid->table->columns[i].is_number)
            others += grid->width[i];
    double missing = sum - grid->width[widest] + own - room;
    grid->width[widest] = own;
    if (missing <= 0 || others <= missing)
        return;
    for (size_t i = 0; i < grid->table->column_count; i++)
        if (i != widest && !grid->table->columns[i].is_number)
            grid->width[i] *= (others - missing) / others;
}

/* Columns of numbers want what their lines take, up to a quarter of the page. */
static void set_columns(struct grid *grid)
{
    const struct table *table = grid->table;
    double gaps = COLUMN_GAP * (double)(table->column_count - 1);
    double sum = 0, x = PAGE_LEFT;
    for (size_t i = 0; i < table->column_count; i++) {
        double width = natural(grid, i);
        grid->width[i] =
            table->columns[i].is_number ? fmin(width, PAGE_WIDTH / 4) : width;
        sum += grid->width[i];
    }
    grid->across = fmin(PAGE_WIDTH, fmax(PAGE_WIDTH * TABLE_LEAST, sum + gaps));
    fit_columns(grid, gaps, sum);
    for (size_t i = 0; i < table->column_count; i++) {
        grid->x[i] = x;
        x += grid->width[i] + COLUMN_GAP;
    }
}

/* --- heights -------------------------------------------------------------------------- */

static struct pdf_text cell_text(const struct grid *grid, size_t column,
                                 enum row_kind kind)
{
    double indent = column == 0 && kind == ROW_INNER ? INDENT : 0;
    return (struct pdf_text){
        .x = grid->x[column] + indent,
        .width = grid->width[column] - indent,
        .size = TABLE_SIZE,
        .ink = INK_TEXT,
        .anchor = grid->table->columns[column].is_number ? ANCHOR_END : ANCHOR_START};
}

static double padding(const struct table_row *row)
{
    return row->kind == ROW_INNER ? INNER_PAD : ROW_PAD;
}

static double row_height(const struct grid *grid, const struct table_row *row)
{
    double most = 0;
    for (size_t i = 0; i < grid->table->column_count; i++) {
        struct pdf_text how = cell_text(grid, i, row->kind);
        double height = pdf_text_height(grid->page, &row->cells[i], &how);
        most = height > most ? height : most;
    }
    return most + 2 * padding(row);
}

static struct line head_of(const struct grid *grid, size_t column)
{
    struct line line = {.arena = grid->page->arena};
    line_strong(&line, grid->table->columns[column].head);
    return line;
}

static double head_height(const struct grid *grid)
{
    double most = 0;
    for (size_t i = 0; i < grid->table->column_count; i++) {
        struct pdf_text how = cell_text(grid, i, ROW_PLAIN);
        struct line line = head_of(grid, i);
        double height = pdf_text_height(grid->page, &line, &how);
        most = height > most ? height : most;
    }
    return most + 2 * ROW_PAD;
}

static const struct pdf_text caption_text = {
    .x = PAGE_LEFT, .width = PAGE_WIDTH, .size = CAPTION_SIZE, .ink = INK_TEXT};
static const struct pdf_text note_text = {
    .x = PAGE_LEFT, .width = PAGE_WIDTH, .size = NOTE_SIZE, .ink = INK_QUIET};

static double notes_height(const struct grid *grid)
{
    double sum = 0;
    for (size_t i = 0; i < grid->table->note_count; i++)
        sum +=
            pdf_text_height(grid->page, &grid->table->notes[i], &note_text) + ROW_PAD;
    return sum;
}

/* Texts are measured once: that is most of the time a PDF takes. */
static struct grid *grid_of(struct pdf_page *page, const struct block *block)
{
    const struct table *table = block->table;
    struct grid **kept = &page->grids[block - page->document->blocks];
    if (*kept != NULL)
        return *kept;
    struct grid *grid = ARENA_NEW(page->arena, struct grid);
    *grid = (struct grid){.page = page, .block = block, .table = table};
    grid->x = ARENA_ARRAY(page->arena, double, table->column_count);
    grid->width = ARENA_ARRAY(page->arena, double, table->column_count);
    grid->heights = ARENA_ARRAY(page->arena, double, table->row_count);
    set_columns(grid);
    for (size_t i = 0; i < table->row_count; i++)
        grid->heights[i] = row_height(grid, &table->rows[i]);
    struct line caption = pdf_caption(page, block, true);
    grid->caption = pdf_text_height(page, &caption, &caption_text) + 2 * ROW_PAD;
    grid->head = head_height(grid);
    *kept = grid;
    return grid;
}

/* The height of a row and the inner rows below it; `*count` of them. What would fill more
 * than a third of a page may be torn behind its first three rows. */
static double cluster(const struct grid *grid, size_t from, size_t *count)
{
    enum { ROWS_TORN = 3 };
    const struct table *table = grid->table;
    double height = grid->heights[from];
    for (*count = 1; from + *count < table->row_count; ++*count) {
        if (table->rows[from + *count].kind != ROW_INNER ||
            (*count >= ROWS_TORN && height > (PAGE_BOTTOM - PAGE_TOP) / 3))
            break;
        height += grid->heights[from + *count];
    }
    if (from + *count == table->row_count)
        height += notes_height(grid);
    return height;
}

/* The cluster, and the last one behind it: that does not go to the next page alone. */
static double together(const struct grid *grid, size_t from, size_t *count)
{
    size_t next = 0;
    double height = cluster(grid, from, count);
    if (from + *count == grid->table->row_count)
        return height;
    double last = cluster(grid, from + *count, &next);
    bool ends = from + *count + next == grid->table->row_count;
    return ends && height + last < (PAGE_BOTTOM - PAGE_TOP) / 3 ? height + last
                                                                : height;
}

/* --- drawing -------------------------------------------------------------------------- */

struct line pdf_caption(const struct pdf_page *page, const struct block *block,
                        bool is_continued)
{
    enum language language = page->document->language;
    struct line line = {.arena = page->arena};
    struct text number = text_format(page->arena, "%d", block->number);
    bool is_table = block->kind == BLOCK_TABLE;
    line_strong(&line,
                words_fill(page->arena,
                           report_word(language, is_table ? WORD_TABLE : WORD_FIGURE),
                           &number, 1));
    if (is_table)
        line_strong(&line, block->table->caption);
    for (size_t i = 0; i < block->line.count; i++)
        line_words(&line, block->line.runs[i].text);
    if (is_continued)
        line_words(&line, report_word(language, WORD_CONTINUED));
    return line;
}

static void put_head(const struct grid *grid, bool is_continued)
{
    struct pdf_page *page = grid->page;
    struct line caption = pdf_caption(page, grid->block, is_continued);
    pdf_text_put(page, &caption, &caption_text);
    page->y += grid->caption;
    pdf_rule(page, grid->across, 1, INK_TEXT);
    page->y += ROW_PAD;
    for (size_t i = 0; i < grid->table->column_count; i++) {
        struct pdf_text how = cell_text(grid, i, ROW_PLAIN);
        struct line line = head_of(grid, i);
        pdf_text_put(page, &line, &how);
    }
    page->y += grid->head - ROW_PAD;
    pdf_rule(page, grid->across, 0.6, INK_TEXT);
}

static void put_row(const struct grid *grid, size_t at, bool is_first)
{
    struct pdf_page *page = grid->page;
    const struct table_row *row = &grid->table->rows[at];
    if (!is_first && row->kind != ROW_INNER)
        pdf_rule(page, grid->across, 0.4, INK_RULE);
    page->y += padding(row);
    for (size_t i = 0; i < grid->table->column_count; i++) {
        struct pdf_text how = cell_text(grid, i, row->kind);
        pdf_text_put(page, &row->cells[i], &how);
    }
    page->y += grid->heights[at] - padding(row);
}

static void put_rows(const struct grid *grid)
{
    struct pdf_page *page = grid->page;
    bool is_first = true;
    for (size_t at = 0, count = 0; at < grid->table->row_count; at += count) {
        double height = together(grid, at, &count);
        if (!is_first && page->y + height > PAGE_BOTTOM) {
            pdf_rule(page, grid->across, 0.6, INK_TEXT);
            pdf_page_turn(page);
            put_head(grid, true);
            is_first = true;
        }
        for (size_t i = 0; i < count; i++) {
            put_row(grid, at + i, is_first);
            is_first = false;
        }
    }
    pdf_rule(page, grid->across, 1, INK_TEXT);
}

void pdf_table_put(struct pdf_page *page, const struct block *block)
{
    const struct grid *grid = grid_of(page, block);
    put_head(grid, false);
    put_rows(grid);
    page->y += ROW_PAD;
    for (size_t i = 0; i < grid->table->note_count; i++)
        page->y += pdf_text_put(page, &grid->table->notes[i], &note_text) + ROW_PAD;
}

double pdf_table_need(struct pdf_page *page, const struct block *block)
{
    const struct grid *grid = grid_of(page, block);
    size_t count = 0, next = 0;
    double first = grid->table->row_count == 0 ? 0 : cluster(grid, 0, &count);
    if (count < grid->table->row_count && first < (PAGE_BOTTOM - PAGE_TOP) / 4)
        first += cluster(grid, count, &next);
    return grid->caption + grid->head + first;
}
