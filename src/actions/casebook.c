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

static bool read_attached(struct study *study, struct db *db, struct casebook *book,
                          struct arena *arena, struct error *err)
{
    struct world world = {.db = db,
                          .arena = arena,
                          .design = study_design(study),
                          .participant = book->participant};
    int64_t attached = 0;
    if (text_is_absent(book->participant->screening_number))
        return true;
    if (!world_attached(&world, &attached)) {
        *err = world.error;
        return false;
    }
    return attached == 0 ||
           participant_by_id(db, attached, arena, &book->attached, err);
}

static bool read_forms(struct db *db, struct casebook *book, struct arena *arena,
                       struct error *err)
{
    struct form_state *own = NULL;
    struct form_state *early = NULL;
    size_t own_count = 0;
    size_t early_count = 0;
    if (!form_list(db, book->participant->id, arena, &own, &own_count, err))
        return false;
    if (book->attached != NULL &&
        !form_list(db, book->attached->id, arena, &early, &early_count, err))
        return false;
    book->form_count = own_count + early_count;
    book->forms = ARENA_ARRAY(arena, struct form_state, book->form_count);
    for (size_t i = 0; i < own_count; i++)
        book->forms[i] = own[i];
    for (size_t i = 0; i < early_count; i++)
        book->forms[own_count + i] = early[i];
    return true;
}

static bool read_entered(struct db *db, const struct form_state *state,
                         struct entered_form *entered, struct arena *arena,
                         struct error *err)
{
    struct stored_value *stored = NULL;
    size_t count = 0;
    if (!form_values(db, state->id, arena, &stored, &count, err))
        return false;
    struct entered_value *values = ARENA_ARRAY(arena, struct entered_value, count);
    for (size_t i = 0; i < count; i++) {
        const struct answer *answer = &stored[i].answer;
        if (answer->missing == MISSING_NOT && !answer->is_in_vault &&
            answer->value.len > 0)
            values[entered->value_count++] = (struct entered_value){
                .item = stored[i].item, .row = stored[i].row, .value = answer->value};
    }
    entered->values = values;
    return true;
}

static bool read_schedule(struct study *study, struct db *db, struct casebook *book,
                          struct arena *arena, struct error *err)
{
    const struct event_rules *rules = study->event_rules;
    const struct participant *participant = book->participant;
    const struct site *site = design_site(study_design(study), participant->site);
    struct entered_form *forms =
        ARENA_ARRAY(arena, struct entered_form, book->form_count);
    for (size_t i = 0; i < book->form_count; i++) {
        const struct form_key *key = &book->forms[i].key;
        forms[i] =
            (struct entered_form){.event = key->event,
                                  .form = key->form,
                                  .event_repeat = key->event_repeat,
                                  .form_repeat = key->form_repeat,
                                  .is_earlier = key->participant != participant->id};
        if (rules != NULL && event_rules_read(rules, key->form) &&
            !read_entered(db, &book->forms[i], &forms[i], arena, err))
            return false;
    }
    struct schedule_input input = {.rules = rules,
                                   .forms = forms,
                                   .form_count = book->form_count,
                                   .offset_minutes =
                                       site == NULL ? 0 : site->offset_minutes,
                                   .now = study_now(study)};
    book->schedule = schedule_of(&input, arena);
    return true;
}

bool casebook_read(struct study *study, const struct caller *caller,
                   int64_t participant, struct arena *arena, struct casebook **out,
                   struct error *err)
{
    struct casebook *book = ARENA_NEW(arena, struct casebook);
    struct db *db = store_reader(study->store);
    bool is_read = participant_seen(study, db, caller, participant, arena,
                                    &book->participant, err) &&
                   read_attached(study, db, book, arena, err) &&
                   read_forms(db, book, arena, err) &&
                   read_schedule(study, db, book, arena, err);
    store_reader_return(study->store, db);
    if (is_read)
        order_forms(study_design(study), book->forms, book->form_count, arena);
    *out = book;
    return is_read;
}
