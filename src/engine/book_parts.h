#ifndef OSTEON_ENGINE_BOOK_PARTS_H
#define OSTEON_ENGINE_BOOK_PARTS_H
/* What the files of the book share: book_mark.c says which rules have to run where,
 * book.c runs them.
 */
#include "engine/book.h"

/* A row of -1: all rows. */
void book_mark_place(struct book *book, int32_t rule, int32_t serial, int32_t row);
/* Readers of a thing (of_rows …) that is not an answer. Serial -1: everywhere. */
void book_mark_readers(struct book *book, const struct graph_readers *readers,
                       int32_t thing, int32_t serial, int32_t row);
/* All rules of a form, or of one of its groups, at one instance. */
void book_mark_form(struct book *book, int32_t form, int32_t group, int32_t serial);

/* An answer that changes: first `look`, then change the cell, then `mark`. Places where the
 * rules come out the same are left out: engine/watch.h. */
struct book_cell {
    const struct sheet_instance *instance;
    int32_t item, row;
};
void book_look_at(struct book *book, const struct book_cell *cell);
void book_mark_cell(struct book *book, const struct book_cell *cell);

#endif
