#include "web/target.h"

#include "base/hex.h"
#include "base/limits.h"
#include "base/utf8.h"

static bool refuse(struct error *err, size_t at, const char *sentence)
{
    error_set(err, ERROR_MALFORMED, "%s", sentence);
    return error_where(err, at, "byte %zu of the address", at);
}

/* RFC 3986 section 3.3 and 3.4: pchar, and what a query may hold besides. */
static bool is_target_byte(char byte)
{
    static const struct text marks = TEXT_INIT("-._~!$&'()*+,;=:@/?%");
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || text_find(marks, byte) < marks.len;
}

static bool decode_bytes(struct text part, size_t at, bool plus_is_space, char *out,
                         size_t *len, struct error *err)
{
    for (size_t i = 0; i < part.len; i++) {
        char byte = part.at[i];
        if (!is_target_byte(byte))
            return refuse(err, at + i, "this byte of the address must be escaped");
        if (byte == '%') {
            if (part.len - i < 3 || !hex_parse(text_part(part, i + 1, 2), &byte, 1))
                return refuse(err, at + i, "two hexadecimal digits must follow %");
            i += 2;
        } else if (byte == '+' && plus_is_space) {
            byte = ' ';
        }
        out[(*len)++] = byte;
    }
    return true;
}

/* utf8_is_printable lets tab and line ends pass, which no address needs. */
static bool has_low_control(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if ((unsigned char)t.at[i] < 0x20)
            return true;
    return false;
}

bool target_decode(struct text part, size_t at, bool plus_is_space, struct arena *arena,
                   struct text *out, struct error *err)
{
    char *decoded = arena_alloc(arena, part.len + 1);
    size_t len = 0;
    if (!decode_bytes(part, at, plus_is_space, decoded, &len, err))
        return false;
    *out = (struct text){.at = decoded, .len = len};
    size_t bad = 0;
    if (!utf8_is_printable(*out, &bad) || has_low_control(*out))
        return refuse(err, at,
                      "this part of the address is not UTF-8 text, or holds a control "
                      "character");
    return true;
}

static bool read_parameter(struct text piece, size_t at, struct arena *arena,
                           struct query_parameter *out, struct error *err)
{
    struct text value = piece;
    struct text name = text_cut(&value, '=');
    if (text_is_absent(value))
        value = TEXT("");
    return target_decode(name, at, true, arena, &out->name, err) &&
           target_decode(value, at + name.len + 1, true, arena, &out->value, err);
}

static bool is_doubled(const struct query_parameter *query, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal(query[i].name, query[count].name))
            return true;
    return false;
}

static bool read_query(struct text rest, size_t at, struct arena *arena,
                       struct target *out, struct error *err)
{
    struct query_parameter *query =
        ARENA_ARRAY(arena, struct query_parameter, LIMIT_QUERY_PARAMETERS);
    out->query = query;
    while (!text_is_absent(rest)) {
        struct text piece = text_cut(&rest, '&');
        if (out->query_count == LIMIT_QUERY_PARAMETERS)
            return error_set(err, ERROR_TOO_LARGE,
                             "the address has more than %d query parameters",
                             LIMIT_QUERY_PARAMETERS);
        if (!read_parameter(piece, at, arena, &query[out->query_count], err))
            return false;
        if (is_doubled(query, out->query_count))
            return refuse(err, at, "a query parameter stands twice");
        out->query_count++;
        at += piece.len + 1;
    }
    return true;
}

bool target_read(struct text sent, struct arena *arena, struct target *out,
                 struct error *err)
{
    *out = (struct target){0};
    struct text query = sent;
    out->path = text_cut(&query, '?');
    return text_is_absent(query) || query.len == 0 ||
           read_query(query, out->path.len + 1, arena, out, err);
}
