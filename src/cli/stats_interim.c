/* osteon stats group-sequential, conditional-power, beta-binomial, zero-events */
#include "cli/stats_method.h"
#include "stats/beta_binomial.h"
#include "stats/group_sequential.h"
#include "stats/interim.h"
#include "stats/planning.h"

/* --- group-sequential ----------------------------------------------------------------- */

static const char *const kinds[BOUNDARY_COUNT] = {
    [BOUNDARY_OBRIEN_FLEMING] = "obrien-fleming",
    [BOUNDARY_POCOCK] = "pocock",
    [BOUNDARY_WANG_TSIATIS] = "wang-tsiatis",
    [BOUNDARY_SPEND_OBRIEN_FLEMING] = "spend-obrien-fleming",
    [BOUNDARY_SPEND_POCOCK] = "spend-pocock",
    [BOUNDARY_HWANG_SHIH_DECANI] = "hwang-shih-decani",
    [BOUNDARY_KIM_DEMETS] = "kim-demets"};

static bool read_times(struct command_context *context, struct sequential_design *out,
                       struct error *err)
{
    if (!stats_numbers(context, "--times", &out->times, &out->looks, err))
        return false;
    if (out->looks > 0)
        return true;
    int64_t looks;
    if (!stats_count(context, "--looks", &looks, err))
        return false;
    if (looks < 1 || looks > LOOKS_MOST)
        return error_set(err, ERROR_USAGE, "--looks is a number from 1 to %d",
                         LOOKS_MOST);
    out->looks = (size_t)looks;
    double *times = ARENA_ARRAY(context->arena, double, out->looks);
    for (size_t k = 0; k < out->looks; k++)
        times[k] = (double)(k + 1) / (double)looks;
    out->times = times;
    return true;
}

bool stats_sequential_design(struct command_context *context,
                             struct sequential_design *out, struct error *err)
{
    size_t kind;
    *out = (struct sequential_design){0};
    if (!stats_choice(context, "--boundary", kinds, ARRAY_COUNT(kinds), &kind, err) ||
        !stats_sides(context, &out->is_two_sided, err) ||
        !stats_number(context, "--alpha", out->is_two_sided ? 0.05 : 0.025, &out->alpha,
                      err) ||
        !stats_number(context, "--parameter", (double)NAN, &out->parameter, err) ||
        !read_times(context, out, err))
        return false;
    out->kind = (enum boundary_kind)kind;
    bool has_parameter = out->kind == BOUNDARY_WANG_TSIATIS ||
                         out->kind == BOUNDARY_HWANG_SHIH_DECANI ||
                         out->kind == BOUNDARY_KIM_DEMETS;
    if (has_parameter == isnan(out->parameter))
        return error_set(err, ERROR_USAGE,
                         has_parameter ? "--parameter is missing for %s"
                                       : "--parameter is not for %s",
                         kinds[kind]);
    if (!has_parameter)
        out->parameter = 0;
    return true;
}

static void add_power(struct stats_report *report,
                      const struct sequential_design *design,
                      const struct sequential_boundary *boundary, double power,
                      struct arena *arena)
{
    struct estimate drift = sequential_drift(design, boundary, power, arena);
    stats_add(report, drift, "drift");
    if (!is_estimated(drift))
        return;
    double crossed[LOOKS_MOST], before = 0, expected = 0;
    double side = design->is_two_sided ? design->alpha / 2 : design->alpha;
    double fixed = normal_sum(side, power);
    sequential_crossing(design, boundary, drift.value, arena, crossed);
    for (size_t k = 0; k < design->looks; k++) {
        bool is_last = k + 1 == design->looks;
        stats_add(report, estimate_of(crossed[k]), "cum_power.%zu", k + 1);
        expected += design->times[k] * ((is_last ? 1 : crossed[k]) - before);
        before = crossed[k];
    }
    stats_add(report, estimate_of(drift.value * drift.value / (fixed * fixed)),
              "inflation");
    stats_add(report, estimate_of(expected), "expected_information");
}

bool stats_group_sequential(struct command_context *context, struct error *err)
{
    struct sequential_design design;
    double power;
    if (!stats_sequential_design(context, &design, err) ||
        !stats_number(context, "--power", (double)NAN, &power, err))
        return false;
    struct sequential_boundary found;
    const char *fault = sequential_boundary_find(&design, context->arena, &found);
    if (fault != NULL)
        return error_set(err, ERROR_USAGE, "%s", fault);
    struct stats_report *report = stats_report_new("group-sequential", context->arena);
    stats_input(report, "n", 0);
    stats_input(report, "missing", 0);
    stats_input(report, "alpha", design.alpha);
    stats_input(report, "sides", design.is_two_sided ? 2 : 1);
    for (size_t k = 0; k < design.looks; k++) {
        stats_add(report, estimate_of(design.times[k]), "t.%zu", k + 1);
        stats_add(report, estimate_of(found.z[k]), "z.%zu", k + 1);
        stats_add(report, estimate_of(found.spent[k]), "cum_alpha.%zu", k + 1);
        stats_add(report, estimate_of(found.stage_p[k]), "stage_p.%zu", k + 1);
    }
    if (!isnan(power))
        add_power(report, &design, &found, power, context->arena);
    return stats_report_write(report, context, err);
}

/* --- conditional-power ---------------------------------------------------------------- */

bool stats_conditional_power(struct command_context *context, struct error *err)
{
    double z, t, alpha, drift, critical;
    if (!stats_required(context, "--z", &z, err) ||
        !stats_between(context, "--fraction", 0, 1, &t, err) ||
        !stats_number(context, "--alpha", 0.025, &alpha, err) ||
        !stats_number(context, "--drift", (double)NAN, &drift, err))
        return false;
    if (!(alpha > 0 && alpha < 1))
        return error_set(err, ERROR_USAGE, "--alpha must lie between 0 and 1");
    if (!stats_number(context, "--critical", normal_sum(alpha, 0.5), &critical, err))
        return false;
    struct stats_report *report = stats_report_new("conditional-power", context->arena);
    stats_input(report, "n", 0);
    stats_input(report, "missing", 0);
    stats_input(report, "z", z);
    stats_input(report, "fraction", t);
    stats_input(report, "critical", critical);
    stats_add(report, conditional_power(z, t, z / sqrt(t), critical), "current_trend");
    stats_add(report, conditional_power(z, t, 0, critical), "null");
    stats_add(report, conditional_power(z, t, drift, critical), "design");
    stats_add(report, predictive_power(z, t, critical), "predictive");
    return stats_report_write(report, context, err);
}

/* --- beta-binomial -------------------------------------------------------------------- */

static bool read_beta(struct command_context *context, struct beta_input *out,
                      struct error *err)
{
    double planned;
    size_t count = 0;
    const double *prior = NULL;
    if (!stats_count(context, "--events", &out->events, err) ||
        !stats_count(context, "--total", &out->total, err) ||
        !stats_level(context, &out->level, err) ||
        !stats_between(context, "--null", 0, 1, &out->null, err) ||
        !stats_numbers(context, "--prior", &prior, &count, err) ||
        !stats_number(context, "--threshold", 0.95, &out->threshold, err) ||
        !stats_number(context, "--planned", 0, &planned, err))
        return false;
    if (count != 0 && count != 2)
        return error_set(err, ERROR_USAGE, "--prior needs two numbers: 1,1");
    if (out->events > out->total)
        return error_set(err, ERROR_USAGE, "--events is more than --total");
    if (planned < 0 || planned > 1e6 || floor(planned) < planned)
        return error_set(err, ERROR_USAGE, "--planned is a whole number up to 1000000");
    out->planned = (int64_t)planned;
    out->prior_a = count == 0 ? 1 : prior[0];
    out->prior_b = count == 0 ? 1 : prior[1];
    return true;
}

bool stats_beta_binomial(struct command_context *context, struct error *err)
{
    struct beta_input input;
    if (!read_beta(context, &input, err))
        return false;
    struct beta_binomial found;
    beta_binomial_update(&input, &found);
    struct stats_report *report = stats_report_new("beta-binomial", context->arena);
    stats_input(report, "n", (double)input.total);
    stats_input(report, "missing", 0);
    stats_input(report, "events", (double)input.events);
    stats_input(report, "level", input.level);
    stats_input(report, "null", input.null);
    stats_input(report, "prior_a", input.prior_a);
    stats_input(report, "prior_b", input.prior_b);
    stats_add(report, found.mean, "post_mean");
    stats_add(report, found.sd, "post_sd");
    stats_add(report, found.median, "median");
    stats_add_interval(report, found.equal_tails, TEXT("eti"));
    stats_add_interval(report, found.densest, TEXT("hdi"));
    stats_add(report, found.above, "p_gt");
    stats_add(report, found.needed, "need_total");
    stats_add(report, found.predictive, "pred_prob");
    return stats_report_write(report, context, err);
}

/* --- zero-events ---------------------------------------------------------------------- */

bool stats_zero_events(struct command_context *context, struct error *err)
{
    double total, level, rate, probability;
    if (!stats_number(context, "--total", (double)NAN, &total, err) ||
        !stats_level(context, &level, err) ||
        !stats_number(context, "--rate", (double)NAN, &rate, err) ||
        !stats_number(context, "--probability", 0.95, &probability, err))
        return false;
    if (isnan(total) && isnan(rate))
        return error_set(err, ERROR_USAGE, "give --total, --rate, or both");
    struct stats_report *report = stats_report_new("zero-events", context->arena);
    stats_input(report, "n", isnan(total) ? 0 : total);
    stats_input(report, "missing", 0);
    stats_input(report, "level", level);
    if (!isnan(total)) {
        stats_add(report, upper_limit_of_none(total, level), "upper_one_sided");
        stats_add(report, upper_limit_of_none(total, (1 + level) / 2),
                  "upper_two_sided");
    }
    if (!isnan(rate)) {
        struct estimate exact = total_to_see_one(rate, probability);
        stats_add(report, exact, "n_to_detect.exact");
        stats_add(report, is_estimated(exact) ? estimate_of(ceil(exact.value)) : exact,
                  "n_to_detect");
    }
    return stats_report_write(report, context, err);
}
