#include "stats/survival.h"

#include "stats/order.h"

#include <float.h>

/* 1 - S and p are the same within this: the square root of the precision of a double. */
static const double flat = 1.4901161193847656e-08;

static const char nobody[] = "there is nobody to follow";
static const char too_late[] = "nobody was followed that long";
static const char bad_time[] = "the time is not a number of at least 0";
static const char all_gone[] = "all have had the event: no interval can be given";
static const char not_reached[] = "the curve does not come down to it";
static const char limit_not_reached[] = "the limit's curve does not come down to it";

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

static bool is_followable(const struct survival_input *input)
{
    bool is_all = true; /* a loop without an early end is done many at a time */
    for (size_t i = 0; i < input->count; i++)
        is_all = is_all & (input->times[i] >= 0) & (input->times[i] <= DBL_MAX);
    for (size_t i = 0; input->entries != NULL && i < input->count; i++)
        is_all = is_all & (input->entries[i] < input->times[i]);
    return is_all;
}

static const double *sorted_entries(const struct survival_input *input,
                                    struct arena *arena)
{
    double *rising = NULL;
    if (input->entries != NULL)
        order_sort(input->entries, input->count, arena, &rising);
    return rising;
}

static size_t count_different(const struct order_item *rising, size_t count)
{
    size_t different = count > 0;
    for (size_t i = 1; i < count; i++)
        different += rising[i - 1].value < rising[i].value;
    return different;
}

/* How many of the rising numbers lie before a time. */
static size_t count_before(const double *rising, size_t count, double time)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rising[middle] < time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The steps by time, `is_event` as the caller sees it. */
static void fill_steps(const struct survival_input *input, bool is_reverse,
                       const struct order_item *rising, struct survival_curve *curve)
{
    size_t entered = input->entries == NULL ? input->count : 0;
    for (size_t i = 0; i < input->count;) {
        struct survival_step *step = &curve->steps[curve->step_count];
        double time = step->time = rising[i].value;
        while (entered < input->count && curve->entries[entered] < time)
            entered++;
        step->at_risk = (uint32_t)(entered - i);
        uint32_t events = 0;
        size_t first = i;
        for (; i < input->count && rising[i].value <= time; i++)
            events += rising[i].mark != is_reverse;
        step->events = events;
        step->censored = (uint32_t)(i - first) - events;
        step_on(step, curve->step_count == 0 ? NULL : step - 1);
        curve->events += events;
        curve->step_count++;
    }
}

/* --- whole days ----------------------------------------------------------------------- */

/* Times that are whole and not large are counted, not sorted. */
enum { DAYS = 1 << 14 };

struct day {
    uint32_t events, censored;
};

/* False when a time is no whole day, or too late. */
static bool count_days(const struct survival_input *input, bool is_reverse,
                       struct day *days)
{
    for (size_t i = 0; i < input->count; i++) {
        double time = input->times[i];
        size_t day = time < DAYS ? (size_t)time : DAYS;
        if (day == DAYS || (double)day < time)
            return false;
        if (input->is_event[i] != is_reverse)
            days[day].events++;
        else
            days[day].censored++;
    }
    return true;
}

static void fill_days(const struct day *days, struct survival_curve *curve)
{
    uint32_t at_risk = (uint32_t)curve->count;
    for (size_t day = 0; day < DAYS; day++) {
        uint32_t leave = days[day].events + days[day].censored;
        if (leave == 0)
            continue;
        struct survival_step *step = &curve->steps[curve->step_count];
        *step = (struct survival_step){.time = (double)day,
                                       .at_risk = at_risk,
                                       .events = days[day].events,
                                       .censored = days[day].censored};
        step_on(step, curve->step_count == 0 ? NULL : step - 1);
        curve->events += step->events;
        curve->step_count++;
        at_risk -= leave;
    }
}

static bool fit_days(const struct survival_input *input, bool is_reverse,
                     struct arena *arena, struct survival_curve *curve)
{
    if (input->entries != NULL || input->count < DAYS)
        return false;
    struct day *days = ARENA_ARRAY(arena, struct day, DAYS);
    if (!count_days(input, is_reverse, days))
        return false;
    curve->steps = ARENA_ARRAY(arena, struct survival_step, DAYS);
    fill_days(days, curve);
    return true;
}

static bool fit(const struct survival_input *input, bool is_reverse,
                struct arena *arena, struct survival_curve **out)
{
    if (!is_followable(input))
        return false;
    struct survival_curve *curve = ARENA_NEW(arena, struct survival_curve);
    curve->count = input->count;
    *out = curve;
    if (fit_days(input, is_reverse, arena, curve))
        return true;
    curve->entries = sorted_entries(input, arena);
    const struct order_item *rising = order_items(
        &(struct order_input){
            .values = input->times, .flags = input->is_event, .count = input->count},
        arena);
    curve->steps =
        ARENA_ARRAY(arena, struct survival_step, count_different(rising, input->count));
    fill_steps(input, is_reverse, rising, curve);
    return true;
}

bool survival_fit(const struct survival_input *input, struct arena *arena,
                  struct survival_curve **out)
{
    return fit(input, false, arena, out);
}

bool survival_follow_up(const struct survival_input *input, struct arena *arena,
                        struct survival_curve **out)
{
    return fit(input, true, arena, out);
}

/* --- intervals ------------------------------------------------------------------------ */

static struct interval interval_around(double s, double greenwood,
                                       enum survival_interval kind, double level)
{
    if (!(level > 0 && level < 1))
        return no_interval("the level must be between 0 and 1");
    if (s <= 0)
        return no_interval(all_gone);
    double reach = normal_reach(level) * sqrt(greenwood);
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

/* The lower limit on the same scale, with Peto's error of ln S. */
static struct estimate peto_limit(const struct survival_step *step,
                                  enum survival_interval kind, double level)
{
    if (step->survival >= 1)
        return estimate_of(1);
    double error = sqrt((1 - step->survival) / (double)step->at_risk);
    return interval_around(step->survival, error * error, kind, level).lower;
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
    out->peto_lower = peto_limit(step, kind, level);
    out->hazard = estimate_of(step->hazard);
    out->hazard_error = estimate_of(sqrt(step->hazard_variance));
    out->fleming_harrington = estimate_of(exp(-step->hazard));
}

static void refuse_at(const char *reason, struct survival_at *out)
{
    struct interval none = no_interval(reason);
    out->survival = out->error = none.lower;
    out->interval = none;
    out->peto_lower = out->hazard = out->hazard_error = out->fleming_harrington =
        none.lower;
}

void survival_at(const struct survival_curve *curve, double time,
                 enum survival_interval kind, double level, struct survival_at *out)
{
    size_t entered = curve->entries == NULL
                         ? curve->count
                         : count_before(curve->entries, curve->count, time);
    *out = (struct survival_at){.at_risk = entered};
    const struct survival_step *step = NULL;
    for (size_t i = 0; i < curve->step_count; i++) {
        const struct survival_step *next = &curve->steps[i];
        size_t left = next->events + next->censored;
        if (next->time < time)
            out->at_risk -= left;
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
