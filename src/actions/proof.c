/* Proving who sits there: the own password, of somebody who is signed in. */
#include "actions/password.h"
#include "actions/session_table.h"
#include "actions/study_state.h"
#include "base/limits.h"

#include <string.h>

bool proof_begin(struct act *act, struct text password, struct text *expected,
                 int64_t *retry_after, struct error *err)
{
    const struct caller *caller = act->caller;
    struct sign_in_state state = {0};
    if (caller->user == 0)
        return error_set(err, ERROR_NOT_ALLOWED, "the operator has no account");
    if (password.len > LIMIT_PASSWORD)
        return error_set(err, ERROR_TOO_LARGE, "the password is too long");
    struct db *db = store_reader(act->study->store);
    bool is_read = user_sign_in_state(db, caller->user, act->arena, &state, err);
    store_reader_return(act->study->store, db);
    if (!is_read)
        return false;
    int64_t left = delay_left(act->study, caller->user, caller->name, caller->client,
                              &state, study_now(act->study));
    if (left > 0)
        return delay_refuse(left, retry_after, err);
    *expected = password_expected(act->study, &state);
    return true;
}

bool proof_hash(struct text password, struct text expected)
{
    char encoded[PASSWORD_HASH_TEXT] = {0};
    ASSERT(expected.len < sizeof encoded);
    memcpy(encoded, expected.at, expected.len);
    return password_verify(password, encoded);
}

static struct sign_in_attempt attempt_of(const struct caller *caller)
{
    return (struct sign_in_attempt){.user = caller->user,
                                    .client = caller->client,
                                    .device = caller->device,
                                    .language = caller->language};
}

static void proof_after_refusal(struct act *act)
{
    struct sign_in_attempt who = attempt_of(act->caller);
    sign_in_failed(act->study, &who);
}

bool proof_finish(struct act *act, struct txn *txn, bool is_right, struct text expected,
                  struct error *err)
{
    struct sign_in_state state = {0};
    const struct caller *caller = act->caller;
    act->after_refusal = proof_after_refusal;
    if (!user_sign_in_state(txn_db(txn), caller->user, act->arena, &state, err))
        return false;
    if (is_right && text_equal(expected, state.password_hash))
        return true;
    struct sign_in_attempt who = attempt_of(caller);
    sign_in_fail(act, txn, &who, TEXT("password, of somebody signed in"), err);
    if (err->code != ERROR_SIGN_IN)
        return false;
    return error_set(err, ERROR_REFUSED, "the password is not right");
}

bool proof_name(const struct act *act, struct text typed, struct error *err)
{
    const struct caller *caller = act->caller;
    struct text given = name_normalise(act->arena, typed);
    if (given.len == 0 &&
        session_table_has_signed(act->study->sessions, &caller->session))
        return true;
    if (text_equal(given, caller->name))
        return true;
    error_set(err, ERROR_REFUSED,
              given.len == 0
                  ? "the first signature of a sign-in needs your name as well"
                  : "this is not the name that you are signed in with");
    return error_where(err, 0, "name");
}

bool proof_totp(struct act *act, struct txn *txn, struct text code, bool *needs_totp,
                struct error *err)
{
    struct sign_in_state state = {0};
    const struct caller *caller = act->caller;
    int64_t step = 0;
    *needs_totp = false;
    if (!user_sign_in_state(txn_db(txn), caller->user, act->arena, &state, err))
        return false;
    if (text_is_absent(state.totp_secret))
        return true;
    *needs_totp = true;
    if (code.len == 0)
        return error_set(err, ERROR_REFUSED, "a code of the second factor is needed");
    if (!totp_accepts(act->study, &state, code, txn_now(txn), &step)) {
        struct sign_in_attempt who = attempt_of(caller);
        sign_in_fail(act, txn, &who, TEXT("totp, of somebody signed in"), err);
        if (err->code != ERROR_SIGN_IN)
            return false;
        return error_set(err, ERROR_REFUSED,
                         "the code is not right, or was used before");
    }
    struct origin origin = caller_origin(caller);
    struct sign_in_event content = {.user = caller->user,
                                    .why = TEXT("proof of the person"),
                                    .client = caller->client,
                                    .totp_step = step};
    return txn_append(txn, LOG_EVENT_SIGNED_IN, &origin, 0, &content, NULL, err);
}
