#include "model/rule_vectors.h"

#include "model/answer_datum.h"

#include "engine/function.h"
#include "model/setting_value.h"

#include <stdio.h>

struct setting_up {
    const struct rule_vector *vector;
    const struct rule *rule;
    const struct vector_stage *stage;
    struct arena *arena;
    struct sheet *sheet;
    int32_t event; /* of the place */
    int32_t offset_minutes;
};

static bool refuse(const struct setting_up *setting_up, struct text what,
                   const char *sentence, struct error *err)
{
    error_set(err, ERROR_REFUSED, "%s: %.*s", sentence, TEXT_ARG(what));
    return error_where(err, 0, "%zu", setting_up->vector->line);
}

/* --- values ----------------------------------------------------------------------- */

/* d2/08:00, d2/08:00:30, d2: January 2026, for short. Others stay as they are. */
static struct text written_moment(const struct setting_up *setting_up,
                                  struct text value)
{
    if (value.len < 2 || value.at[0] != 'd')
        return value;
    struct text time = text_part(value, 1, value.len - 1);
    struct text day = text_cut(&time, '/');
    int64_t number = 0;
    if (!text_to_int64(day, &number) || number < 1 || number > 365)
        return value;
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int month = 0;
    while (number > lengths[month])
        number -= lengths[month++];
    if (text_is_absent(time))
        return text_format(setting_up->arena, "2026-%02d-%02d", month + 1, (int)number);
    int32_t offset = setting_up->offset_minutes;
    return text_format(setting_up->arena, "2026-%02d-%02dT%.*s%s%c%02d:%02d", month + 1,
                       (int)number, TEXT_ARG(time), time.len == 5 ? ":00" : "",
                       offset < 0 ? '-' : '+', (offset < 0 ? -offset : offset) / 60,
                       (offset < 0 ? -offset : offset) % 60);
}

static struct text codes_text(const struct setting_up *setting_up, struct text value)
{
    struct text copy = text_copy(setting_up->arena, value);
    char *bytes = arena_alloc(setting_up->arena, copy.len + 1);
    for (size_t i = 0; i < copy.len; i++)
        bytes[i] = copy.at[i] == '+' ? ' ' : copy.at[i];
    return (struct text){.at = bytes, .len = copy.len};
}

static bool missing_datum(struct text code, struct datum *out)
{
    static const char *const reasons[] = {"", "ND", "UNK", "NA", "REF", "DEV", "OTH"};
    *out = datum_of_kind(DATUM_MISSING);
    for (size_t i = 1; i < ARRAY_COUNT(reasons); i++)
        if (text_equal(code, text_of(reasons[i])))
            out->detail = (uint8_t)i;
    return out->detail > 0;
}

/* A value as it stands in a table. False: it fits no value of this type. */
static bool read_value(const struct setting_up *setting_up, enum type_kind kind,
                       struct text value, struct datum *out)
{
    struct decimal number;
    struct moment moment;
    if (value.len > 1 && value.at[0] == '?')
        return missing_datum(text_part(value, 1, value.len - 1), out);
    *out = datum_of_kind(DATUM_EMPTY);
    if (text_equal(value, TEXT("-")))
        return true;
    if (value.len >= 2 && value.at[0] == '\'')
        value = text_part(value, 1, value.len - 2);
    switch ((int)kind) {
    case TYPE_NUMBER:
        *out = decimal_parse(value, &number, NULL) == DECIMAL_OK ? datum_number(number)
                                                                 : *out;
        return datum_has_value(*out);
    case TYPE_MOMENT:
        if (!moment_parse(written_moment(setting_up, value), &moment, NULL))
            return false;
        *out = datum_moment(&moment, setting_up->offset_minutes);
        return true;
    case TYPE_TRUTH:
        *out = datum_truth(text_equal(value, TEXT("yes")) ? TRUTH_YES : TRUTH_NO);
        return text_equal(value, TEXT("yes")) || text_equal(value, TEXT("no"));
    case TYPE_CODES: *out = datum_text(codes_text(setting_up, value)); return true;
    default: *out = datum_text(value); return true;
    }
}

/* --- columns ---------------------------------------------------------------------- */

struct column {
    struct text name; /* without what follows */
    struct text event;
    int32_t time, copy, row; /* 0: not said */
};

/* Cuts "@H6", "!2", "#2", "[3]" off the end of a name, in whatever order they stand. */
static bool read_column(struct text name, struct column *column)
{
    *column = (struct column){0};
    size_t end = 0;
    while (end < name.len && name.at[end] != '@' && name.at[end] != '!' &&
           name.at[end] != '#' && name.at[end] != '[')
        end++;
    column->name = text_part(name, 0, end);
    while (end < name.len) {
        char sign = name.at[end++];
        size_t from = end;
        while (end < name.len && name.at[end] != '@' && name.at[end] != '!' &&
               name.at[end] != '#' && name.at[end] != '[' && name.at[end] != ']')
            end++;
        struct text part = text_part(name, from, end - from);
        if (end < name.len && name.at[end] == ']')
            end++;
        int64_t number = 0;
        if (sign == '@') {
            column->event = part;
            continue;
        }
        if (!text_to_int64(part, &number) || number < 1 || number > 1000)
            return false;
        *(sign == '!'   ? &column->time
          : sign == '#' ? &column->copy
                        : &column->row) = (int32_t)number;
    }
    return true;
}

static struct sheet_instance *instance_of(const struct setting_up *setting_up,
                                          const struct column *column, int32_t form,
                                          struct error *err)
{
    const struct dictionary *dictionary = setting_up->stage->dictionary;
    const struct dictionary_form *entry = &dictionary->forms[form];
    bool is_own = form == setting_up->rule->form;
    int32_t event = entry->event_count > 0 ? entry->events[0] : 0;
    if (!text_is_absent(column->event))
        event = dictionary_event_of(dictionary, column->event);
    else if (is_own)
        event = setting_up->event;
    if (event < 0) {
        (void)refuse(setting_up, column->event, "no such event", err);
        return NULL;
    }
    bool is_here = is_own && event == setting_up->event;
    int32_t copy = column->copy, time = column->time;
    if (copy == 0)
        copy = is_here ? setting_up->vector->copy : 1;
    if (time == 0)
        time = is_here ? setting_up->vector->time : 1;
    return sheet_instance(setting_up->sheet, form, event, time, copy);
}

/* The item a column names: its own form first. */
static int32_t item_of(const struct setting_up *setting_up, struct text name)
{
    const struct dictionary *dictionary = setting_up->stage->dictionary;
    struct text item = name, form = text_cut(&item, '.');
    if (!text_is_absent(item)) {
        int32_t position = dictionary_form_of(dictionary, form);
        return position < 0 ? -1 : dictionary_item_in(dictionary, position, item);
    }
    int32_t own = dictionary_item_in(dictionary, setting_up->rule->form, name);
    return own >= 0 ? own : dictionary_item_of(dictionary, name);
}

/* The row, made when it is not there. */
static int32_t row_of(const struct setting_up *setting_up, const struct column *column,
                      struct sheet_instance *instance, int32_t item)
{
    const struct shape *shape = setting_up->stage->shape;
    int32_t group = shape->items[item].group;
    if (!shape->groups[group].is_repeating)
        return 0;
    bool is_own =
        group == setting_up->rule->group && instance->event == setting_up->event;
    int32_t row = column->row;
    if (row == 0)
        row = is_own ? setting_up->vector->row : 1;
    int32_t first = shape->forms[instance->form].first_group;
    if (instance->groups[group - first].rows < row)
        sheet_set_rows(setting_up->sheet, instance, group, row);
    return row;
}

static bool set_item(const struct setting_up *setting_up,
                     const struct vector_cell *cell, struct error *err)
{
    struct column column;
    if (!read_column(cell->name, &column))
        return refuse(setting_up, cell->name, "no column", err);
    int32_t item = item_of(setting_up, column.name);
    if (item < 0)
        return refuse(setting_up, cell->name, "no such item", err);
    const struct dictionary_item *entry = &setting_up->stage->dictionary->items[item];
    struct datum value;
    if (!read_value(setting_up, entry->type.kind, cell->value, &value))
        return refuse(setting_up, cell->value, "no value of this item", err);
    struct sheet_instance *instance =
        instance_of(setting_up, &column, entry->form, err);
    if (instance == NULL)
        return false;
    int32_t row = row_of(setting_up, &column, instance, item);
    (void)sheet_set(setting_up->sheet, instance, item, row, value);
    return true;
}

/* --- facts and properties ---------------------------------------------------------- */

static const struct fact {
    const char *name;
    enum question_kind kind;
    int32_t which;
    enum type_kind type; /* TYPE_BROKEN: that of the item */
} facts[] = {
    {"source", ASK_ITEM, ITEM_SOURCE, TYPE_TEXT},
    {"author", ASK_ITEM, ITEM_AUTHOR, TYPE_TEXT},
    {"entered", ASK_ITEM, ITEM_ENTERED, TYPE_MOMENT},
    {"changes", ASK_ITEM, ITEM_CHANGES, TYPE_NUMBER},
    {"first_value", ASK_ITEM, ITEM_FIRST_VALUE, TYPE_BROKEN},
    {"change_reason", ASK_ITEM, ITEM_CHANGE_REASON, TYPE_TEXT},
    {"received_unit", ASK_ITEM, ITEM_RECEIVED_UNIT, TYPE_TEXT},
    {"received_low", ASK_ITEM, ITEM_RECEIVED_LOW, TYPE_NUMBER},
    {"received_high", ASK_ITEM, ITEM_RECEIVED_HIGH, TYPE_NUMBER},
    {"reason", ASK_ITEM, ITEM_REASON, TYPE_TEXT},
    {"state", ASK_FORM, FORM_STATE, TYPE_TEXT},
    {"signed", ASK_FORM, FORM_SIGNED, TYPE_TRUTH},
    {"open_queries", ASK_FORM, FORM_OPEN_QUERIES, TYPE_NUMBER},
    {"open_hard_queries", ASK_FORM, FORM_OPEN_HARD_QUERIES, TYPE_NUMBER},
    {"open_second_checks", ASK_FORM, FORM_OPEN_SECOND_CHECKS, TYPE_NUMBER},
    {"target", ASK_SCHEDULE, SCHEDULE_TARGET, TYPE_MOMENT},
    {"window_low", ASK_SCHEDULE, SCHEDULE_LOW, TYPE_MOMENT},
    {"window_high", ASK_SCHEDULE, SCHEDULE_HIGH, TYPE_MOMENT},
};

static const struct fact *fact_of(struct text name)
{
    for (size_t i = 0; i < ARRAY_COUNT(facts); i++)
        if (text_equal(text_of(facts[i].name), name))
            return &facts[i];
    return NULL;
}

/* What the fact is about, in the question; its type. */
static bool aim_fact(const struct setting_up *setting_up, const struct fact *fact,
                     struct text about, struct question *question, enum type_kind *kind,
                     struct error *err)
{
    const struct dictionary *dictionary = setting_up->stage->dictionary;
    struct column column;
    if (!read_column(about, &column))
        return refuse(setting_up, about, "no column", err);
    if (fact->kind == ASK_SCHEDULE) {
        question->subject = dictionary_event_of(dictionary, column.name);
        return question->subject >= 0 || refuse(setting_up, about, "no event", err);
    }
    int32_t form = dictionary_form_of(dictionary, column.name);
    int32_t item = fact->kind == ASK_FORM ? -1 : item_of(setting_up, column.name);
    if (fact->kind == ASK_ITEM && item >= 0)
        form = dictionary->items[item].form;
    if (form < 0 || (fact->kind == ASK_ITEM && item < 0))
        return refuse(setting_up, about, "no such item or form", err);
    struct sheet_instance *instance = instance_of(setting_up, &column, form, err);
    if (instance == NULL)
        return false;
    question->instance = sheet_position(setting_up->sheet, instance);
    question->subject = fact->kind == ASK_FORM ? form : item;
    if (fact->kind == ASK_ITEM) {
        question->row = row_of(setting_up, &column, instance, item);
        if (fact->type == TYPE_BROKEN)
            *kind = dictionary->items[item].type.kind;
    }
    return true;
}

/* fn(ABOUT) */
static bool set_fact(const struct setting_up *setting_up,
                     const struct vector_cell *cell, struct error *err)
{
    struct text about = cell->name;
    struct text name = text_cut(&about, '(');
    const struct fact *fact = fact_of(name);
    if (fact == NULL || about.len < 2 || about.at[about.len - 1] != ')')
        return refuse(setting_up, cell->name, "no such fact", err);
    struct question question = {
        .kind = fact->kind, .which = fact->which, .instance = -1};
    enum type_kind kind = fact->type;
    struct datum value;
    if (!aim_fact(setting_up, fact, text_part(about, 0, about.len - 1), &question,
                  &kind, err))
        return false;
    if (!read_value(setting_up, kind, cell->value, &value))
        return refuse(setting_up, cell->value, "no value of this fact", err);
    sheet_set_fact(setting_up->sheet, &question, value);
    return true;
}

static int32_t property_of(const struct dictionary *dictionary, struct text name)
{
    struct text second = name, first = text_cut(&second, '.');
    return text_is_absent(second)
               ? dictionary_property_of(dictionary, (struct text){0}, first)
               : dictionary_property_of(dictionary, first, second);
}

static bool set_cell(const struct setting_up *setting_up,
                     const struct vector_cell *cell, struct error *err)
{
    if (text_equal(cell->value, TEXT(".")))
        return true;
    if (text_find(cell->name, '(') < cell->name.len)
        return set_fact(setting_up, cell, err);
    const struct dictionary *dictionary = setting_up->stage->dictionary;
    int32_t property = property_of(dictionary, cell->name);
    if (property < 0)
        return set_item(setting_up, cell, err);
    struct datum value;
    if (!read_value(setting_up, dictionary->properties[property].type.kind, cell->value,
                    &value))
        return refuse(setting_up, cell->value, "no value of this property", err);
    sheet_set_property(setting_up->sheet, property, value);
    return true;
}

/* --- the scene -------------------------------------------------------------------- */

static void set_settings(const struct setting_up *setting_up)
{
    const struct design *design = setting_up->stage->design;
    for (size_t i = 0; i < design->setting_count; i++) {
        int32_t property = dictionary_property_of(
            setting_up->stage->dictionary, TEXT("setting"), design->settings[i].name);
        sheet_set_property(
            setting_up->sheet, property,
            setting_datum(&design->settings[i], setting_up->offset_minutes));
    }
}

static bool set_place(struct setting_up *setting_up, struct vector_scene *scene,
                      struct error *err)
{
    const struct rule *rule = setting_up->rule;
    struct column own = {0};
    struct sheet_instance *instance = instance_of(setting_up, &own, rule->form, err);
    if (instance == NULL)
        return false;
    scene->place = (struct engine_place){.form = rule->form};
    const struct shape *shape = setting_up->stage->shape;
    if (rule->group >= 0)
        scene->place.row =
            row_of(setting_up, &own, instance, shape->groups[rule->group].first_item);
    for (size_t i = 0; i < setting_up->vector->cell_count; i++)
        if (!set_cell(setting_up, &setting_up->vector->cells[i], err))
            return false;
    scene->place.instance = sheet_position(setting_up->sheet, instance);
    return true;
}

bool rule_vector_set(const struct rule_vector *vector, const struct rule *rule,
                     const struct vector_stage *stage, struct arena *arena,
                     struct vector_scene *scene, struct error *err)
{
    const struct dictionary *dictionary = stage->dictionary;
    const struct dictionary_form *form = &dictionary->forms[rule->form];
    struct setting_up setting_up = {
        .vector = vector,
        .rule = rule,
        .stage = stage,
        .arena = arena,
        .sheet = sheet_new(stage->shape, arena),
        .event = text_is_absent(vector->event)
                     ? form->events[0]
                     : dictionary_event_of(dictionary, vector->event),
        .offset_minutes = stage->design->sites[0].offset_minutes,
    };
    if (setting_up.event < 0)
        return refuse(&setting_up, vector->event, "no such event", err);
    for (int32_t i = 0; i < dictionary->form_count; i++)
        if (dictionary->forms[i].is_register)
            (void)sheet_instance(setting_up.sheet, i, 0, 1, 1);
    set_settings(&setting_up);
    struct datum now;
    struct text written = text_is_absent(vector->now) ? TEXT("d1/00:00") : vector->now;
    if (!read_value(&setting_up, TYPE_MOMENT, written, &now))
        return refuse(&setting_up, vector->now, "no time", err);
    scene->sheet = setting_up.sheet;
    scene->world = (struct engine_world){.ask = sheet_ask,
                                         .data = setting_up.sheet,
                                         .now = now.as.coefficient,
                                         .offset_minutes = setting_up.offset_minutes};
    return set_place(&setting_up, scene, err);
}

/* --- results ---------------------------------------------------------------------- */

static struct text truth_text(const struct rule *rule, struct datum result)
{
    int64_t truth = result.kind == DATUM_TRUTH ? result.as.coefficient : TRUTH_UNKNOWN;
    if (rule->kind == RULE_DERIVES)
        return truth == TRUTH_YES  ? TEXT("Y")
               : truth == TRUTH_NO ? TEXT("N")
                                   : TEXT("-");
    return truth == TRUTH_YES  ? TEXT("yes")
           : truth == TRUTH_NO ? TEXT("no")
                               : TEXT("unknown");
}

bool rule_vector_holds(const struct rule_vector *vector, const struct rule *rule,
                       struct datum result, int32_t offset_minutes,
                       struct arena *scratch)
{
    struct text expected = vector->expected;
    struct decimal number;
    struct datum moment;
    if (result.kind == DATUM_NUMBER)
        return decimal_parse(expected, &number, NULL) == DECIMAL_OK &&
               decimal_compare(number, datum_decimal(result)) == 0;
    struct setting_up reading = {.arena = scratch, .offset_minutes = offset_minutes};
    if (result.kind == DATUM_MOMENT)
        return read_value(&reading, TYPE_MOMENT, expected, &moment) &&
               datum_equal(moment, result);
    return text_equal(rule_result_text(rule, result, offset_minutes, scratch),
                      expected);
}

struct text rule_result_text(const struct rule *rule, struct datum result,
                             int32_t offset_minutes, struct arena *arena)
{
    if (result.kind == DATUM_FAULT)
        return TEXT("fault");
    if (result.kind == DATUM_TRUTH || !datum_has_value(result))
        return truth_text(rule, result);
    struct text written = datum_answer(result, offset_minutes, arena);
    return text_is_absent(written) ? TEXT("an approximate number") : written;
}
