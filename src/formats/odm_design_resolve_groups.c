/* Which ItemGroupDefs become forms and groups; groups with their items.
 *
 * ODM 2.0 nests groups to any depth; the design has forms of groups of items. A group
 * that does not repeat within one that does becomes part of its rows; any other nested
 * group stands in the form after the one that holds it (odm_design_resolve_forms.c). */
#include "formats/odm_design_resolve.h"

#include "base/limits.h"

/* --- places ----------------------------------------------------------------------- */

/* The part that a reference leads to, or NULL; in silence. */
static struct odm_group *group_of(const struct resolving *resolving,
                                  const struct odm_reference *reference)
{
    if (text_is_absent(reference->oid))
        return NULL;
    const struct oid_entry *entry =
        oid_index_find(&resolving->index, reference->oid,
                       reference->is_form ? DEFINITION_FORM : DEFINITION_GROUP);
    return entry == NULL ? NULL : odm_group_part(resolving, entry->position);
}

static void note_lists(struct resolving *resolving, size_t form)
{
    const struct odm_list *groups = &odm_group_part(resolving, form)->groups;
    for (size_t i = 0; i < groups->count; i++) {
        struct odm_group *part =
            group_of(resolving, ODM_LIST_AT(*groups, struct odm_reference, i));
        if (part == NULL)
            continue;
        part->listed_count++;
        part->listed_by = form;
    }
}

/* A section that an event lists itself, and that is not the section of just one form,
 * becomes a form of its own. */
static void make_forms_for_events(struct resolving *resolving)
{
    const struct odm_list *events = &resolving->parts->events;
    for (size_t i = 0; i < events->count; i++) {
        const struct odm_list *forms =
            &ODM_LIST_AT(*events, struct odm_event, i)->forms;
        for (size_t k = 0; k < forms->count; k++) {
            struct odm_group *part = group_of(
                resolving, &ODM_LIST_AT(*forms, struct odm_plan_reference, k)->to);
            if (part != NULL && part->form == SIZE_MAX && part->listed_count != 1)
                part->form = resolving->design->form_count++;
        }
    }
}

void odm_assign_places(struct resolving *resolving)
{
    struct design *design = resolving->design;
    size_t count = resolving->parts->groups.count;
    for (size_t i = 0; i < count; i++) {
        struct odm_group *part = odm_group_part(resolving, i);
        bool is_form = odm_is_form(part);
        bool has_rows =
            is_form ? part->items.count > 0
                    : part->is_reference || !text_equal(part->type, TEXT("Dataset"));
        part->form = is_form ? design->form_count++ : SIZE_MAX;
        part->group = has_rows ? design->group_count++ : SIZE_MAX;
        if (is_form)
            note_lists(resolving, i);
    }
    if (!resolving->parts->is_ours)
        make_forms_for_events(resolving);
}

/* --- items ------------------------------------------------------------------------ */

static enum item_requirement requirement_of(const struct odm_item_reference *reference)
{
    if (!text_is_absent(reference->method))
        return ITEM_DERIVED;
    if (!reference->is_mandatory)
        return ITEM_OPTIONAL;
    return text_is_absent(reference->condition) ? ITEM_REQUIRED : ITEM_CONDITIONAL;
}

/* What ODM says where an item is used. In another's design expressions come later
 * (foreign_settle.h): until one runs, nothing is derived, and what is mandatory on a
 * condition is not missed. Its formulas have an OID and no code. */
static struct item use_of(struct resolving *resolving, const struct item *item,
                          const struct odm_item_reference *reference)
{
    struct xml_place place = reference->to.place;
    struct item use = *item;
    bool is_conditional = !text_is_absent(reference->condition);
    use.derivation =
        odm_words_of(resolving, reference->method, DEFINITION_METHOD, place);
    use.condition =
        odm_words_of(resolving, reference->condition, DEFINITION_CONDITION, place)
            .english;
    use.has_condition = is_conditional && resolving->parts->is_ours;
    use.is_system = reference->is_system && resolving->parts->is_ours;
    use.shows = odm_formula_of(resolving, reference->condition);
    use.derives = odm_formula_of(resolving, reference->method);
    use.requirement = requirement_of(reference);
    if (resolving->parts->is_ours)
        return use;
    use.requirement = reference->is_mandatory ? ITEM_REQUIRED : ITEM_OPTIONAL;
    if (reference->is_mandatory && is_conditional)
        use.requirement = ITEM_CONDITIONAL;
    use.shows.oid = is_conditional ? reference->condition : item->shows.oid;
    use.derives.oid =
        text_is_absent(reference->method) ? item->derives.oid : reference->method;
    return use;
}

/* All uses of an item must agree, or the looser one holds. */
static void place_item(struct resolving *resolving, size_t i,
                       const struct odm_item_reference *reference)
{
    struct odm_item *part = odm_item_part(resolving, i);
    struct item *item = &resolving->items[i];
    struct item use = use_of(resolving, item, reference);
    if (!part->is_placed) {
        part->is_placed = true;
        *item = use;
        return;
    }
    if (use.requirement == item->requirement && use.is_system == item->is_system &&
        text_equal(use.derivation.english, item->derivation.english) &&
        text_equal(use.condition, item->condition) &&
        text_equal(use.shows.oid, item->shows.oid) &&
        text_equal(use.derives.oid, item->derives.oid))
        return;
    odm_strict_add(resolving->parts, reference->to.place,
                   "the looser of the two holds; another OID for one keeps both",
                   "the item %.*s is used in two ways", SHOWN(item->oid));
    if (use.requirement != item->requirement)
        item->requirement = ITEM_OPTIONAL;
    if (!text_equal(use.derivation.english, item->derivation.english))
        item->derivation = (struct label){{0}, {0}};
    if (!text_equal(use.condition, item->condition))
        item->condition = (struct text){0};
    if (resolving->parts->is_ours)
        return;
    if (!text_equal(use.shows.oid, item->shows.oid))
        item->shows.oid = (struct text){0};
    if (!text_equal(use.derives.oid, item->derives.oid))
        item->derives.oid = (struct text){0};
}

/* --- groups ----------------------------------------------------------------------- */

bool odm_group_repeats(const struct odm_group *part)
{
    return part->is_repeating && !odm_is_form(part);
}

/* A group on its way: the rows of nested groups are gathered into its own. */
struct gathering {
    struct resolving *resolving;
    struct item_group *group;
    struct odm_list items; /* const struct item * */
    size_t mark;
};

static bool gather_items(struct gathering *gathering, struct odm_group *part,
                         struct error *err)
{
    struct resolving *resolving = gathering->resolving;
    struct item_group *group = gathering->group;
    odm_sort_item_references(&part->items);
    for (size_t i = 0; i < part->items.count; i++) {
        const struct odm_item_reference *reference =
            ODM_LIST_AT(part->items, struct odm_item_reference, i);
        size_t item = odm_follow(resolving, reference->to.oid, DEFINITION_ITEM,
                                 reference->to.place);
        void *added;
        if (item == SIZE_MAX)
            continue;
        place_item(resolving, item, reference);
        if (!odm_list_add(&gathering->items, sizeof(struct item *),
                          resolving->parts->study, &added, err))
            return false;
        *(const struct item **)added = &resolving->items[item];
        if (group->is_repeating && (reference->drives_repeats || reference->is_key))
            group->repeat_key = &resolving->items[item];
    }
    return true;
}

static bool gather(struct gathering *gathering, struct odm_group *part, size_t depth,
                   struct error *err);

static bool gather_nested(struct gathering *gathering, struct odm_group *part,
                          size_t depth, struct error *err)
{
    for (size_t i = 0; i < part->groups.count; i++) {
        struct odm_group *nested = group_of(
            gathering->resolving, ODM_LIST_AT(part->groups, struct odm_reference, i));
        if (nested == NULL || odm_group_repeats(nested) ||
            nested->seen_in == gathering->mark)
            continue;
        if (!gather(gathering, nested, depth + 1, err))
            return false;
    }
    return true;
}

static bool gather(struct gathering *gathering, struct odm_group *part, size_t depth,
                   struct error *err)
{
    part->seen_in = gathering->mark;
    odm_sort_references(&part->groups);
    if (!gather_items(gathering, part, err))
        return false;
    if (!gathering->group->is_repeating || depth == LIMIT_XML_DEPTH)
        return true;
    return gather_nested(gathering, part, depth, err);
}

static bool resolve_group(struct resolving *resolving, size_t i, struct error *err)
{
    struct odm_group *part = odm_group_part(resolving, i);
    struct item_group *group = &resolving->groups[part->group];
    struct gathering gathering = {
        .resolving = resolving, .group = group, .mark = i + 1};
    *group = (struct item_group){.oid = part->oid,
                                 .label = part->label,
                                 .is_repeating = odm_group_repeats(part),
                                 .is_reference = part->is_reference};
    odm_label_complete(&group->label, part->oid);
    if (part->is_reference && part->listed_count > 0)
        odm_strict_add(resolving->parts, part->place,
                       "a section is of participants or of the study",
                       "the section %.*s of reference data stands in a form",
                       SHOWN(part->oid));
    for (size_t k = 0; resolving->parts->is_ours && k < part->groups.count; k++)
        if (!odm_is_form(part))
            odm_finding_add(resolving->parts,
                            ODM_LIST_AT(part->groups, struct odm_reference, k)->place,
                            "let the form list it", "a section within the section %.*s",
                            SHOWN(part->oid));
    if (!gather(&gathering, part, 0, err))
        return false;
    group->items = gathering.items.things;
    group->item_count = gathering.items.count;
    return true;
}

bool odm_resolve_groups(struct resolving *resolving, struct error *err)
{
    for (size_t i = 0; i < resolving->parts->groups.count; i++)
        if (odm_group_part(resolving, i)->group != SIZE_MAX &&
            !resolve_group(resolving, i, err))
            return false;
    return true;
}
