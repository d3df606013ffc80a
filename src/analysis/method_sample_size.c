/* How many participants a next trial of two proportions needs in each arm. */
#include "analysis/method.h"
#include "stats/planning.h"

#include <math.h>

/* What was seen, unless the plan assumes a number. */
static struct estimate first_proportion(const struct method_call *call)
{
    size_t count = 0;
    const double *assumed = method_numbers(call, "p1", &count);
    const struct column *event = method_column(call, "event");
    if (count > 0)
        return estimate_of(assumed[0]);
    if (event == NULL || call->part->row_count == 0)
        return not_estimable("there is nobody to count");
    size_t events = 0;
    for (size_t i = 0; i < call->part->row_count; i++)
        events += cell_is_yes(event, call->part->rows[i]);
    return estimate_of((double)events / (double)call->part->row_count);
}

static void give_size(const struct method_call *call, struct estimate size,
                      double factor, const char *name)
{
    method_give(call,
                is_estimated(size) ? estimate_of(ceil(size.value * factor)) : size,
                "%s", name);
}

/* "p1", or that of "event"; "p2", or "less": p1 less that; "power", "alpha", "cluster": people
 * of a cluster, "icc": once for each. */
void method_sample_size(const struct method_call *call)
{
    struct estimate p1 = first_proportion(call), size = p1;
    struct plan plan = {.side = method_number(call, "alpha", 0.05) / 2,
                        .power = method_number(call, "power", 0.8),
                        .ratio = 1};
    double p2 = method_number(call, "p2", p1.value - method_number(call, "less", 0.15));
    size_t count = 0;
    const double *icc = method_numbers(call, "icc", &count);
    if (is_estimated(p1))
        size = unpooled_size(&plan, p1.value, p2);
    method_give(call, p1, "p1");
    method_give(call, is_estimated(p1) ? estimate_of(p2) : p1, "p2");
    give_size(call, size, 1, "n_per_arm");
    for (size_t i = 0; i < count; i++) {
        struct estimate factor =
            design_effect(method_number(call, "cluster", 1), icc[i], 0);
        give_size(call, is_estimated(factor) ? size : factor, factor.value,
                  text_format(call->arena, "n_per_arm.icc%.15g", icc[i]).at);
    }
}
