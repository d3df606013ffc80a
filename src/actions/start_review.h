#ifndef OSTEON_ACTIONS_START_REVIEW_H
#define OSTEON_ACTIONS_START_REVIEW_H
/* The review of an emergency start by the principal investigator, within seven days of the
 * first skin puncture (specification, "Placement before registration"): an act on the log
 * about the screening record and the placement that is attached to it. When another
 * placement is attached in its stead, the review no longer stands.
 *
 * The specification gives the review to the PI and says no more. The permission table has
 * no row of it: it asks for the one right that the PI of the site alone has,
 * 'delegate (delegation log)'.
 */
#include "actions/act.h"
#include "store/reads.h"

struct start_review_make {
    struct act act;
    int64_t participant; /* the screening record */
    struct text note;    /* may be absent */
};
/* ERROR_REFUSED for a participant without an attached placement, ERROR_CHANGED when it is
 * reviewed already. */
MUST_USE bool start_review_make(struct act *act, struct txn *txn, struct error *err);

struct start_review {
    bool is_asked;    /* a placement is attached to this screening record */
    bool is_reviewed; /* of that placement */
    int64_t placement;
    int64_t user, at;
    struct text note; /* may be absent */
};
/* As it stands. */
MUST_USE bool start_review_of(struct db *db, int64_t participant, struct arena *arena,
                              struct start_review *out, struct error *err);

/* What the page shows of it ('view casebook'). */
struct start_review_view {
    struct start_review review;
    struct text by; /* the full name */
    bool may;       /* the caller may review it now */
};
MUST_USE bool start_review_read(struct study *study, const struct caller *caller,
                                int64_t participant, struct arena *arena,
                                struct start_review_view *out, struct error *err);

#endif
