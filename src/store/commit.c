/* One group of units in one transaction, and what becomes of them.
 *
 * A unit that is refused before it wrote anything leaves nothing behind. One that is
 * refused after writing undoes the whole transaction, and the others are run again
 * without it: seldom, and cheaper than a savepoint before each unit, which would copy
 * every page a unit changes.
 *
 * A commit that failed may still be found on disk after a crash. So its units hear 'not
 * confirmed', never 'not saved'; the connection is opened anew, the chain's head read from
 * the database, and whatever stands in the write-ahead log is moved into the database and
 * synced before anything more is confirmed: pages of a failed sync may look written. */
#include "base/limits.h"
#include "store/heads_cache.h"
#include "store/names.h"
#include "store/store_inside.h"
#include "system/log.h"

#include <stdio.h>
#include <string.h>

enum fate { FATE_PENDING, FATE_DONE, FATE_REFUSED, FATE_ERASED };

struct group {
    struct store *store;
    struct unit **units;
    size_t count;
    enum fate fates[LIMIT_WRITER_BATCH];
};

void store_trouble(struct store *store, const char *what, const struct error *err)
{
    log_error("%s: %s", what, err->text);
    pthread_mutex_lock(&store->lock);
    snprintf(store->figures.trouble, sizeof store->figures.trouble, "%s: %.150s", what,
             err->text);
    pthread_mutex_unlock(&store->lock);
}

/* -- The connection ---------------------------------------------------------------- */

static enum db_durability durability_of(const struct store_faults *faults)
{
    if (faults->synchronous_off)
        return DB_OFF;
    return faults->synchronous_normal ? DB_NORMAL : DB_DURABLE;
}

static bool is_purge_awaited(struct store *store, bool *is_awaited, struct error *err)
{
    struct rows rows = db_query(store->writer.db, STATEMENT_FACT_GET,
                                BINDS(bind_text(TEXT("purge awaited"))));
    *is_awaited = rows_next(&rows);
    return rows_end(&rows, err);
}

bool writer_open(struct store *store, struct error *err)
{
    struct writer *writer = &store->writer;
    if (writer->arena == NULL) {
        writer->arena = arena_new(SIZE_MAX / 2);
        writer->txn.arena = arena_new(SIZE_MAX / 2);
        writer->txn.notices.arena = arena_new(SIZE_MAX / 2);
        arena_keep(writer->txn.arena, LIMIT_WRITER_KEPT);
        writer->errors = ARENA_ARRAY(store->arena, struct error, LIMIT_WRITER_BATCH);
    } else {
        arena_reset(writer->arena);
    }
    writer->txn = (struct txn){.store = store,
                               .arena = writer->txn.arena,
                               .notices.arena = writer->txn.notices.arena};
    struct db_options options = {
        .path = store->folder.database,
        .vfs = store->options.vfs,
        .mode = DB_WRITER,
        .durability = durability_of(&store->options.faults),
    };
    if (!db_open(&options, writer->arena, &writer->db, err))
        return false;
    struct txn *txn = &writer->txn;
    txn->db = writer->db;
    txn->hasher = hasher_new(writer->arena);
    txn->plain = buffer_in(writer->arena, LIMIT_DESIGN_BYTES + LIMIT_PAYLOAD);
    txn->bound = buffer_in(writer->arena, 4096);
    names_open(writer->db, writer->arena);
    heads_cache_open(writer->db, writer->arena);
    data_keys_open(writer->db, writer->arena, store->folder.id, &store->secret);
    writer->frames_moved = 0;
    return true;
}

void writer_close(struct store *store)
{
    struct writer *writer = &store->writer;
    db_close(writer->db);
    writer->db = NULL;
    arena_free(writer->txn.arena);
    arena_free(writer->txn.notices.arena);
    arena_free(writer->arena);
    writer->arena = NULL;
}

bool writer_read_head(struct store *store, struct error *err)
{
    struct writer *writer = &store->writer;
    return chain_head_read(writer->db, &store->first_hash, &writer->committed, err) &&
           is_purge_awaited(store, &writer->is_purge_awaited, err);
}

/* After a failed commit or checkpoint. */
static bool reopen(struct store *store, struct error *err)
{
    struct writer *writer = &store->writer;
    struct chain_head kept = writer->committed;
    db_close(writer->db);
    writer->db = NULL;
    if (!writer_open(store, err) || !checkpoint_settle(store, err))
        return false;
    if (!store->options.faults.keep_head_after_failed_commit &&
        !writer_read_head(store, err))
        return false;
    if (store->options.faults.keep_head_after_failed_commit)
        writer->committed = kept;
    writer->must_reopen = false;
    log_warning("the database was opened again; the log stands at %lld",
                (long long)writer->committed.seq);
    return true;
}

/* -- Running ----------------------------------------------------------------------- */

/* Everything that the transaction has changed in memory goes back with it. */
static void undo(struct store *store)
{
    struct writer *writer = &store->writer;
    db_rollback(writer->db);
    names_forget(writer->db);
    heads_cache_forget(writer->db);
    data_keys_forget(writer->db);
}

static bool begin(struct store *store, struct error *err)
{
    struct txn *txn = &store->writer.txn;
    txn_begin(store);
    pthread_mutex_lock(&store->lock);
    txn->heard = store->heard;
    txn->listener = store->listener;
    store->is_telling = true;
    pthread_mutex_unlock(&store->lock);
    return db_begin(txn->db, err);
}

enum ran { RAN_ALL, RAN_AGAIN, RAN_FAILED };

/* Runs what is still pending. RAN_AGAIN: one was refused after writing. */
static enum ran run_units(struct group *group, struct error *err)
{
    struct txn *txn = &group->store->writer.txn;
    for (size_t i = 0; i < group->count; i++) {
        if (group->fates[i] == FATE_REFUSED)
            continue;
        struct unit *unit = group->units[i];
        int64_t writes = txn->db->writes;
        int64_t seq = txn->head.seq;
        bool had_erasure = txn->has_erasure;
        txn->has_erasure = false;
        txn->has_others = group->count > 1;
        txn->now = clock_now(unit->clock != NULL ? unit->clock : &group->store->clock);
        struct error *refusal = &group->store->writer.errors[i];
        *refusal = (struct error){0};
        bool is_applied = unit->apply(txn, unit->data, refusal);
        arena_reset(txn->arena);
        if (db_is_broken(txn->db) || !db_in_transaction(txn->db)) {
            *err = *refusal;
            if (is_applied)
                error_set(err, ERROR_FAILED, "the transaction has ended by itself");
            return RAN_FAILED;
        }
        group->fates[i] = !is_applied        ? FATE_REFUSED
                          : txn->has_erasure ? FATE_ERASED
                                             : FATE_DONE;
        unit->seq = txn->head.seq > seq ? txn->head.seq : 0;
        if (!is_applied && txn->db->writes != writes)
            return RAN_AGAIN;
        txn->has_erasure = txn->has_erasure || had_erasure;
    }
    return RAN_ALL;
}

static bool run_transaction(struct group *group, struct error *err)
{
    struct store *store = group->store;
    enum ran ran = RAN_AGAIN;
    while (ran == RAN_AGAIN) {
        if (!begin(store, err))
            return false;
        ran = run_units(group, err);
        if (ran == RAN_AGAIN) {
            undo(store);
            arena_reset(store->writer.txn.notices.arena);
        }
    }
    return ran == RAN_ALL;
}

/* -- Telling ----------------------------------------------------------------------- */

static void tell(struct group *group, enum fate fate, const struct error *err)
{
    for (size_t i = 0; i < group->count; i++)
        if (group->fates[i] == fate)
            group->units[i]->done(group->units[i]->data, err);
}

static void tell_refused(struct group *group)
{
    for (size_t i = 0; i < group->count; i++)
        if (group->fates[i] == FATE_REFUSED)
            group->units[i]->done(group->units[i]->data,
                                  &group->store->writer.errors[i]);
}

static void tell_not_confirmed(struct group *group, const struct error *why)
{
    struct error err;
    error_set(&err, ERROR_NOT_CONFIRMED, "it is not certain that this was saved: %s",
              why->text);
    error_hint(&err, "send it again with the same id");
    for (size_t i = 0; i < group->count; i++)
        group->units[i]->done(group->units[i]->data, &err);
}

static void tell_listener(struct store *store)
{
    const struct txn *txn = &store->writer.txn;
    for (size_t i = 0; i < txn->notices.count; i++)
        txn->heard(txn->listener, &txn->notices.at[i]);
}

static void count_group(struct group *group, bool is_committed)
{
    struct store *store = group->store;
    int64_t refused = 0;
    for (size_t i = 0; i < group->count; i++)
        refused += group->fates[i] == FATE_REFUSED;
    pthread_mutex_lock(&store->lock);
    struct store_figures *figures = &store->figures;
    figures->commits += is_committed;
    figures->failed_commits += !is_committed;
    figures->units += (int64_t)group->count;
    figures->refused_units += is_committed ? refused : 0;
    if ((int64_t)group->count > figures->largest_batch)
        figures->largest_batch = (int64_t)group->count;
    figures->frames = store->writer.db == NULL ? 0 : db_frames(store->writer.db);
    pthread_mutex_unlock(&store->lock);
}

static void fail(struct group *group, const struct error *why)
{
    struct store *store = group->store;
    store_trouble(store, "a commit failed", why);
    if (store->writer.db != NULL)
        undo(store);
    if (store->options.faults.keep_head_after_failed_commit)
        store->writer.committed = store->writer.txn.head;
    store->writer.must_reopen = true;
    count_group(group, false);
    tell_not_confirmed(group, why);
    if (store->writer.arena != NULL)
        arena_reset(store->writer.txn.notices.arena);
}

/* A participant was erased: the folder is purged before the unit hears of it. */
static void finish_erasure(struct group *group)
{
    struct store *store = group->store;
    pthread_mutex_lock(&store->lock);
    store->erasures++;
    pthread_mutex_unlock(&store->lock);
    heads_cache_forget(store->writer.db);
    store->writer.is_purge_awaited = true;
    purge_if_awaited(store);
    bool is_purged = !store->writer.is_purge_awaited;
    struct error err;
    if (!is_purged) {
        error_set(&err, ERROR_FAILED,
                  "the erasure stands, but the disk still holds traces");
        error_hint(&err,
                   "it is tried again when the log is idle and at the next start");
    }
    tell(group, FATE_ERASED, is_purged ? NULL : &err);
}

void group_run(struct store *store, struct unit **units, size_t count)
{
    struct group group = {.store = store, .units = units, .count = count};
    struct writer *writer = &store->writer;
    struct error err;
    bool must_reopen = writer->must_reopen || db_is_broken(writer->db);
    if ((must_reopen && !reopen(store, &err)) || !run_transaction(&group, &err)) {
        fail(&group, &err);
        return;
    }
    bool is_early = store->options.faults.acknowledge_before_commit;
    if (is_early)
        tell(&group, FATE_DONE, NULL);
    if (!db_commit(writer->db, &err)) {
        if (is_early)
            group.count = 0;
        fail(&group, &err);
        return;
    }
    writer->committed = writer->txn.head;
    count_group(&group, true);
    if (!is_early)
        tell(&group, FATE_DONE, NULL);
    tell_refused(&group);
    if (writer->txn.notices.count > 0)
        tell_listener(store);
    if (writer->txn.has_erasure)
        finish_erasure(&group);
    arena_reset(writer->txn.notices.arena);
    checkpoint_step(store);
}
