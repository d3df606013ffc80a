#ifndef OSTEON_STORE_DB_H
#define OSTEON_STORE_DB_H
/* One connection to the database: runs statements of the closed list (statements.h), and
 * nothing else. sqlite.c is its only implementation and the only file that knows SQLite;
 * a twin for PostgreSQL implements this same header.
 *
 *     if (!db_run(db, STATEMENT_QUERY_CLOSE, BINDS(bind_number(now), bind_number(id)), err))
 *     struct rows rows = db_query(db, STATEMENT_USER_BY_ID, BINDS(bind_number(id)));
 *     while (rows_next(&rows)) … rows_text(&rows, 1) …
 *     return rows_end(&rows, err);
 *
 * Each statement is prepared once a connection and cannot be run inside itself. A
 * connection belongs to one thread at a time.
 */
#include "base/arena.h"
#include "base/error.h"
#include "store/statements.h"

enum statement {
#define X(name, sql) STATEMENT_##name,
    STATEMENT_TABLE(X)
#undef X
        STATEMENT_COUNT
};

struct connection;  /* sqlite.c */
struct names;       /* names.h */
struct data_keys;   /* data_key.h */
struct heads_cache; /* heads_cache.h */

struct db {
    struct connection *connection;
    struct names *names;             /* OIDs and their numbers */
    struct data_keys *keys;          /* NULL while the key ring is not at hand */
    struct heads_cache *heads_cache; /* of the writer's connection; else NULL */
    struct db *log;   /* where log rows are read: itself, except at a rebuild */
    int64_t log_end;  /* of tables as they stood: the last event in them; 0: all */
    int64_t writes;   /* statements that wrote, so far */
    int64_t erasures; /* of the store, when the caches were last emptied */
};

enum db_mode {
    DB_WRITER,    /* the one connection that writes and checkpoints */
    DB_READER,    /* query only, never checkpoints */
    DB_READ_ONLY, /* another's folder: the file is opened for reading */
    DB_FROZEN,    /* the same, and nobody else has it open: no files beside it */
    DB_SCRATCH    /* a private database that is gone when it closes */
};
enum db_durability { DB_DURABLE, DB_NORMAL, DB_OFF };

struct db_options {
    const char *path;
    const char *vfs; /* NULL: the default */
    enum db_mode mode;
    enum db_durability durability;
};

/* Lives until db_close; `arena` holds its struct. */
MUST_USE bool db_open(const struct db_options *options, struct arena *arena,
                      struct db **out, struct error *err);
void db_close(struct db *db);
/* Makes the tables of schema.h that are not there: all of a new folder, those that came
 * later of an old one. */
MUST_USE bool db_make_tables(struct db *db, struct error *err);
/* Of a folder that an earlier version made and none has written to since. */
bool db_lacks_table(struct db *db, const char *name);
/* The tables that the statement reads are there, but not with all its columns. */
bool db_lacks_column(struct db *db, enum statement statement);
/* Within a transaction: db_make_tables makes them anew, empty. */
MUST_USE bool db_drop_projections(struct db *db, struct error *err);

/* A value for one placeholder. Texts and bytes are read during the call only. */
struct bind {
    enum bind_kind { BIND_NULL, BIND_NUMBER, BIND_TEXT, BIND_BYTES } kind;
    int64_t number;
    struct text text;
};
static inline struct bind bind_null(void)
{
    return (struct bind){.kind = BIND_NULL};
}
static inline struct bind bind_number(int64_t number)
{
    return (struct bind){.kind = BIND_NUMBER, .number = number};
}
static inline struct bind bind_number_if(bool is_given, int64_t number)
{
    return is_given ? bind_number(number) : bind_null();
}
/* NULL when the text is absent. */
static inline struct bind bind_text(struct text text)
{
    return (struct bind){.kind = text_is_absent(text) ? BIND_NULL : BIND_TEXT,
                         .text = text};
}
static inline struct bind bind_bytes(const void *bytes, size_t len)
{
    return (struct bind){.kind = bytes == NULL ? BIND_NULL : BIND_BYTES,
                         .text = {.at = bytes, .len = len}};
}

struct binds {
    const struct bind *at;
    size_t count;
};
#define BINDS(...)                                                                     \
    ((struct binds){(const struct bind[]){__VA_ARGS__},                                \
                    ARRAY_COUNT(((const struct bind[]){__VA_ARGS__}))})
#define NO_BINDS ((struct binds){0})

/* Runs a statement that gives no rows. */
MUST_USE bool db_run(struct db *db, enum statement statement, struct binds binds,
                     struct error *err);
/* The same, for a statement that must change exactly one row; ERROR_DAMAGED otherwise. */
MUST_USE bool db_run_one(struct db *db, enum statement statement, struct binds binds,
                         struct error *err);

/* The rows of a running statement. A failure is remembered and told by rows_end, which
 * must be called, also before the last row was taken. */
struct rows {
    struct db *db;
    enum statement statement;
    void *cursor;
    bool is_bad;
};
struct rows db_query(struct db *db, enum statement statement, struct binds binds);
bool rows_next(struct rows *rows);
MUST_USE bool rows_end(struct rows *rows, struct error *err);
/* The same behind work on the rows that went well or not: its error, when it has one,
 * comes before that of the statement. */
MUST_USE bool rows_end_after(struct rows *rows, bool is_good, struct error *err);

/* Columns count from 0. Views are valid until the next row: copy what stays. */
int64_t rows_number(const struct rows *rows, int column);
bool rows_is_null(const struct rows *rows, int column);
struct text rows_text(const struct rows *rows, int column); /* NULL → absent */
struct text rows_bytes(const struct rows *rows, int column);
/* Exactly `len` bytes into `out`; false otherwise. */
bool rows_fixed(const struct rows *rows, int column, void *out, size_t len);
struct text rows_copy(const struct rows *rows, int column, struct arena *arena);
int rows_columns(const struct rows *rows);
struct text rows_column_name(const struct rows *rows, int column);
/* Same type and same content. */
bool rows_column_equal(const struct rows *a, const struct rows *b, int column);
/* <0, 0, >0 by number, or by bytes. */
int rows_column_compare(const struct rows *a, const struct rows *b, int column);

/* Exactly one number from a statement that gives at most one row. */
MUST_USE bool db_number(struct db *db, enum statement statement, struct binds binds,
                        int64_t *out, struct error *err);

/* Transactions. A reader's begins with its first statement. */
MUST_USE bool db_begin(struct db *db, struct error *err);
MUST_USE bool db_commit(struct db *db, struct error *err);
void db_rollback(struct db *db);
/* False after a failure that has ended the transaction by itself. */
bool db_in_transaction(const struct db *db);

/* A failure of the disk or of the file, not of a statement: nothing of the transaction
 * may be believed, and the connection is to be opened anew. */
bool db_is_broken(const struct db *db);

/* Write-ahead log: frames in it after the last commit, and moving them into the
 * database. DB_STEP moves what no reader holds; DB_EMPTY also empties the file, if no
 * reader is out; DB_EMPTY_WAITING waits for them, up to five seconds. */
enum db_checkpoint { DB_STEP, DB_EMPTY, DB_EMPTY_WAITING };
int64_t db_frames(const struct db *db);
/* `*is_whole`: every frame is in the database now. */
MUST_USE bool db_checkpoint(struct db *db, enum db_checkpoint how, bool *is_whole,
                            struct error *err);
/* After a sync that failed, here or in a program that died of it, the system may take
 * bytes for written that are not on the disk, and no later sync brings them. So what the
 * write-ahead log shows is written again as it stands, and synced; outside a transaction,
 * on the writer. */
MUST_USE bool db_rewrite_log(struct db *db, struct error *err);
/* Rewrites the database without its free pages; outside a transaction. */
MUST_USE bool db_vacuum(struct db *db, struct error *err);
/* Copies the whole database as this reader sees it into one new file, synced. */
MUST_USE bool db_copy(struct db *db, const char *path, struct error *err);
/* The database's own structure holds. `sentence` says what does not. */
MUST_USE bool db_check(struct db *db, struct arena *arena, struct text *sentence,
                       struct error *err);

#endif
