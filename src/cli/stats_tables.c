#include "cli/stats_tables.h"

enum { COLUMN_EVENT, COLUMN_GROUP, COLUMN_STRATA, COLUMN_COUNT };

static bool of_cells(struct command_context *context, struct stats_report *report,
                     struct two_by_two **out, size_t *count, struct error *err)
{
    const int64_t *cells = NULL;
    size_t given = 0;
    if (!stats_counts(context, "--cells", &cells, &given, err))
        return false;
    if (given == 0 || given % 4 != 0)
        return error_set(err, ERROR_USAGE,
                         "--cells needs four numbers a table: a,b,c,d");
    *count = given / 4;
    *out = ARENA_ARRAY(context->arena, struct two_by_two, *count);
    double n = 0;
    for (size_t i = 0; i < *count; i++) {
        const int64_t *cell = cells + 4 * i;
        (*out)[i] = (struct two_by_two){cell[0], cell[1], cell[2], cell[3]};
        n += (double)cell[0] + (double)cell[1] + (double)cell[2] + (double)cell[3];
    }
    stats_input(report, "n", n);
    stats_input(report, "missing", 0);
    return true;
}

static void count_row(struct two_by_two *table, bool is_first, bool is_event)
{
    int64_t *cell = is_first ? (is_event ? &table->a : &table->b)
                             : (is_event ? &table->c : &table->d);
    (*cell)++;
}

static bool of_data(struct command_context *context, struct stats_report *report,
                    struct two_by_two **out, size_t *count, struct error *err)
{
    struct stats_column columns[COLUMN_COUNT] = {
        [COLUMN_EVENT] = {.option = "--event", .is_yes_no = true},
        [COLUMN_GROUP] = {.option = "--group", .is_text = true},
        [COLUMN_STRATA] = {.option = "--strata", .is_text = true, .is_optional = true}};
    struct stats_data data = {.columns = columns, .column_count = COLUMN_COUNT};
    struct stats_factor groups, strata = {.count = 1};
    if (!stats_read(context, &data, err) ||
        !stats_make_factor(context, "--group", columns[COLUMN_GROUP].texts, data.count,
                           &groups, err) ||
        !stats_must_be_two("--group", &groups, err))
        return false;
    if (columns[COLUMN_STRATA].texts != NULL &&
        !stats_make_factor(context, "--strata", columns[COLUMN_STRATA].texts,
                           data.count, &strata, err))
        return false;
    *count = strata.count;
    *out = ARENA_ARRAY(context->arena, struct two_by_two, *count);
    for (size_t i = 0; i < data.count; i++)
        count_row(*out + (strata.codes == NULL ? 0 : strata.codes[i]),
                  groups.codes[i] == 0, columns[COLUMN_EVENT].numbers[i] > 0);
    stats_input(report, "n", (double)data.count);
    stats_input(report, "missing", (double)data.missing);
    return true;
}

bool stats_read_tables(struct command_context *context, struct stats_report *report,
                       struct two_by_two **out, size_t *count, struct error *err)
{
    return command_has(context, "--cells") ? of_cells(context, report, out, count, err)
                                           : of_data(context, report, out, count, err);
}
