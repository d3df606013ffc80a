/* What is missing, by variable and reason. Of rows that stand at visits also the pattern: a
 * participant's values are monotone when what is missing once stays missing. */
#include "analysis/method.h"

enum { STATES = CELL_VERSION + 1 };

struct gaps {
    size_t counts[STATES];
    size_t dropped;      /* participants whose values end before their rows do */
    size_t intermittent; /* participants with a value behind a missing one */
};

/* Rows of a participant follow each other, in the order of the visits. */
static struct gaps count_gaps(const struct method_call *call,
                              const struct column *column)
{
    const struct row_place *places = call->dataset->places;
    struct gaps gaps = {{0}, 0, 0};
    bool is_open = false, has_gap = false;
    for (size_t i = 0; i < call->part->row_count; i++) {
        size_t row = call->part->rows[i];
        bool is_last =
            i + 1 == call->part->row_count ||
            places[call->part->rows[i + 1]].participant != places[row].participant;
        gaps.counts[column->states[row]]++;
        has_gap |= is_open && cell_has_value(column, row);
        is_open |= !cell_has_value(column, row);
        if (!is_last)
            continue;
        gaps.intermittent += has_gap;
        gaps.dropped += is_open && !has_gap;
        is_open = has_gap = false;
    }
    return gaps;
}

static void give_count(const struct method_call *call, const struct column *column,
                       size_t count, const char *what)
{
    method_give_count(
        call, count,
        text_format(call->arena, "%.*s.%s", TEXT_ARG(column->variable->name), what).at);
    method_words(call, column->variable->label);
}

static void give_column(const struct method_call *call, const struct column *column)
{
    struct gaps gaps = count_gaps(call, column);
    give_count(call, column, gaps.counts[CELL_VALUE], "known");
    give_count(call, column, call->part->row_count - gaps.counts[CELL_VALUE],
               "missing");
    for (int state = CELL_VALUE + 1; state < STATES; state++)
        if (gaps.counts[state] > 0)
            give_count(call, column, gaps.counts[state], cell_state_names[state]);
    if (call->dataset->plan->form.len == 0)
        return;
    give_count(call, column, gaps.dropped, "dropped");
    give_count(call, column, gaps.intermittent, "intermittent");
    give_count(call, column, gaps.intermittent == 0, "monotone");
}

/* Of one participant's row each: is whoever lacks a variable also without all those that
 * more people lack? */
static bool is_monotone(const struct method_call *call,
                        const struct method_columns *columns)
{
    for (size_t a = 0; a < columns->count; a++)
        for (size_t b = a + 1; b < columns->count; b++) {
            bool has_a = false, has_b = false; /* the one alone */
            for (size_t i = 0; i < call->part->row_count; i++) {
                bool in_a = cell_has_value(columns->at[a], call->part->rows[i]);
                bool in_b = cell_has_value(columns->at[b], call->part->rows[i]);
                has_a |= in_a && !in_b;
                has_b |= in_b && !in_a;
            }
            if (has_a && has_b)
                return false;
        }
    return true;
}

void method_missing(const struct method_call *call)
{
    struct method_columns columns = {.count = 0};
    method_want(call, "of", &columns);
    struct method_rows complete = method_complete(call, &columns);
    method_give_count(call, call->part->row_count, "n");
    method_give_count(call, complete.count, "complete");
    for (size_t i = 0; i < columns.count; i++)
        give_column(call, columns.at[i]);
    if (call->dataset->plan->form.len == 0)
        method_give_count(call, is_monotone(call, &columns), "monotone");
}
