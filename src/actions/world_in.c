#include "actions/world_in.h"

#include "actions/design_choice.h"
#include "actions/study_state.h"

bool world_open_in(struct act *act, struct txn *txn,
                   const struct participant *participant, struct world *out,
                   struct error *err)
{
    const struct design *design = NULL;
    struct design_choice choice = {act->study, txn_db(txn), participant,
                                   txn_arena(txn)};
    *out = (struct world){.db = txn_db(txn),
                          .arena = txn_arena(txn),
                          .participant = participant,
                          .now = txn_now(txn)};
    if (!design_for_participant(&choice, &design, err))
        return false;
    out->rulebook = study_rulebook(act->study, design);
    return world_open(out, err);
}
