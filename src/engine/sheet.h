#ifndef OSTEON_ENGINE_SHEET_H
#define OSTEON_ENGINE_SHEET_H
/* The answers of one participant in memory, as the rules ask for them: by form instance,
 * item and row. It answers a run's questions (engine/question.h) and takes changes.
 *
 * A form instance has a serial number that stays, and a position among the instances of
 * its form that moves when others come before it. Texts are copied into the arena. A
 * hidden answer is kept and reads as nothing entered. What is not an answer (metadata,
 * states, schedule) is a fact under the question that asks for it.
 */
#include "engine/question.h"
#include "engine/shape.h"

struct cell {
    struct datum value;
    char *text; /* where its text stands, with room for `room` bytes */
    uint32_t room;
    bool is_hidden;
};

struct sheet_group {
    struct cell *cells; /* row by row */
    int32_t rows, capacity;
};

struct sheet_instance {
    int32_t serial, form;
    int32_t event, event_repeat, form_repeat;
    struct sheet_group *groups; /* of the form, in order */
};

struct sheet_form {
    struct sheet_instance **instances;
    int32_t count, capacity;
};

struct sheet_fact {
    struct question question; /* with a serial number for the instance */
    struct datum answer;
    bool is_there;
};

struct sheet {
    const struct shape *shape;
    struct arena *arena;
    struct sheet_form *forms;
    struct sheet_instance **by_serial;
    int32_t serial_count, serial_capacity;
    struct datum *properties;
    struct sheet_fact *facts; /* hash table */
    size_t fact_count, fact_mask;
};

struct sheet *sheet_new(const struct shape *shape, struct arena *arena);

/* The instance of this key, made when there is none. Repeats count from 1. */
struct sheet_instance *sheet_instance(struct sheet *sheet, int32_t form, int32_t event,
                                      int32_t event_repeat, int32_t form_repeat);
/* Its position among the instances of its form. */
int32_t sheet_position(const struct sheet *sheet,
                       const struct sheet_instance *instance);

/* Sets the number of rows of a repeating group; new rows are empty. */
void sheet_set_rows(struct sheet *sheet, struct sheet_instance *instance, int32_t group,
                    int32_t rows);
/* The cell of an item; row 0 in a group that does not repeat. NULL: there is none. */
struct cell *sheet_cell(const struct sheet *sheet,
                        const struct sheet_instance *instance, int32_t item,
                        int32_t row);
/* False when the cell has another value; true also when it is not there. */
bool sheet_has(const struct sheet *sheet, const struct sheet_instance *instance,
               int32_t item, int32_t row, struct datum value);
/* False when the cell had this value already, or is not there. */
bool sheet_set(struct sheet *sheet, struct sheet_instance *instance, int32_t item,
               int32_t row, struct datum value);
void sheet_set_property(struct sheet *sheet, int32_t property, struct datum value);
/* `question.instance` is a position, or -1. */
void sheet_set_fact(struct sheet *sheet, const struct question *question,
                    struct datum answer);

/* The callback for a world whose data is the sheet. */
struct datum sheet_ask(void *sheet, const struct question *question);

#endif
