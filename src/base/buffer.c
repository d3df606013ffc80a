#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct buffer buffer_in(struct arena *arena, size_t maximum)
{
    return (struct buffer){.arena = arena, .maximum = maximum};
}

/* Room for `len` more bytes and a NUL that does not count, or NULL after an overflow. */
static char *room(struct buffer *buffer, size_t len)
{
    if (buffer->is_overflown || len > buffer->maximum - buffer->len) {
        buffer->is_overflown = true;
        return NULL;
    }
    size_t needed = buffer->len + len + 1;
    if (needed > buffer->capacity) {
        size_t capacity = buffer->capacity == 0 ? 256 : buffer->capacity;
        while (capacity < needed)
            capacity *= 2;
        char *grown = arena_try(buffer->arena, capacity);
        if (grown == NULL) {
            buffer->is_overflown = true;
            return NULL;
        }
        if (buffer->len > 0)
            memcpy(grown, buffer->at, buffer->len);
        buffer->at = grown;
        buffer->capacity = capacity;
    }
    return buffer->at + buffer->len;
}

void buffer_reserve(struct buffer *buffer, size_t len)
{
    (void)room(buffer, len);
}

void buffer_grow_bytes(struct buffer *buffer, const void *bytes, size_t len)
{
    char *to = len == 0 ? NULL : room(buffer, len);
    if (to == NULL)
        return;
    memcpy(to, bytes, len);
    buffer->len += len;
}

void buffer_format(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int len = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    ASSERT(len >= 0);
    char *to = room(buffer, (size_t)len);
    if (to != NULL) {
        vsnprintf(to, (size_t)len + 1, format, again);
        buffer->len += (size_t)len;
    }
    va_end(again);
}

void buffer_number(struct buffer *buffer, int64_t number)
{
    char digits[20]; /* of 2^63, and its sign */
    size_t at = sizeof digits;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (number < 0)
        digits[--at] = '-';
    buffer_bytes(buffer, digits + at, sizeof digits - at);
}

bool buffer_text(const struct buffer *buffer, struct text *out, struct error *err)
{
    if (buffer->is_overflown)
        return error_set(err, ERROR_TOO_LARGE, "the result is larger than %zu bytes",
                         buffer->maximum);
    *out =
        (struct text){.at = buffer->at == NULL ? "" : buffer->at, .len = buffer->len};
    return true;
}
