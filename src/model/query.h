#ifndef OSTEON_MODEL_QUERY_H
#define OSTEON_MODEL_QUERY_H
/* The life of a query: who may have opened it, the states it passes, the steps between.
 *
 *     open ──answer──▶ answered ──close──▶ closed
 *       ▲                  │                  │
 *       └────── reopen ────┴──────────────────┘      open ──cancel──▶ cancelled ──reopen──▶ open
 *
 * The numbers stand in logs that were written: they are never changed and never used again.
 */
#include "base/text.h"

enum query_kind {
    QUERY_CHECK,    /* a check of the design, a range, a second check */
    QUERY_CONFLICT, /* two entries of one item differ */
    QUERY_PERSON    /* a person asks */
};
enum { QUERY_KINDS = QUERY_PERSON + 1 };

enum query_state { QUERY_OPEN, QUERY_ANSWERED, QUERY_CLOSED, QUERY_CANCELLED };
enum { QUERY_STATES = QUERY_CANCELLED + 1 };

enum query_step_kind {
    QUERY_STEP_OPEN,
    QUERY_STEP_ANSWER,
    QUERY_STEP_CLOSE,
    QUERY_STEP_REOPEN,
    QUERY_STEP_CANCEL,
    QUERY_STEP_ASSIGN
};
enum { QUERY_STEPS = QUERY_STEP_ASSIGN + 1 };

/* It still waits for somebody: open or answered. */
static inline bool query_is_unsettled(enum query_state state)
{
    return state == QUERY_OPEN || state == QUERY_ANSWERED;
}

/* May this step follow in this state, and which state is it then? Opening follows in none. */
bool query_step_leads(enum query_step_kind step, enum query_state from,
                      enum query_state *to);

/* "open", "answered", …; "check", "conflict", "person"; "open", "answer", "close" … */
struct text query_state_name(enum query_state state);
bool query_state_parse(struct text name, enum query_state *out);
struct text query_kind_name(enum query_kind kind);
bool query_kind_parse(struct text name, enum query_kind *out);
struct text query_step_name(enum query_step_kind step);

#endif
