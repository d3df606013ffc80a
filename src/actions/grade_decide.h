#ifndef OSTEON_ACTIONS_GRADE_DECIDE_H
#define OSTEON_ACTIONS_GRADE_DECIDE_H
/* What a physician makes of an adverse event that the laboratory proposes
 * (laboratory_grade.h): accepted it is entered as everybody enters one (save_values), with
 * term, grade, onset and the time at which the site became aware, and the clocks of a
 * serious one begin; declined it is only said why. Both are on the log with the result
 * that they are about.
 */
#include "actions/act.h"
#include "actions/laboratory_grade.h"

struct grade_decide {
    struct act act;
    struct form_key key; /* of the result's form */
    struct text term;    /* of CTCAE, in English */
    int64_t seen; /* laboratory_proposal.of_seq: ERROR_CHANGED when it is another */
    bool is_accepted;
    bool is_serious;    /* of one that is accepted */
    struct text reason; /* of declining: needed */
};
MUST_USE bool grade_decide(struct act *act, struct txn *txn, struct error *err);

#endif
