#include "formats/csv_read.h"

#include "base/limits.h"
#include "base/utf8.h"

struct csv_reader {
    struct text document;
    size_t at, line;
    struct arena *arena;
    struct text *fields;
    size_t count, columns; /* of this row; of the header, 0 before it */
};

static bool refuse(const struct csv_reader *reader, struct error *err,
                   const char *sentence, const char *hint)
{
    error_set(err, ERROR_MALFORMED, "%s", sentence);
    error_where(err, reader->at, "line %zu", reader->line);
    return error_hint(err, "%s", hint);
}

static bool too_large(const struct csv_reader *reader, struct error *err,
                      const char *sentence)
{
    error_set(err, ERROR_TOO_LARGE, "%s", sentence);
    return error_where(err, reader->at, "line %zu", reader->line);
}

static bool is_at(const struct csv_reader *reader, size_t at, char byte)
{
    return at < reader->document.len && reader->document.at[at] == byte;
}

/* The length of the line end at `at`: 0, 1 or 2. */
static size_t line_end(const struct csv_reader *reader, size_t at)
{
    if (is_at(reader, at, '\n'))
        return 1;
    return is_at(reader, at, '\r') && is_at(reader, at + 1, '\n') ? 2 : 0;
}

static bool is_field_end(const struct csv_reader *reader, size_t at)
{
    return at >= reader->document.len || is_at(reader, at, ',') ||
           line_end(reader, at) > 0;
}

static bool read_plain(struct csv_reader *reader, struct text *out, struct error *err)
{
    size_t from = reader->at;
    while (!is_field_end(reader, reader->at)) {
        if (is_at(reader, reader->at, '"'))
            return refuse(reader, err, "a quotation mark stands within a field",
                          "put the whole field into quotation marks, and double those "
                          "inside");
        reader->at++;
    }
    *out = text_part(reader->document, from, reader->at - from);
    return true;
}

/* Moves behind the closing mark; `*doubled` counts the marks that stand for one. */
static bool find_close(struct csv_reader *reader, size_t *doubled, struct error *err)
{
    size_t opened_line = reader->line;
    for (reader->at++; reader->at < reader->document.len; reader->at++) {
        reader->line += is_at(reader, reader->at, '\n');
        if (!is_at(reader, reader->at, '"'))
            continue;
        if (!is_at(reader, reader->at + 1, '"'))
            return true;
        reader->at++;
        (*doubled)++;
    }
    reader->line = opened_line;
    return refuse(reader, err, "a quotation mark is never closed",
                  "a field that begins with a quotation mark ends with one");
}

static bool read_quoted(struct csv_reader *reader, struct text *out, struct error *err)
{
    size_t from = reader->at + 1, doubled = 0;
    if (!find_close(reader, &doubled, err))
        return false;
    struct text inside = text_part(reader->document, from, reader->at - from);
    reader->at++;
    if (!is_field_end(reader, reader->at))
        return refuse(reader, err, "something stands behind a closing quotation mark",
                      "only a comma or the end of the line may follow it");
    *out = inside;
    if (doubled == 0)
        return true;
    char *plain = arena_try(reader->arena, inside.len - doubled);
    if (plain == NULL)
        return too_large(reader, err, "the file is too large");
    size_t len = 0;
    for (size_t i = 0; i < inside.len; i++) {
        plain[len++] = inside.at[i];
        i += inside.at[i] == '"';
    }
    *out = (struct text){.at = plain, .len = len};
    return true;
}

static bool read_field(struct csv_reader *reader, struct error *err)
{
    if (reader->count == LIMIT_CSV_COLUMNS)
        return too_large(reader, err, "the row has too many columns");
    struct text *field = &reader->fields[reader->count++];
    bool is_read = is_at(reader, reader->at, '"') ? read_quoted(reader, field, err)
                                                  : read_plain(reader, field, err);
    if (is_read && field->len > LIMIT_ITEM_TEXT)
        return too_large(reader, err, "a field is too long");
    return is_read;
}

static bool read_row(struct csv_reader *reader, csv_row_function *on_row, void *data,
                     struct error *err)
{
    struct csv_row row = {.line = reader->line,
                          .fields = reader->fields,
                          .is_header = reader->columns == 0};
    reader->count = 0;
    if (!read_field(reader, err))
        return false;
    while (is_at(reader, reader->at, ',')) {
        reader->at++;
        if (!read_field(reader, err))
            return false;
    }
    row.count = reader->count;
    if (row.is_header)
        reader->columns = row.count;
    if (row.count != reader->columns) {
        error_set(err, ERROR_MALFORMED, "the row has %zu fields, the header %zu",
                  row.count, reader->columns);
        error_where(err, reader->at, "line %zu", row.line);
        if (row.count < reader->columns)
            return false;
        return error_hint(err, "a comma within a field, a decimal comma too, needs "
                               "quotation marks around the field");
    }
    return on_row(data, &row, err);
}

static bool check_bytes(struct csv_reader *reader, struct error *err)
{
    size_t bad = 0;
    if (text_starts_with(reader->document, TEXT("\xEF\xBB\xBF")))
        reader->at = 3;
    if (utf8_is_valid(reader->document, &bad))
        return true;
    for (size_t i = 0; i < bad; i++)
        reader->line += reader->document.at[i] == '\n';
    reader->at = bad;
    return refuse(reader, err, "the bytes are not UTF-8", "save the file as UTF-8");
}

bool csv_read(struct text document, struct arena *arena, csv_row_function *on_row,
              void *data, struct error *err)
{
    struct csv_reader reader = {.document = document, .line = 1, .arena = arena};
    if (!check_bytes(&reader, err))
        return false;
    reader.fields = arena_try(arena, LIMIT_CSV_COLUMNS * sizeof *reader.fields);
    if (reader.fields == NULL)
        return too_large(&reader, err, "the file is too large");
    while (reader.at < document.len) {
        if (line_end(&reader, reader.at) == 0 && !read_row(&reader, on_row, data, err))
            return false;
        reader.at += line_end(&reader, reader.at);
        reader.line++;
    }
    if (reader.columns == 0)
        return refuse(&reader, err, "there is no header",
                      "the first line names the columns");
    return true;
}
