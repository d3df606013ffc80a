#include "actions/session_keep.h"

#include "actions/study_state.h"
#include "store/reads.h"
#include "store/web_session.h"
#include "system/log.h"

enum { SECOND = 1000 * 1000 };

/* --- inside a unit -------------------------------------------------------------------- */

/* The table knows the last use to the moment, the store to a few minutes. */
static int64_t last_use(struct study *study, const struct web_session *session)
{
    int64_t used = session_table_last_used(study->sessions, &session->token);
    return used > session->last_seen ? used : session->last_seen;
}

static bool push_out(struct study *study, struct txn *txn, int64_t user,
                     struct error *err)
{
    struct web_session *list = NULL;
    size_t count = 0;
    size_t idlest = 0;
    if (!web_session_list(txn_db(txn), user, txn_arena(txn), &list, &count, err))
        return false;
    if (count < LIMIT_SESSIONS_PER_USER)
        return true;
    for (size_t i = 1; i < count; i++)
        if (last_use(study, &list[i]) < last_use(study, &list[idlest]))
            idlest = i;
    return web_session_end(txn, &list[idlest].token, err);
}

bool session_keep(struct study *study, struct txn *txn,
                  const struct session_begin *begin, struct error *err)
{
    struct web_session session = {
        .token = begin->token,
        .user = begin->user->id,
        .created = begin->began,
        .client = text_clip(begin->client, LIMIT_NAME),
        .device = text_clip(begin->device, LIMIT_NAME),
    };
    int64_t forget = begin->began - (int64_t)SESSION_LONGEST * SECOND;
    return push_out(study, txn, begin->user->id, err) &&
           web_session_add(txn, &session, forget, err);
}

bool session_end(struct txn *txn, const struct hash *token, struct error *err)
{
    return web_session_mark(txn, token, txn_now(txn), err);
}

bool session_end_user(struct txn *txn, int64_t user, const struct hash *except,
                      struct error *err)
{
    return web_session_mark_of(txn, user, except, txn_now(txn), err);
}

bool session_renew_user(struct txn *txn, int64_t user, struct error *err)
{
    return web_session_end_of(txn, user, NULL, err);
}

/* --- taking kept sessions up again ------------------------------------------------------- */

/* Ended by themselves. What happens to a user ends the sessions in the same unit. */
static bool is_void(const struct web_session *session, const struct user *user,
                    int64_t now)
{
    return session->user < 0 || user == NULL || user->is_disabled ||
           now - session->created > (int64_t)SESSION_LONGEST * SECOND ||
           now - session->last_seen > (int64_t)SESSION_IDLE_END * SECOND;
}

static bool take_up(struct study *study, struct db *db,
                    const struct web_session *session, int64_t now,
                    struct arena *scratch, struct error *err)
{
    struct user *user = NULL;
    if (!user_by_id(db, session->user, scratch, &user, err))
        return false;
    if (!is_void(session, user, now))
        session_table_put(study->sessions,
                          &(struct session_begin){.token = session->token,
                                                  .user = user,
                                                  .began = session->created,
                                                  .last_used = session->last_seen,
                                                  .client = session->client,
                                                  .device = session->device});
    return true;
}

bool session_recall(struct study *study, const struct hash *token, int64_t now,
                    struct error *err)
{
    enum { SCRATCH_BYTES = 256 * 1024 };
    struct arena *scratch = arena_new(SCRATCH_BYTES);
    struct web_session *session = NULL;
    struct db *db = store_reader(study->store);
    bool is_read = web_session_find(db, token, scratch, &session, err) &&
                   (session == NULL || take_up(study, db, session, now, scratch, err));
    store_reader_return(study->store, db);
    arena_free(scratch);
    return is_read;
}

static bool take_up_all(struct study *study, struct db *db, int64_t user, int64_t now,
                        struct arena *scratch, struct error *err)
{
    struct web_session *list = NULL;
    size_t count = 0;
    if (!web_session_list(db, user, scratch, &list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!session_table_has(study->sessions, &list[i].token) &&
            !take_up(study, db, &list[i], now, scratch, err))
            return false;
    return true;
}

bool session_recall_user(struct study *study, int64_t user, struct error *err)
{
    enum { SCRATCH_BYTES = 2 * 1024 * 1024 };
    struct arena *scratch = arena_new(SCRATCH_BYTES);
    struct db *db = store_reader(study->store);
    bool is_read = take_up_all(study, db, user, study_now(study), scratch, err);
    store_reader_return(study->store, db);
    arena_free(scratch);
    return is_read;
}

/* --- noting the use ------------------------------------------------------------------------ */

struct touch {
    struct arena *arena;
    struct unit unit;
    struct hash token;
    int64_t now;
};

static bool touch_apply(struct txn *txn, void *data, struct error *err)
{
    const struct touch *touch = data;
    return web_session_touch(txn, &touch->token, touch->now, err);
}

static void touch_done(void *data, const struct error *err)
{
    struct touch *touch = data;
    if (err != NULL)
        log_warning("the use of a session is not noted: %s", err->text);
    arena_free(touch->arena);
}

void session_touch(struct study *study, const struct hash *token, int64_t now)
{
    enum { TOUCH_BYTES = 4096 };
    if (!session_table_touch_due(study->sessions, token, now))
        return;
    struct arena *arena = arena_new(TOUCH_BYTES);
    struct touch *touch = ARENA_NEW(arena, struct touch);
    struct error queue_error;
    touch->arena = arena;
    touch->token = *token;
    touch->now = now;
    touch->unit =
        (struct unit){.apply = touch_apply, .done = touch_done, .data = touch};
    if (!store_submit(study->store, &touch->unit, &queue_error))
        touch_done(touch, &queue_error);
}
