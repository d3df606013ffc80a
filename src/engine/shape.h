#ifndef OSTEON_ENGINE_SHAPE_H
#define OSTEON_ENGINE_SHAPE_H
/* What stands where in a design, by number: all that a sheet of values and a run need to
 * know of it. Items of a group, and groups of a form, have consecutive numbers. Made of a
 * dictionary, or read from packed rules.
 */
#include "engine/dictionary.h"

struct shape_item {
    int32_t form, group;
};

struct shape_group {
    int32_t form;
    int32_t first_item, item_count;
    bool is_repeating;
};

struct shape_form {
    int32_t first_group, group_count;
};

struct shape {
    const struct shape_item *items;
    const struct shape_group *groups;
    const struct shape_form *forms;
    int32_t item_count, group_count, form_count, property_count;
};

/* In `arena`. */
const struct shape *shape_of(const struct dictionary *dictionary, struct arena *arena);

#endif
