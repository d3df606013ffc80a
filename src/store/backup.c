#include "store/backup.h"

#include "store/reads.h"
#include "store/store_inside.h"
#include "system/file.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct folder_note {
    const struct origin *origin;
    enum log_event_kind kind;
    struct folder_event event;
    bool is_restored; /* whoever was signed in then is not now */
};

static bool note_apply(struct txn *txn, void *data, struct error *err)
{
    const struct folder_note *note = data;
    return (!note->is_restored ||
            db_run(txn->db, STATEMENT_WEB_SESSION_DELETE_ALL, NO_BINDS, err)) &&
           txn_append(txn, note->kind, note->origin, 0, &note->event, NULL, err);
}

static struct text name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return text_of(slash == NULL ? path : slash + 1);
}

/* "a/b" of "a/b/c", "." of "c". */
static const char *parent_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        return ".";
    size_t len = slash == path ? 1 : (size_t)(slash - path);
    return text_c(arena, (struct text){.at = path, .len = len});
}

/* Under another name until it is whole. */
static bool copy_database(struct db *db, const char *path, struct error *err)
{
    struct arena *scratch = arena_new(64 * 1024);
    const char *part = text_format(scratch, "%s.part", path).at;
    unlink(part);
    bool is_copied = db_copy(db, part, err);
    if (is_copied && (chmod(part, 0600) != 0 || rename(part, path) != 0))
        is_copied = error_set(err, ERROR_FAILED, "%s cannot be written", path);
    is_copied = is_copied && folder_sync(parent_of(scratch, path), err);
    if (!is_copied)
        unlink(part);
    arena_free(scratch);
    return is_copied;
}

bool store_backup(struct store *store, const struct origin *origin, const char *path,
                  struct error *err)
{
    if (file_exists(path)) {
        error_set(err, ERROR_FAILED, "%s exists already", path);
        return error_hint(err, "name a file that does not exist yet");
    }
    struct folder_note note = {.origin = origin, .kind = LOG_EVENT_BACKUP_MADE};
    note.event.note = name_of(path);
    struct db *db = store_reader(store);
    bool is_made = log_head(db, &note.event.at_seq, &note.event.head, err) &&
                   copy_database(db, path, err);
    store_reader_return(store, db);
    struct unit unit = {.apply = note_apply, .data = &note};
    return is_made && store_write(store, &unit, err);
}

/* -- Restoring --------------------------------------------------------------------- */

/* Whose folder is it? */
static bool read_id(struct db *db, uint8_t id[FOLDER_ID_SIZE], struct error *err)
{
    struct rows rows =
        db_query(db, STATEMENT_FACT_GET, BINDS(bind_text(TEXT("folder id"))));
    bool is_found = rows_next(&rows) && rows_fixed(&rows, 0, id, FOLDER_ID_SIZE);
    struct error ignored;
    bool is_ended = rows_end(&rows, &ignored);
    return (is_found && is_ended) ||
           error_set(err, ERROR_REFUSED, "it is not a back-up of this program");
}

static bool write_folder(struct db *backup, const struct store_options *options,
                         struct folder *folder, struct error *err)
{
    int lock = -1;
    if (!folder_begin(folder, &lock, err))
        return false;
    bool is_written =
        copy_database(backup, folder->database, err) && folder_write(folder, err);
    if (!is_written)
        folder_abandon(folder);
    file_unlock(lock);
    return is_written || error_in(err, "making the folder %s", options->folder);
}

static bool note_restoring(const char *path, const struct store_options *options,
                           const struct origin *origin, struct error *err)
{
    struct store *store = NULL;
    if (!store_open(options, &store, err))
        return false;
    struct folder_note note = {
        .origin = origin, .kind = LOG_EVENT_RESTORED, .is_restored = true};
    note.event.note = name_of(path);
    struct db *db = store_reader(store);
    bool is_noted = log_head(db, &note.event.at_seq, &note.event.head, err);
    store_reader_return(store, db);
    struct unit unit = {.apply = note_apply, .data = &note};
    is_noted = is_noted && store_write(store, &unit, err);
    store_close(store);
    return is_noted;
}

bool store_restore(const char *path, const struct store_options *options,
                   const struct origin *origin, struct error *err)
{
    if (!file_exists(path))
        return error_set(err, ERROR_NOT_FOUND, "there is no file %s", path);
    struct arena *arena = arena_new(64 * 1024 * 1024);
    struct folder folder = folder_of(options->folder, arena);
    struct db_options backup = {.path = path, .mode = DB_FROZEN};
    struct folder_secret secret;
    struct db *db = NULL;
    bool is_restored = db_open(&backup, arena, &db, err) &&
                       read_id(db, folder.id, err) &&
                       keyring_read(options->keyring, folder.id, &secret, err) &&
                       write_folder(db, options, &folder, err);
    wipe(&secret, sizeof secret);
    db_close(db);
    arena_free(arena);
    return (is_restored && note_restoring(path, options, origin, err)) ||
           error_in(err, "restoring %s", path);
}
