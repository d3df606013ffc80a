/* Participants from screening to the end, with the reasons at each stage (STROBE 13). */
#include "report/section.h"

enum { COLUMN_WHAT, COLUMN_COUNT_OF, COLUMN_COUNT };

static struct table *begin(const struct section_call *call)
{
    const struct table_column columns[COLUMN_COUNT] = {
        [COLUMN_WHAT] = {section_word(call, WORD_STAGE), false},
        [COLUMN_COUNT_OF] = {section_word(call, WORD_PARTICIPANTS), true}};
    return document_table(call->document, section_caption(call),
                          columns, COLUMN_COUNT);
}

/* "52 (59.8%)": of those of the population who were looked at. */
static void put_stage(const struct section_call *call, const struct present *present,
                      struct line *cell)
{
    const struct number_form whole = {NUMBER_PLAIN, 0};
    struct estimate events = result_value(present->part, "events");
    size_t rows = present->part->row_count;
    if (!is_estimated(events) || rows == 0 || events.value == (double)rows) {
        present_number(present, cell, "events", whole);
        return;
    }
    struct line values[] = {{.arena = present->arena}, {.arena = present->arena}};
    present_number(present, &values[0], "events", whole);
    line_number(&values[1], events.value / (double)rows,
                (struct number_form){NUMBER_PERCENT, 1},
                present_reference(present, TEXT("events/rows")));
    line_fill(cell, section_word(call, WORD_COUNT_SHARE), values, ARRAY_COUNT(values));
}

static void put_result(const struct section_call *call,
                       const struct analysis_result *result, struct table *table,
                       struct reason_notes *notes)
{
    bool is_grouped = result->analysis->group.len > 0;
    struct line *cells = table_row(table, is_grouped ? ROW_GROUP : ROW_PLAIN);
    table_row_leads(table, result->analysis->id);
    line_words(&cells[COLUMN_WHAT], section_label(call, &result->analysis->label));
    for (size_t i = 0; i < result->part_count; i++) {
        struct present present =
            section_present(call, result, &result->parts[i], notes);
        if (!is_grouped) {
            put_stage(call, &present, &cells[COLUMN_COUNT_OF]);
        } else if (present.part->row_count > 0) {
            cells = table_row(table, ROW_INNER);
            section_put_level(call, &present, &cells[COLUMN_WHAT],
                              &cells[COLUMN_COUNT_OF]);
        }
    }
}

void section_flow(const struct section_call *call)
{
    struct reason_notes notes = {.arena = call->document->arena};
    if (call->result_count == 0)
        return;
    struct table *table = begin(call);
    for (size_t i = 0; i < call->result_count; i++)
        put_result(call, call->results[i], table, &notes);
    present_notes(&notes, call->input->language, table);
}
