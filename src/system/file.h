#ifndef OSTEON_SYSTEM_FILE_H
#define OSTEON_SYSTEM_FILE_H
/* Files and folders, durably. Errors carry the path and the system's reason. */
#include "base/arena.h"
#include "base/error.h"

MUST_USE bool file_read(const char *path, size_t maximum, struct arena *arena,
                        struct text *out, struct error *err);
/* Writes a new file beside `path`, syncs it, renames it over `path`, syncs the folder.
 * `mode` such as 0600. */
MUST_USE bool file_write_durably(const char *path, struct text content, unsigned mode,
                                 struct error *err);
MUST_USE bool folder_make(const char *path, unsigned mode, struct error *err);
/* With all that is in it; true when there is none. Links are removed, not followed. */
MUST_USE bool folder_remove(const char *path, struct error *err);
MUST_USE bool folder_sync(const char *path, struct error *err);
bool file_exists(const char *path);

/* One owner of a folder: an exclusive lock on a file, held until closed or the process
 * ends. ERROR_BUSY names who holds it (pid) when known. */
MUST_USE bool file_lock(const char *path, int *descriptor, struct error *err);
void file_unlock(int descriptor);

#endif
