#include "formats/hl7_time.h"

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* The same in the form that base/datetime.h reads. */
static size_t spell(struct text digits, struct text fraction, struct text offset,
                    char out[MOMENT_TEXT_SIZE])
{
    size_t len = 0;
    static const struct {
        size_t from, len;
        char before;
    } parts[] = {{0, 4, '\0'}, {4, 2, '-'},  {6, 2, '-'},
                 {8, 2, 'T'},  {10, 2, ':'}, {12, 2, ':'}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].from >= digits.len)
            break;
        if (parts[i].before != '\0')
            out[len++] = parts[i].before;
        memcpy(out + len, digits.at + parts[i].from, parts[i].len);
        len += parts[i].len;
    }
    if (fraction.len > 0) {
        out[len++] = '.';
        memcpy(out + len, fraction.at, fraction.len);
        len += fraction.len;
    }
    /* A date has no offset in ISO 8601: it is the day as the sender has it. */
    if (offset.len > 0 && digits.len > 8) {
        memcpy(out + len, offset.at, 3);
        out[len + 3] = ':';
        memcpy(out + len + 4, offset.at + 3, 2);
        len += 6;
    }
    return len;
}

bool hl7_time_parse(struct text t, struct moment *out)
{
    enum { WHOLE = 14, FRACTION = 4, OFFSET = 5 };
    char spelt[MOMENT_TEXT_SIZE];
    size_t count = 0;
    while (count < t.len && is_digit(t.at[count]))
        count++;
    struct text digits = text_part(t, 0, count);
    struct text rest = text_part(t, count, t.len), fraction = {0};
    if (count > WHOLE || count < 4 || count % 2 != 0)
        return false;
    if (rest.len > 0 && rest.at[0] == '.') {
        size_t end = 1;
        while (end < rest.len && is_digit(rest.at[end]))
            end++;
        fraction = text_part(rest, 1, end - 1);
        rest = text_part(rest, end, rest.len);
        if (count != WHOLE || fraction.len == 0 || fraction.len > FRACTION)
            return false;
    }
    if (rest.len != 0 &&
        (rest.len != OFFSET || (rest.at[0] != '+' && rest.at[0] != '-')))
        return false;
    if (count == 10)
        digits.len = 8;
    size_t len = spell(digits, fraction, rest, spelt);
    return moment_parse((struct text){.at = spelt, .len = len}, out, NULL);
}
