#ifndef OSTEON_ACTIONS_PLAN_VERSION_H
#define OSTEON_ACTIONS_PLAN_VERSION_H
/* Versions of the analysis plan. A statistician or the principal investigator proposes one,
 * the other of the two publishes it ('publish analysis plan version'); from then on results
 * are made by it. A folder in which none was published has the program's own plan. What a
 * plan decides - therapeutic efficacy, the survival horizon - changes so and not otherwise.
 */
#include "actions/act.h"
#include "analysis/plan_diff.h"
#include "store/plan_version.h"

/* A plan that applies, whole. */
struct plan_used {
    struct analysis_plan *plan;
    struct hash content; /* SHA-256 of its JSON */
    int64_t published;   /* by this event; 0: the program's own */
};

/* As the tables `db` have it. ERROR_NOT_FOUND: none was published, and the program has none
 * for the study of this design. */
MUST_USE bool plan_in_force(const struct design *design, struct db *db,
                            struct arena *arena, struct plan_used *out,
                            struct error *err);

/* ERROR_REFUSED: it does not read, is of another study, does not fit the design in force
 * (with the variable or analysis), or its version is there already. */
struct plan_propose {
    struct act act;
    struct text json, reason;

    struct text version; /* by prepare */
    int64_t proposal;    /* result: its number */
};
/* On the caller's thread, before the act. */
MUST_USE bool plan_propose_prepare(struct plan_propose *verb, struct error *err);
MUST_USE bool plan_propose(struct act *act, struct txn *txn, struct error *err);

/* ERROR_NOT_ALLOWED: the same person, or not the other role; ERROR_CHANGED: it is published
 * already. */
struct plan_publish {
    struct act act;
    int64_t proposal;
};
MUST_USE bool plan_publish(struct act *act, struct txn *txn, struct error *err);

/* All versions, oldest first, and what each that waits would change of the plan in force. */
struct plan_history {
    const struct stored_plan *versions;
    size_t count;
    const struct plan_diff *changes; /* of each that waits */
    const bool *may_publish;         /* may the caller */
};
MUST_USE bool plan_history_read(struct study *study, const struct caller *caller,
                                struct arena *arena, struct plan_history *out,
                                struct error *err);

#endif
