/* The overview's pace of enrolment; all other estimates are the analysis plan's
 * (overview_results.c). */
#include "actions/overview_parts.h"
#include "model/setting_value.h"

#include <stdlib.h>

#define MONTH (30.4375 * (double)OVERVIEW_DAY) /* a twelfth of 365.25 days */

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

void overview_estimate(const struct overview_input *input, struct overview *out)
{
    enrolment(input, out);
}
