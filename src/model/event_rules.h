#ifndef OSTEON_MODEL_EVENT_RULES_H
#define OSTEON_MODEL_EVENT_RULES_H
/* The expressions of a design's events, compiled: when an event happened, and what of it
 * is not to be collected. model/schedule.h runs them.
 *
 * The moment of an event which happens once stands in no form: it is about the
 * participant. Of an event that repeats it is compiled for every form of the event, as if
 * it stood there: this.event.repeat is then the repeat that is asked about.
 *
 * An exception stands in the form that it is about, that of a whole event in the event's
 * first form, whether or not the form is begun: `event` is the event that is asked about.
 */
#include "model/design.h"

struct dictionary;
struct program;

struct event_rule {
    const struct study_event *event;
    int32_t form; /* position in the dictionary; -1: the event happens once */
    const struct program *moment;
};

struct exception_rule {
    const struct study_event *event;
    const struct form *form; /* NULL: the whole event */
    int32_t place;           /* the form that it stands in, in the dictionary */
    const struct exception *exception;
    const struct program *unless;
};

struct event_rules {
    const struct event_rule *rules; /* by event, in the order of the design */
    size_t rule_count;
    const struct exception_rule *exceptions; /* by event, the whole event's first */
    size_t exception_count;
};

/* In `study`; NULL when no event of the design has an expression. ERROR_REFUSED says which
 * one does not compile, where and why. */
MUST_USE bool event_rules_compile(const struct design *design,
                                  const struct dictionary *dictionary,
                                  struct arena *study, const struct event_rules **out,
                                  struct error *err);

#endif
