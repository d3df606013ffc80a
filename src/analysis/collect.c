#include "analysis/collect.h"

#include "engine/expression.h"

/* --- programs ------------------------------------------------------------------------- */

/* Where the rows of a dataset stand; form -1: the participant, group -1: the form. */
struct stand {
    int32_t form, group;
};

static bool stand_of(const struct plan_dataset *dataset,
                     const struct dictionary *dictionary, struct stand *out)
{
    *out = (struct stand){-1, -1};
    if (dataset->form.len == 0)
        return true;
    out->form = dictionary_form_of(dictionary, dataset->form);
    if (out->form < 0 || dictionary->forms[out->form].is_register)
        return false;
    if (dataset->section.len == 0)
        return true;
    out->group = dictionary_group_of(dictionary, dataset->section);
    return out->group >= 0 && dictionary->groups[out->group].form == out->form &&
           dictionary->groups[out->group].is_repeating;
}

static bool refuse(const struct plan_dataset *dataset,
                   const struct plan_variable *variable,
                   const struct findings *findings, struct error *err)
{
    error_set(err, ERROR_REFUSED, "the plan's variable %.*s of %.*s: %.*s",
              TEXT_ARG(variable->name), TEXT_ARG(dataset->name),
              TEXT_ARG(findings->kept[0].sentence));
    return findings->kept[0].hint.len == 0
               ? false
               : error_hint(err, "%.*s", TEXT_ARG(findings->kept[0].hint));
}

/* `err` NULL: what does not compile stays NULL. */
static bool compile_dataset(const struct plan_dataset *dataset,
                            const struct dictionary *dictionary, struct arena *arena,
                            const struct program **out, struct error *err)
{
    struct stand stand;
    if (!stand_of(dataset, dictionary, &stand))
        return err == NULL ||
               error_set(err, ERROR_REFUSED,
                         "the plan's dataset %.*s: there is no such form or section",
                         TEXT_ARG(dataset->name));
    for (size_t i = 0; i < dataset->variable_count; i++) {
        const struct plan_variable *variable = &dataset->variables[i];
        struct expression expression = {
            .source = variable->source,
            .context = {.form = stand.form, .group = stand.group}};
        struct findings findings;
        out[i] = expression_compile(&expression, dictionary, arena, &findings);
        if (out[i] == NULL && err != NULL)
            return refuse(dataset, variable, &findings, err);
    }
    return true;
}

static bool compile_all(struct collector *collector, const struct rulebook *rulebook,
                        struct plan_programs **out, struct error *err)
{
    const struct analysis_plan *plan = collector->plan;
    struct plan_programs *made = ARENA_NEW(collector->arena, struct plan_programs);
    const struct program *const **programs = ARENA_ARRAY(
        collector->arena, const struct program *const *, plan->dataset_count);
    for (size_t i = 0; i < plan->dataset_count; i++) {
        const struct program **list = ARENA_ARRAY(
            collector->arena, const struct program *, plan->datasets[i].variable_count);
        if (!compile_dataset(&plan->datasets[i], rulebook->dictionary, collector->arena,
                             list, err))
            return false;
        programs[i] = list;
    }
    *made = (struct plan_programs){rulebook, programs, collector->programs};
    *out = collector->programs = made;
    return true;
}

/* Another version may lack items: its participants' cells say so. */
static const struct plan_programs *programs_for(struct collector *collector,
                                                const struct rulebook *rulebook)
{
    struct plan_programs *found = collector->programs;
    while (found != NULL && found->rulebook != rulebook)
        found = found->next;
    if (found == NULL) {
        bool is_made = compile_all(collector, rulebook, &found, NULL);
        ASSERT(is_made);
    }
    return found;
}

/* The words of a code: the plan's own, else those of the design's list. */
static void know_levels(const struct collector *collector,
                        const struct rulebook *current, const struct program *program,
                        struct dataset *dataset, size_t at)
{
    const struct plan_variable *variable = &dataset->plan->variables[at];
    const struct design *design = current->design;
    if (variable->level_count > 0) {
        struct code *codes =
            ARENA_ARRAY(collector->arena, struct code, variable->level_count);
        for (size_t i = 0; i < variable->level_count; i++)
            codes[i] = (struct code){
                variable->levels[i].name,
                {variable->levels[i].label.en, variable->levels[i].label.zh}};
        dataset_know(dataset, at, codes, variable->level_count);
    }
    if (program->result_codelist < 0 || variable->level_count > 0)
        return;
    struct text oid = current->dictionary->codelists[program->result_codelist].oid;
    for (size_t i = 0; i < design->codelist_count; i++)
        if (text_equal(design->codelists[i].oid, oid))
            dataset_know(dataset, at, design->codelists[i].codes,
                         design->codelists[i].code_count);
}

bool collector_new(const struct analysis_plan *plan, const struct rulebook *current,
                   struct arena *arena, struct arena *scratch, struct collector **out,
                   struct error *err)
{
    struct collector *collector = ARENA_NEW(arena, struct collector);
    struct plan_programs *programs = NULL;
    *collector = (struct collector){.plan = plan,
                                    .arena = arena,
                                    .scratch = scratch,
                                    .run = run_new(arena, scratch)};
    if (!compile_all(collector, current, &programs, err))
        return false;
    collector->datasets = ARENA_ARRAY(arena, struct dataset *, plan->dataset_count);
    for (size_t i = 0; i < plan->dataset_count; i++) {
        size_t count = plan->datasets[i].variable_count;
        enum column_kind *kinds = ARENA_ARRAY(arena, enum column_kind, count);
        for (size_t k = 0; k < count; k++)
            kinds[k] = column_kind_of((enum type_kind)programs->programs[i][k]->result);
        collector->datasets[i] = dataset_new(&plan->datasets[i], kinds, arena);
        for (size_t k = 0; k < count; k++)
            if (kinds[k] == COLUMN_CODE)
                know_levels(collector, current, programs->programs[i][k],
                            collector->datasets[i], k);
    }
    *out = collector;
    return true;
}

/* --- rows ----------------------------------------------------------------------------- */

struct collecting {
    struct collector *collector;
    const struct collected *from;
    const struct program *const *programs;
    struct dataset *dataset;
};

static void add_row(const struct collecting *at, struct engine_place place,
                    const struct sheet_instance *instance)
{
    struct row_place where = {.participant = at->from->participant, .event = -1};
    if (instance != NULL)
        where = (struct row_place){.participant = at->from->participant,
                                   .event = instance->event,
                                   .event_repeat = instance->event_repeat,
                                   .form_repeat = instance->form_repeat,
                                   .row = place.row};
    size_t row = dataset_add(at->dataset, where);
    for (size_t i = 0; i < at->dataset->plan->variable_count; i++) {
        if (at->programs[i] == NULL || at->from->book == NULL) {
            dataset_set_state(at->dataset, row, i, CELL_VERSION);
            continue;
        }
        struct arena_mark mark = arena_mark(at->collector->scratch);
        struct run_result result =
            run_program(at->collector->run, at->programs[i], &place);
        dataset_set(at->dataset, row, i, result.value);
        arena_rewind(at->collector->scratch, mark);
    }
}

static void add_rows(const struct collecting *at, struct stand stand,
                     const struct sheet_form *form)
{
    for (int32_t i = 0; i < form->count; i++) {
        const struct sheet_instance *instance = form->instances[i];
        struct engine_place place = {stand.form, i, 0};
        if (stand.group < 0) {
            add_row(at, place, instance);
            continue;
        }
        const struct question rows = {
            .kind = ASK_ROWS, .subject = stand.group, .instance = i};
        struct datum count = sheet_ask(at->from->book->sheet, &rows);
        for (place.row = 1; place.row <= count.as.coefficient; place.row++)
            add_row(at, place, instance);
    }
}

/* From what the first participants have: how many rows there will be, and a tenth more. */
static void expect_rows(const struct collector *collector)
{
    enum { ENOUGH = 256 };
    size_t seen = collector->datasets[0]->count;
    if (collector->expected <= ENOUGH || seen != ENOUGH)
        return;
    for (size_t i = 0; i < collector->plan->dataset_count; i++) {
        struct dataset *dataset = collector->datasets[i];
        dataset->expected = dataset->count * collector->expected / seen * 11 / 10;
    }
}

void collect(struct collector *collector, const struct collected *from)
{
    expect_rows(collector);
    const struct plan_programs *programs = programs_for(collector, from->rulebook);
    collector->run->world = from->book == NULL ? NULL : &from->book->world;
    for (size_t i = 0; i < collector->plan->dataset_count; i++) {
        struct collecting at = {collector, from, programs->programs[i],
                                collector->datasets[i]};
        struct stand stand;
        if (!stand_of(&collector->plan->datasets[i], from->rulebook->dictionary,
                      &stand))
            continue; /* this version has no such form */
        if (stand.form < 0)
            add_row(&at, (struct engine_place){-1, -1, 0}, NULL);
        else if (from->book != NULL)
            add_rows(&at, stand, &from->book->sheet->forms[stand.form]);
    }
}

/* --- where a cell comes from ---------------------------------------------------------- */

struct recorder {
    const struct engine_world *world;
    struct arena *arena;
    struct answer_read *reads;
    size_t count, capacity;
};

static struct datum record(void *data, const struct question *question)
{
    struct recorder *recorder = data;
    struct datum value = recorder->world->ask(recorder->world->data, question);
    if (question->kind != ASK_VALUE)
        return value;
    for (size_t i = 0; i < recorder->count; i++)
        if (recorder->reads[i].item == question->subject &&
            recorder->reads[i].instance == question->instance &&
            recorder->reads[i].row == question->row)
            return value;
    recorder->reads = ARENA_GROW(recorder->arena, recorder->reads, recorder->count,
                                 &recorder->capacity);
    recorder->reads[recorder->count++] = (struct answer_read){
        question->subject, question->instance, question->row, value};
    return value;
}

struct answer_read *collect_reads(struct collector *collector,
                                  const struct collected *from, size_t at, size_t row,
                                  size_t variable, struct arena *arena, size_t *count)
{
    const struct plan_programs *programs = programs_for(collector, from->rulebook);
    const struct program *program = programs->programs[at][variable];
    struct recorder recorder = {.world = &from->book->world, .arena = arena};
    struct engine_world world = from->book->world;
    struct stand stand;
    *count = 0;
    if (program == NULL ||
        !stand_of(&collector->plan->datasets[at], from->rulebook->dictionary, &stand))
        return NULL;
    const struct row_place *where = &collector->datasets[at]->places[row];
    struct engine_place place = {stand.form, -1, where->row};
    if (stand.form >= 0)
        place.instance =
            sheet_position(from->book->sheet,
                           sheet_instance(from->book->sheet, stand.form, where->event,
                                          where->event_repeat, where->form_repeat));
    world.ask = record;
    world.data = &recorder;
    struct arena_mark mark = arena_mark(collector->scratch);
    collector->run->world = &world;
    run_program(collector->run, program, &place);
    collector->run->world = &from->book->world;
    arena_rewind(collector->scratch, mark);
    *count = recorder.count;
    return recorder.reads;
}
