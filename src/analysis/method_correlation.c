/* How two variables go together; what adjusting for one saves of the variance of the other. */
#include "analysis/method.h"
#include "stats/correlation.h"

void method_correlation(const struct method_call *call)
{
    struct method_columns columns = {.count = 0};
    method_want(call, "x", &columns);
    method_want(call, "y", &columns);
    struct method_rows rows = method_complete(call, &columns);
    const double *x = method_values(call, columns.at[0], rows);
    const double *y = method_values(call, columns.at[1], rows);
    struct correlation pearson, spearman;
    correlation_pearson(x, y, rows.count, call->plan->level, &pearson);
    correlation_spearman(x, y, rows.count, call->plan->level, call->arena, &spearman);
    method_give_count(call, rows.count, "n");
    method_give_bounded(call, pearson.r, pearson.interval, "pearson");
    method_give(call, pearson.p, "pearson.p");
    method_give(call, spearman.r, "spearman");
    method_give(call,
                is_estimated(pearson.r)
                    ? estimate_of(1 - pearson.r.value * pearson.r.value)
                    : pearson.r,
                "ancova_factor");
}
