#include "actions/reconsent.h"

#include "actions/design_choice.h"
#include "actions/participant_state.h"
#include "actions/people.h"
#include "actions/study_items.h"
#include "actions/study_state.h"
#include "actions/world.h"

struct listing {
    struct study *study;
    const struct caller *caller;
    struct db *db;
    struct arena *arena;   /* of the result */
    struct arena *scratch; /* of one participant */
    struct reconsent_list *out;
    size_t capacity;
};

/* The latest published version that asks for it. */
static bool find_version(struct listing *listing, struct error *err)
{
    struct stored_version *versions = NULL;
    struct stored_proposal *proposals = NULL;
    struct reconsent_list *out = listing->out;
    size_t version_count = 0, proposal_count = 0;
    if (!version_list(listing->db, listing->arena, &versions, &version_count, err) ||
        !proposal_list(listing->db, listing->arena, &proposals, &proposal_count, err))
        return false;
    for (size_t i = 0; i < version_count; i++)
        for (size_t k = 0; k < proposal_count; k++)
            if (versions[i].proposal == proposals[k].seq &&
                proposals[k].proposed.needs_consent) {
                out->version = versions[i].version;
                out->published_at = versions[i].published_at;
                out->approval = proposals[k].proposed.approval;
                out->approved_on = proposals[k].proposed.approved_on;
            }
    return true;
}

/* --- one participant ------------------------------------------------------------------ */

static bool is_answered(const struct world *world, struct text form, struct text item)
{
    return datum_has_value(world_answer(world, form, 0, item, 0));
}

static struct text text_at(const struct world *world, int32_t record, struct text item)
{
    struct datum answer = world_answer(world, FORM_CONSENT, record, item, 0);
    return answer.kind == DATUM_TEXT ? datum_as_text(answer) : (struct text){0};
}

/* The latest record that agrees and is not withdrawn. */
static void find_agreed(const struct world *world, struct reconsent *out)
{
    int32_t count = world_instances(world, FORM_CONSENT);
    out->next_repeat = count + 1;
    for (int32_t i = 0; i < count; i++) {
        struct datum signed_at =
            world_answer(world, FORM_CONSENT, i, ITEM_CONSENT_TIME, 0);
        struct datum end = world_answer(world, FORM_CONSENT, i, ITEM_CONSENT_END, 0);
        enum consent consent =
            consent_of(text_at(world, i, ITEM_CONSENT_TYPE),
                       text_at(world, i, ITEM_CONSENT_RESULT), datum_has_value(end));
        if (consent != CONSENT_GIVEN || signed_at.kind != DATUM_MOMENT ||
            (out->has_agreed && signed_at.as.coefficient < out->agreed_at))
            continue;
        out->has_agreed = true;
        out->agreed_at = signed_at.as.coefficient;
        out->form_version = text_at(world, i, ITEM_CONSENT_VERSION);
    }
}

static bool is_asked(const struct listing *listing,
                     const struct participant *participant)
{
    bool takes_part = participant->state == PARTICIPANT_ENROLLED ||
                      participant->state == PARTICIPANT_CONSENTED ||
                      participant->state == PARTICIPANT_DEFERRED;
    return takes_part && participant->attached_to == 0 &&
           participant->created_at <= listing->out->published_at &&
           caller_may(listing->caller, PERMISSION_VIEW_CASEBOOK, participant->site,
                      caller_is_assigned(listing->caller, participant->id));
}

static bool look_at(struct listing *listing, const struct participant *participant,
                    struct error *err)
{
    struct reconsent_list *out = listing->out;
    struct design_choice choice = {listing->study, listing->db, participant,
                                   listing->scratch};
    const struct design *design = NULL;
    struct world world = {.db = listing->db,
                          .arena = listing->scratch,
                          .participant = participant,
                          .now = study_now(listing->study)};
    struct reconsent found = {.participant = participant->id};
    if (!design_for_participant(&choice, &design, err))
        return false;
    world.rulebook = study_rulebook(listing->study, design);
    if (!world_open(&world, err))
        return false;
    find_agreed(&world, &found);
    if ((found.has_agreed && found.agreed_at > out->published_at) ||
        is_answered(&world, FORM_DEATH, ITEM_DEATH_TIME) ||
        is_answered(&world, FORM_END, ITEM_END_DATE))
        return true;
    found.number = text_copy(listing->arena, participant_number(participant));
    found.form_version = text_copy(listing->arena, found.form_version);
    out->at = ARENA_GROW(listing->arena, out->at, out->count, &listing->capacity);
    out->at[out->count++] = found;
    return true;
}

/* --- all ------------------------------------------------------------------------------ */

static bool look_at_all(struct listing *listing, struct error *err)
{
    struct participant *participant = NULL;
    int64_t id = 0;
    for (;;) {
        arena_reset(listing->scratch);
        if (!participant_after(listing->db, id, listing->scratch, &participant, err))
            return false;
        if (participant == NULL)
            return true;
        id = participant->id;
        if (is_asked(listing, participant) && !look_at(listing, participant, err))
            return false;
    }
}

bool reconsent_read(struct study *study, const struct caller *caller,
                    struct arena *arena, struct reconsent_list *out, struct error *err)
{
    struct listing listing = {
        .study = study, .caller = caller, .arena = arena, .out = out};
    *out = (struct reconsent_list){0};
    listing.db = store_reader(study->store);
    listing.scratch = arena_new(LIMIT_REQUEST_ARENA);
    bool is_read = find_version(&listing, err) &&
                   (text_is_absent(out->version) || look_at_all(&listing, err));
    arena_free(listing.scratch);
    store_reader_return(study->store, listing.db);
    return is_read;
}
