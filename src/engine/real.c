#include "engine/real.h"

#include <string.h>

/* ---- bits ---- */

static uint64_t bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static double real_of_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static const uint64_t exponent_mask = UINT64_C(0x7ff0000000000000);
static const uint64_t fraction_mask = UINT64_C(0x000fffffffffffff);

bool real_is_finite(double x)
{
    return (bits_of(x) & exponent_mask) != exponent_mask;
}

static double infinity(void)
{
    return real_of_bits(exponent_mask);
}

static double not_a_number(void)
{
    return real_of_bits(UINT64_C(0x7ff8000000000000));
}

/* x × 2^n, rounded once also where the result is subnormal. */
static double scaled(double x, int32_t n)
{
    for (; n > 1000; n -= 1000)
        x *= 0x1p1000;
    /* Down in one step from where all bits stand, lest it be rounded twice. */
    for (; n < -1000; n += 900)
        x *= 0x1p-900;
    return x * real_of_bits((uint64_t)(1023 + n) << 52);
}

/* x = m × 2^*exponent, 1 <= m < 2; x is positive and finite. */
static double mantissa_of(double x, int32_t *exponent)
{
    int32_t shift = 0;
    if ((bits_of(x) & exponent_mask) == 0) {
        x *= 0x1p54;
        shift = -54;
    }
    uint64_t bits = bits_of(x);
    *exponent = (int32_t)(bits >> 52) - 1023 + shift;
    return real_of_bits((bits & fraction_mask) | UINT64_C(0x3ff0000000000000));
}

/* ---- double-double: an unevaluated sum, |low| at most half a unit of high ---- */

struct pair {
    double high, low;
};

static struct pair sum_of(double a, double b)
{
    double sum = a + b;
    double part = sum - a;
    return (struct pair){sum, (a - (sum - part)) + (b - part)};
}

static struct pair quick_sum(double large, double small)
{
    double sum = large + small;
    return (struct pair){sum, small - (sum - large)};
}

/* Veltkamp's splitting; Dekker's product. */
static struct pair product_of(double a, double b)
{
    const double splitter = 134217729.0; /* 2^27 + 1 */
    double x = a * splitter, y = b * splitter;
    double a_high = x - (x - a), b_high = y - (y - b);
    double a_low = a - a_high, b_low = b - b_high;
    double product = a * b;
    double rest =
        ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low;
    return (struct pair){product, rest};
}

static struct pair pair_add(struct pair a, struct pair b)
{
    struct pair high = sum_of(a.high, b.high), low = sum_of(a.low, b.low);
    high = quick_sum(high.high, high.low + low.high);
    return quick_sum(high.high, high.low + low.low);
}

static struct pair pair_multiply(struct pair a, struct pair b)
{
    struct pair product = product_of(a.high, b.high);
    product.low += a.high * b.low + a.low * b.high;
    return quick_sum(product.high, product.low);
}

static struct pair pair_divide(struct pair a, double b)
{
    double quotient = a.high / b;
    struct pair back = product_of(quotient, b);
    double rest = ((a.high - back.high) - back.low + a.low) / b;
    return quick_sum(quotient, rest);
}

static const struct pair ln2 = {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};
static const struct pair one_by_ln10 = {0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57};

/* ---- exp ---- */

/* e^x = 2^k × e^r; r is halved eight times, and the series' value minus one squared back:
 * (1 + p)² - 1 = 2p + p². |x.high| < 800. */
static struct pair exp_pair(struct pair x, int32_t *k)
{
    enum { HALVINGS = 8, TERMS = 9 };
    double turns = x.high * 1.4426950408889634;
    *k = (int32_t)(turns + (turns < 0 ? -0.5 : 0.5));
    struct pair r = pair_add(x, pair_multiply((struct pair){-(double)*k, 0}, ln2));
    /* ln 2 in two doubles is known to 2^-109; k < 2^11 leaves 2^-98. */
    r.high *= 0x1p-8;
    r.low *= 0x1p-8;
    struct pair sum = {0, 0};
    for (int n = TERMS; n >= 1; n--) {
        struct pair inner = pair_add((struct pair){1, 0}, sum);
        sum = pair_divide(pair_multiply(inner, r), n);
    }
    for (int i = 0; i < HALVINGS; i++) {
        struct pair twice = {2 * sum.high, 2 * sum.low};
        sum = pair_add(twice, pair_multiply(sum, sum));
    }
    return pair_add((struct pair){1, 0}, sum);
}

static double exp_of_pair(struct pair x)
{
    int32_t k;
    if (x.high > 709.79)
        return infinity();
    if (x.high < -745.2)
        return 0;
    struct pair e = exp_pair(x, &k);
    return scaled(e.high + e.low, k);
}

double real_exp(double x)
{
    if (x != x)
        return x;
    return exp_of_pair((struct pair){x, 0});
}

/* ---- log ---- */

/* ln m for 0.7 < m < 1.5, to a double's accuracy: 2 artanh((m-1)/(m+1)). */
static double log_near_one(double m)
{
    enum { LAST = 41 };
    double z = (m - 1) / (m + 1);
    double square = z * z, sum = 0;
    for (int n = LAST; n >= 1; n -= 2)
        sum = sum * square + 1.0 / n;
    return 2 * z * sum;
}

/* One Newton step makes a pair of the first guess y: y + d - d²/2 with d = m e^-y - 1. */
static struct pair log_pair(double x)
{
    int32_t exponent, k;
    double m = mantissa_of(x, &exponent);
    if (m > 1.4142135623730951) {
        m *= 0.5;
        exponent++;
    }
    double guess = log_near_one(m);
    struct pair e = exp_pair((struct pair){-guess, 0}, &k);
    double scale = real_of_bits((uint64_t)(1023 + k) << 52);
    e.high *= scale;
    e.low *= scale;
    struct pair d =
        pair_add(pair_multiply(e, (struct pair){m, 0}), (struct pair){-1, 0});
    d = pair_add(d, (struct pair){-0.5 * d.high * d.high, 0});
    struct pair small = pair_add((struct pair){guess, 0}, d);
    return pair_add(pair_multiply((struct pair){exponent, 0}, ln2), small);
}

double real_log(double x)
{
    if (x != x || x < 0)
        return not_a_number();
    if (x == 0)
        return -infinity();
    if (!real_is_finite(x))
        return x;
    struct pair y = log_pair(x);
    return y.high + y.low;
}

double real_log10(double x)
{
    if (!(x > 0) || !real_is_finite(x))
        return real_log(x);
    struct pair y = pair_multiply(log_pair(x), one_by_ln10);
    return y.high + y.low;
}

/* ---- powers ---- */

static const double all_whole = 9007199254740992.0; /* from 2^53 on every double is */

static bool is_whole(double y)
{
    return y >= all_whole || y <= -all_whole || (double)(int64_t)y == y;
}

static bool is_odd(double y)
{
    return y < all_whole && y > -all_whole && ((int64_t)y & 1) != 0;
}

double real_power(double x, double y)
{
    if (y == 0)
        return 1;
    if (x != x || y != y || !real_is_finite(x) || !real_is_finite(y) ||
        (x < 0 && !is_whole(y)))
        return not_a_number();
    if (x == 0)
        return y > 0 ? 0 : infinity();
    double size = x < 0 ? -x : x;
    struct pair exponent = pair_multiply(log_pair(size), (struct pair){y, 0});
    double result = size == 1 ? 1 : exp_of_pair(exponent);
    return x < 0 && is_odd(y) ? -result : result;
}

/* Two bits of the radicand for each bit of the root, as on paper; the last bit rounds. */
double real_sqrt(double x)
{
    enum { BITS = 54 };
    if (x == 0 || x != x)
        return x;
    if (x < 0)
        return not_a_number();
    if (!real_is_finite(x))
        return x;
    int32_t exponent;
    uint64_t m =
        (bits_of(mantissa_of(x, &exponent)) & fraction_mask) | (fraction_mask + 1);
    /* m × 2^(exponent - 52), with an even exponent and m < 2^54. */
    if (exponent % 2 != 0) {
        m *= 2;
        exponent--;
    }
    uint64_t root = 0, rest = 0;
    for (int i = 0; i < BITS; i++) {
        uint64_t pair = i < 27 ? m >> (52 - 2 * i) & 3U : 0;
        uint64_t trial = root * 4 + 1;
        rest = rest * 4 + pair;
        root *= 2;
        if (rest >= trial) {
            rest -= trial;
            root++;
        }
    }
    /* 54 bits: the last one decides, and a rest makes more than a half of it. */
    root = root / 2 + root % 2;
    return scaled((double)root, exponent / 2 - 52);
}

/* ---- decimals ---- */

static const double tens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                              1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                              1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

double real_of_decimal(struct decimal d)
{
    return (double)d.coefficient / tens[d.scale];
}

/* x × 10^n for 0 <= x; exact powers of ten up to 22. */
static double times_ten_to(double x, int32_t n)
{
    for (; n > 22; n -= 22)
        x *= 1e22;
    for (; n < -22; n += 22)
        x /= 1e22;
    return n >= 0 ? x * tens[n] : x / tens[-n];
}

bool real_round(double x, int32_t decimals, struct decimal *out)
{
    if (!real_is_finite(x))
        return false;
    double size = x < 0 ? -x : x;
    if (size < 1e-19) {
        *out = (struct decimal){.scale = decimals};
        return true;
    }
    if (size >= 1e18)
        return false;
    /* size = digits × 10^(place - 14), 10^14 <= digits < 10^15. */
    int32_t place = 0;
    while (place < 18 && size >= tens[place + 1])
        place++;
    while (place > -20 && times_ten_to(size, -place) < 1)
        place--;
    int64_t digits = (int64_t)(times_ten_to(size, 14 - place) + 0.5);
    int32_t scale = 14 - place, surplus = scale - decimals;
    if (surplus > 0) {
        int64_t unit = 1;
        for (int32_t i = 0; i < surplus && unit <= INT64_C(100000000000000000); i++)
            unit *= 10;
        digits = surplus > 17 ? 0 : digits / unit + (digits % unit * 2 >= unit);
    }
    for (; surplus < 0; surplus++)
        if (__builtin_mul_overflow(digits, 10, &digits))
            return false;
    if (digits >= INT64_C(1000000000000000000))
        return false;
    *out = (struct decimal){.coefficient = x < 0 ? -digits : digits, .scale = decimals};
    return true;
}
