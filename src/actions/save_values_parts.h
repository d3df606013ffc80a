#ifndef OSTEON_ACTIONS_SAVE_VALUES_PARTS_H
#define OSTEON_ACTIONS_SAVE_VALUES_PARTS_H
/* The bedside save in parts; for the files of this floor only. */
#include "actions/form_save.h"
#include "actions/save_values.h"

/* Turns one mutation into a change, or says in `err` why not (`where` names the field).
 * `*is_unchanged`: the answer that is current already, on which it is based. */
MUST_USE bool mutation_check(struct form_save *save, const struct mutation *mutation,
                             size_t place, struct value_change *change,
                             bool *is_unchanged, struct error *err);

/* The results as text for the retry with the same id, and back. `seq`: of the event. What
 * another head says is not among them: it is looked up again. */
struct text outcomes_encode(const struct save_values *verb, int64_t seq,
                            struct arena *arena);
MUST_USE bool outcomes_decode(struct save_values *verb, struct text text, int64_t seq,
                              struct error *err);

/* `theirs` of the results in conflict, by what the heads say now. */
void outcomes_complete(struct save_values *verb, const struct form_heads *heads);

#endif
