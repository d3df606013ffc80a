#include "base/hex.h"

size_t hex_print(const void *bytes, size_t len, char *out)
{
    static const char digits[] = "0123456789abcdef";
    const uint8_t *from = bytes;
    for (size_t i = 0; i < len; i++) {
        out[2 * i] = digits[from[i] >> 4];
        out[2 * i + 1] = digits[from[i] & 0x0f];
    }
    return HEX_SIZE(len);
}

static int digit_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F')
        return digit - 'A' + 10;
    return -1;
}

bool hex_parse(struct text t, void *out, size_t len)
{
    uint8_t *to = out;
    if (t.len % 2 != 0 || t.len / 2 != len)
        return false;
    for (size_t i = 0; i < len; i++) {
        int high = digit_value(t.at[2 * i]), low = digit_value(t.at[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        to[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}
