#ifndef OSTEON_ACTIONS_COUNTS_H
#define OSTEON_ACTIONS_COUNTS_H
/* Declared counts across participants: study.NAME where the design gives it a key
 * (model/count_rules.h). A save that changes what such a count reads puts the rows on the
 * log (ROWS_COUNTED); the answer is read from their projection each time a rule asks. The
 * form instances of other participants whose answer a save may change are made due at
 * once, as rules about time are (rule_wakes.h), so that no save waits for another
 * participant's rules. For this floor only.
 */
#include "actions/world.h"
#include "store/txn.h"

/* False: the property is no such count. `*out` is empty where the row that asks has no
 * key, or surely no time. */
bool counts_ask(struct world *world, const struct question *question,
                struct datum *out);

/* For the page: the answers beside the instance under evaluation become properties of the
 * sheet. Beside rows of repeating sections the page knows none. */
void counts_keep(struct world *world);

/* Before the rows of a participant go: whose answers change with them runs again. */
MUST_USE bool counts_release(struct txn *txn, int64_t participant, struct error *err);

#endif
