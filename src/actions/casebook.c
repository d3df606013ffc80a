#include "actions/design_choice.h"
#include "actions/form_place.h"
#include "actions/form_view.h"
#include "actions/study_state.h"
#include "actions/world.h"

#include <stdlib.h>

/* --- in the order of the study ------------------------------------------------------------ */

struct placed {
    size_t event, form; /* places in the design */
    struct form_state state;
};

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int placed_compare(const void *a, const void *b)
{
    const struct placed *first = a;
    const struct placed *second = b;
    if (first->event != second->event)
        return first->event < second->event ? -1 : 1;
    int order =
        compare_numbers(first->state.key.event_repeat, second->state.key.event_repeat);
    if (order != 0)
        return order;
    if (first->form != second->form)
        return first->form < second->form ? -1 : 1;
    order =
        compare_numbers(first->state.key.form_repeat, second->state.key.form_repeat);
    if (order != 0)
        return order;
    return compare_numbers(first->state.id, second->state.id);
}

static struct placed place(const struct design *design, const struct form_state *state)
{
    const struct study_event *event = design_event(design, state->key.event);
    const struct form *form = design_form(design, state->key.form);
    return (struct placed){
        .event = event == NULL ? design->event_count : (size_t)(event - design->events),
        .form = form == NULL ? design->form_count : (size_t)(form - design->forms),
        .state = *state,
    };
}

static void order_forms(const struct design *design, struct form_state *forms,
                        size_t count, struct arena *arena)
{
    struct placed *placed = ARENA_ARRAY(arena, struct placed, count);
    for (size_t i = 0; i < count; i++)
        placed[i] = place(design, &forms[i]);
    if (count > 0)
        qsort(placed, count, sizeof *placed, placed_compare);
    for (size_t i = 0; i < count; i++)
        forms[i] = placed[i].state;
}

/* --- reading -------------------------------------------------------------------------------- */

static bool read_attached(struct db *db, struct casebook *book, struct arena *arena,
                          struct error *err)
{
    int64_t attached = 0;
    if (text_is_absent(book->participant->screening_number))
        return true;
    return participant_attached_to(db, book->participant->id, &attached, err) &&
           (attached == 0 ||
            participant_by_id(db, attached, arena, &book->attached, err));
}

/* Of both records, the own first. */
static bool read_second_checks(const struct second_check_asker *asker,
                               struct casebook *book, struct error *err)
{
    struct second_check_list *all = &book->second_checks;
    struct second_check_list early = {0};
    if (!second_checks_of(asker, book->participant, book->forms, book->form_count, all,
                          err) ||
        (book->attached != NULL && !second_checks_of(asker, book->attached, book->forms,
                                                     book->form_count, &early, err)))
        return false;
    struct second_check_open *both =
        ARENA_ARRAY(asker->arena, struct second_check_open, all->count + early.count);
    for (size_t i = 0; i < all->count; i++)
        both[i] = all->at[i];
    for (size_t i = 0; i < early.count; i++)
        both[all->count + i] = early.at[i];
    *all = (struct second_check_list){.at = both, .count = all->count + early.count};
    return true;
}

static bool read_forms(struct db *db, struct casebook *book, struct arena *arena,
                       struct error *err)
{
    struct form_states own = {0};
    struct form_states early = {0};
    if (!form_list(db, book->participant->id, arena, &own, err))
        return false;
    if (book->attached != NULL &&
        !form_list(db, book->attached->id, arena, &early, err))
        return false;
    book->form_count = own.count + early.count;
    book->forms = ARENA_ARRAY(arena, struct form_state, book->form_count);
    for (size_t i = 0; i < own.count; i++)
        book->forms[i] = own.list[i];
    for (size_t i = 0; i < early.count; i++)
        book->forms[own.count + i] = early.list[i];
    return true;
}

static bool read_schedule(struct study *study, struct db *db, struct casebook *book,
                          struct arena *arena, struct error *err)
{
    struct world world = {.db = db,
                          .arena = arena,
                          .rulebook = study_rulebook(study, book->design),
                          .participant = book->participant,
                          .now = study_now(study)};
    return world_open(&world, err) && world_schedule(&world, &book->schedule, err);
}

static bool read_review(const struct review_asker *asker, struct casebook *book,
                        struct error *err)
{
    book->signatures = ARENA_ARRAY(asker->arena, struct signatures, book->form_count);
    return casebook_review_read(asker, book->forms, book->form_count, &book->review,
                                err) &&
           forms_signatures_read(asker, book->forms, book->form_count, book->signatures,
                                 err);
}

/* Of both records: each keeps what was entered under it. */
static bool read_verification(const struct verification_asker *asker,
                              struct casebook *book, struct error *err)
{
    struct error ignored;
    book->verifications =
        ARENA_ARRAY(asker->arena, struct verification_count, book->form_count);
    book->may_verify = caller_must_for(asker->caller, PERMISSION_VERIFY_SOURCE,
                                       book->participant, &ignored);
    for (size_t i = 0; i < book->form_count; i++) {
        bool is_own = book->forms[i].key.participant == book->participant->id;
        struct forms_verification read;
        if (!forms_verification_read(asker, is_own ? book->participant : book->attached,
                                     &book->forms[i], 1, &read, err))
            return false;
        book->verifications[i] = read.counts[0];
        book->is_sampled = book->is_sampled || (is_own && read.is_sampled);
        if (is_own && read.seen > book->seen)
            book->seen = read.seen;
    }
    return true;
}

static bool find_design(struct study *study, struct db *db, struct casebook *book,
                        struct arena *arena, struct error *err)
{
    struct design_choice choice = {study, db, book->participant, arena};
    return design_for_participant(&choice, &book->design, err);
}

bool casebook_read(struct study *study, const struct caller *caller,
                   int64_t participant, struct arena *arena, struct casebook **out,
                   struct error *err)
{
    struct casebook *book = ARENA_NEW(arena, struct casebook);
    struct db *db = store_reader(study->store);
    bool is_read = participant_seen(study, db, caller, participant, arena,
                                    &book->participant, err) &&
                   find_design(study, db, book, arena, err) &&
                   read_attached(db, book, arena, err) &&
                   read_forms(db, book, arena, err) &&
                   read_schedule(study, db, book, arena, err);
    if (is_read)
        order_forms(book->design, book->forms, book->form_count, arena);
    struct second_check_asker asker = {study, db, caller, arena};
    struct review_asker reviewer = {study, db, caller, arena, book->participant};
    is_read = is_read && read_second_checks(&asker, book, err) &&
              read_review(&reviewer, book, err);
    struct verification_asker verifier = {study, db, caller, arena};
    is_read =
        is_read && read_verification(&verifier, book, err) &&
        bone_use_find(db, book->attached != NULL ? book->attached : book->participant,
                      arena, &book->bone_use, err);
    store_reader_return(study->store, db);
    *out = book;
    return is_read;
}
