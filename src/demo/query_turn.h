#ifndef OSTEON_DEMO_QUERY_TURN_H
#define OSTEON_DEMO_QUERY_TURN_H
/* A turn of a query (STEP_QUERY) as a verb. Which query it is stands open until its turn
 * comes: what a check has asked by then, nobody knows when the diary is written. */
#include "actions/query.h"
#include "demo/diary.h"

struct query_turning {
    struct query_step verb; /* its act is the first member of all */
    bool is_of_checks;
};

/* All but the act, the participant and the assignee. */
void query_turning_begin(struct query_turning *turning, const struct step *step);
/* Finds the query, and takes the step; does nothing when there is none. */
MUST_USE bool query_turn_take(struct act *act, struct txn *txn, struct error *err);

#endif
