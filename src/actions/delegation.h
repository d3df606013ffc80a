#ifndef OSTEON_ACTIONS_DELEGATION_H
#define OSTEON_ACTIONS_DELEGATION_H
/* The delegation log gates the roles of a site (specification 8.1, 8.4): a role acts only
 * while its line is in force, accepted, and the trainings that it needs are dated. The gate
 * stands at a site from the moment when the line of its principal investigator came in
 * force, and is never taken away again.
 *
 * A caller is given to the verbs without the grants that rest, so that no verb can forget
 * to ask; they stand beside, for the sentence of a refusal (caller.h).
 */
#include "actions/caller.h"

struct delegation;
struct delegation *delegation_new(struct arena *study);
void delegation_free(struct delegation *delegation);

/* Takes the grants that rest out of the caller's. In `arena`. */
MUST_USE bool delegation_apply(struct study *study, struct arena *arena,
                               struct caller *caller, struct error *err);

/* Does the gate stand at this site? */
MUST_USE bool delegation_is_kept(struct study *study, struct text site, bool *out,
                                 struct error *err);

#endif
