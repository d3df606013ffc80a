/* osteon stats logrank */
#include "cli/stats_method.h"
#include "stats/logrank.h"

enum { COLUMN_GROUP = STATS_FOLLOW_UP_COLUMNS, COLUMN_STRATA, COLUMN_COUNT };

static void add_groups(struct stats_report *report, const struct logrank *found,
                       const struct stats_factor *groups)
{
    for (size_t g = 0; g < groups->count; g++) {
        struct text name = groups->names[g];
        stats_add(report, estimate_of((double)found->members[g]), "n.%.*s",
                  TEXT_ARG(name));
        stats_add(report, estimate_of(found->events[g]), "events.%.*s", TEXT_ARG(name));
        stats_add(report, estimate_of(found->observed[g]), "obs.%.*s", TEXT_ARG(name));
        stats_add(report, estimate_of(found->expected[g]), "exp.%.*s", TEXT_ARG(name));
        stats_add(report, estimate_of(found->variance[g * groups->count + g]),
                  "var.%.*s", TEXT_ARG(name));
    }
}

static bool read_strata(struct command_context *context, const struct stats_data *data,
                        struct logrank_input *input, struct error *err)
{
    if (data->columns[COLUMN_STRATA].texts == NULL)
        return true;
    struct stats_factor strata;
    if (!stats_make_factor(context, "--strata", data->columns[COLUMN_STRATA].texts,
                           data->count, &strata, err))
        return false;
    input->strata = strata.codes;
    input->stratum_count = strata.count;
    return true;
}

bool stats_logrank(struct command_context *context, struct error *err)
{
    struct stats_column columns[COLUMN_COUNT] = {
        [COLUMN_GROUP] = {.option = "--group", .is_text = true},
        [COLUMN_STRATA] = {.option = "--strata", .is_text = true, .is_optional = true}};
    stats_follow_up_columns(context, columns);
    struct stats_data data = {.columns = columns, .column_count = COLUMN_COUNT};
    struct stats_follow_up follow;
    struct stats_factor groups;
    struct logrank_input input = {0};
    if (!stats_number(context, "--rho", 0, &input.rho, err) ||
        !stats_read(context, &data, err) ||
        !stats_follow_up(context, &data, &follow, err) ||
        !stats_make_factor(context, "--group", columns[COLUMN_GROUP].texts, data.count,
                           &groups, err) ||
        !read_strata(context, &data, &input, err))
        return false;
    input.times = follow.times;
    input.is_event = follow.is_event;
    input.groups = groups.codes;
    input.count = data.count;
    input.group_count = groups.count;
    input.scores = groups.values;
    struct logrank found;
    logrank_test(&input, context->arena, &found);
    struct stats_report *report = stats_report_new("logrank", context->arena);
    stats_input(report, "n", (double)data.count);
    stats_input(report, "missing", (double)data.missing);
    stats_input(report, "rho", input.rho);
    stats_add(report, found.chi2, "chisq");
    stats_add(report, estimate_of((double)found.degrees), "df");
    stats_add(report, found.p, "p");
    stats_add(report, found.trend_chi2, "trend.chisq");
    stats_add(report, found.trend_p, "trend.p");
    add_groups(report, &found, &groups);
    return stats_report_write(report, context, err);
}
