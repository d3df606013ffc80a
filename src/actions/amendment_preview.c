#include "actions/amendment_preview.h"

#include "actions/design_choice.h"
#include "actions/people.h"
#include "actions/rule_results.h"
#include "actions/study_state.h"

struct previewing {
    struct study *study;
    const struct caller *caller;
    struct db *db;
    struct arena *arena;   /* of the result */
    struct arena *scratch; /* of one participant */
    const struct design_slot *proposed;
    struct design_preview *out;
    size_t capacity;
    struct error *err;
};

/* One check that fires at one place. */
struct fired {
    const struct study_check *check;
    struct form_key key;
    struct text item;
    int64_t row;
};

struct fired_list {
    struct fired *at;
    size_t count, capacity;
};

/* --- what fires ----------------------------------------------------------------------- */

static void take_findings(const struct world *world, const struct world_form *form,
                          struct arena *arena, struct fired_list *list)
{
    struct rule_results results = rule_results_of(world, form);
    for (size_t i = 0; i < results.finding_count; i++) {
        const struct rule_finding *finding = &results.findings[i];
        list->at = ARENA_GROW(arena, list->at, list->count, &list->capacity);
        list->at[list->count++] = (struct fired){.check = finding->check,
                                                 .key = form->state.key,
                                                 .item = finding->places[0].item,
                                                 .row = finding->places[0].row};
    }
}

static bool fire(struct previewing *previewing, const struct participant *participant,
                 const struct rulebook *rulebook, struct fired_list *list,
                 int64_t *unread)
{
    struct world world = {.db = previewing->db,
                          .arena = previewing->scratch,
                          .rulebook = rulebook,
                          .participant = participant,
                          .now = study_now(previewing->study)};
    *list = (struct fired_list){0};
    if (!world_open(&world, previewing->err))
        return false;
    if (world.book == NULL)
        return true;
    book_touch_all(world.book);
    if (!world_run(&world, previewing->err))
        return false;
    for (size_t i = 0; i < world.form_count; i++) {
        if (world.forms[i].instance != NULL)
            take_findings(&world, &world.forms[i], previewing->scratch, list);
        else
            ++*unread;
    }
    return true;
}

static bool is_among(const struct fired_list *list, const struct fired *fired)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct fired *other = &list->at[i];
        if (other->row == fired->row && text_equal(other->item, fired->item) &&
            text_equal(other->check->oid, fired->check->oid) &&
            form_key_equal(&other->key, &fired->key))
            return true;
    }
    return false;
}

/* --- what that is to the study -------------------------------------------------------- */

static struct preview_check *line_of(struct previewing *previewing,
                                     const struct study_check *check)
{
    struct design_preview *out = previewing->out;
    for (size_t i = 0; i < out->check_count; i++)
        if (text_equal(out->checks[i].check, check->oid))
            return &out->checks[i];
    out->checks = ARENA_GROW(previewing->arena, out->checks, out->check_count,
                             &previewing->capacity);
    struct preview_check *line = &out->checks[out->check_count++];
    struct arena *arena = previewing->arena;
    *line = (struct preview_check){
        .check = text_copy(arena, check->oid),
        .message = {.english = text_copy(arena, check->message.english),
                    .chinese = text_copy(arena, check->message.chinese)}};
    return line;
}

static void add_example(struct previewing *previewing, struct preview_check *line,
                        const struct participant *participant,
                        const struct fired *fired)
{
    struct arena *arena = previewing->arena;
    if (line->example_count == PREVIEW_EXAMPLES ||
        !caller_may(previewing->caller, PERMISSION_VIEW_CASEBOOK, participant->site,
                    caller_is_assigned(previewing->caller, participant->id)))
        return;
    struct preview_place *place = &line->examples[line->example_count++];
    *place = (struct preview_place){
        .participant = fired->key.participant,
        .number = text_copy(arena, participant_number(participant)),
        .key = fired->key,
        .item = text_copy(arena, fired->item),
        .row = fired->row};
    place->key.event = text_copy(arena, fired->key.event);
    place->key.form = text_copy(arena, fired->key.form);
}

static void compare(struct previewing *previewing,
                    const struct participant *participant,
                    const struct fired_list *before, const struct fired_list *after)
{
    for (size_t i = 0; i < after->count; i++) {
        const struct fired *fired = &after->at[i];
        if (is_among(before, fired))
            continue;
        struct preview_check *line = line_of(previewing, fired->check);
        line->begins++;
        line->participants += line->last != participant->id;
        line->last = participant->id;
        add_example(previewing, line, participant, fired);
    }
    for (size_t i = 0; i < before->count; i++)
        if (!is_among(after, &before->at[i]))
            line_of(previewing, before->at[i].check)->ends++;
}

/* --- all of them ---------------------------------------------------------------------- */

static bool try_one(struct previewing *previewing,
                    const struct participant *participant)
{
    struct fired_list before, after;
    const struct design *design = NULL;
    int64_t ignored = 0;
    struct study *study = previewing->study;
    if (participant->state == PARTICIPANT_ERASED || participant->attached_to != 0)
        return true;
    if (previewing->out->of++ >= PREVIEW_PARTICIPANTS)
        return true;
    previewing->out->tried++;
    struct design_choice choice = {study, previewing->db, participant,
                                   previewing->scratch};
    if (!design_for_participant(&choice, &design, previewing->err) ||
        !fire(previewing, participant, study_rulebook(study, design), &before,
              &ignored) ||
        !fire(previewing, participant, previewing->proposed->rulebook, &after,
              &previewing->out->unread))
        return false;
    compare(previewing, participant, &before, &after);
    return true;
}

static bool try_all(struct previewing *previewing)
{
    struct participant *participant = NULL;
    int64_t id = 0;
    for (;;) {
        arena_reset(previewing->scratch);
        if (!participant_after(previewing->db, id, previewing->scratch, &participant,
                               previewing->err))
            return false;
        if (participant == NULL)
            return true;
        id = participant->id;
        if (!try_one(previewing, participant))
            return false;
    }
}

static struct design_slot *read_proposed(struct db *db, int64_t proposal,
                                         struct error *err)
{
    struct arena *scratch = arena_new(LIMIT_DESIGN_ARENA);
    struct stored_proposal *stored = NULL;
    struct design_slot *slot = NULL;
    if (proposal_read(db, proposal, scratch, &stored, err)) {
        if (stored == NULL)
            error_set(err, ERROR_NOT_FOUND, "there is no such proposal");
        else
            slot = design_slot_new(stored->proposed.xml, err);
    }
    arena_free(scratch);
    return slot;
}

bool design_preview_read(struct study *study, const struct caller *caller,
                         int64_t proposal, struct arena *arena,
                         struct design_preview *out, struct error *err)
{
    *out = (struct design_preview){0};
    if (!caller_must(caller, PERMISSION_PUBLISH_DESIGN, (struct text){0}, false, err))
        return caller_refused(study, caller, 0, err);
    struct previewing previewing = {
        .study = study, .caller = caller, .arena = arena, .out = out, .err = err};
    previewing.db = store_reader(study->store);
    struct design_slot *slot = read_proposed(previewing.db, proposal, err);
    previewing.proposed = slot;
    previewing.scratch = arena_new(LIMIT_REQUEST_ARENA);
    bool is_read = slot != NULL && try_all(&previewing);
    arena_free(previewing.scratch);
    design_slot_free(slot);
    store_reader_return(study->store, previewing.db);
    return is_read;
}
