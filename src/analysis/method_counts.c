/* How many rows, and of how many a truth is yes: with the intervals of the proportion. */
#include "analysis/method.h"
#include "stats/proportion.h"

#include <math.h>

struct counted {
    size_t yes, known, missing;
};

static struct counted count(const struct method_call *call)
{
    const struct column *event = method_column(call, "event");
    struct counted found = {0};
    for (size_t i = 0; i < call->part->row_count; i++) {
        size_t row = call->part->rows[i];
        found.yes += cell_is_yes(event, row);
        found.known += cell_has_value(event, row);
    }
    found.missing = call->part->row_count - found.known;
    return found;
}

void method_count(const struct method_call *call)
{
    struct counted found = count(call);
    call->part->missing = found.missing;
    method_give_count(call, call->part->row_count, "n");
    method_give_count(call, found.yes, "events");
}

static void bound(const struct method_call *call, size_t events, size_t total,
                  const char *operation)
{
    struct proportion_input input = {.events = (int64_t)events,
                                     .total = (int64_t)total,
                                     .level = call->plan->level,
                                     .null = (double)NAN};
    struct proportion found;
    proportion_estimate(&input, &found);
    method_give(call, found.estimate, "%s", operation);
    method_give_interval(call, found.wilson, operation);
}

/* "missing": "failure" (a missing result counts as no event: specification 5, rule 2), or
 * "left out". Beside the first the bounds if all of them were events, or none known. */
void method_proportion(const struct method_call *call)
{
    struct counted found = count(call);
    bool is_failure = method_says(call, "missing", "failure");
    size_t total = is_failure ? call->part->row_count : found.known;
    struct proportion_input input = {.events = (int64_t)found.yes,
                                     .total = (int64_t)total,
                                     .level = call->plan->level,
                                     .null = (double)NAN};
    struct proportion result;
    proportion_estimate(&input, &result);
    call->part->missing = found.missing;
    method_give_count(call, total, "n");
    method_give_count(call, found.yes, "events");
    method_give(call, result.estimate, "estimate");
    method_give_interval(call, result.wilson, "wilson");
    method_give_interval(call, result.clopper_pearson, "clopper_pearson");
    if (found.yes == 0)
        method_give(call, result.one_sided.upper, "clopper_pearson.upper_one_sided");
    if (is_failure && found.missing > 0) {
        bound(call, found.yes, found.known, "complete_case");
        bound(call, found.yes + found.missing, total, "best_case");
    }
}
