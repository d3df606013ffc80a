#include "base/text.h"

#include <string.h>

struct text text_of(const char *string)
{
    if (string == NULL)
        return (struct text){0};
    return (struct text){.at = string, .len = strlen(string)};
}

int text_compare(struct text a, struct text b)
{
    size_t shared = a.len < b.len ? a.len : b.len;
    int order = shared == 0 ? 0 : memcmp(a.at, b.at, shared);
    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

bool text_starts_with(struct text t, struct text start)
{
    return t.len >= start.len && text_equal(text_part(t, 0, start.len), start);
}

struct text text_part(struct text t, size_t from, size_t len)
{
    if (text_is_absent(t))
        return (struct text){0};
    if (from > t.len)
        from = t.len;
    if (len > t.len - from)
        len = t.len - from;
    return (struct text){.at = t.at + from, .len = len};
}

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

struct text text_trim(struct text t)
{
    while (t.len > 0 && is_space(t.at[t.len - 1]))
        t.len--;
    while (t.len > 0 && is_space(t.at[0]))
        t = text_part(t, 1, t.len - 1);
    return t;
}

size_t text_find(struct text t, char byte)
{
    const char *found = t.len == 0 ? NULL : memchr(t.at, byte, t.len);
    return found == NULL ? t.len : (size_t)(found - t.at);
}

struct text text_cut(struct text *rest, char separator)
{
    size_t at = text_find(*rest, separator);
    struct text piece = text_part(*rest, 0, at);
    bool is_last = at == rest->len;
    *rest = !is_last ? text_part(*rest, at + 1, rest->len) : (struct text){0};
    return piece;
}

bool text_to_int64(struct text t, int64_t *out)
{
    bool is_negative = t.len > 0 && t.at[0] == '-';
    size_t i = is_negative ? 1 : 0;
    if (i == t.len)
        return false;
    int64_t value = 0;
    for (; i < t.len; i++) {
        if (t.at[i] < '0' || t.at[i] > '9')
            return false;
        int digit = t.at[i] - '0';
        /* Built downwards, so that INT64_MIN is reached without overflow. */
        if (value < (INT64_MIN + digit) / 10)
            return false;
        value = value * 10 - digit;
    }
    if (!is_negative && value == INT64_MIN)
        return false;
    *out = is_negative ? value : -value;
    return true;
}

size_t text_print_int64(int64_t number, char out[INT64_TEXT])
{
    char digits[INT64_TEXT];
    size_t count = 0;
    size_t len = 0;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do
        digits[count++] = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (number < 0)
        out[len++] = '-';
    while (count > 0)
        out[len++] = digits[--count];
    return len;
}
