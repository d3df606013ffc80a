/* osteon plan simulate */
#include "cli/stats_method.h"
#include "stats/planning.h"
#include "stats/proportion.h"
#include "stats/simulate.h"
#include "system/workers.h"

enum { TRIALS_MOST = 10000000 };

static const double draws_most = 2e10; /* participants of all trials: some minutes */

static bool count_or(struct command_context *context, const char *option,
                     int64_t fallback, int64_t most, int64_t *out, struct error *err)
{
    *out = fallback;
    if (command_has(context, option) && !stats_count(context, option, out, err))
        return false;
    return (*out >= 1 && *out <= most) ||
           error_set(err, ERROR_USAGE, "%s is a number from 1 to %lld", option,
                     (long long)most);
}

static bool read_trial(struct command_context *context, struct simulation *out,
                       struct error *err)
{
    int64_t n, trials, seed = 1;
    double ratio;
    if (!stats_count(context, "--n", &n, err) ||
        !stats_number(context, "--ratio", 1, &ratio, err) ||
        !stats_required(context, "--hazard", &out->hazard, err) ||
        !stats_required(context, "--hazard-ratio", &out->hazard_ratio, err) ||
        !stats_required(context, "--follow-up", &out->follow_up, err) ||
        !stats_number(context, "--accrual", 0, &out->accrual, err) ||
        !stats_number(context, "--dropout", 0, &out->dropout, err) ||
        !stats_number(context, "--delay", 0, &out->delay, err) ||
        !count_or(context, "--trials", 10000, TRIALS_MOST, &trials, err))
        return false;
    if (command_has(context, "--seed") && !stats_count(context, "--seed", &seed, err))
        return false;
    double second = ceil((double)n * ratio - 1e-9);
    if (!(second >= 1 && second <= SIMULATION_SIZE_MOST))
        return error_set(err, ERROR_USAGE, "group 2 has 1 to %d participants",
                         SIMULATION_SIZE_MOST);
    if (((double)n + second) * (double)trials > draws_most)
        return error_set(err, ERROR_USAGE,
                         "so many trials of so many participants take too long");
    out->sizes[0] = (size_t)n;
    out->sizes[1] = (size_t)second;
    out->trials = (size_t)trials;
    out->seed = (uint64_t)seed;
    return true;
}

/* How many events the whole trial lets expect; an effect that comes late is not asked. */
static double expected_events(const struct simulation *trial)
{
    double events = 0;
    for (size_t g = 0; g < 2; g++) {
        double hazard = trial->hazard * (g == 0 ? 1 : trial->hazard_ratio);
        events +=
            (double)trial->sizes[g] *
            event_probability(hazard, trial->dropout, trial->accrual, trial->follow_up)
                .value;
    }
    return events;
}

static bool read_looks(struct command_context *context, struct simulation *out,
                       struct error *err)
{
    struct sequential_design design = {0};
    struct sequential_boundary boundary;
    double total;
    bool has_total = command_has(context, "--total-events");
    if (!stats_number(context, "--total-events", expected_events(out), &total, err) ||
        !stats_sequential_design(context, &design, err))
        return false;
    const char *fault = sequential_boundary_find(&design, context->arena, &boundary);
    if (fault != NULL)
        return error_set(err, ERROR_USAGE, "%s", fault);
    if (!(total >= 1 && total < 2.0 * SIMULATION_SIZE_MOST))
        return error_set(err, ERROR_USAGE, "--total-events is a number from 1");
    out->looks = design.looks;
    out->is_two_sided = design.is_two_sided;
    for (size_t k = 0; k < design.looks; k++) {
        out->z[k] = boundary.z[k];
        out->events[k] = (size_t)ceil(design.times[k] * total - 1e-9);
    }
    if (!has_total) /* the follow-up alone says when the last look is made */
        out->events[design.looks - 1] = SIZE_MAX;
    return true;
}

/* One look at the end, when no boundary is given. */
static bool read_test(struct command_context *context, struct simulation *out,
                      struct error *err)
{
    double alpha, total;
    if (command_has(context, "--boundary"))
        return read_looks(context, out, err);
    if (!stats_sides(context, &out->is_two_sided, err) ||
        !stats_number(context, "--alpha", out->is_two_sided ? 0.05 : 0.025, &alpha,
                      err) ||
        !stats_number(context, "--total-events", (double)NAN, &total, err))
        return false;
    if (!(alpha > 0 && alpha < 1))
        return error_set(err, ERROR_USAGE, "--alpha must lie between 0 and 1");
    if (total < 1)
        return error_set(err, ERROR_USAGE, "--total-events is a number from 1");
    out->looks = 1;
    out->z[0] = normal_sum(out->is_two_sided ? alpha / 2 : alpha, 0.5);
    out->events[0] = total < SIMULATION_SIZE_MOST * 2.0 ? (size_t)total : SIZE_MAX;
    return true;
}

static void add_looks(struct stats_report *report, const struct simulation *trial,
                      const struct simulated *found)
{
    double trials = (double)trial->trials;
    size_t rejected = 0;
    for (size_t k = 0; trial->looks > 1 && k < trial->looks; k++) {
        rejected += found->rejected[k];
        stats_add(report, estimate_of(trial->z[k]), "z.%zu", k + 1);
        stats_add(report, estimate_of((double)rejected / trials), "cum_power.%zu",
                  k + 1);
        stats_add(report, estimate_of((double)found->looked[k] / trials), "looked.%zu",
                  k + 1);
        stats_add(report,
                  trial->events[k] == SIZE_MAX
                      ? not_estimable("the follow-up says when the last look is made")
                      : estimate_of((double)trial->events[k]),
                  "events.%zu", k + 1);
    }
}

bool stats_simulate(struct command_context *context, struct error *err)
{
    struct simulation trial = {0};
    struct simulated found;
    int64_t threads;
    if (!read_trial(context, &trial, err) || !read_test(context, &trial, err) ||
        !count_or(context, "--threads", (int64_t)workers_available(), WORKERS_MOST,
                  &threads, err))
        return false;
    size_t count = (size_t)threads;
    struct runner runner = workers_runner(&count);
    const char *fault = simulate_logrank(&trial, &runner, &found);
    if (fault != NULL)
        return error_set(err, ERROR_USAGE, "%s", fault);
    struct stats_report *report = stats_report_new("simulate", context->arena);
    stats_input(report, "n", (double)(trial.sizes[0] + trial.sizes[1]));
    stats_input(report, "missing", 0);
    stats_input(report, "n1", (double)trial.sizes[0]);
    stats_input(report, "n2", (double)trial.sizes[1]);
    stats_input(report, "trials", (double)trial.trials);
    stats_input(report, "seed", (double)trial.seed);
    stats_add(report, found.power, "power");
    stats_add(report, found.error, "power.se");
    struct proportion_input share = {
        (int64_t)round(found.power.value * (double)trial.trials), (int64_t)trial.trials,
        0.95, (double)NAN};
    struct proportion power;
    proportion_estimate(&share, &power);
    stats_add_interval(report, power.wilson, TEXT("power"));
    stats_add(report, estimate_of(found.events), "events");
    stats_add(report, estimate_of(found.duration), "duration");
    add_looks(report, &trial, &found);
    return stats_report_write(report, context, err);
}
