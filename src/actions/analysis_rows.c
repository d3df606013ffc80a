#include "actions/analysis_rows.h"

#include "model/datum_words.h"

struct finding_place {
    struct row_finder *finder;
    const struct world *world;
    size_t dataset;
};

static const struct column *column_named(const struct dataset *dataset,
                                         struct text name)
{
    int32_t at = plan_variable(dataset->plan, name);
    return at < 0 ? NULL : &dataset->columns[at];
}

/* The population's truth stands in the participant's row, which was added last. */
static bool is_member(const struct row_finder *finder)
{
    const struct collector *collector = finder->collector;
    const struct dataset *people = collector->datasets[0];
    const struct plan_population *population =
        plan_population(collector->plan, finder->analysis->population);
    const struct column *where =
        population == NULL ? NULL : column_named(people, population->where);
    return where != NULL && people->count > 0 && cell_is_yes(where, people->count - 1);
}

/* --- sources -------------------------------------------------------------------------- */

/* A code or text as it is stored; everything else in words. */
static struct text value_of(const struct finding_place *at, struct datum value)
{
    if (value.kind == DATUM_TEXT)
        return text_copy(at->finder->arena, datum_as_text(value));
    return datum_words(value, at->world->offset_minutes, at->finder->arena);
}

static struct analysis_source source_of(const struct finding_place *at,
                                        const struct answer_read *read)
{
    const struct dictionary *dictionary = at->world->rulebook->dictionary;
    const struct dictionary_item *item = &dictionary->items[read->item];
    const struct sheet_form *form = &at->world->book->sheet->forms[item->form];
    struct analysis_source source = {.form = dictionary->forms[item->form].oid,
                                     .item = item->oid,
                                     .row = read->row,
                                     .value = value_of(at, read->value)};
    if (read->instance < 0 || read->instance >= form->count)
        return source;
    const struct sheet_instance *instance = form->instances[read->instance];
    source.event = dictionary->events[instance->event].oid;
    source.event_repeat = instance->event_repeat;
    source.form_repeat = instance->form_repeat;
    return source;
}

static bool is_listed(const struct analysis_source *list, size_t count,
                      const struct analysis_source *source)
{
    for (size_t i = 0; list != NULL && i < count; i++)
        if (text_equal(list[i].item, source->item) &&
            text_equal(list[i].event, source->event) &&
            list[i].event_repeat == source->event_repeat &&
            list[i].form_repeat == source->form_repeat && list[i].row == source->row)
            return true;
    return false;
}

/* Of what every variable that the analysis names was derived from: only what is there. */
static void add_sources(const struct finding_place *at, size_t row, int32_t variable,
                        struct analysis_source **list, size_t *count, size_t *capacity)
{
    struct row_finder *finder = at->finder;
    struct collected from = {at->world->participant->id, at->world->rulebook,
                             at->world->book};
    size_t reads = 0;
    const struct answer_read *read =
        collect_reads(finder->collector, &from, at->dataset, row, (size_t)variable,
                      finder->arena, &reads);
    for (size_t i = 0; i < reads; i++) {
        struct analysis_source source = source_of(at, &read[i]);
        if (read[i].value.kind == DATUM_EMPTY || is_listed(*list, *count, &source))
            continue;
        *list = ARENA_GROW(finder->arena, *list, *count, capacity);
        (*list)[(*count)++] = source;
    }
}

/* Of a word that is no variable there is nothing. */
static void add_named(const struct finding_place *at, size_t row, struct text name,
                      struct analysis_source **list, size_t *count, size_t *capacity)
{
    int32_t variable =
        plan_variable(&at->finder->collector->plan->datasets[at->dataset], name);
    if (variable >= 0)
        add_sources(at, row, variable, list, count, capacity);
}

static void fill_sources(const struct finding_place *at, size_t row,
                         struct analysis_row *out)
{
    const struct plan_analysis *analysis = at->finder->analysis;
    struct analysis_source *list = NULL;
    size_t capacity = 0;
    for (size_t i = 0; i < analysis->argument_count; i++) {
        const struct plan_argument *argument = &analysis->arguments[i];
        add_named(at, row, argument->text, &list, &out->source_count, &capacity);
        for (size_t k = 0; k < argument->text_count; k++)
            add_named(at, row, argument->texts[k], &list, &out->source_count,
                      &capacity);
    }
    out->sources = list;
}

/* --- rows ----------------------------------------------------------------------------- */

static void name_place(const struct finding_place *at, struct analysis_row *row)
{
    const struct dictionary *dictionary = at->world->rulebook->dictionary;
    if (row->place.event < 0)
        return;
    row->event = dictionary->events[row->place.event].oid;
    row->form = at->finder->collector->plan->datasets[at->dataset].form;
}

static void add_row(const struct finding_place *at, size_t row)
{
    struct row_finder *finder = at->finder;
    const struct participant *participant = at->world->participant;
    const struct dataset *dataset = finder->collector->datasets[at->dataset];
    const struct plan_argument *event = plan_argument(finder->analysis, "event");
    const struct column *truth =
        event == NULL ? NULL : column_named(dataset, event->text);
    finder->rows =
        ARENA_GROW(finder->arena, finder->rows, finder->count, &finder->capacity);
    struct analysis_row *out = &finder->rows[finder->count++];
    *out = (struct analysis_row){
        .participant = participant->id,
        .number = text_copy(finder->arena, participant->subject_number.len > 0
                                               ? participant->subject_number
                                               : participant->screening_number),
        .at = row,
        .place = dataset->places[row],
        .is_event = truth != NULL && cell_is_yes(truth, row)};
    name_place(at, out);
    fill_sources(at, row, out);
}

void find_rows(struct row_finder *finder, const struct world *world, size_t first)
{
    if (finder->analysis == NULL || world->book == NULL || !is_member(finder))
        return;
    const struct collector *collector = finder->collector;
    const struct plan_dataset *named =
        plan_dataset(collector->plan, finder->analysis->dataset);
    struct finding_place at = {finder, world,
                               (size_t)(named - collector->plan->datasets)};
    const struct dataset *dataset = collector->datasets[at.dataset];
    const struct column *where = finder->analysis->where.len == 0
                                     ? NULL
                                     : column_named(dataset, finder->analysis->where);
    const struct participant *participant = world->participant;
    bool is_assigned = caller_is_assigned(finder->caller, participant->id);
    bool may_see = caller_may(finder->caller, PERMISSION_VIEW_CASEBOOK,
                              participant->site, is_assigned);
    for (size_t row = first; row < dataset->count; row++) {
        if (where != NULL && !cell_is_yes(where, row))
            continue;
        if (may_see)
            add_row(&at, row);
        else
            finder->not_named++;
    }
}
