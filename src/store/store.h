#ifndef OSTEON_STORE_STORE_H
#define OSTEON_STORE_STORE_H
/* One open data folder: the log, its projections, the writer and the readers.
 *
 * Writing: hand a `struct unit` to the single writer. It runs `apply` in one transaction
 * together with whatever else waits (group commit, no timer), commits with fsync and then
 * calls `done`. Nothing is acknowledged before. Reading: take a reader, read, give it
 * back; a reader sees one committed state.
 *
 *     store_open(&options, &store, err)
 *     store_write(store, &(struct unit){.apply = apply, .data = &request}, err)
 *     struct db *db = store_reader(store);   …   store_reader_return(store, db);
 *     store_close(store);
 *
 * Folder: osteon.db (+ -wal, -shm), lock, folder (id and format version; no secret).
 * The key that wraps all data keys is in the key ring outside (store/keyring.h).
 */
#include "base/arena.h"
#include "base/error.h"
#include "system/clock.h"
#include "system/crypto.h"

struct store;
struct db;  /* one connection with its prepared statements (store/db.h) */
struct txn; /* the writer's transaction (store/txn.h) */

struct store_options {
    const char *folder;
    const char *keyring;       /* NULL: the default place */
    const struct clock *clock; /* NULL: the folder's own */
    const char *vfs;   /* SQLite VFS by name, for the power-cut test; NULL: default */
    bool is_read_only; /* no lock, no writer thread: verify of a copy */
    /* Deliberate faults, for the tests that prove the proofs can fail. Zero in use. */
    struct store_faults {
        bool synchronous_normal, synchronous_off;
        bool acknowledge_before_commit;
        bool keep_head_after_failed_commit;
        bool ignore_checkpoint_error;
    } faults;
};

struct store_new {
    struct text study_oid;
    struct text design_xml; /* the first design version */
    struct text design_version;
    bool is_demo;
    int64_t demo_now; /* the simulated clock's beginning */
};

/* Makes the folder (which must not exist or be empty), its key, and the first events. */
MUST_USE bool store_create(const struct store_options *options,
                           const struct store_new *what, struct error *err);
/* ERROR_BUSY when another process owns the folder. */
MUST_USE bool store_open(const struct store_options *options, struct store **out,
                         struct error *err);
/* Waits for the queued units, checkpoints, closes. */
void store_close(struct store *store);

struct unit {
    /* On the writer's thread, inside the transaction. Read and decide first, write last.
     * False with `err`: nothing of this unit is kept, the other units are not touched.
     * It may be run again from its beginning, when a unit beside it is refused after
     * writing: keep nothing in `data` from one run to the next. */
    bool (*apply)(struct txn *txn, void *data, struct error *err);
    /* On the writer's thread, after the commit stands (err NULL) or when it does not
     * (ERROR_NOT_CONFIRMED) or `apply` refused. Must be short and must not block. */
    void (*done)(void *data, const struct error *err);
    void *data;
    /* Of a demo folder that is being filled: the simulated time of this unit. NULL, and
     * in a real folder always: the store's clock. */
    const struct clock *clock;
    struct unit *next; /* the queue's */
    int64_t seq;       /* last event of the unit after success */
};

/* Queues `unit`, which must live until `done`. ERROR_BUSY when the queue is full. */
MUST_USE bool store_submit(struct store *store, struct unit *unit, struct error *err);
/* Submits and waits: for commands and tests. `done` must be NULL. */
MUST_USE bool store_write(struct store *store, struct unit *unit, struct error *err);

/* A read-only connection inside one read transaction. Waits when all are out. */
struct db *store_reader(struct store *store);
void store_reader_return(struct store *store, struct db *db);

const struct clock *store_clock(const struct store *store);
/* Its path, as it was opened. */
const char *store_folder(const struct store *store);
bool store_is_demo(const struct store *store);
struct text store_study_oid(const struct store *store);

/* Called on the writer's thread after each commit, once for each event, in order: the
 * live stream. At most one listener; must be short. When `store_listen` returns, the one
 * before is not called any more: not for the writer's own thread. */
struct store_notice {
    int64_t seq;
    int64_t participant; /* 0: none */
    int64_t user;
    int64_t server_time;
    int32_t kind; /* enum log_event_kind */
    struct text event, form;
    int64_t event_repeat, form_repeat;
    struct text site; /* of the participant */
};
void store_listen(struct store *store,
                  void (*heard)(void *data, const struct store_notice *notice),
                  void *data);

/* Figures for bench and doctor. */
struct store_figures {
    int64_t commits, units, refused_units, checkpoints, failed_commits;
    int64_t failed_checkpoints; /* in a row: 0 when the last one went well */
    int64_t largest_batch;
    int64_t frames;        /* in the write-ahead log after the last commit */
    bool is_purge_awaited; /* an erasure's traces are not yet rewritten */
    char trouble[200]; /* the latest failure of a commit or checkpoint; "" when none */
};
struct store_figures store_figures(struct store *store);

#endif
