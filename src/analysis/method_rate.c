/* Events over an exposure: per 100 needle-hours, per month. */
#include "analysis/method.h"
#include "stats/poisson.h"

#include <math.h>

static struct estimate times(struct estimate estimate, double factor)
{
    return is_estimated(estimate) ? estimate_of(estimate.value * factor) : estimate;
}

static void give(const struct method_call *call, struct interval interval, double per,
                 const char *name)
{
    method_give_interval(
        call, (struct interval){times(interval.lower, per), times(interval.upper, per)},
        name);
}

/* "per": the rate is of so many units of the exposure. "take": "longest": the exposures are
 * not added, the longest is that of all together (a calendar). */
void method_rate(const struct method_call *call)
{
    struct method_columns columns = {.count = 0};
    method_want(call, "events", &columns);
    method_want(call, "exposure", &columns);
    struct method_rows rows = method_complete(call, &columns);
    bool is_longest = method_says(call, "take", "longest");
    double events = 0, exposure = 0, per = method_number(call, "per", 1);
    for (size_t i = 0; i < rows.count; i++) {
        double own = columns.at[1]->numbers[rows.at[i]];
        events += columns.at[0]->numbers[rows.at[i]];
        exposure = is_longest ? fmax(exposure, own) : exposure + own;
    }
    struct poisson_rate found;
    poisson_rate(&(struct poisson_sample){(int64_t)events, exposure}, (double)NAN,
                 call->plan->level, &found);
    method_give_count(call, rows.count, "n");
    method_give_count(call, (size_t)events, "events");
    method_give(call, estimate_of(exposure), "exposure");
    method_give(call, times(found.rate, per), "rate");
    give(call, found.exact, per, "rate");
    give(call, found.midp, per, "midp");
}
