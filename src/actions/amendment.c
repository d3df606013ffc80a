#include "actions/amendment.h"

#include "actions/amendment_parts.h"
#include "actions/form_place.h"
#include "actions/program_values.h"
#include "actions/study_state.h"
#include "base/datetime.h"
#include "base/utf8.h"
#include "model/event.h"

static bool may_publish(const struct act *act, struct error *err)
{
    return caller_must(act->caller, PERMISSION_PUBLISH_DESIGN, (struct text){0}, false,
                       err);
}

/* --- proposing ------------------------------------------------------------------------ */

bool design_propose_prepare(struct design_propose *verb, struct error *err)
{
    struct act *act = &verb->act;
    if (!may_publish(act, err))
        return caller_refused(act->study, act->caller, 0, err);
    struct design_slot *slot = design_slot_new(verb->xml, err);
    if (slot == NULL)
        return false;
    bool is_same =
        text_equal(slot->design->study_oid, study_design(act->study)->study_oid);
    if (is_same) {
        verb->version = text_copy(act->arena, slot->design->version);
    } else {
        error_set(err, ERROR_REFUSED, "this is a design of another study, %.*s",
                  TEXT_ARG(slot->design->study_oid));
        error_hint(err, "an amendment keeps the OID of its study");
    }
    design_slot_free(slot);
    return is_same;
}

/* A number and its date, or neither. */
static bool check_approval(const struct design_propose *verb, struct error *err)
{
    struct moment day;
    size_t at = 0;
    bool has_number = text_trim(verb->approval).len > 0;
    bool has_date = text_trim(verb->approved_on).len > 0;
    if (has_number != has_date) {
        error_set(err, ERROR_REFUSED,
                  "the number of the approval and its date belong "
                  "together");
        return error_where(err, 0, "%s", has_number ? "approved_on" : "approval");
    }
    if (has_number &&
        (verb->approval.len > LIMIT_NAME || !utf8_is_printable(verb->approval, &at))) {
        error_set(err, ERROR_REFUSED, "a number of at most %d bytes is needed",
                  LIMIT_NAME);
        return error_where(err, at, "approval");
    }
    if (has_date &&
        (!moment_parse(verb->approved_on, &day, &at) || day.precision != MOMENT_DAY)) {
        error_set(err, ERROR_REFUSED, "a date is needed, as 2027-01-31");
        return error_where(err, at, "approved_on");
    }
    return true;
}

static bool is_known(struct txn *txn, struct text version, bool *out, struct error *err)
{
    struct stored_version *versions = NULL;
    struct stored_proposal *proposals = NULL;
    size_t version_count = 0, proposal_count = 0;
    if (!version_list(txn_db(txn), txn_arena(txn), &versions, &version_count, err) ||
        !proposal_list(txn_db(txn), txn_arena(txn), &proposals, &proposal_count, err))
        return false;
    *out = false;
    for (size_t i = 0; i < version_count; i++)
        *out = *out || text_equal(versions[i].version, version);
    for (size_t i = 0; i < proposal_count; i++)
        *out = *out || (proposals[i].state == PROPOSAL_OPEN &&
                        text_equal(proposals[i].proposed.version, version));
    return true;
}

bool design_propose(struct act *act, struct txn *txn, struct error *err)
{
    struct design_propose *verb = (struct design_propose *)act;
    struct origin origin = caller_origin(act->caller);
    bool is_there = false;
    if (!may_publish(act, err) || !reason_check(verb->reason, err) ||
        !check_approval(verb, err) || !is_known(txn, verb->version, &is_there, err))
        return false;
    if (is_there) {
        error_set(err, ERROR_REFUSED, "version %.*s is there already",
                  TEXT_ARG(verb->version));
        return error_hint(err, "an amended design has a version (MetaDataVersion) of "
                               "its own");
    }
    bool is_approved = text_trim(verb->approval).len > 0;
    struct design_proposed content = {
        .version = verb->version,
        .xml = verb->xml,
        .reason = text_trim(verb->reason),
        .approval = is_approved ? text_trim(verb->approval) : (struct text){0},
        .approved_on = is_approved ? text_trim(verb->approved_on) : (struct text){0},
        .needs_consent = verb->needs_consent};
    return txn_append(txn, LOG_EVENT_DESIGN_PROPOSED, &origin, 0, &content,
                      &verb->proposal, err);
}

/* --- deciding ------------------------------------------------------------------------- */

static bool find_open(struct db *db, int64_t number, struct arena *arena,
                      struct stored_proposal **out, struct error *err)
{
    if (!proposal_read(db, number, arena, out, err))
        return false;
    if (*out == NULL)
        return error_set(err, ERROR_NOT_FOUND, "there is no such proposal");
    if ((*out)->state == PROPOSAL_OPEN)
        return true;
    return error_set(err, ERROR_CHANGED, "this proposal was %s already",
                     (*out)->state == PROPOSAL_PUBLISHED ? "published" : "withdrawn");
}

bool amendment_makes_pair(struct db *db, const struct caller *caller,
                          const struct stored_proposal *proposal, struct arena *arena,
                          bool *out, struct error *err)
{
    struct user *first = NULL;
    const struct two_person_rule *rule =
        permission_two_person_rule(PERMISSION_PUBLISH_DESIGN);
    if (!user_by_id(db, proposal->user, arena, &first, err))
        return false;
    *out =
        first != NULL && first->id != caller->user &&
        permission_pair_allows(rule, first->grants, first->grant_count, caller->grants,
                               caller->grant_count, (struct text){0});
    return true;
}

static bool check_pair(const struct act *act, struct txn *txn,
                       const struct stored_proposal *proposal, struct error *err)
{
    bool is_pair = false;
    if (!amendment_makes_pair(txn_db(txn), act->caller, proposal, txn_arena(txn),
                              &is_pair, err))
        return false;
    if (is_pair)
        return true;
    error_set(err, ERROR_NOT_ALLOWED,
              "a design version is published by two different people: a data manager "
              "and the principal investigator");
    return error_hint(err, "one proposes it, the other one publishes it");
}

bool design_publish_prepare(struct design_publish *verb, struct error *err)
{
    struct act *act = &verb->act;
    struct stored_proposal *proposal = NULL;
    if (!may_publish(act, err))
        return caller_refused(act->study, act->caller, 0, err);
    struct db *db = store_reader(act->study->store);
    bool is_found = find_open(db, verb->proposal, act->arena, &proposal, err);
    store_reader_return(act->study->store, db);
    if (!is_found)
        return false;
    verb->version = proposal->proposed.version;
    verb->slot = design_slot_new(proposal->proposed.xml, err);
    return verb->slot != NULL;
}

static void put_in_force(struct act *act)
{
    struct design_publish *verb = (struct design_publish *)act;
    study_put_in_force(act->study, verb->slot);
    verb->slot = NULL;
}

bool design_publish(struct act *act, struct txn *txn, struct error *err)
{
    struct design_publish *verb = (struct design_publish *)act;
    struct origin origin = caller_origin(act->caller);
    struct stored_proposal *proposal = NULL;
    ASSERT(verb->slot != NULL);
    if (!may_publish(act, err) ||
        !find_open(txn_db(txn), verb->proposal, txn_arena(txn), &proposal, err) ||
        !check_pair(act, txn, proposal, err))
        return false;
    struct design_published content = {.version = proposal->proposed.version,
                                       .xml = proposal->proposed.xml,
                                       .second_user = proposal->user,
                                       .proposal = proposal->seq};
    act->after = put_in_force;
    return txn_append(txn, LOG_EVENT_DESIGN_PUBLISHED, &origin, 0, &content, NULL, err);
}

void design_publish_end(struct design_publish *verb)
{
    design_slot_free(verb->slot);
    verb->slot = NULL;
}

bool design_withdraw(struct act *act, struct txn *txn, struct error *err)
{
    struct design_withdraw *verb = (struct design_withdraw *)act;
    struct origin origin = caller_origin(act->caller);
    struct stored_proposal *proposal = NULL;
    if (!may_publish(act, err) || !reason_check(verb->reason, err) ||
        !find_open(txn_db(txn), verb->proposal, txn_arena(txn), &proposal, err))
        return false;
    struct design_withdrawn content = {.proposal = proposal->seq,
                                       .reason = text_trim(verb->reason)};
    return txn_append(txn, LOG_EVENT_DESIGN_WITHDRAWN, &origin, 0, &content, NULL, err);
}

/* --- moving --------------------------------------------------------------------------- */

static bool is_moved(struct txn *txn, int64_t participant,
                     const struct participants_move *verb, bool *out, struct error *err)
{
    struct stored_move *moves = NULL;
    size_t count = 0;
    if (!move_list(txn_db(txn), participant, txn_arena(txn), &moves, &count, err))
        return false;
    *out = count > 0 && text_equal(moves[0].version, verb->version) &&
           text_equal(moves[0].from_event, verb->event);
    return true;
}

static bool move_one(struct participants_move *verb, struct txn *txn, int64_t id,
                     struct error *err)
{
    struct act *act = &verb->act;
    struct origin origin = caller_origin(act->caller);
    struct participant *participant = NULL;
    bool is_there = false;
    if (!participant_must_exist(act, txn, id, &participant, err))
        return false;
    if (participant->state == PARTICIPANT_ERASED)
        return error_set(err, ERROR_CHANGED, "this participant's data were erased");
    if (!is_moved(txn, id, verb, &is_there, err) || is_there)
        return is_there;
    struct participant_moved content = {.version = verb->version,
                                        .from_event = verb->event,
                                        .reason = text_trim(verb->reason)};
    verb->moved++;
    return txn_append(txn, LOG_EVENT_PARTICIPANT_MOVED, &origin, id, &content, NULL,
                      err);
}

bool participants_move(struct act *act, struct txn *txn, struct error *err)
{
    struct participants_move *verb = (struct participants_move *)act;
    const struct design *design = NULL;
    verb->moved = 0;
    if (!may_publish(act, err) || !reason_check(verb->reason, err) ||
        !study_design_version(act->study, verb->version, &design, err))
        return false;
    if (design_event(design, verb->event) == NULL) {
        error_set(err, ERROR_REFUSED, "version %.*s has no event %.*s",
                  TEXT_ARG(verb->version), TEXT_ARG(verb->event));
        return error_where(err, 0, "event");
    }
    if (verb->count == 0 || verb->count > MOVES_MOST)
        return error_set(err, ERROR_REFUSED, "1 to %d participants are moved at once",
                         MOVES_MOST);
    for (size_t i = 0; i < verb->count; i++)
        if (!move_one(verb, txn, verb->participants[i], err))
            return false;
    return true;
}
