#include "base/number.h"

#include <stdio.h>
#include <stdlib.h>

enum { NUMBER_LONGEST = 64 };

static bool take(struct text *rest, char first, char second)
{
    if (rest->len == 0 || (rest->at[0] != first && rest->at[0] != second))
        return false;
    *rest = text_part(*rest, 1, rest->len);
    return true;
}

static size_t take_digits(struct text *rest)
{
    size_t count = 0;
    while (rest->len > 0 && rest->at[0] >= '0' && rest->at[0] <= '9') {
        *rest = text_part(*rest, 1, rest->len);
        count++;
    }
    return count;
}

static bool is_number(struct text rest)
{
    (void)take(&rest, '-', '+');
    size_t digits = take_digits(&rest);
    if (take(&rest, '.', '.'))
        digits += take_digits(&rest);
    if (digits == 0)
        return false;
    if (take(&rest, 'e', 'E')) {
        (void)take(&rest, '-', '+');
        if (take_digits(&rest) == 0)
            return false;
    }
    return rest.len == 0;
}

bool number_of_text(struct text t, double *out)
{
    if (t.len > NUMBER_LONGEST || !is_number(t))
        return false;
    char digits[NUMBER_LONGEST + 1];
    memcpy(digits, t.at, t.len);
    digits[t.len] = '\0';
    double value = strtod(digits, NULL);
    if (value - value != 0) /* infinite */
        return false;
    *out = value;
    return true;
}

size_t number_print(double value, char out[NUMBER_TEXT_SIZE])
{
    int len = snprintf(out, NUMBER_TEXT_SIZE, "%.17g", value);
    return len < 0 ? 0 : (size_t)len;
}
