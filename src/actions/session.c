#include "actions/session.h"

#include "actions/delegation.h"
#include "actions/image_task.h"
#include "actions/session_keep.h"
#include "actions/study_state.h"
#include "base/base64.h"

#include <string.h>

void token_make(char out[TOKEN_TEXT], struct hash *hash)
{
    uint8_t bytes[TOKEN_BYTES];
    random_bytes(bytes, sizeof bytes);
    size_t len = base64_print(bytes, sizeof bytes, out);
    ASSERT(len == TOKEN_TEXT - 1);
    out[len] = '\0';
    *hash = hash_of((struct text){.at = out, .len = len});
    wipe(bytes, sizeof bytes);
}

bool token_hash(struct text token, struct hash *out)
{
    uint8_t bytes[TOKEN_BYTES];
    if (!base64_parse(token, bytes, sizeof bytes))
        return false;
    *out = hash_of(token);
    return true;
}

static bool reads_images(const struct caller *caller)
{
    for (size_t i = 0; i < caller->grant_count; i++)
        if (caller->grants[i].role == ROLE_IMG || caller->grants[i].role == ROLE_ADJ)
            return true;
    return false;
}

bool session_find(struct study *study, struct text token, struct arena *arena,
                  struct caller *caller, struct error *err)
{
    struct hash hash;
    if (!token_hash(token, &hash))
        return error_set(err, ERROR_SIGN_IN, "please sign in");
    int64_t now = study_now(study);
    enum session_answer answer =
        session_table_use(study->sessions, &hash, now, arena, caller);
    if (answer == SESSION_UNKNOWN) {
        if (!session_recall(study, &hash, now, err))
            return false;
        answer = session_table_use(study->sessions, &hash, now, arena, caller);
    }
    if (answer == SESSION_IDLE)
        return error_set(err, ERROR_SIGN_IN,
                         "signed out after %d minutes without use: please sign in",
                         SESSION_IDLE_END / 60);
    if (answer == SESSION_EXPIRED)
        return error_set(err, ERROR_SIGN_IN,
                         "signed out after %d hours: please sign in",
                         SESSION_LONGEST / 3600);
    if (answer == SESSION_UNKNOWN)
        return error_set(err, ERROR_SIGN_IN, "please sign in");
    session_touch(study, &hash, now);
    if (!delegation_apply(study, arena, caller, err))
        return false;
    /* What scope t is about: it changes while somebody is signed in. */
    return !reads_images(caller) ||
           image_tasks_participants(study, caller->user, arena, &caller->assigned,
                                    &caller->assigned_count, err);
}

/* --- against forged requests ---------------------------------------------------------- */

void session_csrf(struct text token, char out[TOKEN_TEXT])
{
    static const char purpose[] = "osteon csrf v1:";
    char whole[sizeof purpose + TOKEN_TEXT];
    size_t len = token.len < TOKEN_TEXT ? token.len : TOKEN_TEXT;
    memcpy(whole, purpose, sizeof purpose - 1);
    memcpy(whole + sizeof purpose - 1, token.at, len);
    struct hash hash =
        hash_of((struct text){.at = whole, .len = sizeof purpose - 1 + len});
    size_t written = base64_print(hash.bytes, sizeof hash.bytes, out);
    out[written] = '\0';
    wipe(whole, sizeof whole);
}

bool session_csrf_matches(struct text token, struct text csrf)
{
    char expected[TOKEN_TEXT];
    session_csrf(token, expected);
    struct hash wanted = hash_of(text_of(expected));
    struct hash given = hash_of(csrf);
    return hash_equal(&wanted, &given);
}

/* --- the caller's own sessions ------------------------------------------------------- */

bool session_list(struct study *study, const struct caller *caller, struct arena *arena,
                  struct session_shown **out, size_t *count, struct error *err)
{
    struct session_seen *seen = NULL;
    size_t seen_count = 0;
    if (!session_recall_user(study, caller->user, err))
        return false;
    session_table_list(study->sessions, caller->user, study_now(study), arena, &seen,
                       &seen_count);
    struct session_shown *list = ARENA_ARRAY(arena, struct session_shown, seen_count);
    for (size_t i = 0; i < seen_count; i++)
        list[i] = (struct session_shown){
            .began = seen[i].began,
            .last_used = seen[i].last_used,
            .client = seen[i].client,
            .device = seen[i].device,
            .is_this = hash_equal(&seen[i].token, &caller->session),
        };
    *out = list;
    *count = seen_count;
    return true;
}

static bool signed_out_append(struct act *act, struct txn *txn, struct text why,
                              struct error *err)
{
    struct origin origin = caller_origin(act->caller);
    struct sign_in_event content = {
        .user = act->caller->user, .why = why, .client = act->caller->client};
    return txn_append(txn, LOG_EVENT_SIGNED_OUT, &origin, 0, &content, NULL, err);
}

static void sign_out_after(struct act *act)
{
    session_table_drop(act->study->sessions, &act->caller->session);
}

bool sign_out(struct act *act, struct txn *txn, struct error *err)
{
    act->after = sign_out_after;
    return session_end(txn, &act->caller->session, err) &&
           signed_out_append(act, txn, TEXT("sign-out"), err);
}

static void sign_out_others_after(struct act *act)
{
    struct sign_out_others *verb = (struct sign_out_others *)act;
    verb->ended = session_table_drop_user(act->study->sessions, act->caller->user,
                                          &act->caller->session);
}

bool sign_out_others(struct act *act, struct txn *txn, struct error *err)
{
    act->after = sign_out_others_after;
    return session_end_user(txn, act->caller->user, &act->caller->session, err) &&
           signed_out_append(act, txn, TEXT("sign-out of the others"), err);
}
