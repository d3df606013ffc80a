#include "stats/survival.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>
#include <stdlib.h>

/* 1 - S and p are the same within this: the square root of the precision of a double. */
static const double flat = 1.4901161193847656e-08;

static const char nobody[] = "there is nobody to follow";
static const char too_late[] = "nobody was followed that long";
static const char bad_time[] = "the time is not a number of at least 0";
static const char all_gone[] = "all have had the event: no interval can be given";
static const char not_reached[] = "the curve does not come down to it";
static const char limit_not_reached[] = "the limit's curve does not come down to it";

struct exit_time {
    double time;
    bool is_event;
};

static int by_time(const void *left, const void *right)
{
    double a = ((const struct exit_time *)left)->time;
    double b = ((const struct exit_time *)right)->time;
    return (a > b) - (a < b);
}

static struct exit_time *sorted_exits(const struct survival_input *input,
                                      struct arena *arena)
{
    struct exit_time *exits = ARENA_ARRAY(arena, struct exit_time, input->count);
    for (size_t i = 0; i < input->count; i++) {
        if (!(input->times[i] >= 0) || !isfinite(input->times[i]))
            return NULL;
        exits[i] = (struct exit_time){input->times[i], input->is_event[i]};
    }
    if (input->count > 1)
        qsort(exits, input->count, sizeof *exits, by_time);
    return exits;
}

/* What the step before leaves, taken on by those who leave now. */
static void step_on(struct survival_step *step, const struct survival_step *before)
{
    step->survival = before == NULL ? 1 : before->survival;
    step->greenwood = before == NULL ? 0 : before->greenwood;
    step->hazard = before == NULL ? 0 : before->hazard;
    step->hazard_variance = before == NULL ? 0 : before->hazard_variance;
    if (step->events == 0)
        return;
    double n = (double)step->at_risk, d = (double)step->events;
    step->survival *= (n - d) / n;
    step->greenwood += d / (n * (n - d));
    step->hazard += d / n;
    step->hazard_variance += d / (n * n);
}

bool survival_fit(const struct survival_input *input, struct arena *arena,
                  struct survival_curve **out)
{
    const struct exit_time *exits = sorted_exits(input, arena);
    if (exits == NULL)
        return false;
    struct survival_curve *curve = ARENA_NEW(arena, struct survival_curve);
    curve->count = input->count;
    curve->steps = ARENA_ARRAY(arena, struct survival_step, input->count);
    for (size_t i = 0; i < input->count;) {
        struct survival_step *step = &curve->steps[curve->step_count];
        step->time = exits[i].time;
        step->at_risk = input->count - i;
        for (; i < input->count && exits[i].time <= step->time; i++) {
            step->events += exits[i].is_event;
            step->censored += !exits[i].is_event;
        }
        step_on(step, curve->step_count == 0 ? NULL : step - 1);
        curve->events += step->events;
        curve->step_count++;
    }
    *out = curve;
    return true;
}

/* --- intervals ------------------------------------------------------------------------ */

static double normal_quantile(double level)
{
    return qnorm((1 - level) / 2, 0, 1, 0, 0);
}

static struct interval interval_around(double s, double greenwood,
                                       enum survival_interval kind, double level)
{
    if (!(level > 0 && level < 1))
        return no_interval("the level must be between 0 and 1");
    if (s <= 0)
        return no_interval(all_gone);
    double reach = normal_quantile(level) * sqrt(greenwood);
    switch (kind) {
    case SURVIVAL_PLAIN:
        return interval_of(fmax(0, s - s * reach), fmin(1, s + s * reach));
    case SURVIVAL_LOG: return interval_of(s * exp(-reach), fmin(1, s * exp(reach)));
    case SURVIVAL_LOG_LOG: break;
    }
    if (s >= 1)
        return interval_of(1, 1);
    return interval_of(pow(s, exp(-reach / log(s))), pow(s, exp(reach / log(s))));
}

static struct interval step_interval(const struct survival_step *step,
                                     enum survival_interval kind, double level)
{
    return interval_around(step->survival, step->greenwood, kind, level);
}

/* --- at a time ------------------------------------------------------------------------ */

static void fill_at(const struct survival_step *step, enum survival_interval kind,
                    double level, struct survival_at *out)
{
    static const struct survival_step start = {.survival = 1};
    if (step == NULL)
        step = &start;
    out->survival = estimate_of(step->survival);
    out->error = step->survival <= 0
                     ? not_estimable(all_gone)
                     : estimate_of(step->survival * sqrt(step->greenwood));
    out->interval = step_interval(step, kind, level);
    out->hazard = estimate_of(step->hazard);
    out->hazard_error = estimate_of(sqrt(step->hazard_variance));
    out->fleming_harrington = estimate_of(exp(-step->hazard));
}

static void refuse_at(const char *reason, struct survival_at *out)
{
    struct interval none = no_interval(reason);
    out->survival = out->error = none.lower;
    out->interval = none;
    out->hazard = out->hazard_error = out->fleming_harrington = none.lower;
}

void survival_at(const struct survival_curve *curve, double time,
                 enum survival_interval kind, double level, struct survival_at *out)
{
    *out = (struct survival_at){.at_risk = curve->count};
    const struct survival_step *step = NULL;
    for (size_t i = 0; i < curve->step_count; i++) {
        const struct survival_step *next = &curve->steps[i];
        size_t left = next->events + next->censored;
        if (next->time < time)
            out->at_risk = next->at_risk - left;
        if (next->time > time)
            break;
        step = next;
        out->events += next->events;
        out->censored += next->censored;
    }
    const struct survival_step *last =
        curve->step_count == 0 ? NULL : &curve->steps[curve->step_count - 1];
    if (!(time >= 0))
        refuse_at(bad_time, out);
    else if (last == NULL)
        refuse_at(nobody, out);
    else if (time > last->time && last->survival > 0)
        refuse_at(too_late, out);
    else
        fill_at(step, kind, level, out);
}

/* --- quantiles ------------------------------------------------------------------------ */

enum curve_of { THE_CURVE, LOWER_LIMIT, UPPER_LIMIT };

struct level_search {
    const struct survival_curve *curve;
    enum curve_of which;
    enum survival_interval kind;
    double level;
};

static struct estimate height(const struct level_search *search, size_t i)
{
    const struct survival_step *step = &search->curve->steps[i];
    if (search->which == THE_CURVE)
        return estimate_of(step->survival);
    struct interval limits = step_interval(step, search->kind, search->level);
    return search->which == LOWER_LIMIT ? limits.lower : limits.upper;
}

/* The first time where one minus the curve is p; a flat part at p gives its middle. A
 * curve whose height is not known reaches nothing there. */
static struct estimate time_of_level(const struct level_search *search, double p,
                                     const char *reason)
{
    const struct survival_curve *curve = search->curve;
    for (size_t i = 0; i < curve->step_count; i++) {
        struct estimate here = height(search, i);
        if (!is_estimated(here) || 1 - here.value < p - flat)
            continue;
        double from = curve->steps[i].time, until = from;
        if (fabs(1 - here.value - p) >= flat)
            return estimate_of(from);
        for (size_t k = i; k < curve->step_count; k++) {
            struct estimate later = height(search, k);
            if (!is_estimated(later))
                return estimate_of(from);
            until = curve->steps[k].time;
            if (fabs(1 - later.value - p) >= flat)
                break;
        }
        return estimate_of((from + until) / 2);
    }
    return not_estimable(reason);
}

void survival_quantile(const struct survival_curve *curve, double p,
                       enum survival_interval kind, double level,
                       struct survival_quantile *out)
{
    if (curve->count == 0 || !(p > 0 && p < 1)) {
        const char *reason =
            curve->count == 0 ? nobody : "the quantile must be between 0 and 1";
        *out = (struct survival_quantile){not_estimable(reason), no_interval(reason)};
        return;
    }
    struct level_search search = {curve, THE_CURVE, kind, level};
    out->time = time_of_level(&search, p, not_reached);
    search.which = LOWER_LIMIT;
    out->interval.lower = time_of_level(&search, p, limit_not_reached);
    search.which = UPPER_LIMIT;
    out->interval.upper = time_of_level(&search, p, limit_not_reached);
}

/* --- restricted mean ------------------------------------------------------------------ */

void survival_restricted_mean(const struct survival_curve *curve, double tau,
                              struct estimate *mean, struct estimate *error)
{
    const char *reason = NULL;
    const struct survival_step *last =
        curve->step_count == 0 ? NULL : &curve->steps[curve->step_count - 1];
    if (!(tau > 0) || !isfinite(tau))
        reason = "the end must be a number above 0";
    else if (last == NULL)
        reason = nobody;
    else if (tau > last->time && last->survival > 0)
        reason = too_late;
    if (reason != NULL) {
        *mean = *error = not_estimable(reason);
        return;
    }
    /* From the end backwards: `area` is that from the step to tau. */
    double area = 0, variance = 0, until = tau;
    for (size_t i = curve->step_count; i-- > 0;) {
        const struct survival_step *step = &curve->steps[i];
        if (step->time > tau)
            continue;
        area += step->survival * (until - step->time);
        until = step->time;
        double n = (double)step->at_risk, d = (double)step->events;
        if (step->events < step->at_risk)
            variance += area * area * d / (n * (n - d));
    }
    *mean = estimate_of(area + until);
    *error = estimate_of(sqrt(variance));
}
