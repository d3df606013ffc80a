#ifndef OSTEON_STORE_PLAN_VERSION_H
#define OSTEON_STORE_PLAN_VERSION_H
/* Versions of the analysis plan, as the log has them. A folder in which none was published
 * has the program's own. */
#include "store/reads.h"

struct stored_plan {
    int64_t seq; /* of the event that proposed it */
    struct text version, reason;
    int64_t user, proposed_at;
    int64_t published; /* the event that published it; 0: it waits */
    int64_t publisher, published_at;
    struct text json; /* of plan_read and plan_current alone */
};

/* Oldest first. */
MUST_USE bool plan_list(struct db *db, struct arena *arena, struct stored_plan **out,
                        size_t *count, struct error *err);
/* By its number; NULL: there is none. */
MUST_USE bool plan_version_read(struct db *db, int64_t seq, struct arena *arena,
                                struct stored_plan **found, struct error *err);
/* The one published last; NULL: none was. */
MUST_USE bool plan_current(struct db *db, struct arena *arena,
                           struct stored_plan **found, struct error *err);

#endif
