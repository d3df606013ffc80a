#ifndef OSTEON_STORE_STORE_INSIDE_H
#define OSTEON_STORE_STORE_INSIDE_H
/* The inside of struct store and struct txn, for the files of this floor that run it:
 * store.c opens and closes, readers.c lends readers, writer.c queues and waits, commit.c
 * runs a group of units in one transaction, txn.c appends.
 *
 * The writer's half (`writer`, `txn`) belongs to the writer's thread alone. What threads
 * share stands behind `lock`.
 */
#include "store/data_key.h"
#include "store/db.h"
#include "store/folder.h"
#include "store/log_entry.h"
#include "store/store.h"
#include "store/txn.h"

#include <pthread.h>

enum {
    READERS = 8,
    CHECKPOINT_STEP = 400,  /* frames: decides how long a save may wait (measured) */
    WRITER_IDLE_SECONDS = 2 /* then the write-ahead log is emptied */
};

/* The end of the chain as the transaction sees it. */
struct chain_head {
    int64_t seq;
    struct hash hash;
};

struct notice_list {
    struct arena *arena; /* of their texts; emptied when the listener has heard */
    struct store_notice *at;
    size_t count, capacity;
};

struct txn {
    struct store *store;
    struct db *db;
    struct arena *arena; /* of the unit; emptied after its `apply` */
    struct chain_head head;
    int64_t now;      /* of the unit; 0: not read yet */
    bool has_erasure; /* the group erases a participant */
    bool has_others;  /* the group is of more than one unit */
    struct notice_list notices;
    void (*heard)(void *data, const struct store_notice *notice); /* the store's */
    void *listener;
    struct hasher *hasher;
    struct buffer plain, bound, sealed; /* reused from event to event */
};

struct writer {
    struct db *db;
    struct arena *arena; /* of this opening of the connection */
    struct chain_head committed;
    struct txn txn;
    struct error *errors; /* why a unit of the group was refused; LIMIT_WRITER_BATCH */
    int64_t frames_moved; /* in the write-ahead log at the last checkpoint */
    bool must_reopen; /* a commit or checkpoint has failed: read the database anew */
    bool is_purge_awaited;
};

struct store {
    struct arena *arena;
    struct store_options options;
    struct folder folder;
    int lock_descriptor;
    struct folder_secret secret;
    bool has_secret;
    struct text study_oid;
    struct hash first_hash;
    bool is_demo;
    struct shifted_clock demo_clock;
    struct clock clock;

    pthread_mutex_t lock;
    pthread_cond_t work;     /* a unit was queued, or the store closes */
    pthread_cond_t readable; /* a reader came back */
    pthread_cond_t told;     /* the listener is not called any more */
    struct unit *first, *last;
    size_t queued;
    bool is_closing;
    struct db *readers[READERS]; /* those that are in */
    size_t readers_in, readers_made;
    int64_t erasures; /* so that connections forget opened keys */
    struct store_figures figures;
    void (*heard)(void *data, const struct store_notice *notice);
    void *listener;
    bool is_telling; /* a group runs, and may call `heard` as it was when it began */

    pthread_t thread;
    bool has_thread;
    struct writer writer;
};

/* commit.c: runs `count` units in one transaction and tells each how it went. */
void group_run(struct store *store, struct unit **units, size_t count);
/* Opens the writer's connection, the first time or anew; then reads where it stands. */
MUST_USE bool writer_open(struct store *store, struct error *err);
MUST_USE bool writer_read_head(struct store *store, struct error *err);
void writer_close(struct store *store);

/* checkpoint_step.c: moves frames when there are enough of them, or all when idle. */
void checkpoint_step(struct store *store);
void checkpoint_idle(struct store *store);
/* What stands in the write-ahead log may be from a sync that failed. Writes it anew and
 * moves it all: before anything behind it is confirmed. */
MUST_USE bool checkpoint_settle(struct store *store, struct error *err);
/* Rewrites the folder without what an erasure has left. When it cannot be done it stays
 * awaited, and the figures say so. */
void purge_if_awaited(struct store *store);

/* writer.c */
MUST_USE bool writer_start(struct store *store, struct error *err);
void writer_stop(struct store *store);

/* readers.c */
MUST_USE bool readers_open(struct store *store, enum db_mode mode, struct error *err);
void readers_close(struct store *store);

/* txn.c */
void txn_begin(struct store *store);
MUST_USE bool chain_head_read(struct db *db, const struct hash *first,
                              struct chain_head *out, struct error *err);

/* Remembers what an operator should see (store_figures, doctor). */
void store_trouble(struct store *store, const char *what, const struct error *err);

#endif
