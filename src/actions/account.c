#include "actions/account.h"

#include "actions/password.h"
#include "actions/session_keep.h"
#include "actions/study_state.h"
#include "base/base32.h"
#include "base/limits.h"

#include <string.h>

static bool own_state(struct study *study, const struct caller *caller,
                      struct arena *arena, struct sign_in_state *state,
                      struct error *err)
{
    struct db *db = store_reader(study->store);
    bool is_read = user_sign_in_state(db, caller->user, arena, state, err);
    store_reader_return(study->store, db);
    return is_read;
}

/* --- a new password ------------------------------------------------------------------ */

bool password_change_begin(struct password_change *verb, struct error *err)
{
    const struct caller *caller = verb->act.caller;
    struct study *study = verb->act.study;
    if (!proof_begin(&verb->act, verb->old_password, &verb->expected,
                     &verb->retry_after, err) ||
        !password_check(verb->new_password, caller->name, caller->full_name, err))
        return false;
    struct db *db = store_reader(study->store);
    bool is_read =
        past_passwords_read(db, caller->user, verb->act.arena, &verb->past, err);
    store_reader_return(study->store, db);
    return is_read;
}

void password_change_hash(struct password_change *verb)
{
    verb->is_password_right = proof_hash(verb->old_password, verb->expected);
    if (!verb->is_password_right)
        return;
    verb->is_past = past_passwords_have(&verb->past, verb->new_password);
    password_hash(verb->new_password, verb->encoded);
}

static void password_change_after(struct act *act)
{
    session_table_drop_user(act->study->sessions, act->caller->user,
                            &act->caller->session);
}

bool password_change_finish(struct act *act, struct txn *txn, struct error *err)
{
    struct password_change *verb = (struct password_change *)act;
    struct origin origin = caller_origin(act->caller);
    if (!proof_finish(act, txn, verb->is_password_right, verb->expected, err))
        return false;
    if (verb->is_past)
        return past_password_refuse(err);
    struct credential_set content = {.user = act->caller->user,
                                     .secret = text_of(verb->encoded)};
    act->after = password_change_after;
    return txn_append(txn, LOG_EVENT_CREDENTIAL_SET, &origin, 0, &content, NULL, err) &&
           session_end_user(txn, act->caller->user, &act->caller->session, err);
}

/* --- the second factor (RFC 6238) ----------------------------------------------------- */

static bool totp_is_unset(struct study *study, const struct caller *caller,
                          struct arena *arena, struct error *err)
{
    struct sign_in_state state = {0};
    if (caller->user == 0)
        return error_set(err, ERROR_NOT_ALLOWED, "the operator has no account");
    if (!own_state(study, caller, arena, &state, err))
        return false;
    if (text_is_absent(state.totp_secret))
        return true;
    error_set(err, ERROR_CHANGED, "a second factor is set already");
    return error_hint(err, "remove it first");
}

bool totp_start(struct study *study, const struct caller *caller, struct arena *arena,
                struct text *secret, struct text *uri, struct error *err)
{
    uint8_t bytes[TOTP_SECRET_SIZE];
    char typed[BASE32_SIZE(TOTP_SECRET_SIZE) + 1];
    if (!totp_is_unset(study, caller, arena, err))
        return false;
    random_bytes(bytes, sizeof bytes);
    if (!session_table_set_secret(study->sessions, &caller->session, bytes))
        return error_set(err, ERROR_SIGN_IN, "please sign in");
    size_t len = base32_print(bytes, sizeof bytes, typed);
    *secret = text_copy(arena, (struct text){.at = typed, .len = len});
    struct text oid = store_study_oid(study->store);
    *uri = text_format(arena,
                       "otpauth://totp/Osteon%%20%.*s:%.*s?secret=%.*s&issuer="
                       "Osteon%%20%.*s",
                       TEXT_ARG(oid), TEXT_ARG(caller->name), TEXT_ARG(*secret),
                       TEXT_ARG(oid));
    wipe(bytes, sizeof bytes);
    return true;
}

bool totp_confirm(struct act *act, struct txn *txn, struct error *err)
{
    const struct totp_confirm *verb = (const struct totp_confirm *)act;
    const struct caller *caller = act->caller;
    uint8_t bytes[TOTP_SECRET_SIZE];
    struct sign_in_state state = {0};
    int64_t step = 0;
    if (!session_table_secret(act->study->sessions, &caller->session, bytes))
        return error_set(err, ERROR_REFUSED,
                         "start again: no second factor is waiting");
    if (!user_sign_in_state(txn_db(txn), caller->user, act->arena, &state, err))
        return false;
    if (!text_is_absent(state.totp_secret))
        return error_set(err, ERROR_CHANGED, "a second factor is set already");
    state.totp_secret = (struct text){.at = (const char *)bytes, .len = sizeof bytes};
    if (!totp_accepts(act->study, &state, verb->code, txn_now(txn), &step))
        return error_set(err, ERROR_REFUSED, "the code is not right");
    struct origin origin = caller_origin(caller);
    struct credential_set content = {.user = caller->user, .secret = state.totp_secret};
    return txn_append(txn, LOG_EVENT_TOTP_SET, &origin, 0, &content, NULL, err);
}

bool totp_remove_begin(struct totp_remove *verb, struct error *err)
{
    return proof_begin(&verb->act, verb->password, &verb->expected, &verb->retry_after,
                       err);
}

void totp_remove_hash(struct totp_remove *verb)
{
    verb->is_password_right = proof_hash(verb->password, verb->expected);
}

bool totp_remove_finish(struct act *act, struct txn *txn, struct error *err)
{
    const struct totp_remove *verb = (const struct totp_remove *)act;
    struct origin origin = caller_origin(act->caller);
    if (!proof_finish(act, txn, verb->is_password_right, verb->expected, err))
        return false;
    struct user_named content = {.user = act->caller->user,
                                 .reason = TEXT("by the user")};
    return txn_append(txn, LOG_EVENT_TOTP_REMOVED, &origin, 0, &content, NULL, err);
}

/* --- what the caller may ---------------------------------------------------------------- */

static enum permission_scope widest_scope(const struct caller *caller,
                                          enum permission permission)
{
    enum permission_scope widest = PERMISSION_SCOPE_NONE;
    for (size_t i = 0; i < caller->grant_count; i++) {
        enum permission_scope scope =
            permission_scope(permission, caller->grants[i].role);
        widest = scope > widest ? scope : widest;
    }
    return widest;
}

void account_permissions(const struct caller *caller, struct arena *arena,
                         struct permission_held **out, size_t *count)
{
    struct permission_held *list =
        ARENA_ARRAY(arena, struct permission_held, PERMISSION_COUNT);
    *count = 0;
    for (int i = 0; i < PERMISSION_COUNT; i++) {
        struct permission_held held = {.permission = (enum permission)i};
        bool is_everywhere = false;
        held.scope = widest_scope(caller, held.permission);
        if (held.scope == PERMISSION_SCOPE_NONE)
            continue;
        if (held.scope == PERMISSION_SCOPE_OWN_SITE)
            caller_sites(caller, held.permission, arena, &is_everywhere, &held.sites,
                         &held.site_count);
        list[(*count)++] = held;
    }
    *out = list;
}
