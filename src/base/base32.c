#include "base/base32.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

size_t base32_print(const void *bytes, size_t len, char *out)
{
    const uint8_t *from = bytes;
    unsigned waiting = 0; /* bits not yet written, at the low end */
    int bits = 0;
    size_t written = 0;
    for (size_t i = 0; i < len; i++) {
        waiting = waiting << 8 | from[i];
        for (bits += 8; bits >= 5; bits -= 5)
            out[written++] = alphabet[waiting >> (bits - 5) & 0x1f];
    }
    if (bits > 0)
        out[written++] = alphabet[waiting << (5 - bits) & 0x1f];
    return written;
}

static int digit_value(char digit)
{
    if (digit >= 'A' && digit <= 'Z')
        return digit - 'A';
    if (digit >= 'a' && digit <= 'z')
        return digit - 'a';
    if (digit >= '2' && digit <= '7')
        return digit - '2' + 26;
    return -1;
}

/* Padding fills up groups of eight: all of it or none. */
static struct text without_padding(struct text t, size_t digits)
{
    bool is_padded = t.len > digits && t.len == (digits + 7) / 8 * 8;
    for (size_t i = digits; is_padded && i < t.len; i++)
        is_padded = t.at[i] == '=';
    return is_padded ? text_part(t, 0, digits) : t;
}

bool base32_parse(struct text t, void *out, size_t len)
{
    uint8_t *to = out;
    unsigned waiting = 0;
    int bits = 0;
    size_t written = 0;
    t = without_padding(t, BASE32_SIZE(len));
    if (t.len != BASE32_SIZE(len))
        return false;
    for (size_t i = 0; i < t.len; i++) {
        int value = digit_value(t.at[i]);
        if (value < 0)
            return false;
        waiting = (waiting << 5 | (unsigned)value) & 0xffff;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            to[written++] = (uint8_t)(waiting >> bits);
        }
    }
    return (waiting & ((1U << bits) - 1)) == 0;
}
