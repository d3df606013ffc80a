#ifndef OSTEON_ACTIONS_FORM_PLACE_H
#define OSTEON_ACTIONS_FORM_PLACE_H
/* Whether there is such a place in the study and in the casebook, and who may enter
 * there; for the files of this floor only. */
#include "actions/act.h"
#include "store/reads.h"

/* In the unit's arena, without counts; ERROR_NOT_FOUND. Sets act->participant. */
MUST_USE bool participant_must_exist(struct act *act, struct txn *txn, int64_t id,
                                     struct participant **out, struct error *err);

/* For reading: exists, and the caller may view the casebook. A refusal is logged. */
MUST_USE bool participant_seen(struct study *study, struct db *db,
                               const struct caller *caller, int64_t id,
                               struct arena *arena, struct participant **out,
                               struct error *err);

/* The event, the form, and the form in the event; ERROR_NOT_FOUND. */
MUST_USE bool form_place_check(const struct design *design, const struct form_key *key,
                               struct error *err);

/* An existing repeat of the event and of the form, or the next one, where `forms` are
 * those of the participant; ERROR_REFUSED. */
MUST_USE bool form_repeat_check(const struct design *design,
                                const struct form_states *forms,
                                const struct form_key *key, struct error *err);

/* The right to enter the form for this participant. */
MUST_USE bool form_right_check(const struct caller *caller, const struct design *design,
                               const struct participant *participant, struct text form,
                               struct error *err);

/* The right to enter this one item of the form: some have a right of their own. */
MUST_USE bool item_right_check(const struct caller *caller, const struct design *design,
                               const struct participant *participant, struct text form,
                               const struct item *item, struct error *err);

#endif
