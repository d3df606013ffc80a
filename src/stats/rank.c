#include "stats/rank.h"

#include "stats/order.h"

static const struct order_item *rising(const double *values, size_t count,
                                       struct arena *arena)
{
    return order_items(&(struct order_input){.values = values, .count = count}, arena);
}

struct ranks rank_values(const double *values, size_t count, struct arena *arena)
{
    struct ranks ranks = {.of = ARENA_ARRAY(arena, double, count)};
    struct arena_mark mark = arena_mark(arena);
    const struct order_item *items = rising(values, count, arena);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && items[end].value <= items[i].value;)
            end++;
        double tied = (double)(end - i);
        ranks.has_ties = ranks.has_ties || end - i > 1;
        ranks.tie_sum += tied * tied * tied - tied;
        for (size_t k = i; k < end; k++)
            ranks.of[items[k].place] = ((double)i + (double)end + 1) / 2;
    }
    arena_rewind(arena, mark);
    return ranks;
}

double *sorted_copy(const double *values, size_t count, struct arena *arena)
{
    double *sorted = ARENA_ARRAY(arena, double, count);
    struct arena_mark mark = arena_mark(arena);
    const struct order_item *items = rising(values, count, arena);
    for (size_t i = 0; i < count; i++)
        sorted[i] = items[i].value;
    arena_rewind(arena, mark);
    return sorted;
}

double sorted_tie_sum(const double *sorted, size_t count)
{
    double sum = 0;
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && sorted[end] <= sorted[i];)
            end++;
        double tied = (double)(end - i);
        sum += tied * tied * tied - tied;
    }
    return sum;
}
