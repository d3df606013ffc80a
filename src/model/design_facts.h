#ifndef OSTEON_MODEL_DESIGN_FACTS_H
#define OSTEON_MODEL_DESIGN_FACTS_H
/* A design as lists of things with facts, all in text: what a comparison shows. A kind of
 * thing is a row of `design_things`; a new fact is a line of its function. */
#include "model/design.h"

struct design_fact {
    const char *name; /* "unit" */
    struct text value;
};

enum { DESIGN_FACTS_AT_MOST = 40 };

/* Things of one kind have the same facts in the same order. */
struct design_facts {
    struct design_fact facts[DESIGN_FACTS_AT_MOST];
    size_t count;
    struct arena *arena; /* for values that are made */
};

struct design_thing {
    struct text oid; /* tells it apart from the others of its kind */
    struct label label;
    const void *at;
};

struct design_things {
    const char *name; /* "event" */
    /* In `arena`, in the order of the design. */
    const struct design_thing *(*list)(const struct design *design, struct arena *arena,
                                       size_t *count);
    void (*tell)(const void *thing, struct design_facts *facts);
};

extern const struct design_things design_things[];
extern const size_t design_things_count;

#endif
