/* Cumulative incidence of an event beside one that competes with it (E12, E13): death is no
 * censoring of a complication or a removal. */
#include "analysis/method.h"
#include "stats/incidence.h"

#include <math.h>

enum { CENSORED, EVENT, COMPETING };

struct course {
    double *times;
    uint32_t *causes;
    size_t count, counts[3];
};

/* Without a time the row is missing; a truth that is not known is no event. Of both at once
 * the event counts. "horizon": who stays longer is censored there. */
static struct course read_course(const struct method_call *call)
{
    const struct column *time = method_column(call, "time");
    const struct column *event = method_column(call, "event");
    const struct column *competing = method_column(call, "competing");
    double horizon = method_number(call, "horizon", (double)INFINITY);
    struct course course = {
        .times = ARENA_ARRAY(call->arena, double, call->part->row_count),
        .causes = ARENA_ARRAY(call->arena, uint32_t, call->part->row_count)};
    for (size_t i = 0; i < call->part->row_count; i++) {
        size_t row = call->part->rows[i];
        if (!cell_has_value(time, row) || time->numbers[row] < 0)
            continue;
        uint32_t cause = cell_is_yes(event, row)       ? EVENT
                         : cell_is_yes(competing, row) ? COMPETING
                                                       : CENSORED;
        bool is_beyond = time->numbers[row] > horizon;
        course.times[course.count] = is_beyond ? horizon : time->numbers[row];
        course.causes[course.count] = is_beyond ? CENSORED : cause;
        course.counts[course.causes[course.count++]]++;
    }
    return course;
}

static void give_at(const struct method_call *call, const struct incidence_curve *curve,
                    const char *name)
{
    size_t count = 0;
    const double *at = method_numbers(call, "at", &count);
    for (size_t i = 0; i < count; i++) {
        struct incidence_at found;
        incidence_at(curve, at[i], call->plan->level, &found);
        struct estimate error = found.aalen_variance;
        if (is_estimated(error))
            error = estimate_of(sqrt(error.value));
        method_give(call, found.incidence, "%s.t%.15g", name, at[i]);
        method_give(call, error, "%s.t%.15g.se", name, at[i]);
        method_give(call, found.interval.lower, "%s.t%.15g.lower", name, at[i]);
        method_give(call, found.interval.upper, "%s.t%.15g.upper", name, at[i]);
    }
}

void method_incidence(const struct method_call *call)
{
    struct course course = read_course(call);
    call->part->missing = call->part->row_count - course.count;
    method_give_count(call, course.count, "n");
    method_give_count(call, course.counts[EVENT], "events");
    method_give_count(call, course.counts[COMPETING], "competing");
    for (uint32_t cause = EVENT; cause <= COMPETING; cause++) {
        struct incidence_input input = {course.times, course.causes, course.count,
                                        cause};
        struct incidence_curve *curve = incidence_fit(&input, call->arena);
        ASSERT(curve != NULL); /* no time is negative */
        give_at(call, curve, cause == EVENT ? "incidence" : "competing");
    }
}
