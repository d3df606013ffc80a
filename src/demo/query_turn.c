#include "demo/query_turn.h"

#include <string.h>

void query_turning_begin(struct query_turning *turning, const struct step *step)
{
    static const enum query_step_kind kinds[] = {
        [TURN_ASK] = QUERY_STEP_OPEN,
        [TURN_ANSWER] = QUERY_STEP_ANSWER,
        [TURN_CLOSE] = QUERY_STEP_CLOSE,
        [TURN_ASK_AGAIN] = QUERY_STEP_REOPEN,
    };
    *turning =
        (struct query_turning){.verb = {.step = kinds[step->turn],
                                        .key = {.event = step->event,
                                                .event_repeat = step->event_repeat,
                                                .form = step->form,
                                                .form_repeat = step->form_repeat},
                                        .item = step->entries[0].item,
                                        .row = step->entries[0].row,
                                        .text = step->entries[0].value,
                                        .has_request = true},
                               .is_of_checks = step->is_of_checks};
    memcpy(turning->verb.request, step->id, BATCH_ID_SIZE);
}

static bool is_meant(const struct query_turning *turning,
                     const struct stored_query *query)
{
    enum query_state to;
    if (!query_step_leads(turning->verb.step, query->state, &to))
        return false;
    /* What a check has asked and another answer has settled, nobody asks again. */
    if (turning->is_of_checks)
        return query->kind == QUERY_CHECK &&
               (turning->verb.step != QUERY_STEP_CLOSE ||
                query->state == QUERY_ANSWERED) &&
               turning->verb.step != QUERY_STEP_REOPEN;
    return query->kind == QUERY_PERSON && text_equal(query->item, turning->verb.item) &&
           query->row == turning->verb.row &&
           text_equal(query->key.form, turning->verb.key.form);
}

static bool find_query(struct query_turning *turning, struct txn *txn, bool *is_found,
                       struct error *err)
{
    struct query_filter filter = {.sees_all_sites = true,
                                  .participant = turning->verb.key.participant,
                                  .opened_before = INT64_MAX,
                                  .limit = QUERY_LOOKS};
    struct query_page page;
    *is_found = false;
    for (int i = 0; i < QUERY_STATES; i++)
        filter.states[i] = true;
    if (!query_page_read(txn_db(txn), &filter, txn_arena(txn), &page, err))
        return false;
    for (size_t i = 0; i < page.count && !*is_found; i++)
        if (is_meant(turning, &page.at[i])) {
            turning->verb.query = page.at[i].id;
            turning->verb.seen = page.at[i].last_seq;
            *is_found = true;
        }
    return true;
}

bool query_turn_take(struct act *act, struct txn *txn, struct error *err)
{
    struct query_turning *turning = (struct query_turning *)act;
    bool is_found = true;
    if (turning->verb.step != QUERY_STEP_OPEN &&
        !find_query(turning, txn, &is_found, err))
        return false;
    return !is_found || query_step(act, txn, err);
}
