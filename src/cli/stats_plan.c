/* osteon plan two-proportions, margin, means, pairs, events, design-effect, sd-limit, assurance */
#include "cli/stats_method.h"
#include "stats/fisher_power.h"
#include "stats/planning.h"

struct asked {
    struct plan plan;
    double alpha, n; /* n NaN: a size is looked for */
    bool is_two_sided;
};

static bool read_asked(struct command_context *context, bool is_two_sided,
                       struct asked *out, struct error *err)
{
    *out = (struct asked){.is_two_sided = is_two_sided};
    double usual = is_two_sided ? 0.05 : 0.025;
    if (!stats_number(context, "--alpha", usual, &out->alpha, err) ||
        !stats_number(context, "--power", 0.8, &out->plan.power, err) ||
        !stats_number(context, "--ratio", 1, &out->plan.ratio, err) ||
        !stats_number(context, "--n", (double)NAN, &out->n, err))
        return false;
    out->plan.side = is_two_sided ? out->alpha / 2 : out->alpha;
    if (command_has(context, "--n") && command_has(context, "--power"))
        return error_set(err, ERROR_USAGE, "give --n or --power: one is found");
    return true;
}

static struct stats_report *report_of(const char *method, const struct asked *asked,
                                      struct command_context *context)
{
    struct stats_report *report = stats_report_new(method, context->arena);
    stats_input(report, "n", isnan(asked->n) ? 0 : asked->n);
    stats_input(report, "missing", 0);
    stats_input(report, "alpha", asked->alpha);
    stats_input(report, "sides", asked->is_two_sided ? 2 : 1);
    stats_input(report, "ratio", asked->plan.ratio);
    if (isnan(asked->n))
        stats_input(report, "power", asked->plan.power);
    return report;
}

static struct estimate whole(struct estimate size, double factor)
{
    /* A size that is a whole number but for rounding is that number. */
    return is_estimated(size) ? estimate_of(ceil(factor * size.value - 1e-9)) : size;
}

static void add_groups(struct stats_report *report, const char *in,
                       struct estimate size, double ratio)
{
    struct estimate first = whole(size, 1), second = whole(size, ratio);
    stats_add(report, size, "%sn_exact", in);
    stats_add(report, first, "%sn1", in);
    stats_add(report, second, "%sn2", in);
    stats_add(report,
              is_estimated(size) ? estimate_of(first.value + second.value) : size,
              "%sn_total", in);
}

/* --- two-proportions and margin ------------------------------------------------------- */

static bool read_proportions(struct command_context *context, double *p1, double *p2,
                             struct error *err)
{
    return stats_between(context, "--p1", 0, 1, p1, err) &&
           stats_between(context, "--p2", 0, 1, p2, err);
}

bool stats_two_proportions(struct command_context *context, struct error *err)
{
    struct asked asked;
    double p1, p2;
    bool is_two_sided;
    if (!stats_sides(context, &is_two_sided, err) ||
        !read_asked(context, is_two_sided, &asked, err) ||
        !read_proportions(context, &p1, &p2, err))
        return false;
    struct fisher_plan exact = {asked.alpha, p1, p2, is_two_sided};
    struct stats_report *report = report_of("two-proportions", &asked, context);
    if (isnan(asked.n)) {
        add_groups(report, "", two_proportions_size(&asked.plan, p1, p2),
                   asked.plan.ratio);
        add_groups(report, "fleiss.", fleiss_size(&asked.plan, p1, p2),
                   asked.plan.ratio);
        add_groups(
            report, "fisher.",
            fisher_size(&exact, asked.plan.power, asked.plan.ratio, context->arena),
            asked.plan.ratio);
    } else {
        stats_add(report, two_proportions_power(&asked.plan, p1, p2, asked.n), "power");
        double n2 = ceil(asked.n * asked.plan.ratio - 1e-9);
        bool is_small = asked.n >= 1 && asked.n < 1e6 && n2 >= 1 && n2 < 1e6;
        stats_add(report,
                  is_small ? fisher_power(&exact, (int64_t)asked.n, (int64_t)n2,
                                          context->arena)
                           : not_estimable("exact power is for groups of 1 to 2000"),
                  "fisher.power");
    }
    return stats_report_write(report, context, err);
}

bool stats_margin(struct command_context *context, struct error *err)
{
    static const char *const kinds[] = {"noninferiority", "equivalence"};
    struct asked asked;
    double p1, p2, margin;
    size_t kind;
    if (!read_asked(context, false, &asked, err) ||
        !read_proportions(context, &p1, &p2, err) ||
        !stats_between(context, "--margin", 0, 1, &margin, err) ||
        !stats_choice(context, "--kind", kinds, ARRAY_COUNT(kinds), &kind, err))
        return false;
    if (!isnan(asked.n))
        return error_set(err, ERROR_USAGE, "osteon plan margin takes no --n");
    struct stats_report *report = report_of("margin", &asked, context);
    stats_input(report, "margin", margin);
    add_groups(report, "", margin_size(&asked.plan, p1, p2, margin, kind == 1),
               asked.plan.ratio);
    return stats_report_write(report, context, err);
}

/* --- means ---------------------------------------------------------------------------- */

bool stats_means(struct command_context *context, struct error *err)
{
    static const char *const designs[] = {
        [MEANS_TWO] = "two", [MEANS_ONE] = "one", [MEANS_PAIRED] = "paired"};
    struct asked asked;
    double difference, sd;
    size_t kind;
    bool is_two_sided;
    if (!stats_sides(context, &is_two_sided, err) ||
        !read_asked(context, is_two_sided, &asked, err) ||
        !stats_required(context, "--delta", &difference, err) ||
        !stats_required(context, "--sd", &sd, err) ||
        !stats_choice(context, "--kind", designs, ARRAY_COUNT(designs), &kind, err))
        return false;
    struct stats_report *report = report_of("means", &asked, context);
    enum means_design design = (enum means_design)kind;
    if (!isnan(asked.n)) {
        stats_add(report, means_power(&asked.plan, design, difference, sd, asked.n),
                  "power");
        return stats_report_write(report, context, err);
    }
    struct estimate size = means_size(&asked.plan, design, difference, sd);
    if (design == MEANS_TWO) {
        add_groups(report, "", size, asked.plan.ratio);
    } else {
        stats_add(report, size, "n_exact");
        stats_add(report, whole(size, 1), "n_total");
    }
    return stats_report_write(report, context, err);
}

/* --- pairs, events, clusters ---------------------------------------------------------- */

bool stats_pairs(struct command_context *context, struct error *err)
{
    struct asked asked;
    double p12, p21;
    bool is_two_sided;
    if (!stats_sides(context, &is_two_sided, err) ||
        !read_asked(context, is_two_sided, &asked, err) ||
        !stats_required(context, "--p12", &p12, err) ||
        !stats_required(context, "--p21", &p21, err))
        return false;
    struct stats_report *report = report_of("pairs", &asked, context);
    struct estimate size = mcnemar_size(&asked.plan, p12, p21);
    stats_add(report, size, "n_exact");
    stats_add(report, whole(size, 1), "n_total");
    return stats_report_write(report, context, err);
}

static void add_participants(struct stats_report *report, const struct asked *asked,
                             double hazard, double hazard_ratio, const double *course,
                             struct estimate events)
{
    double r = asked->plan.ratio;
    struct estimate control =
        event_probability(hazard, course[2], course[0], course[1]);
    struct estimate treated =
        event_probability(hazard * hazard_ratio, course[2], course[0], course[1]);
    stats_add(report, control, "event_prob1");
    stats_add(report, treated, "event_prob2");
    struct estimate size = control;
    if (is_estimated(control) && is_estimated(events))
        size =
            estimate_of(events.value * (1 + r) / (control.value + r * treated.value));
    else if (is_estimated(control))
        size = events;
    stats_add(report, size, "n_total_exact");
    stats_add(report, whole(size, 1), "n_total");
}

bool stats_events(struct command_context *context, struct error *err)
{
    static const char *const options[] = {"--accrual", "--follow-up", "--dropout"};
    struct asked asked;
    double hazard_ratio, hazard, course[3];
    bool is_two_sided;
    if (!stats_sides(context, &is_two_sided, err) ||
        !read_asked(context, is_two_sided, &asked, err) ||
        !stats_required(context, "--hazard-ratio", &hazard_ratio, err) ||
        !stats_number(context, "--hazard", (double)NAN, &hazard, err))
        return false;
    for (size_t i = 0; i < ARRAY_COUNT(options); i++)
        if (!stats_number(context, options[i], 0, &course[i], err))
            return false;
    struct stats_report *report = report_of("events", &asked, context);
    struct estimate events = schoenfeld_events(&asked.plan, hazard_ratio);
    stats_add(report, events, "schoenfeld_events.exact");
    stats_add(report, whole(events, 1), "schoenfeld_events");
    struct estimate freedman = freedman_events(&asked.plan, hazard_ratio);
    stats_add(report, freedman, "freedman_events.exact");
    stats_add(report, whole(freedman, 1), "freedman_events");
    if (!isnan(hazard))
        add_participants(report, &asked, hazard, hazard_ratio, course, events);
    return stats_report_write(report, context, err);
}

bool stats_design_effect(struct command_context *context, struct error *err)
{
    double size, icc, cv, n;
    if (!stats_required(context, "--cluster-size", &size, err) ||
        !stats_required(context, "--icc", &icc, err) ||
        !stats_number(context, "--cv", 0, &cv, err) ||
        !stats_number(context, "--n", (double)NAN, &n, err))
        return false;
    struct stats_report *report = stats_report_new("design-effect", context->arena);
    stats_input(report, "n", isnan(n) ? 0 : n);
    stats_input(report, "missing", 0);
    struct estimate effect = design_effect(size, icc, cv);
    stats_add(report, effect, "design_effect");
    if (!isnan(n)) {
        struct estimate total =
            is_estimated(effect) ? estimate_of(n * effect.value) : effect;
        stats_add(report, whole(total, 1), "n_total");
        stats_add(report, whole(total, 1 / size), "clusters");
    }
    return stats_report_write(report, context, err);
}

/* --- what is not known yet ------------------------------------------------------------ */

bool stats_sd_limit(struct command_context *context, struct error *err)
{
    double sd, level;
    int64_t n;
    if (!stats_required(context, "--sd", &sd, err) ||
        !stats_count(context, "--n", &n, err) ||
        !stats_number(context, "--level", 0.8, &level, err))
        return false;
    struct stats_report *report = stats_report_new("sd-limit", context->arena);
    stats_input(report, "n", (double)n);
    stats_input(report, "missing", 0);
    stats_input(report, "level", level);
    stats_add(report, deviation_upper_limit(sd, (double)n, level), "sd_upper");
    return stats_report_write(report, context, err);
}

bool stats_assurance(struct command_context *context, struct error *err)
{
    struct asked asked;
    double difference, prior, sd;
    bool is_two_sided;
    if (!stats_sides(context, &is_two_sided, err) ||
        !read_asked(context, is_two_sided, &asked, err) ||
        !stats_required(context, "--delta", &difference, err) ||
        !stats_required(context, "--prior-sd", &prior, err) ||
        !stats_required(context, "--sd", &sd, err))
        return false;
    if (isnan(asked.n))
        return error_set(err, ERROR_USAGE, "--n is missing: the size of group 1");
    struct stats_report *report = report_of("assurance", &asked, context);
    stats_add(report, assurance_of_means(&asked.plan, difference, prior, sd, asked.n),
              "assurance");
    stats_add(report, assurance_of_means(&asked.plan, difference, 0, sd, asked.n),
              "power");
    return stats_report_write(report, context, err);
}
