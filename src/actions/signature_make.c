/* Signing. */
#include "actions/form_place.h"
#include "actions/identity.h"
#include "actions/password.h"
#include "actions/session_table.h"
#include "actions/signature_parts.h"
#include "actions/study_state.h"
#include "base/hex.h"

struct label signature_obstacle_label(enum signature_obstacle obstacle)
{
    static const struct label labels[] = {
#define X(name, in_english, in_chinese)                                                \
    [SIGNATURE_##                                                                      \
        name] = {.english = TEXT_INIT(in_english), .chinese = TEXT_INIT(in_chinese)},
        SIGNATURE_OBSTACLE_TABLE(X)
#undef X
    };
    return labels[obstacle];
}

/* --- who sits there --------------------------------------------------------------------- */

bool signature_begin(struct signature_make *verb, struct error *err)
{
    return proof_begin(&verb->act, verb->password, &verb->expected, &verb->retry_after,
                       err);
}

void signature_hash(struct signature_make *verb)
{
    verb->is_password_right = proof_hash(verb->password, verb->expected);
}

static bool prove(struct signature_make *verb, struct txn *txn, struct error *err)
{
    return identity_must(txn_db(txn), verb->act.caller, txn_arena(txn), err) &&
           proof_name(&verb->act, verb->name, err) &&
           proof_finish(&verb->act, txn, verb->is_password_right, verb->expected,
                        err) &&
           proof_totp(&verb->act, txn, verb->totp, &verb->needs_totp, err);
}

/* --- what is signed ---------------------------------------------------------------------- */

static bool find_forms(const struct signature_make *verb, struct signing *signing,
                       struct error *err)
{
    struct form_state *known = NULL;
    if (verb->is_casebook) {
        struct form_state *forms = NULL;
        bool is_read =
            signing_casebook_forms(signing->db, signing->participant, signing->arena,
                                   &forms, &signing->form_count, err);
        signing->forms = forms;
        return is_read;
    }
    if (!form_find(signing->db, &verb->key, signing->arena, &known, err))
        return false;
    signing->forms = known;
    signing->form_count = known == NULL ? 0 : 1;
    return true;
}

static bool check_meaning(const struct signature_make *verb, struct signing *signing,
                          struct error *err)
{
    enum signature_meaning given;
    if (!signing_meaning(verb->act.caller, signing->participant, verb->is_casebook,
                         verb->key.form, &signing->meaning))
        return caller_must_for(verb->act.caller, PERMISSION_SIGN_FORM,
                               signing->participant, err);
    /* Which of the meanings of a row it is, the image tells (signing_read); the content
     * is bound to it. */
    if (signature_meaning_parse(verb->meaning, &given) &&
        (given == signing->meaning || (signature_meaning_is_of_row(given) &&
                                       signature_meaning_is_of_row(signing->meaning))))
        return true;
    error_set(err, ERROR_REFUSED, "this cannot be signed with this meaning");
    error_hint(err, "the meaning is %s", signature_meaning_name(signing->meaning).at);
    return error_where(err, 0, "meaning");
}

static bool check_obstacles(const struct signing *signing, struct error *err)
{
    for (int i = 0; i < SIGNATURE_OBSTACLES; i++)
        if (signing->stands[i])
            return error_set(
                err, ERROR_REFUSED, "this cannot be signed: %s",
                signature_obstacle_label((enum signature_obstacle)i).english.at);
    return true;
}

/* Nobody signs what he did not see. */
static bool check_content(const struct signature_make *verb,
                          const struct signing *signing, struct error *err)
{
    char digits[HEX_SIZE(HASH_SIZE)];
    size_t len = hex_print(signing->content.bytes, HASH_SIZE, digits);
    if (text_equal(verb->content, (struct text){.at = digits, .len = len}))
        return true;
    error_set(err, ERROR_CHANGED, "what you were shown has changed meanwhile");
    return error_hint(err, "look at it again, then sign");
}

static bool append(struct signature_make *verb, struct txn *txn,
                   const struct signing *signing, struct error *err)
{
    struct origin origin = caller_origin(verb->act.caller);
    struct signed_record content = {.is_casebook = verb->is_casebook,
                                    .meaning = signature_meaning_name(signing->meaning),
                                    .language =
                                        signing->is_chinese ? TEXT("zh") : TEXT("en"),
                                    .content = signing->content,
                                    .forms = signing->signed_forms,
                                    .form_count = signing->form_count};
    return txn_append(txn, LOG_EVENT_SIGNED, &origin, signing->participant->id,
                      &content, &verb->seq, err);
}

static void signed_after(struct act *act)
{
    session_table_set_signed(act->study->sessions, &act->caller->session);
}

bool signature_finish(struct act *act, struct txn *txn, struct error *err)
{
    struct signature_make *verb = (struct signature_make *)act;
    struct participant *participant = NULL;
    struct signing signing = {.study = act->study,
                              .db = txn_db(txn),
                              .arena = txn_arena(txn),
                              .caller = act->caller,
                              .is_casebook = verb->is_casebook,
                              .is_chinese = text_equal(verb->language, TEXT("zh"))};
    verb->seq = 0;
    act->after = signed_after;
    if (!participant_must_exist(act, txn, verb->key.participant, &participant, err))
        return false;
    signing.participant = participant;
    return check_meaning(verb, &signing, err) && find_forms(verb, &signing, err) &&
           signing_read(&signing, err) && check_obstacles(&signing, err) &&
           check_content(verb, &signing, err) && prove(verb, txn, err) &&
           append(verb, txn, &signing, err);
}

/* --- what could be signed ------------------------------------------------------------------ */

bool signature_offer_of(struct signing *signing, struct signature_offer *out,
                        struct error *err)
{
    const struct caller *caller = signing->caller;
    struct sign_in_state state = {0};
    struct stored_signature *list = NULL;
    size_t count = 0;
    *out = (struct signature_offer){.is_chinese = signing->is_chinese};
    struct text form =
        signing->form_count == 0 ? (struct text){0} : signing->forms[0].key.form;
    out->may = signing_meaning(caller, signing->participant, signing->is_casebook, form,
                               &signing->meaning);
    if (!out->may)
        return true;
    int64_t id = signing->is_casebook       ? 0
                 : signing->form_count == 0 ? -2
                                            : signing->forms[0].id;
    if (!signing_read(signing, err) ||
        !user_sign_in_state(signing->db, caller->user, signing->arena, &state, err) ||
        !signature_list(signing->db, signing->participant->id, id, signing->arena,
                        &list, &count, err))
        return false;
    out->meaning = signing->meaning;
    out->content = signing->content;
    out->needs_name =
        !session_table_has_signed(signing->study->sessions, &caller->session);
    out->needs_totp = !text_is_absent(state.totp_secret);
    for (int i = 0; i < SIGNATURE_OBSTACLES; i++)
        out->stands[i] = signing->stands[i];
    for (size_t i = 0; i < count; i++)
        out->is_signed_by_caller =
            out->is_signed_by_caller ||
            (list[i].user == caller->user && list[i].changed < list[i].seq);
    return true;
}
