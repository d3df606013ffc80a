#ifndef OSTEON_STORE_UPGRADE_H
#define OSTEON_STORE_UPGRADE_H
/* A folder that an earlier version of this program made.
 *
 * Its log stays as it is: a reader of today reads every event ever written. Its projections
 * are made anew from the log, in one transaction: all of them, or the folder stays as it
 * was. A log that does not hold is not built upon.
 */
#include "store/store_inside.h"

/* On opening for writing, when the writer knows where the log ends and before it begins.
 * ERROR_DAMAGED with the first finding of verify. Where the projections are of this format
 * it makes the tables that were only added. */
MUST_USE bool upgrade_if_earlier(struct store *store, struct error *err);

/* The format of the projections as they stand; 1 where the folder does not say. */
MUST_USE bool upgrade_format_read(struct db *db, int64_t *out, struct error *err);
/* Says that they are of this program's format. */
MUST_USE bool upgrade_format_write(struct db *db, struct error *err);

#endif
