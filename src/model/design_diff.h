#ifndef OSTEON_MODEL_DESIGN_DIFF_H
#define OSTEON_MODEL_DESIGN_DIFF_H
/* What is different between two designs: events, forms, groups, items, code lists, checks
 * and what else a design says, each found by its OID.
 *
 *     struct design_diff diff = design_diff(before, after, arena);
 *     for (i < diff.count) … diff.changes[i]
 *
 * An expression is compared line by line without its indentation. Where a thing stands in
 * a list is part of the list's owner: an item that moves changes its group.
 */
#include "model/design_facts.h"

enum design_change_kind { DESIGN_REMOVED, DESIGN_ADDED, DESIGN_CHANGED };

struct design_change {
    enum design_change_kind kind;
    const char *thing; /* "event", "form", … */
    struct text oid;
    struct label
        label;        /* of the thing, as it is now where it still is; may be absent */
    const char *fact; /* of a thing changed: "unit", "label" … */
    struct text before; /* empty: it had none */
    struct text after;
};

struct design_diff {
    const struct design_change *changes; /* by thing; removed, added, changed */
    size_t count;
    size_t removed, added; /* things */
    size_t changed;        /* facts of things in both */
};

/* In `arena`, with views of both designs. */
struct design_diff design_diff(const struct design *before, const struct design *after,
                               struct arena *arena);

#endif
