/* N boolean items field___code become one item of several codes. */
#include "base/limits.h"
#include "base/oid_index.h"
#include "formats/redcap_choice.h"
#include "formats/redcap_project.h"

#include <stdio.h>
#include <string.h>

enum { FIELD, CHOICE, LIST };

struct folding {
    struct odm_parts *parts;
    struct oid_index index; /* fields and choices to items, code lists by OID */
    bool *is_dropped;       /* items */
};

static struct odm_item *item_at(struct folding *folding, size_t i)
{
    return ODM_LIST_AT(folding->parts->items, struct odm_item, i);
}

static struct odm_codelist *list_of(struct folding *folding,
                                    const struct odm_item *part)
{
    const struct oid_entry *entry =
        text_is_absent(part->codelist)
            ? NULL
            : oid_index_find(&folding->index, part->codelist, LIST);
    return entry == NULL ? NULL
                         : ODM_LIST_AT(folding->parts->codelists, struct odm_codelist,
                                       entry->position);
}

/* The first item of a checkbox becomes the whole; its code list that of the choices. */
static bool become_whole(struct folding *folding, size_t i, struct error *err)
{
    struct odm_parts *parts = folding->parts;
    struct odm_item *part = item_at(folding, i);
    struct odm_codelist *list = list_of(folding, part);
    struct odm_list codes = {0};
    char oid[LIMIT_OID + 10];
    snprintf(oid, sizeof oid, "%.*s.choices", TEXT_ARG(part->checkbox));
    if (!redcap_choices_read(parts, list->place, list->choices, false, &codes, err) ||
        !odm_keep(parts, text_of(oid), &list->codelist.oid, err))
        return false;
    list->codelist.label = (struct label){.english = part->checkbox};
    list->codes = codes;
    part->item.oid = part->item.name = part->checkbox;
    part->item.type = ITEM_CODED;
    part->item.is_multiple = codes.count > 0;
    part->is_boolean = false;
    part->codelist = list->codelist.oid;
    return true;
}

/* Can the item be one of the choices of a checkbox? Else it stays what it is. */
static bool is_choice(struct folding *folding, const struct odm_item *part)
{
    struct text suffix;
    if (text_is_absent(part->checkbox) || part->checkbox.len + 8 > LIMIT_OID ||
        text_is_absent(part->item.oid) ||
        !text_equal(redcap_choice_field(part->item.oid, &suffix), part->checkbox) ||
        text_find(part->checkbox, '"') < part->checkbox.len)
        return false;
    const struct odm_codelist *list = list_of(folding, part);
    return list != NULL && list->choices.len > 0;
}

static bool index_all(struct folding *folding, struct error *err)
{
    struct odm_parts *parts = folding->parts;
    if (!oid_index_make(&folding->index,
                        2 * parts->items.count + parts->codelists.count, parts->study))
        return odm_no_room(err);
    for (size_t i = 0; i < parts->codelists.count; i++) {
        struct text oid =
            ODM_LIST_AT(parts->codelists, struct odm_codelist, i)->codelist.oid;
        if (!text_is_absent(oid))
            (void)!oid_index_add(&folding->index, (struct oid_entry){oid, LIST, i});
    }
    /* A field of this name that is no checkbox goes before. */
    for (size_t i = 0; i < parts->items.count; i++)
        if (!text_is_absent(item_at(folding, i)->item.oid))
            (void)!oid_index_add(
                &folding->index,
                (struct oid_entry){item_at(folding, i)->item.oid, CHOICE, i});
    return true;
}

static bool fold_items(struct folding *folding, struct error *err)
{
    for (size_t i = 0; i < folding->parts->items.count; i++) {
        struct odm_item *part = item_at(folding, i);
        if (!is_choice(folding, part) ||
            oid_index_find(&folding->index, part->checkbox, CHOICE) != NULL)
            continue;
        const struct oid_entry *whole =
            oid_index_find(&folding->index, part->checkbox, FIELD);
        folding->is_dropped[i] = whole != NULL;
        if (whole == NULL &&
            (!oid_index_add(&folding->index,
                            (struct oid_entry){part->checkbox, FIELD, i}) ||
             !become_whole(folding, i, err)))
            return false;
    }
    return true;
}

/* --- what speaks of them ---------------------------------------------------------------- */

/* Where an OID of a folded item leads: false when what speaks of it goes. */
static bool follow(struct folding *folding, struct text *oid)
{
    const struct oid_entry *entry =
        text_is_absent(*oid) ? NULL : oid_index_find(&folding->index, *oid, CHOICE);
    if (entry == NULL)
        return true;
    if (folding->is_dropped[entry->position])
        return false;
    *oid = item_at(folding, entry->position)->item.oid;
    return true;
}

static void sift_references(struct folding *folding, struct odm_group *group)
{
    size_t count = 0;
    for (size_t i = 0; i < group->items.count; i++) {
        struct odm_item_reference *reference =
            ODM_LIST_AT(group->items, struct odm_item_reference, i);
        if (follow(folding, &reference->to.oid))
            *ODM_LIST_AT(group->items, struct odm_item_reference, count++) = *reference;
    }
    group->items.count = count;
}

static void sift_rules(struct folding *folding)
{
    struct odm_list *rules = &folding->parts->foreign_rules;
    size_t count = 0;
    for (size_t i = 0; i < rules->count; i++) {
        struct odm_foreign_rule *part = ODM_LIST_AT(*rules, struct odm_foreign_rule, i);
        struct text *owner = &part->rule.owner;
        bool is_of_item = part->rule.is_of_item || part->rule.use == FOREIGN_CHECK;
        if (!is_of_item || follow(folding, owner))
            *ODM_LIST_AT(*rules, struct odm_foreign_rule, count++) = *part;
    }
    rules->count = count;
}

static void own_formulas(struct item *item)
{
    if (!text_is_absent(item->shows.oid))
        item->shows.oid = item->oid;
    if (!text_is_absent(item->derives.oid))
        item->derives.oid = item->oid;
}

/* The dropped items, and their code lists. */
static void sift_items(struct folding *folding)
{
    struct odm_parts *parts = folding->parts;
    size_t count = 0, lists = 0;
    for (size_t i = 0; i < parts->items.count; i++)
        if (folding->is_dropped[i] && list_of(folding, item_at(folding, i)) != NULL)
            list_of(folding, item_at(folding, i))->is_folded = true;
    for (size_t i = 0; i < parts->items.count; i++) {
        if (folding->is_dropped[i])
            continue;
        struct odm_item *part = item_at(folding, i);
        if (part->item.is_multiple)
            own_formulas(&part->item);
        *item_at(folding, count++) = *part;
    }
    parts->items.count = count;
    for (size_t i = 0; i < parts->codelists.count; i++) {
        struct odm_codelist *list =
            ODM_LIST_AT(parts->codelists, struct odm_codelist, i);
        if (!list->is_folded)
            *ODM_LIST_AT(parts->codelists, struct odm_codelist, lists++) = *list;
    }
    parts->codelists.count = lists;
}

static bool has_checkbox(const struct odm_parts *parts)
{
    for (size_t i = 0; i < parts->items.count; i++)
        if (!text_is_absent(ODM_LIST_AT(parts->items, struct odm_item, i)->checkbox))
            return true;
    return false;
}

bool redcap_checkboxes_fold(struct odm_parts *parts, struct error *err)
{
    struct folding folding = {.parts = parts};
    if (!has_checkbox(parts))
        return true;
    folding.is_dropped = arena_try(parts->study, parts->items.count);
    if (folding.is_dropped == NULL)
        return odm_no_room(err);
    memset(folding.is_dropped, 0, parts->items.count);
    if (!index_all(&folding, err) || !fold_items(&folding, err))
        return false;
    for (size_t i = 0; i < parts->groups.count; i++)
        sift_references(&folding, ODM_LIST_AT(parts->groups, struct odm_group, i));
    sift_rules(&folding);
    sift_items(&folding);
    return true;
}
