#include "store/upgrade.h"

#include "store/heads_cache.h"
#include "store/names.h"
#include "store/schema.h"
#include "store/verify_inside.h"

#include <stdio.h>

static const struct text format_fact = TEXT_INIT("projections");

bool upgrade_format_read(struct db *db, int64_t *out, struct error *err)
{
    struct rows rows = db_query(db, STATEMENT_FACT_GET, BINDS(bind_text(format_fact)));
    *out = 1;
    bool is_good = !rows_next(&rows) || text_to_int64(rows_bytes(&rows, 0), out) ||
                   error_set(err, ERROR_DAMAGED,
                             "the database does not say the format of its tables");
    return rows_end_after(&rows, is_good, err);
}

bool upgrade_format_write(struct db *db, struct error *err)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%d", SCHEMA_FORMAT);
    return db_run(db, STATEMENT_FACT_SET,
                  BINDS(bind_text(format_fact), bind_bytes(digits, (size_t)len)), err);
}

static bool rebuild(struct store *store, struct db *live, struct arena *arena,
                    struct error *err)
{
    struct db *db = store->writer.db;
    struct verify_report report = {0};
    if (!db_drop_projections(db, err) || !db_make_tables(db, err) ||
        !verify_rebuild(store, live, db, arena, &report, err))
        return false;
    if (report.finding_count == 0)
        return upgrade_format_write(db, err);
    error_set(err, ERROR_DAMAGED,
              "its tables are of an earlier version and cannot be made anew: %.*s",
              TEXT_ARG(report.findings[0].sentence));
    return error_hint(err, "'osteon verify' tells everything that does not hold");
}

/* The events are read by another connection, which sees the folder as it was. */
static bool rebuild_all(struct store *store, struct error *err)
{
    struct db *db = store->writer.db;
    struct arena *arena = arena_new(SIZE_MAX / 2);
    struct db *live = store_reader(store);
    struct db *own_log = db->log;
    bool is_whole = false;
    names_forget(db);
    bool is_done = db_begin(db, err);
    db->log = live;
    is_done = is_done && rebuild(store, live, arena, err);
    db->log = own_log;
    store_reader_return(store, live);
    arena_free(arena);
    is_done = is_done && db_commit(db, err);
    if (!is_done)
        db_rollback(db);
    names_forget(db);
    heads_cache_forget(db);
    return is_done && db_checkpoint(db, DB_EMPTY_WAITING, &is_whole, err);
}

bool upgrade_if_earlier(struct store *store, struct error *err)
{
    int64_t format = 0;
    if (!upgrade_format_read(store->writer.db, &format, err))
        return false;
    if (format == SCHEMA_FORMAT)
        return db_make_tables(store->writer.db, err);
    /* The card first: whatever happens now, no earlier program opens the folder. */
    return folder_write(&store->folder, err) && rebuild_all(store, err);
}
