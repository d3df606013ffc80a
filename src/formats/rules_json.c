#include "formats/rules_json.h"

#include "base/base64.h"
#include "base/limits.h"
#include "engine/pack.h"
#include "formats/design_json.h"
#include "model/answer_datum.h"

/* --- the compiled rules --------------------------------------------------------------- */

static const char *const kinds[] = {
    [RULE_DERIVES] = "derives", [RULE_SHOWS] = "shows", [RULE_FIRES] = "fires"};

static const char *const severities[] = {
    [CHECK_HARD] = "hard", [CHECK_SOFT] = "soft", [CHECK_ALARM] = "alarm"};

static void write_check(struct json_writer *json, const struct study_check *check)
{
    json_member_text(json, "check", check->oid);
    json_member_text(json, "severity", text_of(severities[check->severity]));
    design_json_label(json, "message", check->message);
    json_key(json, "also");
    json_array(json);
    for (size_t i = 0; i < check->also_count; i++)
        json_text(json, check->also[i]->oid);
    json_end(json);
}

static void write_rule(struct json_writer *json, const struct rulebook *rulebook,
                       int32_t r)
{
    const struct rule *rule = &rulebook->set->rules[r];
    json_object(json);
    json_member_text(json, "kind", text_of(kinds[rule->kind]));
    json_member_text(json, "item", rulebook->dictionary->items[rule->item].oid);
    json_member_integer(json, "form", rule->form);
    if (rulebook->checks[r] != NULL)
        write_check(json, rulebook->checks[r]);
    json_end(json);
}

static bool write_packed(struct json_writer *json, const struct rule_set *set,
                         struct arena *arena, struct error *err)
{
    struct buffer bytes = buffer_in(arena, LIMIT_DESIGN_BYTES);
    struct text packed;
    pack_write(set, &bytes);
    if (!buffer_text(&bytes, &packed, err))
        return false;
    char *text = arena_alloc(arena, BASE64_SIZE(packed.len));
    size_t len = base64_print(packed.at, packed.len, text);
    json_member_text(json, "packed", (struct text){.at = text, .len = len});
    return true;
}

/* Where the sheet's properties have the values in force, and in which unit. */
static void write_settings(struct json_writer *json,
                           const struct dictionary *dictionary)
{
    json_key(json, "settings");
    json_array(json);
    for (int32_t i = 0; i < dictionary->property_count; i++) {
        const struct dictionary_property *property = &dictionary->properties[i];
        if (!text_equal(property->root, TEXT("setting")))
            continue;
        json_object(json);
        json_member_text(json, "name", property->name);
        json_member_integer(json, "property", i);
        if (type_is_numeric(&property->type))
            json_member_text(json, "unit", unit_describe(&property->type.unit));
        json_end(json);
    }
    json_end(json);
}

bool rules_json_members(const struct rulebook *rulebook, struct json_writer *json,
                        struct arena *arena, struct error *err)
{
    const struct rule_set *set = rulebook->set;
    json_member_text(json, "version", rulebook->design->version);
    if (set != NULL && !write_packed(json, set, arena, err))
        return false;
    json_key(json, "rules");
    json_array(json);
    for (int32_t r = 0; set != NULL && r < set->rule_count; r++)
        write_rule(json, rulebook, r);
    json_end(json);
    write_settings(json, rulebook->dictionary);
    return true;
}

/* --- a participant's answers ---------------------------------------------------------- */

struct sheet_writer {
    struct json_writer *json;
    const struct sheet *sheet;
    int32_t offset_minutes;
    struct arena *arena;
};

/* {"n": number}, {"t": text}, {"m": moment}, {"b": truth}, {"x": reason}, {"s": true}
 * where the value is sealed; {} for nothing. */
static void write_datum(const struct sheet_writer *writer, struct datum value)
{
    struct json_writer *json = writer->json;
    struct text written = datum_answer(value, writer->offset_minutes, writer->arena);
    json_object(json);
    switch ((enum datum_kind)value.kind) {
    case DATUM_NUMBER: json_member_text(json, "n", written); break;
    case DATUM_TEXT: json_member_text(json, "t", written); break;
    case DATUM_MOMENT: json_member_text(json, "m", written); break;
    case DATUM_TRUTH: json_member_integer(json, "b", value.as.coefficient); break;
    case DATUM_MISSING: json_member_integer(json, "x", value.detail); break;
    case DATUM_SEALED: json_member_bool(json, "s", true); break;
    case DATUM_EMPTY:
    case DATUM_FAULT:
    case DATUM_REAL: break;
    }
    json_end(json);
}

static void write_cells(const struct sheet_writer *writer,
                        const struct sheet_instance *instance)
{
    const struct shape *shape = writer->sheet->shape;
    const struct shape_form *form = &shape->forms[instance->form];
    for (int32_t g = 0; g < form->group_count; g++) {
        const struct shape_group *group = &shape->groups[form->first_group + g];
        const struct sheet_group *cells = &instance->groups[g];
        for (int32_t i = 0; i < cells->rows * group->item_count; i++) {
            if (cells->cells[i].value.kind == DATUM_EMPTY)
                continue;
            json_array(writer->json);
            json_integer(writer->json, group->first_item + i % group->item_count);
            json_integer(writer->json,
                         group->is_repeating ? i / group->item_count + 1 : 0);
            write_datum(writer, cells->cells[i].value);
            json_end(writer->json);
        }
    }
}

static void write_rows(const struct sheet_writer *writer,
                       const struct sheet_instance *instance)
{
    const struct shape *shape = writer->sheet->shape;
    const struct shape_form *form = &shape->forms[instance->form];
    for (int32_t g = 0; g < form->group_count; g++) {
        int32_t group = form->first_group + g;
        if (!shape->groups[group].is_repeating || instance->groups[g].rows == 0)
            continue;
        json_array(writer->json);
        json_integer(writer->json, group);
        json_integer(writer->json, instance->groups[g].rows);
        json_end(writer->json);
    }
}

/* In the order of their serial numbers, which the facts name. */
static void write_instances(const struct sheet_writer *writer)
{
    struct json_writer *json = writer->json;
    json_key(json, "instances");
    json_array(json);
    for (int32_t i = 0; i < writer->sheet->serial_count; i++) {
        const struct sheet_instance *instance = writer->sheet->by_serial[i];
        json_object(json);
        json_member_integer(json, "form", instance->form);
        json_member_integer(json, "event", instance->event);
        json_member_integer(json, "event_repeat", instance->event_repeat);
        json_member_integer(json, "form_repeat", instance->form_repeat);
        json_key(json, "rows");
        json_array(json);
        write_rows(writer, instance);
        json_end(json);
        json_key(json, "values");
        json_array(json);
        write_cells(writer, instance);
        json_end(json);
        json_end(json);
    }
    json_end(json);
}

static void write_properties(const struct sheet_writer *writer)
{
    struct json_writer *json = writer->json;
    json_key(json, "properties");
    json_array(json);
    for (int32_t i = 0; i < writer->sheet->shape->property_count; i++) {
        if (writer->sheet->properties[i].kind == DATUM_EMPTY)
            continue;
        json_array(json);
        json_integer(json, i);
        write_datum(writer, writer->sheet->properties[i]);
        json_end(json);
    }
    json_end(json);
}

static void write_facts(const struct sheet_writer *writer)
{
    struct json_writer *json = writer->json;
    const struct sheet *sheet = writer->sheet;
    json_key(json, "facts");
    json_array(json);
    for (size_t i = 0; sheet->facts != NULL && i <= sheet->fact_mask; i++) {
        const struct question *question = &sheet->facts[i].question;
        if (!sheet->facts[i].is_there || sheet->facts[i].answer.kind == DATUM_EMPTY)
            continue;
        json_array(json);
        json_integer(json, question->kind);
        json_integer(json, question->which);
        json_integer(json, question->subject);
        json_integer(json, question->instance);
        json_integer(json, question->row);
        write_datum(writer, sheet->facts[i].answer);
        json_end(json);
    }
    json_end(json);
}

void sheet_json_members(const struct sheet *sheet, int32_t offset_minutes,
                        struct json_writer *json, struct arena *arena)
{
    struct sheet_writer writer = {
        .json = json, .sheet = sheet, .offset_minutes = offset_minutes, .arena = arena};
    write_instances(&writer);
    write_properties(&writer);
    write_facts(&writer);
}
