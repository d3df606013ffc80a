/* osteon stats paired, twosample, effect-size */
#include "cli/stats_samples.h"
#include "stats/effect_size.h"
#include "stats/median.h"
#include "stats/t_test.h"

static void add_t(struct stats_report *report, const struct t_test *found,
                  const char *in)
{
    stats_add(report, found->t, "%st", in);
    stats_add(report, found->df, "%sdf", in);
    stats_add(report, found->p, "%sp", in);
    stats_add(report, found->less, "%sless_p", in);
    stats_add(report, found->greater, "%sgreater_p", in);
    stats_add(report, found->interval.lower, "%slower", in);
    stats_add(report, found->interval.upper, "%supper", in);
    stats_add(report, found->error, "%sstderr", in);
}

static void add_signs(struct stats_report *report, const struct stats_sample *sample,
                      double null)
{
    struct sign_test signs;
    sign_test(sample->values, sample->count, null, &signs);
    stats_add(report, estimate_of((double)signs.above), "sign.above");
    stats_add(report, estimate_of((double)signs.below), "sign.below");
    stats_add(report, estimate_of((double)signs.equal), "sign.equal");
    stats_add(report, signs.p, "sign.p");
    stats_add(report, signs.less, "sign.less_p");
    stats_add(report, signs.greater, "sign.greater_p");
}

bool stats_paired(struct command_context *context, struct error *err)
{
    struct stats_report *report = stats_report_new("paired", context->arena);
    struct stats_sample sample;
    double level, null;
    if (!stats_level(context, &level, err) ||
        !stats_number(context, "--null", 0, &null, err) ||
        !stats_read_differences(context, report, &sample, err))
        return false;
    stats_input(report, "level", level);
    stats_input(report, "null", null);
    struct moments moments = moments_of(sample.values, sample.count);
    struct t_test found;
    t_test_one(&moments, null, level, &found);
    stats_add(report, found.estimate, "mean");
    stats_add(report,
              sample.count < 2 ? not_estimable("it needs two values")
                               : estimate_of(sqrt(moments.variance)),
              "sd");
    add_t(report, &found, "");
    add_signs(report, &sample, null);
    struct median median;
    median_estimate(sample_sort(sample.values, sample.count, context->arena), level,
                    &median);
    stats_add(report, median.median, "median");
    stats_add_interval(report, median.interval, TEXT("median"));
    stats_add(report, median.achieved, "median.achieved_level");
    return stats_report_write(report, context, err);
}

static void add_effects(struct stats_report *report, const struct moments two[2],
                        double level)
{
    struct effect_size found;
    effect_size_of(&two[0], &two[1], level, &found);
    stats_add(report, found.cohen_d, "cohen_d");
    stats_add(report, found.hedges_g, "hedges_g");
    stats_add(report, found.hedges_variance, "hedges_g_var");
    stats_add_interval(report, found.hedges_interval, TEXT("hedges_g"));
    stats_add(report, found.correction, "J_exact");
    stats_add(report, found.standardised, "smd");
}

static void add_two(struct stats_report *report, const struct moments two[2],
                    double null, double level)
{
    struct t_test found;
    for (int k = 0; k < 2; k++) {
        stats_add(report,
                  two[k].n > 0 ? estimate_of(two[k].mean)
                               : not_estimable("there is no value"),
                  "mean%d", k + 1);
        stats_add(report,
                  two[k].n > 1 ? estimate_of(sqrt(two[k].variance))
                               : not_estimable("it needs two values"),
                  "sd%d", k + 1);
    }
    t_test_welch(&two[0], &two[1], null, level, &found);
    stats_add(report, found.estimate, "difference");
    add_t(report, &found, "welch.");
    t_test_pooled(&two[0], &two[1], null, level, &found);
    add_t(report, &found, "pooled.");
    add_effects(report, two, level);
}

bool stats_twosample(struct command_context *context, struct error *err)
{
    struct stats_report *report = stats_report_new("twosample", context->arena);
    struct stats_sample two[2];
    double level, null;
    if (!stats_level(context, &level, err) ||
        !stats_number(context, "--null", 0, &null, err) ||
        !stats_read_two(context, report, two, err))
        return false;
    stats_input(report, "level", level);
    stats_input(report, "null", null);
    const struct moments moments[2] = {moments_of(two[0].values, two[0].count),
                                       moments_of(two[1].values, two[1].count)};
    add_two(report, moments, null, level);
    return stats_report_write(report, context, err);
}

static bool read_pair(struct command_context *context, const char *option,
                      const double **out, struct error *err)
{
    size_t count = 0;
    if (!stats_numbers(context, option, out, &count, err))
        return false;
    return count == 2 ||
           error_set(err, ERROR_USAGE, "%s needs two numbers, one a group", option);
}

bool stats_effect_size(struct command_context *context, struct error *err)
{
    const double *means = NULL, *sds = NULL, *sizes = NULL;
    double level;
    if (!stats_level(context, &level, err) ||
        !read_pair(context, "--means", &means, err) ||
        !read_pair(context, "--sds", &sds, err) ||
        !read_pair(context, "--sizes", &sizes, err))
        return false;
    if (sds[0] < 0 || sds[1] < 0 || sizes[0] < 1 || sizes[1] < 1)
        return error_set(err, ERROR_USAGE, "--sds are not below 0, --sizes from 1");
    struct moments two[2];
    for (size_t k = 0; k < 2; k++)
        two[k] = (struct moments){sizes[k], means[k], sds[k] * sds[k]};
    struct stats_report *report = stats_report_new("effect-size", context->arena);
    stats_input(report, "n", sizes[0] + sizes[1]);
    stats_input(report, "missing", 0);
    stats_input(report, "level", level);
    add_two(report, two, 0, level);
    return stats_report_write(report, context, err);
}
