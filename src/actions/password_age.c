#include "actions/password_age.h"

#include "actions/password.h"
#include "actions/program_values.h"
#include "actions/study_state.h"

static const int64_t day = INT64_C(24) * 60 * 60 * 1000 * 1000;

bool password_rules_now(struct db *db, struct arena *arena, struct password_rules *out,
                        struct error *err)
{
    struct log_row *set = NULL;
    *out = (struct password_rules){.longest_days = PASSWORD_DAYS,
                                   .remembered = PASSWORD_REMEMBERED};
    if (!password_rules_latest(db, arena, &set, err))
        return false;
    if (set != NULL)
        *out = *(const struct password_rules *)set->content;
    return true;
}

int64_t password_expires(const struct password_rules *rules,
                         const struct sign_in_state *state)
{
    if (rules->longest_days == 0 || !password_is_set(state))
        return 0;
    return state->password_set_at + rules->longest_days * day;
}

bool password_is_expired(const struct password_rules *rules,
                         const struct sign_in_state *state, int64_t now)
{
    int64_t expires = password_expires(rules, state);
    return expires != 0 && now >= expires;
}

/* --- the last ones ---------------------------------------------------------------------- */

bool past_passwords_read(struct db *db, int64_t user, struct arena *arena,
                         struct past_passwords *out, struct error *err)
{
    struct password_rules rules;
    return password_rules_now(db, arena, &rules, err) &&
           passwords_of(db, user, rules.remembered, arena, &out->list, &out->count,
                        err);
}

bool past_passwords_have(const struct past_passwords *past, struct text password)
{
    for (size_t i = 0; i < past->count; i++)
        if (proof_hash(password, past->list[i]))
            return true;
    return false;
}

bool past_password_refuse(struct error *err)
{
    error_set(err, ERROR_REFUSED, "this password was used before: choose another one");
    return error_hint(err, "none of the last ones may be taken again");
}

/* --- the choice ------------------------------------------------------------------------ */

static bool in_range(int64_t value, int64_t least, int64_t most, const char *field,
                     struct error *err)
{
    if (value >= least && value <= most)
        return true;
    error_set(err, ERROR_REFUSED, "a number from %lld to %lld is needed",
              (long long)least, (long long)most);
    return error_where(err, 0, "%s", field);
}

bool password_rules_set(struct act *act, struct txn *txn, struct error *err)
{
    const struct password_rules_set *verb = (const struct password_rules_set *)act;
    struct origin origin = caller_origin(act->caller);
    if (!caller_must(act->caller, PERMISSION_MANAGE_USERS, (struct text){0}, false,
                     err) ||
        !in_range(verb->longest_days, 0, PASSWORD_DAYS_MOST, "longest_days", err) ||
        !in_range(verb->remembered, 1, PASSWORD_REMEMBERED_MOST, "remembered", err) ||
        !reason_check(verb->reason, err))
        return false;
    struct password_rules content = {.longest_days = verb->longest_days,
                                     .remembered = verb->remembered,
                                     .reason = text_trim(verb->reason)};
    return txn_append(txn, LOG_EVENT_PASSWORD_RULES_SET, &origin, 0, &content, NULL,
                      err);
}

static bool read_shown(struct db *db, struct arena *arena,
                       struct password_rules_shown *out, struct error *err)
{
    struct log_row *set = NULL;
    struct user *user = NULL;
    if (!password_rules_now(db, arena, &out->rules, err) ||
        !password_rules_latest(db, arena, &set, err) ||
        (set != NULL && !user_by_id(db, set->origin.user, arena, &user, err)))
        return false;
    out->set_by = user;
    out->set_at = set == NULL ? 0 : set->server_time;
    return true;
}

bool password_rules_read(struct study *study, const struct caller *caller,
                         struct arena *arena, struct password_rules_shown *out,
                         struct error *err)
{
    if (!caller_must(caller, PERMISSION_MANAGE_USERS, (struct text){0}, false, err))
        return caller_refused(study, caller, 0, err);
    struct db *db = store_reader(study->store);
    bool is_read = read_shown(db, arena, out, err);
    store_reader_return(study->store, db);
    return is_read;
}

bool password_own_expiry(struct study *study, int64_t user, struct arena *arena,
                         int64_t *out, struct error *err)
{
    struct password_rules rules;
    struct sign_in_state state = {0};
    struct db *db = store_reader(study->store);
    bool is_read = password_rules_now(db, arena, &rules, err) &&
                   user_sign_in_state(db, user, arena, &state, err);
    store_reader_return(study->store, db);
    *out = is_read ? password_expires(&rules, &state) : 0;
    return is_read;
}
