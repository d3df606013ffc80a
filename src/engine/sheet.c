#include "engine/sheet.h"

#include <string.h>

struct sheet *sheet_new(const struct shape *shape, struct arena *arena)
{
    struct sheet *sheet = ARENA_NEW(arena, struct sheet);
    sheet->shape = shape;
    sheet->arena = arena;
    sheet->forms = ARENA_ARRAY(arena, struct sheet_form, (size_t)shape->form_count);
    sheet->properties = ARENA_ARRAY(arena, struct datum, (size_t)shape->property_count);
    return sheet;
}

static int32_t room_for(int32_t capacity, int32_t wanted)
{
    int32_t room = capacity < 4 ? 4 : capacity;
    while (room < wanted)
        room *= 2;
    return room;
}

/* ---- instances ---- */

static int order_of(const struct sheet_instance *a, int32_t event, int32_t event_repeat,
                    int32_t form_repeat)
{
    if (a->event != event)
        return a->event < event ? -1 : 1;
    if (a->event_repeat != event_repeat)
        return a->event_repeat < event_repeat ? -1 : 1;
    return (a->form_repeat > form_repeat) - (a->form_repeat < form_repeat);
}

/* The first position that is not before this key. */
static int32_t place_of(const struct sheet_form *form, int32_t event,
                        int32_t event_repeat, int32_t form_repeat)
{
    int32_t low = 0, high = form->count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (order_of(form->instances[middle], event, event_repeat, form_repeat) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add_serial(struct sheet *sheet, struct sheet_instance *instance)
{
    if (sheet->serial_count == sheet->serial_capacity) {
        int32_t capacity =
            room_for(sheet->serial_capacity * 2, sheet->serial_count + 1);
        struct sheet_instance **grown =
            ARENA_ARRAY(sheet->arena, struct sheet_instance *, (size_t)capacity);
        for (int32_t i = 0; i < sheet->serial_count; i++)
            grown[i] = sheet->by_serial[i];
        sheet->by_serial = grown;
        sheet->serial_capacity = capacity;
    }
    instance->serial = sheet->serial_count;
    sheet->by_serial[sheet->serial_count++] = instance;
}

static void insert(struct sheet *sheet, struct sheet_form *form, int32_t at,
                   struct sheet_instance *instance)
{
    if (form->count == form->capacity) {
        int32_t capacity = room_for(form->capacity * 2, form->count + 1);
        struct sheet_instance **grown =
            ARENA_ARRAY(sheet->arena, struct sheet_instance *, (size_t)capacity);
        for (int32_t i = 0; i < form->count; i++)
            grown[i] = form->instances[i];
        form->instances = grown;
        form->capacity = capacity;
    }
    for (int32_t i = form->count; i > at; i--)
        form->instances[i] = form->instances[i - 1];
    form->instances[at] = instance;
    form->count++;
}

static struct sheet_group *group_of(const struct sheet *sheet,
                                    const struct sheet_instance *instance,
                                    int32_t group)
{
    return &instance->groups[group - sheet->shape->forms[instance->form].first_group];
}

static void grow_rows(struct sheet *sheet, struct sheet_group *group, int32_t rows,
                      int32_t items)
{
    if (rows > group->capacity) {
        int32_t capacity = room_for(group->capacity * 2, rows);
        struct cell *cells = ARENA_ARRAY(
            sheet->arena, struct cell, arena_product((size_t)capacity, (size_t)items));
        if (group->rows > 0)
            memcpy(cells, group->cells, sizeof *cells * (size_t)(group->rows * items));
        group->cells = cells;
        group->capacity = capacity;
    }
}

struct sheet_instance *sheet_instance(struct sheet *sheet, int32_t form, int32_t event,
                                      int32_t event_repeat, int32_t form_repeat)
{
    struct sheet_form *list = &sheet->forms[form];
    const struct shape_form *shape = &sheet->shape->forms[form];
    int32_t at = place_of(list, event, event_repeat, form_repeat);
    if (at < list->count &&
        order_of(list->instances[at], event, event_repeat, form_repeat) == 0)
        return list->instances[at];
    struct sheet_instance *instance = ARENA_NEW(sheet->arena, struct sheet_instance);
    *instance = (struct sheet_instance){.form = form,
                                        .event = event,
                                        .event_repeat = event_repeat,
                                        .form_repeat = form_repeat};
    instance->groups =
        ARENA_ARRAY(sheet->arena, struct sheet_group, (size_t)shape->group_count);
    for (int32_t i = 0; i < shape->group_count; i++) {
        const struct shape_group *group = &sheet->shape->groups[shape->first_group + i];
        if (group->is_repeating)
            continue;
        instance->groups[i].cells =
            ARENA_ARRAY(sheet->arena, struct cell, (size_t)group->item_count);
        instance->groups[i].rows = instance->groups[i].capacity = 1;
    }
    add_serial(sheet, instance);
    insert(sheet, list, at, instance);
    return instance;
}

int32_t sheet_position(const struct sheet *sheet, const struct sheet_instance *instance)
{
    return place_of(&sheet->forms[instance->form], instance->event,
                    instance->event_repeat, instance->form_repeat);
}

/* ---- cells ---- */

void sheet_set_rows(struct sheet *sheet, struct sheet_instance *instance, int32_t group,
                    int32_t rows)
{
    struct sheet_group *at = group_of(sheet, instance, group);
    int32_t items = sheet->shape->groups[group].item_count;
    grow_rows(sheet, at, rows, items);
    if (rows > at->rows)
        memset(at->cells + at->rows * items, 0,
               sizeof *at->cells * (size_t)((rows - at->rows) * items));
    at->rows = rows;
}

struct cell *sheet_cell(const struct sheet *sheet,
                        const struct sheet_instance *instance, int32_t item,
                        int32_t row)
{
    const struct shape_item *place = &sheet->shape->items[item];
    const struct shape_group *shape = &sheet->shape->groups[place->group];
    if (place->form != instance->form)
        return NULL;
    const struct sheet_group *group = group_of(sheet, instance, place->group);
    int32_t at = shape->is_repeating ? row - 1 : 0;
    if (at < 0 || at >= group->rows)
        return NULL;
    return &group->cells[at * shape->item_count + item - shape->first_item];
}

/* A text that fits takes the place of the old one: typing does not fill the arena. */
static void keep_text(struct sheet *sheet, struct cell *cell, struct datum *value)
{
    size_t len = (size_t)value->scale;
    if (cell->text == NULL || len > cell->room) {
        cell->room = (uint32_t)len * 2 + 16;
        cell->text = arena_alloc(sheet->arena, cell->room);
    }
    if (len > 0)
        memmove(cell->text, value->as.at, len);
    value->as.at = cell->text;
}

static bool cell_has(const struct cell *cell, struct datum value)
{
    return cell == NULL ||
           (datum_equal(cell->value, value) && cell->value.scale == value.scale &&
            cell->value.offset == value.offset);
}

bool sheet_has(const struct sheet *sheet, const struct sheet_instance *instance,
               int32_t item, int32_t row, struct datum value)
{
    return cell_has(sheet_cell(sheet, instance, item, row), value);
}

bool sheet_set(struct sheet *sheet, struct sheet_instance *instance, int32_t item,
               int32_t row, struct datum value)
{
    struct cell *cell = sheet_cell(sheet, instance, item, row);
    if (cell_has(cell, value))
        return false;
    if (value.kind == DATUM_TEXT)
        keep_text(sheet, cell, &value);
    cell->value = value;
    return true;
}

void sheet_set_property(struct sheet *sheet, int32_t property, struct datum value)
{
    if (value.kind == DATUM_TEXT)
        value = datum_text(text_copy(sheet->arena, datum_as_text(value)));
    sheet->properties[property] = value;
}

/* ---- facts ---- */

static size_t hash_of(const struct question *question)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    const int32_t parts[] = {(int32_t)question->kind, question->which,
                             question->subject, question->instance, question->row};
    for (size_t i = 0; i < ARRAY_COUNT(parts); i++)
        hash = (hash ^ (uint32_t)parts[i]) * UINT64_C(0x100000001b3);
    return (size_t)(hash ^ (hash >> 32));
}

static bool is_same(const struct question *a, const struct question *b)
{
    return a->kind == b->kind && a->which == b->which && a->subject == b->subject &&
           a->instance == b->instance && a->row == b->row;
}

static struct sheet_fact *slot_of(const struct sheet *sheet,
                                  const struct question *question)
{
    size_t i = hash_of(question) & sheet->fact_mask;
    while (sheet->facts[i].is_there && !is_same(&sheet->facts[i].question, question))
        i = (i + 1) & sheet->fact_mask;
    return &sheet->facts[i];
}

static void grow_facts(struct sheet *sheet)
{
    struct sheet old = *sheet;
    sheet->fact_mask = old.facts == NULL ? 63 : old.fact_mask * 2 + 1;
    sheet->facts = ARENA_ARRAY(sheet->arena, struct sheet_fact, sheet->fact_mask + 1);
    for (size_t i = 0; old.facts != NULL && i <= old.fact_mask; i++)
        if (old.facts[i].is_there)
            *slot_of(sheet, &old.facts[i].question) = old.facts[i];
}

/* The form whose instance a question names; -1: none. */
static int32_t form_of(const struct sheet *sheet, const struct question *question)
{
    switch ((int)question->kind) {
    case ASK_ITEM: return sheet->shape->items[question->subject].form;
    case ASK_FORM: return question->subject;
    default: return question->instance < 0 ? -1 : question->row;
    }
}

/* With the serial number, which stays when other instances come. */
static struct question kept_question(const struct sheet *sheet,
                                     const struct question *question)
{
    struct question kept = *question;
    int32_t form = form_of(sheet, question);
    bool is_there =
        form >= 0 && kept.instance >= 0 && kept.instance < sheet->forms[form].count;
    kept.instance = is_there ? sheet->forms[form].instances[kept.instance]->serial : -1;
    return kept;
}

void sheet_set_fact(struct sheet *sheet, const struct question *question,
                    struct datum answer)
{
    struct question kept = kept_question(sheet, question);
    if (sheet->facts == NULL || sheet->fact_count * 2 > sheet->fact_mask)
        grow_facts(sheet);
    struct sheet_fact *slot = slot_of(sheet, &kept);
    if (!slot->is_there)
        sheet->fact_count++;
    if (answer.kind == DATUM_TEXT)
        answer = datum_text(text_copy(sheet->arena, datum_as_text(answer)));
    *slot = (struct sheet_fact){.question = kept, .answer = answer, .is_there = true};
}

/* ---- answers ---- */

static struct datum ask_value(const struct sheet *sheet,
                              const struct question *question)
{
    const struct shape_item *place = &sheet->shape->items[question->subject];
    const struct sheet_form *form = &sheet->forms[place->form];
    if ((uint32_t)question->instance >= (uint32_t)form->count)
        return datum_of_kind(DATUM_EMPTY);
    const struct cell *cell = sheet_cell(sheet, form->instances[question->instance],
                                         question->subject, question->row);
    if (cell == NULL || cell->is_hidden)
        return datum_of_kind(DATUM_EMPTY);
    return cell->value;
}

static struct datum ask_rows(const struct sheet *sheet, const struct question *question)
{
    int32_t group = question->subject;
    const struct sheet_form *form = &sheet->forms[sheet->shape->groups[group].form];
    if ((uint32_t)question->instance >= (uint32_t)form->count)
        return datum_whole(0);
    return datum_whole(
        group_of(sheet, form->instances[question->instance], group)->rows);
}

static struct datum ask_at(const struct sheet *sheet, int32_t form, int32_t event,
                           int32_t event_repeat)
{
    const struct sheet_form *list = &sheet->forms[form];
    int32_t at = place_of(list, event, event_repeat, 0);
    bool is_there =
        at < list->count && list->instances[at]->event == event &&
        (event_repeat == 0 || list->instances[at]->event_repeat == event_repeat);
    return is_there ? datum_whole(at) : datum_of_kind(DATUM_EMPTY);
}

static struct datum ask_place(const struct sheet *sheet,
                              const struct question *question)
{
    int32_t form = question->kind == ASK_BESIDE ? question->which : question->subject;
    const struct sheet_form *list = &sheet->forms[form];
    if ((uint32_t)question->instance >= (uint32_t)list->count)
        return datum_of_kind(DATUM_EMPTY);
    const struct sheet_instance *instance = list->instances[question->instance];
    switch ((int)question->kind) {
    case ASK_EVENT: return datum_whole(instance->event);
    case ASK_EVENT_REPEAT: return datum_whole(instance->event_repeat);
    case ASK_FORM_REPEAT: return datum_whole(instance->form_repeat);
    default:
        return ask_at(sheet, question->subject, instance->event,
                      instance->event_repeat);
    }
}

static struct datum ask_fact(const struct sheet *sheet, const struct question *question)
{
    if (sheet->facts == NULL)
        return datum_of_kind(DATUM_EMPTY);
    struct question kept = kept_question(sheet, question);
    const struct sheet_fact *slot = slot_of(sheet, &kept);
    if (!slot->is_there && question->kind == ASK_SCHEDULE) {
        /* What is said of the event holds for each of its repeats. */
        kept.instance = -1;
        kept.row = 0;
        slot = slot_of(sheet, &kept);
    }
    return slot->is_there ? slot->answer : datum_of_kind(DATUM_EMPTY);
}

struct datum sheet_ask(void *data, const struct question *question)
{
    const struct sheet *sheet = data;
    switch (question->kind) {
    case ASK_VALUE: return ask_value(sheet, question);
    case ASK_INSTANCES: return datum_whole(sheet->forms[question->subject].count);
    case ASK_ROWS: return ask_rows(sheet, question);
    case ASK_AT: return ask_at(sheet, question->subject, question->which, 0);
    case ASK_BESIDE:
    case ASK_EVENT:
    case ASK_EVENT_REPEAT:
    case ASK_FORM_REPEAT: return ask_place(sheet, question);
    case ASK_PROPERTY: return sheet->properties[question->subject];
    case ASK_SCHEDULE:
    case ASK_ITEM:
    case ASK_FORM: return ask_fact(sheet, question);
    }
    return datum_of_kind(DATUM_EMPTY);
}
