/* Making a second check. */
#include "actions/form_place.h"
#include "actions/item_version.h"
#include "actions/record_lock.h"
#include "actions/second_check.h"
#include "actions/second_check_parts.h"
#include "actions/study.h"
#include "base/limits.h"
#include "store/heads.h"

static const struct label differ_message = {
    .english =
        TEXT_INIT("The second entry differs from the first: which one is right?"),
    .chinese = TEXT_INIT("二次核对与首次录入不一致：哪一个正确？"),
};

/* What is being checked, so that each step has few parameters. */
struct checking {
    struct second_check_make *verb;
    struct txn *txn;
    struct participant *participant;
    const struct design *design;
    struct form_state *form;
    const struct item *item;
    const struct head *first;
    bool is_waiting;
    struct unchecked_value waiting;
    struct second_checked content;
    struct error *err;
};

static bool refuse(struct checking *checking, const char *where, const char *why)
{
    error_set(checking->err, ERROR_REFUSED, "%s", why);
    return error_where(checking->err, 0, "%s", where);
}

static bool find_form(struct checking *checking)
{
    struct second_check_make *verb = checking->verb;
    struct error *err = checking->err;
    if (!form_find(txn_db(checking->txn), &verb->key, txn_arena(checking->txn),
                   &checking->form, err))
        return false;
    if (checking->form == NULL)
        return error_set(err, ERROR_NOT_FOUND, "nothing is entered in this form yet");
    return study_design_version(verb->act.study, checking->form->design_version,
                                &checking->design, err) &&
           form_place_check(checking->design, &verb->key, err);
}

static bool find_item(struct checking *checking)
{
    const struct second_check_make *verb = checking->verb;
    const struct form *form = design_form(checking->design, verb->key.form);
    checking->item = design_item(checking->design, verb->item);
    if (checking->item == NULL || form_group_of(form, checking->item) == NULL)
        return refuse(checking, "item", "this form has no such item");
    if (checking->item->second_check == SECOND_CHECK_NONE)
        return refuse(checking, "item", "this item needs no second check");
    return true;
}

static bool find_version(struct checking *checking, struct version *out)
{
    struct base_reference reference;
    struct stored_batch *batch = NULL;
    if (!base_reference_parse(checking->verb->version, &reference))
        return refuse(checking, "version", "this is no version of an answer");
    *out = reference.version;
    if (!reference.is_queued)
        return true;
    if (!batch_find(txn_db(checking->txn), reference.batch, txn_arena(checking->txn),
                    &batch, checking->err))
        return false;
    if (batch == NULL)
        return refuse(checking, "version", "this change was not saved");
    out->seq = batch->seq;
    return true;
}

/* The answer that the caller means must be the one that stands. */
static bool find_first(struct checking *checking)
{
    const struct second_check_make *verb = checking->verb;
    struct form_heads *heads = NULL;
    struct version version;
    if (!find_version(checking, &version))
        return false;
    if (!heads_load(txn_db(checking->txn), &verb->key, txn_arena(checking->txn), &heads,
                    checking->err))
        return false;
    checking->first = heads_current(heads, verb->item, verb->row);
    if (checking->first == NULL || checking->first->answer.missing != MISSING_NOT)
        return refuse(checking, "item", "there is no value to check");
    if (checking->first->source != SOURCE_PERSON)
        return refuse(checking, "item",
                      "nobody typed this value: it needs no second check");
    if (version_equal(checking->first->version, version))
        return true;
    error_set(checking->err, ERROR_CHANGED, "the value was changed meanwhile");
    return error_hint(checking->err, "look at it again, then check the new value");
}

/* Not among those that wait: a check of this version agreed already. */
static bool find_waiting(struct checking *checking)
{
    struct unchecked_value *values = NULL;
    size_t count = 0;
    if (!unchecked_values(txn_db(checking->txn), checking->participant->id,
                          checking->form->id, txn_arena(checking->txn), &values, &count,
                          checking->err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (values[i].row == checking->verb->row &&
            text_equal(values[i].item, checking->verb->item)) {
            checking->waiting = values[i];
            checking->is_waiting = true;
        }
    return true;
}

/* 61.5 and 61.50 are one number. */
static bool is_same(const struct item *item, struct text first, struct text second)
{
    struct decimal a, b;
    size_t at = 0;
    bool is_number = item->type == ITEM_INTEGER || item->type == ITEM_DECIMAL;
    if (is_number && decimal_parse(first, &a, &at) == DECIMAL_OK &&
        decimal_parse(second, &b, &at) == DECIMAL_OK)
        return decimal_compare(a, b) == 0;
    return text_equal(first, second);
}

static bool find_way(struct checking *checking, enum second_check_way *way)
{
    int64_t user = checking->verb->act.caller->user;
    *way = second_check_way_of(checking->item, user == checking->first->user);
    if (*way != SECOND_CHECK_NOT_BY_CALLER)
        return true;
    error_set(checking->err, ERROR_NOT_ALLOWED,
              "not allowed: you entered this value yourself");
    return error_hint(checking->err,
                      "another person who may enter this form makes the check");
}

static bool take_entry(struct checking *checking)
{
    const struct second_check_make *verb = checking->verb;
    struct second_checked *content = &checking->content;
    enum second_check_way way;
    bool has_value = text_trim(verb->value).len > 0;
    if (!find_way(checking, &way))
        return false;
    content->is_repeat = way == SECOND_CHECK_BY_TYPING;
    content->is_agreed = verb->is_right;
    if (verb->is_right && content->is_repeat)
        return refuse(checking, "right", "this value is checked by typing it again");
    if (verb->is_right == has_value)
        return refuse(checking, "value",
                      "either the value is right, or it is typed as it should be");
    if (!has_value)
        return true;
    if (!value_normalise(checking->item, verb->value, txn_arena(checking->txn),
                         &content->entered.value, checking->err))
        return error_where(checking->err, checking->err->at, "value");
    content->entered.is_in_vault = checking->item->is_identity;
    content->is_agreed =
        is_same(checking->item, checking->first->answer.value, content->entered.value);
    return true;
}

/* The query stands from the first check that differs to the one that agrees. */
static void ask(struct checking *checking)
{
    struct second_checked *content = &checking->content;
    content->has_query = checking->waiting.differs == content->is_agreed;
    if (!content->has_query)
        return;
    content->query = (struct query_change){.is_opening = !content->is_agreed,
                                           .kind = QUERY_CHECK,
                                           .check = CHECK_SECOND,
                                           .item = content->item,
                                           .row = content->row,
                                           .message = differ_message};
}

static bool store_check(struct checking *checking)
{
    struct second_check_make *verb = checking->verb;
    struct origin origin = caller_origin(verb->act.caller);
    struct second_checked *content = &checking->content;
    verb->is_agreed = content->is_agreed;
    content->key = verb->key;
    content->item = checking->item->oid;
    content->row = verb->row;
    content->version = checking->first->version;
    ask(checking);
    return txn_append(checking->txn, LOG_EVENT_SECOND_CHECKED, &origin,
                      checking->participant->id, content, &verb->seq, checking->err);
}

bool second_check_make(struct act *act, struct txn *txn, struct error *err)
{
    struct second_check_make *verb = (struct second_check_make *)act;
    struct checking checking = {.verb = verb, .txn = txn, .err = err};
    if (verb->key.event_repeat == 0)
        verb->key.event_repeat = 1;
    if (verb->key.form_repeat == 0)
        verb->key.form_repeat = 1;
    verb->seq = 0;
    verb->is_agreed = true;
    if (!participant_must_exist(act, txn, verb->key.participant, &checking.participant,
                                err) ||
        !caller_must_for(act->caller, PERMISSION_SECOND_CHECK, checking.participant,
                         err) ||
        !find_form(&checking) ||
        !record_open_check(txn_db(txn), checking.participant->id, checking.form->id,
                           txn_arena(txn), err) ||
        !find_item(&checking))
        return false;
    return item_right_check(act->caller, checking.design, checking.participant,
                            verb->key.form, checking.item, err) &&
           find_first(&checking) && find_waiting(&checking) && take_entry(&checking) &&
           (!checking.is_waiting || store_check(&checking));
}
