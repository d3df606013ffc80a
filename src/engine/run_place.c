/* Answers from other forms, and where we are. */
#include "engine/run_parts.h"

/* The instance of `form` at event `b`, beside the frame's, or the only one; -1: none. */
static int32_t find_instance(struct run *run, const struct run_frame *frame,
                             int32_t form, int32_t at)
{
    if (at == FORM_OWN)
        return frame->instance;
    if (at == FORM_ONCE)
        return run_ask_count(run, ASK_INSTANCES, 0, form, 0, 0) > 0 ? 0 : -1;
    if (at != FORM_BESIDE)
        return run_ask_count(run, ASK_AT, at, form, 0, -1);
    if (frame->instance < 0)
        return -1;
    return run_ask_count(run, ASK_BESIDE, frame->form, form, frame->instance, -1);
}

struct datum run_item_elsewhere(struct run *run, const struct instruction *instruction)
{
    const struct run_frame *frame = &run->frames[instruction->frame];
    int32_t at = instruction->op == OP_ITEM_ONCE     ? FORM_ONCE
                 : instruction->op == OP_ITEM_BESIDE ? FORM_BESIDE
                                                     : instruction->c;
    int32_t instance = find_instance(run, frame, instruction->b, at);
    if (instance < 0)
        return datum_of_kind(DATUM_EMPTY);
    if (instruction->which == 0)
        return run_ask(run, ASK_VALUE, 0, instruction->a, instance, 0);
    return run_ask(run, ASK_ITEM, instruction->which - 1, instruction->a, instance, 0);
}

struct datum run_form(struct run *run, const struct instruction *instruction)
{
    const struct run_frame *frame = &run->frames[instruction->frame];
    int32_t instance = find_instance(run, frame, instruction->a, instruction->b);
    return run_ask(run, ASK_FORM, instruction->which, instruction->a, instance, 0);
}

static int32_t event_of(struct run *run, const struct run_frame *frame)
{
    if (frame->instance < 0)
        return -1;
    return run_ask_count(run, ASK_EVENT, 0, frame->form, frame->instance, -1);
}

struct datum run_event(struct run *run, const struct instruction *instruction)
{
    int32_t event = event_of(run, &run->frames[instruction->frame]);
    return event < 0 ? datum_of_kind(DATUM_EMPTY)
                     : run->program->constants[instruction->a + event];
}

struct datum run_place(struct run *run, const struct instruction *instruction)
{
    const struct run_frame *frame = &run->frames[instruction->frame];
    if (instruction->which == ASK_ROWS)
        return frame->row > 0 ? datum_whole(frame->row) : datum_of_kind(DATUM_EMPTY);
    if (frame->instance < 0)
        return datum_of_kind(DATUM_EMPTY);
    return run_ask(run, instruction->which, 0, frame->form, frame->instance, 0);
}

/* The world knows the schedule of an event of the design, and of the event at which a form
 * instance stands: then also of which of its repeats. */
struct datum run_schedule(struct run *run, const struct instruction *instruction)
{
    const struct run_frame *frame = &run->frames[instruction->frame];
    if (instruction->a >= 0)
        return run_ask(run, ASK_SCHEDULE, instruction->which, instruction->a, -1, 0);
    int32_t event = event_of(run, frame);
    if (event < 0)
        return datum_of_kind(DATUM_EMPTY);
    return run_ask(run, ASK_SCHEDULE, instruction->which, event, frame->instance,
                   frame->form);
}

struct datum run_is(int kind, int32_t reason, struct datum a)
{
    bool is_given = datum_has_value(a) || a.kind == DATUM_SEALED;
    bool is_unknown_truth = a.kind == DATUM_TRUTH && a.as.coefficient == TRUTH_UNKNOWN;
    switch (kind) {
    case IS_EMPTY: return datum_truth(a.kind == DATUM_EMPTY);
    case IS_FILLED: return datum_truth(is_given && !is_unknown_truth);
    case IS_MISSING:
        return datum_truth(a.kind == DATUM_MISSING &&
                           (reason == 0 || a.detail == reason));
    case IS_ABSENT: return datum_truth(!is_given);
    case IS_KNOWN: return datum_truth(a.kind == DATUM_TRUTH && !is_unknown_truth);
    default: return datum_truth(truth_of(a) == TRUTH_YES);
    }
}
