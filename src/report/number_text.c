#include "report/number_text.h"

#include <math.h>
#include <stdio.h>

/* More digits than two doubles of a study differ in; a half is seen by its 5 alone. */
enum { EXACT_DIGITS = 40, DIGITS_SIZE = 400 };

/* Adds one to the last place of a decimal text; true when a digit is wanted before it. */
static bool carry(char *digits, size_t len)
{
    for (size_t i = len; i-- > 0;) {
        if (digits[i] == '.')
            continue;
        if (digits[i] != '9') {
            digits[i]++;
            return false;
        }
        digits[i] = '0';
    }
    return true;
}

static bool is_zero(const char *digits, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (digits[i] != '0' && digits[i] != '.')
            return false;
    return true;
}

static struct text fixed(struct arena *arena, double value, int decimals)
{
    char digits[DIGITS_SIZE];
    int all =
        snprintf(digits, sizeof digits, "%.*f", decimals + EXACT_DIGITS, fabs(value));
    ASSERT(all > 0 && (size_t)all < sizeof digits);
    size_t len = (size_t)(all - EXACT_DIGITS);
    char next = digits[len];
    if (decimals == 0)
        len--; /* the point */
    bool is_longer = next >= '5' && carry(digits, len);
    const char *sign = value < 0 && !is_zero(digits, len) ? "\u2212" : "";
    return text_format(arena, "%s%s%.*s", sign, is_longer ? "1" : "", (int)len, digits);
}

static struct text p_value(struct arena *arena, double value, int decimals)
{
    if (value < pow(10, -decimals))
        return text_format(arena, "<.%0*d", decimals, 1);
    struct text shown = fixed(arena, value, decimals);
    return shown.at[0] == '0' ? text_part(shown, 1, shown.len) : shown;
}

struct text number_show(struct arena *arena, double value, struct number_form form)
{
    ASSERT(isfinite(value));
    switch (form.kind) {
    case NUMBER_PLAIN: return fixed(arena, value, form.decimals);
    case NUMBER_PERCENT: return fixed(arena, 100 * value, form.decimals);
    case NUMBER_P: return p_value(arena, value, form.decimals);
    }
    return (struct text){0};
}

int number_decimals(double largest)
{
    enum { TEN = 10, HUNDRED = 100 };
    double size = fabs(largest);
    return size >= HUNDRED ? 0 : size >= TEN ? 1 : 2;
}

struct text interval_between(double lower, enum language language)
{
    if (lower >= 0)
        return TEXT("\u2013");
    return language == LANGUAGE_CHINESE ? TEXT(" 至 ") : TEXT(" to ");
}
