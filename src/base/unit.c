#include "base/unit.h"

#include "base/attributes.h"
#include "base/unit_table.h"

#include <string.h>

enum { EXPONENT_LARGEST = 60, POWER_LARGEST = 18, PARENTHESES = 8 };

/* ---- factors ---- */

static int64_t greatest_common_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static bool factor_reduce(struct unit_factor *factor)
{
    int64_t divisor = greatest_common_divisor(factor->numerator, factor->denominator);
    factor->numerator /= divisor;
    factor->denominator /= divisor;
    for (; factor->numerator % 10 == 0; factor->numerator /= 10)
        factor->exponent++;
    for (; factor->denominator % 10 == 0; factor->denominator /= 10)
        factor->exponent--;
    return factor->exponent >= -EXPONENT_LARGEST &&
           factor->exponent <= EXPONENT_LARGEST;
}

static bool factor_multiply(struct unit_factor a, struct unit_factor b, int sign,
                            struct unit_factor *out)
{
    int64_t up = sign > 0 ? b.numerator : b.denominator;
    int64_t down = sign > 0 ? b.denominator : b.numerator;
    /* Across first, so that a product that fits is not lost on the way. */
    int64_t left = greatest_common_divisor(a.numerator, down);
    int64_t right = greatest_common_divisor(up, a.denominator);
    struct unit_factor made = {.exponent = a.exponent + sign * b.exponent};
    if (__builtin_mul_overflow(a.numerator / left, up / right, &made.numerator) ||
        __builtin_mul_overflow(a.denominator / right, down / left, &made.denominator) ||
        !factor_reduce(&made))
        return false;
    *out = made;
    return true;
}

/* ---- products ---- */

struct unit_of_measure unit_one(void)
{
    return (struct unit_of_measure){.factor = {.numerator = 1, .denominator = 1}};
}

static bool has_dimension(const struct unit_of_measure *unit)
{
    for (int i = 0; i < UNIT_DIMENSIONS; i++)
        if (unit->powers[i] != 0)
            return true;
    return false;
}

bool unit_is_one(const struct unit_of_measure *unit)
{
    const struct unit_factor *factor = &unit->factor;
    return !has_dimension(unit) && factor->numerator == 1 && factor->denominator == 1 &&
           factor->exponent == 0;
}

bool unit_multiply(const struct unit_of_measure *a, const struct unit_of_measure *b,
                   int sign, struct unit_of_measure *out)
{
    struct unit_of_measure made = {
        .measured = text_is_absent(a->measured) ? b->measured : a->measured};
    if (!factor_multiply(a->factor, b->factor, sign, &made.factor))
        return false;
    for (int i = 0; i < UNIT_DIMENSIONS; i++) {
        int power = a->powers[i] + sign * b->powers[i];
        if (power < -POWER_LARGEST || power > POWER_LARGEST)
            return false;
        made.powers[i] = (int8_t)power;
    }
    /* mg/L{FEU} by mg/L{FEU} is a pure number and measures nothing any more. */
    if (!has_dimension(&made))
        made.measured = (struct text){0};
    *out = made;
    return true;
}

bool unit_power(const struct unit_of_measure *a, int32_t power,
                struct unit_of_measure *out)
{
    struct unit_of_measure made = unit_one();
    int32_t times = power < 0 ? -power : power;
    if (times > POWER_LARGEST)
        return false;
    for (int32_t i = 0; i < times; i++)
        if (!unit_multiply(&made, a, power < 0 ? -1 : 1, &made))
            return false;
    *out = made;
    return true;
}

bool unit_factor_between(const struct unit_of_measure *from,
                         const struct unit_of_measure *to, struct unit_factor *out)
{
    return factor_multiply(from->factor, to->factor, -1, out);
}

bool unit_is_convertible(const struct unit_of_measure *a,
                         const struct unit_of_measure *b)
{
    struct unit_factor there, back;
    return memcmp(a->powers, b->powers, sizeof a->powers) == 0 &&
           text_equal(a->measured, b->measured) && unit_factor_between(a, b, &there) &&
           unit_factor_between(b, a, &back);
}

bool unit_is_same(const struct unit_of_measure *a, const struct unit_of_measure *b)
{
    struct unit_factor factor;
    return unit_is_convertible(a, b) && unit_factor_between(a, b, &factor) &&
           factor.numerator == 1 && factor.denominator == 1 && factor.exponent == 0;
}

bool unit_factor_decimal(const struct unit_factor *factor, struct decimal *out)
{
    int64_t numerator = factor->numerator, rest = factor->denominator;
    int32_t exponent = factor->exponent;
    /* A denominator of twos and fives ends after as many decimals. */
    for (; rest % 2 == 0 || rest % 5 == 0; exponent--) {
        int64_t divisor = rest % 2 == 0 ? 2 : 5;
        if (__builtin_mul_overflow(numerator, 10 / divisor, &numerator))
            return false;
        rest /= divisor;
    }
    for (; exponent > 0; exponent--)
        if (__builtin_mul_overflow(numerator, 10, &numerator))
            return false;
    if (rest != 1 || exponent < -DECIMAL_DIGITS ||
        numerator >= INT64_C(1000000000000000000))
        return false;
    *out = (struct decimal){.coefficient = numerator, .scale = -exponent};
    return true;
}

/* ---- reading ---- */

struct reader {
    struct text t;
    size_t i;
    int depth;
};

static char peek(const struct reader *reader)
{
    return reader->i < reader->t.len ? reader->t.at[reader->i] : '\0';
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* "[" … "]" and "{" … "}" are taken whole. */
static bool skip_bracket(struct reader *reader, char end)
{
    while (reader->i < reader->t.len && reader->t.at[reader->i] != end)
        reader->i++;
    if (reader->i >= reader->t.len)
        return false;
    reader->i++;
    return true;
}

static struct text take_symbol(struct reader *reader)
{
    size_t start = reader->i;
    struct text rest = text_part(reader->t, start, reader->t.len);
    if (text_starts_with(rest, TEXT("10*")) || text_starts_with(rest, TEXT("10^"))) {
        reader->i += 3;
        return text_part(reader->t, start, 3);
    }
    for (;;) {
        char byte = peek(reader);
        bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        if (byte == '[' && !skip_bracket(reader, ']'))
            break;
        if (byte == '[')
            continue;
        if (!is_letter && byte != '%' && byte != '_' && byte != '\'')
            break;
        reader->i++;
    }
    return text_part(reader->t, start, reader->i - start);
}

static bool find_symbol(struct text symbol, struct unit_of_measure *out)
{
    const struct unit_atom *atom = unit_atom_find(symbol);
    if (atom != NULL) {
        *out = atom->unit;
        return true;
    }
    for (size_t i = 0; i < unit_prefix_count; i++) {
        const struct unit_prefix *prefix = &unit_prefixes[i];
        if (!text_starts_with(symbol, prefix->symbol))
            continue;
        atom = unit_atom_find(text_part(symbol, prefix->symbol.len, symbol.len));
        if (atom == NULL || !atom->is_metric)
            continue;
        *out = atom->unit;
        out->factor.exponent += prefix->exponent;
        return true;
    }
    return false;
}

/* [+-] digits; 1 when there is none. */
static bool take_exponent(struct reader *reader, int32_t *out)
{
    char sign = peek(reader);
    bool is_signed = sign == '+' || sign == '-';
    if (is_signed)
        reader->i++;
    if (!is_digit(peek(reader))) {
        *out = 1;
        return !is_signed;
    }
    int32_t value = 0;
    for (; is_digit(peek(reader)) && value < 100; reader->i++)
        value = value * 10 + (peek(reader) - '0');
    *out = sign == '-' ? -value : value;
    return true;
}

static bool take_number(struct reader *reader, struct unit_of_measure *out)
{
    *out = unit_one();
    out->factor.numerator = 0;
    for (; is_digit(peek(reader)); reader->i++) {
        if (out->factor.numerator > 100000000)
            return false;
        out->factor.numerator = out->factor.numerator * 10 + (peek(reader) - '0');
    }
    return out->factor.numerator > 0 && factor_reduce(&out->factor);
}

static bool take_annotation(struct reader *reader, struct unit_of_measure *unit)
{
    if (peek(reader) != '{')
        return true;
    size_t start = reader->i;
    if (!skip_bracket(reader, '}'))
        return false;
    if (has_dimension(unit))
        unit->measured = text_part(reader->t, start, reader->i - start);
    return true;
}

static bool take_term(struct reader *reader, struct unit_of_measure *out);

static bool take_simple(struct reader *reader, struct unit_of_measure *out)
{
    struct unit_of_measure symbol;
    int32_t power;
    size_t start = reader->i;
    if (!find_symbol(take_symbol(reader), &symbol)) {
        reader->i = start;
        return false;
    }
    if (!take_exponent(reader, &power))
        return false;
    /* The tables' units are small: only a power can fail to fit. */
    return unit_power(&symbol, power, out);
}

static bool take_component(struct reader *reader, struct unit_of_measure *out)
{
    char byte = peek(reader);
    bool is_power_of_ten =
        byte == '1' && reader->i + 2 < reader->t.len &&
        (reader->t.at[reader->i + 2] == '*' || reader->t.at[reader->i + 2] == '^');
    *out = unit_one();
    if (byte == '{')
        return take_annotation(reader, out);
    if (byte == '(') {
        reader->i++;
        if (reader->depth++ >= PARENTHESES || !take_term(reader, out) ||
            peek(reader) != ')')
            return false;
        reader->i++;
        reader->depth--;
        return take_annotation(reader, out);
    }
    bool is_ok = is_digit(byte) && !is_power_of_ten ? take_number(reader, out)
                                                    : take_simple(reader, out);
    return is_ok && take_annotation(reader, out);
}

static bool take_term(struct reader *reader, struct unit_of_measure *out)
{
    *out = unit_one();
    int sign = 1;
    if (peek(reader) == '/') {
        reader->i++;
        sign = -1;
    }
    for (;;) {
        struct unit_of_measure component;
        if (!take_component(reader, &component) ||
            !unit_multiply(out, &component, sign, out))
            return false;
        char byte = peek(reader);
        if (byte != '.' && byte != '/')
            return true;
        sign = byte == '/' ? -1 : 1;
        reader->i++;
    }
}

bool unit_parse(struct text code, struct unit_of_measure *out, size_t *at)
{
    struct reader reader = {.t = code};
    struct unit_of_measure made;
    bool is_ok = code.len > 0 && take_term(&reader, &made) && reader.i == code.len;
    if (is_ok) {
        *out = made;
        out->code = code;
    } else if (at != NULL) {
        *at = reader.i;
    }
    return is_ok;
}
