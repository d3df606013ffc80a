#include "base/base64.h"

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

size_t base64_print(const void *bytes, size_t len, char *out)
{
    const uint8_t *from = bytes;
    unsigned waiting = 0; /* bits not yet written, at the low end */
    int bits = 0;
    size_t written = 0;
    for (size_t i = 0; i < len; i++) {
        waiting = waiting << 8 | from[i];
        for (bits += 8; bits >= 6; bits -= 6)
            out[written++] = alphabet[waiting >> (bits - 6) & 0x3f];
    }
    if (bits > 0)
        out[written++] = alphabet[waiting << (6 - bits) & 0x3f];
    return written;
}

static int digit_value(char digit)
{
    for (int value = 0; value < 64; value++)
        if (alphabet[value] == digit)
            return value;
    return -1;
}

bool base64_parse(struct text t, void *out, size_t len)
{
    uint8_t *to = out;
    unsigned waiting = 0;
    int bits = 0;
    size_t written = 0;
    if (t.len != BASE64_SIZE(len))
        return false;
    for (size_t i = 0; i < t.len; i++) {
        int value = digit_value(t.at[i]);
        if (value < 0)
            return false;
        waiting = (waiting << 6 | (unsigned)value) & 0xffff;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            to[written++] = (uint8_t)(waiting >> bits);
        }
    }
    return (waiting & ((1U << bits) - 1)) == 0;
}
