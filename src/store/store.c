#include "store/store.h"

#include "base/limits.h"
#include "base/version.h"
#include "store/erasures.h"
#include "store/event_content.h"
#include "store/store_inside.h"
#include "store/upgrade.h"
#include "system/file.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

/* -- Begin and end of the struct --------------------------------------------------- */

static struct store *store_new(const struct store_options *options)
{
    struct arena *arena = arena_new(SIZE_MAX / 2);
    struct store *store = ARENA_NEW(arena, struct store);
    store->arena = arena;
    store->options = *options;
    store->folder = folder_of(options->folder, arena);
    store->options.folder = store->folder.path;
    store->lock_descriptor = -1;
    store->clock = options->clock != NULL ? *options->clock : system_clock;
    pthread_mutex_init(&store->lock, NULL);
    pthread_cond_init(&store->readable, NULL);
    pthread_cond_init(&store->told, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&store->work, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return store;
}

static void store_end(struct store *store)
{
    writer_stop(store);
    readers_close(store);
    if (store->writer.arena != NULL)
        writer_close(store);
    if (store->lock_descriptor >= 0)
        file_unlock(store->lock_descriptor);
    wipe(&store->secret, sizeof store->secret);
    pthread_cond_destroy(&store->work);
    pthread_cond_destroy(&store->readable);
    pthread_cond_destroy(&store->told);
    pthread_mutex_destroy(&store->lock);
    arena_free(store->arena);
}

void store_close(struct store *store)
{
    if (store != NULL)
        store_end(store);
}

/* -- Creating ---------------------------------------------------------------------- */

/* The first events, on the writer's connection, before there is a writer's thread. */
static bool write_beginning(struct store *store, const struct store_new *what,
                            struct error *err)
{
    struct txn *txn = &store->writer.txn;
    txn_begin(store);
    bool is_simulated = what->is_demo && store->options.clock == NULL;
    txn->now = is_simulated ? what->demo_now : clock_now(&store->clock);
    struct origin origin = {.device = TEXT("osteon init")};
    struct study_created created = {
        .study_oid = what->study_oid,
        .program_version = TEXT(OSTEON_VERSION),
        .is_demo = what->is_demo,
        .demo_now = what->demo_now,
    };
    memcpy(created.folder_id, store->folder.id, FOLDER_ID_SIZE);
    struct design_published design = {.version = what->design_version,
                                      .xml = what->design_xml};
    return db_run(txn->db, STATEMENT_FACT_SET,
                  BINDS(bind_text(TEXT("study")),
                        bind_bytes(what->study_oid.at, what->study_oid.len)),
                  err) &&
           db_run(txn->db, STATEMENT_FACT_SET,
                  BINDS(bind_text(TEXT("folder id")),
                        bind_bytes(store->folder.id, FOLDER_ID_SIZE)),
                  err) &&
           upgrade_format_write(txn->db, err) && data_key_make(txn->db, 0, err) &&
           txn_append(txn, LOG_EVENT_STUDY_CREATED, &origin, 0, &created, NULL, err) &&
           txn_append(txn, LOG_EVENT_DESIGN_PUBLISHED, &origin, 0, &design, NULL, err);
}

static bool create(struct store *store, const struct store_new *what, struct error *err)
{
    random_bytes(store->folder.id, FOLDER_ID_SIZE);
    store->first_hash =
        log_first_hash(what->study_oid, store->folder.id, FOLDER_ID_SIZE);
    bool is_whole = false;
    if (!keyring_make(store->options.keyring, store->folder.id, &store->secret, err) ||
        !writer_open(store, err))
        return false;
    /* The files beside it are made with the rights that it has. */
    if (chmod(store->folder.database, 0600) != 0)
        return error_set(err, ERROR_FAILED, "%s cannot be made the owner's alone",
                         store->folder.database);
    struct db *db = store->writer.db;
    if (!db_begin(db, err) || !db_make_tables(db, err))
        return false;
    store->writer.committed = (struct chain_head){.hash = store->first_hash};
    return write_beginning(store, what, err) && db_commit(db, err) &&
           db_checkpoint(db, DB_EMPTY, &is_whole, err) &&
           folder_write(&store->folder, err) && folder_sync(store->folder.path, err);
}

bool store_create(const struct store_options *options, const struct store_new *what,
                  struct error *err)
{
    if (what->study_oid.len == 0 || what->study_oid.len > LIMIT_OID)
        return error_set(err, ERROR_REFUSED, "a study needs an OID");
    struct store *store = store_new(options);
    bool is_begun = folder_begin(&store->folder, &store->lock_descriptor, err);
    bool is_made = is_begun && create(store, what, err);
    if (is_begun && !is_made) {
        if (store->writer.arena != NULL)
            writer_close(store);
        folder_abandon(&store->folder);
    }
    store_end(store);
    return is_made || error_in(err, "making the folder %s", options->folder);
}

/* -- Opening ----------------------------------------------------------------------- */

static bool read_fact(struct db *db, const char *name, struct arena *arena,
                      struct text *out, struct error *err)
{
    struct rows rows =
        db_query(db, STATEMENT_FACT_GET, BINDS(bind_text(text_of(name))));
    *out = rows_next(&rows) ? rows_copy(&rows, 0, arena) : (struct text){0};
    if (!rows_end(&rows, err))
        return false;
    return !text_is_absent(*out) ||
           error_set(err, ERROR_DAMAGED, "the database does not say its %s", name);
}

/* The simulated clock of a demo runs while the folder is open: from its beginning, or from
 * the last event, never back. */
static void start_demo_clock(struct store *store, struct db *db, int64_t began)
{
    struct log_row *last = NULL;
    size_t count = 0;
    struct error ignored; /* a damaged log opens too, for verify */
    struct log_filter filter = {
        .user = -1, .newest_first = true, .without_content = true, .limit = 1};
    if (log_list(db, &filter, store->arena, &last, &count, &ignored) && count > 0 &&
        last->server_time > began)
        began = last->server_time;
    store->demo_clock =
        (struct shifted_clock){.began = began, .real_began = clock_now(&system_clock)};
    store->clock = shifted_clock(&store->demo_clock);
}

/* What stands in the first event and beside it. */
static bool read_study(struct store *store, struct db *db, struct error *err)
{
    struct text id = {0};
    if (!read_fact(db, "study", store->arena, &store->study_oid, err) ||
        !read_fact(db, "folder id", store->arena, &id, err))
        return false;
    if (id.len != FOLDER_ID_SIZE || memcmp(id.at, store->folder.id, id.len) != 0)
        return error_set(err, ERROR_DAMAGED, "the database belongs to another folder");
    store->first_hash =
        log_first_hash(store->study_oid, store->folder.id, FOLDER_ID_SIZE);
    struct log_row first;
    struct error ignored;
    /* Verify must open a damaged log as well: what is wrong with it is its to say. */
    if (!store->has_secret || !log_event(db, 1, store->arena, &first, &ignored) ||
        first.kind != LOG_EVENT_STUDY_CREATED)
        return true;
    const struct study_created *created = first.content;
    store->is_demo = created->is_demo;
    if (store->is_demo && store->options.clock == NULL)
        start_demo_clock(store, db, created->demo_now);
    return true;
}

/* The program that had the folder before may have died of a failing disk. If it fails
 * still, what is there can be read; saves are not confirmed until it works again. */
static void settle(struct store *store)
{
    struct error err;
    if (checkpoint_settle(store, &err))
        return;
    store->writer.must_reopen = true;
    store_trouble(store, "a checkpoint failed", &err);
}

static bool open_for_writing(struct store *store, struct error *err)
{
    if (!file_lock(store->folder.lock, &store->lock_descriptor, err))
        return error_hint(err, "commands for a folder that is served go through the "
                               "server; a second server needs a folder of its own");
    if (!keyring_read(store->options.keyring, store->folder.id, &store->secret, err))
        return false;
    store->has_secret = true;
    if (!writer_open(store, err) || !readers_open(store, DB_READER, err) ||
        !read_study(store, store->writer.db, err))
        return false;
    settle(store);
    if (!writer_read_head(store, err))
        return false;
    /* An earlier version of this program made the folder; on a failing disk it waits. */
    if (!store->writer.must_reopen && !upgrade_if_earlier(store, err))
        return false;
    purge_if_awaited(store);
    return writer_start(store, err) && erasures_apply(store, err);
}

/* A write-ahead log beside the database, with something in it? */
static bool has_frames(const struct store *store)
{
    char path[4096];
    snprintf(path, sizeof path, "%s-wal", store->folder.database);
    struct stat found;
    return stat(path, &found) == 0 && found.st_size > 0;
}

/* Of a folder that nobody else has open, and whose write-ahead log is empty, the file can
 * be read without making others beside it. */
static bool open_for_reading(struct store *store, struct error *err)
{
    struct error ignored;
    store->has_secret = keyring_read(store->options.keyring, store->folder.id,
                                     &store->secret, &ignored);
    bool is_owned = file_exists(store->folder.lock) &&
                    !file_lock(store->folder.lock, &store->lock_descriptor, &ignored) &&
                    ignored.code == ERROR_BUSY;
    enum db_mode mode = is_owned || has_frames(store) ? DB_READ_ONLY : DB_FROZEN;
    return readers_open(store, mode, err) && read_study(store, store->readers[0], err);
}

bool store_open(const struct store_options *options, struct store **out,
                struct error *err)
{
    struct store *store = store_new(options);
    bool is_open = folder_read(&store->folder, err) &&
                   (options->is_read_only ? open_for_reading(store, err)
                                          : open_for_writing(store, err));
    if (!is_open) {
        store_end(store);
        return error_in(err, "opening the folder %s", options->folder);
    }
    *out = store;
    return true;
}

/* -- Small questions --------------------------------------------------------------- */

const struct clock *store_clock(const struct store *store)
{
    return &store->clock;
}

const char *store_folder(const struct store *store)
{
    return store->folder.path;
}

bool store_is_demo(const struct store *store)
{
    return store->is_demo;
}

struct text store_study_oid(const struct store *store)
{
    return store->study_oid;
}

void store_listen(struct store *store,
                  void (*heard)(void *data, const struct store_notice *notice),
                  void *data)
{
    pthread_mutex_lock(&store->lock);
    store->heard = heard;
    store->listener = data;
    while (store->is_telling)
        pthread_cond_wait(&store->told, &store->lock);
    pthread_mutex_unlock(&store->lock);
}

struct store_figures store_figures(struct store *store)
{
    pthread_mutex_lock(&store->lock);
    struct store_figures figures = store->figures;
    pthread_mutex_unlock(&store->lock);
    return figures;
}
