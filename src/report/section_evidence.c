/* What others found, always with whom: it is never this study's population. */
#include "report/section.h"

void section_evidence(const struct section_call *call)
{
    const struct plan_report *report = call->input->plan->report;
    if (report == NULL || report->evidence_count == 0)
        return;
    const struct table_column columns[] = {
        {section_word(call, WORD_EVIDENCE_SOURCE), false},
        {section_word(call, WORD_EVIDENCE_OF), false},
        {section_word(call, WORD_EVIDENCE_SAYS), false}};
    struct table *table = document_table(call->document, section_caption(call), columns,
                                         ARRAY_COUNT(columns));
    for (size_t i = 0; i < report->evidence_count; i++) {
        struct line *cells = table_row(table, ROW_PLAIN);
        line_words(&cells[0], section_label(call, &report->evidence[i].study));
        line_strong(&cells[1], section_label(call, &report->evidence[i].population));
        line_words(&cells[2], section_label(call, &report->evidence[i].says));
    }
}
