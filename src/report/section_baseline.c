/* Who the participants are: a row for each characteristic, and for each value of a code. */
#include "report/section.h"

enum { COLUMN_WHAT, COLUMN_ANALYSED, COLUMN_MISSING, COLUMN_VALUE, COLUMN_COUNT };

static struct table *begin(const struct section_call *call)
{
    const struct table_column columns[COLUMN_COUNT] = {
        [COLUMN_WHAT] = {section_word(call, call->head), false},
        [COLUMN_ANALYSED] = {section_word(call, WORD_ANALYSED), true},
        [COLUMN_MISSING] = {section_word(call, WORD_MISSING), true},
        [COLUMN_VALUE] = {section_word(call, WORD_VALUE), true}};
    return document_table(call->document, section_caption(call), columns, COLUMN_COUNT);
}

/* "Age, years". */
static void put_name(const struct section_call *call, const struct present *present,
                     struct line *cell)
{
    struct text unit = present_unit(present, "value");
    line_words(cell, section_label(call, &present->result->analysis->label));
    if (unit.len > 0)
        line_words(cell, text_format(call->document->arena, ", %.*s", TEXT_ARG(unit)));
}

static void put_result(const struct section_call *call, const struct present *present,
                       struct table *table)
{
    struct statements said;
    struct line *cells = table_row(table, ROW_PLAIN);
    table_row_leads(table, present->result->analysis->id);
    put_name(call, present, &cells[COLUMN_WHAT]);
    present_analysed(present, &cells[COLUMN_ANALYSED]);
    present_count(present, &cells[COLUMN_MISSING], "missing", present->part->missing);
    present_part(present, &said);
    for (size_t i = 0; i < said.count; i++) {
        if (!line_is_empty(&said.list[i].label)) {
            cells = table_row(table, ROW_INNER);
            cells[COLUMN_WHAT] = said.list[i].label;
        }
        cells[COLUMN_VALUE] = said.list[i].estimate;
    }
}

void section_baseline(const struct section_call *call)
{
    struct reason_notes notes = {.arena = call->document->arena};
    if (call->result_count == 0)
        return;
    struct table *table = begin(call);
    for (size_t i = 0; i < call->result_count; i++) {
        const struct analysis_result *result = call->results[i];
        if (result->part_count == 0)
            continue;
        struct present present =
            section_present(call, result, &result->parts[0], &notes);
        put_result(call, &present, table);
    }
    line_words(table_note(table), section_word(call, WORD_SUMMARY_TABLE));
    present_notes(&notes, call->input->language, table);
}
