#include "cli/stats_samples.h"

bool stats_read_differences(struct command_context *context,
                            struct stats_report *report, struct stats_sample *out,
                            struct error *err)
{
    struct stats_column columns[] = {{.option = "--x"}, {.option = "--y"}};
    struct stats_column alone = {.option = "--column"};
    bool are_pairs = !command_has(context, "--column");
    struct stats_data data = {.columns = are_pairs ? columns : &alone,
                              .column_count = are_pairs ? 2 : 1};
    if (!are_pairs && (command_has(context, "--x") || command_has(context, "--y")))
        return error_set(err, ERROR_USAGE, "give --column, or --x and --y");
    if (!stats_read(context, &data, err))
        return false;
    *out = (struct stats_sample){alone.numbers, data.count};
    if (are_pairs) {
        double *differences = ARENA_ARRAY(context->arena, double, data.count);
        for (size_t i = 0; i < data.count; i++)
            differences[i] = columns[0].numbers[i] - columns[1].numbers[i];
        out->values = differences;
    }
    stats_input(report, "n", (double)data.count);
    stats_input(report, "missing", (double)data.missing);
    return true;
}

static bool read_by_group(struct command_context *context, struct stats_sample two[2],
                          size_t *missing, struct error *err)
{
    struct stats_column columns[] = {{.option = "--column"},
                                     {.option = "--group", .is_text = true}};
    struct stats_data data = {.columns = columns, .column_count = 2};
    struct stats_factor groups;
    if (!stats_read(context, &data, err) ||
        !stats_make_factor(context, "--group", columns[1].texts, data.count, &groups,
                           err) ||
        !stats_must_be_two("--group", &groups, err))
        return false;
    double *values[2];
    for (size_t k = 0; k < 2; k++)
        two[k] = (struct stats_sample){
            values[k] = ARENA_ARRAY(context->arena, double, data.count), 0};
    for (size_t i = 0; i < data.count; i++) {
        size_t k = groups.codes[i];
        values[k][two[k].count++] = columns[0].numbers[i];
    }
    *missing = data.missing;
    return true;
}

/* Each column for itself: a gap in one says nothing of the other. */
static bool read_apart(struct command_context *context, struct stats_sample two[2],
                       size_t *missing, struct error *err)
{
    static const char *const options[] = {"--x", "--y"};
    *missing = 0;
    for (size_t k = 0; k < 2; k++) {
        struct stats_column column = {.option = options[k]};
        struct stats_data data = {.columns = &column, .column_count = 1};
        if (!stats_read(context, &data, err))
            return false;
        two[k] = (struct stats_sample){column.numbers, data.count};
        *missing += data.missing;
    }
    return true;
}

bool stats_read_two(struct command_context *context, struct stats_report *report,
                    struct stats_sample two[2], struct error *err)
{
    size_t missing = 0;
    if (!(command_has(context, "--x") ? read_apart(context, two, &missing, err)
                                      : read_by_group(context, two, &missing, err)))
        return false;
    stats_input(report, "n", (double)two[0].count + (double)two[1].count);
    stats_input(report, "n1", (double)two[0].count);
    stats_input(report, "n2", (double)two[1].count);
    stats_input(report, "missing", (double)missing);
    return true;
}
