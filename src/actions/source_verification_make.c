/* Verifying against the source, and withdrawing it. */
#include "actions/form_place.h"
#include "actions/item_version.h"
#include "actions/program_values.h"
#include "actions/source_verification.h"
#include "actions/study.h"
#include "actions/verification_duty.h"
#include "base/limits.h"
#include "model/event.h"

/* What is being verified, so that each step has few parameters. */
struct verifying {
    struct source_verify *verb;
    struct txn *txn;
    struct participant *participant;
    const struct form_state *form;
    struct answer_verification *answers; /* of the form */
    size_t answer_count;
    struct verified_item *items;
    size_t item_count;
    struct error *err;
};

/* What is locked stays as it is; what is frozen may be verified. */
static bool check_lock(struct verifying *verifying)
{
    struct record_lock *list = NULL;
    size_t count = 0;
    if (!lock_list(txn_db(verifying->txn), verifying->participant->id,
                   txn_arena(verifying->txn), &list, &count, verifying->err))
        return false;
    for (size_t i = 0; i < count; i++) {
        bool is_here = list[i].form == 0 || list[i].form == verifying->form->id;
        if (!is_here || list[i].state != LOCK_LOCKED)
            continue;
        error_set(verifying->err, ERROR_LOCKED, "%s is locked",
                  list[i].participant == 0 ? "the data base"
                  : list[i].form == 0      ? "this participant"
                                           : "this form");
        return error_hint(verifying->err,
                          "verification comes before the lock: a data manager and the "
                          "principal investigator unlock it");
    }
    return true;
}

static const struct answer_verification *answer_at(const struct verifying *verifying,
                                                   const struct verified_claim *claim)
{
    for (size_t i = 0; i < verifying->answer_count; i++)
        if (verifying->answers[i].row == claim->row &&
            text_equal(verifying->answers[i].item, claim->item))
            return &verifying->answers[i];
    return NULL;
}

static bool refuse(struct verifying *verifying, enum error_code code, const char *why)
{
    error_set(verifying->err, code, "%s", why);
    return error_where(verifying->err, 0, "items");
}

/* The answer that the monitor saw must be the one that stands. */
static bool check_seen(struct verifying *verifying, const struct verified_claim *claim,
                       const struct answer_verification *answer)
{
    struct base_reference seen;
    if (!base_reference_parse(claim->version, &seen) || seen.is_queued)
        return refuse(verifying, ERROR_REFUSED, "this is no version of an answer");
    if (version_equal(seen.version, answer->version))
        return true;
    error_set(verifying->err, ERROR_CHANGED, "the value was changed meanwhile");
    return error_hint(verifying->err, "look at it again, then compare the new value");
}

/* Takes the answer into the event, unless it says nothing new. */
static bool take(struct verifying *verifying, const struct answer_verification *answer)
{
    bool is_withdrawing = verifying->verb->is_withdrawing;
    if (!is_withdrawing && verification_state_of(answer) == VERIFICATION_STANDS)
        return true;
    if (!verification_duty_check(
            verifying->verb->act.caller, answer,
            is_withdrawing ? VERIFICATION_WITHDRAW : VERIFICATION_MAKE, verifying->err))
        return false;
    verifying->items[verifying->item_count++] = (struct verified_item){
        .item = answer->item,
        .row = answer->row,
        .version = is_withdrawing ? (struct version){0} : answer->version};
    return true;
}

static bool take_claim(struct verifying *verifying, const struct verified_claim *claim)
{
    const struct answer_verification *answer = answer_at(verifying, claim);
    if (answer == NULL)
        return refuse(verifying, ERROR_REFUSED, "there is no answer to verify");
    if (!verifying->verb->is_withdrawing)
        return check_seen(verifying, claim, answer) && take(verifying, answer);
    if (verification_state_of(answer) == VERIFICATION_NONE)
        return refuse(verifying, ERROR_CHANGED, "it is not verified");
    return take(verifying, answer);
}

/* What is in the identity vault is not on the page: it is named, or not verified. */
static bool take_all(struct verifying *verifying)
{
    for (size_t i = 0; i < verifying->answer_count; i++) {
        const struct answer_verification *answer = &verifying->answers[i];
        bool has_any = verification_state_of(answer) != VERIFICATION_NONE;
        if (answer->version.seq > verifying->verb->seen) {
            error_set(verifying->err, ERROR_CHANGED, "the form was changed meanwhile");
            return error_hint(verifying->err,
                              "look at it again, then compare what is new");
        }
        if (verifying->verb->is_withdrawing ? !has_any : answer->is_in_vault)
            continue;
        if (!take(verifying, answer))
            return false;
    }
    return true;
}

static bool append(struct verifying *verifying)
{
    struct source_verify *verb = verifying->verb;
    struct origin origin = caller_origin(verb->act.caller);
    struct source_verified content = {.key = verifying->form->key,
                                      .items = verifying->items,
                                      .item_count = verifying->item_count};
    if (verb->is_withdrawing)
        content.reason = text_trim(verb->reason);
    verb->done += (int64_t)verifying->item_count;
    return verifying->item_count == 0 ||
           txn_append(verifying->txn,
                      verb->is_withdrawing ? LOG_EVENT_SOURCE_VERIFICATION_WITHDRAWN
                                           : LOG_EVENT_SOURCE_VERIFIED,
                      &origin, verifying->participant->id, &content, NULL,
                      verifying->err);
}

static bool verify_form(struct verifying *verifying, const struct form_state *form)
{
    const struct source_verify *verb = verifying->verb;
    struct arena *arena = txn_arena(verifying->txn);
    verifying->form = form;
    verifying->item_count = 0;
    if (!check_lock(verifying) ||
        !answer_verifications(txn_db(verifying->txn), verifying->participant->id,
                              form->id, arena, &verifying->answers,
                              &verifying->answer_count, verifying->err))
        return false;
    size_t most =
        verb->is_all || verb->is_whole ? verifying->answer_count : verb->claim_count;
    verifying->items = ARENA_ARRAY(arena, struct verified_item, most);
    if (verb->is_all || verb->is_whole)
        return take_all(verifying) && append(verifying);
    for (size_t i = 0; i < verb->claim_count; i++)
        if (!take_claim(verifying, &verb->claims[i]))
            return false;
    return append(verifying);
}

static bool verify_one(struct verifying *verifying)
{
    struct form_key *key = &verifying->verb->key;
    struct form_state *form = NULL;
    key->event_repeat = key->event_repeat == 0 ? 1 : key->event_repeat;
    key->form_repeat = key->form_repeat == 0 ? 1 : key->form_repeat;
    if (!form_find(txn_db(verifying->txn), key, txn_arena(verifying->txn), &form,
                   verifying->err))
        return false;
    if (form == NULL)
        return error_set(verifying->err, ERROR_NOT_FOUND,
                         "nothing is entered in this form yet");
    return verify_form(verifying, form);
}

/* An event for each form: all of them, or none. */
static bool verify_whole(struct verifying *verifying)
{
    struct form_states forms;
    if (!form_list(txn_db(verifying->txn), verifying->participant->id,
                   txn_arena(verifying->txn), &forms, verifying->err))
        return false;
    for (size_t i = 0; i < forms.count; i++)
        if (!verify_form(verifying, &forms.list[i]))
            return false;
    return true;
}

bool source_verify(struct act *act, struct txn *txn, struct error *err)
{
    struct source_verify *verb = (struct source_verify *)act;
    struct verifying verifying = {.verb = verb, .txn = txn, .err = err};
    verb->done = 0;
    if (!participant_must_exist(act, txn, verb->key.participant, &verifying.participant,
                                err) ||
        !caller_must_for(act->caller, PERMISSION_VERIFY_SOURCE, verifying.participant,
                         err))
        return false;
    if (verb->is_withdrawing && !reason_check(verb->reason, err))
        return false;
    return verb->is_whole ? verify_whole(&verifying) : verify_one(&verifying);
}
