/* Dates and times, whole and partial. */
#include "engine/function.h"
#include "engine/run_parts.h"

#define MICROSECONDS_A_SECOND INT64_C(1000000)
#define MICROSECONDS_A_MINUTE (60 * MICROSECONDS_A_SECOND)
#define MICROSECONDS_A_DAY    (1440 * MICROSECONDS_A_MINUTE)

struct datum run_now(struct run *run)
{
    struct datum now = datum_instant(run->world->now, run->world->offset_minutes);
    now.scale = PACE_FORWARD;
    return now;
}

/* The day of a moment as its clock showed it. */
static struct datum day_of(const struct run *run, struct datum d)
{
    struct moment moment = datum_to_moment(d, run->world->offset_minutes);
    moment.precision = d.detail < MOMENT_DAY ? d.detail : MOMENT_DAY;
    moment.has_offset = false;
    return datum_moment(&moment, run->world->offset_minutes);
}

struct datum run_today(struct run *run)
{
    run_wake_tomorrow(run);
    return day_of(run, datum_instant(run->world->now, run->world->offset_minutes));
}

struct datum run_local_moment(const struct run *run, struct datum literal)
{
    literal.as.coefficient -= run->world->offset_minutes * MICROSECONDS_A_MINUTE;
    return literal;
}

/* ---- order ---- */

/* Of the same precision from the day on: as written. Else by the instants both can mean:
 * undecided where these overlap. */
static int compare_spans(const struct run *run, int comparison, struct datum a,
                         struct datum b)
{
    int64_t a_first = a.as.coefficient, b_first = b.as.coefficient;
    if (a.detail == b.detail && a.detail >= MOMENT_DAY)
        return comparison_holds(comparison, (a_first > b_first) - (a_first < b_first));
    int64_t a_last = datum_last_instant(a, run->world->offset_minutes);
    int64_t b_last = datum_last_instant(b, run->world->offset_minutes);
    int least = a_first < b_last ? -1 : a_first > b_last;
    int most = a_last < b_first ? -1 : a_last > b_first;
    int low = comparison_holds(comparison, least);
    int high = comparison_holds(comparison, most);
    /* Between below and above lies equal. */
    bool is_settled = low == high && (least == most || least + most != 0 ||
                                      comparison_holds(comparison, 0) == low);
    return is_settled ? low : TRUTH_UNKNOWN;
}

/* The instants around which a comparison of now with a moment can turn. */
static void wake_at_edges(struct run *run, int comparison, struct datum a,
                          struct datum b, int truth)
{
    bool is_left = a.scale != PACE_NONE;
    struct datum fixed = is_left ? b : a;
    struct datum *moving = is_left ? &a : &b;
    int64_t now = run->world->now, shift = moving->as.coefficient - now;
    int64_t first = fixed.as.coefficient;
    int64_t last = datum_last_instant(fixed, run->world->offset_minutes);
    int64_t edges[] = {first, first + 1, last, last + 1};
    for (size_t i = 0; i < ARRAY_COUNT(edges); i++) {
        int64_t at = edges[i] - shift;
        if (at <= now)
            continue;
        moving->as.coefficient = edges[i];
        if (compare_spans(run, comparison, a, b) == truth)
            continue;
        run_wake(run, at);
        return;
    }
}

struct datum run_compare_moment(struct run *run, int comparison, struct datum a,
                                struct datum b)
{
    if (a.kind != DATUM_MOMENT || b.kind != DATUM_MOMENT)
        return datum_truth(TRUTH_UNKNOWN);
    int truth = compare_spans(run, comparison, a, b);
    if ((a.scale != PACE_NONE) != (b.scale != PACE_NONE))
        wake_at_edges(run, comparison, a, b, truth);
    return datum_truth(truth);
}

/* ---- differences and sums ---- */

static struct datum seconds_of(int64_t microseconds)
{
    struct decimal seconds = {.coefficient = microseconds, .scale = 6};
    while (seconds.scale > 0 && seconds.coefficient % 10 == 0) {
        seconds.coefficient /= 10;
        seconds.scale--;
    }
    return datum_number(seconds);
}

struct datum run_moment_minus(struct run *run, struct datum a, struct datum b)
{
    if (a.kind != DATUM_MOMENT || b.kind != DATUM_MOMENT)
        return datum_of_kind(DATUM_EMPTY);
    bool has_time = a.detail >= MOMENT_MINUTE && b.detail >= MOMENT_MINUTE;
    bool are_days = a.detail == MOMENT_DAY && b.detail == MOMENT_DAY;
    int64_t distance;
    if ((!has_time && !are_days) ||
        __builtin_sub_overflow(a.as.coefficient, b.as.coefficient, &distance))
        return datum_of_kind(DATUM_EMPTY);
    if (distance >= INT64_C(1000000000000000000) ||
        distance <= INT64_C(-1000000000000000000))
        return run_fault(run, FAULT_OVERFLOW);
    struct datum seconds = seconds_of(distance);
    int pace = a.scale == b.scale     ? PACE_NONE
               : a.scale != PACE_NONE ? PACE_FORWARD
                                      : PACE_BACKWARD;
    seconds.detail = (uint8_t)pace;
    return seconds;
}

/* False when there are parts of a microsecond that are not zero, or it does not fit. */
static bool microseconds_of(struct datum time, int64_t *out)
{
    struct decimal micros;
    if (decimal_multiply(datum_decimal(time), decimal_of(1000000), &micros) !=
        DECIMAL_OK)
        return false;
    for (; micros.scale > 0; micros.scale--) {
        if (micros.coefficient % 10 != 0)
            return false;
        micros.coefficient /= 10;
    }
    *out = micros.coefficient;
    return true;
}

static uint8_t precision_of_sum(uint8_t precision, int64_t microseconds)
{
    if (precision <= MOMENT_MINUTE && microseconds % MICROSECONDS_A_MINUTE == 0)
        return precision;
    if (precision <= MOMENT_SECOND && microseconds % MICROSECONDS_A_SECOND == 0)
        return MOMENT_SECOND;
    return MOMENT_FRACTION;
}

struct datum run_moment_later(struct run *run, struct datum moment, struct datum time,
                              int sign)
{
    int64_t micros = 0, sum;
    if (moment.kind != DATUM_MOMENT || time.kind != DATUM_NUMBER ||
        moment.detail < MOMENT_DAY)
        return datum_of_kind(DATUM_EMPTY);
    if (!microseconds_of(time, &micros) ||
        __builtin_add_overflow(moment.as.coefficient, sign * micros, &sum))
        return run_fault(run, FAULT_OVERFLOW);
    /* A date without time moves by whole days only. */
    if (moment.detail == MOMENT_DAY && micros % MICROSECONDS_A_DAY != 0)
        return datum_of_kind(DATUM_EMPTY);
    if (time.detail != PACE_NONE) {
        run_wake_soon(run);
        moment.scale = PACE_NONE;
    }
    moment.as.coefficient = sum;
    if (moment.detail != MOMENT_DAY)
        moment.detail = precision_of_sum(moment.detail, micros);
    return moment;
}

/* ---- functions ---- */

static struct datum age(struct run *run, int function, struct datum from,
                        struct datum to)
{
    if (from.kind != DATUM_MOMENT || to.kind != DATUM_MOMENT)
        return datum_of_kind(DATUM_EMPTY);
    if (from.scale != PACE_NONE || to.scale != PACE_NONE)
        run_wake_tomorrow(run);
    struct moment first = datum_to_moment(from, run->world->offset_minutes);
    struct moment second = datum_to_moment(to, run->world->offset_minutes);
    int32_t completed = 0;
    bool is_known = function == FUNCTION_YEARS
                        ? moment_completed_years(&first, &second, &completed)
                        : moment_completed_months(&first, &second, &completed);
    return is_known ? datum_whole(completed) : datum_of_kind(DATUM_EMPTY);
}

static struct datum precision_name(struct datum d)
{
    static const char *const names[] = {
        [MOMENT_YEAR] = "year",     [MOMENT_MONTH] = "month",
        [MOMENT_DAY] = "day",       [MOMENT_MINUTE] = "minute",
        [MOMENT_SECOND] = "second", [MOMENT_FRACTION] = "second"};
    return datum_text(text_of(names[d.detail]));
}

struct datum run_moment_function(struct run *run, int function,
                                 const struct datum *arguments)
{
    struct datum d = arguments[0];
    if (function == FUNCTION_YEARS || function == FUNCTION_MONTHS)
        return age(run, function, d, arguments[1]);
    if (d.kind != DATUM_MOMENT)
        return function == FUNCTION_COMPLETE ? datum_truth(TRUTH_UNKNOWN)
                                             : datum_of_kind(DATUM_EMPTY);
    if (function == FUNCTION_COMPLETE)
        return datum_truth(d.detail >= MOMENT_DAY);
    if (function == FUNCTION_BEGINNING) {
        d.detail = d.detail < MOMENT_SECOND ? (uint8_t)MOMENT_SECOND : d.detail;
        return d;
    }
    if (function == FUNCTION_PRECISION)
        return precision_name(d);
    if (d.scale != PACE_NONE)
        run_wake_tomorrow(run);
    return day_of(run, d);
}
