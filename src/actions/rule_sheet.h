#ifndef OSTEON_ACTIONS_RULE_SHEET_H
#define OSTEON_ACTIONS_RULE_SHEET_H
/* What a page needs to run the rules of one form instance by itself ('view casebook'): the
 * participant's answers as the rules see them, the properties, and whatever else the rules
 * of that form asked for. Stored identity values are sealed. */
#include "actions/act.h"
#include "actions/world.h"

/* After the run: the answers, properties and facts stand in `world.book->sheet`. `book` is
 * NULL when the design has no rules. */
struct rule_sheet {
    struct participant *participant;
    struct world world;
};

/* `key` may be an instance that has no values yet, as in form_view_read. */
MUST_USE bool rule_sheet_read(struct study *study, const struct caller *caller,
                              const struct form_key *key, struct arena *arena,
                              struct rule_sheet **out, struct error *err);

#endif
