/* The main results, a line for each. */
#include "report/section.h"

/* What stands before the first line break. */
static struct line first_line(const struct line *line)
{
    struct line first = *line;
    for (size_t i = 0; i < line->count; i++)
        if (text_equal(line->runs[i].text, TEXT("\n"))) {
            first.count = i;
            break;
        }
    return first;
}

static void put_statement(const struct section_call *call, const struct statement *said,
                          struct line *line)
{
    struct line values[] = {first_line(&said->estimate),
                            {.arena = call->document->arena},
                            first_line(&said->interval)};
    if (!line_is_empty(&said->label))
        line_fill(line, TEXT("{1}: "), &said->label, 1);
    line_words(&values[1], section_level(call));
    line_fill(line,
              line_is_empty(&values[2]) ? TEXT("{1}") : section_word(call, WORD_SUMMED),
              values, ARRAY_COUNT(values));
}

/* The first number, and of a curve its points in time. */
static void put_part(const struct section_call *call, const struct present *present)
{
    struct statements said;
    struct line *line = document_paragraph(call->document, PARAGRAPH_ITEM);
    bool is_chinese = call->input->language == LANGUAGE_CHINESE;
    line_strong(line, section_label(call, &present->result->analysis->label));
    line_strong(line, is_chinese ? TEXT("：") : TEXT(": "));
    present_part(present, &said);
    bool is_curve = said.count > 0 && !line_is_empty(&said.list[0].label);
    for (size_t i = 0; i < said.count && (is_curve || i == 0); i++) {
        if (i > 0)
            line_words(line, is_chinese ? TEXT("；") : TEXT("; "));
        put_statement(call, &said.list[i], line);
    }
    line_words(line, is_chinese ? TEXT("。") : TEXT("."));
}

void section_summary(const struct section_call *call)
{
    struct reason_notes notes = {.arena = call->document->arena};
    for (size_t i = 0; i < call->result_count; i++)
        for (size_t k = 0; k < call->results[i]->part_count; k++) {
            struct present present = section_present(
                call, call->results[i], &call->results[i]->parts[k], &notes);
            put_part(call, &present);
        }
    for (size_t i = 0; i < notes.count; i++) {
        struct text reason = present_note(&notes, i, call->input->language);
        line_words(document_paragraph(call->document, PARAGRAPH_NOTE), reason);
    }
}
