#ifndef OSTEON_MODEL_EVENT_RULES_H
#define OSTEON_MODEL_EVENT_RULES_H
/* The expressions of a design's events, compiled: when an event happened, and whether it
 * takes place at all. model/schedule.h runs them.
 *
 * That of an event which happens once stands in no form: it is about the participant.
 * Of an event that repeats it is compiled for every form of the event, as if it stood
 * there: this.event.repeat is then the repeat that is asked about.
 */
#include "model/design.h"

struct dictionary;
struct program;

struct event_rule {
    const struct study_event *event;
    int32_t form; /* position in the dictionary; -1: the event happens once */
    const struct program *moment; /* NULL: the event has no such expression */
    const struct program *exists;
};

struct event_rules {
    const struct event_rule *rules; /* by event, in the order of the design */
    size_t rule_count;
};

/* In `study`; NULL when no event of the design has an expression. ERROR_REFUSED says which
 * one does not compile, where and why. */
MUST_USE bool event_rules_compile(const struct design *design,
                                  const struct dictionary *dictionary,
                                  struct arena *study, const struct event_rules **out,
                                  struct error *err);

#endif
