/* One step that puts right what messages wait for. */
#include "actions/filing.h"
#include "actions/form_place.h"
#include "actions/program_values.h"
#include "actions/reconcile.h"
#include "actions/study.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "formats/hl7_charset.h"
#include "model/laboratory_map.h"
#include "store/reads.h"

/* --- filing again ------------------------------------------------------------------------------- */

static bool waits_for(const struct feed_message *message,
                      const enum feed_reason *reasons)
{
    for (size_t i = 0; reasons[i] != FEED_REASON_NONE; i++)
        if (text_equal(message->reason, feed_reason_name(reasons[i])))
            return true;
    return false;
}

static bool reopen_one(struct act *act, struct txn *txn,
                       const struct feed_message *message, struct error *err)
{
    struct origin origin = caller_origin(act->caller);
    struct feed_message_sorted content = {.message = message->id,
                                          .state = FEED_WAITING};
    return txn_append(txn, LOG_EVENT_FEED_MESSAGE_SORTED, &origin, 0, &content, NULL,
                      err);
}

/* Those of a feed (absent: of all) that wait for one of these reasons. */
static bool reopen(struct act *act, struct txn *txn, struct text feed,
                   const enum feed_reason *reasons, int64_t *count, struct error *err)
{
    enum { AT_ONCE = 200 };
    struct feed_message_list list;
    int64_t after = 0;
    *count = 0;
    do {
        if (!feed_messages_in(txn_db(txn), FEED_QUARANTINED, after, AT_ONCE,
                              txn_arena(txn), &list, err))
            return false;
        for (size_t i = 0; i < list.count; i++) {
            after = list.at[i].id;
            if ((!text_is_absent(feed) && !text_equal(list.at[i].feed, feed)) ||
                !waits_for(&list.at[i], reasons))
                continue;
            if (!reopen_one(act, txn, &list.at[i], err))
                return false;
            ++*count;
        }
    } while (list.count == AT_ONCE);
    return true;
}

static void file_again(struct act *act)
{
    filing_wake_all(act->study);
}

static const enum feed_reason of_results[] = {FEED_REASON_CODE,   FEED_REASON_UNIT,
                                              FEED_REASON_WINDOW, FEED_REASON_LOCKED,
                                              FEED_REASON_VALUE,  FEED_REASON_NONE};
static const enum feed_reason of_text[] = {FEED_REASON_CHARACTER_SET, FEED_REASON_NONE};
static const enum feed_reason of_patients[] = {
    FEED_REASON_PATIENT, FEED_REASON_PATIENT_DIFFERS, FEED_REASON_NONE};
static const enum feed_reason of_all[] = {
    FEED_REASON_CODE,    FEED_REASON_UNIT,
    FEED_REASON_WINDOW,  FEED_REASON_LOCKED,
    FEED_REASON_VALUE,   FEED_REASON_CHARACTER_SET,
    FEED_REASON_PATIENT, FEED_REASON_PATIENT_DIFFERS,
    FEED_REASON_NONE};

/* --- what a feed means ---------------------------------------------------------------------------- */

static bool wrong(struct error *err, const char *where, const char *sentence)
{
    error_set(err, ERROR_REFUSED, "%s", sentence);
    return error_where(err, 0, "%s", where);
}

static bool check_item(const struct feed_rule_add *verb, struct text oid,
                       const char *where, struct error *err)
{
    const struct item *item = design_item(study_design(verb->act.study), oid);
    return (item != NULL && item->accepted_count > 0) ||
           wrong(err, where, "no result of a feed belongs to this item");
}

static bool check_unit(const struct feed_rule_add *verb, struct error *err)
{
    struct decimal factor;
    const struct feed_rule_set *rule = &verb->rule;
    if (!check_item(verb, rule->item, "item", err))
        return false;
    const struct item *item = design_item(study_design(verb->act.study), rule->item);
    if (laboratory_unit_fits(item, rule->to, &factor))
        return true;
    wrong(err, "to", "this unit cannot be converted into the unit of the item");
    return error_hint(err, "a unit of UCUM of the dimension of %.*s",
                      TEXT_ARG(item->unit));
}

/* One message of the feed, by its number. */
static bool check_message(const struct feed_rule_set *rule, struct txn *txn,
                          struct error *err)
{
    struct feed_message *message = NULL;
    int64_t id = 0;
    if (text_to_int64(rule->from, &id) &&
        !feed_message_find(txn_db(txn), id, txn_arena(txn), &message, err))
        return false;
    return (message != NULL && text_equal(message->feed, rule->feed)) ||
           wrong(err, "from", "there is no such message of this feed");
}

static bool check_meaning(const struct feed_rule_add *verb, struct txn *txn,
                          struct error *err)
{
    enum hl7_charset charset;
    const struct feed_rule_set *rule = &verb->rule;
    switch (rule->kind) {
    case FEED_RULE_CODE:
        return rule->from.len == 0
                   ? wrong(err, "from", "a code is needed")
                   : rule->to.len == 0 || check_item(verb, rule->to, "to", err);
    case FEED_RULE_UNIT: return check_unit(verb, err);
    case FEED_RULE_CHARSET:
        return (rule->to.len > 0 && hl7_charset_parse(rule->to, &charset)) ||
               wrong(err, "to", "this character set is not read");
    case FEED_RULE_UNSCHEDULED: return check_message(rule, txn, err);
    case FEED_RULE_KINDS: break;
    }
    return true;
}

static bool rule_right(const struct caller *caller, enum feed_rule_kind kind,
                       struct error *err)
{
    bool is_map = kind == FEED_RULE_CODE || kind == FEED_RULE_UNIT;
    return caller_must_somewhere(
        caller, is_map ? PERMISSION_MAP_CODES : PERMISSION_RECONCILE_FEED, err);
}

bool feed_rule_add(struct act *act, struct txn *txn, struct error *err)
{
    struct feed_rule_add *verb = (struct feed_rule_add *)act;
    struct feed_rule_set *rule = &verb->rule;
    struct origin origin = caller_origin(act->caller);
    struct feed *feed = NULL;
    size_t at = 0;
    if (!rule_right(act->caller, rule->kind, err) || !reason_check(rule->reason, err) ||
        !feed_find(txn_db(txn), rule->feed, txn_arena(txn), &feed, err))
        return false;
    if (feed == NULL)
        return wrong(err, "feed", "there is no such feed");
    if (!utf8_is_printable(rule->from, &at) || !utf8_is_printable(rule->to, &at))
        return wrong(err, "from", "this is not printable text");
    if (!check_meaning(verb, txn, err) ||
        !txn_append(txn, LOG_EVENT_FEED_RULE_SET, &origin, 0, rule, &verb->seq, err))
        return false;
    act->after = file_again;
    return reopen(act, txn, rule->feed,
                  rule->kind == FEED_RULE_CHARSET ? of_text : of_results,
                  &verb->reopened, err);
}

bool feed_rule_end(struct act *act, struct txn *txn, struct error *err)
{
    struct feed_rule_end *verb = (struct feed_rule_end *)act;
    struct feed_rules rules;
    struct origin origin = caller_origin(act->caller);
    if (!caller_must_somewhere(act->caller, PERMISSION_VIEW_FEED_STATE, err) ||
        !feed_rules_read(txn_db(txn), (struct text){0}, false, txn_arena(txn), &rules,
                         err))
        return false;
    for (size_t i = 0; i < rules.count; i++) {
        if (rules.at[i].seq != verb->rule)
            continue;
        struct feed_rule_ended content = {.rule = verb->rule, .reason = verb->reason};
        return rule_right(act->caller, rules.at[i].rule.kind, err) &&
               reason_check(verb->reason, err) &&
               txn_append(txn, LOG_EVENT_FEED_RULE_ENDED, &origin, 0, &content, NULL,
                          err);
    }
    return error_set(err, ERROR_NOT_FOUND, "nothing of this number is in force");
}

/* --- whose number it is ------------------------------------------------------------------------------ */

/* The hospital's number (type MR), else the first that is not the study's own. */
static const struct hl7_identifier *number_of(const struct laboratory_message *message,
                                              const struct design *design)
{
    const struct hl7_identifier *found = NULL;
    for (size_t i = 0; i < message->result.identifier_count; i++) {
        const struct hl7_identifier *one = &message->result.identifiers[i];
        if (one->number.len == 0 || text_equal(one->authority, design->study_oid))
            continue;
        if (text_equal(one->type, TEXT("MR")))
            return one;
        found = found == NULL ? one : found;
    }
    return found;
}

static bool read_number(struct act *act, struct txn *txn, int64_t id,
                        struct patient_linked *out, struct text *name,
                        struct error *err)
{
    struct laboratory_message *message =
        ARENA_NEW(act->arena, struct laboratory_message);
    if (!laboratory_message_read(txn_db(txn), id, act->arena, message, err))
        return false;
    if (message->fault != FEED_REASON_NONE)
        return error_set(err, ERROR_REFUSED, "this message cannot be read yet");
    const struct hl7_identifier *number = number_of(message, study_design(act->study));
    if (number == NULL)
        return error_set(err, ERROR_REFUSED,
                         "this message names no number of a patient");
    *out = (struct patient_linked){
        .number = number->number,
        .authority = number->authority.len == 0 ? TEXT("") : number->authority,
        .message = id};
    *name =
        message->result.name_count > 0 ? message->result.names[0] : (struct text){0};
    return true;
}

bool patient_attach(struct act *act, struct txn *txn, struct error *err)
{
    struct patient_attach *verb = (struct patient_attach *)act;
    struct participant *participant = NULL;
    struct patient_linked content;
    struct origin origin = caller_origin(act->caller);
    int64_t before = 0, link = 0;
    if (!participant_must_exist(act, txn, verb->participant, &participant, err) ||
        !caller_must_for(act->caller, PERMISSION_RECONCILE_FEED, participant, err) ||
        !reason_check(verb->reason, err) ||
        !read_number(act, txn, verb->message, &content, &content.name, err) ||
        !patient_link_find(txn_db(txn), content.number, content.authority, &before,
                           &link, err))
        return false;
    if (before != 0 && before != verb->participant) {
        error_set(err, ERROR_REFUSED, "this number belongs to another participant");
        return error_hint(err, "take that link back first");
    }
    content.reason = verb->reason;
    act->after = file_again;
    return txn_append(txn, LOG_EVENT_PATIENT_LINKED, &origin, verb->participant,
                      &content, NULL, err) &&
           reopen(act, txn, (struct text){0}, of_patients, &verb->reopened, err);
}

bool patient_detach(struct act *act, struct txn *txn, struct error *err)
{
    struct patient_detach *verb = (struct patient_detach *)act;
    struct participant *participant = NULL;
    struct patient_linked content;
    struct text name;
    struct origin origin = caller_origin(act->caller);
    int64_t owner = 0, link = 0;
    if (!caller_must_somewhere(act->caller, PERMISSION_RECONCILE_FEED, err) ||
        !read_number(act, txn, verb->message, &content, &name, err) ||
        !patient_link_find(txn_db(txn), content.number, content.authority, &owner,
                           &link, err))
        return false;
    if (owner == 0)
        return error_set(err, ERROR_NOT_FOUND, "this number belongs to nobody here");
    content.reason = verb->reason;
    return participant_must_exist(act, txn, owner, &participant, err) &&
           caller_must_for(act->caller, PERMISSION_RECONCILE_FEED, participant, err) &&
           reason_check(verb->reason, err) &&
           txn_append(txn, LOG_EVENT_PATIENT_UNLINKED, &origin, owner, &content, NULL,
                      err);
}

/* --- once more ----------------------------------------------------------------------------------------- */

bool message_retry(struct act *act, struct txn *txn, struct error *err)
{
    struct message_retry *verb = (struct message_retry *)act;
    struct feed_message *message = NULL;
    if (!caller_must_somewhere(act->caller, PERMISSION_RECONCILE_FEED, err))
        return false;
    act->after = file_again;
    if (verb->message == 0)
        return reopen(act, txn, (struct text){0}, of_all, &verb->reopened, err);
    if (!feed_message_find(txn_db(txn), verb->message, txn_arena(txn), &message, err))
        return false;
    if (message == NULL)
        return error_set(err, ERROR_NOT_FOUND, "there is no such message");
    if (message->state != FEED_QUARANTINED || !waits_for(message, of_all))
        return error_set(err, ERROR_REFUSED, "this message does not wait to be filed");
    verb->reopened = 1;
    return reopen_one(act, txn, message, err);
}
