/* The overview's estimates: pace, first attempt, survival, time to access. */
#include "actions/overview_parts.h"
#include "model/setting_value.h"

#include <stdlib.h>

#define MONTH (30.4375 * (double)OVERVIEW_DAY) /* a twelfth of 365.25 days */

const double overview_days[5] = {0, 7, 28, 60, 90};

/* --- enrolment ------------------------------------------------------------------------ */

static int64_t date_of_setting(const struct design *design, struct text name,
                               int32_t offset)
{
    for (size_t i = 0; i < design->setting_count; i++)
        if (text_equal(design->settings[i].name, name)) {
            struct datum date = setting_datum(&design->settings[i], offset);
            return date.kind == DATUM_MOMENT ? date.as.coefficient : 0;
        }
    return 0;
}

static struct estimate rate(double count, int64_t from, int64_t until,
                            const char *reason)
{
    if (from == 0 || until == 0)
        return not_estimable("the study's dates are not known");
    if (until <= from)
        return not_estimable(reason);
    return estimate_of(count * MONTH / (double)(until - from));
}

static struct estimate project(const struct overview_enrolment *enrolment, int64_t now)
{
    if (enrolment->target == 0)
        return not_estimable("the design has no target");
    if (enrolment->enrolled >= enrolment->target)
        return not_estimable("the target is reached");
    if (!is_estimated(enrolment->per_month))
        return enrolment->per_month;
    if (enrolment->enrolled == 0)
        return not_estimable("nobody is enrolled");
    double left = (double)(enrolment->target - enrolment->enrolled);
    return estimate_of((double)now + left / enrolment->per_month.value * MONTH);
}

static int compare_times(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

/* Of many, every n-th, so that the n-th point still stands for n times as many. */
static void list_times(const struct overview_input *input,
                       struct overview_enrolment *out)
{
    int64_t *times = ARENA_ARRAY(input->arena, int64_t, input->count);
    for (size_t i = 0; i < input->count; i++)
        if (facts_are_of_enrolled(input->facts[i]))
            times[out->enrolled++] = input->facts[i]->enrolled;
    if (out->enrolled > 1)
        qsort(times, out->enrolled, sizeof *times, compare_times);
    out->every = out->enrolled / OVERVIEW_POINTS + 1;
    out->time_count = out->enrolled / out->every;
    for (size_t i = 0; i < out->time_count; i++)
        times[i] = times[(i + 1) * out->every - 1];
    out->times = times;
}

static void enrolment(const struct overview_input *input, struct overview *overview)
{
    struct overview_enrolment *out = &overview->enrolment;
    int64_t now = overview->now;
    out->target = (size_t)input->design->enrolment_target;
    list_times(input, out);
    const struct design *design = input->design;
    int32_t offset = design->site_count == 0 ? 0 : design->sites[0].offset_minutes;
    out->offset_minutes = offset;
    out->first = date_of_setting(design, TEXT("enrolment_first"), offset);
    out->last = date_of_setting(design, TEXT("enrolment_last"), offset);
    out->follow_up = out->last == 0 ? 0 : out->last - SURVIVAL_DAYS * OVERVIEW_DAY;
    double enrolled = (double)out->enrolled, target = (double)out->target;
    out->per_month = rate(enrolled, out->first, now, "the study has not begun");
    out->planned =
        rate(target, out->first, out->last, "the study ends before it begins");
    out->expected = out->planned;
    if (is_estimated(out->planned)) {
        int64_t until = now < out->last ? now : out->last;
        out->expected = estimate_of(out->planned.value *
                                    fmax(0, (double)(until - out->first) / MONTH));
    }
    out->projected = project(out, now);
    out->needed = out->enrolled >= out->target
                      ? not_estimable("the target is reached")
                      : rate(target - enrolled, now, out->follow_up,
                             "it is too late to see everybody to the end");
}

/* --- proportions ---------------------------------------------------------------------- */

void overview_interval(struct overview_proportion *out)
{
    struct proportion_input input = {.events = (int64_t)out->events,
                                     .total = (int64_t)out->total,
                                     .level = 0.95,
                                     .null = (double)NAN};
    proportion_estimate(&input, &out->found);
}

/* A missing result counts as no success (specification 5, rule 2). */
static void proportions(const struct overview_input *input, struct overview *out)
{
    for (size_t i = 0; i < input->count; i++) {
        const struct facts *facts = input->facts[i];
        if (!facts_are_of_enrolled(facts))
            continue;
        out->removed_in_time.events += facts->removed_in_time;
        out->removed_in_time.total += facts->removed;
        if (!facts->has_puncture)
            continue;
        out->first_attempt.total++;
        out->first_attempt.events += facts->first_attempt == FACT_YES;
        out->first_attempt.missing += facts->first_attempt == FACT_MISSING;
        out->two_attempts.total++;
        out->two_attempts.events += facts->is_placed && facts->attempts <= 2;
    }
    overview_interval(&out->first_attempt);
    overview_interval(&out->two_attempts);
    overview_interval(&out->removed_in_time);
}

/* --- survival ------------------------------------------------------------------------- */

/* To day 90 at most: who lives longer is censored there (E11). */
static void follow(const struct facts *facts, double *days, bool *is_event)
{
    int64_t until = facts->died != 0 ? facts->died : facts->last_alive;
    *days = fmax(0, (double)(until - facts->enrolled) / (double)OVERVIEW_DAY);
    *is_event = facts->died != 0 && *days <= SURVIVAL_DAYS;
    *days = fmin(*days, SURVIVAL_DAYS);
}

/* Of many steps, those that lie apart on paper. */
static void list_steps(struct overview_survival *out, struct arena *arena)
{
    struct overview_step *steps =
        ARENA_ARRAY(arena, struct overview_step, out->curve->step_count);
    double apart = out->curve->step_count <= OVERVIEW_POINTS
                       ? 0
                       : (double)SURVIVAL_DAYS / OVERVIEW_POINTS;
    double last = -1;
    for (size_t i = 0; i < out->curve->step_count; i++) {
        double day = out->curve->steps[i].time;
        bool is_end = i + 1 == out->curve->step_count;
        if (day - last < apart && !is_end)
            continue;
        struct overview_step *step = &steps[out->step_count++];
        step->day = last = day;
        survival_at(out->curve, day, SURVIVAL_LOG_LOG, 0.95, &step->at);
    }
    out->steps = steps;
}

static void survival(const struct overview_input *input, struct overview_survival *out)
{
    double *days = ARENA_ARRAY(input->arena, double, input->count);
    bool *is_event = ARENA_ARRAY(input->arena, bool, input->count);
    size_t count = 0;
    for (size_t i = 0; i < input->count; i++) {
        const struct facts *facts = input->facts[i];
        if (!facts_are_of_enrolled(facts) || facts->enrolled == 0)
            continue;
        follow(facts, &days[count], &is_event[count]);
        count++;
    }
    bool is_fit = survival_fit(&(struct survival_input){days, is_event, count, NULL},
                               input->arena, &out->curve);
    ASSERT(is_fit); /* no time is negative */
    for (size_t i = 0; i < ARRAY_COUNT(overview_days); i++)
        survival_at(out->curve, overview_days[i], SURVIVAL_LOG_LOG, 0.95, &out->at[i]);
    list_steps(out, input->arena);
}

/* --- time to access ------------------------------------------------------------------- */

static const double *sorted(const double *values, size_t *count, struct arena *arena,
                            const struct sample **sample)
{
    const struct sample *all = sample_sort(values, *count, arena);
    ASSERT(all != NULL);
    if (sample != NULL)
        *sample = all;
    if (*count <= OVERVIEW_POINTS)
        return all->values;
    double *few = ARENA_ARRAY(arena, double, OVERVIEW_POINTS);
    for (size_t i = 0; i < OVERVIEW_POINTS; i++)
        few[i] = all->values[i * (*count - 1) / (OVERVIEW_POINTS - 1)];
    *count = OVERVIEW_POINTS;
    return few;
}

static void access_time(const struct overview_input *input, struct overview_access *out)
{
    double *minutes = ARENA_ARRAY(input->arena, double, input->count);
    double *never = ARENA_ARRAY(input->arena, double, input->count);
    for (size_t i = 0; i < input->count; i++) {
        const struct facts *facts = input->facts[i];
        if (!facts_are_of_enrolled(facts) || !facts->has_puncture)
            continue;
        out->total++;
        if (!isnan(facts->access_minutes))
            minutes[out->minute_count++] = facts->access_minutes;
        else if (!isnan(facts->never_minutes))
            never[out->never_count++] = facts->never_minutes;
        else
            out->missing++;
    }
    const struct sample *sample = NULL;
    out->minutes = sorted(minutes, &out->minute_count, input->arena, &sample);
    out->never = sorted(never, &out->never_count, input->arena, NULL);
    out->low = sample_quantile(sample, 0.25, 7);
    out->median = sample_quantile(sample, 0.5, 7);
    out->high = sample_quantile(sample, 0.75, 7);
}

void overview_estimate(const struct overview_input *input, struct overview *out)
{
    enrolment(input, out);
    proportions(input, out);
    survival(input, &out->survival);
    access_time(input, &out->access);
    overview_estimate_course(input, out);
}
