#ifndef OSTEON_ENGINE_GRAPH_H
#define OSTEON_ENGINE_GRAPH_H
/* The rules of a study together: which rule reads what, and in which order they run, so
 * that a change runs only what it reaches, and each rule at most once.
 *
 * A derivation gives an item its value, a condition its visibility: both come before every
 * rule that reads the item. A circle of such rules has no order and is an error.
 */
#include "engine/program.h"
#include "engine/shape.h"

enum rule_kind {
    RULE_DERIVES, /* the value of `item` */
    RULE_SHOWS,   /* `item` is shown when the truth is yes, else hidden */
    RULE_FIRES    /* a check: yes is a finding */
};

struct rule {
    enum rule_kind kind;
    int32_t item;  /* derived, shown, or beside which a check stands */
    int32_t form;  /* evaluated for each instance */
    int32_t group; /* and for each row of this group; -1: once an instance */
    const struct program *program;
};

struct watch;

struct graph_edge {
    int32_t rule;
    enum dependency_reach reach;
    const struct watch *watch; /* of items read in rows: engine/watch.h; or NULL */
};

/* The readers of thing i are edges[first[i]] up to edges[first[i + 1]]. */
struct graph_readers {
    const int32_t *first;
    const struct graph_edge *edges;
};

struct rule_set {
    const struct shape *shape;
    const struct rule *rules;
    int32_t rule_count;
    const int32_t *order; /* all rules; each behind those whose results it reads */
    struct graph_readers of_item, of_rows, of_property,
        of_state; /* rows, state: by form */
};

/* Makes readers and order in `study`. False when rules depend on each other in a circle:
 * `circle` gets them in order, each read by the one before (at most `most`), and
 * `*circle_count` how many there are. */
bool graph_make(struct rule_set *set, struct arena *study, int32_t *circle,
                int32_t most, int32_t *circle_count);

#endif
