/* osteon stats proportion */
#include "cli/stats_method.h"
#include "stats/proportion.h"

static void add_intervals(struct stats_report *report, const struct proportion *found)
{
    stats_add_interval(report, found->wilson, TEXT("wilson"));
    stats_add_interval(report, found->clopper_pearson, TEXT("clopper_pearson"));
    stats_add_interval(report, found->wilson_cc, TEXT("wilson_cc"));
    stats_add_interval(report, found->agresti_coull, TEXT("agresti_coull"));
    stats_add_interval(report, found->wald, TEXT("wald"));
    stats_add_interval(report, found->jeffreys, TEXT("jeffreys"));
    stats_add_interval(report, found->midp, TEXT("midp"));
    stats_add(report, found->one_sided.lower, "clopper_pearson.lower_one_sided");
    stats_add(report, found->one_sided.upper, "clopper_pearson.upper_one_sided");
}

static bool read_input(struct command_context *context, struct proportion_input *input,
                       struct error *err)
{
    if (!stats_count(context, "--events", &input->events, err) ||
        !stats_count(context, "--total", &input->total, err) ||
        !stats_level(context, &input->level, err) ||
        !stats_number(context, "--null", (double)NAN, &input->null, err))
        return false;
    if (input->events > input->total)
        return error_set(err, ERROR_USAGE, "--events is more than --total");
    if (input->null < 0 || input->null > 1)
        return error_set(err, ERROR_USAGE, "--null must lie between 0 and 1");
    return true;
}

bool stats_proportion(struct command_context *context, struct error *err)
{
    struct proportion_input input;
    if (!read_input(context, &input, err))
        return false;
    struct proportion found;
    proportion_estimate(&input, &found);
    struct stats_report *report = stats_report_new("proportion", context->arena);
    stats_input(report, "n", (double)input.total);
    stats_input(report, "missing", 0);
    stats_input(report, "events", (double)input.events);
    stats_input(report, "level", input.level);
    stats_add(report, found.estimate, "estimate");
    add_intervals(report, &found);
    if (command_has(context, "--null")) {
        stats_input(report, "null", input.null);
        stats_add(report, found.p_two_sided, "two_sided_p");
        stats_add(report, found.p_greater, "greater_p");
        stats_add(report, found.p_less, "less_p");
    }
    return stats_report_write(report, context, err);
}
