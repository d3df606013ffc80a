/* One-time links: the first password of a user, or a new one after a reset. */
#include "actions/account.h"
#include "actions/password.h"
#include "actions/session_keep.h"
#include "actions/study_state.h"

#include <string.h>

static bool link_gone(struct error *err)
{
    error_set(err, ERROR_NOT_FOUND, "this link was used already, or has expired");
    return error_hint(err, "ask the administrator for a new one");
}

/* The user whose unused link this is, not disabled. */
static bool link_user(struct db *db, struct text token, int64_t now,
                      struct arena *arena, struct hash *hash, struct user **out,
                      struct error *err)
{
    int64_t user = 0;
    *out = NULL;
    if (!token_hash(token, hash))
        return link_gone(err);
    if (!link_find(db, hash, now, &user, err))
        return false;
    if (user != 0 && !user_by_id(db, user, arena, out, err))
        return false;
    if (*out == NULL || (*out)->is_disabled)
        return link_gone(err);
    return true;
}

bool link_read(struct study *study, struct text token, struct arena *arena,
               struct user **out, struct error *err)
{
    struct hash hash;
    struct db *db = store_reader(study->store);
    bool is_found = link_user(db, token, study_now(study), arena, &hash, out, err);
    store_reader_return(study->store, db);
    return is_found;
}

bool link_begin(struct link_sign_in *verb, struct error *err)
{
    struct user *user = NULL;
    if (!link_read(verb->act.study, verb->token, verb->act.arena, &user, err) ||
        !password_check(verb->password, user->name, user->full_name, err))
        return false;
    verb->user = user->id;
    struct store *store = verb->act.study->store;
    struct db *db = store_reader(store);
    bool is_read =
        past_passwords_read(db, verb->user, verb->act.arena, &verb->past, err);
    store_reader_return(store, db);
    return is_read;
}

void link_hash(struct link_sign_in *verb)
{
    verb->is_past = past_passwords_have(&verb->past, verb->password);
    password_hash(verb->password, verb->encoded);
}

static struct sign_in_attempt attempt_of(const struct link_sign_in *verb)
{
    return (struct sign_in_attempt){.user = verb->user,
                                    .client = verb->client,
                                    .device = verb->device,
                                    .language = verb->language};
}

static void link_after(struct act *act)
{
    struct link_sign_in *verb = (struct link_sign_in *)act;
    struct sign_in_attempt who = attempt_of(verb);
    session_table_drop_user(act->study->sessions, verb->user, NULL);
    session_started(act, &who, &verb->signed_in);
}

bool link_finish(struct act *act, struct txn *txn, struct error *err)
{
    struct link_sign_in *verb = (struct link_sign_in *)act;
    struct sign_in_attempt who = attempt_of(verb);
    struct origin origin = {
        .user = verb->user, .device = verb->device, .language = verb->language};
    struct user *user = NULL;
    struct link_event used = {.user = verb->user};
    /* Asked again: the link may have been used since `begin`. */
    if (!link_user(txn_db(txn), verb->token, txn_now(txn), act->arena, &used.token,
                   &user, err))
        return false;
    if (verb->is_past)
        return past_password_refuse(err);
    struct credential_set credential = {.user = user->id,
                                        .secret = text_of(verb->encoded)};
    act->after = link_after;
    return txn_append(txn, LOG_EVENT_LINK_USED, &origin, 0, &used, NULL, err) &&
           txn_append(txn, LOG_EVENT_CREDENTIAL_SET, &origin, 0, &credential, NULL,
                      err) &&
           session_end_user(txn, user->id, NULL, err) &&
           session_start(act, txn, &who, 0, &verb->signed_in, err);
}
