#ifndef OSTEON_BASE_BUFFER_H
#define OSTEON_BASE_BUFFER_H
/* Growing bytes with a mandatory maximum. The bytes live in an arena.
 *
 * Passing the maximum is remembered, not reported at each append: append freely,
 * ask once with `buffer_text`. After an overflow nothing more is added.
 */
#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdint.h>
#include <string.h>

struct buffer {
    struct arena *arena;
    char *at;
    size_t len;
    size_t capacity;
    size_t maximum;
    bool is_overflown;
};

struct buffer buffer_in(struct arena *arena, size_t maximum);

/* Room for `len` more bytes in one piece, when that many will come. */
void buffer_reserve(struct buffer *buffer, size_t len);

void buffer_format(struct buffer *buffer, const char *format, ...) PRINTF_LIKE(2, 3);

/* In decimal, as "%lld" has it; where there are many, formats cost more than the bytes. */
void buffer_number(struct buffer *buffer, int64_t number);

/* As buffer_bytes, when the buffer must grow or is full. */
void buffer_grow_bytes(struct buffer *buffer, const void *bytes, size_t len);

static inline void buffer_bytes(struct buffer *buffer, const void *bytes, size_t len)
{
    /* Behind the bytes there is always room for a NUL. */
    bool fits = !buffer->is_overflown && buffer->len < buffer->capacity &&
                len < buffer->capacity - buffer->len &&
                len <= buffer->maximum - buffer->len;
    if (!fits) {
        buffer_grow_bytes(buffer, bytes, len);
    } else if (len > 0) {
        memcpy(buffer->at + buffer->len, bytes, len);
        buffer->len += len;
    }
}

static inline void buffer_byte(struct buffer *buffer, char byte)
{
    buffer_bytes(buffer, &byte, 1);
}

static inline void buffer_text_add(struct buffer *buffer, struct text t)
{
    buffer_bytes(buffer, t.at, t.len);
}
#define BUFFER_LITERAL(buffer, literal)                                                \
    buffer_bytes((buffer), "" literal, sizeof(literal) - 1)

/* The whole, valid until the next append; ERROR_TOO_LARGE after an overflow. */
MUST_USE bool buffer_text(const struct buffer *buffer, struct text *out,
                          struct error *err);

#endif
