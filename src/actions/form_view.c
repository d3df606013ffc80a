#include "actions/form_view.h"

#include "actions/design_choice.h"
#include "actions/form_place.h"
#include "actions/form_save_parts.h"
#include "actions/people.h"
#include "actions/placement.h"
#include "actions/separate_duty.h"
#include "actions/study_items.h"
#include "actions/study_state.h"

#include <stdlib.h>

/* What is being read, so that each part has few parameters. */
struct viewer {
    struct study *study;
    struct db *db;
    const struct caller *caller;
    struct arena *arena;
    struct form_state *known; /* NULL: the instance has no values yet */
    struct people people;
    struct form_view *view;
    struct error *err;
};

/* --- the place -------------------------------------------------------------------------- */

static bool find_place(struct viewer *viewer)
{
    struct form_view *view = viewer->view;
    struct error *err = viewer->err;
    const struct form_key *key = &view->key;
    struct design_choice choice = {viewer->study, viewer->db, view->participant,
                                   viewer->arena};
    if (!form_find(viewer->db, key, viewer->arena, &viewer->known, err) ||
        !design_for_form(&choice, viewer->known, key->event, &view->design, err) ||
        !form_place_check(view->design, key, err))
        return false;
    view->form = design_form(view->design, key->form);
    struct form_states forms;
    return viewer->known != NULL ||
           (placement_form_check(view->participant, key->event, key->form, err) &&
            form_list(viewer->db, key->participant, viewer->arena, &forms, err) &&
            form_repeat_check(view->design, &forms, key, err));
}

/* --- values ------------------------------------------------------------------------------ */

static bool name_values(struct viewer *viewer, const struct stored_value *stored,
                        size_t count, struct form_value **out)
{
    struct form_value *values = ARENA_ARRAY(viewer->arena, struct form_value, count);
    for (size_t i = 0; i < count; i++) {
        const struct user *by = NULL;
        if (!people_user(&viewer->people, stored[i].by, &by, viewer->err))
            return false;
        values[i].stored = stored[i];
        values[i].by_name = by == NULL ? (struct text){0} : by->name;
        /* What is in the vault is shown by vault_view alone. */
        if (stored[i].answer.is_in_vault)
            values[i].stored.answer.value = (struct text){0};
    }
    *out = values;
    return true;
}

static bool read_values(struct viewer *viewer)
{
    struct stored_value *stored = NULL;
    size_t count = 0;
    if (viewer->known == NULL)
        return true;
    if (!form_values(viewer->db, viewer->known->id, viewer->arena, &stored, &count,
                     viewer->err))
        return false;
    viewer->view->value_count = count;
    return name_values(viewer, stored, count, &viewer->view->values);
}

/* --- readings that are sealed ---------------------------------------------------------------- */

/* Nothing of a sealed row goes on from here, but that there is one. */
static bool seal_reads(struct viewer *viewer)
{
    struct form_view *view = viewer->view;
    struct image_asker asker = {viewer->db, viewer->db, viewer->caller,
                                view->participant, viewer->arena};
    size_t kept = 0;
    if (viewer->known == NULL)
        return true;
    if (!image_reads_of(&asker, viewer->known, &view->reads, viewer->err))
        return false;
    for (size_t i = 0; i < view->value_count; i++)
        if (!image_read_is_sealed(&view->reads, view->values[i].stored.row))
            view->values[kept++] = view->values[i];
    view->value_count = kept;
    return true;
}

static void seal_findings(struct form_view *view)
{
    size_t kept = 0;
    for (size_t i = 0; i < view->finding_count; i++) {
        bool is_sealed = false;
        for (size_t k = 0; k < view->findings[i].place_count; k++)
            is_sealed = is_sealed || image_read_is_sealed(
                                         &view->reads, view->findings[i].places[k].row);
        if (!is_sealed)
            view->findings[kept++] = view->findings[i];
    }
    view->finding_count = kept;
    kept = 0;
    for (size_t i = 0; i < view->hidden_count; i++)
        if (!image_read_is_sealed(&view->reads, view->hidden[i].row))
            view->hidden[kept++] = view->hidden[i];
    view->hidden_count = kept;
}

/* --- rows -------------------------------------------------------------------------------- */

static bool group_has(const struct item_group *group, struct text item)
{
    for (size_t i = 0; i < group->item_count; i++)
        if (text_equal(group->items[i]->oid, item))
            return true;
    return false;
}

static int number_compare(const void *a, const void *b)
{
    int64_t first = *(const int64_t *)a;
    int64_t second = *(const int64_t *)b;
    return (first > second) - (first < second);
}

static void rows_of_group(const struct viewer *viewer, const struct item_group *group,
                          struct form_rows *out)
{
    const struct form_view *view = viewer->view;
    int64_t *rows = ARENA_ARRAY(viewer->arena, int64_t, view->value_count);
    size_t count = 0;
    size_t distinct = 0;
    for (size_t i = 0; i < view->value_count; i++)
        if (group_has(group, view->values[i].stored.item))
            rows[count++] = view->values[i].stored.row;
    if (count > 0)
        qsort(rows, count, sizeof *rows, number_compare);
    for (size_t i = 0; i < count; i++)
        if (distinct == 0 || rows[distinct - 1] != rows[i])
            rows[distinct++] = rows[i];
    *out = (struct form_rows){.group = group->oid, .rows = rows, .row_count = distinct};
}

static void read_rows(struct viewer *viewer)
{
    struct form_view *view = viewer->view;
    view->rows = ARENA_ARRAY(viewer->arena, struct form_rows, view->form->group_count);
    for (size_t i = 0; i < view->form->group_count; i++)
        if (view->form->groups[i]->is_repeating)
            rows_of_group(viewer, view->form->groups[i],
                          &view->rows[view->row_group_count++]);
}

/* --- what the rules say -------------------------------------------------------------------- */

static bool read_due(struct viewer *viewer, struct world *world)
{
    struct form_view *view = viewer->view;
    struct schedule schedule;
    if (!world_dues(world, &schedule, viewer->err))
        return false;
    const struct event_due *due =
        schedule_due(&schedule, design_event(view->design, view->key.event),
                     view->key.event_repeat, view->form);
    view->has_due = due != NULL;
    if (due != NULL)
        view->due = *due;
    return true;
}

static bool run_rules(struct viewer *viewer)
{
    struct form_view *view = viewer->view;
    struct form_heads *heads = NULL; /* of an instance that nobody has saved */
    struct world world = {.db = viewer->db,
                          .arena = viewer->arena,
                          .rulebook = study_rulebook(viewer->study, view->design),
                          .participant = view->participant,
                          .now = study_now(viewer->study),
                          .key = view->key,
                          .caller = viewer->caller};
    if (!world_open(&world, viewer->err) || !world_run(&world, viewer->err))
        return false;
    if (!read_due(viewer, &world))
        return false;
    struct rule_results results = rule_results_of(&world, world.current);
    view->findings = results.findings;
    view->finding_count = results.finding_count;
    view->hidden = results.hidden;
    view->hidden_count = results.hidden_count;
    if (viewer->known != NULL) {
        view->answered = viewer->known->answered;
        view->expected = viewer->known->expected;
        return true;
    }
    if (!heads_load(viewer->db, &view->key, viewer->arena, &heads, viewer->err))
        return false;
    struct completeness count = form_completeness(heads, view->form, &results);
    view->answered = count.answered;
    view->expected = count.expected;
    return true;
}

/* --- queries ---------------------------------------------------------------------------------- */

/* The heads of one item: the current one, then those beside it. */
static bool conflict_values(struct viewer *viewer, const struct stored_value *branches,
                            size_t branch_count, struct form_query *query)
{
    const struct form_view *view = viewer->view;
    struct stored_value *heads =
        ARENA_ARRAY(viewer->arena, struct stored_value, branch_count + 1);
    struct form_value *values = NULL;
    size_t count = 0;
    for (size_t i = 0; i < view->value_count; i++)
        if (view->values[i].stored.row == query->stored.row &&
            text_equal(view->values[i].stored.item, query->stored.item))
            heads[count++] = view->values[i].stored;
    for (size_t i = 0; i < branch_count; i++)
        if (branches[i].row == query->stored.row &&
            text_equal(branches[i].item, query->stored.item))
            heads[count++] = branches[i];
    if (!name_values(viewer, heads, count, &values))
        return false;
    query->values = values;
    query->value_count = count;
    return true;
}

/* Of a form of which nothing is stored yet, somebody may have asked all the same. */
static bool list_queries(struct viewer *viewer, struct stored_query **out)
{
    struct form_view *view = viewer->view;
    size_t count = 0;
    if (viewer->known != NULL)
        return query_list(viewer->db, viewer->known->id, false, viewer->arena, out,
                          &view->query_count, viewer->err);
    if (!query_list_unbegun(viewer->db, view->key.participant, viewer->arena, out,
                            &count, viewer->err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (form_key_equal(&(*out)[i].key, &view->key))
            (*out)[view->query_count++] = (*out)[i];
    return true;
}

static void seal_queries(struct form_view *view, struct stored_query *stored)
{
    size_t kept = 0;
    for (size_t i = 0; i < view->query_count; i++)
        if (!image_read_is_sealed(&view->reads, stored[i].row))
            stored[kept++] = stored[i];
    view->query_count = kept;
}

static bool read_queries(struct viewer *viewer)
{
    struct form_view *view = viewer->view;
    struct stored_query *stored = NULL;
    struct stored_value *branches = NULL;
    size_t branch_count = 0;
    if (!list_queries(viewer, &stored))
        return false;
    seal_queries(view, stored);
    if (view->query_count == 0)
        return true;
    if (viewer->known != NULL &&
        !form_branches(viewer->db, viewer->known->id, viewer->arena, &branches,
                       &branch_count, viewer->err))
        return false;
    view->queries = ARENA_ARRAY(viewer->arena, struct form_query, view->query_count);
    for (size_t i = 0; i < view->query_count; i++) {
        view->queries[i].stored = stored[i];
        if (stored[i].kind == QUERY_CONFLICT && query_is_unsettled(stored[i].state) &&
            !conflict_values(viewer, branches, branch_count, &view->queries[i]))
            return false;
    }
    return true;
}

/* --- deviations -------------------------------------------------------------------------- */

static struct label check_message(const struct design *design, struct text check)
{
    for (size_t i = 0; i < design->check_count; i++)
        if (text_equal(design->checks[i].oid, check))
            return design->checks[i].message;
    return (struct label){.english = check, .chinese = check};
}

static bool read_deviations(struct viewer *viewer)
{
    struct form_view *view = viewer->view;
    struct stored_deviation *stored = NULL;
    size_t count = 0;
    if (viewer->known == NULL)
        return true;
    if (!deviation_list(viewer->db, view->key.participant, viewer->arena, &stored,
                        &count, viewer->err))
        return false;
    view->deviations = ARENA_ARRAY(viewer->arena, struct form_deviation, count);
    for (size_t i = 0; i < count; i++)
        if (stored[i].form == viewer->known->id)
            view->deviations[view->deviation_count++] = (struct form_deviation){
                .stored = stored[i],
                .message = check_message(view->design, stored[i].check)};
    return true;
}

static bool read_second_checks(struct viewer *viewer)
{
    struct form_view *view = viewer->view;
    struct second_check_asker asker = {viewer->study, viewer->db, viewer->caller,
                                       viewer->arena};
    return viewer->known == NULL ||
           second_checks_of(&asker, view->participant, viewer->known, 1,
                            &view->second_checks, viewer->err);
}

static bool read_review(struct viewer *viewer)
{
    struct review_asker asker = {viewer->study, viewer->db, viewer->caller,
                                 viewer->arena, viewer->view->participant};
    struct verification_asker verifier = {viewer->study, viewer->db, viewer->caller,
                                          viewer->arena};
    return form_review_read(&asker, viewer->known, &viewer->view->review,
                            viewer->err) &&
           form_verification_read(&verifier, viewer->view->participant, viewer->known,
                                  &viewer->view->verification, viewer->err);
}

/* --- what the caller may ------------------------------------------------------------------- */

static bool may(const struct viewer *viewer, enum permission permission)
{
    const struct participant *participant = viewer->view->participant;
    return caller_may(viewer->caller, permission, participant->site,
                      caller_is_assigned(viewer->caller, participant->id));
}

static void read_rights(struct viewer *viewer)
{
    struct form_view *view = viewer->view;
    struct error ignored;
    bool is_open = view->participant->state != PARTICIPANT_ERASED &&
                   placement_form_check(view->participant, view->key.event,
                                        view->key.form, &ignored);
    view->may_edit = is_open && !view->review.locks.is_held &&
                     form_right_check(viewer->caller, view->design, view->participant,
                                      view->key.form, &ignored);
    view->may_query = view->participant->state != PARTICIPANT_ERASED &&
                      may(viewer, PERMISSION_RAISE_QUERY);
    view->may_read = view->may_edit && (may(viewer, PERMISSION_ENTER_IM_READ) ||
                                        may(viewer, PERMISSION_ADJUDICATE));
    view->may_history = may(viewer, PERMISSION_VIEW_HISTORY);
    view->may_vault_view = may(viewer, PERMISSION_VIEW_VAULT);
    view->may_break_glass =
        !view->may_vault_view && may(viewer, PERMISSION_BREAK_GLASS);
    view->may_vault_edit = view->may_edit && may(viewer, PERMISSION_ENTER_VAULT);
}

/* What the caller has done with an adverse event. */
static void duties_in_view(const struct viewer *viewer, bool did[DUTIES])
{
    const struct form_view *view = viewer->view;
    for (size_t i = 0; i < view->value_count; i++) {
        const struct stored_value *value = &view->values[i].stored;
        if (value->by == viewer->caller->user && value->source == SOURCE_PERSON)
            did[duty_of_event_item(value->item)] = true;
    }
}

static bool item_is_closed(struct viewer *viewer, const struct item *item,
                           const bool did[DUTIES])
{
    struct form_view *view = viewer->view;
    struct error ignored;
    if (item->is_system || item->is_identity || item->requirement == ITEM_DERIVED)
        return false;
    if (!item_right_check(viewer->caller, view->design, view->participant,
                          view->key.form, item, &ignored))
        return true;
    if (!text_equal(view->key.form, FORM_ADVERSE_EVENT))
        return false;
    const struct label *why = duty_bar(did, duty_of_event_item(item->oid));
    if (why != NULL && view->duty == NULL)
        view->duty = why;
    return why != NULL;
}

/* Of a form that the caller may enter: what of it he may not. */
static void read_closed(struct viewer *viewer)
{
    struct form_view *view = viewer->view;
    bool did[DUTIES] = {false};
    size_t count = 0;
    for (size_t i = 0; i < view->form->group_count; i++)
        count += view->form->groups[i]->item_count;
    view->closed = ARENA_ARRAY(viewer->arena, struct text, count);
    duties_in_view(viewer, did);
    for (size_t i = 0; view->may_edit && i < view->form->group_count; i++) {
        const struct item_group *group = view->form->groups[i];
        for (size_t k = 0; k < group->item_count; k++)
            if (item_is_closed(viewer, group->items[k], did))
                view->closed[view->closed_count++] = group->items[k]->oid;
    }
}

/* --- all of it --------------------------------------------------------------------------------- */

static bool view_read(struct viewer *viewer)
{
    if (!participant_seen(viewer->study, viewer->db, viewer->caller,
                          viewer->view->key.participant, viewer->arena,
                          &viewer->view->participant, viewer->err) ||
        !find_place(viewer) || !read_values(viewer) || !seal_reads(viewer) ||
        !run_rules(viewer) || !read_queries(viewer) || !read_deviations(viewer) ||
        !read_second_checks(viewer) || !read_review(viewer))
        return false;
    seal_findings(viewer->view);
    read_rows(viewer);
    read_rights(viewer);
    read_closed(viewer);
    return true;
}

bool form_view_read(struct study *study, const struct caller *caller,
                    const struct form_key *key, struct arena *arena,
                    struct form_view **out, struct error *err)
{
    struct viewer viewer = {.study = study,
                            .caller = caller,
                            .arena = arena,
                            .view = ARENA_NEW(arena, struct form_view),
                            .err = err};
    viewer.view->key = *key;
    if (key->event_repeat == 0)
        viewer.view->key.event_repeat = 1;
    if (key->form_repeat == 0)
        viewer.view->key.form_repeat = 1;
    viewer.db = store_reader(study->store);
    viewer.people = people_of(viewer.db, arena);
    bool is_read = view_read(&viewer);
    store_reader_return(study->store, viewer.db);
    *out = viewer.view;
    return is_read;
}
