#ifndef OSTEON_ACTIONS_ERASURE_H
#define OSTEON_ACTIONS_ERASURE_H
/* The erasure workflow of the page ('run erasure workflow (two persons)'): a data manager
 * and the principal investigator of the site, each signed in. The first proposes with a
 * reason, the second sees what would be destroyed, types the participant's number and
 * confirms; then it is done at once and for good (participant_erase). Either takes the
 * proposal back while it waits.
 */
#include "actions/act.h"
#include "store/reads.h"

struct erasure_step {
    struct act act;
    int64_t participant;
    bool is_taking_back;
    struct text
        reason; /* of a proposal and of taking it back; nothing personal in it */
    struct text number; /* of a confirmation: "H4-001", as it was typed */

    bool is_done; /* result; else it waits for the second person */
};
MUST_USE bool erasure_step(struct act *act, struct txn *txn, struct error *err);

/* What the page shows before either act. */
struct erasure_view {
    struct erasure_proposal proposal;
    struct text by_name, by_full_name;
    bool may_confirm;      /* the caller is the other of the two */
    bool is_asked_for;     /* a withdrawal or a refusal asks for it */
    int64_t forms, values; /* what would be destroyed, with an attached placement's */
};
MUST_USE bool erasure_read(struct study *study, const struct caller *caller,
                           int64_t participant, struct arena *arena,
                           struct erasure_view *out, struct error *err);

#endif
