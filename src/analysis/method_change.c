/* A paired change: its mean, its median, and Hodges and Lehmann's shift. */
#include "analysis/method.h"
#include "stats/median.h"
#include "stats/rank_test.h"
#include "stats/t_test.h"

#include <math.h>

/* The values are differences; "log": "yes": of logarithms, so that ratios are told too. */
void method_change(const struct method_call *call)
{
    struct method_columns columns = {.count = 0};
    method_want(call, "value", &columns);
    struct method_rows rows = method_complete(call, &columns);
    const double *values = method_values(call, columns.at[0], rows);
    struct moments moments = moments_of(values, rows.count);
    struct t_test mean;
    t_test_one(&moments, 0, call->plan->level, &mean);
    struct rank_options options = {.level = call->plan->level};
    struct rank_test ranks;
    signed_rank_test(values, rows.count, &options, call->arena, &ranks);
    struct median median;
    median_estimate(sample_sort(values, rows.count, call->arena), call->plan->level,
                    &median);
    method_give_count(call, rows.count, "n");
    method_give_bounded(call, mean.estimate, mean.interval, "mean");
    method_give(call,
                rows.count < 2 ? not_estimable("it needs two values")
                               : estimate_of(sqrt(moments.variance)),
                "sd");
    method_give(call, mean.p, "t.p");
    method_give_bounded(call, median.median, median.interval, "median");
    method_give_bounded(call, ranks.shift, ranks.interval, "hodges_lehmann");
    method_give(call, ranks.p, "signed_rank.p");
    if (method_says(call, "log", "yes"))
        method_give_ratio(call, mean.estimate, mean.interval, "ratio");
}
