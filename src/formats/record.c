#include "formats/record.h"

#include "base/datetime.h"

#include <stdlib.h>
#include <string.h>

struct place {
    const struct item *item;
    uint32_t group_at, item_at;
};

struct form_places {
    struct place *places; /* by the item's address */
    size_t count;
};

struct record_plan {
    const struct design *design;
    struct form_places *forms; /* as the design's */
};

static int compare_addresses(const void *a, const void *b)
{
    uintptr_t left = (uintptr_t)((const struct place *)a)->item;
    uintptr_t right = (uintptr_t)((const struct place *)b)->item;
    return left < right ? -1 : left > right;
}

static struct form_places places_of(const struct form *form, struct arena *arena)
{
    struct form_places out = {0};
    size_t most = 0;
    for (size_t i = 0; i < form->group_count; i++)
        most += form->groups[i]->item_count;
    out.places = ARENA_ARRAY(arena, struct place, most + 1);
    for (size_t i = 0; i < form->group_count; i++)
        for (size_t j = 0; j < form->groups[i]->item_count; j++)
            out.places[out.count++] = (struct place){.item = form->groups[i]->items[j],
                                                     .group_at = (uint32_t)i,
                                                     .item_at = (uint32_t)j};
    qsort(out.places, out.count, sizeof *out.places, compare_addresses);
    return out;
}

struct record_plan *record_plan_new(const struct design *design, struct arena *arena)
{
    struct record_plan *plan = ARENA_NEW(arena, struct record_plan);
    plan->design = design;
    plan->forms = ARENA_ARRAY(arena, struct form_places, design->form_count + 1);
    for (size_t i = 0; i < design->form_count; i++)
        plan->forms[i] = places_of(&design->forms[i], arena);
    return plan;
}

void record_place(const struct record_plan *plan, const struct form *form,
                  struct record_value *value)
{
    value->item = design_item(plan->design, value->oid);
    value->group = NULL;
    if (value->item == NULL || form == NULL)
        return;
    const struct form_places *in = &plan->forms[form - plan->design->forms];
    struct place wanted = {.item = value->item};
    const struct place *found =
        bsearch(&wanted, in->places, in->count, sizeof wanted, compare_addresses);
    if (found == NULL)
        return;
    value->group = form->groups[found->group_at];
    value->group_at = found->group_at;
    value->item_at = found->item_at;
}

static int compare_values(const void *a, const void *b)
{
    const struct record_value *left = a;
    const struct record_value *right = b;
    if ((left->group == NULL) != (right->group == NULL))
        return left->group == NULL ? 1 : -1;
    if (left->group == NULL) {
        int by_name = text_compare(left->oid, right->oid);
        if (by_name != 0)
            return by_name;
    } else if (left->group_at != right->group_at) {
        return left->group_at < right->group_at ? -1 : 1;
    }
    if (left->row != right->row)
        return left->row < right->row ? -1 : 1;
    if (left->item_at != right->item_at)
        return left->item_at < right->item_at ? -1 : 1;
    return 0;
}

void record_sort(struct record_value *values, size_t count)
{
    if (count > 1)
        qsort(values, count, sizeof *values, compare_values);
}

bool record_is_open(const struct item *item)
{
    return item == NULL || (!item->is_identity && !item->is_location);
}

struct text record_value_text(const struct item *item, struct text value,
                              int32_t offset_minutes, struct arena *arena)
{
    struct moment moment;
    if (item == NULL ||
        (item->type != ITEM_DATETIME && item->type != ITEM_PARTIAL_DATETIME) ||
        !moment_parse(value, &moment, NULL) || moment.precision < MOMENT_MINUTE ||
        moment.has_offset)
        return value;
    moment.has_offset = true;
    moment.offset_minutes = offset_minutes;
    char printed[MOMENT_TEXT_SIZE];
    size_t len = moment_print(&moment, printed);
    return text_copy(arena, (struct text){.at = printed, .len = len});
}
