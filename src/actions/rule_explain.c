#include "actions/rule_explain.h"

#include "actions/study_state.h"
#include "actions/world.h"
#include "base/buffer.h"
#include "model/datum_words.h"

struct explaining {
    const struct explain_request *request;
    struct world *world;
    const struct engine_world *seen; /* from the place where the rule stands */
    struct arena *arena;
    struct trace trace;
    struct explanation *out;
};

static const struct rule *rule_of(const struct explaining *explaining)
{
    return &explaining->request->list->rules[explaining->request->rule];
}

static struct text words(const struct explaining *explaining, struct datum value)
{
    return datum_words(value, explaining->world->offset_minutes, explaining->arena);
}

/* --- steps ---------------------------------------------------------------------------- */

static struct text one_line(struct text source, struct arena *arena)
{
    char *out = arena_alloc(arena, source.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < source.len; i++) {
        bool is_blank = source.at[i] == ' ' || source.at[i] == '\t' ||
                        source.at[i] == '\n' || source.at[i] == '\r';
        if (!is_blank)
            out[len++] = source.at[i];
        else if (len > 0 && out[len - 1] != ' ')
            out[len++] = ' ';
    }
    return (struct text){.at = out, .len = len};
}

/* Of a row of a loop, whose form is known by the item it was asked for. */
static struct text place_words(const struct explaining *explaining,
                               const struct instruction *instruction,
                               const struct trace_entry *entry)
{
    const struct rulebook *rulebook = explaining->world->rulebook;
    const struct sheet *sheet = explaining->world->book->sheet;
    if (instruction->frame == 0 ||
        (instruction->op != OP_ITEM_ROW && instruction->op != OP_ITEM_FORM))
        return (struct text){0};
    int32_t form = sheet->shape->items[instruction->a].form;
    if (entry->instance < 0 || entry->instance >= sheet->forms[form].count ||
        rulebook->dictionary->forms[form].is_register)
        return (struct text){0};
    const struct sheet_instance *at = sheet->forms[form].instances[entry->instance];
    struct buffer buffer = buffer_in(explaining->arena, LIMIT_ITEM_TEXT);
    buffer_format(&buffer, "%.*s",
                  TEXT_ARG(rulebook->dictionary->events[at->event].oid));
    if (at->event_repeat > 1)
        buffer_format(&buffer, " %d", (int)at->event_repeat);
    if (at->form_repeat > 1)
        buffer_format(&buffer, ", copy %d", (int)at->form_repeat);
    if (entry->row > 0)
        buffer_format(&buffer, ", row %d", (int)entry->row);
    return (struct text){.at = buffer.at, .len = buffer.len};
}

static struct text part_of(const struct program *program,
                           const struct trace_entry *entry)
{
    return text_part(program->source, entry->span.from,
                     entry->span.to - entry->span.from);
}

/* What comes next is the same part still, as "= 'Y'" before "is not 'Y'". */
static bool is_under_way(const struct explaining *explaining, size_t at)
{
    const struct trace *trace = &explaining->trace;
    const struct trace_entry *entry = &trace->entries[at];
    if (entry->is_answer || at + 1 == trace->count)
        return false;
    if (at + 1 == trace->capacity)
        return true;
    struct program_span next = trace->entries[at + 1].span;
    return next.from == entry->span.from && next.to == entry->span.to;
}

/* Answers of different rows are told apart, what was computed of them is not. */
static bool is_repeated(const struct explaining *explaining,
                        const struct program *program, size_t at)
{
    const struct trace_entry *entry = &explaining->trace.entries[at];
    for (size_t i = 0; i < at; i++) {
        const struct trace_entry *other = &explaining->trace.entries[i];
        bool is_same_row =
            other->instance == entry->instance && other->row == entry->row;
        if (other->is_answer == entry->is_answer &&
            (is_same_row || !entry->is_answer) &&
            other->value.kind == entry->value.kind &&
            datum_equal(other->value, entry->value) &&
            text_equal(part_of(program, other), part_of(program, entry)))
            return true;
    }
    return false;
}

/* What is written in the expression itself is not told. */
static bool is_told(const struct explaining *explaining, const struct program *program,
                    size_t at)
{
    const struct trace_entry *entry = &explaining->trace.entries[at];
    uint8_t op = program->code[entry->at].op;
    if (op == OP_CONSTANT || op == OP_MOMENT)
        return false;
    if (is_under_way(explaining, at))
        return false;
    return !is_repeated(explaining, program, at);
}

static void tell_steps(struct explaining *explaining, const struct program *program,
                       struct explained_place *place)
{
    const struct trace *trace = &explaining->trace;
    size_t kept = trace->count < trace->capacity ? trace->count : trace->capacity;
    struct explained_step *steps =
        ARENA_ARRAY(explaining->arena, struct explained_step, kept);
    for (size_t i = 0; i < kept; i++) {
        const struct trace_entry *entry = &trace->entries[i];
        if (!is_told(explaining, program, i))
            continue;
        steps[place->step_count++] = (struct explained_step){
            .part = one_line(part_of(program, entry), explaining->arena),
            .value = words(explaining, entry->value),
            .where = place_words(explaining, &program->code[entry->at], entry),
            .is_answer = entry->is_answer};
    }
    place->steps = steps;
    place->steps_left_off = trace->count - kept;
}

/* --- places --------------------------------------------------------------------------- */

/* The place is counted only when there are too many. */
static struct explained_place *run_at(struct explaining *explaining,
                                      const struct program *program,
                                      struct engine_place at)
{
    struct explanation *out = explaining->out;
    struct run *run = explaining->world->book->run;
    if (out->place_count == EXPLAINED_PLACES) {
        out->places_left_off++;
        return NULL;
    }
    struct explained_place *place = &out->places[out->place_count++];
    explaining->trace.count = 0;
    run->world = explaining->seen;
    run->scratch = explaining->arena;
    run->trace = &explaining->trace;
    struct run_result result = run_program(run, program, &at);
    run->trace = NULL;
    *place = (struct explained_place){.row = at.row,
                                      .value = result.value,
                                      .result = words(explaining, result.value),
                                      .wakes = result.wakes_at != WAKES_NEVER,
                                      .wakes_at = result.wakes_at};
    tell_steps(explaining, program, place);
    return place;
}

static bool is_asked(const struct explaining *explaining, struct text event)
{
    return text_is_absent(explaining->request->event) ||
           text_equal(explaining->request->event, event);
}

static void place_at(struct explained_place *place, const struct explaining *explaining,
                     const struct sheet_instance *instance)
{
    const struct dictionary *dictionary = explaining->world->rulebook->dictionary;
    place->event = dictionary->events[instance->event].oid;
    place->event_repeat = instance->event_repeat;
    place->form_repeat = instance->form_repeat;
}

/* An answer that is kept in the vault is not told, even when it could be computed. */
static void tell_stored(struct explaining *explaining, struct explained_place *place,
                        const struct sheet_instance *instance)
{
    const struct rule *rule = rule_of(explaining);
    const struct world *world = explaining->world;
    const struct item *item = design_item(
        world->rulebook->design, world->rulebook->dictionary->items[rule->item].oid);
    const struct cell *cell =
        sheet_cell(world->book->sheet, instance, rule->item, (int32_t)place->row);
    place->is_hidden = cell != NULL && cell->is_hidden;
    if (rule->kind != RULE_DERIVES)
        return;
    place->stored =
        words(explaining, cell == NULL ? datum_of_kind(DATUM_EMPTY) : cell->value);
    if (item != NULL && item->is_identity) {
        place->value = datum_of_kind(DATUM_SEALED);
        place->result = place->stored = TEXT("sealed");
        place->step_count = 0;
    }
}

static void explain_row(struct explaining *explaining,
                        const struct sheet_instance *instance, int32_t row)
{
    const struct rule *rule = rule_of(explaining);
    struct engine_place at = {
        .form = rule->form,
        .instance = sheet_position(explaining->world->book->sheet, instance),
        .row = row};
    int64_t wanted = explaining->request->row;
    if (wanted != 0 && wanted != row)
        return;
    struct explained_place *place = run_at(explaining, rule->program, at);
    if (place == NULL)
        return;
    place_at(place, explaining, instance);
    tell_stored(explaining, place, instance);
}

static void explain_item(struct explaining *explaining)
{
    const struct rule *rule = rule_of(explaining);
    const struct sheet *sheet = explaining->world->book->sheet;
    const struct sheet_form *form = &sheet->forms[rule->form];
    const struct shape_group *group =
        rule->group < 0 ? NULL : &sheet->shape->groups[rule->group];
    for (int32_t i = 0; i < form->count; i++) {
        const struct sheet_instance *instance = form->instances[i];
        const struct dictionary *dictionary = explaining->world->rulebook->dictionary;
        if (!is_asked(explaining, dictionary->events[instance->event].oid))
            continue;
        if (group == NULL || !group->is_repeating) {
            explain_row(explaining, instance, 0);
            continue;
        }
        int32_t first = sheet->shape->forms[rule->form].first_group;
        int32_t rows = instance->groups[rule->group - first].rows;
        for (int32_t row = 1; row <= rows; row++)
            explain_row(explaining, instance, row);
    }
}

/* As the schedule runs it: once, or at each form of an event that repeats. */
static void explain_moment(struct explaining *explaining,
                           const struct study_event *event)
{
    const struct world *world = explaining->world;
    const struct event_rules *rules = world->rulebook->events;
    for (size_t i = 0; i < rules->rule_count; i++) {
        const struct event_rule *rule = &rules->rules[i];
        if (rule->event != event)
            continue;
        if (rule->form < 0) {
            (void)run_at(explaining, rule->moment,
                         (struct engine_place){.form = -1, .instance = -1});
            continue;
        }
        const struct sheet_form *form = &world->book->sheet->forms[rule->form];
        for (int32_t k = 0; k < form->count; k++) {
            const struct sheet_instance *instance = form->instances[k];
            if (event != &world->rulebook->design->events[instance->event])
                continue;
            struct explained_place *place =
                run_at(explaining, rule->moment,
                       (struct engine_place){.form = rule->form, .instance = k});
            if (place != NULL)
                place_at(place, explaining, instance);
        }
    }
}

static void explain_repeat(struct explaining *explaining,
                           const struct exception_rule *rule,
                           const struct schedule *schedule, int64_t repeat)
{
    const struct world *world = explaining->world;
    struct schedule_input input = {.rulebook = world->rulebook,
                                   .sheet = world->book->sheet,
                                   .world = &world->book->world};
    struct schedule_stand stand = {
        .input = &input, .schedule = schedule, .event = rule->event, .repeat = repeat};
    struct engine_world seen = schedule_world(&stand);
    explaining->seen = &seen;
    struct explained_place *place = run_at(
        explaining, rule->unless,
        (struct engine_place){.form = rule->place, .instance = SCHEDULE_UNBEGUN});
    explaining->seen = &world->book->world;
    if (place == NULL)
        return;
    place->event = rule->event->oid;
    place->event_repeat = repeat;
}

/* Forms of one event that share an exception have one answer. */
static bool is_answered(const struct event_rules *rules, size_t at)
{
    const struct exception_rule *rule = &rules->exceptions[at];
    for (size_t i = 0; i < at; i++)
        if (rules->exceptions[i].event == rule->event &&
            text_equal(rules->exceptions[i].exception->unless.oid,
                       rule->exception->unless.oid))
            return true;
    return false;
}

/* At each event that has it, at each of its repeats that is due. */
static bool explain_exception(struct explaining *explaining, struct text oid,
                              struct error *err)
{
    const struct event_rules *rules = explaining->world->rulebook->events;
    struct schedule schedule;
    if (!world_schedule(explaining->world, &schedule, err))
        return false;
    for (size_t i = 0; i < rules->exception_count; i++) {
        const struct exception_rule *rule = &rules->exceptions[i];
        if (!text_equal(rule->exception->unless.oid, oid) || is_answered(rules, i) ||
            !is_asked(explaining, rule->event->oid))
            continue;
        if (!rule->event->is_repeating)
            explain_repeat(explaining, rule, &schedule, 1);
        for (size_t k = 0; rule->event->is_repeating && k < schedule.due_count; k++)
            if (schedule.dues[k].event == rule->event && schedule.dues[k].form == NULL)
                explain_repeat(explaining, rule, &schedule, schedule.dues[k].repeat);
    }
    return true;
}

static bool explain_event(struct explaining *explaining, struct error *err)
{
    const struct rule_list *list = explaining->request->list;
    size_t rule = explaining->request->rule;
    if (list->exceptions[rule] != NULL)
        return explain_exception(explaining, list->sources[rule].oid, err);
    explain_moment(explaining, list->events[rule]);
    return true;
}

/* --- all of it ------------------------------------------------------------------------ */

static bool explain(struct explaining *explaining, struct error *err)
{
    struct world *world = explaining->world;
    if (!world_open(world, err) || !world_run(world, err))
        return false;
    explaining->seen = &world->book->world;
    if (explaining->request->list->events[explaining->request->rule] == NULL)
        explain_item(explaining);
    else if (!explain_event(explaining, err))
        return false;
    if (world->is_failed)
        *err = world->error;
    return !world->is_failed;
}

bool rule_explain(struct study *study, const struct caller *caller,
                  const struct explain_request *request, struct arena *arena,
                  struct explanation *out, struct error *err)
{
    const struct participant *participant = request->participant;
    *out = (struct explanation){
        .places = ARENA_ARRAY(arena, struct explained_place, EXPLAINED_PLACES)};
    if (!caller_must_for(caller, PERMISSION_VIEW_CASEBOOK, participant, err))
        return caller_refused(study, caller, participant->id, err);
    struct world world = {.arena = arena,
                          .rulebook = study_rulebook(study, study_design(study)),
                          .participant = participant,
                          .now = study_now(study),
                          .caller = caller};
    struct explaining explaining = {
        .request = request,
        .world = &world,
        .arena = arena,
        .trace = {.entries = ARENA_ARRAY(arena, struct trace_entry, EXPLAINED_STEPS),
                  .capacity = EXPLAINED_STEPS},
        .out = out};
    world.db = store_reader(study->store);
    bool is_done = explain(&explaining, err);
    store_reader_return(study->store, world.db);
    return is_done;
}
