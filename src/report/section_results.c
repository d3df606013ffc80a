/* A table of results: outcomes, harms, sensitivity, feasibility. */
#include "report/section.h"

enum {
    COLUMN_WHAT,
    COLUMN_ANALYSED,
    COLUMN_MISSING,
    COLUMN_ESTIMATE,
    COLUMN_INTERVAL,
    COLUMN_P,
    COLUMN_COUNT
};

static struct table *begin(const struct section_call *call, struct text caption)
{
    struct text level = section_level(call);
    const struct table_column columns[COLUMN_COUNT] = {
        [COLUMN_WHAT] = {section_word(call, call->head), false},
        [COLUMN_ANALYSED] = {section_word(call, WORD_ANALYSED), true},
        [COLUMN_MISSING] = {section_word(call, WORD_MISSING), true},
        [COLUMN_ESTIMATE] = {section_word(call, WORD_ESTIMATE), true},
        [COLUMN_INTERVAL] = {words_fill(call->document->arena,
                                        section_word(call, WORD_INTERVAL), &level, 1),
                             true},
        [COLUMN_P] = {section_word(call, WORD_P), true}};
    return document_table(call->document, caption, columns, COLUMN_COUNT);
}

static void put_more(const struct section_call *call, struct line *cell,
                     struct text words)
{
    line_words(cell,
               text_format(call->document->arena, " \u00b7 %.*s", TEXT_ARG(words)));
}

/* "E2 · ATT, n = 50 · Insertions": and the unit of the numbers. */
static void put_whom(const struct section_call *call, const struct present *present,
                     struct line *cell)
{
    const struct analysis_result *result = present->result;
    struct line values[] = {{.arena = call->document->arena},
                            {.arena = call->document->arena}};
    struct text unit = present_unit(present, "value");
    const struct plan_dataset *dataset = result->dataset->plan;
    line_words(&values[0], text_format(call->document->arena, "%.*s \u00b7 %.*s",
                                       TEXT_ARG(result->analysis->endpoint),
                                       TEXT_ARG(result->analysis->population)));
    present_count(present, &values[1], "population_n", result->population);
    line_words(cell, TEXT("\n"));
    line_fill(cell, section_word(call, WORD_OF_POPULATION), values,
              ARRAY_COUNT(values));
    if (dataset != call->input->plan->datasets)
        put_more(call, cell, section_label(call, &dataset->label));
    if (unit.len > 0)
        put_more(call, cell, unit);
}

static void put_statement(const struct statement *said, struct line *cells)
{
    cells[COLUMN_ESTIMATE] = said->estimate;
    cells[COLUMN_INTERVAL] = said->interval;
    cells[COLUMN_P] = said->p;
}

/* The first statement stands beside the part's name, the others below it. */
static void put_part(const struct present *present, struct table *table,
                     struct line *cells)
{
    struct statements said;
    present_part(present, &said);
    present_analysed(present, &cells[COLUMN_ANALYSED]);
    present_count(present, &cells[COLUMN_MISSING], "missing", present->part->missing);
    size_t at = 0;
    if (said.count > 0 && line_is_empty(&said.list[0].label))
        put_statement(&said.list[at++], cells);
    for (; at < said.count; at++) {
        struct line *below = table_row(table, ROW_INNER);
        below[COLUMN_WHAT] = said.list[at].label;
        put_statement(&said.list[at], below);
    }
}

static void put_result(const struct section_call *call, struct table *table,
                       const struct analysis_result *result, struct reason_notes *notes)
{
    bool is_grouped = result->analysis->group.len > 0;
    struct present present = section_present(
        call, result, result->part_count > 0 ? &result->parts[0] : NULL, notes);
    struct line *cells = table_row(table, is_grouped ? ROW_GROUP : ROW_PLAIN);
    table_row_leads(table, result->analysis->id);
    line_strong(&cells[COLUMN_WHAT], section_label(call, &result->analysis->label));
    if (result->part_count == 0)
        return;
    put_whom(call, &present, &cells[COLUMN_WHAT]);
    for (size_t i = 0; i < result->part_count; i++) {
        if (is_grouped && result->parts[i].row_count == 0)
            continue;
        present.part = &result->parts[i];
        if (is_grouped) {
            cells = table_row(table, ROW_INNER);
            line_words(&cells[COLUMN_WHAT], section_group(call, present.part));
        }
        put_part(&present, table, cells);
    }
}

/* --- tables --------------------------------------------------------------------------- */

static bool has_p(const struct table *table)
{
    for (size_t i = 0; i < table->row_count; i++)
        if (!line_is_empty(&table->rows[i].cells[COLUMN_P]))
            return true;
    return false;
}

/* Of one endpoint; absent: of all. */
static void put_table(const struct section_call *call, struct text caption,
                      struct text endpoint)
{
    struct reason_notes notes = {.arena = call->document->arena};
    struct table *table = begin(call, caption);
    for (size_t i = 0; i < call->result_count; i++)
        if (endpoint.len == 0 ||
            text_equal(call->results[i]->analysis->endpoint, endpoint))
            put_result(call, table, call->results[i], &notes);
    present_notes(&notes, call->input->language, table);
    if (!has_p(table))
        table->column_count = COLUMN_P;
}

static bool has_results(const struct section_call *call, struct text endpoint)
{
    for (size_t i = 0; i < call->result_count; i++)
        if (text_equal(call->results[i]->analysis->endpoint, endpoint))
            return true;
    return false;
}

static struct text endpoint_name(const struct section_call *call, struct text endpoint)
{
    const struct plan_report *report = call->input->plan->report;
    for (size_t i = 0; report != NULL && i < report->endpoint_count; i++)
        if (text_equal(report->endpoints[i].name, endpoint))
            return section_label(call, &report->endpoints[i].label);
    return endpoint;
}

/* A chapter of several endpoints has a table for each. */
void section_results(const struct section_call *call)
{
    const struct plan_texts *endpoints = &call->section->endpoints;
    if (call->result_count == 0)
        return;
    if (endpoints->count < 2) {
        put_table(call, section_caption(call), (struct text){0});
        return;
    }
    for (size_t i = 0; i < endpoints->count; i++) {
        if (has_results(call, endpoints->list[i]))
            put_table(call, endpoint_name(call, endpoints->list[i]),
                      endpoints->list[i]);
        section_put_figures(call, endpoints->list[i]);
    }
}
