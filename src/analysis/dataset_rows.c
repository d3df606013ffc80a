/* Rows of a dataset on their own: kept for one participant, put together for many. */
#include "analysis/dataset.h"

#include <string.h>

struct dataset_rows dataset_take(struct dataset *dataset, struct arena *arena)
{
    size_t count = dataset->count, columns = dataset->plan->variable_count;
    struct dataset_rows rows = {.places = ARENA_ARRAY(arena, struct row_place, count),
                                .numbers = ARENA_ARRAY(arena, double, count *columns),
                                .states = ARENA_ARRAY(arena, uint8_t, count * columns),
                                .count = count};
    if (count > 0)
        memcpy(rows.places, dataset->places, count * sizeof *rows.places);
    for (size_t i = 0; count > 0 && i < columns; i++) {
        const struct column *column = &dataset->columns[i];
        memcpy(rows.numbers + i * count, column->numbers, count * sizeof *rows.numbers);
        memcpy(rows.states + i * count, column->states, count);
    }
    dataset->count = 0;
    return rows;
}

struct dataset *dataset_like(const struct dataset *like, size_t rows,
                             struct arena *arena)
{
    struct dataset *dataset = ARENA_NEW(arena, struct dataset);
    size_t columns = like->plan->variable_count;
    *dataset = (struct dataset){.plan = like->plan,
                                .arena = arena,
                                .columns = ARENA_ARRAY(arena, struct column, columns),
                                .places = ARENA_ARRAY(arena, struct row_place, rows),
                                .capacity = rows};
    for (size_t i = 0; i < columns; i++) {
        dataset->columns[i] = like->columns[i];
        dataset->columns[i].numbers = ARENA_ARRAY(arena, double, rows);
        dataset->columns[i].states = ARENA_ARRAY(arena, uint8_t, rows);
    }
    return dataset;
}

void dataset_put(struct dataset *dataset, const struct dataset_rows *rows)
{
    for (size_t r = 0; r < rows->count; r++) {
        size_t row = dataset_add(dataset, rows->places[r]);
        for (size_t i = 0; i < dataset->plan->variable_count; i++) {
            dataset->columns[i].numbers[row] = rows->numbers[i * rows->count + r];
            dataset->columns[i].states[row] = rows->states[i * rows->count + r];
        }
    }
}
