#ifndef OSTEON_STORE_DATA_KEY_H
#define OSTEON_STORE_DATA_KEY_H
/* The keys that payloads are sealed with: number 1 is the study's, each participant has
 * one of its own. They lie in the database, wrapped by the folder's key; destroying one
 * makes everything sealed with it unreadable for good. Opened keys are kept in a small
 * cache a connection, which the writer empties when a transaction is undone, and every
 * connection after an erasure.
 */
#include "store/db.h"
#include "store/keyring.h"

enum { DATA_KEY_STUDY = 1 };

/* `secret` is copied. Without it the connection cannot open a payload. */
void data_keys_open(struct db *db, struct arena *arena,
                    const uint8_t folder_id[FOLDER_ID_SIZE],
                    const struct folder_secret *secret);
void data_keys_forget(struct db *db);

struct data_key {
    int64_t id;
    int64_t participant; /* 0: the study */
    struct key key;
    bool is_destroyed;
};

/* By number. `*found` NULL: there is none. ERROR_DAMAGED: it cannot be unwrapped. */
MUST_USE bool data_key_by_id(struct db *db, int64_t id, const struct data_key **found,
                             struct error *err);
/* The key for an event of `participant` (0: of the study). ERROR_REFUSED: the participant
 * was erased; ERROR_NOT_FOUND: there is no such participant. */
MUST_USE bool data_key_for(struct db *db, int64_t participant,
                           const struct data_key **out, struct error *err);
/* For a new participant, or (0) for a new folder. */
MUST_USE bool data_key_make(struct db *db, int64_t participant, struct error *err);
/* Of no participant: for what is kept for a time (store/feed_raw.c). `*id`: its number. */
MUST_USE bool data_key_make_apart(struct db *db, int64_t *id, struct error *err);
MUST_USE bool data_key_destroy(struct db *db, int64_t participant, struct error *err);
/* Unwraps without the cache: what verify asks of each row. */
bool data_key_unwraps(struct db *db, const struct rows *row);

#endif
