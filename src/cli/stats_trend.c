/* osteon stats trend */
#include "cli/stats_method.h"
#include "stats/trend.h"

static bool read_scores(struct command_context *context, size_t groups,
                        const double **out, struct error *err)
{
    size_t count = 0;
    if (!stats_numbers(context, "--scores", out, &count, err))
        return false;
    if (count == groups)
        return true;
    if (count > 0)
        return error_set(err, ERROR_USAGE, "--scores needs one number a group: %zu",
                         groups);
    double *scores = ARENA_ARRAY(context->arena, double, groups);
    for (size_t i = 0; i < groups; i++)
        scores[i] = (double)i + 1;
    *out = scores;
    return true;
}

bool stats_trend(struct command_context *context, struct error *err)
{
    const double *events = NULL, *totals = NULL, *scores = NULL;
    size_t count = 0, total_count = 0;
    if (!stats_numbers(context, "--events", &events, &count, err) ||
        !stats_numbers(context, "--totals", &totals, &total_count, err))
        return false;
    if (count < 2 || count != total_count)
        return error_set(err, ERROR_USAGE,
                         "--events and --totals need one number a group each");
    if (!read_scores(context, count, &scores, err))
        return false;
    double n = 0;
    for (size_t i = 0; i < count; i++)
        n += totals[i];
    struct trend found;
    proportion_trend(events, totals, scores, count, &found);
    struct stats_report *report = stats_report_new("trend", context->arena);
    stats_input(report, "n", n);
    stats_input(report, "missing", 0);
    stats_add(report, found.chi_square, "chisq");
    stats_add(report, found.z, "z");
    stats_add(report, found.p, "p");
    return stats_report_write(report, context, err);
}
