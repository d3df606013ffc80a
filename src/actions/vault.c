#include "actions/vault.h"

#include "actions/form_place.h"
#include "actions/program_values.h"
#include "actions/study.h"
#include "store/reads.h"

/* Who may view needs no reason; who may only break the glass gives one. */
static bool check_right(struct vault_view *verb, const struct participant *participant,
                        struct error *err)
{
    const struct caller *caller = verb->act.caller;
    bool is_assigned = caller_is_assigned(caller, participant->id);
    verb->broke_glass = false;
    if (caller_may(caller, PERMISSION_VIEW_VAULT, participant->site, is_assigned))
        return true;
    if (!caller_may(caller, PERMISSION_BREAK_GLASS, participant->site, is_assigned))
        return caller_must_for(caller, PERMISSION_VIEW_VAULT, participant, err);
    verb->broke_glass = true;
    if (reason_check(verb->reason, err))
        return true;
    return error_hint(err, "breaking the glass is told to the principal investigator");
}

static bool check_item(const struct vault_view *verb, struct error *err)
{
    const struct item *item = design_item(study_design(verb->act.study), verb->item);
    if (item != NULL && item->is_identity)
        return true;
    error_set(err, ERROR_NOT_FOUND, "there is no such identity item");
    return error_where(err, 0, "item");
}

bool vault_view(struct act *act, struct txn *txn, struct error *err)
{
    struct vault_view *verb = (struct vault_view *)act;
    struct participant *participant = NULL;
    struct origin origin = caller_origin(act->caller);
    if (!participant_must_exist(act, txn, verb->key.participant, &participant, err) ||
        !check_right(verb, participant, err) || !check_item(verb, err) ||
        !vault_read(txn_db(txn), &verb->key, verb->item, verb->row, act->arena,
                    &verb->value, err))
        return false;
    if (text_is_absent(verb->value))
        return error_set(err, ERROR_NOT_FOUND, "there is no such value in the vault");
    struct vault_viewed content = {
        .key = verb->key, .item = verb->item, .row = verb->row, .reason = verb->reason};
    return txn_append(txn, LOG_EVENT_VAULT_VIEWED, &origin, participant->id, &content,
                      NULL, err);
}
