#ifndef OSTEON_ACTIONS_CLINICAL_FACTS_H
#define OSTEON_ACTIONS_CLINICAL_FACTS_H
/* What one wants to know of a participant before any form is opened: who, with what, when the
 * needle went in, how, and what became of it. Read from the answers at each look; what the
 * overview counts is read by the overview's own code, so that both say the same.
 */
#include "actions/caller.h"
#include "actions/study.h"

struct clinical_facts {
    struct text sex, disease,
        place;              /* codes of SEX, HEMDX, ATTSITE; absent: not told */
    double age;             /* NaN: not known, as all numbers here */
    double access_minutes;  /* from the decision to the first infusion */
    double dwell_hours;     /* of the needle that was removed last */
    int64_t first_puncture; /* instants; 0: not so */
    int64_t in_place_since; /* the puncture of the latest needle in place */
    int64_t removed, died, last_alive;
    int64_t attempts;
    bool is_first_attempt_known, is_first_attempt; /* the first one succeeded */
};
MUST_USE bool clinical_facts_read(struct study *study, const struct caller *caller,
                                  int64_t participant, struct arena *arena,
                                  struct clinical_facts *out, struct error *err);

#endif
