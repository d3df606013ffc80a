#include "support/rule_sample.h"

#include "engine/real.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST = 400 };

static void stop(struct text line)
{
    fprintf(stderr, "the sample does not understand: %.*s\n", TEXT_ARG(line));
    abort();
}

static struct text word(struct text *rest)
{
    *rest = text_trim(*rest);
    return text_cut(rest, ' ');
}

static bool is(struct text t, const char *name)
{
    return text_equal(t, text_of(name));
}

/* ---- design ---- */

static int32_t codelist_of(const struct rule_sample *sample, struct text name)
{
    for (int32_t i = 0; i < sample->dictionary.codelist_count; i++)
        if (text_equal(sample->dictionary.codelists[i].oid, name))
            return i;
    return -1;
}

static struct type read_type(struct rule_sample *sample, struct text rest,
                             struct text line)
{
    struct text kind = word(&rest), first = word(&rest), second = word(&rest);
    struct type type = type_of_kind(TYPE_TEXT);
    if (is(kind, "number")) {
        int64_t decimals = -1;
        type = type_number(-1);
        type.is_unit_declared = true;
        if (first.len > 0 && !is(first, "-") && !unit_parse(first, &type.unit, NULL))
            stop(line);
        if (second.len > 0 && !text_to_int64(second, &decimals))
            stop(line);
        type.decimals = (int32_t)decimals;
    } else if (is(kind, "code") || is(kind, "codes")) {
        type = type_of_kind(is(kind, "code") ? TYPE_CODE : TYPE_CODES);
        type.codelist = codelist_of(sample, first);
        if (type.codelist < 0)
            stop(line);
    } else if (is(kind, "moment")) {
        type = type_of_kind(TYPE_MOMENT);
    } else if (is(kind, "truth")) {
        type = type_of_kind(TYPE_TRUTH);
    } else if (!is(kind, "text")) {
        stop(line);
    }
    return type;
}

static void add_codes(struct rule_sample *sample, struct text rest)
{
    struct dictionary_codelist *list =
        &sample->dictionary.codelists[sample->dictionary.codelist_count++];
    struct text *codes = ARENA_ARRAY(sample->arena, struct text, MOST);
    list->oid = word(&rest);
    while (text_trim(rest).len > 0)
        codes[list->code_count++] = word(&rest);
    list->codes = codes;
}

static void add_group(struct rule_sample *sample, struct text name, bool is_repeating)
{
    struct dictionary *to = &sample->dictionary;
    to->groups[to->group_count++] =
        (struct dictionary_group){.oid = name,
                                  .name = name,
                                  .form = to->form_count - 1,
                                  .is_repeating = is_repeating};
}

static void add_form(struct rule_sample *sample, struct text rest, bool is_register)
{
    struct dictionary *to = &sample->dictionary;
    struct dictionary_form *form = &to->forms[to->form_count++];
    int32_t *events = ARENA_ARRAY(sample->arena, int32_t, MOST);
    bool is_repeated = false;
    form->oid = form->name = word(&rest);
    form->is_register = is_register;
    form->events = events;
    while (text_trim(rest).len > 0) {
        struct text next = word(&rest);
        if (is(next, "repeats"))
            form->is_repeating = true;
        if (is(next, "repeats") || is(next, "at"))
            continue;
        events[form->event_count] = dictionary_event_of(to, next);
        is_repeated = is_repeated || to->events[events[form->event_count]].is_repeating;
        form->event_count++;
    }
    form->is_once = !is_repeated && !form->is_repeating && form->event_count <= 1;
    if (is_register)
        add_group(sample, form->name, true);
}

static void add_item(struct rule_sample *sample, struct text rest, struct text line)
{
    struct dictionary *to = &sample->dictionary;
    int32_t form = to->form_count - 1;
    bool has_group =
        to->group_count > 0 && to->groups[to->group_count - 1].form == form;
    if (!has_group)
        add_group(sample,
                  text_format(sample->arena, "%.*s1", TEXT_ARG(to->forms[form].name)),
                  false);
    struct dictionary_item *item = &to->items[to->item_count++];
    item->name = word(&rest);
    item->oid = text_format(sample->arena, "I.%.*s.%.*s",
                            TEXT_ARG(to->forms[form].name), TEXT_ARG(item->name));
    item->form = form;
    item->group = to->group_count - 1;
    item->type = read_type(sample, rest, line);
}

static void add_property(struct rule_sample *sample, struct text rest, struct text line)
{
    struct dictionary *to = &sample->dictionary;
    struct dictionary_property *property = &to->properties[to->property_count++];
    struct text name = word(&rest);
    property->root = text_cut(&name, '.');
    property->name = name;
    if (text_is_absent(name)) {
        property->name = property->root;
        property->root = (struct text){0};
    }
    property->type = read_type(sample, rest, line);
}

static void design_line(struct rule_sample *sample, struct text line)
{
    struct dictionary *to = &sample->dictionary;
    struct text rest = line;
    struct text kind = word(&rest);
    if (kind.len == 0)
        return;
    if (is(kind, "event")) {
        struct text name = word(&rest);
        to->events[to->event_count++] = (struct dictionary_event){
            .oid = name, .name = name, .is_repeating = is(text_trim(rest), "repeats")};
    } else if (is(kind, "codes")) {
        add_codes(sample, rest);
    } else if (is(kind, "form") || is(kind, "register")) {
        add_form(sample, rest, is(kind, "register"));
    } else if (is(kind, "group")) {
        struct text name = word(&rest);
        add_group(sample, name, is(text_trim(rest), "repeats"));
    } else if (is(kind, "item")) {
        add_item(sample, rest, line);
    } else if (is(kind, "property")) {
        add_property(sample, rest, line);
    } else {
        stop(line);
    }
}

void rule_sample_begin(struct rule_sample *sample, struct text design)
{
    *sample = (struct rule_sample){.arena = arena_new((size_t)256 << 20)};
    struct dictionary *to = &sample->dictionary;
    to->items = ARENA_ARRAY(sample->arena, struct dictionary_item, MOST);
    to->groups = ARENA_ARRAY(sample->arena, struct dictionary_group, MOST);
    to->forms = ARENA_ARRAY(sample->arena, struct dictionary_form, MOST);
    to->events = ARENA_ARRAY(sample->arena, struct dictionary_event, MOST);
    to->codelists = ARENA_ARRAY(sample->arena, struct dictionary_codelist, MOST);
    to->properties = ARENA_ARRAY(sample->arena, struct dictionary_property, MOST);
    struct text rest = text_copy(sample->arena, design);
    while (!text_is_absent(rest))
        design_line(sample, text_trim(text_cut(&rest, '\n')));
    dictionary_finish(to, sample->arena);
    sample->shape = shape_of(to, sample->arena);
    sample->sheet = sheet_new(sample->shape, sample->arena);
    for (int32_t i = 0; i < to->form_count; i++)
        if (to->forms[i].is_register)
            sheet_instance(sample->sheet, i, 0, 1, 1);
    /* 2025-11-22T12:00+08:00 */
    sample->world = (struct engine_world){.ask = sheet_ask,
                                          .data = sample->sheet,
                                          .now = INT64_C(1763784000000000),
                                          .offset_minutes = 480};
    sample->run = run_new(sample->arena, sample->arena);
    sample->run->world = &sample->world;
}

void rule_sample_end(struct rule_sample *sample)
{
    arena_free(sample->arena);
}

/* ---- values ---- */

struct place_reader {
    int32_t event, event_repeat;
};

static int32_t repeat_of(struct text *name)
{
    struct text rest = *name;
    int64_t repeat = 1;
    *name = text_cut(&rest, '#');
    if (!text_is_absent(rest) && !text_to_int64(rest, &repeat))
        stop(*name);
    return (int32_t)repeat;
}

static int32_t row_of(struct text *name)
{
    struct text rest = *name;
    int64_t row = 0;
    *name = text_cut(&rest, '[');
    if (!text_is_absent(rest) && !text_to_int64(text_cut(&rest, ']'), &row))
        stop(*name);
    return (int32_t)row;
}

static struct datum read_missing(struct text value)
{
    static const char *const reasons[] = {"", "ND", "UNK", "NA", "REF", "DEV", "OTH"};
    struct datum missing = datum_of_kind(DATUM_MISSING);
    for (uint8_t i = 1; i < ARRAY_COUNT(reasons); i++)
        if (is(text_trim(text_part(value, 7, value.len)), reasons[i]))
            missing.detail = i;
    return missing;
}

static struct datum read_value(const struct rule_sample *sample,
                               const struct type *type, struct text value,
                               struct text line)
{
    struct decimal number;
    struct moment moment;
    if (is(value, "empty"))
        return datum_of_kind(DATUM_EMPTY);
    if (is(value, "sealed"))
        return datum_of_kind(DATUM_SEALED);
    if (text_starts_with(value, TEXT("missing")))
        return read_missing(value);
    if (type->kind == TYPE_NUMBER && decimal_parse(value, &number, NULL) == DECIMAL_OK)
        return datum_number(number);
    if (type->kind == TYPE_MOMENT && moment_parse(value, &moment, NULL))
        return datum_moment(&moment, sample->world.offset_minutes);
    if (type->kind == TYPE_TRUTH)
        return datum_truth(is(value, "yes"));
    if (type->kind == TYPE_NUMBER || type->kind == TYPE_MOMENT)
        stop(line);
    if (value.len >= 2 && value.at[0] == '\'')
        value = text_part(value, 1, value.len - 2);
    return datum_text(value);
}

/* FORM[#repeat] at the event, made when it is not there. */
static struct sheet_instance *find_instance(struct rule_sample *sample,
                                            struct text name,
                                            const struct place_reader *at)
{
    int32_t repeat = repeat_of(&name);
    int32_t form = dictionary_form_of(&sample->dictionary, name);
    if (form < 0)
        stop(name);
    bool is_register = sample->dictionary.forms[form].is_register;
    return sheet_instance(sample->sheet, form, is_register ? 0 : at->event,
                          is_register ? 1 : at->event_repeat, repeat);
}

static void set_item(struct rule_sample *sample, struct sheet_instance *instance,
                     struct text name, struct text value, struct text line)
{
    int32_t row = row_of(&name);
    int32_t item = dictionary_item_in(&sample->dictionary, instance->form, name);
    if (item < 0)
        stop(line);
    const struct dictionary_item *entry = &sample->dictionary.items[item];
    int32_t first = sample->shape->forms[instance->form].first_group;
    if (row > instance->groups[entry->group - first].rows)
        sheet_set_rows(sample->sheet, instance, entry->group, row);
    sheet_set(sample->sheet, instance, item, row,
              read_value(sample, &entry->type, value, line));
}

static bool set_property(struct rule_sample *sample, struct text name,
                         struct text value, struct text line)
{
    struct text second = name, first = text_cut(&second, '.');
    bool is_pair = !text_is_absent(second);
    int32_t property =
        dictionary_property_of(&sample->dictionary, is_pair ? first : (struct text){0},
                               is_pair ? second : first);
    if (property < 0)
        return false;
    sheet_set_property(
        sample->sheet, property,
        read_value(sample, &sample->dictionary.properties[property].type, value, line));
    return true;
}

static const struct {
    const char *name;
    enum question_kind kind;
    int which;
    enum type_kind type;
} facts[] = {
    {"source", ASK_ITEM, ITEM_SOURCE, TYPE_TEXT},
    {"author", ASK_ITEM, ITEM_AUTHOR, TYPE_TEXT},
    {"entered", ASK_ITEM, ITEM_ENTERED, TYPE_MOMENT},
    {"changes", ASK_ITEM, ITEM_CHANGES, TYPE_NUMBER},
    {"first_value", ASK_ITEM, ITEM_FIRST_VALUE, TYPE_NUMBER},
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

static bool set_fact(struct rule_sample *sample, struct text kind, struct text name,
                     struct text value, const struct place_reader *at, struct text line)
{
    for (size_t i = 0; i < ARRAY_COUNT(facts); i++) {
        if (!is(kind, facts[i].name))
            continue;
        struct question question = {
            .kind = facts[i].kind, .which = facts[i].which, .instance = -1};
        struct type type = type_of_kind(facts[i].type);
        if (facts[i].kind == ASK_SCHEDULE) {
            question.subject = dictionary_event_of(&sample->dictionary, name);
        } else {
            struct text item = name, form = text_cut(&item, '.');
            question.row = row_of(&item);
            struct sheet_instance *instance = find_instance(sample, form, at);
            question.instance = sheet_position(sample->sheet, instance);
            question.subject =
                facts[i].kind == ASK_FORM
                    ? instance->form
                    : dictionary_item_in(&sample->dictionary, instance->form, item);
        }
        sheet_set_fact(sample->sheet, &question,
                       read_value(sample, &type, value, line));
        return true;
    }
    return false;
}

static void value_line(struct rule_sample *sample, struct text line,
                       struct place_reader *at)
{
    struct text rest = line;
    if (text_trim(line).len == 0)
        return;
    if (text_starts_with(line, TEXT("at "))) {
        struct text name = text_trim(text_part(line, 3, line.len));
        at->event_repeat = repeat_of(&name);
        at->event = dictionary_event_of(&sample->dictionary, name);
        if (at->event < 0)
            stop(line);
        return;
    }
    struct text name = text_trim(text_cut(&rest, '=')), value = text_trim(rest);
    struct text second = name, first = text_cut(&second, ' ');
    if (!text_is_absent(second)) {
        if (!set_fact(sample, first, text_trim(second), value, at, line))
            stop(line);
        return;
    }
    if (set_property(sample, name, value, line))
        return;
    struct text item = name, form = text_cut(&item, '.');
    set_item(sample, find_instance(sample, form, at), item, value, line);
}

void rule_sample_values(struct rule_sample *sample, struct text values)
{
    struct place_reader at = {.event = 0, .event_repeat = 1};
    struct text rest = text_copy(sample->arena, values);
    while (!text_is_absent(rest))
        value_line(sample, text_trim(text_cut(&rest, '\n')), &at);
}

/* ---- places ---- */

int32_t rule_sample_group(struct rule_sample *sample, struct text words)
{
    struct text form = words, group;
    form = text_cut(&words, ' ');
    group = form;
    text_cut(&group, '.');
    if (text_is_absent(group))
        return -1;
    row_of(&group);
    return dictionary_group_of(&sample->dictionary, group);
}

struct engine_place rule_sample_place(struct rule_sample *sample, struct text words)
{
    struct text rest = words, form = word(&rest), group;
    struct place_reader at = {.event = 0, .event_repeat = 1};
    if (form.len == 0)
        return (struct engine_place){.form = -1, .instance = -1};
    struct text event = word(&rest);
    event = word(&rest);
    if (event.len > 0) {
        at.event_repeat = repeat_of(&event);
        at.event = dictionary_event_of(&sample->dictionary, event);
    }
    group = form;
    form = text_cut(&group, '.');
    struct sheet_instance *instance = find_instance(sample, form, &at);
    return (struct engine_place){.form = instance->form,
                                 .instance = sheet_position(sample->sheet, instance),
                                 .row = text_is_absent(group) ? 0 : row_of(&group)};
}

/* ---- evaluation ---- */

const struct program *rule_sample_compile(struct rule_sample *sample,
                                          struct text source, struct text where,
                                          struct findings *findings)
{
    struct engine_place place = rule_sample_place(sample, where);
    struct expression expression = {
        .source = source,
        .context = {.form = place.form,
                    .group = place.form < 0 ? -1 : rule_sample_group(sample, where)}};
    return expression_compile(&expression, &sample->dictionary, sample->arena,
                              findings);
}

static struct text print_real(struct rule_sample *sample, double real)
{
    struct decimal rounded;
    char digits[DECIMAL_TEXT_SIZE];
    if (!real_round(real, 6, &rounded))
        return TEXT("≈large");
    for (; rounded.scale > 0 && rounded.coefficient % 10 == 0; rounded.scale--)
        rounded.coefficient /= 10;
    return text_format(sample->arena, "≈%.*s", (int)decimal_print(rounded, digits),
                       digits);
}

struct text rule_sample_print(struct rule_sample *sample, struct datum value)
{
    static const char *const reasons[] = {"?", "ND", "UNK", "NA", "REF", "DEV", "OTH"};
    static const char *const truths[] = {"no", "yes", "unknown"};
    char printed[MOMENT_TEXT_SIZE];
    struct moment moment;
    switch (value.kind) {
    case DATUM_EMPTY: return TEXT("empty");
    case DATUM_SEALED: return TEXT("sealed");
    case DATUM_FAULT: return text_format(sample->arena, "fault %d", value.detail);
    case DATUM_MISSING:
        return text_format(sample->arena, "missing %s", reasons[value.detail]);
    case DATUM_NUMBER:
        return text_format(sample->arena, "%.*s",
                           (int)decimal_print(datum_decimal(value), printed), printed);
    case DATUM_REAL: return print_real(sample, value.as.real);
    case DATUM_TEXT:
        return text_format(sample->arena, "'%.*s'", TEXT_ARG(datum_as_text(value)));
    case DATUM_MOMENT:
        moment = datum_to_moment(value, sample->world.offset_minutes);
        return text_format(sample->arena, "%.*s", (int)moment_print(&moment, printed),
                           printed);
    default: return text_of(truths[value.as.coefficient]);
    }
}

struct text rule_sample_value(struct rule_sample *sample, struct text source,
                              struct text where)
{
    struct findings findings;
    const struct program *program =
        rule_sample_compile(sample, source, where, &findings);
    if (program == NULL) {
        const struct finding *first = &findings.kept[0];
        return text_format(sample->arena, "error %zu:%zu: %.*s%s%.*s%s", first->line,
                           first->column, TEXT_ARG(first->sentence),
                           first->hint.len > 0 ? " (" : "", TEXT_ARG(first->hint),
                           first->hint.len > 0 ? ")" : "");
    }
    struct engine_place place = rule_sample_place(sample, where);
    struct run_result result = run_program(sample->run, program, &place);
    sample->wakes_at = result.wakes_at;
    return rule_sample_print(sample, result.value);
}

int32_t rule_sample_item(const struct rule_sample *sample, const char *name)
{
    return dictionary_item_of(&sample->dictionary, text_of(name));
}
