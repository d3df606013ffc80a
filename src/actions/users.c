#include "actions/users.h"

#include "actions/password.h"
#include "actions/program_values.h"
#include "actions/session_keep.h"
#include "actions/study_state.h"
#include "base/limits.h"
#include "base/utf8.h"

static bool must_manage(const struct act *act, struct error *err)
{
    return caller_must(act->caller, PERMISSION_MANAGE_USERS, (struct text){0}, false,
                       err);
}

/* --- what a new user must be ---------------------------------------------------------- */

static bool name_byte_is_allowed(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
           c == '_';
}

static bool name_check(struct text name, struct error *err)
{
    enum { SHORTEST = 2, LONGEST = 64 };
    bool is_good = name.len >= SHORTEST && name.len <= LONGEST;
    for (size_t i = 0; is_good && i < name.len; i++)
        is_good = name_byte_is_allowed(name.at[i]);
    /* "operator" and "system" are what the history calls the program's own acts. */
    if (text_equal(name, TEXT("operator")) || text_equal(name, TEXT("system")))
        is_good = false;
    if (is_good)
        return true;
    error_set(err, ERROR_REFUSED, "\"%.*s\" cannot be a name", TEXT_ARG(name));
    error_hint(err, "2 to 64 of a-z, 0-9, dot, hyphen and underscore");
    return error_where(err, 0, "name");
}

static bool full_name_check(struct text full_name, struct error *err)
{
    size_t at = 0;
    if (full_name.len > 0 && full_name.len <= LIMIT_NAME &&
        utf8_is_printable(full_name, &at))
        return true;
    error_set(err, ERROR_REFUSED, "a full name has 1 to %d bytes of printable text",
              LIMIT_NAME);
    return error_where(err, at, "full_name");
}

/* Does the role act at a site? Then a grant of it names one. */
static bool role_needs_site(enum role role)
{
    for (int i = 0; i < PERMISSION_COUNT; i++)
        if (permission_scope((enum permission)i, role) == PERMISSION_SCOPE_OWN_SITE)
            return true;
    return false;
}

/* A copy in which a study of one site has filled that site in. */
static bool grants_complete(const struct act *act, const struct grant *grants,
                            size_t count, struct grant **out, struct error *err)
{
    enum { MOST_GRANTS = 200 };
    const struct design *design = study_design(act->study);
    if (count > MOST_GRANTS)
        return error_set(err, ERROR_REFUSED, "a user has at most %d roles",
                         MOST_GRANTS);
    struct grant *list = ARENA_ARRAY(act->arena, struct grant, count);
    for (size_t i = 0; i < count; i++) {
        struct text role = role_code(grants[i].role);
        list[i] = grants[i];
        if (list[i].site.len == 0)
            list[i].site = (struct text){0};
        if (text_is_absent(list[i].site) && role_needs_site(list[i].role) &&
            design->site_count == 1)
            list[i].site = design->sites[0].code;
        if (text_is_absent(list[i].site) && role_needs_site(list[i].role))
            return error_set(err, ERROR_REFUSED, "role %.*s needs a site",
                             TEXT_ARG(role));
        if (!text_is_absent(list[i].site) && design_site(design, list[i].site) == NULL)
            return error_set(err, ERROR_REFUSED, "the study has no site \"%.*s\"",
                             TEXT_ARG(list[i].site));
    }
    *out = list;
    return grants_check(list, count, err);
}

/* --- links ---------------------------------------------------------------------------- */

static bool link_issue(struct act *act, struct txn *txn, int64_t user,
                       char link[TOKEN_TEXT], struct error *err)
{
    struct origin origin = caller_origin(act->caller);
    struct link_event content = {
        .user = user,
        .expires = txn_now(txn) + (int64_t)LINK_SECONDS * 1000 * 1000,
    };
    token_make(link, &content.token);
    return txn_append(txn, LOG_EVENT_LINK_ISSUED, &origin, 0, &content, NULL, err);
}

/* --- add --------------------------------------------------------------------------------- */

bool user_add(struct act *act, struct txn *txn, struct error *err)
{
    struct user_add *verb = (struct user_add *)act;
    struct db *db = txn_db(txn);
    struct user *known = NULL;
    struct grant *grants = NULL;
    struct user_changed content = {.name = name_normalise(act->arena, verb->name),
                                   .full_name = text_trim(verb->full_name),
                                   .grant_count = verb->grant_count};
    if (!must_manage(act, err) || !name_check(content.name, err) ||
        !full_name_check(content.full_name, err) ||
        !grants_complete(act, verb->grants, verb->grant_count, &grants, err) ||
        !user_by_name(db, content.name, act->arena, &known, err))
        return false;
    if (known != NULL)
        return error_set(err, ERROR_CHANGED,
                         "the name \"%.*s\" was used before; names are never reused",
                         TEXT_ARG(content.name));
    content.grants = grants;
    struct origin origin = caller_origin(act->caller);
    return user_next_id(db, &content.user, err) &&
           txn_append(txn, LOG_EVENT_USER_ADDED, &origin, 0, &content, NULL, err) &&
           link_issue(act, txn, content.user, verb->link, err) &&
           user_by_id(db, content.user, act->arena, &verb->user, err);
}

/* --- the last administrator --------------------------------------------------------------- */

static bool is_administrator(const struct user *user)
{
    for (size_t i = 0; i < user->grant_count; i++)
        if (user->grants[i].role == ROLE_ADM)
            return true;
    return false;
}

static bool can_sign_in(struct db *db, const struct user *user, struct arena *arena,
                        bool *can, struct error *err)
{
    struct sign_in_state state = {0};
    *can = false;
    if (user->is_disabled)
        return true;
    if (!user_sign_in_state(db, user->id, arena, &state, err))
        return false;
    *can = password_is_set(&state);
    return true;
}

/* Refuses what would leave nobody to manage users. */
static bool another_administrator(struct act *act, struct db *db,
                                  const struct user *leaving, struct error *err)
{
    struct user *users = NULL;
    size_t count = 0;
    if (!is_administrator(leaving))
        return true;
    if (!user_list(db, act->arena, &users, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        bool can = false;
        if (users[i].id == leaving->id || !is_administrator(&users[i]))
            continue;
        if (!can_sign_in(db, &users[i], act->arena, &can, err))
            return false;
        if (can)
            return true;
    }
    error_set(err, ERROR_REFUSED, "%.*s is the last administrator who can sign in",
              TEXT_ARG(leaving->name));
    return error_hint(err, "add another administrator first");
}

/* --- change ------------------------------------------------------------------------------- */

static bool must_exist(struct act *act, struct txn *txn, int64_t id, struct user **user,
                       struct error *err)
{
    if (!must_manage(act, err) || !user_by_id(txn_db(txn), id, act->arena, user, err))
        return false;
    if (*user == NULL)
        return error_set(err, ERROR_NOT_FOUND, "there is no such user");
    return true;
}

static void end_sessions(struct act *act)
{
    const struct user_act *verb = (const struct user_act *)act;
    session_table_drop_user(act->study->sessions, verb->user, NULL);
}

static void roles_after(struct act *act)
{
    const struct user_set_roles *verb = (const struct user_set_roles *)act;
    session_table_drop_user(act->study->sessions, verb->user, NULL);
}

static bool keeps_administrator(const struct grant *grants, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (grants[i].role == ROLE_ADM)
            return true;
    return false;
}

bool user_set_roles(struct act *act, struct txn *txn, struct error *err)
{
    struct user_set_roles *verb = (struct user_set_roles *)act;
    struct user *user = NULL;
    struct grant *grants = NULL;
    if (!must_exist(act, txn, verb->user, &user, err) ||
        !grants_complete(act, verb->grants, verb->grant_count, &grants, err))
        return false;
    if (!keeps_administrator(grants, verb->grant_count) &&
        !another_administrator(act, txn_db(txn), user, err))
        return false;
    struct origin origin = caller_origin(act->caller);
    struct user_changed content = {.user = user->id,
                                   .name = user->name,
                                   .full_name = user->full_name,
                                   .grants = grants,
                                   .grant_count = verb->grant_count};
    act->after = roles_after;
    return txn_append(txn, LOG_EVENT_USER_ROLES_SET, &origin, 0, &content, NULL, err) &&
           session_renew_user(txn, user->id, err) &&
           user_by_id(txn_db(txn), user->id, act->arena, &verb->changed, err);
}

static bool append_named(struct act *act, struct txn *txn, enum log_event_kind kind,
                         int64_t user, struct text reason, struct error *err)
{
    struct origin origin = caller_origin(act->caller);
    struct user_named content = {.user = user, .reason = reason};
    return txn_append(txn, kind, &origin, 0, &content, NULL, err);
}

bool user_disable(struct act *act, struct txn *txn, struct error *err)
{
    struct user_act *verb = (struct user_act *)act;
    struct user *user = NULL;
    if (!must_exist(act, txn, verb->user, &user, err) ||
        !reason_check(verb->reason, err))
        return false;
    verb->changed = user;
    if (user->is_disabled)
        return true;
    act->after = end_sessions;
    return another_administrator(act, txn_db(txn), user, err) &&
           append_named(act, txn, LOG_EVENT_USER_DISABLED, user->id, verb->reason,
                        err) &&
           session_end_user(txn, user->id, NULL, err) &&
           user_by_id(txn_db(txn), user->id, act->arena, &verb->changed, err);
}

bool user_enable(struct act *act, struct txn *txn, struct error *err)
{
    struct user_act *verb = (struct user_act *)act;
    if (!must_exist(act, txn, verb->user, &verb->changed, err))
        return false;
    if (!verb->changed->is_disabled)
        return true;
    return append_named(act, txn, LOG_EVENT_USER_ENABLED, verb->user, verb->reason,
                        err) &&
           user_by_id(txn_db(txn), verb->user, act->arena, &verb->changed, err);
}

/* The old password stops working, and a lost second factor with it: whoever has the new
 * link starts afresh. Only an administrator can do this, and it is on the log. */
bool user_reset(struct act *act, struct txn *txn, struct error *err)
{
    struct user_act *verb = (struct user_act *)act;
    struct user *user = NULL;
    if (!must_exist(act, txn, verb->user, &user, err))
        return false;
    if (user->is_disabled)
        return error_set(err, ERROR_REFUSED, "%.*s is disabled: enable the user first",
                         TEXT_ARG(user->name));
    /* An administrator without a password could leave nobody to manage users; from the
     * command line it is the way back in. */
    if (act->caller->user != 0 && !another_administrator(act, txn_db(txn), user, err))
        return false;
    struct origin origin = caller_origin(act->caller);
    struct credential_set locked = {.user = user->id, .secret = TEXT("!")};
    act->after = end_sessions;
    if (user->has_totp && !append_named(act, txn, LOG_EVENT_TOTP_REMOVED, user->id,
                                        TEXT("reset by the administrator"), err))
        return false;
    if (user->has_password &&
        !txn_append(txn, LOG_EVENT_CREDENTIAL_SET, &origin, 0, &locked, NULL, err))
        return false;
    return session_end_user(txn, user->id, NULL, err) &&
           link_issue(act, txn, user->id, verb->link, err) &&
           user_by_id(txn_db(txn), user->id, act->arena, &verb->changed, err);
}

bool user_sign_out(struct act *act, struct txn *txn, struct error *err)
{
    struct user_act *verb = (struct user_act *)act;
    struct origin origin = caller_origin(act->caller);
    struct sign_in_event content = {
        .user = verb->user, .why = TEXT("revoked"), .client = act->caller->client};
    act->after = end_sessions;
    return must_exist(act, txn, verb->user, &verb->changed, err) &&
           session_end_user(txn, verb->user, NULL, err) &&
           txn_append(txn, LOG_EVENT_SIGNED_OUT, &origin, 0, &content, NULL, err);
}

static void end_all_sessions(struct act *act)
{
    const struct users_sign_out *verb = (const struct users_sign_out *)act;
    for (size_t i = 0; i < verb->count; i++)
        session_table_drop_user(act->study->sessions, verb->users[i].id, NULL);
}

static bool sign_out_one(struct act *act, struct txn *txn, int64_t user,
                         struct error *err)
{
    struct origin origin = caller_origin(act->caller);
    struct sign_in_event content = {
        .user = user, .why = TEXT("revoked"), .client = act->caller->client};
    return session_end_user(txn, user, NULL, err) &&
           txn_append(txn, LOG_EVENT_SIGNED_OUT, &origin, 0, &content, NULL, err);
}

bool users_sign_out(struct act *act, struct txn *txn, struct error *err)
{
    struct users_sign_out *verb = (struct users_sign_out *)act;
    struct user *users = NULL;
    if (!must_manage(act, err) ||
        !user_list(txn_db(txn), act->arena, &users, &verb->count, err))
        return false;
    for (size_t i = 0; i < verb->count; i++)
        if (!sign_out_one(act, txn, users[i].id, err))
            return false;
    verb->users = users;
    act->after = end_all_sessions;
    return true;
}

/* --- read --------------------------------------------------------------------------------- */

bool users_read(struct study *study, const struct caller *caller, struct arena *arena,
                struct user **out, size_t *count, struct error *err)
{
    if (!caller_must(caller, PERMISSION_MANAGE_USERS, (struct text){0}, false, err))
        return caller_refused(study, caller, 0, err);
    struct db *db = store_reader(study->store);
    bool is_read = user_list(db, arena, out, count, err);
    store_reader_return(study->store, db);
    return is_read;
}

bool users_find(struct study *study, const struct caller *caller, struct text name,
                struct arena *arena, struct user **out, struct error *err)
{
    if (!caller_must(caller, PERMISSION_MANAGE_USERS, (struct text){0}, false, err))
        return caller_refused(study, caller, 0, err);
    struct db *db = store_reader(study->store);
    bool is_read = user_by_name(db, name_normalise(arena, name), arena, out, err);
    store_reader_return(study->store, db);
    if (is_read && *out == NULL)
        return error_set(err, ERROR_NOT_FOUND, "there is no user \"%.*s\"",
                         TEXT_ARG(name));
    return is_read;
}
