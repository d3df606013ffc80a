#ifndef OSTEON_ACTIONS_REGISTER_RULES_H
#define OSTEON_ACTIONS_REGISTER_RULES_H
/* Rules read registers: whether a consent was signed on the version in force, what a limit
 * is set to. When a line of those is added, agreed to, corrected or ended, and when the day
 * comes from which one is in force or over, all rules run once more on everybody, one
 * participant a unit, so that checks fire and queries close without a save.
 *
 * A working note says how far that is (store/wakes.h). A restart on the way begins anew:
 * what was run twice changes nothing the second time.
 */
#include "actions/study.h"

/* One step, of some participants. `*is_more`: call again. By one thread. While the data base
 * is locked nothing runs: what the rules would say waits for the unlock. */
MUST_USE bool register_rules_step(struct study *study, bool *is_more,
                                  struct error *err);

#endif
