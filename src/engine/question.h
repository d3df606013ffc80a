#ifndef OSTEON_ENGINE_QUESTION_H
#define OSTEON_ENGINE_QUESTION_H
/* What a running expression asks its world, through one callback; and where it stands.
 *
 * Of each form the world keeps the instances of one participant in order: by event in the
 * design, event repeat, form repeat. An instance is its position in that order, from 0; a
 * row counts from 1, and is 0 in a group that does not repeat. Registers are forms with
 * one instance. Numbers of items, forms, events and properties are their positions in the
 * dictionary.
 */
#include "engine/datum.h"

enum question_kind {
    ASK_VALUE,     /* subject: item; instance, row */
    ASK_INSTANCES, /* subject: form; a number */
    ASK_ROWS,      /* subject: group; instance; a number */
    ASK_AT,        /* subject: form; which: event; its instance, a number, or empty */
    ASK_BESIDE,    /* subject: form; place: instance of form `which`; the instance of
                      `subject` at the same event and event repeat, or empty */
    ASK_EVENT,     /* subject: form; instance; the event's number */
    ASK_EVENT_REPEAT,
    ASK_FORM_REPEAT,
    ASK_PROPERTY, /* subject: property; which, instance, row: the place under evaluation,
                     its form being `which` (-1: none) */
    ASK_SCHEDULE, /* which: schedule_kind; subject: event; instance: of the form that
                     `row` says, standing at the event; -1: none, the event itself */
    ASK_ITEM,     /* which: item_question; subject: item; instance, row */
    ASK_FORM      /* which: form_question; subject: form; instance */
};

enum schedule_kind { SCHEDULE_TARGET, SCHEDULE_LOW, SCHEDULE_HIGH };

/* What is known about an answer besides its value. */
enum item_question {
    ITEM_SOURCE,
    ITEM_AUTHOR,
    ITEM_ENTERED,
    ITEM_CHANGES,
    ITEM_FIRST_VALUE,
    ITEM_CHANGE_REASON,
    ITEM_RECEIVED_UNIT,
    ITEM_RECEIVED_LOW,
    ITEM_RECEIVED_HIGH,
    ITEM_REASON
};

enum form_question {
    FORM_STATE,
    FORM_SIGNED,
    FORM_OPEN_QUERIES,
    FORM_OPEN_HARD_QUERIES,
    FORM_OPEN_SECOND_CHECKS
};

struct question {
    enum question_kind kind;
    int32_t which;
    int32_t subject;
    int32_t instance;
    int32_t row;
};

/* Where an expression is evaluated. Instance -1: no such form yet, nothing is entered. */
struct engine_place {
    int32_t form;
    int32_t instance;
    int32_t row;
};

struct engine_world {
    struct datum (*ask)(void *data, const struct question *question);
    void *data;
    int64_t now;            /* microseconds since 1970 */
    int32_t offset_minutes; /* of local time, for moments without an offset */
};

#endif
