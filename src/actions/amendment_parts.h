#ifndef OSTEON_ACTIONS_AMENDMENT_PARTS_H
#define OSTEON_ACTIONS_AMENDMENT_PARTS_H
/* Inside of the amendments; for the files of this floor only. */
#include "actions/caller.h"
#include "store/amendment.h"

/* Does the caller make, with whoever proposed it, the pair that publishes a design? */
MUST_USE bool amendment_makes_pair(struct db *db, const struct caller *caller,
                                   const struct stored_proposal *proposal,
                                   struct arena *arena, bool *out, struct error *err);

#endif
