/* osteon plan single-arm, simon, interval-width */
#include "cli/stats_method.h"
#include "stats/single_arm.h"

enum { SIZE_MOST = 5000, SIMON_USUAL = 100 };

static bool read_arm(struct command_context *context, struct single_arm *out,
                     struct error *err)
{
    return stats_between(context, "--p0", 0, 1, &out->null, err) &&
           stats_between(context, "--p1", 0, 1, &out->alternative, err) &&
           stats_number(context, "--alpha", 0.05, &out->alpha, err) &&
           stats_number(context, "--power", 0.8, &out->power, err);
}

static bool read_whole(struct command_context *context, const char *option,
                       double usual, double most, double *out, struct error *err)
{
    if (!stats_number(context, option, usual, out, err))
        return false;
    if (isnan(*out) || (*out >= 1 && *out <= most && floor(*out) >= *out))
        return true;
    return error_set(err, ERROR_USAGE, "%s is a whole number from 1 to %g", option,
                     most);
}

static void add_size(struct stats_report *report, const struct size_found *found)
{
    stats_add(report, found->first, "first_n");
    stats_add(report, found->lasting, "lasting_n");
}

static void add_stage(struct stats_report *report, const struct single_arm *arm,
                      struct estimate n)
{
    struct single_stage at = {n, n, n};
    if (is_estimated(n))
        single_stage_at(arm, (int64_t)n.value, &at);
    stats_add(report, at.critical, "crit");
    stats_add(report, at.alpha, "alpha");
    stats_add(report, at.power, "power");
}

bool stats_single_arm(struct command_context *context, struct error *err)
{
    struct single_arm arm;
    double n, most;
    if (!read_arm(context, &arm, err) ||
        !read_whole(context, "--n", (double)NAN, 1e9, &n, err) ||
        !read_whole(context, "--n-max", SIZE_MOST, 100000, &most, err))
        return false;
    struct stats_report *report = stats_report_new("single-arm", context->arena);
    stats_input(report, "n", isnan(n) ? 0 : n);
    stats_input(report, "missing", 0);
    stats_input(report, "p0", arm.null);
    stats_input(report, "p1", arm.alternative);
    stats_input(report, "alpha", arm.alpha);
    if (isnan(n)) {
        struct size_found found;
        stats_input(report, "power", arm.power);
        stats_input(report, "n_max", most);
        single_stage_size(&arm, (int64_t)most, &found);
        add_size(report, &found);
        add_stage(report, &arm, found.first);
    } else {
        add_stage(report, &arm, estimate_of(n));
    }
    return stats_report_write(report, context, err);
}

static void add_design(struct stats_report *report, const struct two_stage *design,
                       const char *reason, const char *name)
{
    const struct {
        const char *name;
        double value;
    } rows[] = {{"r1", (double)design->r1}, {"n1", (double)design->n1},
                {"r", (double)design->r},   {"n", (double)design->n},
                {"EN0", design->expected},  {"PET0", design->stopping},
                {"alpha", design->alpha},   {"power", design->power}};
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
        stats_add(report,
                  reason == NULL ? estimate_of(rows[i].value) : not_estimable(reason),
                  "%s.%s", name, rows[i].name);
}

bool stats_simon(struct command_context *context, struct error *err)
{
    struct single_arm arm;
    double most;
    if (!read_arm(context, &arm, err) ||
        !read_whole(context, "--n-max", SIMON_USUAL, TWO_STAGE_MOST, &most, err))
        return false;
    struct two_stage optimal, minimax;
    const char *reason =
        two_stage_find(&arm, (int64_t)most, context->arena, &optimal, &minimax);
    struct stats_report *report = stats_report_new("simon", context->arena);
    stats_input(report, "n", 0);
    stats_input(report, "missing", 0);
    stats_input(report, "p0", arm.null);
    stats_input(report, "p1", arm.alternative);
    stats_input(report, "alpha", arm.alpha);
    stats_input(report, "power", arm.power);
    stats_input(report, "n_max", most);
    add_design(report, &optimal, reason, "optimal");
    add_design(report, &minimax, reason, "minimax");
    return stats_report_write(report, context, err);
}

bool stats_interval_width(struct command_context *context, struct error *err)
{
    static const char *const kinds[] = {"clopper-pearson", "wilson"};
    double p, width, level, most;
    size_t kind;
    if (!stats_required(context, "--p1", &p, err) ||
        !stats_between(context, "--width", 0, 1, &width, err) ||
        !stats_level(context, &level, err) ||
        !stats_choice(context, "--kind", kinds, ARRAY_COUNT(kinds), &kind, err) ||
        !read_whole(context, "--n-max", SIZE_MOST, 100000, &most, err))
        return false;
    struct size_found found;
    interval_width_size(p, width, level, kind == 1, (int64_t)most, &found);
    struct stats_report *report = stats_report_new("interval-width", context->arena);
    stats_input(report, "n", 0);
    stats_input(report, "missing", 0);
    stats_input(report, "p", p);
    stats_input(report, "width", width);
    stats_input(report, "level", level);
    stats_input(report, "n_max", most);
    add_size(report, &found);
    return stats_report_write(report, context, err);
}
