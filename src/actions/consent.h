#ifndef OSTEON_ACTIONS_CONSENT_H
#define OSTEON_ACTIONS_CONSENT_H
/* Consent as the answers of one participant say it, and the clock of a deferred one.
 *
 * A deferred consent is due by T0 + 72 h, and day 7 is the outer limit (specification,
 * "Placement before registration"); AL18 is amber from 24 h and red from 72 h. T0 is the
 * first skin puncture: before it no clock runs. These lengths are a design choice that
 * the ethics committee's approval confirms.
 */
#include "actions/participant_state.h"
#include "actions/world.h"

enum { DEFERRAL_WARNS_H = 24, DEFERRAL_DUE_H = 72, DEFERRAL_ENDS_H = 7 * 24 };

/* The latest consent record with a result. */
enum consent consent_standing(const struct world *world);

/* Does it end participation? Refused after it was deferred, or withdrawn for the follow-up
 * or all: as the study's rule says after what nothing is collected (C.PARTICIPATION in the
 * design). One that covers the procedure or the use of data alone does not. */
bool consent_is_withdrawn(const struct world *world);
/* Was it asked that the data be not used any more: by a withdrawal, or by a refusal (CK018)?
 * `key` gets the record that says so. */
bool consent_asks_erasure(const struct world *world, struct form_key *key);

/* The first skin puncture of all insertions; false when there is none. */
bool world_first_puncture(const struct world *world, int64_t *out);

struct deferred_consent {
    struct form_key key; /* of the consent record that is pending */
    bool is_running;     /* T0 is known */
    int64_t began_at;    /* T0 */
    int64_t warns_at, due_at, ends_at;
};
/* False when no consent is deferred, or it can be sought no more: the participant died, or
 * participation has ended. */
bool deferred_consent_of(const struct world *world, struct deferred_consent *out);

#endif
