/* The index of all definitions, the following of references, the order of lists. */
#include "formats/odm_design_resolve.h"

#include "base/limits.h"
#include "base/nearest.h"

#include <stdio.h>
#include <stdlib.h>

enum { HINTS = 20 }; /* findings that get a nearest name; looking for it takes time */

/* An array of `count` zeroed things of `size`; one at least, so that NULL means full. */
void *odm_array(struct resolving *resolving, size_t count, size_t size)
{
    return arena_try(resolving->parts->study,
                     arena_product(size, count == 0 ? 1 : count));
}

struct odm_item *odm_item_part(const struct resolving *resolving, size_t i)
{
    return ODM_LIST_AT(resolving->parts->items, struct odm_item, i);
}

struct odm_group *odm_group_part(const struct resolving *resolving, size_t i)
{
    return ODM_LIST_AT(resolving->parts->groups, struct odm_group, i);
}

bool odm_is_form(const struct odm_group *group)
{
    return group->is_form_def || text_equal(group->type, TEXT("Form"));
}

/* A label always has an English text; the Chinese one falls back to it on the page. */
void odm_label_complete(struct label *label, struct text fallback)
{
    if (text_is_absent(label->english))
        label->english = text_is_absent(label->chinese) ? fallback : label->chinese;
}

/* --- the index -------------------------------------------------------------------- */

static void index_one(struct resolving *resolving, struct text oid,
                      enum odm_definition kind, size_t position, struct xml_place place)
{
    struct oid_entry entry = {.oid = oid, .kind = (int)kind, .position = position};
    if (text_is_absent(oid)) /* said already */
        return;
    bool is_taken = false;
    for (int other = 0; resolving->parts->is_ours && other <= DEFINITION_UNIT; other++)
        is_taken = is_taken || oid_index_find(&resolving->index, oid, other) != NULL;
    if (is_taken || !oid_index_add(&resolving->index, entry))
        odm_finding_add(resolving->parts, place, "an OID names one thing",
                        "the OID %.*s is taken already", SHOWN(oid));
}

void odm_index_all(struct resolving *resolving)
{
    struct odm_parts *parts = resolving->parts;
    for (size_t i = 0; i < parts->events.count; i++) {
        const struct odm_event *event = ODM_LIST_AT(parts->events, struct odm_event, i);
        index_one(resolving, event->event.oid, DEFINITION_EVENT, i, event->place);
    }
    for (size_t i = 0; i < parts->groups.count; i++) {
        const struct odm_group *group = odm_group_part(resolving, i);
        index_one(resolving, group->oid,
                  group->is_form_def ? DEFINITION_FORM : DEFINITION_GROUP, i,
                  group->place);
    }
    for (size_t i = 0; i < parts->items.count; i++) {
        const struct odm_item *item = odm_item_part(resolving, i);
        index_one(resolving, item->item.oid, DEFINITION_ITEM, i, item->place);
    }
    for (size_t i = 0; i < parts->codelists.count; i++) {
        const struct odm_codelist *list =
            ODM_LIST_AT(parts->codelists, struct odm_codelist, i);
        index_one(resolving, list->codelist.oid, DEFINITION_CODELIST, i, list->place);
    }
    for (size_t i = 0; i < parts->words.count; i++) {
        const struct odm_words *words = ODM_LIST_AT(parts->words, struct odm_words, i);
        index_one(resolving, words->oid, DEFINITION_CONDITION + words->kind, i,
                  words->place);
    }
    for (size_t i = 0; i < parts->units.count; i++) {
        const struct odm_unit *unit = ODM_LIST_AT(parts->units, struct odm_unit, i);
        index_one(resolving, unit->oid, DEFINITION_UNIT, i, unit->place);
    }
}

static const char *name_of(enum odm_definition kind)
{
    switch (kind) {
    case DEFINITION_EVENT: return "StudyEventDef";
    case DEFINITION_FORM: return "FormDef";
    case DEFINITION_GROUP: return "ItemGroupDef";
    case DEFINITION_ITEM: return "ItemDef";
    case DEFINITION_CODELIST: return "CodeList";
    case DEFINITION_CONDITION: return "ConditionDef";
    case DEFINITION_METHOD: return "MethodDef";
    case DEFINITION_COMMENT: return "CommentDef";
    case DEFINITION_UNIT: return "MeasurementUnit";
    }
    return "";
}

static struct text nearest_oid(const struct resolving *resolving, struct text oid,
                               enum odm_definition kind)
{
    struct nearest nearest = nearest_to(oid);
    for (size_t i = 0; i <= resolving->index.mask; i++) {
        const struct oid_entry *entry = &resolving->index.slots[i];
        if (!text_is_absent(entry->oid) && entry->kind == (int)kind)
            nearest_offer(&nearest, entry->oid);
    }
    return nearest.best;
}

/* The position of a definition in its list, or SIZE_MAX with a finding. */
size_t odm_follow(struct resolving *resolving, struct text oid,
                  enum odm_definition kind, struct xml_place place)
{
    if (text_is_absent(oid))
        return SIZE_MAX;
    const struct oid_entry *entry = oid_index_find(&resolving->index, oid, (int)kind);
    if (entry != NULL)
        return entry->position;
    char hint[LIMIT_OID + 40] = "";
    if (!resolving->parts->is_ours)
        snprintf(hint, sizeof hint, "it is left out");
    if (resolving->parts->findings->total < HINTS) {
        struct text best = nearest_oid(resolving, oid, kind);
        if (!text_is_absent(best))
            snprintf(hint, sizeof hint, "did you mean %.*s?", TEXT_ARG(best));
    }
    odm_strict_add(resolving->parts, place, hint, "there is no %s %.*s", name_of(kind),
                   SHOWN(oid));
    return SIZE_MAX;
}

/* Words under an OID; absent when there is no reference. */
struct label odm_words_of(struct resolving *resolving, struct text oid,
                          enum odm_definition kind, struct xml_place place)
{
    size_t i = odm_follow(resolving, oid, kind, place);
    if (i == SIZE_MAX)
        return (struct label){{0}, {0}};
    const struct odm_words *words =
        ODM_LIST_AT(resolving->parts->words, struct odm_words, i);
    struct label label = words->words;
    odm_label_complete(&label, words->oid);
    return label;
}

struct formula odm_formula_of(const struct resolving *resolving, struct text oid)
{
    const struct oid_entry *entry = NULL;
    if (!text_is_absent(oid))
        entry = oid_index_find(&resolving->index, oid, DEFINITION_CONDITION);
    if (entry == NULL && !text_is_absent(oid))
        entry = oid_index_find(&resolving->index, oid, DEFINITION_METHOD);
    if (entry == NULL)
        return (struct formula){{0}, {0}, 0}; /* said already */
    return ODM_LIST_AT(resolving->parts->words, struct odm_words, entry->position)
        ->formula;
}

/* --- order ------------------------------------------------------------------------ */

static int compare_order(size_t a_order, size_t a_serial, size_t b_order,
                         size_t b_serial)
{
    if (a_order != b_order)
        return a_order < b_order ? -1 : 1;
    return a_serial < b_serial ? -1 : a_serial > b_serial;
}

static int compare_references(const void *a, const void *b)
{
    const struct odm_reference *one = a;
    const struct odm_reference *other = b;
    return compare_order(one->order, one->serial, other->order, other->serial);
}

static int compare_codes(const void *a, const void *b)
{
    const struct odm_code *one = a;
    const struct odm_code *other = b;
    return compare_order(one->order, one->serial, other->order, other->serial);
}

/* By OrderNumber where it is given, then as they stand in the document. Each thing of
 * the list begins with a reference. */
static void sort(struct odm_list *list, size_t size)
{
    for (size_t i = 0; i < list->count; i++)
        ((struct odm_reference *)((char *)list->things + i * size))->serial = i;
    if (list->count > 1)
        qsort(list->things, list->count, size, compare_references);
}

void odm_sort_references(struct odm_list *list)
{
    sort(list, sizeof(struct odm_reference));
}

void odm_sort_item_references(struct odm_list *list)
{
    sort(list, sizeof(struct odm_item_reference));
}

void odm_sort_plan_references(struct odm_list *list)
{
    sort(list, sizeof(struct odm_plan_reference));
}

void odm_sort_codes(struct odm_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        ODM_LIST_AT(*list, struct odm_code, i)->serial = i;
    if (list->count > 1)
        qsort(list->things, list->count, sizeof(struct odm_code), compare_codes);
}
