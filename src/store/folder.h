#ifndef OSTEON_STORE_FOLDER_H
#define OSTEON_STORE_FOLDER_H
/* The data folder on disk: osteon.db (with -wal and -shm), `lock`, and `folder`, a text
 * file of two lines with the format's number and the folder's id. */
#include "base/arena.h"
#include "base/error.h"
#include "store/keyring.h"

struct folder {
    const char *path;
    const char *database;
    const char *lock;
    const char *card; /* the file `folder` */
    uint8_t id[FOLDER_ID_SIZE];
};

/* The paths only. */
struct folder folder_of(const char *path, struct arena *arena);
/* Reads the id. ERROR_NOT_FOUND: not a data folder; ERROR_FAILED: of a later format. */
MUST_USE bool folder_read(struct folder *folder, struct error *err);
/* Written last: a folder without it was never finished. */
MUST_USE bool folder_write(const struct folder *folder, struct error *err);
/* Makes it, or finds it empty, and takes its lock: of two who make one folder at the same
 * moment, the other is refused and has changed nothing. file_unlock ends it. */
MUST_USE bool folder_begin(const struct folder *folder, int *lock, struct error *err);
/* Removes what a creation that failed has left, under that lock. */
void folder_abandon(const struct folder *folder);

#endif
