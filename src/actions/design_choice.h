#ifndef OSTEON_ACTIONS_DESIGN_CHOICE_H
#define OSTEON_ACTIONS_DESIGN_CHOICE_H
/* Which version of the design a participant is under. A form keeps the version that it was
 * begun under. A form that begins is under the version that was in force when the
 * participant's record began, or, from the event on to which the participant was moved,
 * under that one (PARTICIPANT_MOVED). While a folder has one version this costs nothing.
 */
#include "actions/study.h"
#include "model/participant.h"

/* Whose version, and where it is looked up. */
struct design_choice {
    struct study *study;
    struct db *db;
    const struct participant *participant;
    struct arena *arena;
};

/* Of a form instance: its own, or, where `known` is NULL, that under which a form of this
 * event begins now. */
struct form_state;
MUST_USE bool design_for_form(const struct design_choice *choice,
                              const struct form_state *known, struct text event,
                              const struct design **out, struct error *err);

/* For the participant as a whole, and events to come: the version moved to last. */
MUST_USE bool design_for_participant(const struct design_choice *choice,
                                     const struct design **out, struct error *err);

/* The versions under which forms of an open world stand, each once, but for the world's
 * own: their rules have a say on those forms, and no other has. */
struct world;
MUST_USE bool designs_beside(struct study *study, const struct world *world,
                             const struct design ***out, size_t *count,
                             struct error *err);

#endif
