#ifndef OSTEON_ACTIONS_ENROL_H
#define OSTEON_ACTIONS_ENROL_H
/* 'sign eligibility, enrol': the planned act that hard checks may stop: those of screening,
 * consent and enrolment that fire as if screening had ended with "enrolled". Refused: ENROLMENT_REFUSED on the log, ERROR_REFUSED, and `findings`.
 * Passed: the subject number H4-001…, and the program's values SUBJID, SITEID, ELIGBY,
 * and ENRDTM where it is empty (now; or the first skin puncture by FR05), in one unit.
 *
 * With a `reason` it is no plan but the record of what happened: enrolled on paper, at the
 * time that ENRDTM says. Checks do not stop a fact; SCRRES says "enrolled", nobody is said
 * to have signed eligibility, and what stands against it opens deviations.
 * Enrolling an enrolled participant gives the same answer and writes nothing.
 */
#include "actions/act.h"
#include "actions/rule_results.h"

struct participant_enrol {
    struct act act;
    int64_t participant;
    struct text reason; /* absent: planned; else how it happened already */

    struct participant *enrolled;  /* results */
    struct rule_finding *findings; /* what stops it, with ERROR_REFUSED */
    size_t finding_count;
    bool is_beyond_target; /* more than the design's target are enrolled now */
};
MUST_USE bool participant_enrol(struct act *act, struct txn *txn, struct error *err);

#endif
