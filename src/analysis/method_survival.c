/* Kaplan–Meier of a time and an event of the dataset. */
#include "analysis/method.h"
#include "stats/survival.h"

#include <math.h>

enum { QUARTILES = 3 };
static const double quartiles[QUARTILES] = {0.25, 0.5, 0.75};

/* "horizon": who stays longer is censored there. */
static size_t read_times(const struct method_call *call, double *times, bool *is_event)
{
    const struct column *time = method_column(call, "time");
    const struct column *event = method_column(call, "event");
    size_t horizons = 0, count = 0;
    const double *horizon = method_numbers(call, "horizon", &horizons);
    for (size_t i = 0; i < call->part->row_count; i++) {
        size_t row = call->part->rows[i];
        if (!cell_has_value(time, row) || time->numbers[row] < 0 ||
            !cell_has_value(event, row))
            continue;
        bool is_beyond = horizons > 0 && time->numbers[row] > horizon[0];
        times[count] = is_beyond ? horizon[0] : time->numbers[row];
        is_event[count++] = cell_is_yes(event, row) && !is_beyond;
    }
    return count;
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

void method_survival(const struct method_call *call)
{
    double *times = ARENA_ARRAY(call->arena, double, call->part->row_count);
    bool *is_event = ARENA_ARRAY(call->arena, bool, call->part->row_count);
    size_t count = read_times(call, times, is_event);
    struct survival_curve *curve;
    bool is_fit = survival_fit(&(struct survival_input){times, is_event, count, NULL},
                               call->arena, &curve);
    ASSERT(is_fit); /* no time is negative */
    call->part->missing = call->part->row_count - count;
    method_give_count(call, count, "n");
    method_give_count(call, curve->events, "events");
    give_at(call, curve);
    for (size_t i = 0; i < QUARTILES; i++) {
        struct survival_quantile found;
        survival_quantile(curve, quartiles[i], SURVIVAL_LOG_LOG, call->plan->level,
                          &found);
        method_give(call, found.time, "q%.0f", 100 * quartiles[i]);
        method_give(call, found.interval.lower, "q%.0f.lower", 100 * quartiles[i]);
        method_give(call, found.interval.upper, "q%.0f.upper", 100 * quartiles[i]);
    }
}
