#ifndef OSTEON_ACTIONS_FORM_SAVE_PARTS_H
#define OSTEON_ACTIONS_FORM_SAVE_PARTS_H
/* What finishing a save consists of; for the files of this floor only. */
#include "actions/form_save.h"
#include "actions/participant_state.h"

/* Queries that open and close: findings of the rules and conflicts, compared with the
 * open queries of the form instance. */
MUST_USE bool save_queries(struct form_save *save, const struct rule_results *results,
                           struct error *err);

/* Answered and expected: what a person must answer and is relevant now. */
struct completeness {
    int64_t answered, expected;
};
/* `world` must have an instance under evaluation. */
struct completeness form_completeness(struct world *world, const struct form *form,
                                      const struct rule_results *results);
void save_completeness(struct form_save *save, const struct rule_results *results);

/* The state that the participant's facts give now, into the event. */
MUST_USE bool save_state(struct form_save *save, struct error *err);
struct participant_facts world_facts(struct world *world, bool is_enrolled);

#endif
