#include "stats/rank.h"

#include "stats/order.h"

struct ranks rank_values(const double *values, size_t count, struct arena *arena)
{
    struct ranks ranks = {.of = ARENA_ARRAY(arena, double, count)};
    struct arena_mark mark = arena_mark(arena);
    const uint32_t *order = order_rising(values, count, arena);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && values[order[end]] <= values[order[i]];)
            end++;
        double tied = (double)(end - i);
        ranks.has_ties = ranks.has_ties || end - i > 1;
        ranks.tie_sum += tied * tied * tied - tied;
        for (size_t k = i; k < end; k++)
            ranks.of[order[k]] = ((double)i + (double)end + 1) / 2;
    }
    arena_rewind(arena, mark);
    return ranks;
}

double *sorted_copy(const double *values, size_t count, struct arena *arena)
{
    double *sorted = ARENA_ARRAY(arena, double, count);
    struct arena_mark mark = arena_mark(arena);
    const uint32_t *order = order_rising(values, count, arena);
    for (size_t i = 0; i < count; i++)
        sorted[i] = values[order[i]];
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
