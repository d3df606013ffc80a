#include "base/bytes.h"

enum { VARINT_LONGEST = 10 };

void bytes_put_unsigned(struct buffer *buffer, uint64_t value)
{
    char bytes[VARINT_LONGEST];
    size_t len = 0;
    for (; value >= 0x80; value >>= 7)
        bytes[len++] = (char)(unsigned char)(0x80 | (value & 0x7f));
    bytes[len++] = (char)value;
    buffer_bytes(buffer, bytes, len);
}

/* Zigzag: 0, -1, 1, -2 … become 0, 1, 2, 3 …, so that small numbers stay short. */
void bytes_put_signed(struct buffer *buffer, int64_t value)
{
    uint64_t doubled = (uint64_t)value << 1;
    bytes_put_unsigned(buffer, value < 0 ? ~doubled : doubled);
}

void bytes_put_text(struct buffer *buffer, struct text t)
{
    bytes_put_unsigned(buffer, t.len);
    buffer_text_add(buffer, t);
}

void bytes_put_optional_text(struct buffer *buffer, struct text t)
{
    bytes_put_bool(buffer, !text_is_absent(t));
    if (!text_is_absent(t))
        bytes_put_text(buffer, t);
}

void bytes_put_bool(struct buffer *buffer, bool value)
{
    buffer_byte(buffer, value ? 1 : 0);
}

void bytes_put_fixed64(struct buffer *buffer, uint64_t value)
{
    char bytes[8];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(unsigned char)(value >> (8 * i));
    buffer_bytes(buffer, bytes, sizeof bytes);
}

struct bytes_reader bytes_read(struct text whole)
{
    return (struct bytes_reader){.rest = whole};
}

/* The next `len` bytes; absent, and the reader bad from now on, when there are fewer. */
static struct text take(struct bytes_reader *reader, uint64_t len)
{
    if (reader->is_bad || len > reader->rest.len) {
        reader->is_bad = true;
        return (struct text){0};
    }
    struct text taken = text_part(reader->rest, 0, (size_t)len);
    reader->rest = text_part(reader->rest, (size_t)len, reader->rest.len);
    return taken;
}

static uint8_t take_byte(struct bytes_reader *reader)
{
    struct text byte = take(reader, 1);
    return byte.len == 0 ? 0 : (uint8_t)byte.at[0];
}

static uint64_t bad(struct bytes_reader *reader)
{
    reader->is_bad = true;
    return 0;
}

uint64_t bytes_get_unsigned(struct bytes_reader *reader)
{
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 7 * VARINT_LONGEST; shift += 7) {
        uint8_t byte = take_byte(reader);
        if (reader->is_bad)
            return 0;
        /* The tenth byte holds bit 63 alone. */
        if (shift == 63 && byte > 1)
            return bad(reader);
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            /* One number has one spelling, so that equal records are equal bytes. */
            bool is_padded = byte == 0 && shift > 0;
            return is_padded ? bad(reader) : value;
        }
    }
    return bad(reader);
}

int64_t bytes_get_signed(struct bytes_reader *reader)
{
    uint64_t zigzag = bytes_get_unsigned(reader);
    int64_t half = (int64_t)(zigzag >> 1);
    return (zigzag & 1) != 0 ? -half - 1 : half;
}

struct text bytes_get_text(struct bytes_reader *reader)
{
    uint64_t len = bytes_get_unsigned(reader);
    return take(reader, len);
}

struct text bytes_get_optional_text(struct bytes_reader *reader)
{
    if (!bytes_get_bool(reader))
        return (struct text){0};
    return bytes_get_text(reader);
}

bool bytes_get_bool(struct bytes_reader *reader)
{
    uint8_t byte = take_byte(reader);
    if (byte > 1)
        reader->is_bad = true;
    return byte == 1;
}

uint64_t bytes_get_fixed64(struct bytes_reader *reader)
{
    struct text eight = take(reader, 8);
    uint64_t value = 0;
    for (size_t i = 0; i < eight.len; i++)
        value |= (uint64_t)(uint8_t)eight.at[i] << (8 * i);
    return value;
}

size_t bytes_get_count(struct bytes_reader *reader)
{
    uint64_t count = bytes_get_unsigned(reader);
    if (count > reader->rest.len)
        return (size_t)bad(reader);
    return (size_t)count;
}

bool bytes_done(const struct bytes_reader *reader)
{
    return !reader->is_bad && reader->rest.len == 0;
}
