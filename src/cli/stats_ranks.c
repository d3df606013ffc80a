/* osteon stats signed-rank, rank-sum, kruskal, correlation */
#include "cli/stats_samples.h"
#include "stats/correlation.h"
#include "stats/rank_test.h"
#include "stats/several_groups.h"

static bool read_options(struct command_context *context, struct rank_options *out,
                         struct error *err)
{
    static const char *const names[] = {"auto", "exact", "normal", "uncorrected"};
    size_t chosen = 0;
    *out = (struct rank_options){0};
    if (!stats_choice(context, "--method", names, ARRAY_COUNT(names), &chosen, err) ||
        !stats_level(context, &out->level, err) ||
        !stats_number(context, "--null", 0, &out->null, err))
        return false;
    out->method = chosen < 3 ? (enum rank_method)chosen : RANK_NORMAL;
    out->is_uncorrected = chosen == 3;
    return true;
}

static bool write_test(struct stats_report *report, const struct rank_test *found,
                       const struct rank_options *options,
                       struct command_context *context, struct error *err)
{
    stats_input(report, "used", (double)found->used);
    stats_input(report, "exact", found->is_exact);
    stats_input(report, "level", options->level);
    stats_input(report, "null", options->null);
    stats_add(report, found->statistic, "stat");
    stats_add(report, found->z, "z");
    stats_add(report, found->p, "p");
    stats_add(report, found->less, "less_p");
    stats_add(report, found->greater, "greater_p");
    stats_add(report, found->shift, "hl");
    stats_add_interval(report, found->interval, TEXT("hl"));
    return stats_report_write(report, context, err);
}

bool stats_signed_rank(struct command_context *context, struct error *err)
{
    struct stats_report *report = stats_report_new("signed-rank", context->arena);
    struct rank_options options;
    struct stats_sample sample;
    if (!read_options(context, &options, err) ||
        !stats_read_differences(context, report, &sample, err))
        return false;
    struct rank_test found;
    signed_rank_test(sample.values, sample.count, &options, context->arena, &found);
    return write_test(report, &found, &options, context, err);
}

bool stats_rank_sum(struct command_context *context, struct error *err)
{
    struct stats_report *report = stats_report_new("rank-sum", context->arena);
    struct rank_options options;
    struct stats_sample two[2];
    if (!read_options(context, &options, err) ||
        !stats_read_two(context, report, two, err))
        return false;
    struct rank_test found;
    rank_sum_test(two[0].values, two[0].count, two[1].values, two[1].count, &options,
                  context->arena, &found);
    return write_test(report, &found, &options, context, err);
}

bool stats_kruskal(struct command_context *context, struct error *err)
{
    struct stats_column columns[] = {{.option = "--column"},
                                     {.option = "--group", .is_text = true}};
    struct stats_data data = {.columns = columns, .column_count = 2};
    struct stats_factor groups;
    if (!stats_read(context, &data, err) ||
        !stats_make_factor(context, "--group", columns[1].texts, data.count, &groups,
                           err))
        return false;
    struct several_groups found;
    several_groups_test(&(struct grouped_values){columns[0].numbers, groups.codes,
                                                 data.count, groups.count},
                        context->arena, &found);
    struct stats_report *report = stats_report_new("kruskal", context->arena);
    stats_input(report, "n", (double)data.count);
    stats_input(report, "missing", (double)data.missing);
    stats_input(report, "groups", (double)groups.count);
    stats_add(report, found.h, "H");
    stats_add(report, found.h_df, "df");
    stats_add(report, found.h_p, "p");
    stats_add(report, found.f, "anova.F");
    stats_add(report, found.between_df, "anova.df1");
    stats_add(report, found.within_df, "anova.df2");
    stats_add(report, found.f_p, "anova.p");
    stats_add(report, found.welch_f, "welch.F");
    stats_add(report, found.welch_df, "welch.df2");
    stats_add(report, found.welch_p, "welch.p");
    return stats_report_write(report, context, err);
}

bool stats_correlation(struct command_context *context, struct error *err)
{
    struct stats_column columns[] = {{.option = "--x"}, {.option = "--y"}};
    struct stats_data data = {.columns = columns, .column_count = 2};
    double level;
    if (!stats_level(context, &level, err) || !stats_read(context, &data, err))
        return false;
    struct stats_report *report = stats_report_new("correlation", context->arena);
    stats_input(report, "n", (double)data.count);
    stats_input(report, "missing", (double)data.missing);
    stats_input(report, "level", level);
    struct correlation found;
    correlation_pearson(columns[0].numbers, columns[1].numbers, data.count, level,
                        &found);
    stats_add(report, found.r, "pearson.r");
    stats_add_interval(report, found.interval, TEXT("pearson"));
    stats_add(report, found.p, "pearson.p");
    correlation_spearman(columns[0].numbers, columns[1].numbers, data.count, level,
                         context->arena, &found);
    stats_add(report, found.r, "spearman_rho");
    stats_add(report, found.p, "spearman.p");
    return stats_report_write(report, context, err);
}
