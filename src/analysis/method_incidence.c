/* Cumulative incidence of an event beside one that competes with it (E12, E13): death is no
 * censoring of a complication or a removal. */
#include "analysis/method.h"
#include "stats/incidence.h"
#include "stats/order.h"

#include <math.h>

enum { CENSORED, EVENT, COMPETING };

struct course {
    double *times;
    uint32_t *causes;
    size_t *rows; /* of the dataset */
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
        .causes = ARENA_ARRAY(call->arena, uint32_t, call->part->row_count),
        .rows = ARENA_ARRAY(call->arena, size_t, call->part->row_count)};
    for (size_t i = 0; i < call->part->row_count; i++) {
        size_t row = call->part->rows[i];
        if (!cell_has_value(time, row) || time->numbers[row] < 0)
            continue;
        uint32_t cause = cell_is_yes(event, row)       ? EVENT
                         : cell_is_yes(competing, row) ? COMPETING
                                                       : CENSORED;
        bool is_beyond = time->numbers[row] > horizon;
        course.rows[course.count] = row;
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

/* A point for each time at which somebody left, with those who had this cause there or were
 * censored; those of the other cause are only no longer at risk. */
static void give_curve(const struct method_call *call, const struct course *course,
                       const struct incidence_curve *curve, uint32_t cause)
{
    const uint32_t *order = order_rising(course->times, course->count, call->arena);
    struct result_point *points =
        ARENA_ARRAY(call->arena, struct result_point, course->count);
    size_t *rows = ARENA_ARRAY(call->kept, size_t, course->count);
    size_t count = 0, named = 0;
    for (size_t first = 0, end; first < course->count; first = end) {
        struct incidence_at found;
        double time = course->times[order[first]];
        incidence_at(curve, time, call->plan->level, &found);
        struct result_point *point = &points[count++];
        *point = (struct result_point){.x = time,
                                       .estimate = found.incidence,
                                       .interval = found.interval,
                                       .at_risk = course->count - first,
                                       .rows = &rows[named]};
        for (end = first; end < course->count && course->times[order[end]] == time;
             end++) {
            uint32_t own = course->causes[order[end]];
            point->events += own == cause;
            point->censored += own == CENSORED;
            if (own == cause || own == CENSORED)
                rows[named++] = course->rows[order[end]];
        }
        point->row_count = (size_t)(&rows[named] - point->rows);
    }
    method_give_series(call, (struct result_series){cause == EVENT ? TEXT("incidence")
                                                                   : TEXT("competing"),
                                                    points, count});
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
        give_curve(call, &course, curve, cause);
    }
}
