/* A result for a form that is frozen or locked. */
#include "actions/laboratory_parts.h"
#include "actions/record_lock.h"

static const struct study_check *check_of(const struct design *design, struct text oid)
{
    for (size_t i = 0; i < design->check_count; i++)
        if (text_equal(design->checks[i].oid, oid))
            return &design->checks[i];
    return NULL;
}

/* CK086: opened by the program, on the form as it stands, which stays locked. */
static bool ask_to_reopen(struct laboratory_ordering *ordering,
                          const struct form_state *state, struct error *err)
{
    struct laboratory_filing *filing = ordering->filing;
    struct arena *arena = txn_arena(filing->txn);
    const struct study_check *check = check_of(filing->design, TEXT("CK086"));
    struct stored_query *open = NULL;
    size_t count = 0;
    if (check == NULL ||
        !query_list(txn_db(filing->txn), state->id, true, arena, &open, &count, err))
        return check == NULL;
    for (size_t i = 0; i < count; i++)
        if (text_equal(open[i].check, check->oid))
            return true;
    struct query_change query = {.is_opening = true,
                                 .kind = QUERY_CHECK,
                                 .check = check->oid,
                                 .item = check->item->oid,
                                 .message = check->message};
    struct values_saved content = {.key = state->key,
                                   .design_version = state->design_version,
                                   .corrected_time = txn_now(filing->txn),
                                   .queries = &query,
                                   .query_count = 1,
                                   .heads = ordering->heads,
                                   .is_complete = state->is_complete,
                                   .answered = state->answered,
                                   .expected = state->expected};
    struct origin origin = caller_origin(filing->act->caller);
    return txn_append(filing->txn, LOG_EVENT_VALUES_SAVED, &origin,
                      state->key.participant, &content, NULL, err);
}

/* `*is_open` false: nothing may be changed there. */
bool laboratory_check_held(struct laboratory_ordering *ordering, bool *is_open,
                           struct error *err)
{
    struct laboratory_filing *filing = ordering->filing;
    const struct form_state *state = form_among(&filing->forms, &ordering->place.key);
    struct error held = {0};
    *is_open =
        record_open_check(txn_db(filing->txn), filing->participant->id,
                          state == NULL ? 0 : state->id, txn_arena(filing->txn), &held);
    if (*is_open)
        return true;
    if (held.code != ERROR_LOCKED) {
        *err = held;
        return false;
    }
    laboratory_leave(filing, FEED_REASON_LOCKED,
                     text_format(txn_arena(filing->txn), "%.*s %.*s is held",
                                 TEXT_ARG(ordering->place.key.event),
                                 TEXT_ARG(ordering->place.key.form)));
    return state == NULL || ask_to_reopen(ordering, state, err);
}
