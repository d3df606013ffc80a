/* Forms with their groups. */
#include "formats/odm_design_resolve.h"

#include "base/limits.h"

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
                : oid_index_find(&resolving->index, reference->to.oid, DEFINITION_ITEM);
        if (entry == NULL)
            continue;
        if (reference->is_key)
            form->repeat_key = &resolving->items[entry->position];
        if (reference->is_second_key)
            form->second_key = &resolving->items[entry->position];
    }
}

/* A form on its way. */
struct gathering {
    struct resolving *resolving;
    struct form *form;
    struct odm_list groups; /* const struct item_group * */
    size_t mark;            /* of groups and items that stand in it already */
};

/* --- an item stands once ---------------------------------------------------------- */

static struct odm_item *part_of(struct resolving *resolving, const struct item *item)
{
    return odm_item_part(resolving, (size_t)(item - resolving->items));
}

/* Values are kept by form and item: an item stands once in a form. The group without
 * those that the form has already; itself when it has none of them. NULL: no room. */
static const struct item_group *once_only(struct gathering *gathering,
                                          const struct item_group *group,
                                          struct xml_place place)
{
    struct resolving *resolving = gathering->resolving;
    struct item_group *copy = odm_array(resolving, 1, sizeof *copy);
    const struct item **items =
        odm_array(resolving, group->item_count, sizeof(struct item *));
    if (copy == NULL || items == NULL)
        return NULL;
    *copy = *group;
    copy->items = items;
    copy->item_count = 0;
    for (size_t i = 0; i < group->item_count; i++) {
        struct odm_item *part = part_of(resolving, group->items[i]);
        if (part->seen_in == gathering->mark)
            odm_strict_add(resolving->parts, place, "it is shown where it stands first",
                           "the item %.*s stands twice in the form %.*s",
                           SHOWN(group->items[i]->oid), SHOWN(gathering->form->oid));
        else
            items[copy->item_count++] = group->items[i];
        part->seen_in = gathering->mark;
    }
    return copy->item_count == group->item_count ? group : copy;
}

/* --- groups ----------------------------------------------------------------------- */

static bool add_group(struct gathering *gathering, const struct odm_group *part,
                      struct xml_place place, struct error *err)
{
    struct resolving *resolving = gathering->resolving;
    const struct item_group *group = &resolving->groups[part->group];
    bool only_holds_others = group->item_count == 0 && part->groups.count > 0;
    void *added;
    if (only_holds_others)
        return true;
    group = once_only(gathering, group, place);
    if (group == NULL || !odm_list_add(&gathering->groups, sizeof group,
                                       resolving->parts->study, &added, err))
        return odm_no_room(err);
    *(const struct item_group **)added = group;
    if (gathering->form->is_repeating && !group->is_repeating)
        find_form_key(resolving, gathering->form, part);
    return true;
}

/* Where a group stands: in the rows of another one, and taken into them. */
struct standing {
    bool is_in_rows;
    bool is_taken_in;
    size_t depth;
};

static bool visit_nested(struct gathering *gathering, struct odm_group *part,
                         struct standing standing, struct error *err);

static bool visit(struct gathering *gathering, const struct odm_reference *reference,
                  struct standing standing, struct error *err)
{
    struct resolving *resolving = gathering->resolving;
    size_t i =
        odm_follow(resolving, reference->oid, DEFINITION_GROUP, reference->place);
    if (i == SIZE_MAX)
        return true;
    struct odm_group *part = odm_group_part(resolving, i);
    if (part->group == SIZE_MAX || (resolving->parts->is_ours && odm_is_form(part))) {
        odm_strict_add(resolving->parts, reference->place,
                       "a form lists ItemGroupDefs of Type Section",
                       "%.*s in the form %.*s is no section", SHOWN(part->oid),
                       SHOWN(gathering->form->oid));
        return true;
    }
    if (part->seen_in == gathering->mark) {
        odm_strict_add(resolving->parts, reference->place, "it is shown once",
                       "the group %.*s stands twice in the form %.*s", SHOWN(part->oid),
                       SHOWN(gathering->form->oid));
        return true;
    }
    part->seen_in = gathering->mark;
    standing.is_taken_in = standing.is_in_rows && !odm_group_repeats(part);
    if (standing.is_in_rows && odm_group_repeats(part))
        odm_warning_add(resolving->parts, reference->place,
                        "its rows stand by themselves in the form",
                        "the group %.*s repeats within rows that repeat",
                        SHOWN(part->oid));
    if (!standing.is_taken_in && !add_group(gathering, part, reference->place, err))
        return false;
    return visit_nested(gathering, part, standing, err);
}

static bool visit_nested(struct gathering *gathering, struct odm_group *part,
                         struct standing standing, struct error *err)
{
    struct standing inner = {.is_in_rows =
                                 odm_group_repeats(part) || standing.is_taken_in,
                             .depth = standing.depth + 1};
    odm_sort_references(&part->groups);
    for (size_t i = 0; i < part->groups.count; i++) {
        const struct odm_reference *reference =
            ODM_LIST_AT(part->groups, struct odm_reference, i);
        if (inner.depth > LIMIT_XML_DEPTH) {
            odm_finding_add(gathering->resolving->parts, reference->place, NULL,
                            "groups are nested deeper than %d levels",
                            (int)LIMIT_XML_DEPTH);
            return true;
        }
        if (!visit(gathering, reference, inner, err))
            return false;
    }
    return true;
}

/* --- forms ------------------------------------------------------------------------ */

static void refuse_loose_items(struct resolving *resolving,
                               const struct odm_group *part)
{
    for (size_t i = 0; i < part->items.count; i++)
        odm_finding_add(
            resolving->parts,
            ODM_LIST_AT(part->items, struct odm_item_reference, i)->to.place,
            "put it into an ItemGroupDef of Type Section",
            "an item outside the sections of the form %.*s", SHOWN(part->oid));
}

static bool resolve_form(struct resolving *resolving, size_t i, struct error *err)
{
    struct odm_group *part = odm_group_part(resolving, i);
    struct form *form = &resolving->forms[part->form];
    struct gathering gathering = {.resolving = resolving,
                                  .form = form,
                                  .mark = resolving->parts->groups.count + 1 + i};
    *form = (struct form){.oid = part->oid,
                          .label = part->label,
                          .is_repeating = part->is_repeating && odm_is_form(part),
                          .entered_by = part->entered_by,
                          .signature = part->signature,
                          .verification = part->verification,
                          .basis = part->basis};
    odm_label_complete(&form->label, part->oid);
    form->note =
        odm_words_of(resolving, part->comment, DEFINITION_COMMENT, part->place);
    part->seen_in = gathering.mark;
    if (resolving->parts->is_ours)
        refuse_loose_items(resolving, part);
    else if (part->group != SIZE_MAX && !add_group(&gathering, part, part->place, err))
        return false;
    if (!visit_nested(&gathering, part, (struct standing){.depth = 0}, err))
        return false;
    if (gathering.groups.count == 0)
        odm_strict_add(resolving->parts, part->place, NULL,
                       "the form %.*s has no section", SHOWN(part->oid));
    form->groups = gathering.groups.things;
    form->group_count = gathering.groups.count;
    return true;
}

bool odm_resolve_forms(struct resolving *resolving, struct error *err)
{
    for (size_t i = 0; i < resolving->parts->groups.count; i++)
        if (odm_group_part(resolving, i)->form != SIZE_MAX &&
            !resolve_form(resolving, i, err))
            return false;
    return true;
}
