/* What a variable's numbers are like. */
#include "analysis/method.h"
#include "stats/summary.h"

#include <math.h>

static void give_quartiles(const struct method_call *call, const struct sample *sample)
{
    method_give(call, sample_quantile(sample, 0.25, 7), "q25");
    method_give(call, sample_quantile(sample, 0.5, 7), "median");
    method_give(call, sample_quantile(sample, 0.75, 7), "q75");
}

/* --- worst ranks ------------------------------------------------------------------------- */

/* A quantile of type 7 whose place is among those without a value. */
static struct estimate ranked(const struct sample *sample, size_t worst, double p)
{
    double place = p * (double)(worst + sample->count - 1);
    if (floor(place) < (double)worst)
        return not_estimable("it lies among those who died before they were measured");
    double own = (place - (double)worst) / fmax((double)sample->count - 1, 1);
    return sample_quantile(sample, own, 7);
}

/* Those without a value of whom "worst" says yes stand below everybody: death is not missing
 * data (specification 5, rule 3). */
static void give_ranked(const struct method_call *call, const struct sample *sample)
{
    const struct column *value = method_column(call, "value");
    const struct column *worst = method_column(call, "worst");
    size_t count = 0;
    for (size_t i = 0; i < call->part->row_count; i++) {
        size_t row = call->part->rows[i];
        count += !cell_has_value(value, row) && cell_is_yes(worst, row);
    }
    call->part->missing -= count;
    method_give_count(call, sample->count + count, "n");
    method_give_count(call, count, "worst");
    if (sample->count == 0) {
        method_give(call, not_estimable("there is no value"), "median");
        return;
    }
    method_give(call, ranked(sample, count, 0.25), "q25");
    method_give(call, ranked(sample, count, 0.5), "median");
    method_give(call, ranked(sample, count, 0.75), "q75");
}

/* --- all -------------------------------------------------------------------------------- */

/* Mean and deviation of the logarithms: what plans a trial of a time. */
static void give_logarithms(const struct method_call *call, const double *values,
                            size_t count)
{
    double *logs = ARENA_ARRAY(call->arena, double, count);
    for (size_t i = 0; i < count; i++) {
        if (values[i] <= 0) {
            method_give(call,
                        not_estimable("a value is not above 0: it has no logarithm"),
                        "log.mean");
            return;
        }
        logs[i] = log(values[i]);
    }
    struct sample *sample = sample_sort(logs, count, call->arena);
    struct summary found;
    sample_summary(sample, call->plan->level, call->arena, &found);
    method_give(call, found.mean, "log.mean");
    method_give(call, found.sd, "log.sd");
}

void method_summary(const struct method_call *call)
{
    struct method_columns columns = {.count = 0};
    method_want(call, "value", &columns);
    struct method_rows rows = method_complete(call, &columns);
    const double *values = method_values(call, columns.at[0], rows);
    struct sample *sample = sample_sort(values, rows.count, call->arena);
    ASSERT(sample != NULL); /* cells are finite */
    if (method_column(call, "worst") != NULL) {
        give_ranked(call, sample);
        return;
    }
    struct summary found;
    sample_summary(sample, call->plan->level, call->arena, &found);
    method_give_count(call, rows.count, "n");
    method_give(call, found.mean, "mean");
    method_give(call, found.sd, "sd");
    method_give_interval(call, found.mean_interval, "mean");
    method_give(call, found.minimum, "min");
    give_quartiles(call, sample);
    method_give(call, found.maximum, "max");
    method_give(call, found.geometric_mean, "geomean");
    method_give_interval(call, found.geometric_interval, "geomean");
    if (method_says(call, "log", "yes"))
        give_logarithms(call, values, rows.count);
}
