/* Exact and approximate numbers. An operand that is no number makes the result empty. */
#include "engine/real.h"
#include "engine/run_parts.h"

struct datum run_fault(struct run *run, enum datum_fault fault)
{
    if (run->fault == 0)
        run->fault = (int)fault;
    return datum_of_kind(DATUM_EMPTY);
}

static bool are_numbers(struct datum a, struct datum b)
{
    return a.kind == DATUM_NUMBER && b.kind == DATUM_NUMBER;
}

static struct datum exact(struct run *run, enum decimal_fault fault,
                          struct decimal value)
{
    return fault == DECIMAL_OK ? datum_number(value) : run_fault(run, FAULT_OVERFLOW);
}

/* Both running together with now keep their distance; else a sum runs as the one of its
 * parts that does. */
static uint8_t pace_of_sum(struct run *run, int a, int b)
{
    if (a == PACE_NONE || b == PACE_NONE)
        return (uint8_t)(a + b);
    if (a != b)
        return PACE_NONE;
    run_wake_soon(run);
    return PACE_NONE;
}

static int opposite(int pace)
{
    return pace == PACE_FORWARD    ? PACE_BACKWARD
           : pace == PACE_BACKWARD ? PACE_FORWARD
                                   : pace;
}

struct datum run_add(struct run *run, struct datum a, struct datum b)
{
    struct decimal sum = {0};
    if (!are_numbers(a, b))
        return datum_of_kind(DATUM_EMPTY);
    struct datum result =
        exact(run, decimal_add(datum_decimal(a), datum_decimal(b), &sum), sum);
    if ((a.detail | b.detail) != PACE_NONE)
        result.detail = pace_of_sum(run, a.detail, b.detail);
    return result;
}

struct datum run_negate(struct datum a)
{
    if (a.kind == DATUM_REAL)
        return datum_real(-a.as.real);
    if (a.kind != DATUM_NUMBER)
        return datum_of_kind(DATUM_EMPTY);
    a.as.coefficient = -a.as.coefficient;
    a.detail = (uint8_t)opposite(a.detail);
    return a;
}

struct datum run_subtract(struct run *run, struct datum a, struct datum b)
{
    return run_add(run, a, run_negate(b));
}

struct datum run_multiply(struct run *run, struct datum a, struct datum b)
{
    struct decimal product = {0};
    if (!are_numbers(a, b))
        return datum_of_kind(DATUM_EMPTY);
    if ((a.detail | b.detail) != PACE_NONE)
        run_wake_soon(run);
    return exact(run, decimal_multiply(datum_decimal(a), datum_decimal(b), &product),
                 product);
}

struct datum run_power(struct run *run, struct datum a, int32_t exponent)
{
    struct datum power = datum_whole(1);
    if (a.kind == DATUM_REAL)
        return datum_real(real_power(a.as.real, exponent));
    for (int32_t i = 0; i < exponent; i++)
        power = run_multiply(run, power, a);
    return a.kind == DATUM_NUMBER ? power : datum_of_kind(DATUM_EMPTY);
}

struct datum run_real(struct run *run, struct datum a)
{
    if (a.kind != DATUM_NUMBER)
        return a.kind == DATUM_REAL ? a : datum_of_kind(DATUM_EMPTY);
    if (a.detail != PACE_NONE)
        run_wake_soon(run);
    return datum_real(real_of_decimal(datum_decimal(a)));
}

/* Division by zero and all that is not finite has no value. */
struct datum run_real_binary(int op, struct datum a, struct datum b)
{
    if (a.kind != DATUM_REAL || b.kind != DATUM_REAL)
        return datum_of_kind(DATUM_EMPTY);
    double x = a.as.real, y = b.as.real;
    double result = op == OP_REAL_ADD        ? x + y
                    : op == OP_REAL_SUBTRACT ? x - y
                    : op == OP_REAL_MULTIPLY ? x * y
                    : y == 0                 ? 0
                                             : x / y;
    bool has_value = real_is_finite(result) && !(op == OP_REAL_DIVIDE && y == 0);
    return has_value ? datum_real(result) : datum_of_kind(DATUM_EMPTY);
}

/* ---- comparisons with a time that runs ---- */

/* Microseconds until `a`, running with or against now, reaches `b`; false when never. Up
 * to the next whole one: seconds with more than six decimals are met a little late. */
static bool time_until_equal(struct datum a, struct datum b, int64_t *out)
{
    struct decimal distance = {0}, micros = {0};
    if (decimal_subtract(datum_decimal(b), datum_decimal(a), &distance) != DECIMAL_OK)
        return false;
    if (a.detail == PACE_BACKWARD)
        distance.coefficient = -distance.coefficient;
    if (distance.coefficient < 0 ||
        decimal_multiply(distance, decimal_of(1000000), &micros) != DECIMAL_OK)
        return false;
    int64_t whole = micros.coefficient;
    bool has_rest = false;
    for (; micros.scale > 0; micros.scale--) {
        has_rest = has_rest || whole % 10 != 0;
        whole /= 10;
    }
    *out = whole + has_rest;
    return true;
}

struct datum run_compare_number(struct run *run, int comparison, struct datum a,
                                struct datum b)
{
    int holds = comparison_holds(comparison, number_order(a, b));
    if (a.detail != PACE_NONE && b.detail != PACE_NONE) {
        if (a.detail != b.detail)
            run_wake_soon(run);
        return datum_truth(holds);
    }
    int64_t until;
    bool is_left = a.detail != PACE_NONE;
    int pace = is_left ? a.detail : opposite(b.detail);
    if (!time_until_equal(is_left ? a : b, is_left ? b : a, &until))
        return datum_truth(holds);
    int64_t now = run->world->now;
    /* It holds differently at the moment of being equal, or just after. */
    if (comparison_holds(comparison, 0) != holds)
        run_wake(run, now + until);
    else if (comparison_holds(comparison, pace == PACE_FORWARD ? 1 : -1) != holds)
        run_wake(run, now + until + 1);
    return datum_truth(holds);
}
