#ifndef OSTEON_ACTIONS_FORM_ENTERED_H
#define OSTEON_ACTIONS_FORM_ENTERED_H
/* What a review of a form has to know of it: what it is about, and who entered it. */
#include "store/reads.h"

struct form_entered {
    int64_t form;      /* form_state.id; 0: nothing is stored */
    int64_t latest;    /* the event that changed an answer last */
    bool is_by_caller; /* some answer that stands there now */
};
/* Adds to `out`, so that one review can be about several forms; `form` is that of the last. */
MUST_USE bool form_entered_add(struct db *db, const struct form_key *key, int64_t user,
                               struct arena *arena, struct form_entered *out,
                               struct error *err);

#endif
