/* When frames move from the write-ahead log into the database: on the writer's thread,
 * between transactions, in steps small enough that no save waits long for one. An error is
 * never swallowed: it is logged and shown in the figures, and nothing more is confirmed
 * before the connection was opened anew and the whole log moved (commit.c). */
#include "store/erasures.h"
#include "store/store_inside.h"
#include "system/log.h"

static void count_checkpoint(struct store *store, bool is_good)
{
    pthread_mutex_lock(&store->lock);
    store->figures.checkpoints += is_good;
    store->figures.failed_checkpoints =
        is_good ? 0 : store->figures.failed_checkpoints + 1;
    store->figures.frames = db_frames(store->writer.db);
    pthread_mutex_unlock(&store->lock);
}

static void checkpoint(struct store *store, enum db_checkpoint how)
{
    struct writer *writer = &store->writer;
    struct error err;
    bool is_whole = false;
    int64_t frames = db_frames(writer->db);
    bool is_good = db_checkpoint(writer->db, how, &is_whole, &err);
    if (!is_good && store->options.faults.ignore_checkpoint_error)
        is_good = true;
    if (is_good) {
        writer->frames_moved = frames;
    } else {
        writer->must_reopen = true;
        store_trouble(store, "a checkpoint failed", &err);
    }
    count_checkpoint(store, is_good);
}

/* A log of a few hundred frames: some milliseconds. */
bool checkpoint_settle(struct store *store, struct error *err)
{
    struct db *db = store->writer.db;
    bool is_whole = false;
    bool is_good =
        db_rewrite_log(db, err) && db_checkpoint(db, DB_EMPTY_WAITING, &is_whole, err);
    is_good = is_good || store->options.faults.ignore_checkpoint_error;
    count_checkpoint(store, is_good);
    return is_good;
}

void checkpoint_step(struct store *store)
{
    struct writer *writer = &store->writer;
    int64_t frames = db_frames(writer->db);
    /* Fewer than before: the write-ahead log has begun anew. */
    if (frames < writer->frames_moved)
        writer->frames_moved = 0;
    if (frames - writer->frames_moved >= CHECKPOINT_STEP)
        checkpoint(store, DB_STEP);
}

void checkpoint_idle(struct store *store)
{
    if (store->writer.db == NULL || store->writer.must_reopen)
        return;
    purge_if_awaited(store);
    if (db_frames(store->writer.db) > 0)
        checkpoint(store, DB_EMPTY);
}

/* The write-ahead log must be empty before and after: it holds pages as they were. */
static bool purge(struct store *store, struct error *err)
{
    struct db *db = store->writer.db;
    bool is_emptied = false;
    if (!db_checkpoint(db, DB_EMPTY_WAITING, &is_emptied, err))
        return false;
    if (!is_emptied)
        return error_set(err, ERROR_BUSY, "somebody still reads the older state");
    if (!db_vacuum(db, err) || !db_checkpoint(db, DB_EMPTY_WAITING, &is_emptied, err))
        return false;
    return is_emptied ||
           error_set(err, ERROR_BUSY, "somebody still reads the older state");
}

static bool purge_all(struct store *store, struct error *err)
{
    struct writer *writer = &store->writer;
    if (!erasures_note(store, err) || !purge(store, err) ||
        !db_run(writer->db, STATEMENT_FACT_DELETE,
                BINDS(bind_text(TEXT("purge awaited"))), err))
        return false;
    writer->is_purge_awaited = false;
    writer->frames_moved = 0;
    return true;
}

void purge_if_awaited(struct store *store)
{
    struct error err;
    if (store->writer.is_purge_awaited && !purge_all(store, &err))
        store_trouble(store, "traces of an erasure remain", &err);
    pthread_mutex_lock(&store->lock);
    store->figures.is_purge_awaited = store->writer.is_purge_awaited;
    pthread_mutex_unlock(&store->lock);
}
