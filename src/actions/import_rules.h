#ifndef OSTEON_ACTIONS_IMPORT_RULES_H
#define OSTEON_ACTIONS_IMPORT_RULES_H
/* Runs the rules on what an import has made visible: derived values, queries and how
 * complete the forms are, as if each of them had been saved. One participant a unit, so
 * that saves come between; after a number of them IMPORT_RULES_RUN says how far it is, so
 * that a restart goes on there. What was run twice changes nothing the second time.
 */
#include "actions/study.h"

/* One step. `*is_more`: call again. A participant whose forms are locked is passed over, and
 * is in the server's log; while the data base is locked nothing runs. */
MUST_USE bool import_rules_step(struct study *study, bool *is_more, struct error *err);

#endif
