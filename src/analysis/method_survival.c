/* Kaplan–Meier of a time and an event of the dataset. */
#include "analysis/method.h"
#include "stats/order.h"
#include "stats/survival.h"

#include <math.h>

enum { QUARTILES = 3 };
static const double quartiles[QUARTILES] = {0.25, 0.5, 0.75};

struct followed {
    double *times;
    bool *is_event;
    size_t *rows; /* of the dataset */
    size_t count;
};

/* "horizon": who stays longer is censored there. */
static struct followed read_times(const struct method_call *call)
{
    size_t most = call->part->row_count;
    struct followed found = {ARENA_ARRAY(call->arena, double, most),
                             ARENA_ARRAY(call->arena, bool, most),
                             ARENA_ARRAY(call->arena, size_t, most), 0};
    const struct column *time = method_column(call, "time");
    const struct column *event = method_column(call, "event");
    size_t horizons = 0;
    const double *horizon = method_numbers(call, "horizon", &horizons);
    for (size_t i = 0; i < call->part->row_count; i++) {
        size_t row = call->part->rows[i];
        if (!cell_has_value(time, row) || time->numbers[row] < 0 ||
            !cell_has_value(event, row))
            continue;
        bool is_beyond = horizons > 0 && time->numbers[row] > horizon[0];
        found.times[found.count] = is_beyond ? horizon[0] : time->numbers[row];
        found.is_event[found.count] = cell_is_yes(event, row) && !is_beyond;
        found.rows[found.count++] = row;
    }
    return found;
}

static void give_at(const struct method_call *call, const struct survival_curve *curve)
{
    size_t count = 0;
    const double *at = method_numbers(call, "at", &count);
    for (size_t i = 0; i < count; i++) {
        struct survival_at found;
        survival_at(curve, at[i], SURVIVAL_LOG_LOG, call->plan->level, &found);
        method_give(call, found.survival, "surv.t%.15g", at[i]);
        method_give(call, found.error, "surv.t%.15g.se", at[i]);
        method_give(call, found.interval.lower, "surv.t%.15g.lower", at[i]);
        method_give(call, found.interval.upper, "surv.t%.15g.upper", at[i]);
        method_give(call, estimate_of((double)found.at_risk), "nrisk.t%.15g", at[i]);
    }
}

/* A point for each time at which somebody left, with those who did. */
static void give_curve(const struct method_call *call, const struct followed *followed,
                       const struct survival_curve *curve)
{
    const uint32_t *order = order_rising(followed->times, followed->count, call->arena);
    size_t *rows = ARENA_ARRAY(call->arena, size_t, followed->count);
    struct result_point *points =
        ARENA_ARRAY(call->arena, struct result_point, curve->step_count);
    size_t at = 0;
    for (size_t i = 0; i < curve->step_count; i++) {
        const struct survival_step *step = &curve->steps[i];
        struct survival_at found;
        survival_at(curve, step->time, SURVIVAL_LOG_LOG, call->plan->level, &found);
        points[i] = (struct result_point){.x = step->time,
                                          .estimate = found.survival,
                                          .interval = found.interval,
                                          .at_risk = step->at_risk,
                                          .events = step->events,
                                          .censored = step->censored,
                                          .rows = &rows[at],
                                          .row_count = step->events + step->censored};
        for (size_t k = 0; k < points[i].row_count; k++, at++)
            rows[at] = followed->rows[order[at]];
    }
    method_give_series(
        call, (struct result_series){TEXT("survival"), points, curve->step_count});
}

void method_survival(const struct method_call *call)
{
    struct followed followed = read_times(call);
    struct survival_curve *curve;
    bool is_fit =
        survival_fit(&(struct survival_input){followed.times, followed.is_event,
                                              followed.count, NULL},
                     call->arena, &curve);
    ASSERT(is_fit); /* no time is negative */
    call->part->missing = call->part->row_count - followed.count;
    method_give_count(call, followed.count, "n");
    method_give_count(call, curve->events, "events");
    give_at(call, curve);
    give_curve(call, &followed, curve);
    for (size_t i = 0; i < QUARTILES; i++) {
        struct survival_quantile found;
        survival_quantile(curve, quartiles[i], SURVIVAL_LOG_LOG, call->plan->level,
                          &found);
        method_give(call, found.time, "q%.0f", 100 * quartiles[i]);
        method_give(call, found.interval.lower, "q%.0f.lower", 100 * quartiles[i]);
        method_give(call, found.interval.upper, "q%.0f.upper", 100 * quartiles[i]);
    }
}
