/* Kaplan–Meier of a time and an event of the dataset; how long people were followed. */
#include "analysis/method_times.h"
#include "stats/order.h"

enum { QUARTILES = 3 };
static const double quartiles[QUARTILES] = {0.25, 0.5, 0.75};

struct method_times method_times(const struct method_call *call,
                                 const struct column *by)
{
    const struct column *time = method_column(call, "time");
    const struct column *event = method_column(call, "event");
    double horizon = method_number(call, "horizon", (double)INFINITY);
    size_t *rows = ARENA_ARRAY(call->arena, size_t, call->part->row_count);
    struct method_times found = {
        .times = ARENA_ARRAY(call->arena, double, call->part->row_count),
        .is_event = ARENA_ARRAY(call->arena, bool, call->part->row_count),
        .rows = {.at = rows}};
    for (size_t i = 0; i < call->part->row_count; i++) {
        size_t row = call->part->rows[i], count = found.rows.count;
        if (!cell_has_value(time, row) || time->numbers[row] < 0 ||
            !cell_has_value(event, row) || (by != NULL && !cell_has_value(by, row)))
            continue;
        bool is_beyond = time->numbers[row] > horizon;
        found.times[count] = is_beyond ? horizon : time->numbers[row];
        found.is_event[count] = cell_is_yes(event, row) && !is_beyond;
        rows[found.rows.count++] = row;
    }
    call->part->missing = call->part->row_count - found.rows.count;
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

static void give_quartiles(const struct method_call *call,
                           const struct survival_curve *curve)
{
    for (size_t i = 0; i < QUARTILES; i++) {
        struct survival_quantile found;
        survival_quantile(curve, quartiles[i], SURVIVAL_LOG_LOG, call->plan->level,
                          &found);
        method_give(call, found.time, "q%.0f", 100 * quartiles[i]);
        method_give(call, found.interval.lower, "q%.0f.lower", 100 * quartiles[i]);
        method_give(call, found.interval.upper, "q%.0f.upper", 100 * quartiles[i]);
    }
}

/* "tau": the restricted mean up to there. */
static void give_mean(const struct method_call *call,
                      const struct survival_curve *curve)
{
    double tau = method_number(call, "tau", 0);
    struct estimate mean, error;
    if (tau <= 0)
        return;
    survival_restricted_mean(curve, tau, &mean, &error);
    method_give(call, mean, "rmst");
    method_give(call, error, "rmst.se");
}

/* A point for each time at which somebody left, with those who did. */
static void give_curve(const struct method_call *call,
                       const struct method_times *followed,
                       const struct survival_curve *curve)
{
    const uint32_t *order =
        order_rising(followed->times, followed->rows.count, call->arena);
    size_t *rows = ARENA_ARRAY(call->kept, size_t, followed->rows.count);
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
            rows[at] = followed->rows.at[order[at]];
    }
    method_give_series(
        call, (struct result_series){TEXT("survival"), points, curve->step_count});
}

void method_survival(const struct method_call *call)
{
    struct method_times found = method_times(call, NULL);
    struct survival_curve *curve;
    bool is_fit = survival_fit(
        &(struct survival_input){found.times, found.is_event, found.rows.count, NULL},
        call->arena, &curve);
    ASSERT(is_fit); /* no time is negative */
    method_give_count(call, found.rows.count, "n");
    method_give_count(call, curve->events, "events");
    give_at(call, curve);
    give_quartiles(call, curve);
    give_mean(call, curve);
    give_curve(call, &found, curve);
}

void method_follow_up(const struct method_call *call)
{
    struct method_times found = method_times(call, NULL);
    struct survival_curve *curve;
    bool is_fit = survival_follow_up(
        &(struct survival_input){found.times, found.is_event, found.rows.count, NULL},
        call->arena, &curve);
    ASSERT(is_fit);
    method_give_count(call, found.rows.count, "n");
    method_give_count(call, curve->events, "censored");
    give_quartiles(call, curve);
}
