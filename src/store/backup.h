#ifndef OSTEON_STORE_BACKUP_H
#define OSTEON_STORE_BACKUP_H
/* One file with the whole folder in it, made while the folder is in use, and a new folder
 * from such a file. The key is not in it: keep the key ring safe, elsewhere.
 *
 * A back-up made before an erasure still holds what was erased, sealed, and the key of it:
 * a study that erases a participant must let older back-ups go.
 */
#include "store/event_content.h"
#include "store/store.h"

/* Copies what is committed now into the new file `path`; then BACKUP_MADE goes on the log.
 * Any thread; waits. */
MUST_USE bool store_backup(struct store *store, const struct origin *origin,
                           const char *path, struct error *err);

/* Makes the folder of `options` from the file `path`. The key ring must hold its key;
 * ERROR_NOT_FOUND otherwise. The restored log ends with RESTORED; nobody is signed in. */
MUST_USE bool store_restore(const char *path, const struct store_options *options,
                            const struct origin *origin, struct error *err);

#endif
