/* osteon stats rate */
#include "cli/stats_method.h"
#include "stats/poisson.h"

struct wanted {
    struct poisson_sample samples[2];
    size_t count;
    double null, level;
};

static bool read_wanted(struct command_context *context, struct wanted *out,
                        struct error *err)
{
    const int64_t *events = NULL;
    const double *exposure = NULL;
    size_t exposures = 0;
    if (!stats_counts(context, "--events", &events, &out->count, err) ||
        !stats_numbers(context, "--exposure", &exposure, &exposures, err) ||
        !stats_level(context, &out->level, err))
        return false;
    if (out->count < 1 || out->count > 2 || exposures != out->count)
        return error_set(err, ERROR_USAGE,
                         "--events and --exposure need a number each, or two each");
    for (size_t i = 0; i < out->count; i++) {
        if (!(exposure[i] > 0))
            return error_set(err, ERROR_USAGE, "--exposure must be above 0");
        out->samples[i] = (struct poisson_sample){events[i], exposure[i]};
    }
    double usual = out->count == 2 ? 1 : (double)NAN;
    return stats_number(context, "--null", usual, &out->null, err);
}

static void add_rates(struct stats_report *report, const struct wanted *wanted)
{
    for (size_t i = 0; i < wanted->count; i++) {
        struct poisson_rate found;
        poisson_rate(&wanted->samples[i],
                     wanted->count == 1 ? wanted->null : (double)NAN, wanted->level,
                     &found);
        const char *in = wanted->count == 1 ? "" : i == 0 ? "1" : "2";
        stats_add(report, found.rate, "rate%s", in);
        stats_add(report, found.exact.lower, "rate%s.exact.lower", in);
        stats_add(report, found.exact.upper, "rate%s.exact.upper", in);
        stats_add(report, found.midp.lower, "rate%s.midp.lower", in);
        stats_add(report, found.midp.upper, "rate%s.midp.upper", in);
        if (wanted->count > 1 || isnan(wanted->null))
            continue;
        stats_add(report, found.two_sided, "p");
        stats_add(report, found.less, "less_p");
        stats_add(report, found.greater, "greater_p");
    }
}

bool stats_rate(struct command_context *context, struct error *err)
{
    struct wanted wanted;
    if (!read_wanted(context, &wanted, err))
        return false;
    struct stats_report *report = stats_report_new("rate", context->arena);
    double events = 0;
    for (size_t i = 0; i < wanted.count; i++)
        events += (double)wanted.samples[i].events;
    stats_input(report, "n", events);
    stats_input(report, "missing", 0);
    stats_input(report, "level", wanted.level);
    add_rates(report, &wanted);
    if (wanted.count == 2) {
        struct poisson_ratio found;
        poisson_ratio(&wanted.samples[0], &wanted.samples[1], wanted.null, wanted.level,
                      &found);
        stats_input(report, "null", wanted.null);
        stats_add(report, found.ratio, "ratio");
        stats_add_interval(report, found.exact, TEXT("ratio"));
        stats_add(report, found.two_sided, "p");
        stats_add(report, found.less, "less_p");
        stats_add(report, found.greater, "greater_p");
    }
    return stats_report_write(report, context, err);
}
