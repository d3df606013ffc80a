#include "base/decimal.h"

#include "base/attributes.h"

/* Magnitudes stay below 10^18, so that twice one fits int64_t and ten times one fits
 * uint64_t: no step needs a wider integer, which the browser's build does not have. */
#define LIMIT INT64_C(1000000000000000000)

static const int64_t powers_of_ten[DECIMAL_DIGITS + 1] = {1,
                                                          10,
                                                          100,
                                                          1000,
                                                          10000,
                                                          100000,
                                                          1000000,
                                                          10000000,
                                                          100000000,
                                                          1000000000,
                                                          10000000000,
                                                          100000000000,
                                                          1000000000000,
                                                          10000000000000,
                                                          100000000000000,
                                                          1000000000000000,
                                                          10000000000000000,
                                                          100000000000000000,
                                                          LIMIT};

static int64_t power_of_ten(int32_t exponent)
{
    ASSERT(exponent >= 0 && exponent <= DECIMAL_DIGITS);
    return powers_of_ten[exponent];
}

static bool is_scale(int32_t scale)
{
    return scale >= 0 && scale <= DECIMAL_DIGITS;
}

static bool is_sound(struct decimal d)
{
    return is_scale(d.scale) && d.coefficient < LIMIT && d.coefficient > -LIMIT;
}

static uint64_t magnitude(struct decimal d)
{
    ASSERT(is_sound(d));
    return (uint64_t)(d.coefficient < 0 ? -d.coefficient : d.coefficient);
}

static struct decimal decimal_made(bool is_negative, uint64_t size, int32_t scale)
{
    int64_t coefficient = (int64_t)size;
    return (struct decimal){.coefficient = is_negative ? -coefficient : coefficient,
                            .scale = scale};
}

/* ---- text ---- */

static bool is_digit(struct text t, size_t i)
{
    return i < t.len && t.at[i] >= '0' && t.at[i] <= '9';
}

/* Adds the digits from `*i` on to `d`, one decimal place each when in the fraction. */
static enum decimal_fault take_digits(struct text t, size_t *i, int32_t places,
                                      struct decimal *d)
{
    if (!is_digit(t, *i))
        return DECIMAL_NOT_A_NUMBER;
    for (; is_digit(t, *i); ++*i) {
        bool is_full = d->coefficient >= LIMIT / 10;
        if (is_full || d->scale + places > DECIMAL_DIGITS)
            return DECIMAL_TOO_MANY_DIGITS;
        d->coefficient = d->coefficient * 10 + (t.at[*i] - '0');
        d->scale += places;
    }
    return DECIMAL_OK;
}

static enum decimal_fault parse_from(struct text t, size_t *i, struct decimal *d)
{
    if (t.len == 0)
        return DECIMAL_EMPTY;
    bool is_negative = t.at[0] == '-';
    *i = is_negative || t.at[0] == '+' ? 1 : 0;
    enum decimal_fault fault = take_digits(t, i, 0, d);
    if (fault == DECIMAL_OK && *i < t.len && t.at[*i] == '.') {
        ++*i;
        fault = take_digits(t, i, 1, d);
    }
    if (fault == DECIMAL_OK && *i < t.len)
        fault = DECIMAL_NOT_A_NUMBER;
    if (is_negative)
        d->coefficient = -d->coefficient;
    return fault;
}

enum decimal_fault decimal_parse(struct text t, struct decimal *out, size_t *at)
{
    struct decimal d = {0};
    size_t i = 0;
    enum decimal_fault fault = parse_from(t, &i, &d);
    if (fault == DECIMAL_OK)
        *out = d;
    else if (at != NULL)
        *at = i;
    return fault;
}

size_t decimal_print(struct decimal d, char out[DECIMAL_TEXT_SIZE])
{
    /* Written from the last digit: the fraction, the point, at least one digit more. */
    char reversed[DECIMAL_TEXT_SIZE];
    size_t len = 0;
    uint64_t rest = magnitude(d);
    for (int32_t place = 0; place <= d.scale || rest > 0; place++) {
        if (place == d.scale && place > 0)
            reversed[len++] = '.';
        reversed[len++] = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (d.coefficient < 0)
        reversed[len++] = '-';
    for (size_t i = 0; i < len; i++)
        out[i] = reversed[len - 1 - i];
    return len;
}

/* ---- wide results ---- */

/* high × 10^18 + low, low < 10^18: room for the product of two magnitudes. */
struct wide {
    uint64_t high;
    uint64_t low;
};

/* Drops zeros at the end of a number of `scale` decimals until it has at most `*wanted`
 * decimals and fits into 18 digits; `*wanted` gets the decimals left. False when another
 * digit would have to go. */
static bool shorten(struct wide *size, int32_t scale, int32_t *wanted)
{
    while (scale > *wanted || size->high > 0) {
        if (scale == 0 || size->low % 10 != 0)
            return false;
        size->low = size->low / 10 + size->high % 10 * (uint64_t)(LIMIT / 10);
        size->high /= 10;
        scale--;
    }
    *wanted = scale;
    return true;
}

/* ---- plus, minus, order ---- */

/* Whole part and fraction in units of 10^-18, both with the sign of the number. */
struct parts {
    int64_t whole;
    int64_t fraction;
};

static struct parts parts_of(struct decimal d)
{
    ASSERT(is_sound(d));
    int64_t unit = power_of_ten(d.scale);
    return (struct parts){.whole = d.coefficient / unit,
                          .fraction = d.coefficient % unit *
                                      power_of_ten(DECIMAL_DIGITS - d.scale)};
}

static int order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* Brings both to the larger scale; false when that does not fit into 64 bits. */
static bool aligned(struct decimal *a, struct decimal *b)
{
    if (a->scale == b->scale)
        return true;
    struct decimal *coarse = a->scale < b->scale ? a : b;
    int32_t scale = a->scale < b->scale ? b->scale : a->scale;
    if (__builtin_mul_overflow(coarse->coefficient, power_of_ten(scale - coarse->scale),
                               &coarse->coefficient))
        return false;
    coarse->scale = scale;
    return true;
}

int decimal_compare(struct decimal a, struct decimal b)
{
    struct decimal x = a, y = b;
    if (aligned(&x, &y))
        return order(x.coefficient, y.coefficient);
    struct parts left = parts_of(a), right = parts_of(b);
    int by_whole = order(left.whole, right.whole);
    return by_whole != 0 ? by_whole : order(left.fraction, right.fraction);
}

/* Carries the fraction into the whole part and gives both the same sign. */
static struct parts settled(struct parts p)
{
    p.whole += p.fraction / LIMIT;
    p.fraction %= LIMIT;
    if (p.whole > 0 && p.fraction < 0) {
        p.whole--;
        p.fraction += LIMIT;
    } else if (p.whole < 0 && p.fraction > 0) {
        p.whole++;
        p.fraction -= LIMIT;
    }
    return p;
}

enum decimal_fault decimal_add(struct decimal a, struct decimal b, struct decimal *out)
{
    struct decimal x = a, y = b;
    int64_t quick;
    if (aligned(&x, &y) &&
        !__builtin_add_overflow(x.coefficient, y.coefficient, &quick) &&
        quick < LIMIT && quick > -LIMIT) {
        *out = (struct decimal){.coefficient = quick, .scale = x.scale};
        return DECIMAL_OK;
    }
    struct parts left = parts_of(a), right = parts_of(b);
    struct parts sum = settled((struct parts){
        .whole = left.whole + right.whole, .fraction = left.fraction + right.fraction});
    bool is_negative = sum.whole < 0 || sum.fraction < 0;
    struct wide size = {.high = (uint64_t)(is_negative ? -sum.whole : sum.whole),
                        .low = (uint64_t)(is_negative ? -sum.fraction : sum.fraction)};
    int32_t scale = a.scale > b.scale ? a.scale : b.scale;
    if (!shorten(&size, DECIMAL_DIGITS, &scale))
        return DECIMAL_OVERFLOW;
    *out = decimal_made(is_negative, size.low, scale);
    return DECIMAL_OK;
}

enum decimal_fault decimal_subtract(struct decimal a, struct decimal b,
                                    struct decimal *out)
{
    ASSERT(is_sound(b));
    b.coefficient = -b.coefficient;
    return decimal_add(a, b, out);
}

/* ---- times ---- */

static struct wide wide_product(uint64_t a, uint64_t b)
{
    const uint64_t half = 1000000000, limit = (uint64_t)LIMIT;
    uint64_t middle = a / half * (b % half) + a % half * (b / half);
    uint64_t low = a % half * (b % half) + middle % half * half;
    return (struct wide){.high = a / half * (b / half) + middle / half + low / limit,
                         .low = low % limit};
}

enum decimal_fault decimal_multiply(struct decimal a, struct decimal b,
                                    struct decimal *out)
{
    int64_t quick;
    if (a.scale + b.scale <= DECIMAL_DIGITS &&
        !__builtin_mul_overflow(a.coefficient, b.coefficient, &quick) &&
        quick < LIMIT && quick > -LIMIT) {
        *out = (struct decimal){.coefficient = quick, .scale = a.scale + b.scale};
        return DECIMAL_OK;
    }
    struct wide product = wide_product(magnitude(a), magnitude(b));
    int32_t scale = a.scale + b.scale;
    int32_t wanted = scale < DECIMAL_DIGITS ? scale : DECIMAL_DIGITS;
    if (!shorten(&product, scale, &wanted))
        return DECIMAL_OVERFLOW;
    *out =
        decimal_made((a.coefficient < 0) != (b.coefficient < 0), product.low, wanted);
    return DECIMAL_OK;
}

/* ---- divide, round ---- */

/* a / b × 10^shift, half away from zero; digit by digit, as on paper. */
static enum decimal_fault quotient(uint64_t a, uint64_t b, int32_t shift, uint64_t *out)
{
    uint64_t whole = a / b, rest = a % b;
    for (; shift > 0; shift--) {
        whole = whole * 10 + rest * 10 / b;
        rest = rest * 10 % b;
        if (whole >= (uint64_t)LIMIT)
            return DECIMAL_OVERFLOW;
    }
    if (shift < 0) {
        /* The digits that go decide alone: `rest` only adds to them. */
        b = (uint64_t)power_of_ten(-shift);
        rest = whole % b;
        whole /= b;
    }
    whole += rest * 2 >= b;
    *out = whole;
    return whole < (uint64_t)LIMIT ? DECIMAL_OK : DECIMAL_OVERFLOW;
}

enum decimal_fault decimal_divide(struct decimal a, struct decimal b, int32_t scale,
                                  struct decimal *out)
{
    uint64_t result;
    if (b.coefficient == 0)
        return DECIMAL_NOT_A_NUMBER;
    if (!is_scale(scale))
        return DECIMAL_OVERFLOW;
    enum decimal_fault fault =
        quotient(magnitude(a), magnitude(b), b.scale - a.scale + scale, &result);
    if (fault == DECIMAL_OK)
        *out = decimal_made((a.coefficient < 0) != (b.coefficient < 0), result, scale);
    return fault;
}

enum decimal_fault decimal_round(struct decimal d, int32_t scale, struct decimal *out)
{
    return decimal_divide(d, decimal_of(1), scale, out);
}

struct decimal decimal_of(int64_t whole)
{
    struct decimal d = {.coefficient = whole};
    ASSERT(is_sound(d));
    return d;
}
