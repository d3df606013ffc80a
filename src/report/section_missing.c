/* Missing values by variable and reason, from the plan's analyses of them; where a plan has
 * none, by analysis. */
#include "report/section.h"

/* --- by variable ---------------------------------------------------------------------- */

enum {
    COLUMN_WHAT,
    COLUMN_KNOWN,
    COLUMN_MISSING,
    COLUMN_WHY,
    COLUMN_PATTERN,
    COLUMN_COUNT
};

static struct table *begin_variables(const struct section_call *call,
                                     const struct analysis_result *result)
{
    const struct table_column columns[COLUMN_COUNT] = {
        [COLUMN_WHAT] = {section_word(call, WORD_VARIABLE), false},
        [COLUMN_KNOWN] = {section_word(call, WORD_KNOWN), true},
        [COLUMN_MISSING] = {section_word(call, WORD_MISSING), true},
        [COLUMN_WHY] = {section_word(call, WORD_WHY), false},
        [COLUMN_PATTERN] = {section_word(call, WORD_PATTERN), false}};
    return document_table(call->document, section_label(call, &result->analysis->label),
                          columns, COLUMN_COUNT);
}

/* How method_missing.c calls the states of a cell; what it says of the pattern. */
static const struct {
    struct text name;
    enum report_word word;
} reasons[] = {
    {TEXT_INIT("empty"), WORD_WHY_EMPTY},
    {TEXT_INIT("unknown"), WORD_WHY_UNKNOWN},
    {TEXT_INIT("stated"), WORD_WHY_STATED},
    {TEXT_INIT("not done"), WORD_WHY_NOT_DONE},
    {TEXT_INIT("stated unknown"), WORD_WHY_STATED_UNKNOWN},
    {TEXT_INIT("not applicable"), WORD_WHY_NOT_APPLICABLE},
    {TEXT_INIT("refused"), WORD_WHY_REFUSED},
    {TEXT_INIT("device fault"), WORD_WHY_DEVICE_FAULT},
    {TEXT_INIT("other"), WORD_WHY_OTHER},
    {TEXT_INIT("sealed"), WORD_WHY_SEALED},
    {TEXT_INIT("fault"), WORD_WHY_FAULT},
    {TEXT_INIT("not in this version"), WORD_WHY_VERSION},
    {TEXT_INIT("dropped"), WORD_PATTERN_DROPPED},
    {TEXT_INIT("intermittent"), WORD_PATTERN_INTERMITTENT},
};

static void put_reason(const struct section_call *call, const struct present *present,
                       const struct result_value *value, struct text what,
                       struct line *cells)
{
    const char *name = text_c(call->document->arena, value->operation);
    struct line number = {.arena = call->document->arena};
    enum report_word word = WORD_WHY_OTHER;
    for (size_t i = 0; i < ARRAY_COUNT(reasons); i++)
        if (text_equal(what, reasons[i].name))
            word = reasons[i].word;
    bool is_pattern = word == WORD_PATTERN_DROPPED || word == WORD_PATTERN_INTERMITTENT;
    struct line *cell = &cells[is_pattern ? COLUMN_PATTERN : COLUMN_WHY];
    present_number(present, &number, name, (struct number_form){NUMBER_PLAIN, 0});
    if (!line_is_empty(cell))
        line_words(cell, TEXT("; "));
    line_fill(cell, section_word(call, word), &number, 1);
}

static void put_monotone(const struct section_call *call, bool is_monotone,
                         struct line *cell)
{
    if (!line_is_empty(cell))
        line_words(cell, TEXT("; "));
    line_words(cell,
               section_word(call, is_monotone ? WORD_MONOTONE : WORD_NOT_MONOTONE));
}

/* "SOFA.known", "SOFA.missing", "SOFA.empty", …, a row for each variable. */
static struct line *put_value(const struct section_call *call,
                              const struct present *present,
                              const struct result_value *value, struct table *table,
                              struct line *cells)
{
    const struct number_form whole = {NUMBER_PLAIN, 0};
    struct text rest = value->operation;
    struct text variable = text_cut(&rest, '.');
    const char *name = text_c(call->document->arena, value->operation);
    if (rest.len == 0) /* of all variables together */
        return cells;
    if (text_equal(rest, TEXT("known"))) {
        struct text said = section_label(call, &value->words);
        cells = table_row(table, ROW_PLAIN);
        line_words(&cells[COLUMN_WHAT], said.len > 0 ? said : variable);
        present_number(present, &cells[COLUMN_KNOWN], name, whole);
    } else if (text_equal(rest, TEXT("missing"))) {
        present_number(present, &cells[COLUMN_MISSING], name, whole);
    } else if (text_equal(rest, TEXT("monotone"))) {
        put_monotone(call, value->value.value > 0, &cells[COLUMN_PATTERN]);
    } else if (value->value.value > 0) {
        put_reason(call, present, value, rest, cells);
    }
    return cells;
}

static void put_note(const struct section_call *call, const struct present *present,
                     struct table *table)
{
    const struct number_form whole = {NUMBER_PLAIN, 0};
    struct line values[] = {{.arena = call->document->arena},
                            {.arena = call->document->arena}};
    present_number(present, &values[0], "complete", whole);
    present_number(present, &values[1], "n", whole);
    struct line *note = table_note(table);
    line_fill(note, section_word(call, WORD_COMPLETE), values, ARRAY_COUNT(values));
    if (present_has(present, "monotone")) {
        bool is_monotone = result_value(present->part, "monotone").value > 0;
        line_words(note, TEXT(" "));
        line_words(note, section_word(call, is_monotone ? WORD_ALL_MONOTONE
                                                        : WORD_NOT_ALL_MONOTONE));
    }
}

static void put_variables(const struct section_call *call,
                          const struct analysis_result *result)
{
    struct reason_notes notes = {.arena = call->document->arena};
    if (result->part_count == 0)
        return;
    struct present present = section_present(call, result, &result->parts[0], &notes);
    struct table *table = begin_variables(call, result);
    struct line *cells = NULL;
    for (size_t i = 0; i < present.part->value_count; i++)
        cells = put_value(call, &present, &present.part->values[i], table, cells);
    put_note(call, &present, table);
}

/* --- by analysis ---------------------------------------------------------------------- */

enum { BY_WHAT, BY_ROWS, BY_MISSING, BY_SHARE, BY_COUNT };

static struct table *begin_analyses(const struct section_call *call)
{
    const struct table_column columns[BY_COUNT] = {
        [BY_WHAT] = {section_word(call, WORD_WHAT), false},
        [BY_ROWS] = {section_word(call, WORD_LOOKED_AT), true},
        [BY_MISSING] = {section_word(call, WORD_MISSING), true},
        [BY_SHARE] = {TEXT("%"), true}};
    return document_table(call->document, section_word(call, WORD_MISSING_TABLE),
                          columns, BY_COUNT);
}

static void put_part(const struct section_call *call, const struct present *present,
                     struct table *table)
{
    const struct result_part *part = present->part;
    struct line *cells = table_row(table, ROW_PLAIN);
    line_words(&cells[BY_WHAT], section_label(call, &present->result->analysis->label));
    if (part->group.len > 0)
        line_words(&cells[BY_WHAT], text_format(call->document->arena, ": %.*s",
                                                TEXT_ARG(section_group(call, part))));
    present_count(present, &cells[BY_ROWS], "rows", part->row_count);
    present_count(present, &cells[BY_MISSING], "missing", part->missing);
    line_number(&cells[BY_SHARE], (double)part->missing / (double)part->row_count,
                (struct number_form){NUMBER_PERCENT, 1},
                present_reference(present, TEXT("missing/rows")));
}

/* Complete analyses are counted in the note: the table names what is missing. */
static void put_analyses(const struct section_call *call)
{
    const struct report_input *input = call->input;
    struct table *table = begin_analyses(call);
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
               words_fill(call->document->arena, section_word(call, WORD_COMPLETE_NOTE),
                          &count, 1));
}

void section_missing(const struct section_call *call)
{
    for (size_t i = 0; i < call->result_count; i++)
        put_variables(call, call->results[i]);
    if (call->result_count == 0)
        put_analyses(call);
}
