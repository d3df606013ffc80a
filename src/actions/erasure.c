#include "actions/erasure.h"

#include "actions/consent.h"
#include "actions/design_choice.h"
#include "actions/form_place.h"
#include "actions/participants.h"
#include "actions/program_values.h"
#include "actions/study.h"
#include "actions/study_state.h"

/* --- the acts ------------------------------------------------------------------------- */

static bool append(const struct erasure_step *verb, struct txn *txn,
                   enum log_event_kind kind, struct error *err)
{
    struct origin origin = caller_origin(verb->act.caller);
    struct erasure_asked content = {.reason = text_trim(verb->reason)};
    return reason_check(verb->reason, err) &&
           txn_append(txn, kind, &origin, verb->participant, &content, NULL, err);
}

static bool is_number_of(const struct participant *participant, struct text typed)
{
    const struct text numbers[] = {participant->subject_number,
                                   participant->screening_number,
                                   participant->provisional_number};
    struct text number = text_trim(typed);
    for (size_t i = 0; i < ARRAY_COUNT(numbers); i++)
        if (!text_is_absent(numbers[i]) && text_equal(numbers[i], number))
            return true;
    return false;
}

/* Both persons are checked once more where the erasure itself is decided. */
static bool confirm(struct erasure_step *verb, struct txn *txn,
                    const struct participant *participant,
                    const struct erasure_proposal *proposal, struct error *err)
{
    struct participant_erase erase = {
        .act = verb->act,
        .participant = participant->id,
        .first_person = proposal->user,
        .second_person = verb->act.caller->user,
        .reason = proposal->reason,
    };
    if (proposal->user == verb->act.caller->user) {
        error_set(err, ERROR_NOT_ALLOWED, "not allowed: you proposed it yourself");
        return error_hint(err, "a second person confirms it");
    }
    if (!is_number_of(participant, verb->number)) {
        error_set(err, ERROR_REFUSED, "this is not the number of the participant");
        error_hint(err,
                   "type the number that stands above, to be sure whom it is about");
        return error_where(err, 0, "number");
    }
    verb->is_done = true;
    return participant_erase(&erase.act, txn, err);
}

bool erasure_step(struct act *act, struct txn *txn, struct error *err)
{
    struct erasure_step *verb = (struct erasure_step *)act;
    struct participant *participant = NULL;
    struct erasure_proposal proposal;
    verb->is_done = false;
    if (!participant_must_exist(act, txn, verb->participant, &participant, err) ||
        !caller_must_for(act->caller, PERMISSION_ERASE, participant, err))
        return false;
    if (participant->state == PARTICIPANT_ERASED)
        return error_set(err, ERROR_CHANGED, "this participant's data were erased");
    if (!erasure_proposal_find(txn_db(txn), participant->id, txn_arena(txn), &proposal,
                               err))
        return false;
    if (verb->is_taking_back)
        return proposal.user == 0
                   ? error_set(err, ERROR_CHANGED, "no erasure is proposed")
                   : append(verb, txn, LOG_EVENT_ERASURE_TAKEN_BACK, err);
    return proposal.user == 0 ? append(verb, txn, LOG_EVENT_ERASURE_PROPOSED, err)
                              : confirm(verb, txn, participant, &proposal, err);
}

/* --- what is shown -------------------------------------------------------------------- */

static bool name_first(struct db *db, const struct participant *participant,
                       const struct caller *caller, struct arena *arena,
                       struct erasure_view *out, struct error *err)
{
    const struct two_person_rule *rule = permission_two_person_rule(PERMISSION_ERASE);
    struct user *first = NULL;
    if (!erasure_proposal_find(db, participant->id, arena, &out->proposal, err))
        return false;
    if (out->proposal.user == 0)
        return true;
    if (!user_by_id(db, out->proposal.user, arena, &first, err))
        return false;
    if (first == NULL)
        return true;
    out->by_name = first->name;
    out->by_full_name = first->full_name;
    out->may_confirm =
        first->id != caller->user &&
        permission_pair_allows(rule, first->grants, first->grant_count, caller->grants,
                               caller->grant_count, participant->site);
    return true;
}

static bool count_what_is_there(struct study *study, struct db *db,
                                const struct participant *participant,
                                struct arena *arena, struct erasure_view *out,
                                struct error *err)
{
    struct design_choice choice = {study, db, participant, arena};
    const struct design *design = NULL;
    struct form_key asking;
    struct world world = {
        .db = db, .arena = arena, .participant = participant, .now = study_now(study)};
    if (!design_for_participant(&choice, &design, err))
        return false;
    world.rulebook = study_rulebook(study, design);
    if (!world_open(&world, err))
        return false;
    for (size_t i = 0; i < world.form_count; i++)
        out->forms += world.forms[i].state.id != 0;
    out->values = (int64_t)world.value_count;
    out->is_asked_for = consent_asks_erasure(&world, &asking);
    return true;
}

bool erasure_read(struct study *study, const struct caller *caller, int64_t participant,
                  struct arena *arena, struct erasure_view *out, struct error *err)
{
    struct participant *found = NULL;
    struct db *db = store_reader(study->store);
    *out = (struct erasure_view){0};
    bool is_read = participant_by_id(db, participant, arena, &found, err);
    if (is_read && found == NULL)
        is_read = error_set(err, ERROR_NOT_FOUND, "there is no such participant");
    else if (is_read && !caller_must_for(caller, PERMISSION_ERASE, found, err))
        is_read = caller_refused(study, caller, 0, err);
    else if (is_read && found->state != PARTICIPANT_ERASED)
        is_read = name_first(db, found, caller, arena, out, err) &&
                  count_what_is_there(study, db, found, arena, out, err);
    store_reader_return(study->store, db);
    return is_read;
}
