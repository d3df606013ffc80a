#include "model/schedule.h"

#include "engine/run.h"
#include "model/event_rules.h"

enum { SECOND = 1000000 };

struct scheduling {
    const struct schedule_input *input;
    struct arena *arena;
    struct run *run;
    struct event_moment *moments;
    size_t moment_count;
};

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
    const struct rulebook *rulebook = scheduling->input->rulebook;
    const struct sheet *sheet = scheduling->input->sheet;
    for (int32_t i = 0; i < sheet->serial_count; i++) {
        const struct sheet_instance *at = sheet->by_serial[i];
        if (rulebook->dictionary->forms[at->form].is_register)
            continue;
        const struct study_event *event = &rulebook->design->events[at->event];
        const struct event_rule *rule = rule_of(rulebook->events, event, at->form);
        if (rule != NULL && rule->moment != NULL)
            add_moment(scheduling, rule, sheet_position(sheet, at), at->event_repeat);
    }
}

static void find_moments(struct scheduling *scheduling)
{
    const struct event_rules *rules = scheduling->input->rulebook->events;
    scheduling->moments =
        ARENA_ARRAY(scheduling->arena, struct event_moment,
                    rules->rule_count + (size_t)scheduling->input->sheet->serial_count);
    for (size_t i = 0; i < rules->rule_count; i++)
        if (rules->rules[i].form < 0 && rules->rules[i].moment != NULL)
            add_moment(scheduling, &rules->rules[i], -1, 1);
    find_repeats(scheduling);
}

static void find_left_out(struct scheduling *scheduling, struct schedule *out)
{
    const struct event_rules *rules = scheduling->input->rulebook->events;
    const struct study_event **left_out =
        ARENA_ARRAY(scheduling->arena, const struct study_event *, rules->rule_count);
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
    const struct design *design = scheduling->input->rulebook->design;
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
    if (input->rulebook->events == NULL)
        return out;
    scheduling.run = run_new(arena, arena);
    scheduling.run->world = input->world;
    find_moments(&scheduling);
    out.moments = scheduling.moments;
    out.moment_count = scheduling.moment_count;
    find_left_out(&scheduling, &out);
    find_dues(&scheduling, &out);
    return out;
}
