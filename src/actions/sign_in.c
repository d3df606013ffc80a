#include "actions/sign_in.h"

#include "actions/account.h"
#include "actions/password.h"
#include "actions/session_keep.h"
#include "actions/study_state.h"
#include "base/limits.h"
#include "store/reads.h"

#include <inttypes.h>
#include <string.h>

/* --- what password, link and second factor share (password.h) ------------------------ */

struct text name_normalise(struct arena *arena, struct text typed)
{
    struct text trimmed = text_trim(typed);
    char *lower = arena_alloc(arena, trimmed.len + 1);
    for (size_t i = 0; i < trimmed.len; i++) {
        char c = trimmed.at[i];
        lower[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return (struct text){.at = lower, .len = trimmed.len};
}

bool password_is_set(const struct sign_in_state *state)
{
    return text_starts_with(state->password_hash, TEXT("$argon2"));
}

struct text password_expected(const struct study *study,
                              const struct sign_in_state *state)
{
    return password_is_set(state) ? state->password_hash
                                  : text_of(study->nobodys_password);
}

bool delay_refuse(int64_t seconds, int64_t *retry_after, struct error *err)
{
    *retry_after = seconds;
    error_set(err, ERROR_TOO_MANY, "too many failed attempts");
    return error_hint(err, "try again in %" PRId64 " seconds", seconds);
}

int64_t delay_left(struct study *study, int64_t user, struct text name,
                   struct text client, const struct sign_in_state *state, int64_t now)
{
    int64_t own = user != 0 ? throttle_left(state->failures, state->last_failure, now)
                            : throttle_wait(study->throttle, THROTTLE_NAME, name, now);
    int64_t address =
        client.len > 0 ? throttle_wait(study->throttle, THROTTLE_ADDRESS, client, now)
                       : 0;
    return own > address ? own : address;
}

bool totp_accepts(const struct study *study, const struct sign_in_state *state,
                  struct text typed, int64_t now, int64_t *step)
{
    int64_t code = 0;
    /* People's devices know nothing of a demo folder's simulated time. */
    int64_t instant = store_is_demo(study->store) ? clock_now(&system_clock) : now;
    return typed.len == TOTP_DIGITS && text_to_int64(typed, &code) && code >= 0 &&
           totp_verify(state->totp_secret, (uint32_t)code, instant, step) &&
           *step > state->totp_last_step;
}

/* --- begin, hash ----------------------------------------------------------------------- */

static bool read_account(struct db *db, struct text name, struct arena *arena,
                         struct user **user, struct sign_in_state *state,
                         struct error *err)
{
    return user_by_name(db, name, arena, user, err) &&
           (*user == NULL || user_sign_in_state(db, (*user)->id, arena, state, err));
}

bool sign_in_begin(struct sign_in *verb, struct error *err)
{
    struct study *study = verb->act.study;
    struct arena *arena = verb->act.arena;
    if (verb->name.len > LIMIT_NAME || verb->password.len > LIMIT_PASSWORD ||
        verb->new_password.len > LIMIT_PASSWORD)
        return error_set(err, ERROR_TOO_LARGE, "the name or the password is too long");
    verb->name = name_normalise(arena, verb->name);

    struct user *user = NULL;
    struct sign_in_state state = {0};
    struct db *db = store_reader(study->store);
    bool is_read = read_account(db, verb->name, arena, &user, &state, err) &&
                   (user == NULL || verb->new_password.len == 0 ||
                    past_passwords_read(db, user->id, arena, &verb->past, err));
    store_reader_return(study->store, db);
    if (!is_read)
        return false;

    verb->user = user != NULL ? user->id : 0;
    verb->expected = password_expected(study, &state);
    int64_t left = delay_left(study, verb->user, verb->name, verb->client, &state,
                              study_now(study));
    if (left > 0)
        return delay_refuse(left, &verb->retry_after, err);
    return true;
}

void sign_in_hash(struct sign_in *verb)
{
    char encoded[PASSWORD_HASH_TEXT] = {0};
    ASSERT(verb->expected.at != NULL && verb->expected.len < sizeof encoded);
    memcpy(encoded, verb->expected.at, verb->expected.len);
    verb->is_password_right = password_verify(verb->password, encoded);
    if (!verb->is_password_right || verb->new_password.len == 0)
        return;
    verb->is_past = past_passwords_have(&verb->past, verb->new_password);
    password_hash(verb->new_password, verb->encoded);
}

/* --- finish ----------------------------------------------------------------------------- */

static struct origin sign_in_origin(int64_t user, struct text device,
                                    struct text language)
{
    return (struct origin){.user = user, .device = device, .language = language};
}

bool sign_in_fail(struct act *act, struct txn *txn, const struct sign_in_attempt *who,
                  struct text why, struct error *err)
{
    /* Whoever failed has not proven to be that user: the event is the program's. */
    struct origin origin = sign_in_origin(0, who->device, who->language);
    struct sign_in_event content = {
        .user = who->user,
        .name = who->user == 0 ? who->name : (struct text){0},
        .why = why,
        .client = who->client,
    };
    if (!txn_append(txn, LOG_EVENT_SIGN_IN_FAILED, &origin, 0, &content, NULL, err))
        return false;
    act->is_refusal_logged = true;
    return error_set(err, ERROR_SIGN_IN, "the name or the password is not right");
}

void sign_in_failed(struct study *study, const struct sign_in_attempt *who)
{
    int64_t now = study_now(study);
    if (who->client.len > 0)
        throttle_failed(study->throttle, THROTTLE_ADDRESS, who->client, now);
    if (who->user == 0)
        throttle_failed(study->throttle, THROTTLE_NAME, who->name, now);
}

bool session_start(struct act *act, struct txn *txn, const struct sign_in_attempt *who,
                   int64_t totp_step, struct signed_in *out, struct error *err)
{
    if (!user_by_id(txn_db(txn), who->user, act->arena, &out->user, err))
        return false;
    struct origin origin = sign_in_origin(who->user, who->device, who->language);
    struct sign_in_event content = {
        .user = who->user, .client = who->client, .totp_step = totp_step};
    if (!txn_append(txn, LOG_EVENT_SIGNED_IN, &origin, 0, &content, NULL, err))
        return false;
    token_make(out->token, &out->session);
    session_csrf(text_of(out->token), out->csrf);
    out->began = txn_now(txn);
    return session_keep(act->study, txn,
                        &(struct session_begin){.token = out->session,
                                                .user = out->user,
                                                .began = out->began,
                                                .last_used = out->began,
                                                .client = who->client,
                                                .device = who->device},
                        err);
}

void session_started(struct act *act, const struct sign_in_attempt *who,
                     const struct signed_in *signed_in)
{
    struct study *study = act->study;
    session_table_put(study->sessions,
                      &(struct session_begin){.token = signed_in->session,
                                              .user = signed_in->user,
                                              .began = signed_in->began,
                                              .last_used = signed_in->began,
                                              .client = who->client,
                                              .device = who->device});
    if (who->client.len > 0)
        throttle_cleared(study->throttle, THROTTLE_ADDRESS, who->client);
}

static struct sign_in_attempt attempt_of(const struct sign_in *verb)
{
    return (struct sign_in_attempt){.user = verb->user,
                                    .name = verb->name,
                                    .client = verb->client,
                                    .device = verb->device,
                                    .language = verb->language};
}

static void sign_in_after(struct act *act)
{
    struct sign_in *verb = (struct sign_in *)act;
    struct sign_in_attempt who = attempt_of(verb);
    if (verb->new_password.len > 0)
        session_table_drop_user(act->study->sessions, verb->user, NULL);
    session_started(act, &who, &verb->signed_in);
}

static void sign_in_after_refusal(struct act *act)
{
    struct sign_in_attempt who = attempt_of((const struct sign_in *)act);
    sign_in_failed(act->study, &who);
}

static void person_after(struct act *act)
{
    const struct sign_in *verb = (const struct sign_in *)act;
    if (verb->client.len > 0)
        throttle_cleared(act->study->throttle, THROTTLE_ADDRESS, verb->client);
}

static bool prove_person(struct act *act, struct txn *txn, int64_t totp_step,
                         struct error *err)
{
    const struct sign_in *verb = (const struct sign_in *)act;
    struct origin origin = sign_in_origin(verb->user, verb->device, verb->language);
    struct sign_in_event content = {.user = verb->user,
                                    .why = TEXT("proof of the person"),
                                    .client = verb->client,
                                    .totp_step = totp_step};
    act->after = person_after;
    return txn_append(txn, LOG_EVENT_SIGNED_IN, &origin, 0, &content, NULL, err);
}

/* What is missing beside the right password: told together, since a code is only good for
 * half a minute. */
static bool check_given(struct sign_in *verb, struct txn *txn,
                        const struct sign_in_state *state, struct error *err)
{
    struct password_rules rules;
    if (!password_rules_now(txn_db(txn), txn_arena(txn), &rules, err))
        return false;
    verb->needs_totp = !text_is_absent(state->totp_secret) && verb->totp.len == 0;
    verb->needs_new_password =
        verb->new_password.len == 0 && password_is_expired(&rules, state, txn_now(txn));
    if (verb->needs_new_password) {
        error_set(err, ERROR_SIGN_IN, "the password has expired");
        return error_hint(err, "sign in to the page and choose another one");
    }
    return !verb->needs_totp ||
           error_set(err, ERROR_SIGN_IN, "a code of the second factor is needed");
}

/* The second factor, once the password is right. */
static bool check_totp(struct sign_in *verb, struct txn *txn,
                       const struct sign_in_state *state, int64_t *step,
                       struct error *err)
{
    *step = 0;
    if (text_is_absent(state->totp_secret))
        return true;
    if (totp_accepts(verb->act.study, state, verb->totp, txn_now(txn), step))
        return true;
    struct sign_in_attempt who = attempt_of(verb);
    verb->needs_totp = true;
    sign_in_fail(&verb->act, txn, &who, TEXT("totp"), err);
    if (err->code != ERROR_SIGN_IN)
        return false;
    return error_set(err, ERROR_SIGN_IN, "the code is not right, or was used before");
}

/* Only for who has proven to be the user: what is wrong with a new password would tell
 * others which names exist. */
static bool check_new_password(const struct sign_in *verb, const struct user *user,
                               struct error *err)
{
    if (verb->new_password.len == 0)
        return true;
    if (!password_check(verb->new_password, user->name, user->full_name, err))
        return false;
    return !verb->is_past || past_password_refuse(err);
}

static bool set_new_password(struct sign_in *verb, struct txn *txn, struct error *err)
{
    if (verb->new_password.len == 0)
        return true;
    struct origin origin = sign_in_origin(verb->user, verb->device, verb->language);
    struct credential_set content = {.user = verb->user,
                                     .secret = text_of(verb->encoded)};
    return txn_append(txn, LOG_EVENT_CREDENTIAL_SET, &origin, 0, &content, NULL, err) &&
           session_end_user(txn, verb->user, NULL, err);
}

bool sign_in_finish(struct act *act, struct txn *txn, struct error *err)
{
    struct sign_in *verb = (struct sign_in *)act;
    struct sign_in_attempt who = attempt_of(verb);
    struct sign_in_state state = {0};
    struct user *user = NULL;
    int64_t step = 0;
    act->after_refusal = sign_in_after_refusal;
    verb->needs_totp = verb->needs_new_password = false;
    if (verb->user != 0 &&
        (!user_by_id(txn_db(txn), verb->user, act->arena, &user, err) ||
         !user_sign_in_state(txn_db(txn), verb->user, act->arena, &state, err)))
        return false;

    /* Others may have failed since `begin`: guesses in parallel gain nothing. */
    int64_t left = delay_left(act->study, verb->user, verb->name, verb->client, &state,
                              txn_now(txn));
    if (left > 0)
        return delay_refuse(left, &verb->retry_after, err);
    if (user == NULL)
        return sign_in_fail(act, txn, &who, TEXT("no such name"), err);
    if (!password_is_set(&state))
        return sign_in_fail(act, txn, &who, TEXT("no password"), err);
    if (!verb->is_password_right || !text_equal(verb->expected, state.password_hash))
        return sign_in_fail(act, txn, &who, TEXT("password"), err);
    if (user->is_disabled)
        return sign_in_fail(act, txn, &who, TEXT("disabled"), err);
    if (!check_given(verb, txn, &state, err) ||
        !check_totp(verb, txn, &state, &step, err) ||
        !check_new_password(verb, user, err) || !set_new_password(verb, txn, err))
        return false;

    verb->person = verb->user;
    if (verb->without_session)
        return prove_person(act, txn, step, err);
    act->after = sign_in_after;
    return session_start(act, txn, &who, step, &verb->signed_in, err);
}

bool sign_in_run(struct sign_in *verb, struct error *err)
{
    if (!sign_in_begin(verb, err))
        return false;
    sign_in_hash(verb);
    return act_run(&verb->act, err);
}
