#ifndef OSTEON_ACTIONS_DWELL_LEAVE_H
#define OSTEON_ACTIONS_DWELL_LEAVE_H
/* A needle stays in for more than 24 hours by leave of a second physician, who proves at the
 * bedside who it is, on the device of whoever is signed in there ('authorise dwell over
 * 24 h'). Reason and justification stand on the removal form already, by somebody else; the
 * verb fills in who gave leave and when, as the physician's own change. It is given again
 * every 12 hours, and never beyond 96.
 *
 * In three parts, as signing in (sign_in.h): begin on any thread, hash on a hashing thread,
 * finish in the writer's transaction.
 *
 *     verb.proof.act = act_of(study, caller, arena, dwell_leave_finish), …
 *     dwell_leave_begin(&verb, err) && (sign_in_hash(&verb.proof), act_run(…))
 */
#include "actions/sign_in.h"

struct dwell_leave {
    struct sign_in
        proof; /* of the physician: name, password, totp; first, for its act */
    struct form_key key; /* of the removal */

    int64_t until; /* results: how long it may stay by this leave */
    int64_t seq;

    /* between the parts */
    struct caller physician;
    int64_t since, limit_at; /* of the needle */
};
/* ERROR_NOT_FOUND: no needle that is in has this removal. ERROR_REFUSED: the limit has
 * passed, or there is no reason yet. */
MUST_USE bool dwell_leave_begin(struct dwell_leave *verb, struct error *err);
/* ERROR_REFUSED: it is the same person, the one who gave the reason, or somebody without
 * the right at this site. */
MUST_USE bool dwell_leave_finish(struct act *act, struct txn *txn, struct error *err);

/* How long a needle may stay by a leave given at `given`: 12 hours, of the first one from
 * 24 hours on. */
int64_t dwell_leave_until(int64_t since, int64_t given);

#endif
