#ifndef OSTEON_FORMATS_CSV_READ_H
#define OSTEON_FORMATS_CSV_READ_H
/* CSV of RFC 4180, from memory: a header and rows of as many fields.
 *
 * A field may stand in quotation marks, with commas, line ends and "" for " inside. Lines
 * end with LF or CRLF; a BOM at the start and empty lines are passed over. What is not so
 * is refused with its line: bytes that are not UTF-8, a row of another length, a quotation
 * mark in the middle, one that is never closed, too many columns, too long a field.
 *
 *     bool on_row(void *data, const struct csv_row *row, struct error *err);
 *     if (!csv_read(document, arena, on_row, &mine, err)) …
 */
#include "base/arena.h"
#include "base/error.h"

struct csv_row {
    size_t line; /* where it begins, from 1 */
    const struct text *fields;
    size_t count;
    bool is_header; /* the first row */
};

/* The fields live as long as the document and the arena. False stops the reading, with the
 * error that it has set. */
typedef bool csv_row_function(void *data, const struct csv_row *row, struct error *err);

/* ERROR_MALFORMED, or ERROR_TOO_LARGE, with the line; or what `on_row` said. The arena gets
 * only what quoted fields need. */
MUST_USE bool csv_read(struct text document, struct arena *arena,
                       csv_row_function *on_row, void *data, struct error *err);

#endif
