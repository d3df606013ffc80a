#include "model/schedule.h"

#include "engine/run.h"
#include "engine/sheet.h"

/* What was recorded on a provisional record came first: its forms stand before those of
 * the same number that the participant has of its own. */
enum { OWN_REPEATS_FROM = 1000000, SECOND = 1000000 };

struct scheduling {
    const struct schedule_input *input;
    struct arena *arena;
    struct sheet *sheet;
    struct sheet_instance **instances; /* of the forms; NULL: not of this design */
    struct run *run;
    struct event_moment *moments;
    size_t moment_count;
};

/* --- the sheet ------------------------------------------------------------------------ */

static struct datum datum_of(enum type_kind kind, struct text value,
                             int32_t offset_minutes)
{
    struct decimal number;
    struct moment moment;
    struct datum nothing = datum_of_kind(DATUM_EMPTY);
    if (kind == TYPE_NUMBER)
        return decimal_parse(value, &number, NULL) == DECIMAL_OK ? datum_number(number)
                                                                 : nothing;
    if (kind == TYPE_MOMENT)
        return moment_parse(value, &moment, NULL)
                   ? datum_moment(&moment, offset_minutes)
                   : nothing;
    return datum_text(value);
}

static void set_value(struct scheduling *scheduling, struct sheet_instance *instance,
                      const struct entered_value *value)
{
    const struct event_rules *rules = scheduling->input->rules;
    int32_t item = dictionary_item_in(rules->dictionary, instance->form, value->item);
    if (item < 0)
        return;
    int32_t group = rules->shape->items[item].group;
    int32_t first = rules->shape->forms[instance->form].first_group;
    int32_t row = (int32_t)value->row;
    if (rules->shape->groups[group].is_repeating &&
        instance->groups[group - first].rows < row)
        sheet_set_rows(scheduling->sheet, instance, group, row);
    enum type_kind kind = rules->dictionary->items[item].type.kind;
    (void)sheet_set(scheduling->sheet, instance, item, row,
                    datum_of(kind, value->value, scheduling->input->offset_minutes));
}

static void place_form(struct scheduling *scheduling, size_t i)
{
    const struct entered_form *entered = &scheduling->input->forms[i];
    const struct dictionary *dictionary = scheduling->input->rules->dictionary;
    int32_t form = dictionary_form_of(dictionary, entered->form);
    int32_t event = dictionary_event_of(dictionary, entered->event);
    if (form < 0 || event < 0)
        return;
    int32_t before = entered->is_earlier ? 0 : OWN_REPEATS_FROM;
    struct sheet_instance *instance =
        sheet_instance(scheduling->sheet, form, event, (int32_t)entered->event_repeat,
                       before + (int32_t)entered->form_repeat);
    for (size_t k = 0; k < entered->value_count; k++)
        set_value(scheduling, instance, &entered->values[k]);
    scheduling->instances[i] = instance;
}

static void fill_sheet(struct scheduling *scheduling)
{
    const struct schedule_input *input = scheduling->input;
    scheduling->sheet = sheet_new(input->rules->shape, scheduling->arena);
    scheduling->instances =
        ARENA_ARRAY(scheduling->arena, struct sheet_instance *, input->form_count);
    for (size_t i = 0; i < input->form_count; i++)
        place_form(scheduling, i);
}

/* --- moments -------------------------------------------------------------------------- */

static const struct event_rule *rule_of(const struct event_rules *rules,
                                        const struct study_event *event, int32_t form)
{
    for (size_t i = 0; i < rules->rule_count; i++)
        if (rules->rules[i].event == event && rules->rules[i].form == form)
            return &rules->rules[i];
    return NULL;
}

static struct datum answer_of(struct scheduling *scheduling,
                              const struct program *program, int32_t form,
                              int32_t instance)
{
    struct engine_place place = {.form = form, .instance = instance};
    return run_program(scheduling->run, program, &place).value;
}

static bool is_known(const struct scheduling *scheduling,
                     const struct study_event *event, int64_t repeat)
{
    for (size_t i = 0; i < scheduling->moment_count; i++)
        if (scheduling->moments[i].event == event &&
            scheduling->moments[i].repeat == repeat)
            return true;
    return false;
}

static void add_moment(struct scheduling *scheduling, const struct event_rule *rule,
                       int32_t instance, int64_t repeat)
{
    struct datum when = answer_of(scheduling, rule->moment, rule->form, instance);
    if (when.kind != DATUM_MOMENT || when.detail < MOMENT_MINUTE ||
        is_known(scheduling, rule->event, repeat))
        return;
    scheduling->moments[scheduling->moment_count++] = (struct event_moment){
        .event = rule->event, .repeat = repeat, .at = when.as.coefficient};
}

/* Of an event that repeats, each repeat is asked in a form that stands at it. */
static void find_repeats(struct scheduling *scheduling)
{
    const struct event_rules *rules = scheduling->input->rules;
    for (size_t i = 0; i < scheduling->input->form_count; i++) {
        const struct entered_form *entered = &scheduling->input->forms[i];
        struct sheet_instance *at = scheduling->instances[i];
        if (at == NULL)
            continue;
        const struct study_event *event = design_event(rules->design, entered->event);
        const struct event_rule *rule = rule_of(rules, event, at->form);
        if (rule != NULL && rule->moment != NULL)
            add_moment(scheduling, rule, sheet_position(scheduling->sheet, at),
                       entered->event_repeat);
    }
}

static void find_moments(struct scheduling *scheduling)
{
    const struct event_rules *rules = scheduling->input->rules;
    scheduling->moments =
        ARENA_ARRAY(scheduling->arena, struct event_moment,
                    rules->rule_count + scheduling->input->form_count);
    for (size_t i = 0; i < rules->rule_count; i++)
        if (rules->rules[i].form < 0 && rules->rules[i].moment != NULL)
            add_moment(scheduling, &rules->rules[i], -1, 1);
    find_repeats(scheduling);
}

static void find_left_out(struct scheduling *scheduling, struct schedule *out)
{
    const struct event_rules *rules = scheduling->input->rules;
    const struct study_event **left_out = ARENA_ARRAY(
        scheduling->arena, const struct study_event *, rules->rule_count);
    for (size_t i = 0; i < rules->rule_count; i++) {
        const struct event_rule *rule = &rules->rules[i];
        if (rule->form >= 0 || rule->exists == NULL)
            continue;
        struct datum takes_place = answer_of(scheduling, rule->exists, -1, -1);
        if (takes_place.kind == DATUM_TRUTH && takes_place.as.coefficient == TRUTH_NO)
            left_out[out->left_out_count++] = rule->event;
    }
    out->left_out = left_out;
}

/* --- what is due ---------------------------------------------------------------------- */

/* An event that repeats with what it counts from has that repeat's number. */
static struct event_due due_of(const struct event_timing *timing,
                               const struct event_moment *from)
{
    return (struct event_due){
        .event = timing->event,
        .repeat = timing->event->is_repeating ? from->repeat : 1,
        .form = timing->form,
        .from = from,
        .due = from->at + timing->target * SECOND,
        .has_opens = timing->has_low,
        .has_closes = timing->has_high,
        .opens = from->at + timing->low * SECOND,
        .closes = from->at + timing->high * SECOND,
    };
}

static void find_dues(const struct scheduling *scheduling, struct schedule *out)
{
    const struct design *design = scheduling->input->rules->design;
    struct event_due *dues =
        ARENA_ARRAY(scheduling->arena, struct event_due,
                    design->timing_count * scheduling->moment_count);
    for (size_t i = 0; i < design->timing_count; i++)
        for (size_t k = 0; k < scheduling->moment_count; k++)
            if (scheduling->moments[k].event == design->timings[i].from)
                dues[out->due_count++] =
                    due_of(&design->timings[i], &scheduling->moments[k]);
    out->dues = dues;
}

struct schedule schedule_of(const struct schedule_input *input, struct arena *arena)
{
    struct scheduling scheduling = {.input = input, .arena = arena};
    struct schedule out = {0};
    if (input->rules == NULL)
        return out;
    fill_sheet(&scheduling);
    struct engine_world world = {.ask = sheet_ask,
                                 .data = scheduling.sheet,
                                 .now = input->now,
                                 .offset_minutes = input->offset_minutes};
    scheduling.run = run_new(arena, arena);
    scheduling.run->world = &world;
    find_moments(&scheduling);
    out.moments = scheduling.moments;
    out.moment_count = scheduling.moment_count;
    find_left_out(&scheduling, &out);
    find_dues(&scheduling, &out);
    return out;
}
