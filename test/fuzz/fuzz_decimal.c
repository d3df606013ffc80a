/* Decimals: text to value and back, and arithmetic against 128-bit integers. The input
 * is a scale in one byte, then two numbers separated by a line feed. */
#include "base/attributes.h"
#include "base/decimal.h"
#include "fuzz/fuzz.h"

__extension__ typedef __int128 wide;

static wide scaled(struct decimal d, int32_t scale)
{
    wide value = d.coefficient;
    for (; scale > d.scale; scale--)
        value *= 10;
    return value;
}

static wide size_of(wide value)
{
    return value < 0 ? -value : value;
}

/* Could a number of `scale` decimals be written with at most 18 digits and decimals? */
static bool is_representable(wide value, int32_t scale)
{
    while (scale > 0 && value % 10 == 0) {
        value /= 10;
        scale--;
    }
    return scale <= DECIMAL_DIGITS && size_of(value) < INT64_C(1000000000000000000);
}

/* An exact operation gave the exact value, or there is none. */
static void check_exact(enum decimal_fault fault, struct decimal out, wide exact,
                        int32_t scale)
{
    if (fault == DECIMAL_OK)
        ASSERT(scaled(out, scale) == exact);
    else
        ASSERT(fault == DECIMAL_OVERFLOW && !is_representable(exact, scale));
}

static bool read_and_check(struct text t, struct decimal *out)
{
    size_t at = SIZE_MAX;
    enum decimal_fault fault = decimal_parse(t, out, &at);
    if (fault != DECIMAL_OK) {
        ASSERT(at <= t.len && fault != DECIMAL_OVERFLOW);
        return false;
    }
    char digits[DECIMAL_TEXT_SIZE];
    struct text printed = {.at = digits, .len = decimal_print(*out, digits)};
    struct decimal again;
    ASSERT(printed.len <= DECIMAL_TEXT_SIZE);
    ASSERT(decimal_parse(printed, &again, NULL) == DECIMAL_OK);
    ASSERT(again.coefficient == out->coefficient && again.scale == out->scale);
    return true;
}

static void check_order(struct decimal a, struct decimal b)
{
    wide left = scaled(a, DECIMAL_DIGITS), right = scaled(b, DECIMAL_DIGITS);
    ASSERT(decimal_compare(a, b) == (left > right) - (left < right));
    ASSERT(decimal_compare(a, b) == -decimal_compare(b, a));
    ASSERT(decimal_compare(a, a) == 0);
}

static void check_exact_operations(struct decimal a, struct decimal b)
{
    struct decimal out;
    int32_t scale = a.scale > b.scale ? a.scale : b.scale;
    enum decimal_fault fault = decimal_add(a, b, &out);
    check_exact(fault, out, scaled(a, scale) + scaled(b, scale), scale);
    fault = decimal_subtract(a, b, &out);
    check_exact(fault, out, scaled(a, scale) - scaled(b, scale), scale);
    fault = decimal_multiply(a, b, &out);
    check_exact(fault, out, (wide)a.coefficient * b.coefficient, a.scale + b.scale);
}

/* The result is at most half a unit of its last decimal away from a. */
static void check_round(struct decimal a, int32_t scale)
{
    struct decimal out;
    if (decimal_round(a, scale, &out) != DECIMAL_OK)
        return;
    ASSERT(out.scale == scale);
    wide unit =
        scaled((struct decimal){.coefficient = 1, .scale = scale}, DECIMAL_DIGITS);
    wide difference = scaled(out, DECIMAL_DIGITS) - scaled(a, DECIMAL_DIGITS);
    ASSERT(size_of(difference) * 2 <= unit);
    bool is_tie = size_of(difference) * 2 == unit;
    ASSERT(!is_tie || (difference > 0) == (a.coefficient > 0));
}

/* a - q × b is at most half a unit of q's last decimal times b. */
static void check_divide(struct decimal a, struct decimal b, int32_t scale)
{
    struct decimal out;
    enum decimal_fault fault = decimal_divide(a, b, scale, &out);
    ASSERT((fault == DECIMAL_NOT_A_NUMBER) == (b.coefficient == 0));
    int32_t decimals = a.scale > b.scale + scale ? a.scale : b.scale + scale;
    bool fits = decimals - a.scale <= 18 && decimals - b.scale - scale <= 1;
    if (fault != DECIMAL_OK || !fits)
        return;
    ASSERT(out.scale == scale);
    struct decimal unit_of_b = {.coefficient = b.coefficient, .scale = b.scale + scale};
    wide half = size_of(scaled(unit_of_b, decimals));
    wide product = (wide)out.coefficient * b.coefficient;
    for (int32_t s = b.scale + scale; s < decimals; s++)
        product *= 10;
    ASSERT(size_of(scaled(a, decimals) - product) * 2 <= half);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct text rest = {.at = (const char *)bytes, .len = len};
    int32_t scale = len == 0 ? 0 : bytes[0] % (DECIMAL_DIGITS + 1);
    rest = text_part(rest, 1, len);
    struct text first = text_cut(&rest, '\n');
    struct decimal a, b;
    bool has_first = read_and_check(first, &a);
    if (has_first)
        check_round(a, scale);
    if (!read_and_check(rest, &b) || !has_first)
        return 0;
    check_order(a, b);
    check_exact_operations(a, b);
    check_divide(a, b, scale);
    return 0;
}
