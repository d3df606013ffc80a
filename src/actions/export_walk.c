#include "actions/export_walk.h"

#include "actions/reference.h"
#include "base/limits.h"

#include <stdlib.h>

/* -- Who ---------------------------------------------------------------------------- */

static bool is_of_sites(const struct export_walk *walk, struct text site)
{
    for (size_t i = 0; i < walk->site_count; i++)
        if (text_equal(walk->sites[i], site))
            return true;
    return walk->is_everywhere;
}

/* FR06: while provisional nothing is exported, nor when closed without an attachment. */
static bool is_withheld(const struct participant *participant)
{
    return participant->state == PARTICIPANT_NOT_ATTACHED ||
           (participant->state == PARTICIPANT_PROVISIONAL &&
            participant->attached_to == 0);
}

static struct text number_of(const struct participant *participant)
{
    if (!text_is_absent(participant->subject_number))
        return participant->subject_number;
    return text_is_absent(participant->screening_number)
               ? participant->provisional_number
               : participant->screening_number;
}

static bool subject_of(const struct export_walk *walk,
                       const struct participant *participant, struct arena *arena,
                       struct record_subject *out, struct error *err)
{
    const struct site *site = design_site(walk->design, participant->site);
    *out = (struct record_subject){.number = number_of(participant),
                                   .participant = participant,
                                   .offset_minutes =
                                       site == NULL ? 0 : site->offset_minutes};
    if (participant->attached_to == 0)
        return true;
    struct participant *to = NULL;
    if (!participant_plain(walk->db, participant->attached_to, arena, &to, err))
        return false;
    if (to != NULL)
        out->attached_to = number_of(to);
    return true;
}

/* -- In which order ----------------------------------------------------------------- */

struct placed_form {
    const struct form_state *state;
    const struct study_event *event;
    const struct form *form;
};

static int compare_pointers(const void *left, const void *right)
{
    if ((left == NULL) != (right == NULL))
        return left == NULL ? 1 : -1;
    return (uintptr_t)left < (uintptr_t)right ? -1 : left != right;
}

static int compare_numbers(int64_t left, int64_t right)
{
    return left < right ? -1 : left > right;
}

/* Events and forms stand in arrays of the design: their addresses are its order. */
static int compare_forms(const void *a, const void *b)
{
    const struct placed_form *left = a;
    const struct placed_form *right = b;
    const struct form_key *l = &left->state->key;
    const struct form_key *r = &right->state->key;
    int order = compare_pointers(left->event, right->event);
    if (order == 0)
        order = text_compare(l->event, r->event);
    if (order == 0)
        order = compare_numbers(l->event_repeat, r->event_repeat);
    if (order == 0)
        order = compare_pointers(left->form, right->form);
    if (order == 0)
        order = text_compare(l->form, r->form);
    return order != 0 ? order : compare_numbers(l->form_repeat, r->form_repeat);
}

static struct placed_form *forms_in_order(const struct export_walk *walk,
                                          const struct form_states *states,
                                          struct arena *arena)
{
    struct placed_form *forms =
        ARENA_ARRAY(arena, struct placed_form, states->count + 1);
    for (size_t i = 0; i < states->count; i++)
        forms[i] = (struct placed_form){
            .state = &states->list[i],
            .event = design_event(walk->design, states->list[i].key.event),
            .form = design_form(walk->design, states->list[i].key.form)};
    if (states->count > 1)
        qsort(forms, states->count, sizeof *forms, compare_forms);
    return forms;
}

/* -- What --------------------------------------------------------------------------- */

/* What was entered by mistake and taken back says nothing; what identifies stays here. */
static bool may_leave(const struct record_value *value)
{
    return value->answer.missing != MISSING_CLEARED && !value->answer.is_in_vault &&
           record_is_open(value->item);
}

bool export_walk_reads(const struct export_walk *walk,
                       const struct participant *participant,
                       const struct form_state *form, struct arena *scratch,
                       struct image_reads *out, struct error *err)
{
    /* A file goes on to others: it holds what everybody may see. */
    struct image_asker asker = {walk->db, walk->live, NULL, participant, scratch};
    return image_reads_of(&asker, form, out, err);
}

static bool read_values(struct export_walk *walk, const struct participant *participant,
                        const struct placed_form *placed, struct record_form *out,
                        struct arena *arena, struct error *err)
{
    struct export_value *stored = NULL;
    size_t count = 0;
    if (!export_values(walk->db, placed->state->id, arena, &stored, &count, err) ||
        !export_walk_reads(walk, participant, placed->state, arena, &walk->reads, err))
        return false;
    struct record_value *values = ARENA_ARRAY(arena, struct record_value, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (image_read_is_sealed(&walk->reads, stored[i].row)) {
            walk->sealed++;
            continue;
        }
        struct record_value *value = &values[out->count];
        *value = (struct record_value){
            .oid = stored[i].oid, .row = stored[i].row, .answer = stored[i].answer};
        record_place(walk->plan, placed->form, value);
        out->count += may_leave(value) ? 1 : 0;
    }
    record_sort(values, out->count);
    out->values = values;
    return true;
}

static bool visit_form(struct export_walk *walk, const struct record_subject *subject,
                       const struct placed_form *placed, struct arena *arena,
                       struct error *err)
{
    const struct form_state *state = placed->state;
    struct record_form form = {.instance = state->id,
                               .key = &state->key,
                               .event = placed->event,
                               .form = placed->form,
                               .design_version = state->design_version,
                               .is_complete = state->is_complete,
                               .answered = state->answered,
                               .expected = state->expected};
    if (!read_values(walk, subject->participant, placed, &form, arena, err))
        return false;
    walk->forms++;
    walk->values += (int64_t)form.count;
    return walk->form(walk, subject, &form, arena, err);
}

static bool visit(struct export_walk *walk, const struct participant *participant,
                  struct arena *arena, struct error *err)
{
    struct record_subject subject;
    struct form_states states;
    if (!subject_of(walk, participant, arena, &subject, err) ||
        !walk->subject(walk, &subject, arena, err) ||
        !form_list(walk->db, participant->id, arena, &states, err))
        return false;
    walk->participants++;
    const struct placed_form *forms = forms_in_order(walk, &states, arena);
    for (size_t i = 0; i < states.count; i++) {
        struct arena_mark mark = arena_mark(arena);
        if (!visit_form(walk, &subject, &forms[i], arena, err))
            return false;
        arena_rewind(arena, mark);
    }
    return walk->subject_end == NULL || walk->subject_end(walk, &subject, arena, err);
}

/* How far the walk will go: ids are given in order, so the next one tells. */
static bool say_how_many(const struct export_walk *walk, struct error *err)
{
    int64_t next = 1;
    if (walk->progress == NULL)
        return true;
    if (!participant_next_id(walk->live, &next, err))
        return false;
    atomic_store_explicit(&walk->progress->of, next - 1, memory_order_relaxed);
    return true;
}

bool export_walk_all(struct export_walk *walk, struct error *err)
{
    if (!say_how_many(walk, err))
        return false;
    struct arena *arena = arena_new(LIMIT_COMMAND_ARENA);
    arena_keep(arena, LIMIT_WRITER_KEPT);
    struct participant *participant = NULL;
    bool is_good = true;
    for (int64_t after = 0; is_good; after = participant->id) {
        arena_reset(arena);
        is_good = participant_after(walk->db, after, arena, &participant, err);
        if (!is_good || participant == NULL)
            break;
        if (!progress_step(walk->progress, participant->id - after, err)) {
            is_good = false;
            break;
        }
        if (participant->state == PARTICIPANT_ERASED ||
            !is_of_sites(walk, participant->site))
            continue;
        if (is_withheld(participant))
            walk->withheld++;
        else
            is_good = visit(walk, participant, arena, err);
    }
    arena_free(arena);
    return is_good;
}

bool export_walk_reference(struct export_walk *walk, struct arena *arena,
                           struct record_section **out, size_t *count,
                           struct error *err)
{
    if (!reference_sections(walk->db, walk->design, arena, out, count, err))
        return false;
    for (size_t i = 0; i < *count; i++)
        walk->values += (int64_t)(*out)[i].count;
    return true;
}
