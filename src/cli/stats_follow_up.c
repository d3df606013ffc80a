/* Times, events and groups, as several methods read them. */
#include "base/number.h"
#include "cli/stats_method.h"

#include <stdlib.h>

void stats_follow_up_columns(struct command_context *context,
                             struct stats_column *columns)
{
    columns[STATS_TIME] = (struct stats_column){.option = "--time", .is_time = true};
    columns[STATS_EVENT] = (struct stats_column){
        .option = "--event", .is_yes_no = !command_has(context, "--cause")};
    columns[STATS_START] =
        (struct stats_column){.option = "--start", .is_optional = true};
}

static bool is_same(double a, double b)
{
    return !(a < b) && !(a > b);
}

static bool check_starts(const struct stats_follow_up *data, size_t count,
                         struct error *err)
{
    for (size_t i = 0; data->entries != NULL && i < count; i++)
        if (!(data->entries[i] < data->times[i]))
            return error_set(err, ERROR_REFUSED, "a start is not before its time");
    return true;
}

bool stats_follow_up(struct command_context *context, const struct stats_data *data,
                     struct stats_follow_up *out, struct error *err)
{
    const struct stats_column *columns = data->columns;
    double cause = 1;
    if (!stats_number(context, "--cause", 1, &cause, err))
        return false;
    *out = (struct stats_follow_up){columns[STATS_TIME].numbers,
                                    columns[STATS_START].numbers, NULL};
    out->is_event = ARENA_ARRAY(context->arena, bool, data->count);
    for (size_t i = 0; i < data->count; i++)
        out->is_event[i] = is_same(columns[STATS_EVENT].numbers[i], cause);
    return check_starts(out, data->count, err);
}

/* --- groups --------------------------------------------------------------------------- */

struct group_row {
    struct text text;
    double value;
    size_t row;
};

static int by_value(const void *left, const void *right)
{
    const struct group_row *a = left, *b = right;
    return (a->value > b->value) - (a->value < b->value);
}

static int by_text(const void *left, const void *right)
{
    const struct group_row *a = left, *b = right;
    return text_compare(a->text, b->text);
}

static bool starts_group(const struct group_row *rows, size_t i, bool are_numbers)
{
    return i == 0 || (are_numbers ? rows[i].value > rows[i - 1].value
                                  : !text_equal(rows[i].text, rows[i - 1].text));
}

bool stats_make_factor(struct command_context *context, const char *option,
                       const struct text *texts, size_t count, struct stats_factor *out,
                       struct error *err)
{
    struct arena *arena = context->arena;
    struct group_row *rows = ARENA_ARRAY(arena, struct group_row, count + 1);
    bool are_numbers = true;
    for (size_t i = 0; i < count; i++) {
        rows[i] = (struct group_row){.text = texts[i], .row = i};
        are_numbers = are_numbers && number_of_text(texts[i], &rows[i].value);
    }
    if (count > 1)
        qsort(rows, count, sizeof *rows, are_numbers ? by_value : by_text);
    double *values = ARENA_ARRAY(arena, double, STATS_GROUPS_MOST);
    *out = (struct stats_factor){.names =
                                     ARENA_ARRAY(arena, struct text, STATS_GROUPS_MOST),
                                 .values = are_numbers ? values : NULL,
                                 .codes = ARENA_ARRAY(arena, uint32_t, count + 1)};
    for (size_t i = 0; i < count; i++) {
        if (starts_group(rows, i, are_numbers)) {
            if (out->count == STATS_GROUPS_MOST)
                return error_set(err, ERROR_REFUSED,
                                 "%s: there are more than %d groups", option,
                                 STATS_GROUPS_MOST);
            values[out->count] = rows[i].value;
            out->names[out->count++] = rows[i].text;
        }
        out->codes[rows[i].row] = (uint32_t)out->count - 1;
    }
    return true;
}

bool stats_must_be_two(const char *option, const struct stats_factor *factor,
                       struct error *err)
{
    return factor->count == 2 ||
           error_set(err, ERROR_REFUSED, "%s has %zu different values, not two", option,
                     factor->count);
}
