#include "store/web_session.h"

#include "base/limits.h"
#include "store/db.h"

#include <string.h>

static struct bind bind_hash(const struct hash *hash)
{
    return bind_bytes(hash->bytes, sizeof hash->bytes);
}

bool web_session_add(struct txn *txn, const struct web_session *session, int64_t forget,
                     struct error *err)
{
    struct db *db = txn_db(txn);
    return db_run(db, STATEMENT_WEB_SESSION_DELETE_OLD, BINDS(bind_number(forget)),
                  err) &&
           db_run(db, STATEMENT_WEB_SESSION_INSERT,
                  BINDS(bind_hash(&session->token), bind_number(session->user),
                        bind_number(session->created), bind_text(session->client),
                        bind_text(session->device)),
                  err);
}

bool web_session_touch(struct txn *txn, const struct hash *token, int64_t now,
                       struct error *err)
{
    return db_run(txn_db(txn), STATEMENT_WEB_SESSION_TOUCH,
                  BINDS(bind_number(now), bind_hash(token)), err);
}

bool web_session_end(struct txn *txn, const struct hash *token, struct error *err)
{
    return db_run(txn_db(txn), STATEMENT_WEB_SESSION_DELETE, BINDS(bind_hash(token)),
                  err);
}

/* With the hash of no token when there is no exception. */
static struct hash kept_hash(const struct hash *except)
{
    return except != NULL ? *except : (struct hash){{0}};
}

bool web_session_end_of(struct txn *txn, int64_t user, const struct hash *except,
                        struct error *err)
{
    struct hash kept = kept_hash(except);
    return db_run(txn_db(txn), STATEMENT_WEB_SESSION_DELETE_OF,
                  BINDS(bind_number(user), bind_hash(&kept)), err);
}

bool web_session_mark(struct txn *txn, const struct hash *token, int64_t now,
                      struct error *err)
{
    return db_run(txn_db(txn), STATEMENT_WEB_SESSION_MARK,
                  BINDS(bind_number(now), bind_hash(token)), err);
}

bool web_session_mark_of(struct txn *txn, int64_t user, const struct hash *except,
                         int64_t now, struct error *err)
{
    struct hash kept = kept_hash(except);
    return db_run(txn_db(txn), STATEMENT_WEB_SESSION_MARK_OF,
                  BINDS(bind_number(now), bind_number(user), bind_hash(&kept)), err);
}

/* --- reading ---------------------------------------------------------------------- */

static bool take_row(const struct rows *rows, struct arena *arena,
                     struct web_session *out)
{
    *out = (struct web_session){.user = rows_number(rows, 1),
                                .created = rows_number(rows, 2),
                                .last_seen = rows_number(rows, 3),
                                .client = rows_copy(rows, 4, arena),
                                .device = rows_copy(rows, 5, arena)};
    return rows_fixed(rows, 0, out->token.bytes, sizeof out->token.bytes);
}

bool web_session_find(struct db *db, const struct hash *token, struct arena *arena,
                      struct web_session **found, struct error *err)
{
    struct rows rows =
        db_query(db, STATEMENT_WEB_SESSION_FIND, BINDS(bind_hash(token)));
    struct web_session *session = NULL;
    bool is_good = true;
    *found = NULL;
    if (rows_next(&rows)) {
        session = ARENA_NEW(arena, struct web_session);
        is_good = take_row(&rows, arena, session);
    }
    if (!rows_end(&rows, err))
        return false;
    if (!is_good)
        return error_set(err, ERROR_DAMAGED, "a session has no token");
    *found = session;
    return true;
}

bool web_session_list(struct db *db, int64_t user, struct arena *arena,
                      struct web_session **out, size_t *count, struct error *err)
{
    struct web_session *list =
        ARENA_ARRAY(arena, struct web_session, LIMIT_SESSIONS_PER_USER);
    struct rows rows = db_query(db, STATEMENT_WEB_SESSION_OF, BINDS(bind_number(user)));
    bool is_good = true;
    *count = 0;
    while (is_good && *count < LIMIT_SESSIONS_PER_USER && rows_next(&rows))
        is_good = take_row(&rows, arena, &list[(*count)++]);
    *out = list;
    if (!rows_end(&rows, err))
        return false;
    return is_good || error_set(err, ERROR_DAMAGED, "a session has no token");
}
