#ifndef OSTEON_ACTIONS_PARTICIPANT_STATE_H
#define OSTEON_ACTIONS_PARTICIPANT_STATE_H
/* The state of a participant as a pure function of facts (specification section 2):
 * (PROVISIONAL →) SCREENED → ELIGIBLE → CONSENTED | DEFERRED → ENROLLED
 * → WITHDRAWN. */
#include "model/participant.h"

/* The consent that stands: the latest record with a result. */
enum consent { CONSENT_NONE, CONSENT_GIVEN, CONSENT_DEFERRED, CONSENT_REFUSED };

struct participant_facts {
    bool is_screened; /* has a screening number */
    bool is_enrolled;
    bool is_erased;
    bool is_withdrawn; /* no more is collected: `consent_is_withdrawn` */
    bool is_eligible;  /* SCR.ELIG = Y */
    enum consent consent;
};
enum participant_state participant_state_of(const struct participant_facts *facts);

/* What one consent record says, from ICFTYPE and ICFRES (absent when not answered) and
 * whether it was withdrawn (ICFWDTM). */
enum consent consent_of(struct text type, struct text result, bool is_withdrawn);

#endif
