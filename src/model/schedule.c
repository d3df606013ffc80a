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
    struct engine_place place = {.form = rule->form, .instance = instance};
    struct datum when = run_program(scheduling->run, rule->moment, &place).value;
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
        if (rule != NULL)
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
        if (rules->rules[i].form < 0)
            add_moment(scheduling, &rules->rules[i], -1, 1);
    find_repeats(scheduling);
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

const struct event_due *schedule_due(const struct schedule *schedule,
                                     const struct study_event *event, int64_t repeat,
                                     const struct form *form)
{
    const struct event_due *found = NULL;
    for (size_t i = 0; i < schedule->due_count; i++) {
        const struct event_due *due = &schedule->dues[i];
        if (due->event != event || due->repeat != repeat)
            continue;
        if (form != NULL && due->form == form)
            return due;
        if (due->form == NULL)
            found = due;
    }
    return found;
}

struct datum schedule_answer(const struct schedule *schedule,
                             const struct design *design,
                             const struct question *question, int64_t repeat,
                             int32_t offset_minutes)
{
    bool has_form = question->instance >= 0;
    const struct form *form = has_form ? &design->forms[question->row] : NULL;
    const struct event_due *due = schedule_due(
        schedule, &design->events[question->subject], has_form ? repeat : 1, form);
    struct datum none = datum_of_kind(DATUM_EMPTY);
    if (due == NULL)
        return none;
    switch ((enum schedule_kind)question->which) {
    case SCHEDULE_TARGET: return datum_instant(due->due, offset_minutes);
    case SCHEDULE_LOW:
        return due->has_opens ? datum_instant(due->opens, offset_minutes) : none;
    case SCHEDULE_HIGH:
        return due->has_closes ? datum_instant(due->closes, offset_minutes) : none;
    }
    return none;
}

/* --- what is left out ----------------------------------------------------------------- */

/* The instance of a form that stands at the event, or empty. */
static struct datum beside(const struct schedule_stand *stand, int32_t form)
{
    const struct sheet *sheet = stand->input->sheet;
    const struct design *design = stand->input->rulebook->design;
    const struct sheet_form *list = &sheet->forms[form];
    for (int32_t i = 0; i < list->count; i++)
        if (&design->events[list->instances[i]->event] == stand->event &&
            list->instances[i]->event_repeat == stand->repeat)
            return datum_whole(i);
    return datum_of_kind(DATUM_EMPTY);
}

static struct datum ask_from(void *data, const struct question *question)
{
    const struct schedule_stand *stand = data;
    const struct engine_world *world = stand->input->world;
    const struct design *design = stand->input->rulebook->design;
    if (question->kind == ASK_SCHEDULE)
        return schedule_answer(stand->schedule, design, question, stand->repeat,
                               world->offset_minutes);
    if (question->instance != SCHEDULE_UNBEGUN)
        return world->ask(world->data, question);
    switch ((int)question->kind) {
    case ASK_EVENT: return datum_whole(stand->event - design->events);
    case ASK_EVENT_REPEAT: return datum_whole(stand->repeat);
    case ASK_BESIDE: return beside(stand, question->subject);
    case ASK_PROPERTY: return world->ask(world->data, question);
    default: return datum_of_kind(DATUM_EMPTY); /* nothing is entered */
    }
}

struct engine_world schedule_world(struct schedule_stand *stand)
{
    struct engine_world world = *stand->input->world;
    world.ask = ask_from;
    world.data = stand;
    return world;
}

static void try_exception(const struct scheduling *scheduling,
                          const struct exception_rule *rule, int64_t repeat,
                          struct schedule *out, struct left_out *list)
{
    struct schedule_stand stand = {.input = scheduling->input,
                                   .schedule = out,
                                   .event = rule->event,
                                   .repeat = repeat};
    struct engine_world world = schedule_world(&stand);
    struct engine_place place = {.form = rule->place, .instance = SCHEDULE_UNBEGUN};
    if (schedule_left_out(out, rule->event, repeat, NULL) != NULL)
        return;
    scheduling->run->world = &world;
    struct datum is_collected =
        run_program(scheduling->run, rule->unless, &place).value;
    if (is_collected.kind == DATUM_TRUTH && is_collected.as.coefficient == TRUTH_NO)
        list[out->left_out_count++] =
            (struct left_out){.event = rule->event,
                              .repeat = repeat,
                              .form = rule->form,
                              .words = &rule->exception->words};
}

/* Each repeat that is due; of an event that happens once the one, due or not. */
static void find_left_out(const struct scheduling *scheduling, struct schedule *out)
{
    const struct event_rules *rules = scheduling->input->rulebook->events;
    struct left_out *list =
        ARENA_ARRAY(scheduling->arena, struct left_out,
                    rules->exception_count * (1 + scheduling->moment_count));
    out->left_out = list;
    for (size_t i = 0; i < rules->exception_count; i++) {
        const struct exception_rule *rule = &rules->exceptions[i];
        if (!rule->event->is_repeating)
            try_exception(scheduling, rule, 1, out, list);
        for (size_t k = 0; rule->event->is_repeating && k < out->due_count; k++)
            if (out->dues[k].event == rule->event && out->dues[k].form == NULL)
                try_exception(scheduling, rule, out->dues[k].repeat, out, list);
    }
}

const struct left_out *schedule_left_out(const struct schedule *schedule,
                                         const struct study_event *event,
                                         int64_t repeat, const struct form *form)
{
    for (size_t i = 0; i < schedule->left_out_count; i++) {
        const struct left_out *left_out = &schedule->left_out[i];
        if (left_out->event == event && left_out->repeat == repeat &&
            (left_out->form == NULL || left_out->form == form))
            return left_out;
    }
    return NULL;
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
    find_dues(&scheduling, &out);
    return out;
}

void schedule_leave_out(const struct schedule_input *input, struct schedule *schedule,
                        struct arena *arena)
{
    struct scheduling scheduling = {.input = input, .arena = arena};
    if (input->rulebook->events == NULL)
        return;
    scheduling.run = run_new(arena, arena);
    scheduling.moment_count = schedule->moment_count;
    find_left_out(&scheduling, schedule);
}
