/* Participants from screening to the end, with the reasons at each stage (STROBE 13). */
#include "report/section.h"

enum { COLUMN_WHAT, COLUMN_COUNT_OF, COLUMN_COUNT };

static struct table *begin(const struct section_call *call)
{
    const struct table_column columns[COLUMN_COUNT] = {
        [COLUMN_WHAT] = {section_word(call, WORD_STAGE), false},
        [COLUMN_COUNT_OF] = {section_word(call, WORD_PARTICIPANTS), true}};
    return document_table(call->document, section_caption(call), columns, COLUMN_COUNT);
}

static void put_statements(const struct present *present, struct table *table,
                           struct line *cells)
{
    struct statements said;
    present_part(present, &said);
    for (size_t i = 0; i < said.count; i++) {
        if (!line_is_empty(&said.list[i].label)) {
            cells = table_row(table, ROW_INNER);
            cells[COLUMN_WHAT] = said.list[i].label;
        }
        cells[COLUMN_COUNT_OF] = said.list[i].estimate;
    }
}

static void put_result(const struct section_call *call,
                       const struct analysis_result *result, struct table *table,
                       struct reason_notes *notes)
{
    bool is_grouped = result->analysis->group.len > 0;
    struct line *cells = table_row(table, ROW_PLAIN);
    table_row_leads(table, result->analysis->id);
    line_words(&cells[COLUMN_WHAT], section_label(call, &result->analysis->label));
    for (size_t i = 0; i < result->part_count; i++) {
        struct present present =
            section_present(call, result, &result->parts[i], notes);
        if (is_grouped && present.part->row_count == 0)
            continue;
        if (is_grouped) {
            cells = table_row(table, ROW_INNER);
            line_words(&cells[COLUMN_WHAT], section_group(call, present.part));
        }
        put_statements(&present, table, cells);
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
