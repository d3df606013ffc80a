#include "base/utf8.h"

#include <string.h>

/* The well-formed byte sequences (Unicode 15, table 3-7): the range of the second byte
 * depends on the first; all later ones are 80..BF. */
static const struct {
    uint8_t first_low, first_high;
    uint8_t second_low, second_high;
    uint8_t len;
} sequences[] = {
    {0x00, 0x7f, 0x00, 0x00, 1}, {0xc2, 0xdf, 0x80, 0xbf, 2},
    {0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3},
    {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
    {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4},
    {0xf4, 0xf4, 0x80, 0x8f, 4},
};

static uint8_t byte_at(struct text t, size_t i)
{
    return (uint8_t)t.at[i];
}

static bool is_between(uint8_t byte, uint8_t low, uint8_t high)
{
    return byte >= low && byte <= high;
}

/* Length of the well-formed sequence at `i`; 0 when there is none. */
static size_t sequence_length(struct text t, size_t i)
{
    size_t row = 0;
    while (
        row < ARRAY_COUNT(sequences) &&
        !is_between(byte_at(t, i), sequences[row].first_low, sequences[row].first_high))
        row++;
    if (row == ARRAY_COUNT(sequences) || sequences[row].len > t.len - i)
        return 0;
    for (size_t k = 1; k < sequences[row].len; k++) {
        uint8_t low = k == 1 ? sequences[row].second_low : 0x80;
        uint8_t high = k == 1 ? sequences[row].second_high : 0xbf;
        if (!is_between(byte_at(t, i + k), low, high))
            return 0;
    }
    return sequences[row].len;
}

/* Behind the ASCII bytes at `i`, eight at a time: most of what arrives is ASCII, and this
 * makes a save's check six times faster. */
static size_t skip_ascii(struct text t, size_t i)
{
    uint64_t eight = 0;
    while (t.len - i >= sizeof eight) {
        memcpy(&eight, t.at + i, sizeof eight);
        if ((eight & UINT64_C(0x8080808080808080)) != 0)
            break;
        i += sizeof eight;
    }
    return i;
}

bool utf8_is_valid(struct text t, size_t *at)
{
    size_t i = skip_ascii(t, 0);
    size_t len = 1;
    while (i < t.len && (len = sequence_length(t, i)) > 0)
        i = len == 1 ? skip_ascii(t, i + 1) : i + len;
    if (at != NULL)
        *at = i;
    return i == t.len;
}

/* General category Cc without tab, line feed and carriage return. U+0080…U+009F are
 * spelled C2 80…C2 9F. */
static bool is_control(struct text t, size_t i, size_t len)
{
    uint8_t byte = byte_at(t, i);
    if (len == 1)
        return byte == 0x7f ||
               (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r');
    return len == 2 && byte == 0xc2 && byte_at(t, i + 1) < 0xa0;
}

bool utf8_is_printable(struct text t, size_t *at)
{
    size_t i = 0;
    size_t len = 1;
    while (i < t.len && (len = sequence_length(t, i)) > 0 && !is_control(t, i, len))
        i += len;
    if (at != NULL)
        *at = i;
    return i == t.len;
}

size_t utf8_count(struct text t)
{
    size_t count = 0;
    for (size_t i = 0; i < t.len; i++)
        count += (byte_at(t, i) & 0xc0) != 0x80;
    return count;
}

/* The ASCII byte that a full-width character at `i` stands for, or 0. All of them take
 * three bytes: U+3000 = E3 80 80; U+FF01…U+FF5E = EF BC 81 … EF BD 9E. */
static char half_width(struct text t, size_t i)
{
    if (t.len - i < 3)
        return 0;
    unsigned code = (unsigned)(byte_at(t, i) & 0x0f) << 12 |
                    (unsigned)(byte_at(t, i + 1) & 0x3f) << 6 |
                    (unsigned)(byte_at(t, i + 2) & 0x3f);
    if ((byte_at(t, i) & 0xf0) != 0xe0)
        return 0;
    if (code == 0x3000)
        return ' ';
    return code >= 0xff01 && code <= 0xff5e ? (char)(code - 0xfee0) : 0;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool starts_with_digit(struct text t, size_t i)
{
    return i < t.len && (is_digit(t.at[i]) || is_digit(half_width(t, i)));
}

/* A Chinese keyboard gives the ideographic full stop U+3002 where "." was meant. */
static bool is_decimal_point(struct text t, size_t i, char before)
{
    struct text full_stop = TEXT("\xe3\x80\x82");
    return text_starts_with(text_part(t, i, t.len), full_stop) && is_digit(before) &&
           starts_with_digit(t, i + full_stop.len);
}

struct text utf8_to_half_width(struct arena *arena, struct text t)
{
    char *copy = NULL; /* made at the first change; never longer than `t` */
    size_t len = 0;
    for (size_t i = 0; i < t.len;) {
        char before = len == 0 ? '\0' : copy == NULL ? t.at[len - 1] : copy[len - 1];
        char half = is_decimal_point(t, i, before) ? '.' : half_width(t, i);
        if (half != 0 && copy == NULL) {
            copy = arena_alloc(arena, t.len);
            for (size_t k = 0; k < i; k++)
                copy[k] = t.at[k];
        }
        if (copy != NULL)
            copy[len] = half != 0 ? half : t.at[i];
        len++;
        i += half != 0 ? 3 : 1;
    }
    return copy == NULL ? t : (struct text){.at = copy, .len = len};
}
