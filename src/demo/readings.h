#ifndef OSTEON_DEMO_READINGS_H
#define OSTEON_DEMO_READINGS_H
/* Signing the reading of an image as a step of the diary. A made-up person has no password,
 * and so none is proved; what is signed is bound to what stands there, as always.
 */
#include "actions/signature.h"

/* Fills in the verb. */
struct act *reading_sign_act(struct signature_make *verb, struct study *study,
                             const struct caller *caller, struct arena *arena,
                             const struct form_key *key);

#endif
