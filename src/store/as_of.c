/* An earlier data cut: the log, from its beginning to one event, through the projections
 * into a private database. */
#include "store/event.h"
#include "store/log_entry.h"
#include "store/names.h"
#include "store/read_export.h"

#include <stdint.h>

static bool open_private(struct db *live, int64_t seq, struct arena *arena,
                         struct db **out, struct error *err)
{
    struct db_options options = {.path = "", .mode = DB_SCRATCH};
    if (!db_open(&options, arena, out, err))
        return false;
    (*out)->log = live;
    (*out)->log_end = seq;
    (*out)->keys = live->keys;
    names_open(*out, arena);
    return db_make_tables(*out, err) && db_begin(*out, err);
}

static bool replay(struct db *live, struct db *to, const struct log_entry *entry,
                   struct arena *arena, struct error *err)
{
    struct log_row row;
    enum log_opened how = LOG_NO_KEY;
    if (!log_entry_open(live, entry, arena, &row, &how, err))
        return false;
    if (how == LOG_ERASED)
        return true;
    if (how != LOG_OPENED) {
        error_set(err, ERROR_DAMAGED, "event %lld cannot be read",
                  (long long)entry->seq);
        return error_hint(err, "osteon verify says what does not hold");
    }
    return event_kind_of(row.kind)->project(to, &row, err) ||
           error_in(err, "event %lld", (long long)entry->seq);
}

static bool replay_all(struct db *live, int64_t seq, struct db *to, struct error *err)
{
    struct arena *arena = arena_new(SIZE_MAX / 2);
    struct rows rows = db_query(live, STATEMENT_LOG_ALL, NO_BINDS);
    bool is_good = true;
    while (is_good && rows_next(&rows) && rows_number(&rows, 0) <= seq) {
        struct log_entry entry;
        arena_reset(arena);
        is_good = log_entry_read(&rows, &entry)
                      ? replay(live, to, &entry, arena, err)
                      : error_set(err, ERROR_DAMAGED, "a row of the log is damaged");
    }
    is_good = rows_end_after(&rows, is_good, err);
    arena_free(arena);
    return is_good;
}

bool as_of_open(struct db *live, int64_t seq, struct arena *arena, struct db **out,
                struct error *err)
{
    struct db *made = NULL;
    bool is_made =
        open_private(live, seq, arena, &made, err) && replay_all(live, seq, made, err);
    if (!is_made) {
        as_of_close(made);
        made = NULL;
    }
    *out = made;
    return is_made;
}

void as_of_close(struct db *db)
{
    if (db != NULL)
        db->keys = NULL; /* the reader's */
    db_close(db);
}
