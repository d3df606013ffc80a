/* The connection on SQLite: the only file that knows it.
 *
 * Debian's 3.40.1 lacks the fix of the WAL-reset fault, which needs one connection to
 * checkpoint while another commits. So one connection does all writes and all
 * checkpoints; readers never do either. */
#include "base/buffer.h"
#include "base/poison.h"
#include "store/db.h"
#include "store/gather.h"
#include "store/schema.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct connection {
    sqlite3 *handle;
    sqlite3_stmt *statements[STATEMENT_COUNT];
    bool is_running[STATEMENT_COUNT];
    sqlite3_stmt *begin, *commit;
    int64_t frames;
    enum db_mode mode;
    bool is_broken;
};

enum { BUSY_MILLISECONDS = 5000 };

static const char *const statement_texts[] = {
#define X(name, sql) sql,
    STATEMENT_TABLE(X)
#undef X
};

static const char *const statement_names[] = {
#define X(name, sql) #name,
    STATEMENT_TABLE(X)
#undef X
};

/* -- Errors ------------------------------------------------------------------------ */

static enum error_code code_of(int result)
{
    switch (result & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return ERROR_DAMAGED;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return ERROR_BUSY;
    case SQLITE_TOOBIG: return ERROR_TOO_LARGE;
    default: return ERROR_FAILED;
    }
}

static bool breaks(int result)
{
    switch (result & 0xff) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PROTOCOL:
    case SQLITE_NOMEM:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return true;
    default: return false;
    }
}

static bool tell(struct connection *connection, const char *doing, struct error *err)
{
    int result = sqlite3_extended_errcode(connection->handle);
    error_set(err, code_of(result), "%s: the database says '%s' (%d)", doing,
              sqlite3_errmsg(connection->handle), result);
    if ((result & 0xff) == SQLITE_FULL || result == SQLITE_IOERR_SHMSIZE)
        error_hint(err, "make room on the disk; what was not confirmed can be sent "
                        "again with the same id");
    return false;
}

static bool failed(struct connection *connection, const char *doing, struct error *err)
{
    int result = sqlite3_extended_errcode(connection->handle);
    connection->is_broken = connection->is_broken || breaks(result);
    return tell(connection, doing, err);
}

/* -- Opening ----------------------------------------------------------------------- */

static bool pragma(struct connection *connection, const char *text, struct error *err)
{
    if (sqlite3_exec(connection->handle, text, NULL, NULL, NULL) == SQLITE_OK)
        return true;
    return failed(connection, text, err);
}

static int remember_frames(void *data, sqlite3 *handle, const char *name, int frames)
{
    (void)handle;
    (void)name;
    struct connection *connection = data;
    connection->frames = frames;
    return SQLITE_OK;
}

/* Debian's build has these open; the closed list of statements needs none of them. */
static void close_doors(sqlite3 *handle)
{
    static const struct {
        int option, value;
    } doors[] = {
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
        {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
    };
    for (size_t i = 0; i < ARRAY_COUNT(doors); i++)
        sqlite3_db_config(handle, doors[i].option, doors[i].value, NULL);
}

static bool settle_writer(struct connection *connection, enum db_durability durability,
                          struct error *err)
{
    static const char *const synchronous[] = {
        "PRAGMA synchronous = FULL",
        "PRAGMA synchronous = NORMAL",
        "PRAGMA synchronous = OFF",
    };
    /* Automatic checkpoints swallow their errors: ours are explicit (writer.c). */
    sqlite3_wal_autocheckpoint(connection->handle, 0);
    sqlite3_wal_hook(connection->handle, remember_frames, connection);
    return pragma(connection, "PRAGMA journal_mode = WAL", err) &&
           pragma(connection, synchronous[durability], err) &&
           pragma(connection, "PRAGMA secure_delete = ON", err) &&
           pragma(connection, "PRAGMA cache_size = -16000", err) &&
           /* The piece is taken anew, now of the size that was just set. */
           sqlite3_db_release_memory(connection->handle) == SQLITE_OK;
}

static bool settle(struct connection *connection, const struct db_options *options,
                   struct error *err)
{
    sqlite3_extended_result_codes(connection->handle, 1);
    sqlite3_busy_timeout(connection->handle, BUSY_MILLISECONDS);
    close_doors(connection->handle);
    if (!pragma(connection, "PRAGMA temp_store = MEMORY", err))
        return false;
    switch (options->mode) {
    case DB_WRITER: return settle_writer(connection, options->durability, err);
    case DB_SCRATCH:
        return pragma(connection, "PRAGMA journal_mode = OFF", err) &&
               pragma(connection, "PRAGMA synchronous = OFF", err) &&
               pragma(connection, "PRAGMA cache_size = -64000", err);
    case DB_READER:
    case DB_READ_ONLY:
    case DB_FROZEN: break;
    }
    sqlite3_wal_autocheckpoint(connection->handle, 0);
    sqlite3_db_config(connection->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    return pragma(connection, "PRAGMA query_only = ON", err) &&
           pragma(connection, "PRAGMA cache_size = -2000", err);
}

/* "file:" with what a URI cannot hold escaped. */
static const char *frozen_uri(struct arena *arena, const char *path)
{
    struct buffer uri = buffer_in(arena, 16384);
    BUFFER_LITERAL(&uri, "file:");
    for (const char *byte = path; *byte != '\0'; byte++) {
        if (*byte == '%' || *byte == '?' || *byte == '#')
            buffer_format(&uri, "%%%02X", (unsigned)(unsigned char)*byte);
        else
            buffer_byte(&uri, *byte);
    }
    BUFFER_LITERAL(&uri, "?immutable=1");
    return text_c(arena, (struct text){.at = uri.at, .len = uri.len});
}

bool db_open(const struct db_options *options, struct arena *arena, struct db **out,
             struct error *err)
{
    struct db *db = ARENA_NEW(arena, struct db);
    db->connection = ARENA_NEW(arena, struct connection);
    db->connection->mode = options->mode;
    db->log = db;
    const char *path = options->path;
    /* Counting every allocation takes a lock each; refused once the library runs. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    /* A connection's cache in one piece, as large as its cache_size: page by page the
     * writer's thread asked the system for four kilobytes at a time. Under sanitizers
     * each page is guarded by itself. */
    if (!POISON_WORKS)
        sqlite3_config(SQLITE_CONFIG_PAGECACHE, NULL, 0, -16000);
    /* No two threads use a connection at once: SQLite's own mutexes are not needed. */
    int flags = SQLITE_OPEN_NOMUTEX;
    const char *gathering = NULL;
    if (options->mode == DB_WRITER && options->durability == DB_DURABLE)
        gathering = gather_vfs(options->vfs);
    const char *vfs = gathering != NULL ? gathering : options->vfs;
    switch (options->mode) {
    case DB_WRITER: flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE; break;
    case DB_READER: flags |= SQLITE_OPEN_READWRITE; break;
    case DB_READ_ONLY: flags |= SQLITE_OPEN_READONLY; break;
    case DB_FROZEN:
        flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
        path = frozen_uri(arena, path);
        break;
    case DB_SCRATCH:
        /* An empty name: a private file that the system has already unlinked. */
        flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
        path = "";
        break;
    }
    int result = sqlite3_open_v2(path, &db->connection->handle, flags, vfs);
    if (db->connection->handle == NULL)
        return error_set(err, ERROR_FAILED, "no memory to open %s", options->path);
    if (result != SQLITE_OK || !settle(db->connection, options, err)) {
        if (result != SQLITE_OK)
            failed(db->connection, "opening", err);
        db_close(db);
        return error_in(err, "%s", options->path);
    }
    *out = db;
    return true;
}

void db_close(struct db *db)
{
    if (db == NULL || db->connection->handle == NULL)
        return;
    for (size_t i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_finalize(db->connection->statements[i]);
    sqlite3_finalize(db->connection->begin);
    sqlite3_finalize(db->connection->commit);
    sqlite3_close_v2(db->connection->handle);
    db->connection->handle = NULL;
}

bool db_make_tables(struct db *db, struct error *err)
{
    static const char *const words[] = {
#define TABLE(name, columns, kind)                                                     \
    "CREATE TABLE IF NOT EXISTS " name " (" columns ")" kind,
#define INDEX(name, table, columns, where)                                             \
    "CREATE INDEX IF NOT EXISTS " name " ON " table " (" columns ") " where,
        SCHEMA_RECORD(TABLE, "INTEGER", "BLOB", " STRICT", " STRICT, WITHOUT ROWID")
            SCHEMA_PROJECTIONS(TABLE, "INTEGER", "BLOB", " STRICT",
                               " STRICT, WITHOUT ROWID") SCHEMA_INDEXES(INDEX)
#undef TABLE
#undef INDEX
    };
    for (size_t i = 0; i < ARRAY_COUNT(words); i++)
        if (!pragma(db->connection, words[i], err))
            return false;
    return true;
}

bool db_drop_projections(struct db *db, struct error *err)
{
    static const char *const words[] = {
#define TABLE(name, columns, kind) "DROP TABLE IF EXISTS " name,
        SCHEMA_PROJECTIONS(TABLE, "", "", "", "")
#undef TABLE
    };
    for (size_t i = 0; i < ARRAY_COUNT(words); i++)
        if (!pragma(db->connection, words[i], err))
            return false;
    return true;
}

bool db_lacks_table(struct db *db, const char *name)
{
    return sqlite3_table_column_metadata(db->connection->handle, "main", name, NULL,
                                         NULL, NULL, NULL, NULL, NULL) != SQLITE_OK;
}

bool db_lacks_column(struct db *db, enum statement statement)
{
    sqlite3_stmt *prepared = NULL;
    bool lacks = sqlite3_prepare_v2(db->connection->handle, statement_texts[statement],
                                    -1, &prepared, NULL) == SQLITE_ERROR;
    sqlite3_finalize(prepared);
    return lacks;
}

/* -- Statements -------------------------------------------------------------------- */

static bool bind_one(sqlite3_stmt *statement, int at, const struct bind *bind)
{
    const char *bytes = bind->text.at == NULL ? "" : bind->text.at;
    switch (bind->kind) {
    case BIND_NULL: return sqlite3_bind_null(statement, at) == SQLITE_OK;
    case BIND_NUMBER:
        return sqlite3_bind_int64(statement, at, bind->number) == SQLITE_OK;
    case BIND_TEXT:
        return sqlite3_bind_text64(statement, at, bytes, bind->text.len, SQLITE_STATIC,
                                   SQLITE_UTF8) == SQLITE_OK;
    case BIND_BYTES:
        return sqlite3_bind_blob64(statement, at, bytes, bind->text.len,
                                   SQLITE_STATIC) == SQLITE_OK;
    }
    return false;
}

/* Prepared at the first use, then kept; NULL when it cannot be prepared or bound. */
static sqlite3_stmt *ready(struct connection *connection, enum statement statement,
                           struct binds binds)
{
    ASSERT(!connection->is_running[statement]);
    sqlite3_stmt **kept = &connection->statements[statement];
    if (*kept == NULL &&
        sqlite3_prepare_v3(connection->handle, statement_texts[statement], -1,
                           SQLITE_PREPARE_PERSISTENT, kept, NULL) != SQLITE_OK)
        return NULL;
    ASSERT(sqlite3_bind_parameter_count(*kept) == (int)binds.count);
    for (size_t i = 0; i < binds.count; i++)
        if (!bind_one(*kept, (int)i + 1, &binds.at[i]))
            return NULL;
    return *kept;
}

bool db_run(struct db *db, enum statement statement, struct binds binds,
            struct error *err)
{
    sqlite3_stmt *prepared = ready(db->connection, statement, binds);
    if (prepared == NULL)
        return failed(db->connection, statement_names[statement], err);
    db->writes++;
    int result = sqlite3_step(prepared);
    bool is_done = result == SQLITE_DONE || result == SQLITE_ROW;
    if (!is_done)
        failed(db->connection, statement_names[statement], err);
    sqlite3_reset(prepared);
    return is_done;
}

bool db_run_one(struct db *db, enum statement statement, struct binds binds,
                struct error *err)
{
    if (!db_run(db, statement, binds, err))
        return false;
    int changed = sqlite3_changes(db->connection->handle);
    return changed == 1 || error_set(err, ERROR_DAMAGED, "%s changed %d rows, not one",
                                     statement_names[statement], changed);
}

struct rows db_query(struct db *db, enum statement statement, struct binds binds)
{
    struct rows rows = {.db = db, .statement = statement};
    rows.cursor = ready(db->connection, statement, binds);
    rows.is_bad = rows.cursor == NULL;
    db->connection->is_running[statement] = !rows.is_bad;
    return rows;
}

bool rows_next(struct rows *rows)
{
    if (rows->is_bad)
        return false;
    int result = sqlite3_step(rows->cursor);
    rows->is_bad = result != SQLITE_ROW && result != SQLITE_DONE;
    return result == SQLITE_ROW;
}

bool rows_end(struct rows *rows, struct error *err)
{
    if (rows->is_bad)
        failed(rows->db->connection, statement_names[rows->statement], err);
    if (rows->cursor != NULL)
        sqlite3_reset(rows->cursor);
    rows->db->connection->is_running[rows->statement] = false;
    return !rows->is_bad;
}

bool rows_end_after(struct rows *rows, bool is_good, struct error *err)
{
    struct error end;
    bool is_ended = rows_end(rows, &end);
    if (is_good && !is_ended)
        *err = end;
    return is_good && is_ended;
}

int64_t rows_number(const struct rows *rows, int column)
{
    return sqlite3_column_int64(rows->cursor, column);
}

bool rows_is_null(const struct rows *rows, int column)
{
    return sqlite3_column_type(rows->cursor, column) == SQLITE_NULL;
}

struct text rows_bytes(const struct rows *rows, int column)
{
    if (rows_is_null(rows, column))
        return (struct text){0};
    /* SQLite gives a null pointer for no bytes; ours would mean absent. */
    const char *at = sqlite3_column_blob(rows->cursor, column);
    size_t len = (size_t)sqlite3_column_bytes(rows->cursor, column);
    return (struct text){.at = at == NULL ? "" : at, .len = len};
}

struct text rows_text(const struct rows *rows, int column)
{
    return rows_bytes(rows, column);
}

bool rows_fixed(const struct rows *rows, int column, void *out, size_t len)
{
    struct text bytes = rows_bytes(rows, column);
    if (text_is_absent(bytes) || bytes.len != len)
        return false;
    memcpy(out, bytes.at, len);
    return true;
}

struct text rows_copy(const struct rows *rows, int column, struct arena *arena)
{
    return text_copy(arena, rows_bytes(rows, column));
}

int rows_columns(const struct rows *rows)
{
    return sqlite3_column_count(rows->cursor);
}

struct text rows_column_name(const struct rows *rows, int column)
{
    return text_of(sqlite3_column_name(rows->cursor, column));
}

bool rows_column_equal(const struct rows *a, const struct rows *b, int column)
{
    return sqlite3_column_type(a->cursor, column) ==
               sqlite3_column_type(b->cursor, column) &&
           rows_column_compare(a, b, column) == 0;
}

int rows_column_compare(const struct rows *a, const struct rows *b, int column)
{
    if (sqlite3_column_type(a->cursor, column) == SQLITE_INTEGER) {
        int64_t left = rows_number(a, column);
        int64_t right = rows_number(b, column);
        return (left > right) - (left < right);
    }
    return text_compare(rows_bytes(a, column), rows_bytes(b, column));
}

bool db_number(struct db *db, enum statement statement, struct binds binds,
               int64_t *out, struct error *err)
{
    struct rows rows = db_query(db, statement, binds);
    *out = rows_next(&rows) ? rows_number(&rows, 0) : 0;
    return rows_end(&rows, err);
}

/* -- Transactions ------------------------------------------------------------------ */

/* Prepared at the first use: a group of one save must not cost two readings of SQL. */
static bool run_kept(struct connection *connection, sqlite3_stmt **kept,
                     const char *text, struct error *err)
{
    if (*kept == NULL &&
        sqlite3_prepare_v3(connection->handle, text, -1, SQLITE_PREPARE_PERSISTENT,
                           kept, NULL) != SQLITE_OK)
        return failed(connection, text, err);
    bool is_done = sqlite3_step(*kept) == SQLITE_DONE;
    if (!is_done)
        failed(connection, text, err);
    sqlite3_reset(*kept);
    return is_done;
}

bool db_begin(struct db *db, struct error *err)
{
    struct connection *connection = db->connection;
    bool is_writer = connection->mode == DB_WRITER;
    return run_kept(connection, &connection->begin,
                    is_writer ? "BEGIN IMMEDIATE" : "BEGIN DEFERRED", err);
}

bool db_commit(struct db *db, struct error *err)
{
    return run_kept(db->connection, &db->connection->commit, "COMMIT", err);
}

void db_rollback(struct db *db)
{
    /* After some failures SQLite has rolled back by itself. */
    if (db_in_transaction(db))
        sqlite3_exec(db->connection->handle, "ROLLBACK", NULL, NULL, NULL);
}

bool db_in_transaction(const struct db *db)
{
    return sqlite3_get_autocommit(db->connection->handle) == 0;
}

bool db_is_broken(const struct db *db)
{
    return db->connection->is_broken;
}

/* -- Checkpoints, copies ----------------------------------------------------------- */

int64_t db_frames(const struct db *db)
{
    return db->connection->frames;
}

bool db_checkpoint(struct db *db, enum db_checkpoint how, bool *is_whole,
                   struct error *err)
{
    struct connection *connection = db->connection;
    int mode = how == DB_STEP ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE;
    int frames = 0;
    int moved = 0;
    if (how == DB_EMPTY)
        sqlite3_busy_timeout(connection->handle, 0);
    int result =
        sqlite3_wal_checkpoint_v2(connection->handle, "main", mode, &frames, &moved);
    sqlite3_busy_timeout(connection->handle, BUSY_MILLISECONDS);
    *is_whole = result == SQLITE_OK && frames == moved;
    if (*is_whole && how != DB_STEP)
        connection->frames = 0;
    /* Readers on an older state: nothing is wrong, the rest is moved later. */
    if (result == SQLITE_OK || (result & 0xff) == SQLITE_BUSY)
        return true;
    /* What is committed still stands: the caller decides what follows. */
    return tell(connection, "moving the write-ahead log into the database", err);
}

/* Block by block; the same bytes, so that who reads meanwhile sees no difference. */
static bool write_again(sqlite3_file *file)
{
    enum { BLOCK = 64 * 1024 };
    unsigned char block[BLOCK];
    sqlite3_int64 len = 0;
    bool is_good = file->pMethods->xFileSize(file, &len) == SQLITE_OK;
    for (sqlite3_int64 at = 0; is_good && at < len; at += BLOCK) {
        int part = len - at < BLOCK ? (int)(len - at) : BLOCK;
        is_good = file->pMethods->xRead(file, block, part, at) == SQLITE_OK &&
                  file->pMethods->xWrite(file, block, part, at) == SQLITE_OK;
    }
    return is_good &&
           (len == 0 || file->pMethods->xSync(file, SQLITE_SYNC_FULL) == SQLITE_OK);
}

bool db_rewrite_log(struct db *db, struct error *err)
{
    sqlite3 *handle = db->connection->handle;
    sqlite3_file *file = NULL;
    /* Its lock keeps others from writing, and opens the file. */
    if (!db_begin(db, err))
        return false;
    bool is_good = sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER,
                                        &file) == SQLITE_OK &&
                   file->pMethods != NULL && write_again(file);
    db_rollback(db);
    return is_good || error_set(err, ERROR_FAILED,
                                "the write-ahead log cannot be written to the disk");
}

bool db_vacuum(struct db *db, struct error *err)
{
    /* The rewritten database goes through a temporary file, not through memory. */
    return pragma(db->connection, "PRAGMA temp_store = FILE", err) &&
           pragma(db->connection, "VACUUM", err) &&
           pragma(db->connection, "PRAGMA temp_store = MEMORY", err);
}

/* The copy is taken inside this reader's transaction: one committed state, whatever the
 * writer does meanwhile, and the writer's thread gives no time for it. The backup
 * interface would start over when another connection writes; inside a read transaction
 * the state stands still. */
bool db_copy(struct db *db, const char *path, struct error *err)
{
    sqlite3 *target = NULL;
    struct connection to = {0};
    if (sqlite3_open_v2(path, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                        NULL) != SQLITE_OK) {
        to.handle = target;
        failed(&to, "making the copy", err);
        sqlite3_close(target);
        return error_in(err, "%s", path);
    }
    to.handle = target;
    sqlite3_backup *backup =
        sqlite3_backup_init(target, "main", db->connection->handle, "main");
    int result = backup == NULL ? SQLITE_ERROR : SQLITE_OK;
    while (result == SQLITE_OK)
        result = sqlite3_backup_step(backup, 256);
    bool is_copied = backup != NULL && result == SQLITE_DONE;
    is_copied = sqlite3_backup_finish(backup) == SQLITE_OK && is_copied;
    /* One file, without a write-ahead log beside it. */
    is_copied = is_copied && sqlite3_exec(target, "PRAGMA journal_mode = DELETE", NULL,
                                          NULL, NULL) == SQLITE_OK;
    if (!is_copied)
        failed(&to, "copying", err);
    sqlite3_close(target);
    return is_copied || error_in(err, "%s", path);
}

bool db_check(struct db *db, struct arena *arena, struct text *sentence,
              struct error *err)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db->connection->handle, "PRAGMA integrity_check(5)", -1,
                           &statement, NULL) != SQLITE_OK)
        return failed(db->connection, "checking the structure", err);
    struct buffer found = buffer_in(arena, 4096);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        const unsigned char *line = sqlite3_column_text(statement, 0);
        buffer_format(&found, "%s%s", found.len > 0 ? "; " : "", (const char *)line);
    }
    bool is_ended = sqlite3_finalize(statement) == SQLITE_OK;
    struct text whole = {.at = found.at, .len = found.len};
    *sentence = text_equal(whole, TEXT("ok")) ? (struct text){0} : whole;
    return is_ended || failed(db->connection, "checking the structure", err);
}
