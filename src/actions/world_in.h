#ifndef OSTEON_ACTIONS_WORLD_IN_H
#define OSTEON_ACTIONS_WORLD_IN_H
/* A participant's world inside an act's transaction, under the version of the design that
 * the participant stands under. */
#include "actions/act.h"
#include "actions/world.h"

/* In the transaction's arena; `participant` must outlive it. */
MUST_USE bool world_open_in(struct act *act, struct txn *txn,
                            const struct participant *participant, struct world *out,
                            struct error *err);

#endif
