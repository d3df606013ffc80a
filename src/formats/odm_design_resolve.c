/* Code lists and items, and the way through all parts. */
#include "formats/odm_design_resolve.h"

/* --- code lists and items --------------------------------------------------------- */

static bool resolve_codelist(struct resolving *resolving, size_t i, struct error *err)
{
    struct odm_parts *parts = resolving->parts;
    struct odm_codelist *list = ODM_LIST_AT(parts->codelists, struct odm_codelist, i);
    struct code *codes = odm_array(resolving, list->codes.count, sizeof *codes);
    struct oid_index seen;
    if (codes == NULL || !oid_index_make(&seen, list->codes.count, parts->study))
        return odm_no_room(err);
    odm_sort_codes(&list->codes);
    for (size_t k = 0; k < list->codes.count; k++) {
        const struct odm_code *code = ODM_LIST_AT(list->codes, struct odm_code, k);
        codes[k] = code->code;
        struct oid_entry entry = {.oid = code->code.code};
        if (!text_is_absent(entry.oid) && !oid_index_add(&seen, entry))
            odm_strict_add(parts, code->place, NULL,
                           "the code %.*s stands twice in %.*s", SHOWN(entry.oid),
                           SHOWN(list->codelist.oid));
    }
    if (list->codes.count == 0 && !list->is_external)
        odm_strict_add(parts, list->place, NULL, "the CodeList %.*s has no code",
                       SHOWN(list->codelist.oid));
    odm_label_complete(&list->codelist.label, list->codelist.oid);
    list->codelist.codes = codes;
    list->codelist.code_count = list->codes.count;
    resolving->codelists[i] = list->codelist;
    return true;
}

/* Ticked codes are joined by a blank, so none may hold one. */
static void check_multiple(struct resolving *resolving, const struct odm_item *part)
{
    const struct codelist *list = part->item.codelist;
    if (list == NULL)
        odm_finding_add(resolving->parts, part->place, "add a CodeListRef",
                        "the item %.*s takes several codes but has no code list",
                        SHOWN(part->item.oid));
    for (size_t i = 0; list != NULL && i < list->code_count; i++)
        if (text_find(list->codes[i].code, ' ') < list->codes[i].code.len)
            odm_finding_add(resolving->parts, part->place, NULL,
                            "the item %.*s takes several codes, and \"%.*s\" holds a "
                            "blank",
                            SHOWN(part->item.oid), SHOWN(list->codes[i].code));
}

static bool has_limits(const struct item *item)
{
    return item->hard.has_low || item->hard.has_high || item->soft.has_low ||
           item->soft.has_high;
}

/* An item of a list that is empty, or stands elsewhere, is entered as text. */
static void resolve_codes(struct resolving *resolving, struct odm_item *part)
{
    struct item *item = &part->item;
    size_t list = odm_follow(resolving, part->codelist, DEFINITION_CODELIST,
                             part->codelist_place);
    if (list == SIZE_MAX) {
        if (item->codelist == NULL && item->type == ITEM_CODED)
            item->type = ITEM_TEXT;
        return;
    }
    bool has_codes = resolving->codelists[list].code_count > 0;
    item->type = has_codes ? ITEM_CODED : ITEM_TEXT;
    item->codelist = has_codes ? &resolving->codelists[list] : NULL;
    if (!has_limits(item))
        return;
    odm_strict_add(resolving->parts, part->place, "the limits are left out",
                   "the item %.*s has a code list and a RangeCheck", SHOWN(item->oid));
    item->hard = item->soft = (struct range){.has_low = false};
}

static void resolve_unit(struct resolving *resolving, struct odm_item *part)
{
    size_t i = odm_follow(resolving, part->unit, DEFINITION_UNIT, part->unit_place);
    if (i == SIZE_MAX)
        return;
    const struct odm_unit *unit =
        ODM_LIST_AT(resolving->parts->units, struct odm_unit, i);
    part->item.unit = unit->symbol.english;
}

/* What feeds bring is known by its LOINC code, and is a number in the item's unit. */
static void resolve_accepted(struct resolving *resolving, struct odm_item *part)
{
    struct item *item = &part->item;
    item->accepted = part->accepted.things;
    item->accepted_count = part->accepted.count;
    bool is_number = item->type == ITEM_DECIMAL || item->type == ITEM_INTEGER;
    if (item->accepted_count == 0 ||
        (is_number && item->unit.len > 0 && item->loinc.len > 0))
        return;
    odm_finding_add(
        resolving->parts, part->place,
        "give it a unit and a LOINC code, or leave \"accepts\" out",
        "the item %.*s accepts units of feeds, but is no number with a unit "
        "and a LOINC code",
        SHOWN(item->oid));
}

static void resolve_item(struct resolving *resolving, size_t i)
{
    struct odm_item *part = odm_item_part(resolving, i);
    struct item *item = &part->item;
    if (part->is_boolean && text_is_absent(part->codelist))
        item->codelist = resolving->yes_no;
    resolve_codes(resolving, part);
    resolve_unit(resolving, part);
    if (item->is_multiple)
        check_multiple(resolving, part);
    resolve_accepted(resolving, part);
    odm_label_complete(&part->description, item->name);
    odm_label_complete(&item->label, part->description.english);
    if (text_is_absent(item->label.chinese))
        item->label.chinese = part->description.chinese;
    if (!text_is_absent(item->note.chinese))
        odm_label_complete(&item->note, item->note.chinese);
    resolving->items[i] = *item;
}

/* A boolean is a choice of two codes (XML Schema 1.0 part 2, §3.2.2). */
static const struct code yes_no_codes[] = {
    {TEXT_INIT("true"), {TEXT_INIT("Yes"), TEXT_INIT("是")}},
    {TEXT_INIT("false"), {TEXT_INIT("No"), TEXT_INIT("否")}},
};
static const struct codelist yes_no = {
    .oid = TEXT_INIT("CL.osteon.boolean"),
    .label = {TEXT_INIT("Yes or no"), TEXT_INIT("是或否")},
    .codes = yes_no_codes,
    .code_count = ARRAY_COUNT(yes_no_codes),
};

/* --- the whole ------------------------------------------------------------------- */

static bool has_booleans(const struct resolving *resolving)
{
    for (size_t i = 0; i < resolving->parts->items.count; i++)
        if (odm_item_part(resolving, i)->is_boolean &&
            text_is_absent(odm_item_part(resolving, i)->codelist))
            return true;
    return false;
}

static bool make_arrays(struct resolving *resolving, struct error *err)
{
    struct odm_parts *parts = resolving->parts;
    struct design *design = odm_array(resolving, 1, sizeof *design);
    size_t definitions = parts->events.count + parts->groups.count +
                         parts->items.count + parts->codelists.count +
                         parts->words.count + parts->units.count;
    size_t codelists = parts->codelists.count + has_booleans(resolving);
    resolving->design = design;
    resolving->events =
        odm_array(resolving, parts->events.count + 1, sizeof *resolving->events);
    resolving->forms = odm_array(resolving, parts->groups.count, sizeof(struct form));
    resolving->groups =
        odm_array(resolving, parts->groups.count, sizeof(struct item_group));
    resolving->items = odm_array(resolving, parts->items.count, sizeof(struct item));
    parts->made_items = resolving->items;
    resolving->codelists = odm_array(resolving, codelists, sizeof(struct codelist));
    if (design == NULL || resolving->events == NULL || resolving->forms == NULL ||
        resolving->groups == NULL || resolving->items == NULL ||
        resolving->codelists == NULL ||
        !oid_index_make(&resolving->index, definitions, parts->study))
        return odm_no_room(err);
    *design = (struct design){.is_foreign = !parts->is_ours,
                              .events = resolving->events,
                              .forms = resolving->forms,
                              .groups = resolving->groups,
                              .items = resolving->items,
                              .item_count = parts->items.count,
                              .codelists = resolving->codelists,
                              .codelist_count = codelists};
    if (codelists > parts->codelists.count) {
        resolving->codelists[parts->codelists.count] = yes_no;
        resolving->yes_no = &resolving->codelists[parts->codelists.count];
    }
    return true;
}

bool odm_design_resolve(struct odm_parts *parts, struct design **out, struct error *err)
{
    struct resolving resolving = {.parts = parts};
    if (!make_arrays(&resolving, err))
        return false;
    odm_index_all(&resolving);
    odm_assign_places(&resolving);
    for (size_t i = 0; i < parts->codelists.count; i++)
        if (!resolve_codelist(&resolving, i, err))
            return false;
    for (size_t i = 0; i < parts->items.count; i++)
        resolve_item(&resolving, i);
    if (!odm_resolve_groups(&resolving, err) || !odm_resolve_forms(&resolving, err) ||
        !odm_resolve_study(&resolving, err) || !odm_resolve_rules(&resolving, err) ||
        !odm_resolve_foreign_rules(&resolving, err))
        return false;
    *out = resolving.design;
    return true;
}
