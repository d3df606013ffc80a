#include "base/json_write.h"

#include "base/datetime.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

struct json_writer json_to(struct buffer *buffer)
{
    return (struct json_writer){.buffer = buffer};
}

/* What must stand before a value: a comma between array members, nothing after a key.
 * A value inside an object needs a key. */
static void before_value(struct json_writer *json)
{
    if (json->is_after_key) {
        json->is_after_key = false;
        return;
    }
    ASSERT(json->depth == 0 || json->is_array[json->depth - 1]);
    if (json->depth == 0)
        return;
    if (json->has_members[json->depth - 1])
        buffer_byte(json->buffer, ',');
    json->has_members[json->depth - 1] = true;
}

static void open_level(struct json_writer *json, bool is_array)
{
    before_value(json);
    ASSERT(json->depth < JSON_DEPTH);
    json->is_array[json->depth] = is_array;
    json->has_members[json->depth] = false;
    json->depth++;
    buffer_byte(json->buffer, is_array ? '[' : '{');
}

void json_object(struct json_writer *json)
{
    open_level(json, false);
}

void json_array(struct json_writer *json)
{
    open_level(json, true);
}

void json_end(struct json_writer *json)
{
    ASSERT(json->depth > 0 && !json->is_after_key);
    json->depth--;
    buffer_byte(json->buffer, json->is_array[json->depth] ? ']' : '}');
}

/* The letter of a two-character escape (RFC 8259 §7), or 0. */
static char escape_letter(char byte)
{
    switch (byte) {
    case '"': return '"';
    case '\\': return '\\';
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    default: return 0;
    }
}

static void write_escaped(struct buffer *buffer, char byte)
{
    static const char digits[] = "0123456789abcdef";
    char letter = escape_letter(byte);
    buffer_byte(buffer, '\\');
    if (letter != 0) {
        buffer_byte(buffer, letter);
        return;
    }
    BUFFER_LITERAL(buffer, "u00");
    buffer_byte(buffer, digits[byte >> 4 & 0x0f]);
    buffer_byte(buffer, digits[byte & 0x0f]);
}

/* RFC 8259 §7: quotation mark, reverse solidus and U+0000…U+001F must be escaped. */
static bool needs_escape(unsigned char byte)
{
    return byte < 0x20 || byte == '"' || byte == '\\';
}

/* Printable ASCII that means itself: most of what is written. */
static bool is_plain(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (needs_escape((unsigned char)t.at[i]) || (unsigned char)t.at[i] >= 0x80)
            return false;
    return true;
}

static void write_string(struct buffer *buffer, struct text t)
{
    buffer_byte(buffer, '"');
    if (is_plain(t)) {
        buffer_text_add(buffer, t);
        buffer_byte(buffer, '"');
        return;
    }
    ASSERT(utf8_is_valid(t, NULL)); /* checked at the border: otherwise a bug */
    size_t from = 0;
    for (size_t i = 0; i < t.len; i++) {
        if (!needs_escape((unsigned char)t.at[i]))
            continue;
        buffer_text_add(buffer, text_part(t, from, i - from));
        write_escaped(buffer, t.at[i]);
        from = i + 1;
    }
    buffer_text_add(buffer, text_part(t, from, t.len - from));
    buffer_byte(buffer, '"');
}

void json_key(struct json_writer *json, const char *key)
{
    json_key_text(json, text_of(key));
}

void json_key_text(struct json_writer *json, struct text key)
{
    ASSERT(json->depth > 0 && !json->is_array[json->depth - 1] && !json->is_after_key);
    if (json->has_members[json->depth - 1])
        buffer_byte(json->buffer, ',');
    json->has_members[json->depth - 1] = true;
    write_string(json->buffer, key);
    buffer_byte(json->buffer, ':');
    json->is_after_key = true;
}

void json_text(struct json_writer *json, struct text value)
{
    if (text_is_absent(value)) {
        json_null(json);
        return;
    }
    before_value(json);
    write_string(json->buffer, value);
}

void json_integer(struct json_writer *json, int64_t value)
{
    before_value(json);
    buffer_format(json->buffer, "%lld", (long long)value);
}

void json_double(struct json_writer *json, double value)
{
    bool is_finite = value - value == 0; /* NaN for an infinity and for NaN */
    if (!is_finite) {
        json_null(json);
        return;
    }
    before_value(json);
    /* The fewest digits that read back as the same number; 17 always do. */
    char digits[32];
    int precision = 15;
    do {
        snprintf(digits, sizeof digits, "%.*g", precision, value);
    } while (strtod(digits, NULL) != value && ++precision <= 17);
    buffer_text_add(json->buffer, text_of(digits));
}

void json_bool(struct json_writer *json, bool value)
{
    before_value(json);
    buffer_text_add(json->buffer, value ? TEXT("true") : TEXT("false"));
}

void json_ready(struct json_writer *json, struct text value)
{
    before_value(json);
    buffer_text_add(json->buffer, value);
}

void json_null(struct json_writer *json)
{
    before_value(json);
    BUFFER_LITERAL(json->buffer, "null");
}

void json_instant(struct json_writer *json, int64_t instant)
{
    char digits[MOMENT_TEXT_SIZE];
    size_t len = instant_print(instant, digits);
    json_text(json, (struct text){.at = digits, .len = len});
}

void json_member_text(struct json_writer *json, const char *key, struct text value)
{
    json_key(json, key);
    json_text(json, value);
}

void json_member_integer(struct json_writer *json, const char *key, int64_t value)
{
    json_key(json, key);
    json_integer(json, value);
}

void json_member_bool(struct json_writer *json, const char *key, bool value)
{
    json_key(json, key);
    json_bool(json, value);
}

void json_member_instant(struct json_writer *json, const char *key, int64_t instant)
{
    json_key(json, key);
    json_instant(json, instant);
}
