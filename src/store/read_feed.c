#include "store/db.h"
#include "store/feeds.h"

/* --- feeds ---------------------------------------------------------------------------- */

static struct feed feed_at(const struct rows *rows, struct arena *arena)
{
    return (struct feed){.name = rows_copy(rows, 0, arena),
                         .standing = (enum feed_standing)rows_number(rows, 1),
                         .label = rows_copy(rows, 2, arena),
                         .certificate = rows_copy(rows, 3, arena),
                         .silent_after = rows_number(rows, 4),
                         .set_by = rows_number(rows, 5),
                         .set_at = rows_number(rows, 6),
                         .last_at = rows_number(rows, 7),
                         .last_message = rows_number(rows, 8),
                         .refused_at = rows_number(rows, 9),
                         .refused_message = rows_number(rows, 10)};
}

static bool feeds_of(struct db *db, enum statement statement, struct binds binds,
                     struct arena *arena, struct feed_list *out, struct error *err)
{
    size_t capacity = 0;
    struct rows rows = db_query(db, statement, binds);
    *out = (struct feed_list){0};
    while (rows_next(&rows)) {
        out->at = ARENA_GROW(arena, out->at, out->count, &capacity);
        out->at[out->count++] = feed_at(&rows, arena);
    }
    return rows_end(&rows, err);
}

bool feeds_read(struct db *db, struct arena *arena, struct feed_list *out,
                struct error *err)
{
    return feeds_of(db, STATEMENT_FEED_ALL, NO_BINDS, arena, out, err);
}

bool feed_find(struct db *db, struct text name, struct arena *arena, struct feed **out,
               struct error *err)
{
    struct feed_list list;
    if (!feeds_of(db, STATEMENT_FEED_FIND, BINDS(bind_text(name)), arena, &list, err))
        return false;
    *out = list.count == 0 ? NULL : &list.at[0];
    return true;
}

bool feeds_unknown(struct db *db, int64_t *out, struct error *err)
{
    return db_number(db, STATEMENT_FEED_UNKNOWN, NO_BINDS, out, err);
}

bool feed_count_since(struct db *db, struct text feed, int64_t since, int64_t *out,
                      struct error *err)
{
    return db_number(db, STATEMENT_FEED_MESSAGE_COUNT_SINCE,
                     BINDS(bind_text(feed), bind_number(since)), out, err);
}

bool feeds_open(struct db *db, struct arena *arena, struct feed_open **out,
                size_t *count, struct error *err)
{
    size_t capacity = 0;
    struct rows rows = db_query(db, STATEMENT_FEED_MESSAGE_OPEN, NO_BINDS);
    *out = NULL;
    *count = 0;
    while (rows_next(&rows)) {
        *out = ARENA_GROW(arena, *out, *count, &capacity);
        (*out)[(*count)++] =
            (struct feed_open){.feed = rows_copy(&rows, 0, arena),
                               .state = (enum feed_state)rows_number(&rows, 1),
                               .count = rows_number(&rows, 2)};
    }
    return rows_end(&rows, err);
}

/* --- messages ------------------------------------------------------------------------- */

/* The columns of FEED_MESSAGE_COLUMNS. */
static bool message_at(const struct rows *rows, struct arena *arena,
                       struct feed_message *out)
{
    *out = (struct feed_message){.id = rows_number(rows, 0),
                                 .feed = rows_copy(rows, 1, arena),
                                 .control = rows_copy(rows, 2, arena),
                                 .size = rows_number(rows, 4),
                                 .type = rows_copy(rows, 5, arena),
                                 .version = rows_copy(rows, 6, arena),
                                 .message_time = rows_copy(rows, 7, arena),
                                 .received = rows_number(rows, 8),
                                 .state = (enum feed_state)rows_number(rows, 9),
                                 .reason = rows_copy(rows, 10, arena),
                                 .said = rows_copy(rows, 11, arena),
                                 .is_kept = rows_number(rows, 12) != 0,
                                 .participant = rows_number(rows, 13),
                                 .sorted = rows_number(rows, 14)};
    return rows_fixed(rows, 3, out->digest.bytes, HASH_SIZE);
}

static bool messages_of(struct db *db, enum statement statement, struct binds binds,
                        struct arena *arena, struct feed_message_list *out,
                        struct error *err)
{
    size_t capacity = 0;
    struct rows rows = db_query(db, statement, binds);
    bool is_good = true;
    *out = (struct feed_message_list){0};
    while (is_good && rows_next(&rows)) {
        out->at = ARENA_GROW(arena, out->at, out->count, &capacity);
        is_good = message_at(&rows, arena, &out->at[out->count++]);
    }
    if (!rows_end(&rows, err))
        return false;
    return is_good || error_set(err, ERROR_DAMAGED, "a message has no digest");
}

bool feed_message_find(struct db *db, int64_t id, struct arena *arena,
                       struct feed_message **out, struct error *err)
{
    struct feed_message_list list;
    if (!messages_of(db, STATEMENT_FEED_MESSAGE_BY_ID, BINDS(bind_number(id)), arena,
                     &list, err))
        return false;
    *out = list.count == 0 ? NULL : &list.at[0];
    return true;
}

bool feed_messages_same(struct db *db, struct text feed, struct text control,
                        struct arena *arena, struct feed_message_list *out,
                        struct error *err)
{
    return messages_of(db, STATEMENT_FEED_MESSAGE_SAME,
                       BINDS(bind_text(feed), bind_text(control)), arena, out, err);
}

bool feed_messages_in(struct db *db, enum feed_state state, int64_t after, size_t most,
                      struct arena *arena, struct feed_message_list *out,
                      struct error *err)
{
    return messages_of(
        db, STATEMENT_FEED_MESSAGE_IN_STATE,
        BINDS(bind_number(state), bind_number(after), bind_number((int64_t)most)),
        arena, out, err);
}

bool feed_messages_after(struct db *db, int64_t after, size_t most, struct arena *arena,
                         struct feed_message_list *out, struct error *err)
{
    return messages_of(db, STATEMENT_FEED_MESSAGE_AFTER,
                       BINDS(bind_number(after), bind_number((int64_t)most)), arena,
                       out, err);
}

bool feed_messages_latest(struct db *db, enum feed_state state, int64_t before,
                          size_t most, struct arena *arena,
                          struct feed_message_list *out, struct error *err)
{
    if (state == FEED_STATES)
        return messages_of(db, STATEMENT_FEED_MESSAGE_LATEST,
                           BINDS(bind_number(before), bind_number((int64_t)most)),
                           arena, out, err);
    return messages_of(
        db, STATEMENT_FEED_MESSAGE_LATEST_IN_STATE,
        BINDS(bind_number(state), bind_number(before), bind_number((int64_t)most)),
        arena, out, err);
}
