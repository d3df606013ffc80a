#ifndef OSTEON_STORE_NAMES_H
#define OSTEON_STORE_NAMES_H
/* OIDs as small numbers. A projection says 17 instead of "IT.SCR.ELIG"; the log says the
 * OID. Numbers are given in order of first appearance in the log, so that a rebuild gives
 * the same ones; what an erasure has made unreadable is recorded in its event.
 *
 * Each connection keeps the names it has read. The writer empties its cache when a
 * transaction is undone.
 */
#include "store/db.h"

void names_open(struct db *db, struct arena *arena);
/* Forgets what was read; the next question reads it again. */
void names_forget(struct db *db);

/* 0 when no event has named it yet. */
MUST_USE bool names_find(struct db *db, struct text oid, int64_t *id,
                         struct error *err);
/* Gives the next number to a new one. Only projections call this. */
MUST_USE bool names_number(struct db *db, struct text oid, int64_t *id,
                           struct error *err);
/* Lives as long as the cache: copy what stays. ERROR_DAMAGED: no such number. */
MUST_USE bool names_text(struct db *db, int64_t id, struct text *oid,
                         struct error *err);
/* All, in order of their numbers 1…count. */
MUST_USE bool names_all(struct db *db, struct arena *arena, struct text **out,
                        size_t *count, struct error *err);

#endif
