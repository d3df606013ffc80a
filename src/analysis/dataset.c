#include "analysis/dataset.h"

#include "engine/real.h"

#include <math.h>
#include <string.h>

enum { ROWS_FIRST = 64, SLOTS_FIRST = 16 };

const char *const cell_state_names[CELL_VERSION + 1] = {"",
                                                        "empty",
                                                        "unknown",
                                                        "stated",
                                                        "not done",
                                                        "stated unknown",
                                                        "not applicable",
                                                        "refused",
                                                        "device fault",
                                                        "other",
                                                        "sealed",
                                                        "fault",
                                                        "not in this version"};

struct dataset *dataset_new(const struct plan_dataset *plan,
                            const enum column_kind *kinds, struct arena *arena)
{
    struct dataset *dataset = ARENA_NEW(arena, struct dataset);
    *dataset = (struct dataset){
        .plan = plan,
        .arena = arena,
        .columns = ARENA_ARRAY(arena, struct column, plan->variable_count)};
    for (size_t i = 0; i < plan->variable_count; i++)
        dataset->columns[i] =
            (struct column){.variable = &plan->variables[i], .kind = kinds[i]};
    return dataset;
}

static void grow(struct dataset *dataset)
{
    size_t capacity = dataset->capacity == 0 ? ROWS_FIRST : 2 * dataset->capacity;
    if (dataset->expected > dataset->capacity)
        capacity =
            dataset->expected; /* what a column leaves behind stays in the arena */
    struct row_place *places = ARENA_ARRAY(dataset->arena, struct row_place, capacity);
    for (size_t r = 0; r < dataset->count; r++)
        places[r] = dataset->places[r];
    dataset->places = places;
    for (size_t i = 0; i < dataset->plan->variable_count; i++) {
        struct column *column = &dataset->columns[i];
        double *numbers = ARENA_ARRAY(dataset->arena, double, capacity);
        uint8_t *states = ARENA_ARRAY(dataset->arena, uint8_t, capacity);
        for (size_t r = 0; r < dataset->count; r++) {
            numbers[r] = column->numbers[r];
            states[r] = column->states[r];
        }
        column->numbers = numbers;
        column->states = states;
    }
    dataset->capacity = capacity;
}

size_t dataset_add(struct dataset *dataset, struct row_place place)
{
    if (dataset->count == dataset->capacity)
        grow(dataset);
    size_t row = dataset->count++;
    ASSERT(row == 0 || dataset->places[row - 1].participant <= place.participant);
    dataset->places[row] = place;
    for (size_t i = 0; i < dataset->plan->variable_count; i++)
        dataset_set_state(dataset, row, i, CELL_EMPTY);
    return row;
}

/* The slot of a code, or the free one where it would stand. */
static uint32_t *slot_of(const struct column *column, struct text code)
{
    size_t at = text_hash(code) & (column->slot_count - 1);
    while (column->slots[at] != 0 &&
           !text_equal(column->levels[column->slots[at] - 1], code))
        at = (at + 1) & (column->slot_count - 1);
    return &column->slots[at];
}

/* Twice as many slots, a power of two. */
static void spread(struct column *column, struct arena *arena)
{
    column->slot_count = column->slot_count == 0 ? SLOTS_FIRST : 2 * column->slot_count;
    column->slots = ARENA_ARRAY(arena, uint32_t, column->slot_count);
    memset(column->slots, 0, column->slot_count * sizeof *column->slots);
    for (size_t k = 0; k < column->level_count; k++)
        *slot_of(column, column->levels[k]) = (uint32_t)k + 1;
}

static void add_level(struct column *column, struct text code, struct arena *arena)
{
    column->levels =
        ARENA_GROW(arena, column->levels, column->level_count, &column->level_capacity);
    column->levels[column->level_count++] = code;
    if (2 * column->level_count > column->slot_count)
        spread(column, arena);
    else
        *slot_of(column, code) = (uint32_t)column->level_count;
}

void dataset_know(struct dataset *dataset, size_t at, const struct code *codes,
                  size_t count)
{
    struct column *column = &dataset->columns[at];
    ASSERT(dataset->count == 0 && column->level_count == 0);
    column->known = codes;
    column->known_count = count;
    for (size_t i = 0; i < count; i++)
        add_level(column, codes[i].code, dataset->arena);
}

struct plan_words column_words(const struct column *column, size_t level)
{
    if (level >= column->known_count)
        return (struct plan_words){0};
    return (struct plan_words){column->known[level].label.english,
                               column->known[level].label.chinese};
}

static double level_of(struct column *column, struct text code, struct arena *arena)
{
    uint32_t found = column->slot_count == 0 ? 0 : *slot_of(column, code);
    if (found > 0)
        return (double)(found - 1);
    add_level(column, text_copy(arena, code), arena);
    return (double)(column->level_count - 1);
}

static double number_of(struct datum value)
{
    return value.kind == DATUM_REAL ? value.as.real
                                    : real_of_decimal(datum_decimal(value));
}

static enum cell_state state_of(struct datum value)
{
    switch (value.kind) {
    case DATUM_MISSING: return (enum cell_state)(CELL_STATED + value.detail);
    case DATUM_SEALED: return CELL_SEALED;
    case DATUM_FAULT: return CELL_FAULT;
    case DATUM_TRUTH:
        return value.as.coefficient == TRUTH_UNKNOWN ? CELL_UNKNOWN : CELL_VALUE;
    case DATUM_NUMBER:
    case DATUM_REAL:
    case DATUM_TEXT:
    case DATUM_MOMENT: return CELL_VALUE;
    default: return CELL_EMPTY;
    }
}

void dataset_set(struct dataset *dataset, size_t row, size_t at, struct datum value)
{
    struct column *column = &dataset->columns[at];
    enum cell_state state = state_of(value);
    double number = (double)NAN;
    if (state == CELL_VALUE)
        switch (column->kind) {
        case COLUMN_NUMBER: number = number_of(value); break;
        case COLUMN_CODE:
            number = level_of(column, datum_as_text(value), dataset->arena);
            break;
        case COLUMN_TRUTH:
        case COLUMN_MOMENT: number = (double)value.as.coefficient; break;
        }
    if (state == CELL_VALUE && !isfinite(number))
        state = CELL_FAULT;
    column->numbers[row] = number;
    column->states[row] = (uint8_t)state;
}

void dataset_set_state(struct dataset *dataset, size_t row, size_t at,
                       enum cell_state state)
{
    dataset->columns[at].numbers[row] = (double)NAN;
    dataset->columns[at].states[row] = (uint8_t)state;
}

enum column_kind column_kind_of(enum type_kind type)
{
    switch (type) {
    case TYPE_TRUTH: return COLUMN_TRUTH;
    case TYPE_MOMENT: return COLUMN_MOMENT;
    case TYPE_TEXT:
    case TYPE_CODE:
    case TYPE_CODES: return COLUMN_CODE;
    case TYPE_NUMBER:
    case TYPE_APPROXIMATE:
    case TYPE_NOTHING:
    case TYPE_BROKEN: break;
    }
    return COLUMN_NUMBER;
}
