#include "actions/import_map.h"

#include "actions/import_checkbox.h"
#include "actions/import_kept.h"
#include "base/nearest.h"

#include <string.h>

static struct import_place *here(struct import_map *map)
{
    return &map->places[map->depth];
}

static bool note(struct import_map *map, const struct xml_place *place,
                 struct text hint, const char *sentence, struct text what)
{
    import_report_add(map->report, false, place, hint, "%.*s: %s", TEXT_ARG(what),
                      sentence);
    return true;
}

/* --- OIDs ------------------------------------------------------------------------------ */

static bool unknown(struct import_map *map, const char *kind, struct text oid,
                    struct text nearest, const struct xml_place *place,
                    struct error *err)
{
    here(map)->is_unknown = true;
    return import_report_unknown(map->report, kind, oid, nearest, place, err);
}

static struct text nearest_event(const struct design *design, struct text oid)
{
    struct nearest nearest = nearest_to(oid);
    for (size_t i = 0; i < design->event_count; i++)
        nearest_offer(&nearest, design->events[i].oid);
    return nearest.best;
}

static struct text nearest_form(const struct design *design, struct text oid)
{
    struct nearest nearest = nearest_to(oid);
    for (size_t i = 0; i < design->form_count; i++)
        nearest_offer(&nearest, design->forms[i].oid);
    return nearest.best;
}

static struct text nearest_group(const struct design *design, struct text oid)
{
    struct nearest nearest = nearest_to(oid);
    for (size_t i = 0; i < design->group_count; i++)
        nearest_offer(&nearest, design->groups[i].oid);
    return nearest.best;
}

/* "3", or the number in brackets of "AE[3]", as Rave writes it; absent: 1. */
static bool repeat_of(struct import_map *map, const struct odm_level *level,
                      int64_t *repeat)
{
    struct text key = text_trim(level->key);
    *repeat = 1;
    if (key.len == 0)
        return true;
    size_t bracket = text_find(key, '[');
    if (bracket < key.len && key.at[key.len - 1] == ']')
        key = text_part(key, bracket + 1, key.len - bracket - 2);
    if (text_to_int64(key, repeat) && *repeat >= 1 && *repeat <= LIMIT_ROWS)
        return true;
    import_report_add(map->report, true, &level->place,
                      TEXT("repeat keys here are whole numbers from 1"),
                      "the repeat key \"%.*s\" is no number", TEXT_ARG(level->key));
    *repeat = 1;
    return false;
}

/* --- levels ---------------------------------------------------------------------------- */

static bool knows_study(const struct import_map *map, struct text oid)
{
    if (text_equal(oid, map->design->study_oid))
        return true;
    for (size_t i = 0; i < map->study_count; i++)
        if (text_equal(map->studies[i], oid))
            return true;
    return false;
}

static bool start_clinical(struct import_map *map, const struct odm_level *level,
                           struct error *err)
{
    map->has_data = true;
    map->subject = (struct text){0};
    if (!knows_study(map, level->oid))
        return import_report_unknown(map->report, "study", level->oid,
                                     map->design->study_oid, &level->place, err);
    return true;
}

static bool start_subject(struct import_map *map, const struct odm_level *level)
{
    memcpy(map->subject_bytes, level->key.at, level->key.len);
    map->subject = (struct text){map->subject_bytes, level->key.len};
    map->subject_hash = text_hash(map->subject);
    map->site = map->default_site;
    map->held_count = 0;
    map->has_last = false;
    map->report->participants++;
    return true;
}

static bool start_event(struct import_map *map, const struct odm_level *level,
                        struct error *err)
{
    struct import_place *place = here(map);
    place->event = design_event(map->design, level->oid);
    (void)!repeat_of(map, level, &place->event_repeat);
    if (place->event == NULL)
        return unknown(map, "event", level->oid, nearest_event(map->design, level->oid),
                       &level->place, err);
    return place->event->is_repeating || place->event_repeat == 1 ||
           note(map, &level->place, TEXT(""),
                "the design does not repeat this event; kept as it is", level->oid);
}

/* A study of another system may know no events (REDCap without visits): then it is the one
 * event that has the form. */
static void event_of_form(struct import_map *map, struct import_place *place)
{
    for (size_t i = 0; place->event == NULL && i < map->design->event_count; i++)
        if (event_has_form(&map->design->events[i], place->form))
            place->event = &map->design->events[i];
    if (place->event_repeat == 0)
        place->event_repeat = 1;
}

static bool start_form(struct import_map *map, const struct odm_level *level,
                       struct error *err)
{
    struct import_place *place = here(map);
    place->form = design_form(map->design, level->oid);
    place->target = NULL;
    (void)!repeat_of(map, level, &place->form_repeat);
    if (place->form == NULL)
        return unknown(map, "form", level->oid, nearest_form(map->design, level->oid),
                       &level->place, err);
    event_of_form(map, place);
    if (place->event == NULL) {
        import_report_add(map->report, true, &level->place, TEXT(""),
                          "the form %.*s is in no event of the design",
                          TEXT_ARG(level->oid));
        place->is_unknown = true;
        return true;
    }
    if (!event_has_form(place->event, place->form))
        (void)note(map, &level->place, TEXT(""),
                   "the design does not have this form at this event; kept as it is",
                   level->oid);
    return place->form->is_repeating || place->form_repeat == 1 ||
           note(map, &level->place, TEXT(""),
                "the design does not repeat this form; kept as it is", level->oid);
}

/* REDCap calls a section by its form and its first field, FORM.FIELD, and where it begins
 * one differs between its exports. */
static const struct item_group *group_of(const struct import_map *map, struct text oid)
{
    const struct item_group *group = design_group(map->design, oid);
    const struct form *form = map->places[map->depth].form;
    size_t point = text_find(oid, '.');
    const struct code *choice;
    if (group != NULL || form == NULL || !map->design->is_foreign || point == oid.len)
        return group;
    struct text field = text_part(oid, point + 1, oid.len);
    const struct item *item = import_checkbox_of(map->design, field, &choice);
    return item == NULL ? NULL : form_group_of(form, item);
}

/* In ODM 2.0 a form is a group, and groups nest: the form is the outermost. */
static bool start_group(struct import_map *map, const struct odm_level *level,
                        struct error *err)
{
    struct import_place *place = here(map);
    if (place->form == NULL && design_form(map->design, level->oid) != NULL)
        return start_form(map, level, err);
    place->group = group_of(map, level->oid);
    (void)!repeat_of(map, level, &place->row);
    if (place->group != NULL || design_form(map->design, level->oid) != NULL)
        return true;
    return unknown(map, "group", level->oid, nearest_group(map->design, level->oid),
                   &level->place, err);
}

static bool on_level_start(void *data, const struct odm_level *level, struct error *err)
{
    struct import_map *map = data;
    struct import_place inherited = *here(map);
    map->places[++map->depth] = inherited;
    struct import_place *place = here(map);
    if (level->transaction != ODM_TRANSACTION_NONE)
        place->transaction = level->transaction;
    switch (level->kind) {
    case ODM_LEVEL_CLINICAL:
    case ODM_LEVEL_REFERENCE: return start_clinical(map, level, err);
    case ODM_LEVEL_SUBJECT: return start_subject(map, level);
    case ODM_LEVEL_EVENT: return start_event(map, level, err);
    case ODM_LEVEL_FORM: return start_form(map, level, err);
    case ODM_LEVEL_GROUP: return start_group(map, level, err);
    case ODM_LEVEL_NONE: break;
    }
    return true;
}

/* --- forms ------------------------------------------------------------------------------ */

struct import_form *import_map_form(struct import_map *map, const struct form_key *key)
{
    for (size_t i = map->form_count; i-- > 0;)
        if (map->forms[i].subject_hash == map->subject_hash &&
            text_equal(map->forms[i].subject, map->subject) &&
            form_key_equal(&map->forms[i].key, key))
            return &map->forms[i];
    ASSERT(map->form_count < IMPORT_FORMS_MOST);
    struct import_form *form = &map->forms[map->form_count++];
    *form = (struct import_form){.subject = text_copy(map->arena, map->subject),
                                 .subject_hash = map->subject_hash,
                                 .site = map->site,
                                 .key = *key};
    map->last = *key;
    map->has_last = true;
    import_held_give(map, form);
    return form;
}

struct import_form *import_map_form_here(struct import_map *map)
{
    struct import_place *place = here(map);
    struct form_key key = {.event = place->event->oid,
                           .event_repeat = place->event_repeat,
                           .form = place->form->oid,
                           .form_repeat = place->form_repeat};
    if (place->target == NULL)
        place->target = import_map_form(map, &key);
    return place->target;
}

struct value_change *import_map_change(struct import_map *map, struct import_form *form,
                                       struct text item, int64_t row)
{
    form->changes = ARENA_GROW(map->arena, form->changes, form->change_count,
                               &form->change_capacity);
    map->change_count++;
    struct value_change *change = &form->changes[form->change_count++];
    *change = (struct value_change){.source = SOURCE_PERSON, .item = item, .row = row};
    return change;
}

bool import_map_flush(struct import_map *map, struct error *err)
{
    if (map->form_count == 0)
        return true;
    bool is_taken = map->portion == NULL || map->portion(map->data, map, err);
    arena_reset(
        map->spare); /* of the portion before, which has been taken as a whole */
    import_kept_carry(map, map->spare);
    struct arena *next = map->spare;
    map->spare = map->arena;
    map->arena = next;
    map->forms = ARENA_ARRAY(map->arena, struct import_form, IMPORT_FORMS_MOST);
    map->form_count = map->change_count = map->kept_bytes = 0;
    for (size_t i = 0; i <= map->depth; i++)
        map->places[i].target = NULL;
    return is_taken;
}

/* Portions end with a participant where they can, so that the whole history of an answer is
 * seen at once and what of it is known already is no news. Only one that is larger than
 * `patience` of them is cut: its parts are staged one after the other, as corrections are. */
static bool is_full(const struct import_map *map, size_t patience)
{
    return map->change_count >= patience * LIMIT_IMPORT_UNIT ||
           map->form_count == IMPORT_FORMS_MOST ||
           map->kept_bytes >= patience * LIMIT_IMPORT_KEPT;
}

enum { PATIENCE_IN_FORM = 16, PATIENCE_IN_PARTICIPANT = 8 };

bool import_map_make_room(struct import_map *map, struct error *err)
{
    return !is_full(map, PATIENCE_IN_FORM) || import_map_flush(map, err);
}

/* In ODM 2.0 a form is the outermost of its groups. */
static bool ends_form(const struct import_map *map, enum odm_level_kind kind)
{
    return kind != ODM_LEVEL_GROUP || (map->places[map->depth].form != NULL &&
                                       map->places[map->depth - 1].form == NULL);
}

static bool on_level_end(void *data, enum odm_level_kind kind, struct error *err)
{
    struct import_map *map = data;
    if (kind == ODM_LEVEL_SUBJECT && map->held_count > 0) {
        import_report_add(map->report, false, NULL, TEXT(""),
                          "participant %.*s: %zu elements are not kept, there is no "
                          "form to keep them with",
                          TEXT_ARG(map->subject), map->held_count);
        map->held_count = 0;
    }
    size_t patience = kind == ODM_LEVEL_SUBJECT ? 1 : PATIENCE_IN_PARTICIPANT;
    bool must_flush = ends_form(map, kind) && is_full(map, patience);
    map->depth--;
    return !must_flush || import_map_flush(map, err);
}

/* --- answers ---------------------------------------------------------------------------- */

/* XML knows two spellings of a truth (XML Schema 1.1 part 2, 3.3.2); a list of codes has
 * one. */
static struct text spelt_as_code(const struct item *item, struct text value)
{
    if (item->codelist == NULL || item->codelist->code_count != 2 ||
        codelist_code(item->codelist, TEXT("true")) == NULL ||
        codelist_code(item->codelist, TEXT("false")) == NULL)
        return value;
    struct text digit = text_trim(value);
    if (text_equal(digit, TEXT("1")))
        return TEXT("true");
    return text_equal(digit, TEXT("0")) ? TEXT("false") : value;
}

/* As the design wants it; as it stands where that cannot be, and said. */
static struct text normalised(struct import_map *map, const struct item *item,
                              const struct odm_data_item *given)
{
    struct text value = {0};
    struct error why;
    if (value_normalise(item, spelt_as_code(item, given->value), map->arena, &value,
                        &why))
        return text_copy(map->arena, value);
    import_report_add(map->report, false, &given->place, text_of(why.hint), "%.*s: %s",
                      TEXT_ARG(given->oid), why.text);
    return text_copy(map->arena, given->value);
}

static bool answer_of(struct import_map *map, const struct item *item,
                      const struct odm_data_item *given, struct answer *answer)
{
    enum odm_transaction transaction = given->transaction != ODM_TRANSACTION_NONE
                                           ? given->transaction
                                           : here(map)->transaction;
    *answer = (struct answer){.is_in_vault = item->is_identity};
    if (transaction == ODM_TRANSACTION_REMOVE) {
        *answer = (struct answer){.missing = MISSING_CLEARED};
        return true;
    }
    if (given->is_null) {
        *answer = (struct answer){.missing = MISSING_OTHER,
                                  .missing_text = TEXT("null in the imported file")};
        import_pending_missing(map, answer);
        return true;
    }
    if (text_trim(given->value).len == 0) {
        map->report->empty_values++;
        return false;
    }
    answer->value = normalised(map, item, given);
    return true;
}

int64_t import_map_row(struct import_map *map, const struct item_group *group,
                       const struct odm_data_item *given)
{
    int64_t row = here(map)->row == 0 ? 1 : here(map)->row;
    if (group->is_repeating)
        return row;
    if (row > 1)
        import_report_add(map->report, false, &given->place, TEXT(""),
                          "%.*s: the design does not repeat this group; kept as row "
                          "%lld",
                          TEXT_ARG(group->oid), (long long)row);
    return row == 1 ? 0 : row;
}

static bool unknown_item(struct import_map *map, const struct odm_data_item *given,
                         struct error *err)
{
    struct import_place *place = here(map);
    bool was_unknown = place->is_unknown;
    bool is_noted =
        unknown(map, "item", given->oid, design_nearest_item(map->design, given->oid),
                &given->place, err);
    place->is_unknown = was_unknown;
    return is_noted;
}

static bool take_answer(struct import_map *map, const struct item *item,
                        const struct item_group *group,
                        const struct odm_data_item *given, struct error *err)
{
    struct answer answer;
    if (!import_pending_room(map, err))
        return false;
    bool has_answer = answer_of(map, item, given, &answer);
    if (!has_answer && map->pending_count == 0)
        return true;
    int64_t row = import_map_row(map, group, given);
    struct import_form *form = import_map_form_here(map);
    if (has_answer) {
        struct value_change *change = import_map_change(map, form, item->oid, row);
        change->new = answer;
        map->kept_bytes += answer.value.len > LIMIT_OID ? answer.value.len : 0;
    }
    import_pending_give(map, form, item->oid, row, has_answer ? form->change_count : 0);
    return true;
}

static bool take_item(struct import_map *map, const struct odm_data_item *given,
                      struct error *err)
{
    struct import_place *place = here(map);
    const struct code *choice = NULL;
    const struct item *item = import_checkbox_of(map->design, given->oid, &choice);
    map->report->values++;
    if (map->subject.len == 0)
        import_report_add(
            map->report, true, &given->place, TEXT("only ClinicalData is imported"),
            "%.*s: reference data belongs to no participant", TEXT_ARG(given->oid));
    if (item == NULL)
        return unknown_item(map, given, err);
    if (place->is_unknown || place->form == NULL || map->subject.len == 0)
        return true;
    const struct item_group *group = form_group_of(place->form, item);
    if (group != NULL && choice != NULL)
        return import_checkbox_take(
            map, &(struct import_tick){item, choice, group, given}, err);
    if (group != NULL)
        return take_answer(map, item, group, given, err);
    import_report_add(map->report, true, &given->place, TEXT(""),
                      "%.*s: the form %.*s does not have this item",
                      TEXT_ARG(given->oid), TEXT_ARG(place->form->oid));
    return true;
}

static bool on_item(void *data, const struct odm_data_item *given, struct error *err)
{
    struct import_map *map = data;
    bool is_taken = take_item(map, given, err);
    map->pending_count = 0;
    return is_taken;
}

/* --- the rest --------------------------------------------------------------------------- */

static bool on_kept(void *data, const struct odm_data_kept *given, struct error *err)
{
    return import_keep(data, given, err);
}

static bool on_named(void *data, const struct odm_data_named *given, struct error *err)
{
    const struct import_map *map = data;
    return import_names_add(map->names, given, map->report, err);
}

static bool on_deviation(void *data, const struct xml_place *place,
                         const char *sentence, struct error *err)
{
    struct import_map *map = data;
    (void)err;
    import_report_add(map->report, false, place, TEXT(""), "%s", sentence);
    return true;
}

static bool on_study(void *data, struct text oid, struct error *err)
{
    struct import_map *map = data;
    (void)err;
    if (map->study_count < ARRAY_COUNT(map->studies))
        map->studies[map->study_count++] = text_copy(map->report->arena, oid);
    return true;
}

/* Portion after portion fills the same memory. */
static struct arena *portion_arena(void)
{
    struct arena *arena = arena_new(SIZE_MAX / 2);
    arena_keep(arena, LIMIT_WRITER_KEPT);
    return arena;
}

void import_map_begin(struct import_map *map)
{
    map->arena = portion_arena();
    map->spare = portion_arena();
    map->forms = ARENA_ARRAY(map->arena, struct import_form, IMPORT_FORMS_MOST);
}

void import_map_end(struct import_map *map)
{
    arena_free(map->arena);
    arena_free(map->spare);
}

struct odm_data_events import_map_events(struct import_map *map)
{
    return (struct odm_data_events){.level_start = on_level_start,
                                    .level_end = on_level_end,
                                    .item = on_item,
                                    .kept = on_kept,
                                    .named = on_named,
                                    .deviation = on_deviation,
                                    .study = on_study,
                                    .data = map};
}
