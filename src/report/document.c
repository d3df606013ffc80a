#include "report/document.h"

#include "base/buffer.h"
#include "base/limits.h"

struct document *document_new(struct arena *arena, enum language language)
{
    struct document *document = ARENA_NEW(arena, struct document);
    *document = (struct document){.arena = arena, .language = language};
    return document;
}

static struct block *add(struct document *document, enum block_kind kind)
{
    document->blocks = ARENA_GROW(document->arena, document->blocks,
                                  document->block_count, &document->block_capacity);
    struct block *block = &document->blocks[document->block_count++];
    *block = (struct block){.kind = kind, .line = {.arena = document->arena}};
    return block;
}

void document_heading(struct document *document, int level, struct text words)
{
    struct block *block = add(document, BLOCK_HEADING);
    block->level = level;
    line_words(&block->line, words);
}

struct line *document_paragraph(struct document *document, enum paragraph_style style)
{
    struct block *block = add(document, BLOCK_PARAGRAPH);
    block->style = style;
    return &block->line;
}

struct table *document_table(struct document *document, struct text caption,
                             const struct table_column *columns, size_t count)
{
    struct block *block = add(document, BLOCK_TABLE);
    struct table_column *copy =
        ARENA_ARRAY(document->arena, struct table_column, count);
    memcpy(copy, columns, count * sizeof *columns);
    block->number = ++document->table_count;
    block->table = ARENA_NEW(document->arena, struct table);
    *block->table = (struct table){.arena = document->arena,
                                   .caption = caption,
                                   .columns = copy,
                                   .column_count = count};
    return block->table;
}

struct line *document_figure(struct document *document,
                             const struct plan_figure *figure)
{
    struct block *block = add(document, BLOCK_FIGURE);
    block->number = ++document->figure_count;
    block->figure = figure;
    return &block->line;
}

/* --- tables --------------------------------------------------------------------------- */

struct line *table_row(struct table *table, enum row_kind kind)
{
    table->rows =
        ARENA_GROW(table->arena, table->rows, table->row_count, &table->row_capacity);
    struct table_row *row = &table->rows[table->row_count++];
    row->kind = kind;
    row->cells = ARENA_ARRAY(table->arena, struct line, table->column_count);
    for (size_t i = 0; i < table->column_count; i++)
        row->cells[i] = (struct line){.arena = table->arena};
    return row->cells;
}

void table_row_leads(struct table *table, struct text analysis)
{
    ASSERT(table->row_count > 0);
    table->rows[table->row_count - 1].analysis = analysis;
}

struct line *table_note(struct table *table)
{
    table->notes = ARENA_GROW(table->arena, table->notes, table->note_count,
                              &table->note_capacity);
    struct line *note = &table->notes[table->note_count++];
    *note = (struct line){.arena = table->arena};
    return note;
}

/* --- lines ---------------------------------------------------------------------------- */

static void put(struct line *line, struct run run)
{
    if (run.text.len == 0)
        return;
    line->runs = ARENA_GROW(line->arena, line->runs, line->count, &line->capacity);
    line->runs[line->count++] = run;
}

void line_words(struct line *line, struct text words)
{
    put(line, (struct run){.text = words});
}

void line_strong(struct line *line, struct text words)
{
    put(line, (struct run){.text = words, .is_strong = true});
}

void line_number(struct line *line, double value, struct number_form form,
                 struct text reference)
{
    put(line, (struct run){.text = number_show(line->arena, value, form),
                           .reference = reference,
                           .form = form});
}

/* "{2}" at `at`: its number, or 0. */
static size_t place_at(struct text sentence, size_t at)
{
    enum { PLACE_LEN = 3 };
    if (at + PLACE_LEN > sentence.len || sentence.at[at] != '{' ||
        sentence.at[at + 2] != '}' || sentence.at[at + 1] < '1' ||
        sentence.at[at + 1] > '9')
        return 0;
    return (size_t)(sentence.at[at + 1] - '0');
}

void line_fill(struct line *line, struct text sentence, const struct line *values,
               size_t count)
{
    enum { PLACE_LEN = 3 };
    size_t from = 0;
    for (size_t at = 0; at < sentence.len; at++) {
        size_t place = place_at(sentence, at);
        if (place == 0)
            continue;
        ASSERT(place <= count);
        line_words(line, text_part(sentence, from, at - from));
        for (size_t i = 0; i < values[place - 1].count; i++)
            put(line, values[place - 1].runs[i]);
        from = at + PLACE_LEN;
        at = from - 1;
    }
    line_words(line, text_part(sentence, from, sentence.len - from));
}

struct text words_fill(struct arena *arena, struct text sentence,
                       const struct text *values, size_t count)
{
    struct line line = {.arena = arena};
    struct line *lines = ARENA_ARRAY(arena, struct line, count);
    for (size_t i = 0; i < count; i++) {
        lines[i] = (struct line){.arena = arena};
        line_words(&lines[i], values[i]);
    }
    line_fill(&line, sentence, lines, count);
    return line_text(&line, arena);
}

bool line_is_empty(const struct line *line)
{
    return line->count == 0;
}

struct text line_text(const struct line *line, struct arena *arena)
{
    struct buffer buffer = buffer_in(arena, LIMIT_ITEM_TEXT);
    for (size_t i = 0; i < line->count; i++)
        buffer_text_add(&buffer, line->runs[i].text);
    return (struct text){buffer.at, buffer.len};
}
