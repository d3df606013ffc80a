#ifndef OSTEON_REPORT_DOCUMENT_H
#define OSTEON_REPORT_DOCUMENT_H
/* A report as a list of blocks, its language resolved; report_html.h and report_pdf.h write
 * it. A number carries what it is: the result that it shows and how it was rounded.
 *
 *     struct document *document = document_new(arena, LANGUAGE_ENGLISH);
 *     document_heading(document, 1, TEXT("Results"));
 *     struct line *line = document_paragraph(document, PARAGRAPH_TEXT);
 *     line_words(line, TEXT("Success: "));
 *     line_number(line, value, form, TEXT("E1.first_attempt//estimate"));
 *
 * All in the document's arena; texts given must live as long.
 */
#include "analysis/result.h"
#include "base/language.h"
#include "report/figure.h"
#include "report/number_text.h"

/* Words, or one number. */
struct run {
    struct text text;
    struct text reference; /* "analysis/group/operation"; absent: words */
    struct number_form form;
    bool is_strong;
};

struct line {
    struct arena *arena;
    struct run *runs;
    size_t count, capacity;
};

enum block_kind { BLOCK_HEADING, BLOCK_PARAGRAPH, BLOCK_TABLE, BLOCK_FIGURE };

enum paragraph_style {
    PARAGRAPH_TEXT,
    PARAGRAPH_ITEM, /* one of a list */
    PARAGRAPH_NOTE, /* below a table */
    PARAGRAPH_WARNING
};

struct table_column {
    struct text head;
    bool is_number; /* aligned at its end */
};

enum row_kind {
    ROW_PLAIN,
    ROW_GROUP /* its first cell heads what follows */,
    ROW_INNER
};

struct table_row {
    enum row_kind kind;
    struct text analysis; /* whose name its first cell has; absent: of none */
    struct line *cells;   /* by column */
};

struct table {
    struct arena *arena;
    struct text caption;
    const struct table_column *columns;
    size_t column_count;
    struct table_row *rows;
    size_t row_count, row_capacity;
    struct line *notes;
    size_t note_count, note_capacity;
};

struct block {
    enum block_kind kind;
    int level;  /* of a heading, from 1 */
    int number; /* of a table, of a figure, from 1 */
    enum paragraph_style style;
    struct line line; /* of a heading and a paragraph; of a figure its caption */
    struct table *table;
    const struct plan_figure *figure;
};

struct document {
    struct arena *arena;
    enum language language;
    struct text title, study;
    struct text running;               /* on every page: the data cut, in a few words */
    struct text warning;               /* on every page; absent: none */
    const struct figure_data *figures; /* what its figures are drawn from */
    int64_t created;                   /* the time of the cut */
    size_t front;                      /* blocks before the first chapter */
    struct block *blocks;
    size_t block_count, block_capacity;
    int table_count, figure_count;
};

struct document *document_new(struct arena *arena, enum language language);

void document_heading(struct document *document, int level, struct text words);
/* Valid until the next block. */
struct line *document_paragraph(struct document *document, enum paragraph_style style);
/* Its caption is the line. */
struct line *document_figure(struct document *document,
                             const struct plan_figure *figure);
struct table *document_table(struct document *document, struct text caption,
                             const struct table_column *columns, size_t count);

/* Its cells, by column; valid until the next row. */
struct line *table_row(struct table *table, enum row_kind kind);
/* The last row is of this analysis. */
void table_row_leads(struct table *table, struct text analysis);
struct line *table_note(struct table *table);

void line_words(struct line *line, struct text words);
void line_strong(struct line *line, struct text words);
void line_number(struct line *line, double value, struct number_form form,
                 struct text reference);
/* "Of {1} the first {2}": each place gets what stands in `values`. A place may come twice
 * or never. */
void line_fill(struct line *line, struct text sentence, const struct line *values,
               size_t count);
/* The same of words alone. */
struct text words_fill(struct arena *arena, struct text sentence,
                       const struct text *values, size_t count);

bool line_is_empty(const struct line *line);
/* Its words and numbers in one text. */
struct text line_text(const struct line *line, struct arena *arena);

#endif
