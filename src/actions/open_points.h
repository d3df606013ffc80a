#ifndef OSTEON_ACTIONS_OPEN_POINTS_H
#define OSTEON_ACTIONS_OPEN_POINTS_H
/* Deciding what the registration leaves open: what the study runs with stands, or another
 * choice, in words. Each decision is on the log with who, when, why and on what paper; the
 * earlier ones stay. It changes no design and no setting: that is an act of two people.
 *
 * The specification names who must confirm each point, and no act for it: asked for is the
 * right to change the study's configuration, which the principal investigator holds (8.1).
 */
#include "actions/act.h"
#include "model/point_decision.h"

struct point_confirm {
    struct act act;
    struct text point;
    struct text choice; /* absent: what the study runs with */
    struct text reason; /* needed for another choice, and when it was decided before */
    struct text reference; /* may be absent */
    int64_t
        seen; /* the decision that the person saw; 0: none. Another one since: CHANGED */
};
/* Deciding the same again, by the same person, writes nothing. */
MUST_USE bool point_confirm(struct act *act, struct txn *txn, struct error *err);

/* Everybody who is signed in may know. In `arena`. */
MUST_USE bool point_decisions_read(struct study *study, struct arena *arena,
                                   struct point_decisions *out, struct error *err);

#endif
