/* How many rows have each code: numbers of attempts, reasons, outcomes of screening. */
#include "analysis/method.h"

void method_levels(const struct method_call *call)
{
    struct method_columns columns = {.count = 0};
    method_want(call, "value", &columns);
    struct method_rows rows = method_complete(call, &columns);
    const struct column *code = columns.at[0];
    size_t *counts = ARENA_ARRAY(call->arena, size_t, code->level_count);
    for (size_t k = 0; k < code->level_count; k++)
        counts[k] = 0;
    for (size_t i = 0; i < rows.count; i++)
        counts[(size_t)code->numbers[rows.at[i]]]++;
    method_give_count(call, rows.count, "n");
    for (size_t k = 0; k < code->level_count; k++) {
        if (counts[k] == 0)
            continue;
        method_give_count(
            call, counts[k],
            text_format(call->arena, "events.%.*s", TEXT_ARG(code->levels[k])).at);
        method_words(call, column_words(code, k));
        method_give(call, estimate_of((double)counts[k] / (double)rows.count),
                    "share.%.*s", TEXT_ARG(code->levels[k]));
        method_words(call, column_words(code, k));
    }
}
