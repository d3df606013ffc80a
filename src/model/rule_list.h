#ifndef OSTEON_MODEL_RULE_LIST_H
#define OSTEON_MODEL_RULE_LIST_H
/* Every rule of a design in one list: those of the rulebook's set, in their order, and
 * behind them what says when events happened and what of them is not collected. For people and
 * for examples; what runs a study uses the rulebook itself.
 */
#include "model/rulebook.h"

struct rule_list {
    const struct rule_source *sources; /* of an event's rule `item` is absent */
    const struct rule
        *rules; /* an event's is seen from its first form; -1: it has none */
    const struct study_event *const *events;   /* NULL: a rule of an item */
    const struct exception *const *exceptions; /* NULL: not one of an event */
    size_t count;
};

/* In `study`. A rulebook compiles the same expressions: no error is expected. */
MUST_USE bool rule_list_make(const struct rulebook *rulebook, struct arena *study,
                             struct rule_list *out, struct error *err);

/* What the rule says, in the words of the design; absent when it has none. `at` is a
 * position of the list. */
struct text rule_words(const struct rulebook *rulebook, const struct rule_list *list,
                       size_t at);

#endif
