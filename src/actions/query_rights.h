#ifndef OSTEON_ACTIONS_QUERY_RIGHTS_H
#define OSTEON_ACTIONS_QUERY_RIGHTS_H
/* Who may take which step of a query; for the files of this floor only. */
#include "actions/caller.h"
#include "model/participant.h"
#include "store/reads.h"

/* The right to this step at the participant's site: ERROR_NOT_ALLOWED. */
MUST_USE bool query_right_check(const struct caller *caller, enum query_step_kind step,
                                const struct participant *participant,
                                struct error *err);

/* May this person, who has the right, take the step with this query? ERROR_NOT_ALLOWED
 * names what the person did before that forbids it. */
MUST_USE bool query_duty_check(struct db *db, const struct caller *caller,
                               enum query_step_kind step,
                               const struct stored_query *query, struct arena *arena,
                               struct error *err);

/* Somebody to whom a query of this site can be assigned: may answer or close it. */
bool query_can_be_assigned(const struct user *user, struct text site);

#endif
