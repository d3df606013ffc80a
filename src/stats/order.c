#include "stats/order.h"

uint32_t *order_rising(const double *values, size_t count, struct arena *arena)
{
    const struct order_item *items =
        order_items(&(struct order_input){.values = values, .count = count}, arena);
    uint32_t *order = ARENA_ARRAY(arena, uint32_t, count + 1);
    for (size_t i = 0; i < count; i++)
        order[i] = items[i].place;
    return order;
}

uint32_t *order_sort(const double *values, size_t count, struct arena *arena,
                     double **rising)
{
    const struct order_item *items =
        order_items(&(struct order_input){.values = values, .count = count}, arena);
    uint32_t *order = ARENA_ARRAY(arena, uint32_t, count + 1);
    *rising = ARENA_ARRAY(arena, double, count + 1);
    for (size_t i = 0; i < count; i++) {
        order[i] = items[i].place;
        (*rising)[i] = items[i].value;
    }
    return order;
}

size_t order_codes(const double *values, size_t count, uint32_t *codes,
                   struct arena *arena)
{
    const struct order_item *items =
        order_items(&(struct order_input){.values = values, .count = count}, arena);
    uint32_t code = 0;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && items[i].value > items[i - 1].value)
            code++;
        codes[items[i].place] = code;
    }
    return count == 0 ? 0 : code + (size_t)1;
}

void order_split(const uint32_t *order, size_t count, const uint32_t *codes,
                 size_t code_count, struct arena *arena, struct order_parts *out)
{
    size_t parts = codes == NULL ? 1 : code_count;
    size_t *starts = ARENA_ARRAY(arena, size_t, parts + 1);
    *out = (struct order_parts){order, starts, parts};
    starts[parts] = count;
    if (codes == NULL)
        return;
    uint32_t *split = ARENA_ARRAY(arena, uint32_t, count + 1);
    size_t *next = ARENA_ARRAY(arena, size_t, parts + 1);
    for (size_t i = 0; i < count; i++)
        next[codes[i] + 1]++;
    for (size_t part = 0; part < parts; part++) {
        next[part + 1] += next[part];
        starts[part] = next[part];
    }
    for (size_t i = 0; i < count; i++)
        split[next[codes[order[i]]]++] = order[i];
    out->order = split;
}
