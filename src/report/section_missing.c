/* Missing values of every analysis; and what the plan's own analyses of them say. */
#include "report/section.h"

enum { COLUMN_WHAT, COLUMN_ROWS, COLUMN_MISSING, COLUMN_SHARE, COLUMN_COUNT };

static struct table *begin(const struct section_call *call)
{
    const struct table_column columns[COLUMN_COUNT] = {
        [COLUMN_WHAT] = {section_word(call, WORD_WHAT), false},
        [COLUMN_ROWS] = {section_word(call, WORD_LOOKED_AT), true},
        [COLUMN_MISSING] = {section_word(call, WORD_MISSING), true},
        [COLUMN_SHARE] = {TEXT("%"), true}};
    return document_table(call->document, section_word(call, WORD_MISSING_TABLE),
                          columns, COLUMN_COUNT);
}

static void put_part(const struct section_call *call, const struct present *present,
                     struct table *table)
{
    const struct analysis_result *result = present->result;
    const struct result_part *part = present->part;
    struct line *cells = table_row(table, ROW_PLAIN);
    line_words(&cells[COLUMN_WHAT], section_label(call, &result->analysis->label));
    if (part->group.len > 0)
        line_words(&cells[COLUMN_WHAT],
                   text_format(call->document->arena, ": %.*s",
                               TEXT_ARG(section_group(call, part))));
    present_count(present, &cells[COLUMN_ROWS], "rows", part->row_count);
    present_count(present, &cells[COLUMN_MISSING], "missing", part->missing);
    line_number(&cells[COLUMN_SHARE], (double)part->missing / (double)part->row_count,
                (struct number_form){NUMBER_PERCENT, 1},
                present_reference(present, TEXT("missing/rows")));
}

/* Complete analyses are counted in the note alone: the table names what is missing. */
void section_missing(const struct section_call *call)
{
    const struct report_input *input = call->input;
    struct table *table = begin(call);
    size_t complete = 0;
    for (size_t i = 0; i < input->plan->analysis_count; i++)
        for (size_t k = 0; k < input->results[i].part_count; k++) {
            struct present present = section_present(call, &input->results[i],
                                                     &input->results[i].parts[k], NULL);
            if (present.part->missing > 0)
                put_part(call, &present, table);
            else
                complete += present.part->row_count > 0;
        }
    struct text count = text_format(call->document->arena, "%zu", complete);
    line_words(table_note(table),
               words_fill(call->document->arena,
                          section_word(call, WORD_COMPLETE_NOTE), &count, 1));
    section_results(call);
}
