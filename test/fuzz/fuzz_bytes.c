/* The compact encoding: the first byte says how many fields, then a byte for the kind of
 * each; the rest is the record. What reads whole, written again, is the same bytes. */
#include "base/attributes.h"
#include "base/bytes.h"
#include "fuzz/fuzz.h"

static void copy_field(uint8_t kind, struct bytes_reader *reader, struct buffer *to)
{
    switch (kind % 6) {
    case 0: bytes_put_unsigned(to, bytes_get_unsigned(reader)); break;
    case 1: bytes_put_signed(to, bytes_get_signed(reader)); break;
    case 2: bytes_put_text(to, bytes_get_text(reader)); break;
    case 3: bytes_put_optional_text(to, bytes_get_optional_text(reader)); break;
    case 4: bytes_put_bool(to, bytes_get_bool(reader)); break;
    default: bytes_put_fixed64(to, bytes_get_fixed64(reader)); break;
    }
}

/* Counts are numbers too; one that promises more than there is, is bad. */
static void check_count(struct text record)
{
    struct bytes_reader reader = bytes_read(record);
    size_t count = bytes_get_count(&reader);
    ASSERT(count <= reader.rest.len && (count == 0 || !reader.is_bad));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    size_t fields = len == 0 ? 0 : bytes[0] % 64;
    if (len < 1 + fields)
        return 0;
    struct text record = {.at = (const char *)bytes + 1 + fields,
                          .len = len - 1 - fields};
    check_count(record);
    struct arena *arena = arena_new(64 * len + 8192);
    struct buffer copy = buffer_in(arena, 16 * len + 4096);
    struct bytes_reader reader = bytes_read(record);
    for (size_t i = 0; i < fields; i++)
        copy_field(bytes[1 + i], &reader, &copy);
    struct text written;
    struct error err;
    if (bytes_done(&reader)) {
        ASSERT(buffer_text(&copy, &written, &err));
        ASSERT(text_equal(written, record));
    }
    arena_free(arena);
    return 0;
}
