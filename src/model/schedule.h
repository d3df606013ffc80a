#ifndef OSTEON_MODEL_SCHEDULE_H
#define OSTEON_MODEL_SCHEDULE_H
/* When the events of one participant happened, when others are due from there, and what of
 * them is not to be collected: the expressions of the design's events over what is
 * entered, and the design's timings. What a due time means by now: model/due_state.h.
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

/* An event that does not take place, or a form that is not to be collected at it, as
 * things are now. Of an event that repeats: of a repeat that is due. */
struct left_out {
    const struct study_event *event;
    int64_t repeat;
    const struct form *form;   /* NULL: the whole event; its forms are not listed too */
    const struct label *words; /* why */
};

struct schedule {
    const struct event_moment *moments;
    size_t moment_count;
    const struct event_due *dues; /* in the order of the timings, then of the repeats */
    size_t due_count;
    const struct left_out *left_out; /* in the order of the design */
    size_t left_out_count;
};

/* Nothing is due where the events of the design have no expressions. What they ask goes
 * to `world`, whose answers stand in `sheet`. */
struct schedule_input {
    const struct rulebook *rulebook;
    const struct sheet *sheet;
    const struct engine_world *world;
};

/* What happened and what is due, in `arena`; what is left out is asked for apart, once. */
struct schedule schedule_of(const struct schedule_input *input, struct arena *arena);
void schedule_leave_out(const struct schedule_input *input, struct schedule *schedule,
                        struct arena *arena);

/* Of the form where it has a time of its own, else of the event; NULL: neither is due. */
const struct event_due *schedule_due(const struct schedule *schedule,
                                     const struct study_event *event, int64_t repeat,
                                     const struct form *form);

/* NULL: it is to be collected. `form` NULL: asks of the whole event. */
const struct left_out *schedule_left_out(const struct schedule *schedule,
                                         const struct study_event *event,
                                         int64_t repeat, const struct form *form);

/* The answer to an ASK_SCHEDULE whose form, if it has one, stands at this repeat. */
struct datum schedule_answer(const struct schedule *schedule,
                             const struct design *design,
                             const struct question *question, int64_t repeat,
                             int32_t offset_minutes);

/* The world as seen from a form at an event, that need not be there: its instance is
 * SCHEDULE_UNBEGUN. Times of events are those of `schedule`. */
enum { SCHEDULE_UNBEGUN = INT32_MAX };
struct schedule_stand {
    const struct schedule_input *input;
    const struct schedule *schedule;
    const struct study_event *event;
    int64_t repeat;
};
struct engine_world schedule_world(struct schedule_stand *stand);

#endif
