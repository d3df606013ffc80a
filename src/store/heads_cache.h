#ifndef OSTEON_STORE_HEADS_CACHE_H
#define OSTEON_STORE_HEADS_CACHE_H
/* The form instances that the writer has just saved, so that the next save of the same
 * form need not read its thirty rows again (a ninth of a save's processor time).
 *
 * A copy is good while form_instance.last_change is the time that it was made with, and
 * every save of the form puts or removes it: so it relies on being the only writer. All
 * are forgotten when a transaction is undone and at an erasure. Not kept: forms with
 * answers in the vault, with other heads or with awaited bases.
 */
#include "store/heads_form.h"

void heads_cache_open(struct db *db, struct arena *arena);
/* Forgets and wipes everything. */
void heads_cache_forget(struct db *db);

/* Keeps a copy of what stands since `last_change`, or removes the one there is. */
void heads_cache_put(struct db *db, const struct form_heads *heads,
                     int64_t last_change);
/* Removes what there is of the form. */
void heads_cache_drop(struct db *db, int64_t form);
/* Fills `heads`, whose key and id are known, as it stands since `last_change`; false: the
 * cache does not know it. */
bool heads_cache_take(struct db *db, struct form_heads *heads, int64_t last_change);

#endif
