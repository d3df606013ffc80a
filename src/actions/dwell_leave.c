#include "actions/dwell_leave.h"

#include "actions/delegation.h"
#include "actions/design_choice.h"
#include "actions/form_place.h"
#include "actions/form_save.h"
#include "actions/lookup.h"
#include "actions/people.h"
#include "actions/program_values.h"
#include "actions/study_items.h"
#include "actions/study_state.h"
#include "actions/today.h"

#define HOUR                ((int64_t)3600 * 1000000)
#define ITEM_EXCEPTION_TEXT TEXT("I.REM.EXCTXT")

enum { TARGET_HOURS = 24, LEAVE_HOURS = 12 };

int64_t dwell_leave_until(int64_t since, int64_t given)
{
    int64_t target = since + TARGET_HOURS * HOUR;
    return (given > target ? given : target) + LEAVE_HOURS * HOUR;
}

/* --- begin -------------------------------------------------------------------------------- */

static bool find_needle(struct dwell_leave *verb, struct error *err)
{
    struct act *act = &verb->proof.act;
    struct today today;
    if (!today_read(act->study, act->caller, verb->key.participant, act->arena, &today,
                    err))
        return false;
    for (size_t i = 0; i < today.count; i++)
        if (form_key_equal(&today.at[i].removal_key, &verb->key)) {
            verb->since = today.at[i].since;
            verb->limit_at = today.at[i].limit_at;
            return true;
        }
    return error_set(err, ERROR_NOT_FOUND, "no needle that is in has this removal");
}

/* As whom the change is made once the proof is there. */
static bool read_physician(struct dwell_leave *verb, struct error *err)
{
    struct act *act = &verb->proof.act;
    struct user *user = NULL;
    struct caller *out = &verb->physician;
    *out = (struct caller){.user = verb->proof.user,
                           .device = verb->proof.device,
                           .client = verb->proof.client,
                           .language = verb->proof.language};
    if (verb->proof.user == 0) /* nobody has this name: the proof will fail */
        return true;
    if (!lookup_self(act->study, out, act->arena, &user, err))
        return false;
    out->name = user->name;
    out->full_name = user->full_name;
    out->grants = user->grants;
    out->grant_count = user->grant_count;
    return delegation_apply(act->study, act->arena, out, err);
}

bool dwell_leave_begin(struct dwell_leave *verb, struct error *err)
{
    verb->proof.without_session = true;
    return find_needle(verb, err) && sign_in_begin(&verb->proof, err) &&
           read_physician(verb, err);
}

/* --- finish ------------------------------------------------------------------------------- */

static const struct head *reason_of(const struct form_save *save, struct text item)
{
    const struct head *head = heads_current(save->heads, item, 0);
    return head != NULL && head->answer.value.len > 0 ? head : NULL;
}

static bool check_reason(const struct dwell_leave *verb, const struct form_save *save,
                         struct error *err)
{
    const struct head *reason = reason_of(save, ITEM_EXCEPTION_REASON);
    const struct head *text = reason_of(save, ITEM_EXCEPTION_TEXT);
    if (reason == NULL || text == NULL) {
        error_set(err, ERROR_REFUSED, "there is no reason for the stay yet");
        return error_hint(err, "enter the exceptional reason and its justification");
    }
    if (reason->user != verb->physician.user && text->user != verb->physician.user)
        return true;
    error_set(err, ERROR_REFUSED, "who gave the reason cannot authorise it as well");
    return error_hint(err, "a second physician proves who it is");
}

static bool check_physician(const struct dwell_leave *verb,
                            const struct participant *participant, struct error *err)
{
    const struct caller *physician = &verb->physician;
    if (physician->user == verb->proof.act.caller->user) {
        error_set(err, ERROR_REFUSED, "this is who is signed in here");
        return error_hint(err, "a second person proves who it is");
    }
    if (caller_may(physician, PERMISSION_AUTHORISE_DWELL, participant->site,
                   caller_is_assigned(physician, participant->id)))
        return true;
    error_set(err, ERROR_REFUSED, "%.*s may not authorise the stay of a needle here",
              TEXT_ARG(physician->name));
    return error_hint(err,
                      "a principal investigator or an investigator of the site can");
}

static bool check_limit(const struct dwell_leave *verb, int64_t now, struct error *err)
{
    if (now < verb->limit_at)
        return true;
    error_set(err, ERROR_REFUSED, "96 hours have passed: the needle must be out");
    return error_hint(err, "remove it and enter the removal");
}

static bool fill_in(struct dwell_leave *verb, struct form_save *save,
                    const struct design *design, struct error *err)
{
    int64_t now = txn_now(save->txn);
    struct origin origin = caller_origin(&verb->physician);
    struct text at = site_time(design, save->participant->site, now, save->arena);
    verb->until = dwell_leave_until(verb->since, now);
    if (verb->until > verb->limit_at)
        verb->until = verb->limit_at;
    return form_save_system(save, ITEM_EXCEPTION_TIME, at, err) &&
           form_save_system(save, ITEM_EXCEPTION_BY, verb->physician.full_name, err) &&
           form_save_finish(save, &origin, &verb->seq, err);
}

static bool save_leave(struct dwell_leave *verb, struct txn *txn,
                       struct participant *participant, struct error *err)
{
    struct act own = verb->proof.act; /* the change is the physician's */
    struct form_save save;
    struct form_states forms;
    struct design_choice choice = {own.study, txn_db(txn), participant, txn_arena(txn)};
    struct form_save_target target = {
        .participant = participant, .forms = &forms, .key = &verb->key};
    own.caller = &verb->physician;
    return form_list(txn_db(txn), participant->id, txn_arena(txn), &forms, err) &&
           design_for_form(&choice, form_among(&forms, &verb->key), verb->key.event,
                           &target.design, err) &&
           form_save_begin(&save, &own, txn, &target, err) &&
           check_reason(verb, &save, err) && fill_in(verb, &save, target.design, err);
}

/* A wrong password of the physician is no end of the sign-in of who sits there. */
static bool prove(struct dwell_leave *verb, struct txn *txn, struct error *err)
{
    if (sign_in_finish(&verb->proof.act, txn, err))
        return true;
    if (err->code != ERROR_SIGN_IN)
        return false;
    return error_set(
        err, ERROR_REFUSED,
        verb->proof.needs_totp
            ? "a code of the physician's second factor is needed, which is "
              "right and was not used before"
            : "the name or the password of the physician is not right");
}

bool dwell_leave_finish(struct act *act, struct txn *txn, struct error *err)
{
    struct dwell_leave *verb = (struct dwell_leave *)act;
    struct participant *participant = NULL;
    if (!participant_must_exist(act, txn, verb->key.participant, &participant, err) ||
        !caller_must_for(act->caller, PERMISSION_VIEW_CASEBOOK, participant, err))
        return false;
    return prove(verb, txn, err) && check_physician(verb, participant, err) &&
           check_limit(verb, txn_now(txn), err) &&
           save_leave(verb, txn, participant, err);
}
