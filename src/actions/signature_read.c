/* What is signed: read, and hashed. */
#include "actions/form_place.h"
#include "actions/image_read.h"
#include "actions/second_check.h"
#include "actions/signature_parts.h"
#include "actions/study.h"
#include "actions/study_items.h"
#include "base/limits.h"
#include "store/store.h"

#include <stdlib.h>

/* --- one form -------------------------------------------------------------------------- */

static bool design_of_study(void *data, struct text version, const struct design **out,
                            struct error *err)
{
    return study_design_version(data, version, out, err);
}

static struct signature_reader reader_of(struct study *study, struct db *db,
                                         struct arena *arena)
{
    return (struct signature_reader){
        .db = db, .arena = arena, .design = design_of_study, .data = study};
}

static bool is_among(const struct item_place *places, size_t count, struct text item,
                     int64_t row)
{
    for (size_t i = 0; i < count; i++)
        if (places[i].row == row && text_equal(places[i].item, item))
            return true;
    return false;
}

bool signature_form(const struct signature_reader *reader,
                    const struct form_state *state,
                    const struct signature_places *places, struct shown_form *out,
                    struct error *err)
{
    struct stored_value *values = NULL;
    size_t count = 0;
    *out = (struct shown_form){.key = state->key, .row = places->row};
    if (!reader->design(reader->data, state->design_version, &out->design, err) ||
        !form_values(reader->db, state->id, reader->arena, &values, &count, err))
        return false;
    struct shown_answer *answers =
        ARENA_ARRAY(reader->arena, struct shown_answer, count);
    for (size_t i = 0; i < count; i++) {
        if (places->row != 0 && values[i].row != places->row)
            continue;
        answers[out->answer_count++] = (struct shown_answer){
            .item = values[i].item,
            .row = values[i].row,
            .answer = values[i].answer,
            .is_hidden = is_among(places->hidden, places->hidden_count, values[i].item,
                                  values[i].row)};
    }
    out->answers = answers;
    return true;
}

bool signature_content_hash(const struct signature_content *content,
                            struct arena *arena, struct hash *out, struct error *err)
{
    struct buffer buffer = buffer_in(arena, LIMIT_BODY);
    struct text text;
    signature_content_write(content, &buffer);
    if (!buffer_text(&buffer, &text, err))
        return false;
    *out = hash_of(text);
    return true;
}

/* --- all of it ------------------------------------------------------------------------- */

bool signing_meaning(const struct caller *caller, const struct participant *participant,
                     bool is_casebook, struct text form, enum signature_meaning *out)
{
    struct error ignored;
    *out = is_casebook ? SIGNATURE_CASEBOOK_REVIEWED : SIGNATURE_FORM_REVIEWED;
    if (caller_must_for(caller, PERMISSION_SIGN_FORM, participant, &ignored))
        return true;
    *out = SIGNATURE_READ_MADE;
    return !is_casebook && text_equal(form, FORM_IMAGING) &&
           caller_must_for(caller, PERMISSION_SIGN_OWN_READ, participant, &ignored);
}

bool signing_casebook_forms(struct db *db, const struct participant *whose,
                            struct arena *arena, struct form_state **out, size_t *count,
                            struct error *err)
{
    struct form_states own = {0};
    struct form_states early = {0};
    int64_t attached = 0;
    if (!form_list(db, whose->id, arena, &own, err) ||
        !participant_attached_to(db, whose->id, &attached, err) ||
        (attached != 0 && !form_list(db, attached, arena, &early, err)))
        return false;
    struct form_state *all =
        ARENA_ARRAY(arena, struct form_state, own.count + early.count);
    for (size_t i = 0; i < own.count; i++)
        all[i] = own.list[i];
    for (size_t i = 0; i < early.count; i++)
        all[own.count + i] = early.list[i];
    *out = all;
    *count = own.count + early.count;
    return true;
}

static int state_order(const void *a, const void *b)
{
    const struct form_state *first = a;
    const struct form_state *second = b;
    return signature_form_order(&first->key, &second->key);
}

/* The rules' world under one version: forms of a casebook may stand under several. */
struct world_list {
    struct world *at;
    size_t count, capacity;
};

static bool open_world(const struct signing *signing, struct text version,
                       struct world *world, struct error *err)
{
    const struct design *design = NULL;
    if (!study_design_version(signing->study, version, &design, err))
        return false;
    *world = (struct world){.db = signing->db,
                            .arena = signing->arena,
                            .rulebook = study_rulebook(signing->study, design),
                            .participant = signing->participant,
                            .now = study_now(signing->study),
                            .caller = signing->caller};
    if (!signing->is_casebook)
        world->key = signing->forms[0].key;
    return world_open(world, err) && world_run(world, err);
}

static bool world_under(const struct signing *signing, struct world_list *worlds,
                        struct text version, const struct world **out,
                        struct error *err)
{
    for (size_t i = 0; i < worlds->count; i++) {
        *out = &worlds->at[i];
        if (text_equal((*out)->rulebook->design->version, version))
            return true;
    }
    struct world *world = ARENA_NEW(signing->arena, struct world);
    if (!open_world(signing, version, world, err))
        return false;
    worlds->at =
        ARENA_GROW(signing->arena, worlds->at, worlds->count, &worlds->capacity);
    worlds->at[worlds->count++] = *world;
    *out = world;
    return true;
}

static void hidden_of(const struct world *world, const struct form_state *state,
                      struct signed_form *out)
{
    for (size_t i = 0; i < world->form_count; i++) {
        const struct world_form *form = &world->forms[i];
        if (form->state.id != state->id)
            continue;
        struct rule_results results = rule_results_of(world, form);
        struct item_place *places =
            ARENA_ARRAY(world->arena, struct item_place, results.hidden_count);
        for (size_t k = 0; k < results.hidden_count; k++)
            places[k] = (struct item_place){.item = results.hidden[k].item,
                                            .row = results.hidden[k].row};
        out->hidden = places;
        out->hidden_count = results.hidden_count;
    }
}

/* Of what is hidden only what has an answer is of interest later. */
static void keep_answered(struct signed_form *form, const struct shown_form *shown,
                          struct arena *arena)
{
    struct item_place *kept = ARENA_ARRAY(arena, struct item_place, form->hidden_count);
    size_t count = 0;
    for (size_t i = 0; i < shown->answer_count; i++)
        if (shown->answers[i].is_hidden)
            kept[count++] = (struct item_place){.item = shown->answers[i].item,
                                                .row = shown->answers[i].row};
    form->hidden = kept;
    form->hidden_count = count;
}

static bool is_hard(const struct design *design, const struct stored_query *query)
{
    for (size_t i = 0; i < design->check_count; i++)
        if (text_equal(design->checks[i].oid, query->check))
            return design->checks[i].severity == CHECK_HARD;
    return query->kind == QUERY_CONFLICT || text_equal(query->check, TEXT("SECOND"));
}

/* Has the row an answer for every item that asks for one? */
static bool row_is_complete(const struct shown_form *shown)
{
    const struct item_group *group = design_group(shown->design, GROUP_IMAGE_READ);
    for (size_t i = 0; group != NULL && i < group->item_count; i++) {
        bool is_answered = group->items[i]->requirement != ITEM_REQUIRED;
        for (size_t k = 0; k < shown->answer_count; k++)
            is_answered = is_answered ||
                          (shown->answers[k].answer.missing != MISSING_CLEARED &&
                           text_equal(shown->answers[k].item, group->items[i]->oid));
        if (!is_answered)
            return false;
    }
    return true;
}

/* Who adjudicates knows both readings, and signs no other words: by his task, or, where the
 * image is assigned to nobody, by his role. */
static bool find_part(struct signing *signing, const struct form_state *state,
                      struct error *err)
{
    struct image_task *tasks = NULL;
    struct error ignored;
    size_t count = 0;
    if (signing->meaning != SIGNATURE_READ_MADE)
        return true;
    if (!image_tasks(signing->db, state->id, 0, signing->arena, &tasks, &count, err))
        return false;
    bool is_adjudicator = !caller_must_for(signing->caller, PERMISSION_ENTER_IM_READ,
                                           signing->participant, &ignored);
    for (size_t i = 0; i < count; i++)
        if (tasks[i].user == signing->caller->user)
            is_adjudicator = tasks[i].is_adjudicator;
    if (is_adjudicator)
        signing->meaning = SIGNATURE_ADJUDICATED;
    return true;
}

/* The adjudicator's row says that it is an adjudication (RDADJ): else it would count as a
 * third reading. */
static bool misses_mark(const struct shown_form *shown)
{
    for (size_t i = 0; i < shown->answer_count; i++)
        if (text_equal(shown->answers[i].item, ITEM_READ_ADJUDICATED) &&
            text_equal(shown->answers[i].answer.value, TEXT("Y")))
            return false;
    return true;
}

enum { NO_ROW = -1 }; /* of no answer */

/* A reader signs a row of his own; others sign what they see, and so nothing sealed. */
static bool find_own_row(struct signing *signing, const struct form_state *state,
                         struct error *err)
{
    struct image_asker asker = {signing->db, signing->db, signing->caller,
                                signing->participant, signing->arena};
    struct image_reads reads;
    if (!image_reads_of(&asker, state, &reads, err))
        return false;
    if (!signature_meaning_is_of_row(signing->meaning)) {
        signing->stands[SIGNATURE_SEALED] |= reads.sealed_count > 0;
        return true;
    }
    signing->row = reads.own_row == 0 ? NO_ROW : reads.own_row;
    signing->stands[SIGNATURE_EMPTY] |= reads.own_row == 0;
    return true;
}

static bool find_obstacles(struct signing *signing, const struct form_state *state,
                           const struct shown_form *shown, struct error *err)
{
    const struct design *design = shown->design;
    struct stored_query *queries = NULL;
    size_t count = 0;
    int64_t waiting = 0;
    bool *stands = signing->stands;
    if (!second_checks_count(signing->db, design, state, signing->arena, &waiting,
                             err) ||
        !query_list(signing->db, state->id, true, signing->arena, &queries, &count,
                    err))
        return false;
    bool is_read = signature_meaning_is_of_row(signing->meaning);
    bool misses = signing->meaning == SIGNATURE_ADJUDICATED && misses_mark(shown);
    stands[SIGNATURE_SECOND_CHECKS] |= waiting > 0 && !is_read;
    stands[SIGNATURE_REQUIRED] |=
        is_read ? misses || !row_is_complete(shown) : !state->is_complete;
    for (size_t i = 0; i < count; i++)
        stands[SIGNATURE_QUERIES] |= (!is_read || queries[i].row == signing->row) &&
                                     is_hard(design, &queries[i]);
    return true;
}

static bool find_general(struct signing *signing, struct error *err)
{
    const struct participant *whose = signing->participant;
    struct record_lock *lock = NULL;
    signing->stands[SIGNATURE_EMPTY] = signing->form_count == 0;
    /* FR06; the clock of a serious adverse event runs. */
    signing->stands[SIGNATURE_PROVISIONAL] =
        text_is_absent(whose->screening_number) && whose->attached_to == 0 &&
        (signing->is_casebook || signing->form_count == 0 ||
         !text_equal(signing->forms[0].key.form, FORM_SERIOUS_EVENT));
    if (!lock_find(signing->db, 0, 0, signing->arena, &lock, err))
        return false;
    signing->stands[SIGNATURE_DATABASE] = lock != NULL;
    return true;
}

bool signing_read(struct signing *signing, struct error *err)
{
    struct world_list worlds = {0};
    struct signature_reader reader =
        reader_of(signing->study, signing->db, signing->arena);
    size_t count = signing->form_count;
    struct form_state *sorted = ARENA_ARRAY(signing->arena, struct form_state, count);
    struct shown_form *shown = ARENA_ARRAY(signing->arena, struct shown_form, count);
    for (size_t i = 0; i < count; i++)
        sorted[i] = signing->forms[i];
    if (count > 0)
        qsort(sorted, count, sizeof *sorted, state_order);
    signing->forms = sorted;
    signing->signed_forms = ARENA_ARRAY(signing->arena, struct signed_form, count);
    if (!find_general(signing, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct signed_form *form = &signing->signed_forms[i];
        *form = (struct signed_form){.key = sorted[i].key,
                                     .design_version = sorted[i].design_version};
        const struct world *world = NULL;
        if (!world_under(signing, &worlds, sorted[i].design_version, &world, err))
            return false;
        hidden_of(world, &sorted[i], form);
        if (!find_part(signing, &sorted[i], err) ||
            !find_own_row(signing, &sorted[i], err))
            return false;
        form->row = signing->row;
        struct signature_places places = {form->hidden, form->hidden_count, form->row};
        if (!signature_form(&reader, &sorted[i], &places, &shown[i], err) ||
            !find_obstacles(signing, &sorted[i], &shown[i], err))
            return false;
        keep_answered(form, &shown[i], signing->arena);
    }
    struct signature_content content = {
        .study = store_study_oid(study_store(signing->study)),
        .participant = signing->participant->id,
        .is_chinese = signing->is_chinese,
        .meaning = signing->meaning,
        .forms = shown,
        .form_count = count};
    /* Few answers hash to it: it would tell what is sealed. */
    return signing->stands[SIGNATURE_SEALED] ||
           signature_content_hash(&content, signing->arena, &signing->content, err);
}
