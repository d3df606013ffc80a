#ifndef OSTEON_FORMATS_CSV_WRITE_H
#define OSTEON_FORMATS_CSV_WRITE_H
/* CSV as RFC 4180 has it: UTF-8 without a mark, comma, CRLF, quotes only where they are
 * needed and doubled inside. An absent text is an empty field.
 *
 *     struct csv_out row = csv_begin(buffer);
 *     csv_text(&row, number);  csv_number(&row, 12);  csv_end(&row);
 *
 * A text that begins with = + - @ is written as it is: what a program reads must be what
 * was entered (doc/decisions.md); README.txt says how to open the files in a spreadsheet.
 */
#include "base/buffer.h"

struct csv_out {
    struct buffer *to;
    bool has_field;
};

static inline struct csv_out csv_begin(struct buffer *to)
{
    return (struct csv_out){.to = to};
}
void csv_text(struct csv_out *row, struct text text);
/* Of tables that people read and no program reads back: a text that a spreadsheet would
 * take for a formula (= + - @, tab, carriage return) gets an apostrophe before it. Who
 * fails to sign in chooses the words of a device, too. */
void csv_text_for_people(struct csv_out *row, struct text text, struct arena *arena);
void csv_number(struct csv_out *row, int64_t number);
void csv_end(struct csv_out *row);
/* Texts that were written before, commas between: the keys of many rows. */
void csv_part(struct csv_out *row, struct text written);

#endif
