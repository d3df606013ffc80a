#ifndef OSTEON_STORE_TXN_H
#define OSTEON_STORE_TXN_H
/* What a unit of work may do inside the writer's transaction: read through the
 * connection, append events. Appending writes the log row and its projections; nothing
 * else writes a projection. Everything is undone together when the unit refuses.
 */
#include "model/event.h"
#include "store/event_content.h"
#include "store/store.h"

struct db *txn_db(struct txn *txn);
/* Memory for this unit, given back when `apply` returns: each unit of a group finds the
 * same bytes in the processor's cache. */
struct arena *txn_arena(struct txn *txn);
/* The server time of this unit's events: read once per unit. */
int64_t txn_now(const struct txn *txn);
/* The number that the next appended event gets: the version of the values it saves, which
 * heads_apply needs before the append. */
int64_t txn_next_seq(const struct txn *txn);

/* Does somebody wait for this transaction, or for the next? A unit that has much to do does
 * a part of it then, and the rest in another unit. */
bool txn_is_awaited(const struct txn *txn);

/* Appends one event of `kind` whose struct of event_content.h `content` points to,
 * and projects it. `participant` 0: none. `*seq` may be NULL. */
MUST_USE bool txn_append(struct txn *txn, enum log_event_kind kind,
                         const struct origin *origin, int64_t participant,
                         const void *content, int64_t *seq, struct error *err);

#endif
