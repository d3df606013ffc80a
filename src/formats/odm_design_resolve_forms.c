/* Sections with their items, forms with their sections. */
#include "formats/odm_design_resolve.h"

/* --- sections --------------------------------------------------------------------- */

static enum item_requirement requirement_of(const struct odm_item_reference *reference)
{
    if (!text_is_absent(reference->method))
        return ITEM_DERIVED;
    if (!reference->is_mandatory)
        return ITEM_OPTIONAL;
    return text_is_absent(reference->condition) ? ITEM_REQUIRED : ITEM_CONDITIONAL;
}

/* What ODM says where an item is used, we keep with the item: all its uses must agree. */
static void place_item(struct resolving *resolving, size_t i,
                       const struct odm_item_reference *reference)
{
    struct odm_item *part = odm_item_part(resolving, i);
    struct item *item = &resolving->items[i];
    struct xml_place place = reference->to.place;
    struct label method =
        odm_words_of(resolving, reference->method, DEFINITION_METHOD, place);
    struct label condition =
        odm_words_of(resolving, reference->condition, DEFINITION_CONDITION, place);
    struct item use = *item;
    use.requirement = requirement_of(reference);
    use.is_system = reference->is_system;
    use.derivation = method;
    use.has_condition = !text_is_absent(reference->condition);
    use.condition = condition.english;
    use.shows = odm_formula_of(resolving, reference->condition);
    use.derives = odm_formula_of(resolving, reference->method);
    if (!part->is_placed) {
        part->is_placed = true;
        *item = use;
        return;
    }
    if (use.requirement != item->requirement || use.is_system != item->is_system ||
        !text_equal(use.derivation.english, item->derivation.english) ||
        !text_equal(use.condition, item->condition))
        odm_finding_add(resolving->parts, place, "give one of the two another OID",
                        "the item %.*s is used in two ways", SHOWN(item->oid));
}

static bool resolve_section(struct resolving *resolving, struct odm_group *part,
                            struct error *err)
{
    struct item_group *group = &resolving->groups[part->position];
    const struct item **items = odm_array(resolving, part->items.count, sizeof *items);
    if (items == NULL)
        return odm_no_room(err);
    *group = (struct item_group){.oid = part->oid,
                                 .label = part->label,
                                 .is_repeating = part->is_repeating,
                                 .items = items};
    odm_label_complete(&group->label, part->oid);
    for (size_t i = 0; i < part->groups.count; i++)
        odm_finding_add(resolving->parts,
                        ODM_LIST_AT(part->groups, struct odm_reference, i)->place,
                        "let the form list it", "a section within the section %.*s",
                        SHOWN(part->oid));
    odm_sort_item_references(&part->items);
    for (size_t i = 0; i < part->items.count; i++) {
        const struct odm_item_reference *reference =
            ODM_LIST_AT(part->items, struct odm_item_reference, i);
        size_t item = odm_follow(resolving, reference->to.oid, DEFINITION_ITEM,
                                 reference->to.place);
        if (item == SIZE_MAX)
            continue;
        place_item(resolving, item, reference);
        items[group->item_count++] = &resolving->items[item];
        if (group->is_repeating && (reference->drives_repeats || reference->is_key))
            group->repeat_key = &resolving->items[item];
    }
    return true;
}

/* --- forms ------------------------------------------------------------------------ */

/* The key of a repeating form is a KeySequence="1" in a section that does not repeat. */
static void find_form_key(struct resolving *resolving, struct form *form,
                          const struct odm_group *section)
{
    for (size_t i = 0; i < section->items.count; i++) {
        const struct odm_item_reference *reference =
            ODM_LIST_AT(section->items, struct odm_item_reference, i);
        const struct oid_entry *entry =
            text_is_absent(reference->to.oid)
                ? NULL
                : oid_index_find(&resolving->index, reference->to.oid);
        if (entry == NULL || entry->kind != DEFINITION_ITEM)
            continue;
        if (reference->is_key)
            form->repeat_key = &resolving->items[entry->position];
        if (reference->is_second_key)
            form->second_key = &resolving->items[entry->position];
    }
}

/* Values are kept by form and item: an item stands once in a form. */
static void check_items_once(struct resolving *resolving, const struct form *form,
                             size_t form_position, const struct item_group *group,
                             struct xml_place place)
{
    for (size_t i = 0; i < group->item_count; i++) {
        size_t item = (size_t)(group->items[i] - resolving->items);
        struct odm_item *part = odm_item_part(resolving, item);
        if (part->seen_in == form_position + 1)
            odm_finding_add(resolving->parts, place, NULL,
                            "the item %.*s stands twice in the form %.*s",
                            SHOWN(group->items[i]->oid), SHOWN(form->oid));
        part->seen_in = form_position + 1;
    }
}

static void add_section(struct resolving *resolving, struct form *form,
                        const struct item_group **groups, size_t form_position,
                        const struct odm_reference *reference)
{
    size_t i =
        odm_follow(resolving, reference->oid, DEFINITION_GROUP, reference->place);
    if (i == SIZE_MAX)
        return;
    const struct odm_group *section = odm_group_part(resolving, i);
    if (!odm_is_section(section)) {
        odm_finding_add(resolving->parts, reference->place,
                        "a form lists ItemGroupDefs of Type Section",
                        "%.*s in the form %.*s is no section", SHOWN(section->oid),
                        SHOWN(form->oid));
        return;
    }
    const struct item_group *group = &resolving->groups[section->position];
    check_items_once(resolving, form, form_position, group, reference->place);
    if (form->is_repeating && !group->is_repeating)
        find_form_key(resolving, form, section);
    groups[form->group_count++] = group;
}

static bool resolve_form(struct resolving *resolving, struct odm_group *part,
                         struct error *err)
{
    struct form *form = &resolving->forms[part->position];
    const struct item_group **groups =
        odm_array(resolving, part->groups.count, sizeof *groups);
    if (groups == NULL)
        return odm_no_room(err);
    *form = (struct form){.oid = part->oid,
                          .label = part->label,
                          .is_repeating = part->is_repeating,
                          .groups = groups,
                          .entered_by = part->entered_by,
                          .signature = part->signature,
                          .basis = part->basis};
    odm_label_complete(&form->label, part->oid);
    form->note =
        odm_words_of(resolving, part->comment, DEFINITION_COMMENT, part->place);
    for (size_t i = 0; i < part->items.count; i++)
        odm_finding_add(
            resolving->parts,
            ODM_LIST_AT(part->items, struct odm_item_reference, i)->to.place,
            "put it into an ItemGroupDef of Type Section",
            "an item outside the sections of the form %.*s", SHOWN(part->oid));
    odm_sort_references(&part->groups);
    for (size_t i = 0; i < part->groups.count; i++)
        add_section(resolving, form, groups, part->position,
                    ODM_LIST_AT(part->groups, struct odm_reference, i));
    if (form->group_count == 0)
        odm_finding_add(resolving->parts, part->place, NULL,
                        "the form %.*s has no section", SHOWN(part->oid));
    return true;
}

bool odm_resolve_groups(struct resolving *resolving, struct error *err)
{
    size_t count = resolving->parts->groups.count;
    for (size_t i = 0; i < count; i++) {
        struct odm_group *part = odm_group_part(resolving, i);
        if (odm_is_section(part) && !resolve_section(resolving, part, err))
            return false;
    }
    for (size_t i = 0; i < count; i++) {
        struct odm_group *part = odm_group_part(resolving, i);
        if (odm_is_form(part) && !resolve_form(resolving, part, err))
            return false;
    }
    return true;
}
