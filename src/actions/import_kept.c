#include "actions/import_kept.h"

#include "base/limits.h"
#include "formats/odm_said.h"

#include <string.h>

static const struct import_place *here(const struct import_map *map)
{
    return &map->places[map->depth];
}

static void add(struct import_map *map, struct import_form *form,
                const struct import_kept *kept)
{
    form->kept =
        ARENA_GROW(map->arena, form->kept, form->kept_count, &form->kept_capacity);
    form->kept[form->kept_count++] = *kept;
    form->kept_bytes += kept->xml.len;
    map->kept_bytes += kept->xml.len;
    map->report->kept++;
}

/* --- of a form, a group, an event, a participant ------------------------------------------ */

static void take_site(struct import_map *map, const struct odm_data_kept *given)
{
    if (!text_equal(given->element, TEXT("SiteRef")))
        return;
    const struct site *site = design_site(map->design, given->location);
    if (site != NULL)
        map->site = site->code;
}

static bool use_names(const struct import_map *map, const struct odm_data_kept *given,
                      struct error *err)
{
    return import_names_use(map->names, "User", given->user, err) &&
           import_names_use(map->names, "Location", given->location, err) &&
           import_names_use(map->names, "SignatureDef", given->signature, err);
}

static struct import_kept kept_of(const struct import_map *map,
                                  const struct odm_data_kept *given)
{
    const struct import_place *place = here(map);
    struct import_kept kept = {.element = text_copy(map->arena, given->element),
                               .row = place->row,
                               .xml = text_copy(map->arena, given->xml)};
    if (given->item.len > 0)
        kept.level = IMPORT_LEVEL_ITEM;
    else if (place->form != NULL && place->group != NULL) {
        kept.level = IMPORT_LEVEL_GROUP;
        kept.item = place->group->oid;
    } else if (place->form == NULL)
        kept.level = place->event == NULL ? IMPORT_LEVEL_SUBJECT : IMPORT_LEVEL_EVENT;
    return kept;
}

/* Into the form of this key, or its next part where this one is full. */
static bool keep_in(struct import_map *map, const struct form_key *key,
                    const struct import_kept *kept, struct error *err)
{
    struct form_key whose = *key; /* lives in what a flush frees */
    struct import_form *form = import_map_form(map, &whose);
    struct import_kept mine = *kept;
    if (form->kept_bytes + kept->xml.len > LIMIT_IMPORT_KEPT && form->kept_count > 0) {
        map->held[map->held_count++] = mine; /* lives on through the flush */
        if (!import_map_flush(map, err))
            return false;
        mine = map->held[--map->held_count];
        form = import_map_form(map, &whose);
    }
    add(map, form, &mine);
    return true;
}

static bool hold(struct import_map *map, struct import_kept *at, size_t *count,
                 const struct import_kept *kept, const struct xml_place *place)
{
    if (*count < ARRAY_COUNT(map->held) - 1)
        at[(*count)++] = *kept;
    else
        import_report_add(map->report, false, place, TEXT(""),
                          "%.*s is not kept: there are more than %zu at one place",
                          TEXT_ARG(kept->element), ARRAY_COUNT(map->held) - 1);
    return true;
}

bool import_keep(struct import_map *map, const struct odm_data_kept *given,
                 struct error *err)
{
    const struct import_place *place = here(map);
    if (!import_map_make_room(map, err) || !use_names(map, given, err))
        return false;
    struct import_kept kept = kept_of(map, given);
    take_site(map, given);
    if (kept.level == IMPORT_LEVEL_ITEM)
        return hold(map, map->pending, &map->pending_count, &kept, &given->place);
    if (place->form != NULL && !place->is_unknown)
        return keep_in(map, &import_map_form_here(map)->key, &kept, err);
    if (map->has_last)
        return keep_in(map, &map->last, &kept, err);
    return hold(map, map->held, &map->held_count, &kept, &given->place);
}

void import_held_give(struct import_map *map, struct import_form *form)
{
    for (size_t i = 0; i < map->held_count; i++)
        add(map, form, &map->held[i]);
    map->held_count = 0;
}

/* --- of an item ----------------------------------------------------------------------------- */

bool import_pending_room(struct import_map *map, struct error *err)
{
    size_t bytes = 0;
    for (size_t i = 0; i < map->pending_count; i++)
        bytes += map->pending[i].xml.len;
    if (!import_map_make_room(map, err))
        return false;
    const struct import_form *form = here(map)->target;
    bool is_full = form != NULL && form->kept_count > 0 &&
                   form->kept_bytes + bytes > LIMIT_IMPORT_KEPT;
    return !is_full || import_map_flush(map, err);
}

void import_pending_missing(struct import_map *map, struct answer *answer)
{
    struct odm_said *said = NULL;
    size_t count = 0;
    struct error ignored;
    for (size_t i = 0; i < map->pending_count; i++) {
        const struct import_kept *kept = &map->pending[i];
        enum missing_reason reason;
        if (!text_equal(kept->element, TEXT("Annotation")) ||
            !odm_said_read(kept->xml, map->arena, &said, &count, &ignored) ||
            count == 0 ||
            !missing_reason_parse(odm_said_flag(said, "MISSING"), &reason))
            continue;
        *answer = (struct answer){.missing = reason, .missing_text = said->message};
        map->pending_count--;
        memmove(&map->pending[i], &map->pending[i + 1],
                (map->pending_count - i) * sizeof *map->pending);
        return;
    }
}

void import_pending_give(struct import_map *map, struct import_form *form,
                         struct text item, int64_t row, size_t change)
{
    for (size_t i = 0; i < map->pending_count; i++) {
        struct import_kept kept = map->pending[i];
        kept.item = item;
        kept.row = row;
        kept.change = change;
        add(map, form, &kept);
    }
    map->pending_count = 0;
}

static void carry(struct import_kept *kept, size_t count, struct arena *arena)
{
    for (size_t i = 0; i < count; i++) {
        kept[i].element = text_copy(arena, kept[i].element);
        kept[i].xml = text_copy(arena, kept[i].xml);
    }
}

void import_kept_carry(struct import_map *map, struct arena *arena)
{
    carry(map->held, map->held_count, arena);
    carry(map->pending, map->pending_count, arena);
}
