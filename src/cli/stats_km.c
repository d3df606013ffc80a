/* osteon stats km */
#include "cli/stats_method.h"
#include "stats/survival.h"

enum { COLUMN_GROUP = STATS_FOLLOW_UP_COLUMNS, COLUMN_COUNT };

struct km_wanted {
    enum survival_interval kind;
    double level, landmark;
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
        !stats_number(context, "--landmark", (double)NAN, &wanted->landmark, err) ||
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

struct km_curve {
    const struct survival_curve *curve, *follow_up;
    const char *in; /* what names begin with: "sex=1.", or nothing */
};

static void add_at(struct stats_report *report, const struct km_curve *km,
                   const struct km_wanted *wanted, struct arena *arena)
{
    for (size_t i = 0; i < wanted->at_count; i++) {
        double time = wanted->at[i];
        const char *in = km->in;
        struct survival_at at;
        survival_at(km->curve, time, wanted->kind, wanted->level, &at);
        stats_add(report, at.survival, "%ssurv.t%.15g", in, time);
        stats_add(report, at.error, "%ssurv.t%.15g.se", in, time);
        stats_add_interval(report, at.interval,
                           text_format(arena, "%ssurv.t%.15g", in, time));
        stats_add(report, at.peto_lower, "%ssurv.t%.15g.lower_peto", in, time);
        stats_add(report, estimate_of((double)at.at_risk), "%snrisk.t%.15g", in, time);
        stats_add(report, at.hazard, "%scumhaz.t%.15g", in, time);
        stats_add(report, at.hazard_error, "%scumhaz.t%.15g.se", in, time);
        stats_add(report, at.fleming_harrington, "%ssurv_fh.t%.15g", in, time);
    }
}

static void add_quantile(struct stats_report *report,
                         const struct survival_curve *curve, double quantile,
                         const struct km_wanted *wanted, struct text name)
{
    struct survival_quantile found;
    survival_quantile(curve, quantile, wanted->kind, wanted->level, &found);
    stats_add(report, found.time, "%.*s", TEXT_ARG(name));
    stats_add_interval(report, found.interval, name);
}

static void add_curve(struct stats_report *report, const struct km_curve *km,
                      const struct km_wanted *wanted, struct arena *arena)
{
    const char *in = km->in;
    stats_add(report, estimate_of((double)km->curve->count), "%sn", in);
    stats_add(report, estimate_of((double)km->curve->events), "%sevents", in);
    add_at(report, km, wanted, arena);
    for (size_t i = 0; i < wanted->quantile_count; i++)
        add_quantile(report, km->curve, wanted->quantiles[i], wanted,
                     text_format(arena, "%sq%.12g", in, 100 * wanted->quantiles[i]));
    add_quantile(report, km->follow_up, 0.5, wanted,
                 text_format(arena, "%sfollowup.q50", in));
    for (size_t i = 0; i < wanted->tau_count; i++) {
        struct estimate mean, error;
        survival_restricted_mean(km->curve, wanted->tau[i], &mean, &error);
        stats_add(report, mean, "%srmst%.15g", in, wanted->tau[i]);
        stats_add(report, error, "%srmst%.15g.se", in, wanted->tau[i]);
    }
}

/* --- the second of two groups against the first ---------------------------------------- */

static void add_contrast(struct stats_report *report,
                         const struct survival_contrast *contrast, struct text name)
{
    stats_add(report, contrast->value, "%.*s", TEXT_ARG(name));
    stats_add(report, contrast->error, "%.*s.se", TEXT_ARG(name));
    stats_add_interval(report, contrast->interval, name);
    stats_add(report, contrast->p, "%.*s.p", TEXT_ARG(name));
}

static void compare(struct stats_report *report, const struct km_curve *curves,
                    const struct km_wanted *wanted, struct arena *arena)
{
    const struct survival_curve *first = curves[0].curve, *second = curves[1].curve;
    for (size_t i = 0; i < wanted->at_count; i++) {
        struct survival_contrast difference;
        survival_difference(first, second, wanted->at[i], wanted->level, &difference);
        add_contrast(report, &difference,
                     text_format(arena, "difference.t%.15g", wanted->at[i]));
    }
    for (size_t i = 0; i < wanted->tau_count; i++) {
        double tau = wanted->tau[i];
        struct survival_mean_contrast means;
        survival_compare_means(first, second, tau, wanted->level, &means);
        add_contrast(report, &means.difference,
                     text_format(arena, "rmst%.15g.difference", tau));
        add_contrast(report, &means.ratio, text_format(arena, "rmst%.15g.ratio", tau));
    }
}

/* --- data and groups ------------------------------------------------------------------ */

struct km_data {
    struct stats_follow_up all;
    size_t count;
    struct stats_factor groups; /* none: one curve */
};

static bool read_data(struct command_context *context, struct km_data *data,
                      struct stats_report *report, struct error *err)
{
    struct stats_column columns[COLUMN_COUNT] = {
        [COLUMN_GROUP] = {.option = "--group", .is_text = true, .is_optional = true}};
    stats_follow_up_columns(context, columns);
    struct stats_data read = {.columns = columns, .column_count = COLUMN_COUNT};
    if (!stats_read(context, &read, err) ||
        !stats_follow_up(context, &read, &data->all, err))
        return false;
    data->count = read.count;
    stats_input(report, "n", (double)read.count);
    stats_input(report, "missing", (double)read.missing);
    return columns[COLUMN_GROUP].texts == NULL ||
           stats_make_factor(context, "--group", columns[COLUMN_GROUP].texts,
                             read.count, &data->groups, err);
}

/* A group's rows; behind a landmark only what is still followed there, from there on. */
static void fit_part(const struct km_data *data, size_t group,
                     const struct km_wanted *wanted, struct arena *arena,
                     struct km_curve *out)
{
    double *times = ARENA_ARRAY(arena, double, data->count);
    double *entries = ARENA_ARRAY(arena, double, data->count);
    bool *is_event = ARENA_ARRAY(arena, bool, data->count);
    bool is_landmark = !isnan(wanted->landmark);
    struct survival_input part = {times, is_event, 0, NULL};
    if (data->all.entries != NULL || is_landmark)
        part.entries = entries;
    for (size_t i = 0; i < data->count; i++) {
        double entry = data->all.entries == NULL ? -1 : data->all.entries[i];
        if (data->groups.count > 0 && data->groups.codes[i] != group)
            continue;
        if (is_landmark && !(data->all.times[i] > wanted->landmark))
            continue;
        times[part.count] = data->all.times[i];
        entries[part.count] = is_landmark ? fmax(entry, wanted->landmark) : entry;
        is_event[part.count++] = data->all.is_event[i];
    }
    struct survival_curve *curve, *follow_up;
    bool is_fit = survival_fit(&part, arena, &curve) &&
                  survival_follow_up(&part, arena, &follow_up);
    ASSERT(is_fit); /* the times were looked at */
    out->curve = curve;
    out->follow_up = follow_up;
}

bool stats_km(struct command_context *context, struct error *err)
{
    struct arena *arena = context->arena;
    struct stats_report *report = stats_report_new("km", arena);
    struct km_wanted wanted;
    struct km_data data = {0};
    if (!read_wanted(context, &wanted, err) || !read_data(context, &data, report, err))
        return false;
    stats_input(report, "level", wanted.level);
    if (!isnan(wanted.landmark))
        stats_input(report, "landmark", wanted.landmark);
    size_t count = data.groups.count == 0 ? 1 : data.groups.count;
    struct km_curve *curves = ARENA_ARRAY(arena, struct km_curve, count);
    for (size_t i = 0; i < count; i++) {
        struct text in = TEXT("");
        if (data.groups.count > 0)
            in = text_format(arena, "%.*s=%.*s.",
                             TEXT_ARG(command_option(context, "--group")),
                             TEXT_ARG(data.groups.names[i]));
        curves[i].in = text_c(arena, in);
        fit_part(&data, i, &wanted, arena, &curves[i]);
        add_curve(report, &curves[i], &wanted, arena);
    }
    if (count == 2)
        compare(report, curves, &wanted, arena);
    return stats_report_write(report, context, err);
}
