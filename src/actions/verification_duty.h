#ifndef OSTEON_ACTIONS_VERIFICATION_DUTY_H
#define OSTEON_ACTIONS_VERIFICATION_DUTY_H
/* Separation of duties at source verification; for the files of this floor only. */
#include "actions/caller.h"
#include "store/review.h"

enum verification_step { VERIFICATION_MAKE, VERIFICATION_WITHDRAW };

/* May this person, who has the right, do it with this answer? ERROR_NOT_ALLOWED names what
 * the person did before that forbids it. */
MUST_USE bool verification_duty_check(const struct caller *caller,
                                      const struct answer_verification *answer,
                                      enum verification_step step, struct error *err);

#endif
