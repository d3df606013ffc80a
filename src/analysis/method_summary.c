/* What a variable's numbers are like. */
#include "analysis/method.h"
#include "stats/summary.h"

void method_summary(const struct method_call *call)
{
    const struct column *column = method_column(call, "value");
    double *values = ARENA_ARRAY(call->arena, double, call->part->row_count);
    size_t count = 0;
    for (size_t i = 0; i < call->part->row_count; i++)
        if (cell_has_value(column, call->part->rows[i]))
            values[count++] = column->numbers[call->part->rows[i]];
    struct sample *sample = sample_sort(values, count, call->arena);
    ASSERT(sample != NULL); /* cells are finite */
    struct summary found;
    sample_summary(sample, call->plan->level, call->arena, &found);
    call->part->missing = call->part->row_count - count;
    method_give_count(call, count, "n");
    method_give(call, found.mean, "mean");
    method_give(call, found.sd, "sd");
    method_give_interval(call, found.mean_interval, "mean");
    method_give(call, found.minimum, "min");
    method_give(call, sample_quantile(sample, 0.25, 7), "q25");
    method_give(call, sample_quantile(sample, 0.5, 7), "median");
    method_give(call, sample_quantile(sample, 0.75, 7), "q75");
    method_give(call, found.maximum, "max");
    method_give(call, found.geometric_mean, "geomean");
    method_give_interval(call, found.geometric_interval, "geomean");
}
