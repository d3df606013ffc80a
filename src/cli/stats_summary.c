/* osteon stats summary */
#include "cli/stats_method.h"
#include "stats/summary.h"

struct summary_wanted {
    double level, type;
    const double *quantiles;
    size_t quantile_count;
};

static bool read_wanted(struct command_context *context, struct summary_wanted *wanted,
                        struct error *err)
{
    static const double usual[] = {0.25, 0.5, 0.75};
    *wanted = (struct summary_wanted){0};
    if (!stats_level(context, &wanted->level, err) ||
        !stats_number(context, "--type", 7, &wanted->type, err) ||
        !stats_numbers(context, "--quantiles", &wanted->quantiles,
                       &wanted->quantile_count, err))
        return false;
    if (wanted->type < 1 || wanted->type > 9 || floor(wanted->type) < wanted->type)
        return error_set(err, ERROR_USAGE, "--type is a whole number from 1 to 9");
    if (wanted->quantile_count == 0) {
        wanted->quantiles = usual;
        wanted->quantile_count = ARRAY_COUNT(usual);
    }
    return true;
}

static void add_summary(struct stats_report *report, const struct sample *sample,
                        const struct summary_wanted *wanted, struct arena *arena)
{
    struct summary found;
    sample_summary(sample, wanted->level, arena, &found);
    stats_add(report, found.mean, "mean");
    stats_add_interval(report, found.mean_interval, TEXT("mean"));
    stats_add(report, found.sd, "sd");
    stats_add(report, found.minimum, "min");
    stats_add(report, found.maximum, "max");
    stats_add(report, sample_quantile(sample, 0.5, 7), "median");
    stats_add(report, found.mad, "mad");
    stats_add(report, found.geometric_mean, "geomean");
    stats_add_interval(report, found.geometric_interval, TEXT("geomean"));
    for (size_t i = 0; i < wanted->quantile_count; i++)
        stats_add(
            report, sample_quantile(sample, wanted->quantiles[i], (int)wanted->type),
            "quantile_type%d.p%.12g", (int)wanted->type, 100 * wanted->quantiles[i]);
}

bool stats_summary(struct command_context *context, struct error *err)
{
    struct summary_wanted wanted;
    struct stats_column column = {.option = "--column"};
    struct stats_data data = {.columns = &column, .column_count = 1};
    if (!read_wanted(context, &wanted, err) || !stats_read(context, &data, err))
        return false;
    const struct sample *sample =
        sample_sort(column.numbers, data.count, context->arena);
    ASSERT(sample != NULL); /* numbers of a file are finite */
    struct stats_report *report = stats_report_new("summary", context->arena);
    stats_input(report, "n", (double)data.count);
    stats_input(report, "missing", (double)data.missing);
    stats_input(report, "level", wanted.level);
    add_summary(report, sample, &wanted, context->arena);
    return stats_report_write(report, context, err);
}
