#ifndef OSTEON_ACTIONS_BONE_USE_H
#define OSTEON_ACTIONS_BONE_USE_H
/* "While provisional, the timer asks once: 'IO at this bone in the last 48 h?'"
 * (specification, placement before registration). Who the patient is, and what was done
 * before, is not on record yet; the answer stands on the log, sealed with the participant's
 * key, and the placement clock reads it back (AL03). After the attachment it is there for
 * whoever fills in exclusion 6. */
#include "actions/act.h"
#include "model/participant.h"

/* 'run bedside timer'. ERROR_REFUSED for a participant with a screening record, for a site
 * or an answer that is none. */
struct bone_use_state {
    struct act act;
    int64_t participant;
    struct text site; /* code of CL.IOSITE; absent when none is chosen */
    struct text
        answer; /* "none", "day" (under 24 h), "two-days" (24 to 48 h), "unknown" */
};
MUST_USE bool bone_use_state(struct act *act, struct txn *txn, struct error *err);

struct bone_use {
    bool is_stated;
    struct text site, answer, by_name; /* `site` may be absent */
    int64_t at;
};
/* The latest answer about a provisional record, in `arena`. */
MUST_USE bool bone_use_find(struct db *db, const struct participant *provisional,
                            struct arena *arena, struct bone_use *out,
                            struct error *err);

#endif
