/* Attachment of a provisional record to its screening record by two persons, and undoing
 * it (FR03). No value is copied: both records stay, and are seen together. */
#include "actions/design_choice.h"
#include "actions/form_place.h"
#include "actions/participants.h"
#include "actions/program_values.h"
#include "actions/study_items.h"
#include "actions/study_state.h"
#include "model/answer_datum.h"

#include <inttypes.h>

static bool is_provisional(const struct participant *participant)
{
    return text_is_absent(participant->screening_number) &&
           participant->state != PARTICIPANT_ERASED;
}

static bool check_pair(const struct participant *from, const struct participant *to,
                       struct error *err)
{
    if (!is_provisional(from))
        return error_set(err, ERROR_REFUSED,
                         "only a provisional participant is attached");
    if (from->attached_to == to->id)
        return error_set(err, ERROR_CHANGED, "it is attached to %.*s already",
                         TEXT_ARG(to->screening_number));
    if (from->attached_to != 0) {
        error_set(err, ERROR_CHANGED, "it is attached to another record already");
        return error_hint(err, "undo that attachment first");
    }
    if (text_is_absent(to->screening_number) || to->state == PARTICIPANT_ERASED)
        return error_set(err, ERROR_REFUSED,
                         "a participant is attached to a screening record");
    if (!text_equal(from->site, to->site))
        return error_set(err, ERROR_REFUSED, "the two records are of different sites");
    return true;
}

/* One screening record has one placement before registration. */
static bool check_free(struct txn *txn, const struct participant *to, struct error *err)
{
    int64_t attached = 0;
    struct participant *other = NULL;
    if (!participant_attached_to(txn_db(txn), to->id, &attached, err) ||
        (attached != 0 &&
         !participant_by_id(txn_db(txn), attached, txn_arena(txn), &other, err)))
        return false;
    if (other == NULL)
        return true;
    return error_set(err, ERROR_CHANGED, "%.*s is attached to this record already",
                     TEXT_ARG(other->provisional_number));
}

/* The second person: another one, and the first still has the right. */
static bool check_second(struct act *act, struct txn *txn,
                         const struct participant *from, int64_t first_id,
                         struct error *err)
{
    const struct caller *caller = act->caller;
    const struct two_person_rule *rule =
        permission_two_person_rule(PERMISSION_ATTACH_PROVISIONAL);
    struct user *first = NULL;
    if (!user_by_id(txn_db(txn), first_id, txn_arena(txn), &first, err))
        return false;
    if (first != NULL && !first->is_disabled && first_id != caller->user &&
        permission_pair_allows(rule, caller->grants, caller->grant_count, first->grants,
                               first->grant_count, from->site))
        return true;
    return error_set(err, ERROR_NOT_ALLOWED,
                     "the attachment needs two different people of PI, INV, CRC");
}

/* The first decision for a needle among the insertions of the provisional record, which
 * is when this patient was considered for one (FR04); absent when none is entered. */
static bool first_decision(struct act *act, struct txn *txn, struct participant *from,
                           struct text *out, struct error *err)
{
    const struct design *design = NULL;
    struct world world = {.db = txn_db(txn),
                          .arena = txn_arena(txn),
                          .participant = from,
                          .now = txn_now(txn)};
    *out = (struct text){0};
    struct design_choice choice = {act->study, world.db, from, world.arena};
    if (!design_for_participant(&choice, &design, err))
        return false;
    world.rulebook = study_rulebook(act->study, design);
    if (!world_open(&world, err))
        return false;
    int32_t count = world_instances(&world, FORM_INSERTION);
    for (int32_t i = 0; i < count && text_is_absent(*out); i++)
        *out =
            datum_answer(world_answer(&world, FORM_INSERTION, i, ITEM_DECISION_TIME, 0),
                         world.offset_minutes, txn_arena(txn));
    return true;
}

static bool fill_attached(struct act *act, struct txn *txn, struct participant *from,
                          struct participant *to, int64_t first, struct error *err)
{
    const struct design *design = study_design(act->study);
    struct arena *arena = txn_arena(txn);
    struct text decided = {0};
    if (!first_decision(act, txn, from, &decided, err))
        return false;
    struct program_value values[] = {
        {.item = ITEM_PROVISIONAL, .value = from->provisional_number},
        {.item = ITEM_PROVISIONAL_BED, .value = from->bed},
        {.item = ITEM_LINK_TIME,
         .value = site_time(design, from->site, txn_now(txn), arena)},
        /* Codes of the two, not their names (specification, item LNKBY). */
        {.item = ITEM_LINK_BY,
         .value =
             text_format(arena, "U%" PRId64 " U%" PRId64, first, act->caller->user)},
        {.item = ITEM_SCREENING_TIME, .value = decided, .only_if_empty = true},
    };
    struct program_place place = {.participant = to,
                                  .event = EVENT_SCREENING,
                                  .form = FORM_SCREENING,
                                  .is_enrolled = participant_is_enrolled(to)};
    return program_values_save(act, txn, &place, values, ARRAY_COUNT(values), err);
}

static bool append_attachment(struct act *act, struct txn *txn,
                              enum log_event_kind kind, int64_t participant,
                              const struct participant_attached *content,
                              struct error *err)
{
    struct origin origin = caller_origin(act->caller);
    return txn_append(txn, kind, &origin, participant, content, NULL, err);
}

static bool confirm(struct participant_attach *verb, struct txn *txn,
                    struct participant *from, struct participant *to, int64_t first,
                    struct error *err)
{
    struct act *act = &verb->act;
    struct participant_attached content = {.to = to->id, .first_user = first};
    if (!check_second(act, txn, from, first, err) || !check_free(txn, to, err) ||
        !append_attachment(act, txn, LOG_EVENT_PARTICIPANT_ATTACHED, from->id, &content,
                           err))
        return false;
    verb->is_attached = true;
    return fill_attached(act, txn, from, to, first, err);
}

static bool propose(struct participant_attach *verb, struct txn *txn,
                    const struct participant *from, struct participant *to,
                    struct error *err)
{
    struct participant_attached content = {.to = to->id};
    return check_free(txn, to, err) &&
           append_attachment(&verb->act, txn, LOG_EVENT_PARTICIPANT_ATTACH_PROPOSED,
                             from->id, &content, err);
}

bool participant_attach(struct act *act, struct txn *txn, struct error *err)
{
    struct participant_attach *verb = (struct participant_attach *)act;
    struct participant *from = NULL;
    struct participant *to = NULL;
    int64_t proposed_to = 0;
    int64_t first = 0;
    verb->is_attached = false;
    if (!participant_must_exist(act, txn, verb->to, &to, err) ||
        !participant_must_exist(act, txn, verb->participant, &from, err) ||
        !caller_must_for(act->caller, PERMISSION_ATTACH_PROVISIONAL, from, err) ||
        !caller_must_for(act->caller, PERMISSION_ATTACH_PROVISIONAL, to, err) ||
        !check_pair(from, to, err) ||
        !participant_proposal(txn_db(txn), from->id, &proposed_to, &first, err))
        return false;
    bool is_proposed = first != 0 && proposed_to == to->id;
    bool is_done = true;
    if (is_proposed && first != act->caller->user)
        is_done = confirm(verb, txn, from, to, first, err);
    else if (!is_proposed)
        is_done = propose(verb, txn, from, to, err);
    return is_done &&
           participant_by_id(txn_db(txn), from->id, act->arena, &verb->changed, err);
}

/* --- undoing ------------------------------------------------------------------------------ */

static bool clear_attached(struct act *act, struct txn *txn, int64_t to_id,
                           struct error *err)
{
    struct participant *to = NULL;
    struct program_value values[] = {
        {.item = ITEM_PROVISIONAL},
        {.item = ITEM_PROVISIONAL_BED},
        {.item = ITEM_LINK_TIME},
        {.item = ITEM_LINK_BY},
    };
    if (!participant_by_id(txn_db(txn), to_id, txn_arena(txn), &to, err))
        return false;
    if (to == NULL || to->state == PARTICIPANT_ERASED)
        return true;
    struct program_place place = {.participant = to,
                                  .event = EVENT_SCREENING,
                                  .form = FORM_SCREENING,
                                  .is_enrolled = participant_is_enrolled(to)};
    return program_values_save(act, txn, &place, values, ARRAY_COUNT(values), err);
}

bool participant_detach(struct act *act, struct txn *txn, struct error *err)
{
    struct participant_detach *verb = (struct participant_detach *)act;
    struct participant *from = NULL;
    int64_t proposed_to = 0;
    int64_t first = 0;
    if (!participant_must_exist(act, txn, verb->participant, &from, err) ||
        !caller_must_for(act->caller, PERMISSION_ATTACH_PROVISIONAL, from, err) ||
        !reason_check(verb->reason, err) ||
        !participant_proposal(txn_db(txn), from->id, &proposed_to, &first, err))
        return false;
    if (from->attached_to == 0 && first == 0)
        return error_set(err, ERROR_REFUSED, "it is not attached");
    struct participant_attached content = {
        .to = from->attached_to != 0 ? from->attached_to : proposed_to,
        .first_user = first,
        .reason = text_trim(verb->reason),
    };
    if (!append_attachment(act, txn, LOG_EVENT_PARTICIPANT_DETACHED, from->id, &content,
                           err))
        return false;
    if (from->attached_to != 0 && !clear_attached(act, txn, from->attached_to, err))
        return false;
    return participant_by_id(txn_db(txn), from->id, act->arena, &verb->changed, err);
}
