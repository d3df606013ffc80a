#include "engine/shape.h"

const struct shape *shape_of(const struct dictionary *dictionary, struct arena *arena)
{
    struct shape *shape = ARENA_NEW(arena, struct shape);
    struct shape_item *items =
        ARENA_ARRAY(arena, struct shape_item, (size_t)dictionary->item_count);
    struct shape_group *groups =
        ARENA_ARRAY(arena, struct shape_group, (size_t)dictionary->group_count);
    struct shape_form *forms =
        ARENA_ARRAY(arena, struct shape_form, (size_t)dictionary->form_count);
    for (int32_t i = 0; i < dictionary->item_count; i++) {
        const struct dictionary_item *item = &dictionary->items[i];
        items[i] = (struct shape_item){.form = item->form, .group = item->group};
        if (groups[item->group].item_count++ == 0)
            groups[item->group].first_item = i;
    }
    for (int32_t i = 0; i < dictionary->group_count; i++) {
        const struct dictionary_group *group = &dictionary->groups[i];
        groups[i].form = group->form;
        groups[i].is_repeating = group->is_repeating;
        if (forms[group->form].group_count++ == 0)
            forms[group->form].first_group = i;
    }
    *shape = (struct shape){.items = items,
                            .groups = groups,
                            .forms = forms,
                            .item_count = dictionary->item_count,
                            .group_count = dictionary->group_count,
                            .form_count = dictionary->form_count,
                            .property_count = dictionary->property_count};
    return shape;
}
