/* osteon stats km */
#include "base/number.h"
#include "cli/stats_method.h"
#include "stats/survival.h"

enum { COLUMN_TIME, COLUMN_EVENT, COLUMN_GROUP, COLUMN_COUNT, GROUPS_MOST = 1000 };

struct km_wanted {
    enum survival_interval kind;
    double level;
    const double *at, *tau, *quantiles;
    size_t at_count, tau_count, quantile_count;
};

static bool read_kind(struct command_context *context, struct km_wanted *wanted,
                      struct error *err)
{
    static const char *const kinds[] = {[SURVIVAL_LOG_LOG] = "log-log",
                                        [SURVIVAL_LOG] = "log",
                                        [SURVIVAL_PLAIN] = "plain"};
    struct text given = command_option(context, "--ci");
    wanted->kind = SURVIVAL_LOG_LOG;
    if (text_is_absent(given))
        return true;
    for (size_t i = 0; i < ARRAY_COUNT(kinds); i++) {
        wanted->kind = (enum survival_interval)i;
        if (text_equal(given, text_of(kinds[i])))
            return true;
    }
    return error_set(err, ERROR_USAGE, "--ci is log-log, log or plain");
}

static bool read_wanted(struct command_context *context, struct km_wanted *wanted,
                        struct error *err)
{
    static const double quartiles[] = {0.25, 0.5, 0.75};
    *wanted = (struct km_wanted){0};
    if (!read_kind(context, wanted, err) ||
        !stats_level(context, &wanted->level, err) ||
        !stats_numbers(context, "--at", &wanted->at, &wanted->at_count, err) ||
        !stats_numbers(context, "--rmst", &wanted->tau, &wanted->tau_count, err) ||
        !stats_numbers(context, "--quantiles", &wanted->quantiles,
                       &wanted->quantile_count, err))
        return false;
    if (wanted->quantile_count == 0) {
        wanted->quantiles = quartiles;
        wanted->quantile_count = ARRAY_COUNT(quartiles);
    }
    return true;
}

/* --- results of one curve ------------------------------------------------------------- */

static void add_at(struct stats_report *report, const struct survival_curve *curve,
                   const struct km_wanted *wanted, struct arena *arena, const char *in)
{
    for (size_t i = 0; i < wanted->at_count; i++) {
        double time = wanted->at[i];
        struct survival_at at;
        survival_at(curve, time, wanted->kind, wanted->level, &at);
        stats_add(report, at.survival, "%ssurv.t%.15g", in, time);
        stats_add(report, at.error, "%ssurv.t%.15g.se", in, time);
        stats_add_interval(report, at.interval,
                           text_format(arena, "%ssurv.t%.15g", in, time));
        stats_add(report, estimate_of((double)at.at_risk), "%snrisk.t%.15g", in, time);
        stats_add(report, at.hazard, "%scumhaz.t%.15g", in, time);
        stats_add(report, at.hazard_error, "%scumhaz.t%.15g.se", in, time);
        stats_add(report, at.fleming_harrington, "%ssurv_fh.t%.15g", in, time);
    }
}

static void add_curve(struct stats_report *report, const struct survival_curve *curve,
                      const struct km_wanted *wanted, struct arena *arena,
                      const char *in)
{
    stats_add(report, estimate_of((double)curve->count), "%sn", in);
    stats_add(report, estimate_of((double)curve->events), "%sevents", in);
    add_at(report, curve, wanted, arena, in);
    for (size_t i = 0; i < wanted->quantile_count; i++) {
        double percent = 100 * wanted->quantiles[i];
        struct survival_quantile found;
        survival_quantile(curve, wanted->quantiles[i], wanted->kind, wanted->level,
                          &found);
        stats_add(report, found.time, "%sq%.12g", in, percent);
        stats_add_interval(report, found.interval,
                           text_format(arena, "%sq%.12g", in, percent));
    }
    for (size_t i = 0; i < wanted->tau_count; i++) {
        struct estimate mean, error;
        survival_restricted_mean(curve, wanted->tau[i], &mean, &error);
        stats_add(report, mean, "%srmst%.15g", in, wanted->tau[i]);
        stats_add(report, error, "%srmst%.15g.se", in, wanted->tau[i]);
    }
}

/* --- data and groups ------------------------------------------------------------------ */

struct km_data {
    struct survival_input all;
    const struct text *groups; /* NULL: one curve */
};

static bool read_data(struct command_context *context, struct km_data *data,
                      struct stats_report *report, struct error *err)
{
    struct stats_column columns[COLUMN_COUNT] = {
        [COLUMN_TIME] = {.option = "--time", .is_time = true},
        [COLUMN_EVENT] = {.option = "--event", .is_yes_no = true},
        [COLUMN_GROUP] = {.option = "--group", .is_text = true, .is_optional = true}};
    struct stats_data read = {.columns = columns, .column_count = COLUMN_COUNT};
    if (!stats_read(context, &read, err))
        return false;
    bool *is_event = ARENA_ARRAY(context->arena, bool, read.count);
    for (size_t i = 0; i < read.count; i++) {
        double event = columns[COLUMN_EVENT].numbers[i];
        is_event[i] = event > 0;
        if (event < 0 || event > 1 || (event > 0 && event < 1))
            return error_set(err, ERROR_REFUSED,
                             "an event is 1, a censored time 0, and nothing else");
        if (columns[COLUMN_TIME].numbers[i] < 0)
            return error_set(err, ERROR_REFUSED, "a time is below 0");
    }
    data->all =
        (struct survival_input){columns[COLUMN_TIME].numbers, is_event, read.count};
    data->groups = columns[COLUMN_GROUP].texts;
    stats_input(report, "n", (double)read.count);
    stats_input(report, "missing", (double)read.missing);
    return true;
}

static void fit_part(const struct km_data *data, struct text group,
                     const struct km_wanted *wanted, struct command_context *context,
                     struct stats_report *report)
{
    struct arena *arena = context->arena;
    double *times = ARENA_ARRAY(arena, double, data->all.count);
    bool *is_event = ARENA_ARRAY(arena, bool, data->all.count);
    struct survival_input part = {times, is_event, 0};
    for (size_t i = 0; i < data->all.count; i++) {
        if (data->groups != NULL && !text_equal(data->groups[i], group))
            continue;
        times[part.count] = data->all.times[i];
        is_event[part.count++] = data->all.is_event[i];
    }
    struct text in = TEXT("");
    if (data->groups != NULL)
        in = text_format(arena, "%.*s=%.*s.",
                         TEXT_ARG(command_option(context, "--group")), TEXT_ARG(group));
    struct survival_curve *curve;
    bool is_fit = survival_fit(&part, arena, &curve);
    ASSERT(is_fit); /* the times were looked at */
    add_curve(report, curve, wanted, arena, text_c(arena, in));
}

static bool find_groups(const struct km_data *data, struct arena *arena,
                        struct text **out, size_t *count, struct error *err)
{
    struct text *groups = ARENA_ARRAY(arena, struct text, GROUPS_MOST);
    *out = groups;
    *count = 0;
    for (size_t i = 0; i < data->all.count; i++) {
        size_t k = 0;
        while (k < *count && !text_equal(groups[k], data->groups[i]))
            k++;
        if (k < *count)
            continue;
        if (*count == GROUPS_MOST)
            return error_set(err, ERROR_REFUSED, "there are more than %d groups",
                             GROUPS_MOST);
        groups[(*count)++] = data->groups[i];
    }
    return true;
}

bool stats_km(struct command_context *context, struct error *err)
{
    struct stats_report *report = stats_report_new("km", context->arena);
    struct km_wanted wanted;
    struct km_data data = {0};
    if (!read_wanted(context, &wanted, err) || !read_data(context, &data, report, err))
        return false;
    stats_input(report, "level", wanted.level);
    struct text everybody = {0}, *groups = &everybody;
    size_t count = 1;
    if (data.groups != NULL &&
        !find_groups(&data, context->arena, &groups, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        fit_part(&data, groups[i], &wanted, context, report);
    return stats_report_write(report, context, err);
}
