#ifndef OSTEON_ACTIONS_SIGN_IN_REPLAY_H
#define OSTEON_ACTIONS_SIGN_IN_REPLAY_H
/* Fills the table of delays from the end of the log, so that a restart forgives nobody.
 * For this floor only. */
#include "actions/study_state.h"

MUST_USE bool sign_in_replay(struct study *study, struct error *err);

#endif
