/* CSV from any bytes: what is taken, written again with every field in quotation marks,
 * says the same; what is refused has a line. */
#include "fuzz/fuzz.h"

#include "base/buffer.h"
#include "base/number.h"
#include "formats/csv_read.h"

enum { ARENA = 8 << 20, WRITTEN = 4 << 20 };

struct writing {
    struct buffer quoted; /* as CSV again */
    struct buffer plain;  /* the fields, each behind its length */
    size_t columns, line;
};

static void check_number(struct text field)
{
    double value = 0, again = 0;
    if (!number_of_text(field, &value))
        return;
    char digits[NUMBER_TEXT_SIZE];
    size_t len = number_print(value, digits);
    ASSERT(len < NUMBER_TEXT_SIZE);
    ASSERT(number_of_text((struct text){digits, len}, &again));
    ASSERT(memcmp(&value, &again, sizeof value) == 0);
}

static void write_quoted(struct buffer *buffer, struct text field)
{
    buffer_byte(buffer, '"');
    for (size_t i = 0; i < field.len; i++) {
        if (field.at[i] == '"')
            buffer_byte(buffer, '"');
        buffer_byte(buffer, field.at[i]);
    }
    buffer_byte(buffer, '"');
}

static bool on_row(void *data, const struct csv_row *row, struct error *err)
{
    (void)err;
    struct writing *writing = data;
    ASSERT(row->count > 0 && row->is_header == (writing->columns == 0));
    ASSERT(row->is_header || row->count == writing->columns);
    ASSERT(row->line > writing->line);
    writing->columns = row->count;
    writing->line = row->line;
    for (size_t i = 0; i < row->count; i++) {
        check_number(row->fields[i]);
        if (i > 0)
            buffer_byte(&writing->quoted, ',');
        write_quoted(&writing->quoted, row->fields[i]);
        buffer_format(&writing->plain, "%zu:", row->fields[i].len);
        buffer_text_add(&writing->plain, row->fields[i]);
    }
    buffer_byte(&writing->quoted, '\n');
    return true;
}

static struct writing writing_in(struct arena *arena)
{
    return (struct writing){.quoted = buffer_in(arena, WRITTEN),
                            .plain = buffer_in(arena, WRITTEN)};
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena *arena = arena_new(ARENA);
    struct arena *other = arena_new(4 * (size_t)ARENA);
    struct writing first = writing_in(other), second = writing_in(other);
    struct text input = fuzz_text(bytes, len);
    /* The first byte orders a failure of memory: 0 is none. */
    arena_fail_after(arena, fuzz_byte(&input));
    struct error err = {0};
    struct text quoted, plain, again;
    if (!csv_read(input, arena, on_row, &first, &err)) {
        fuzz_check_refusal(&err, len);
        ASSERT(err.where[0] != '\0');
    } else if (buffer_text(&first.quoted, &quoted, &err) &&
               buffer_text(&first.plain, &plain, &err)) {
        ASSERT(csv_read(quoted, other, on_row, &second, &err));
        ASSERT(buffer_text(&second.plain, &again, &err) && text_equal(plain, again));
    }
    arena_free(other);
    arena_free(arena);
    return 0;
}
