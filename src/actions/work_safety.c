/* Reports of serious adverse events that are not made yet: for those who enter them, and
 * for the safety physician. */
#include "actions/safety_review.h"
#include "actions/study_items.h"
#include "actions/work_parts.h"

static enum work_level level_of(enum clock_state state)
{
    if (state == CLOCK_LATE)
        return WORK_LATE;
    return state == CLOCK_NEAR ? WORK_DUE : WORK_NEXT;
}

static void add_clock(struct work *work, const struct safety_event *event,
                      const struct safety_clock *clock)
{
    struct work_entry entry = {.kind = WORK_SAFETY_REPORT,
                               .level = level_of(clock->state),
                               .number = event->number,
                               .key =
                                   event->has_report ? event->report_key : event->key,
                               .since = event->aware_at,
                               .due_at = clock->due_at,
                               .what = safety_clock_label(clock->name),
                               .source = safety_clock_source(clock->name)};
    if (clock->done_at == 0)
        work_add(work, &entry);
}

/* A report that waits for its review, by this person. */
static bool add_review(struct work *work, const struct world *world,
                       const struct safety_event *event, struct error *err)
{
    struct safety_review_view review;
    if (!event->has_report)
        return true;
    if (!safety_review_of(world, work->caller, event, world->arena, &review, err))
        return false;
    struct work_entry entry = {.kind = WORK_SAFETY_REVIEW,
                               .level = WORK_DUE,
                               .number = event->number,
                               .key = event->report_key,
                               .since = event->aware_at};
    if (review.may)
        work_add(work, &entry);
    return true;
}

bool work_safety_reports(struct work *work, const struct world *world,
                         struct error *err)
{
    int32_t count = world_instances(world, FORM_ADVERSE_EVENT);
    if (!work_is_for(work, PERMISSION_ENTER_SAE, world->participant) &&
        !work_is_for(work, PERMISSION_REVIEW_SAFETY, world->participant))
        return true;
    for (int32_t i = 0; i < count; i++) {
        struct safety_event event;
        if (!safety_event_of(world, i, &event))
            continue;
        for (size_t k = 0; k < event.clock_count; k++)
            add_clock(work, &event, &event.clocks[k]);
        if (!add_review(work, world, &event, err))
            return false;
    }
    return true;
}
