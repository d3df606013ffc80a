#ifndef OSTEON_MODEL_SCHEDULE_H
#define OSTEON_MODEL_SCHEDULE_H
/* When the events of one participant happened, and when others are due from there: the
 * expressions of the design's events over what is entered, and the design's timings.
 *
 * A moment that is not known yet (no needle, no T0) leaves what counts from it without a
 * date. It is a pure function of what is entered and of now: nothing is kept.
 */
#include "engine/sheet.h"
#include "model/rulebook.h"

/* An event that happened. */
struct event_moment {
    const struct study_event *event;
    int64_t repeat;
    int64_t at;
};

/* An event that is due, or one of its forms where that has a time of its own. */
struct event_due {
    const struct study_event *event;
    int64_t repeat;
    const struct form *form;         /* NULL: the event */
    const struct event_moment *from; /* what it counts from */
    int64_t due;
    bool has_opens, has_closes;
    int64_t opens, closes; /* inclusive */
};

struct schedule {
    const struct event_moment *moments;
    size_t moment_count;
    const struct event_due *dues; /* in the order of the timings, then of the repeats */
    size_t due_count;
    const struct study_event *const *left_out; /* that do not take place, by now */
    size_t left_out_count;
};

/* Nothing is due where the events of the design have no expressions. What they ask goes
 * to `world`, whose answers stand in `sheet`. */
struct schedule_input {
    const struct rulebook *rulebook;
    const struct sheet *sheet;
    const struct engine_world *world;
};

/* In `arena`. */
struct schedule schedule_of(const struct schedule_input *input, struct arena *arena);

#endif
