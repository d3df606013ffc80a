#include "store/web_session.h"

#include "base/limits.h"
#include "store/db.h"

bool web_session_add(struct txn *txn, const struct web_session *session,
                     struct error *err)
{
    struct text nothing = TEXT("");
    return db_run(
        txn_db(txn), STATEMENT_WEB_SESSION_INSERT,
        BINDS(bind_bytes(session->token.bytes, HASH_SIZE), bind_number(session->user),
              bind_number(session->created),
              bind_text(text_is_absent(session->client) ? nothing : session->client),
              bind_text(text_is_absent(session->device) ? nothing : session->device)),
        err);
}

static void read_session(const struct rows *rows, struct arena *arena,
                         struct web_session *out)
{
    *out = (struct web_session){
        .user = rows_number(rows, 1),
        .created = rows_number(rows, 2),
        .last_seen = rows_number(rows, 3),
        .client = rows_copy(rows, 4, arena),
        .device = rows_copy(rows, 5, arena),
    };
    if (!rows_fixed(rows, 0, out->token.bytes, HASH_SIZE))
        out->user = 0;
}

bool web_session_find(struct db *db, const struct hash *token, struct arena *arena,
                      struct web_session **found, struct error *err)
{
    *found = NULL;
    struct rows rows = db_query(db, STATEMENT_WEB_SESSION_FIND,
                                BINDS(bind_bytes(token->bytes, HASH_SIZE)));
    if (rows_next(&rows)) {
        *found = ARENA_NEW(arena, struct web_session);
        read_session(&rows, arena, *found);
    }
    return rows_end(&rows, err);
}

bool web_session_list(struct db *db, int64_t user, struct arena *arena,
                      struct web_session **out, size_t *count, struct error *err)
{
    *out = ARENA_ARRAY(arena, struct web_session, LIMIT_SESSIONS_PER_USER);
    *count = 0;
    struct rows rows = db_query(db, STATEMENT_WEB_SESSION_OF, BINDS(bind_number(user)));
    while (*count < LIMIT_SESSIONS_PER_USER && rows_next(&rows))
        read_session(&rows, arena, &(*out)[(*count)++]);
    return rows_end(&rows, err);
}

bool web_session_is_stale(const struct web_session *session, int64_t now)
{
    return now - session->last_seen >= WEB_SESSION_TOUCH_EVERY * INT64_C(1000000);
}

bool web_session_touch(struct txn *txn, const struct hash *token, int64_t now,
                       struct error *err)
{
    return db_run(txn_db(txn), STATEMENT_WEB_SESSION_TOUCH,
                  BINDS(bind_number(now), bind_bytes(token->bytes, HASH_SIZE)), err);
}

bool web_session_end(struct txn *txn, const struct hash *token, struct error *err)
{
    return db_run(txn_db(txn), STATEMENT_WEB_SESSION_DELETE,
                  BINDS(bind_bytes(token->bytes, HASH_SIZE)), err);
}

bool web_session_end_others(struct txn *txn, int64_t user, const struct hash *but,
                            struct error *err)
{
    static const struct hash none;
    return db_run(txn_db(txn), STATEMENT_WEB_SESSION_DELETE_OF,
                  BINDS(bind_number(user),
                        bind_bytes(but == NULL ? none.bytes : but->bytes, HASH_SIZE)),
                  err);
}

bool web_session_end_old(struct txn *txn, int64_t since, struct error *err)
{
    return db_run(txn_db(txn), STATEMENT_WEB_SESSION_DELETE_OLD,
                  BINDS(bind_number(since)), err);
}
