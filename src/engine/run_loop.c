/* Aggregates: over form instances, or rows of a repeating group. */
#include "engine/run_parts.h"

static struct run_loop *inner(struct run *run)
{
    return &run->loops[run->loop_count - 1];
}

static struct run_frame *row_of(struct run *run)
{
    return &run->frames[run->loop_count];
}

/* ---- moving ---- */

static int32_t rows_of(struct run *run, const struct run_loop *loop, int32_t instance)
{
    return run_ask_count(run, ASK_ROWS, 0, loop->plan->group, instance, 0);
}

static bool show(struct run *run, const struct run_loop *loop)
{
    *row_of(run) = (struct run_frame){
        .form = loop->plan->form, .instance = loop->instance, .row = loop->row};
    return true;
}

static bool move(struct run *run, struct run_loop *loop)
{
    bool has_rows = loop->plan->group >= 0;
    if (has_rows) {
        loop->row += loop->step;
        if (loop->row >= 1 && loop->row <= loop->rows)
            return show(run, loop);
    }
    for (;;) {
        loop->instance += loop->step;
        if (loop->instance < loop->first || loop->instance > loop->last)
            return false;
        if (!has_rows)
            return show(run, loop);
        loop->rows = rows_of(run, loop, loop->instance);
        loop->row = loop->step > 0 ? 1 : loop->rows;
        if (loop->rows > 0)
            return show(run, loop);
    }
}

/* ---- beginning ---- */

static void set_range(struct run *run, struct run_loop *loop)
{
    const struct loop_plan *plan = loop->plan;
    const struct run_frame *beside = &run->frames[plan->frame];
    int32_t only;
    switch (plan->scan) {
    case SCAN_ALL:
        loop->first = 0;
        loop->last = run_ask_count(run, ASK_INSTANCES, 0, plan->form, 0, 0) - 1;
        return;
    case SCAN_AT:
        only = run_ask_count(run, ASK_AT, plan->event, plan->form, 0, -1);
        break;
    case SCAN_BESIDE:
        only = beside->instance < 0 ? -1
                                    : run_ask_count(run, ASK_BESIDE, beside->form,
                                                    plan->form, beside->instance, -1);
        break;
    default: only = run->frames[plan->scan].instance; break;
    }
    loop->first = only < 0 ? 0 : only;
    loop->last = only;
}

/* Where previous and next begin; false when that row does not exist yet. */
static bool set_start(struct run *run, struct run_loop *loop)
{
    const struct run_frame *start = &run->frames[loop->plan->frame];
    if (start->instance < 0)
        return false;
    loop->instance = start->instance;
    loop->row = loop->plan->group >= 0 ? start->row : 0;
    loop->rows = loop->plan->group >= 0 ? rows_of(run, loop, start->instance) : 0;
    return true;
}

static void set_before_all(struct run_loop *loop)
{
    loop->instance = loop->step > 0 ? loop->first - 1 : loop->last + 1;
    loop->row = loop->rows = 0;
}

bool loop_begin(struct run *run, const struct loop_plan *plan, int64_t wanted)
{
    struct run_loop *loop = &run->loops[run->loop_count++];
    bool is_relative = plan->kind == LOOP_PREVIOUS || plan->kind == LOOP_NEXT;
    bool is_backward =
        !plan->has_by && (plan->kind == LOOP_LAST || plan->kind == LOOP_PREVIOUS);
    *loop = (struct run_loop){.plan = plan,
                              .step = is_backward ? -1 : 1,
                              .where = TRUTH_YES,
                              .truth = plan->kind == LOOP_ALL ? TRUTH_YES : TRUTH_NO,
                              .wanted = wanted};
    set_range(run, loop);
    set_before_all(loop);
    if (plan->kind == LOOP_NTH && wanted < 1)
        return false;
    if (!is_relative)
        return move(run, loop);
    if (!set_start(run, loop))
        return false;
    /* With "by" the start's own value is taken first, then all rows are looked at. */
    loop->is_start = plan->has_by;
    return loop->is_start ? show(run, loop) : move(run, loop);
}

bool loop_next(struct run *run)
{
    struct run_loop *loop = inner(run);
    loop->where = TRUTH_YES;
    if (loop->is_start) {
        loop->is_start = false;
        if (!datum_has_value(loop->start_by))
            return false;
        set_before_all(loop);
    }
    return move(run, loop);
}

bool loop_where(struct run *run, struct datum truth)
{
    struct run_loop *loop = inner(run);
    loop->where = loop->is_start ? TRUTH_YES : truth_of(truth);
    switch (loop->plan->kind) {
    case LOOP_ANY:
    case LOOP_ALL:
    case LOOP_SUM:
    case LOOP_AVERAGE:
    case LOOP_MINIMUM:
    case LOOP_MAXIMUM: return loop->where != TRUTH_NO;
    default: return loop->where == TRUTH_YES;
    }
}

/* ---- taking ---- */

/* any: where and have; all: not where, or have. */
static bool take_truth(struct run_loop *loop, const struct datum *values)
{
    bool is_presence = loop->plan->item >= 0;
    int has = TRUTH_YES;
    if (is_presence)
        has = datum_has_value(values[0]) ? TRUTH_YES : TRUTH_NO;
    else if (loop->plan->has_value)
        has = truth_of(values[0]);
    if (loop->plan->kind == LOOP_ANY) {
        loop->truth = truth_or(loop->truth, truth_and(loop->where, has));
        return loop->truth == TRUTH_YES;
    }
    loop->truth = truth_and(loop->truth, truth_or(truth_not(loop->where), has));
    return loop->truth == TRUTH_NO;
}

static bool is_before(struct datum a, struct datum b)
{
    if (a.kind == DATUM_NUMBER)
        return number_order(a, b) < 0;
    if (a.kind == DATUM_REAL)
        return a.as.real < b.as.real;
    return a.as.coefficient < b.as.coefficient;
}

static void take_amount(struct run *run, struct run_loop *loop, struct datum value)
{
    struct datum best = loop->best;
    loop->count++;
    if (loop->count == 1)
        loop->best = value;
    else if (loop->plan->kind == LOOP_MINIMUM)
        loop->best = is_before(value, best) ? value : best;
    else if (loop->plan->kind == LOOP_MAXIMUM)
        loop->best = is_before(best, value) ? value : best;
    else if (value.kind == DATUM_REAL)
        loop->best = run_real_binary(OP_REAL_ADD, best, value);
    else
        loop->best = run_add(run, best, value);
}

/* A value that may or may not count, or cannot be read, leaves the whole open. */
static bool take_number(struct run *run, struct run_loop *loop, struct datum value)
{
    bool is_open = value.kind == DATUM_SEALED ||
                   (datum_has_value(value) && loop->where == TRUTH_UNKNOWN);
    if (is_open)
        loop->is_unsure = true;
    else if (datum_has_value(value))
        take_amount(run, loop, value);
    return loop->is_unsure;
}

static void choose(struct run_loop *loop, struct datum value, struct datum by)
{
    loop->best = value;
    loop->best_by = by;
    loop->best_instance = loop->instance;
    loop->best_row = loop->row;
    loop->count++;
}

/* Before or after the start in the order of "by", rows of equal value in their own order. */
static bool is_on_side(const struct run *run, const struct run_loop *loop,
                       struct datum by)
{
    const struct run_frame *start = &run->frames[loop->plan->frame];
    bool is_previous = loop->plan->kind == LOOP_PREVIOUS;
    bool is_earlier = loop->instance < start->instance ||
                      (loop->instance == start->instance && loop->row < start->row);
    bool is_same = loop->instance == start->instance &&
                   (loop->plan->group < 0 || loop->row == start->row);
    if (is_same)
        return false;
    if (is_before(by, loop->start_by))
        return is_previous;
    if (is_before(loop->start_by, by))
        return !is_previous;
    return is_earlier == is_previous;
}

/* The rows come in order, so that of equal ones the last seen is the later. */
static bool take_by(struct run *run, struct run_loop *loop, struct datum value,
                    struct datum by)
{
    bool is_relative =
        loop->plan->kind == LOOP_PREVIOUS || loop->plan->kind == LOOP_NEXT;
    if (loop->is_start) {
        loop->start_by = by;
        return false;
    }
    if (!datum_has_value(by) || (is_relative && !is_on_side(run, loop, by)))
        return false;
    bool wants_last =
        loop->plan->kind == LOOP_LAST || loop->plan->kind == LOOP_PREVIOUS;
    bool is_better = loop->count == 0 || (wants_last ? !is_before(by, loop->best_by)
                                                     : is_before(by, loop->best_by));
    if (is_better)
        choose(loop, value, by);
    return false;
}

static bool take_choice(struct run *run, struct run_loop *loop,
                        const struct datum *values)
{
    struct datum none = datum_of_kind(DATUM_EMPTY);
    if (!datum_has_value(values[0]) && !loop->is_start &&
        values[0].kind != DATUM_SEALED)
        return false;
    if (loop->plan->has_by)
        return take_by(run, loop, values[0], values[1]);
    if (loop->plan->kind == LOOP_NTH && loop->count + 1 < loop->wanted) {
        loop->count++;
        return false;
    }
    choose(loop, values[0], none);
    return true;
}

bool loop_take(struct run *run, const struct datum *values)
{
    struct run_loop *loop = inner(run);
    switch (loop->plan->kind) {
    case LOOP_COUNT:
        loop->count += !loop->plan->has_value || datum_has_value(values[0]) ||
                       values[0].kind == DATUM_SEALED;
        return false;
    case LOOP_ANY:
    case LOOP_ALL: return take_truth(loop, values);
    case LOOP_SUM:
    case LOOP_AVERAGE:
    case LOOP_MINIMUM:
    case LOOP_MAXIMUM: return take_number(run, loop, values[0]);
    default: return take_choice(run, loop, values);
    }
}

/* ---- the result ---- */

static struct datum average_of(struct run *run, const struct run_loop *loop)
{
    struct datum count = datum_real((double)loop->count);
    return run_real_binary(OP_REAL_DIVIDE, run_real(run, loop->best), count);
}

static struct datum chosen(struct run *run, const struct run_loop *loop)
{
    const struct loop_plan *plan = loop->plan;
    bool is_short = plan->kind == LOOP_NTH && loop->best.kind == DATUM_EMPTY;
    if (loop->count == 0 || is_short)
        return datum_of_kind(DATUM_EMPTY);
    if (plan->which == 0)
        return loop->best;
    return run_ask(run, ASK_ITEM, plan->which - 1, plan->item, loop->best_instance,
                   loop->best_row);
}

struct datum loop_result(struct run *run)
{
    const struct run_loop *loop = inner(run);
    struct datum result;
    switch (loop->plan->kind) {
    case LOOP_COUNT: result = datum_whole(loop->count); break;
    case LOOP_ANY:
    case LOOP_ALL: result = datum_truth(loop->truth); break;
    case LOOP_SUM:
    case LOOP_AVERAGE:
    case LOOP_MINIMUM:
    case LOOP_MAXIMUM:
        result = loop->count == 0 || loop->is_unsure ? datum_of_kind(DATUM_EMPTY)
                 : loop->plan->kind == LOOP_AVERAGE  ? average_of(run, loop)
                                                     : loop->best;
        break;
    default: result = chosen(run, loop); break;
    }
    run->loop_count--;
    return result;
}
