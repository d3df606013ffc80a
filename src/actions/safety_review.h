#ifndef OSTEON_ACTIONS_SAFETY_REVIEW_H
#define OSTEON_ACTIONS_SAFETY_REVIEW_H
/* The review of a serious adverse event by the safety physician ('safety review and
 * report'): an act on the log about the report (F.SAE) and its event (F.CX) as they stood.
 * It falls by itself when an answer of either changes. Nobody reviews what they entered or
 * graded themselves.
 */
#include "actions/act.h"
#include "actions/safety.h"

struct safety_review_make {
    struct act act;
    struct form_key key; /* of the report */
    int64_t seen; /* safety_review_view.seen: ERROR_CHANGED when there is a later one */
    struct text note; /* may be absent */
};
MUST_USE bool safety_review_make(struct act *act, struct txn *txn, struct error *err);

/* Of an event that has a report. */
MUST_USE bool safety_review_of(const struct world *world, const struct caller *caller,
                               const struct safety_event *event, struct arena *arena,
                               struct safety_review_view *out, struct error *err);

#endif
