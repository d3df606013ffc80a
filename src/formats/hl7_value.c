/* What stands in a field: repetitions, components, sub-components, escapes. */
#include "formats/hl7_read.h"

#include "base/utf8.h"

struct text hl7_field(const struct hl7_segment *segment, size_t number)
{
    return number < segment->field_count ? segment->fields[number] : (struct text){0};
}

size_t hl7_repetitions(const struct hl7_message *message,
                       const struct hl7_segment *segment, size_t field)
{
    struct text rest = hl7_field(segment, field);
    size_t count = 0;
    if (rest.len == 0)
        return 0;
    for (; !text_is_absent(rest); count++)
        text_cut(&rest, message->encoding.repetition);
    return count;
}

/* The n-th piece, from 1; 0 is the first. */
static struct text piece(struct text whole, char separator, size_t number)
{
    struct text rest = whole, out = whole;
    for (size_t i = 0; i < (number == 0 ? 1 : number); i++) {
        if (text_is_absent(rest))
            return (struct text){0};
        out = text_cut(&rest, separator);
    }
    return out;
}

struct text hl7_value(const struct hl7_message *message,
                      const struct hl7_segment *segment, struct hl7_place place,
                      struct arena *arena)
{
    const struct hl7_encoding *encoding = &message->encoding;
    struct text t = hl7_field(segment, place.field);
    /* MSH-1 and MSH-2 are the separators themselves. */
    if (text_equal(segment->name, TEXT("MSH")) && place.field <= 2)
        return t;
    t = piece(t, encoding->repetition, place.repetition);
    t = piece(t, encoding->component, place.component);
    t = text_trim(piece(t, encoding->subcomponent, place.subcomponent));
    if (t.len == 0 || text_equal(t, TEXT("\"\"")))
        return (struct text){0};
    t = text_trim(hl7_unescape(encoding, t, arena));
    return t.len == 0 ? (struct text){0} : t;
}

/* --- escapes ---------------------------------------------------------------------------- */

struct writer {
    char *at;
    size_t len;
};

static void put(struct writer *out, struct text t)
{
    memcpy(out->at + out->len, t.at, t.len);
    out->len += t.len;
}

static bool take_separator(const struct hl7_encoding *encoding, struct text name,
                           struct writer *out)
{
    char byte = '\0';
    if (name.len != 1)
        return false;
    switch (name.at[0]) {
    case 'F': byte = encoding->field; break;
    case 'S': byte = encoding->component; break;
    case 'T': byte = encoding->subcomponent; break;
    case 'R': byte = encoding->repetition; break;
    case 'E': byte = encoding->escape; break;
    case 'H':
    case 'N': return true;
    default: return false;
    }
    put(out, (struct text){.at = &byte, .len = 1});
    return true;
}

/* Section 2.7.6: what begins a new line, as one; what only sets the type goes. */
static bool take_format(struct text name, struct writer *out)
{
    static const struct text lines[] = {TEXT_INIT(".br"), TEXT_INIT(".sp"),
                                        TEXT_INIT(".ce")};
    static const struct text silent[] = {TEXT_INIT(".fi"), TEXT_INIT(".nf"),
                                         TEXT_INIT(".in"), TEXT_INIT(".ti")};
    for (size_t i = 0; i < ARRAY_COUNT(lines); i++)
        if (text_starts_with(name, lines[i])) {
            put(out, TEXT("\n"));
            return true;
        }
    if (text_starts_with(name, TEXT(".sk"))) {
        put(out, TEXT(" "));
        return true;
    }
    for (size_t i = 0; i < ARRAY_COUNT(silent); i++)
        if (text_starts_with(name, silent[i]))
            return true;
    return false;
}

static bool hex_digit(char byte, unsigned *out)
{
    if (byte >= '0' && byte <= '9')
        *out = (unsigned)(byte - '0');
    else if (byte >= 'A' && byte <= 'F')
        *out = (unsigned)(byte - 'A') + 10;
    else if (byte >= 'a' && byte <= 'f')
        *out = (unsigned)(byte - 'a') + 10;
    else
        return false;
    return true;
}

/* Bytes that are text stay; a carriage return is a line end. */
static bool take_hex(struct text name, struct writer *out)
{
    if (name.len < 3 || name.len % 2 == 0 || name.at[0] != 'X')
        return false;
    size_t before = out->len;
    for (size_t i = 1; i < name.len; i += 2) {
        unsigned high = 0, low = 0;
        if (!hex_digit(name.at[i], &high) || !hex_digit(name.at[i + 1], &low)) {
            out->len = before;
            return false;
        }
        char byte = (char)(high << 4 | low);
        put(out, (struct text){.at = byte == '\r' ? "\n" : &byte, .len = 1});
    }
    struct text made = {.at = out->at + before, .len = out->len - before};
    if (utf8_is_printable(made, NULL))
        return true;
    out->len = before;
    return false;
}

struct text hl7_unescape(const struct hl7_encoding *encoding, struct text raw,
                         struct arena *arena)
{
    if (text_find(raw, encoding->escape) == raw.len)
        return raw;
    struct writer out = {.at = arena_alloc(arena, raw.len)};
    struct text rest = raw;
    while (rest.len > 0) {
        size_t open = text_find(rest, encoding->escape);
        put(&out, text_part(rest, 0, open));
        rest = text_part(rest, open, rest.len);
        if (rest.len == 0)
            break;
        size_t close = text_find(text_part(rest, 1, rest.len), encoding->escape) + 1;
        struct text name = text_part(rest, 1, close - 1);
        bool is_read =
            close < rest.len && (take_separator(encoding, name, &out) ||
                                 take_format(name, &out) || take_hex(name, &out));
        /* One that cannot be read stays, its end included; a lone one is text. */
        size_t used = close < rest.len ? close + 1 : rest.len;
        if (!is_read)
            put(&out, text_part(rest, 0, used));
        rest = text_part(rest, used, rest.len);
    }
    return (struct text){.at = out.at, .len = out.len};
}
