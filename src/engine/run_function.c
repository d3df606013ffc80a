/* Functions of numbers, and which file has the others. */
#include "engine/function.h"
#include "engine/real.h"
#include "engine/run_parts.h"

#include <string.h>

/* ---- rounding ---- */

/* 10^18 is out of reach: the quotient of magnitudes below it by a power of ten. */
static struct datum round_exact(struct run *run, int function, struct datum a,
                                int32_t decimals)
{
    struct decimal value = datum_decimal(a), rounded;
    if (decimal_round(value, decimals, &rounded) != DECIMAL_OK)
        return run_fault(run, FAULT_OVERFLOW);
    int order = decimal_compare(rounded, value);
    if (function == FUNCTION_FLOOR && order > 0)
        rounded.coefficient--;
    if (function == FUNCTION_CEILING && order < 0)
        rounded.coefficient++;
    return datum_number(rounded);
}

static struct datum run_round(struct run *run, int function, struct datum a,
                              int32_t decimals)
{
    if (a.kind == DATUM_REAL) {
        struct decimal exact;
        /* Down and up also start from the 15 digits: 2.9999999999999996 is 3. */
        int32_t digits = function == FUNCTION_ROUND ? decimals : 12;
        if (!real_round(a.as.real, digits, &exact) &&
            !real_round(a.as.real, decimals, &exact))
            return run_fault(run, FAULT_OVERFLOW);
        a = datum_number(exact);
    }
    if (a.kind != DATUM_NUMBER)
        return datum_of_kind(DATUM_EMPTY);
    if (a.detail != PACE_NONE)
        run_wake_soon(run);
    return round_exact(run, function, a, decimals);
}

/* ---- one of several ---- */

/* Below, at, above: by value; moments by their first instant. */
static int order_of(struct datum a, struct datum b)
{
    if (a.kind == DATUM_NUMBER)
        return number_order(a, b);
    if (a.kind == DATUM_REAL)
        return (a.as.real > b.as.real) - (a.as.real < b.as.real);
    return (a.as.coefficient > b.as.coefficient) -
           (a.as.coefficient < b.as.coefficient);
}

/* All must be there: the least of something unknown is unknown. */
static struct datum extreme(struct run *run, int function,
                            const struct datum *arguments, int32_t count)
{
    int wanted = function == FUNCTION_MIN ? -1 : 1;
    struct datum best = arguments[0];
    for (int32_t i = 0; i < count; i++) {
        if (arguments[i].kind != best.kind || !datum_has_value(best))
            return datum_of_kind(DATUM_EMPTY);
        if (pace_of(arguments[i]) != PACE_NONE)
            run_wake_soon(run);
        if (order_of(arguments[i], best) == wanted)
            best = arguments[i];
    }
    return best;
}

static struct datum absolute(struct run *run, struct datum a)
{
    if (a.kind == DATUM_REAL)
        return a.as.real < 0 ? datum_real(-a.as.real) : a;
    if (a.kind != DATUM_NUMBER)
        return datum_of_kind(DATUM_EMPTY);
    if (a.detail != PACE_NONE)
        run_wake_soon(run);
    a.detail = PACE_NONE;
    if (a.as.coefficient < 0)
        a.as.coefficient = -a.as.coefficient;
    return a;
}

static struct datum real_function(int function, const struct datum *arguments)
{
    if (arguments[0].kind != DATUM_REAL ||
        (function == FUNCTION_POWER && arguments[1].kind != DATUM_REAL))
        return datum_of_kind(DATUM_EMPTY);
    double x = arguments[0].as.real;
    double result = function == FUNCTION_EXP     ? real_exp(x)
                    : function == FUNCTION_LN    ? real_log(x)
                    : function == FUNCTION_LOG10 ? real_log10(x)
                    : function == FUNCTION_SQRT  ? real_sqrt(x)
                                                 : real_power(x, arguments[1].as.real);
    return real_is_finite(result) ? datum_real(result) : datum_of_kind(DATUM_EMPTY);
}

/* ---- a text of any value ---- */

static struct datum text_of_datum(struct run *run, struct datum d)
{
    char printed[MOMENT_TEXT_SIZE]; /* a number needs less */
    struct text t = {.at = printed};
    static const char *const truths[] = {"no", "yes"};
    switch (d.kind) {
    case DATUM_TEXT: return d;
    case DATUM_NUMBER: t.len = decimal_print(datum_decimal(d), printed); break;
    case DATUM_MOMENT: {
        struct moment moment = datum_to_moment(d, run->world->offset_minutes);
        t.len = moment_print(&moment, printed);
        break;
    }
    case DATUM_TRUTH:
        if (d.as.coefficient == TRUTH_UNKNOWN)
            return datum_of_kind(DATUM_EMPTY);
        return datum_text(text_of(truths[d.as.coefficient]));
    default: return datum_of_kind(DATUM_EMPTY);
    }
    if (pace_of(d) != PACE_NONE)
        run_wake_soon(run);
    char *room = run_text_room(run, t.len);
    if (room == NULL)
        return datum_of_kind(DATUM_EMPTY);
    memcpy(room, printed, t.len);
    t.at = room;
    return datum_text(t);
}

struct datum run_call(struct run *run, const struct instruction *instruction,
                      const struct datum *arguments)
{
    int function = instruction->which;
    switch (function) {
    case FUNCTION_ROUND:
    case FUNCTION_FLOOR:
    case FUNCTION_CEILING:
        return run_round(run, function, arguments[0], instruction->b);
    case FUNCTION_ABS: return absolute(run, arguments[0]);
    case FUNCTION_MIN:
    case FUNCTION_MAX: return extreme(run, function, arguments, instruction->a);
    case FUNCTION_EXP:
    case FUNCTION_LN:
    case FUNCTION_LOG10:
    case FUNCTION_SQRT:
    case FUNCTION_POWER: return real_function(function, arguments);
    case FUNCTION_YEARS:
    case FUNCTION_MONTHS:
    case FUNCTION_DATE:
    case FUNCTION_BEGINNING:
    case FUNCTION_COMPLETE:
    case FUNCTION_PRECISION: return run_moment_function(run, function, arguments);
    case FUNCTION_TEXT: return text_of_datum(run, arguments[0]);
    case FUNCTION_SIZE:
    case FUNCTION_ONLY:
    case FUNCTION_ORDER:
        return run_codes_function(run, function, instruction->b, arguments,
                                  instruction->a);
    default: return run_text_function(run, function, arguments);
    }
}
