#ifndef OSTEON_MODEL_SCHEDULE_H
#define OSTEON_MODEL_SCHEDULE_H
/* When the events of one participant happened, and when others are due from there: the
 * expressions of the design's events over what is entered, and the design's timings.
 *
 * A moment that is not known yet (no needle, no T0) leaves what counts from it without a
 * date. It is a pure function of what is entered and of now: nothing is kept.
 */
#include "model/event_rules.h"

struct entered_value {
    struct text item;
    int64_t row;
    struct text value;
};

/* A form instance with what stands in it: all that event_rules_read asks for. Answers
 * without a value, and those in the vault, are left out. */
struct entered_form {
    struct text event, form;
    int64_t event_repeat, form_repeat;
    bool is_earlier; /* on a provisional record: before the participant's own */
    const struct entered_value *values;
    size_t value_count;
};

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

struct schedule_input {
    const struct event_rules *rules; /* NULL: the design has none; nothing is due */
    const struct entered_form *forms;
    size_t form_count;
    int32_t offset_minutes; /* of the site */
    int64_t now;
};

/* In `arena`. */
struct schedule schedule_of(const struct schedule_input *input, struct arena *arena);

#endif
