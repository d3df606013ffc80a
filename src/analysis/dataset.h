#ifndef OSTEON_ANALYSIS_DATASET_H
#define OSTEON_ANALYSIS_DATASET_H
/* A derived dataset in memory: columns of numbers, each cell with its reason when it has
 * none, each row with where it stands in the record.
 *
 * A truth is 0 or 1, a moment its microseconds since 1970 (exact in a double for the next
 * two centuries), a code the number of its text in `levels`: first those that are known
 * before (of the design's code list, or of the plan), in their order; then any other, in
 * order of first appearance.
 */
#include "analysis/plan.h"
#include "engine/datum.h"
#include "engine/type.h"
#include "model/design.h"

enum column_kind { COLUMN_NUMBER, COLUMN_TRUTH, COLUMN_CODE, COLUMN_MOMENT };

/* Why a cell has no value. */
enum cell_state {
    CELL_VALUE,
    CELL_EMPTY,   /* nothing entered, or what it hangs on is not there */
    CELL_UNKNOWN, /* a truth that is neither */
    CELL_STATED,  /* somebody gave a reason: CELL_STATED + datum_reason */
    CELL_SEALED = CELL_STATED + REASON_OTHER + 1,
    CELL_FAULT,  /* could not be computed */
    CELL_VERSION /* the participant's version of the design has no such item */
};

/* "not done": as in tables. */
extern const char *const cell_state_names[CELL_VERSION + 1];

struct column {
    const struct plan_variable *variable;
    enum column_kind kind;
    double *numbers;
    uint8_t *states; /* enum cell_state */
    struct text *levels;
    size_t level_count, level_capacity;
    uint32_t *slots; /* where a level is: its number + 1, by hash; 0: free */
    size_t slot_count;
    const struct code *known; /* with words: level k is known[k] */
    size_t known_count;
};

struct row_place {
    int64_t participant;
    int32_t event, event_repeat, form_repeat; /* event -1: the participant as a whole */
    int32_t row;                              /* 0: the section does not repeat */
};

struct dataset {
    const struct plan_dataset *plan;
    struct arena *arena;
    struct column *columns;
    struct row_place *places; /* participants rise */
    size_t count, capacity;
    size_t
        expected; /* rows in the end, as far as known: grown to at once; 0: not known */
};

/* Empty, its columns of these kinds. In `arena`, which it keeps for its rows. */
struct dataset *dataset_new(const struct plan_dataset *plan,
                            const enum column_kind *kinds, struct arena *arena);
/* The codes that a column may have; it keeps them. Before the first row. */
void dataset_know(struct dataset *dataset, size_t column, const struct code *codes,
                  size_t count);
/* The words of a level; absent when nobody gave it words. */
struct plan_words column_words(const struct column *column, size_t level);
/* Rows of a dataset, kept apart from it. */
struct dataset_rows {
    struct row_place *places;
    double *numbers; /* a column behind the other */
    uint8_t *states;
    size_t count;
};
/* All rows, moved out into `arena`: the dataset is empty then and keeps its levels. */
struct dataset_rows dataset_take(struct dataset *dataset, struct arena *arena);
/* An empty dataset of the same columns and levels as `like`, which stays as it is, with room
 * for so many rows. */
struct dataset *dataset_like(const struct dataset *like, size_t rows,
                             struct arena *arena);
/* Adds rows that were taken from a dataset with these levels. */
void dataset_put(struct dataset *dataset, const struct dataset_rows *rows);
/* A row of empty cells; its number. */
size_t dataset_add(struct dataset *dataset, struct row_place place);
void dataset_set(struct dataset *dataset, size_t row, size_t column,
                 struct datum value);
void dataset_set_state(struct dataset *dataset, size_t row, size_t column,
                       enum cell_state state);

static inline bool cell_has_value(const struct column *column, size_t row)
{
    return column->states[row] == CELL_VALUE;
}

/* Is the truth yes? No, not known and empty are not. */
static inline bool cell_is_yes(const struct column *column, size_t row)
{
    return column->states[row] == CELL_VALUE && column->numbers[row] > 0;
}

enum column_kind column_kind_of(enum type_kind type);

#endif
