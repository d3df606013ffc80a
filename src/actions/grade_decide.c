#include "actions/grade_decide.h"

#include "actions/form_place.h"
#include "actions/program_values.h"
#include "actions/save_values.h"
#include "actions/study_items.h"
#include "actions/study_state.h"
#include "actions/world_in.h"
#include "store/review.h"
#include "system/crypto.h"

/* The next free repeat of the form of adverse events. */
static int64_t next_repeat(const struct world *world)
{
    int64_t last = 0;
    for (size_t i = 0; i < world->form_count; i++) {
        const struct form_key *key = &world->forms[i].state.key;
        if (text_equal(key->form, FORM_ADVERSE_EVENT) && key->form_repeat > last)
            last = key->form_repeat;
    }
    return last + 1;
}

static bool enter_event(const struct grade_decide *verb, struct txn *txn,
                        const struct world *world,
                        const struct laboratory_proposal *proposal, int64_t repeat,
                        struct error *err)
{
    struct arena *arena = txn_arena(txn);
    const struct design *design = study_design(verb->act.study);
    struct text site = world->participant->site;
    struct mutation mutations[] = {
        {.item = ITEM_EVENT_TERM, .value = TEXT("OTH")},
        {.item = ITEM_EVENT_WORDS, .value = proposal->term->term.english},
        {.item = ITEM_EVENT_GRADE,
         .value = text_format(arena, "%d", proposal->rule->grade)},
        {.item = ITEM_EVENT_SERIOUS, .value = verb->is_serious ? TEXT("Y") : TEXT("N")},
        {.item = ITEM_EVENT_AWARE,
         .value = site_time(design, site, txn_now(txn), arena)},
        {.item = ITEM_EVENT_BEGIN,
         .value = site_time(design, site, proposal->specimen_at, arena)},
    };
    struct save_values save = {
        .act = verb->act,
        .participant = world->participant->id,
        .event = EVENT_LOG,
        .form = FORM_ADVERSE_EVENT,
        .form_repeat = repeat,
        .mutations = mutations,
        /* Without a time of the specimen the onset is left for a person. */
        .mutation_count = ARRAY_COUNT(mutations) - (proposal->specimen_at == 0)};
    random_bytes(save.batch, sizeof save.batch);
    if (!save_values(&save.act, txn, err))
        return false;
    for (size_t i = 0; i < save.mutation_count; i++)
        if (save.outcomes[i].status == MUTATION_REJECTED) {
            *err = *save.outcomes[i].why;
            return false;
        }
    return true;
}

static const struct laboratory_proposal *proposed(
    const struct laboratory_proposals *proposals, const struct grade_decide *verb)
{
    for (size_t i = 0; i < proposals->count; i++)
        if (form_key_equal(&proposals->at[i].key, &verb->key) &&
            text_equal(proposals->at[i].term->term.english, verb->term) &&
            proposals->at[i].of_seq == verb->seen)
            return &proposals->at[i];
    return NULL;
}

static bool decide(struct grade_decide *verb, struct txn *txn,
                   const struct world *world,
                   const struct laboratory_proposal *proposal, struct error *err)
{
    struct origin origin = caller_origin(verb->act.caller);
    struct grade_decided content = {.key = verb->key,
                                    .item = proposal->term->item,
                                    .term = proposal->term->term.english,
                                    .of_seq = proposal->of_seq,
                                    .grade = proposal->rule->grade};
    if (verb->is_accepted) {
        content.event = next_repeat(world);
        if (!enter_event(verb, txn, world, proposal, content.event, err))
            return false;
    } else {
        content.reason = text_trim(verb->reason);
    }
    return txn_append(txn, LOG_EVENT_GRADE_DECIDED, &origin, world->participant->id,
                      &content, NULL, err);
}

bool grade_decide(struct act *act, struct txn *txn, struct error *err)
{
    struct grade_decide *verb = (struct grade_decide *)act;
    struct participant *participant = NULL;
    struct laboratory_proposals proposals = {0};
    struct world world;
    if (!participant_must_exist(act, txn, verb->key.participant, &participant, err) ||
        !caller_must_for(act->caller, PERMISSION_SIGN_FORM, participant, err))
        return false;
    if (participant->state == PARTICIPANT_ERASED)
        return error_set(err, ERROR_CHANGED, "this participant's data were erased");
    if ((!verb->is_accepted && !reason_check(verb->reason, err)) ||
        !world_open_in(act, txn, participant, &world, err) ||
        !laboratory_proposals_add(&world, act->caller, txn_arena(txn), &proposals, err))
        return false;
    const struct laboratory_proposal *proposal = proposed(&proposals, verb);
    if (proposal == NULL) {
        error_set(err, ERROR_CHANGED, "the laboratory does not propose this any more");
        return error_hint(err, "look at the results again");
    }
    return decide(verb, txn, &world, proposal, err);
}
