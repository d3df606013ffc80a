#ifndef OSTEON_ACTIONS_LOCK_READINESS_H
#define OSTEON_ACTIONS_LOCK_READINESS_H
/* What stands in the way of the lock of the data base, by participant: the same things
 * that record_lock_change asks for, as counts, so that people can settle them first. */
#include "actions/source_verification.h"

struct participant_readiness {
    const struct participant *participant;
    bool is_locked;
    int64_t open_queries;
    int64_t incomplete, second_checks, unsigned_forms; /* forms, values, forms */
    int64_t unverified;                                /* answers that the plan wants */
};
struct database_readiness {
    struct participant_readiness *at; /* of whom something stands in the way */
    size_t count;
    int64_t participants, locked; /* screened, and provisional ones with open queries */
    int64_t next;                 /* send as `after`; 0: that was the last page */
};
/* For who may sign the lock; ERROR_NOT_ALLOWED. A page of participants at a time. */
MUST_USE bool database_readiness_read(struct study *study, const struct caller *caller,
                                      int64_t after, struct arena *arena,
                                      struct database_readiness *out,
                                      struct error *err);

#endif
