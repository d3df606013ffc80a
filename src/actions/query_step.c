/* One step of a query by a person. */
#include "actions/design_choice.h"
#include "actions/form_place.h"
#include "actions/placement.h"
#include "actions/query.h"
#include "actions/query_rights.h"
#include "actions/record_lock.h"
#include "actions/study.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <string.h>

static const enum log_event_kind events[QUERY_STEPS] = {
    [QUERY_STEP_OPEN] = LOG_EVENT_QUERY_OPENED,
    [QUERY_STEP_ANSWER] = LOG_EVENT_QUERY_ANSWERED,
    [QUERY_STEP_CLOSE] = LOG_EVENT_QUERY_CLOSED,
    [QUERY_STEP_REOPEN] = LOG_EVENT_QUERY_REOPENED,
    [QUERY_STEP_CANCEL] = LOG_EVENT_QUERY_CANCELLED,
    [QUERY_STEP_ASSIGN] = LOG_EVENT_QUERY_ASSIGNED,
};

/* What is being done, so that each part has few parameters. */
struct stepping {
    struct query_step *verb;
    struct txn *txn;
    struct participant *participant;
    struct stored_query *query; /* NULL: it is being opened */
    struct error *err;
};

static bool refuse(struct stepping *stepping, const char *where, const char *why)
{
    error_set(stepping->err, ERROR_REFUSED, "%s", why);
    return error_where(stepping->err, 0, "%s", where);
}

static bool find_participant(struct stepping *stepping, int64_t id)
{
    struct query_step *verb = stepping->verb;
    return participant_must_exist(&verb->act, stepping->txn, id, &stepping->participant,
                                  stepping->err) &&
           query_right_check(verb->act.caller, verb->step, stepping->participant,
                             stepping->err);
}

/* --- where it is asked -------------------------------------------------------------------- */

static bool check_form(struct stepping *stepping, const struct design **design)
{
    struct query_step *verb = stepping->verb;
    struct error *err = stepping->err;
    struct form_states forms;
    struct design_choice choice = {.study = verb->act.study,
                                   .db = txn_db(stepping->txn),
                                   .participant = stepping->participant,
                                   .arena = txn_arena(stepping->txn)};
    if (!form_list(choice.db, verb->key.participant, choice.arena, &forms, err))
        return false;
    const struct form_state *known = form_among(&forms, &verb->key);
    if (!design_for_form(&choice, known, verb->key.event, design, err))
        return false;
    if (known != NULL)
        return true;
    return form_place_check(*design, &verb->key, err) &&
           placement_form_check(stepping->participant, verb->key.event, verb->key.form,
                                err) &&
           form_repeat_check(*design, &forms, &verb->key, err);
}

static bool check_item(struct stepping *stepping, const struct design *design)
{
    const struct query_step *verb = stepping->verb;
    if (text_is_absent(verb->item))
        return verb->row == 0 || refuse(stepping, "row", "a form has no rows");
    const struct item *item = design_item(design, verb->item);
    const struct item_group *group =
        item == NULL ? NULL : form_group_of(design_form(design, verb->key.form), item);
    if (group == NULL)
        return refuse(stepping, "item", "this form has no such item");
    if (group->is_repeating != (verb->row > 0))
        return refuse(stepping, "row",
                      group->is_repeating ? "this item stands in rows: name one"
                                          : "this item stands in no row");
    return true;
}

/* --- what is said ------------------------------------------------------------------------- */

static bool is_text_needed(const struct stepping *stepping)
{
    switch (stepping->verb->step) {
    case QUERY_STEP_OPEN:
    case QUERY_STEP_ANSWER:
    case QUERY_STEP_REOPEN:
    case QUERY_STEP_CANCEL: return true;
    case QUERY_STEP_CLOSE: return stepping->query->state == QUERY_OPEN;
    case QUERY_STEP_ASSIGN: break;
    }
    return false;
}

static bool check_text(struct stepping *stepping)
{
    struct query_step *verb = stepping->verb;
    size_t at = 0;
    verb->text = text_trim(verb->text);
    if (verb->text.len == 0)
        verb->text = (struct text){0};
    if (text_is_absent(verb->text))
        return !is_text_needed(stepping) ||
               refuse(stepping, "text",
                      verb->step == QUERY_STEP_CLOSE
                          ? "nobody has answered: say why it is closed"
                          : "say it in words: the text is empty");
    if (verb->text.len > LIMIT_REASON || !utf8_is_printable(verb->text, &at))
        return refuse(stepping, "text",
                      "the text is too long or has characters that do not print");
    return true;
}

static bool check_assignee(struct stepping *stepping)
{
    const struct query_step *verb = stepping->verb;
    struct user *user = NULL;
    if (verb->assignee == 0)
        return true;
    if (!user_by_id(txn_db(stepping->txn), verb->assignee, txn_arena(stepping->txn),
                    &user, stepping->err))
        return false;
    return (user != NULL && query_can_be_assigned(user, stepping->participant->site)) ||
           refuse(stepping, "assignee",
                  "this person may neither answer nor close queries of this site");
}

/* --- the steps ---------------------------------------------------------------------------- */

/* The same request came before: what it did stands. */
static bool find_request(struct stepping *stepping, bool *is_known)
{
    struct query_step *verb = stepping->verb;
    int64_t query = 0;
    int64_t by = 0;
    enum query_step_kind step = QUERY_STEP_OPEN;
    *is_known = false;
    if (!verb->has_request)
        return true;
    if (!query_request_find(txn_db(stepping->txn), verb->request, &query, &step, &by,
                            stepping->err))
        return false;
    if (query == 0)
        return true;
    if (by != verb->act.caller->user || step != verb->step ||
        (step != QUERY_STEP_OPEN && query != verb->query))
        return refuse(stepping, "request", "this request id was used for another step");
    verb->query = query;
    verb->is_duplicate = *is_known = true;
    return true;
}

static bool check_state(struct stepping *stepping)
{
    const struct query_step *verb = stepping->verb;
    const struct stored_query *query = stepping->query;
    enum query_state to;
    if (verb->seen != query->last_seq) {
        error_set(stepping->err, ERROR_CHANGED, "the query was changed meanwhile");
        return error_hint(stepping->err, "look at it again, then decide");
    }
    if (query_step_leads(verb->step, query->state, &to))
        return true;
    error_set(stepping->err, ERROR_REFUSED, "the query is %.*s already",
              TEXT_ARG(query_state_name(query->state)));
    return error_where(stepping->err, 0, "state");
}

static bool append(struct stepping *stepping)
{
    struct query_step *verb = stepping->verb;
    struct origin origin = caller_origin(verb->act.caller);
    struct query_stepped content = {.key = verb->key,
                                    .query = verb->query,
                                    .item = verb->item,
                                    .row = verb->row,
                                    .text = verb->text,
                                    .assignee = verb->assignee,
                                    .has_request = verb->has_request};
    int64_t seq = 0;
    memcpy(content.request, verb->request, sizeof content.request);
    if (!txn_append(stepping->txn, events[verb->step], &origin,
                    stepping->participant->id, &content, &seq, stepping->err))
        return false;
    if (verb->step == QUERY_STEP_OPEN)
        verb->query = seq * QUERIES_MOST;
    return true;
}

static bool open_query(struct stepping *stepping)
{
    struct query_step *verb = stepping->verb;
    const struct design *design = NULL;
    bool is_known = false;
    verb->query = 0;
    if (verb->key.event_repeat == 0)
        verb->key.event_repeat = 1;
    if (verb->key.form_repeat == 0)
        verb->key.form_repeat = 1;
    if (!find_participant(stepping, verb->key.participant) ||
        !find_request(stepping, &is_known))
        return false;
    if (is_known)
        return true;
    if (stepping->participant->state == PARTICIPANT_ERASED)
        return error_set(stepping->err, ERROR_NOT_FOUND,
                         "the data of this participant were erased");
    return check_form(stepping, &design) && check_item(stepping, design) &&
           check_text(stepping) && check_assignee(stepping) && append(stepping);
}

static bool find_query(struct stepping *stepping)
{
    const struct query_step *verb = stepping->verb;
    if (!query_find(txn_db(stepping->txn), verb->query, txn_arena(stepping->txn),
                    &stepping->query, stepping->err))
        return false;
    return stepping->query != NULL ||
           error_set(stepping->err, ERROR_NOT_FOUND, "there is no such query");
}

static bool move_query(struct stepping *stepping)
{
    struct query_step *verb = stepping->verb;
    bool is_known = false;
    if (!find_query(stepping) ||
        !find_participant(stepping, stepping->query->participant) ||
        !find_request(stepping, &is_known))
        return false;
    if (is_known)
        return true;
    verb->key = stepping->query->key;
    verb->item = stepping->query->item;
    verb->row = stepping->query->row;
    return check_state(stepping) &&
           query_duty_check(txn_db(stepping->txn), verb->act.caller, verb->step,
                            stepping->query, txn_arena(stepping->txn), stepping->err) &&
           check_text(stepping) && check_assignee(stepping) && append(stepping);
}

bool query_step(struct act *act, struct txn *txn, struct error *err)
{
    struct stepping stepping = {
        .verb = (struct query_step *)act, .txn = txn, .err = err};
    stepping.verb->is_duplicate = false;
    /* A locked form may be asked about; in a locked data base nothing moves. */
    if (!record_open_check(txn_db(txn), 0, 0, txn_arena(txn), err))
        return false;
    return stepping.verb->step == QUERY_STEP_OPEN ? open_query(&stepping)
                                                  : move_query(&stepping);
}
