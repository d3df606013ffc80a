#include "actions/session_keep.h"

#include "actions/study_state.h"
#include "store/reads.h"
#include "store/web_session.h"
#include "system/log.h"

enum { SECOND = 1000 * 1000 };

/* --- inside a unit -------------------------------------------------------------------- */

bool session_keep(struct txn *txn, const struct session_begin *begin, struct error *err)
{
    struct web_session session = {
        .token = begin->token,
        .user = begin->user->id,
        .created = begin->began,
        .client = text_is_absent(begin->client) ? TEXT("") : begin->client,
        .device = text_is_absent(begin->device) ? TEXT("") : begin->device,
    };
    int64_t forget = begin->began - (int64_t)SESSION_LONGEST * SECOND;
    return web_session_add(txn, &session, forget, err);
}

bool session_end(struct txn *txn, const struct hash *token, struct error *err)
{
    return web_session_end(txn, token, err);
}

bool session_end_user(struct txn *txn, int64_t user, const struct hash *except,
                      struct error *err)
{
    return web_session_end_of(txn, user, except, err);
}

/* --- taking kept sessions up again ------------------------------------------------------- */

/* Ended by themselves, or by what happened to the user since. */
static bool is_void(const struct web_session *session, const struct user *user,
                    const struct sign_in_state *state, int64_t now)
{
    return user == NULL || user->is_disabled ||
           session->created < state->sessions_valid_from ||
           now - session->created > (int64_t)SESSION_LONGEST * SECOND ||
           now - session->last_seen > (int64_t)SESSION_IDLE_END * SECOND;
}

static bool take_up(struct study *study, struct db *db,
                    const struct web_session *session, int64_t now,
                    struct arena *scratch, struct error *err)
{
    struct user *user = NULL;
    struct sign_in_state state = {0};
    if (!user_by_id(db, session->user, scratch, &user, err) ||
        (user != NULL && !user_sign_in_state(db, user->id, scratch, &state, err)))
        return false;
    if (!is_void(session, user, &state, now))
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
