#include "actions/world.h"

#include "actions/study_items.h"

static bool same_text(struct text a, struct text b)
{
    return (a.at == b.at && a.len == b.len) || text_equal(a, b);
}

static bool key_equal(const struct form_key *a, const struct form_key *b)
{
    return a->participant == b->participant && a->event_repeat == b->event_repeat &&
           a->form_repeat == b->form_repeat && same_text(a->form, b->form) &&
           same_text(a->event, b->event);
}

static bool fail(struct world *world)
{
    world->is_failed = true;
    return false;
}

/* --- the list of forms --------------------------------------------------------------- */

bool world_attached(struct world *world, int64_t *id)
{
    return participant_attached_to(world->db, world->participant->id, id,
                                   &world->error) ||
           fail(world);
}

static bool add_forms(struct world *world, int64_t participant)
{
    struct form_state *list = NULL;
    size_t count = 0;
    if (!form_list(world->db, participant, world->arena, &list, &count, &world->error))
        return fail(world);
    struct world_form *all =
        ARENA_ARRAY(world->arena, struct world_form, world->form_count + count + 1);
    for (size_t i = 0; i < world->form_count; i++)
        all[i] = world->forms[i];
    for (size_t i = 0; i < count; i++)
        all[world->form_count + i] = (struct world_form){.state = list[i]};
    world->forms = all;
    world->form_count += count;
    return true;
}

/* The instance under evaluation is one of the list, also before its first save. */
static void place_current(struct world *world)
{
    world->current = world->form_count;
    if (text_is_absent(world->key.form))
        return;
    for (size_t i = 0; i < world->form_count; i++)
        if (key_equal(&world->forms[i].state.key, &world->key)) {
            world->current = i;
            return;
        }
    /* add_forms has left room for one more. */
    world->forms[world->form_count++] =
        (struct world_form){.state = {.key = world->key}};
}

static bool list_forms(struct world *world)
{
    int64_t attached = 0;
    if (world->is_listed)
        return true;
    world->is_listed = true;
    if (!add_forms(world, world->participant->id))
        return false;
    place_current(world);
    return world_attached(world, &attached) &&
           (attached == 0 || add_forms(world, attached));
}

/* The n-th instance of a form; NULL when there are not so many. */
static struct world_form *find_instance(struct world *world, struct text form,
                                        int64_t instance)
{
    if (!list_forms(world))
        return NULL;
    for (size_t i = 0; i < world->form_count; i++) {
        if (!same_text(world->forms[i].state.key.form, form))
            continue;
        if (instance-- == 0)
            return &world->forms[i];
    }
    return NULL;
}

/* --- answers ---------------------------------------------------------------------------- */

static struct rule_value value_of(const struct answer *answer)
{
    if (answer->missing == MISSING_CLEARED)
        return (struct rule_value){.state = RULE_VALUE_NONE};
    if (answer->missing != MISSING_NOT)
        return (struct rule_value){.state = RULE_VALUE_MISSING};
    if (answer->is_in_vault && text_is_absent(answer->value))
        return (struct rule_value){.state = RULE_VALUE_SEALED};
    if (text_is_absent(answer->value))
        return (struct rule_value){.state = RULE_VALUE_NONE};
    return (struct rule_value){.state = RULE_VALUE_GIVEN, .value = answer->value};
}

static struct rule_value value_under_evaluation(struct world *world, struct text item,
                                                int64_t row)
{
    const struct head *head = heads_current(world->heads, item, row);
    if (head == NULL)
        return (struct rule_value){.state = RULE_VALUE_NONE};
    return value_of(&head->answer);
}

static bool read_values(struct world *world, struct world_form *form)
{
    if (form->is_read || form->state.id == 0)
        return true;
    form->is_read = true;
    if (!form_values(world->db, form->state.id, world->arena, &form->values,
                     &form->value_count, &world->error))
        return fail(world);
    return true;
}

static struct rule_value value_stored(struct world *world, struct world_form *form,
                                      struct text item, int64_t row)
{
    struct rule_value none = {.state = RULE_VALUE_NONE};
    if (!read_values(world, form))
        return none;
    for (size_t i = 0; i < form->value_count; i++) {
        const struct stored_value *value = &form->values[i];
        if (value->row == row && same_text(value->item, item))
            return value_of(&value->answer);
    }
    return none;
}

/* The instance that a rule means: -1 is the one under evaluation, where there is one of
 * this form, else the first. */
static struct world_form *find_meant(struct world *world, struct text form,
                                     int64_t instance)
{
    if (instance >= 0)
        return find_instance(world, form, instance);
    if (!same_text(form, world->key.form))
        return find_instance(world, form, 0);
    return list_forms(world) ? &world->forms[world->current] : NULL;
}

struct rule_value world_value(struct world *world, int64_t instance, struct text form,
                              struct text item, int64_t row)
{
    struct rule_value none = {.state = RULE_VALUE_NONE};
    if (world->is_failed)
        return none;
    if (world->heads != NULL && instance < 0 && same_text(form, world->key.form))
        return value_under_evaluation(world, item, row);
    struct world_form *found = find_meant(world, form, instance);
    if (found == NULL)
        return none;
    if (world->heads != NULL && found == &world->forms[world->current])
        return value_under_evaluation(world, item, row);
    return value_stored(world, found, item, row);
}

int64_t world_instances(struct world *world, struct text form)
{
    int64_t count = 0;
    if (!list_forms(world))
        return 0;
    for (size_t i = 0; i < world->form_count; i++)
        if (same_text(world->forms[i].state.key.form, form))
            count++;
    return count;
}

/* --- rows -------------------------------------------------------------------------------- */

static int64_t rows_stored(struct world *world, struct text form,
                           const struct item_group *group)
{
    int64_t rows = 0;
    struct world_form *found = find_meant(world, form, -1);
    if (found == NULL || !read_values(world, found))
        return 0;
    for (size_t i = 0; i < found->value_count; i++)
        for (size_t k = 0; k < group->item_count; k++)
            if (found->values[i].row > rows &&
                same_text(found->values[i].item, group->items[k]->oid))
                rows = found->values[i].row;
    return rows;
}

static int64_t world_rows(void *data, struct text form, struct text group_oid)
{
    struct world *world = data;
    const struct item_group *group = design_group(world->design, group_oid);
    if (group == NULL || world->is_failed)
        return 0;
    if (world->heads == NULL || !same_text(form, world->key.form))
        return rows_stored(world, form, group);
    return heads_rows(world->heads, group);
}

/* --- in the order of the study --------------------------------------------------------- */

static size_t event_place(const struct design *design, struct text oid)
{
    const struct study_event *event = design_event(design, oid);
    return event == NULL ? design->event_count : (size_t)(event - design->events);
}

static bool comes_before(const struct world *world, const struct form_key *a,
                         const struct form_key *b)
{
    size_t a_place = event_place(world->design, a->event);
    size_t b_place = event_place(world->design, b->event);
    if (a_place != b_place)
        return a_place < b_place;
    if (a->event_repeat != b->event_repeat)
        return a->event_repeat < b->event_repeat;
    return a->form_repeat < b->form_repeat;
}

const int64_t *world_order(struct world *world, struct text form, size_t *count)
{
    size_t total = (size_t)world_instances(world, form);
    int64_t *order = ARENA_ARRAY(world->arena, int64_t, total + 1);
    *count = 0;
    for (size_t i = 0; i < total; i++) {
        const struct form_key *key = &find_instance(world, form, (int64_t)i)->state.key;
        size_t at = (*count)++;
        for (; at > 0; at--) {
            const struct world_form *before = find_instance(world, form, order[at - 1]);
            if (!comes_before(world, key, &before->state.key))
                break;
            order[at] = order[at - 1];
        }
        order[at] = (int64_t)i;
    }
    return order;
}

/* --- for the engine ---------------------------------------------------------------------- */

static struct rule_value view_value(void *data, int64_t instance,
                                    struct rule_place place)
{
    return world_value(data, instance, place.form, place.item, place.row);
}

static int64_t view_instances(void *data, struct text form)
{
    return world_instances(data, form);
}

struct rule_world world_view(struct world *world, bool is_enrolled)
{
    const struct site *site = design_site(world->design, world->participant->site);
    return (struct rule_world){.value = view_value,
                               .rows = world_rows,
                               .instances = view_instances,
                               .data = world,
                               .is_enrolled = is_enrolled,
                               .offset_minutes =
                                   site == NULL ? 0 : site->offset_minutes};
}
