#include "engine/run_parts.h"

struct run *run_new(struct arena *arena, struct arena *scratch)
{
    struct run *run = ARENA_NEW(arena, struct run);
    run->scratch = scratch;
    return run;
}

/* ---- the explanation ---- */

static bool is_answer(const struct instruction *instruction)
{
    return instruction->op >= OP_ITEM_ROW && instruction->op <= OP_FORM;
}

static void note(struct run *run, const struct instruction *instruction,
                 struct datum value)
{
    struct program_span span = run->program->spans[instruction - run->program->code];
    struct trace *trace = run->trace;
    if (span.from == span.to)
        return;
    if (trace->count < trace->capacity) {
        const struct run_frame *frame = &run->frames[instruction->frame];
        trace->entries[trace->count] =
            (struct trace_entry){.span = span,
                                 .value = value,
                                 .instance = frame->instance,
                                 .row = frame->row,
                                 .at = (int32_t)(instruction - run->program->code),
                                 .is_answer = is_answer(instruction)};
    }
    trace->count++;
}

/* ---- small steps ---- */

static inline struct datum item_of(struct run *run,
                                   const struct instruction *instruction,
                                   int32_t instance, int32_t row)
{
    if (instruction->which == 0)
        return run_ask(run, ASK_VALUE, 0, instruction->a, instance, row);
    return run_ask(run, ASK_ITEM, instruction->which - 1, instruction->a, instance,
                   row);
}

static inline struct datum compare_text(int comparison, struct datum a, struct datum b)
{
    if (a.kind != DATUM_TEXT || b.kind != DATUM_TEXT)
        return datum_truth(TRUTH_UNKNOWN);
    bool is_equal = text_equal(datum_as_text(a), datum_as_text(b));
    return datum_truth(is_equal == (comparison == IS_EQUAL));
}

static struct datum compare_truth(int comparison, struct datum a, struct datum b)
{
    int x = truth_of(a), y = truth_of(b);
    if (x == TRUTH_UNKNOWN || y == TRUTH_UNKNOWN)
        return datum_truth(TRUTH_UNKNOWN);
    return datum_truth((x == y) == (comparison == IS_EQUAL));
}

static inline struct datum compare_number(struct run *run, int comparison,
                                          struct datum a, struct datum b)
{
    if (a.kind != DATUM_NUMBER || b.kind != DATUM_NUMBER)
        return datum_truth(TRUTH_UNKNOWN);
    if ((a.detail | b.detail) != PACE_NONE)
        return run_compare_number(run, comparison, a, b);
    return datum_truth(comparison_holds(comparison, number_order(a, b)));
}

static bool is_given(struct datum d)
{
    return datum_has_value(d) &&
           !(d.kind == DATUM_TRUTH && d.as.coefficient == TRUTH_UNKNOWN);
}

static struct datum code_of_truth(const struct run *run,
                                  const struct instruction *instruction, struct datum a)
{
    int truth = truth_of(a);
    if (truth == TRUTH_UNKNOWN)
        return datum_of_kind(DATUM_EMPTY);
    return run->program
        ->constants[truth == TRUTH_YES ? instruction->a : instruction->b];
}

/* ---- the machine ---- */

/* What only computes: takes its operands from the stack and leaves one value. Returns the
 * new top. SIZE-OK: one row for each instruction. */
static struct datum *compute(struct run *run, const struct instruction *i,
                             struct datum *top)
{
    switch (i->op) {
    case OP_TODAY: *++top = run_today(run); break;
    case OP_MOMENT:
        *++top = run_local_moment(run, run->program->constants[i->a]);
        break;
    case OP_ITEM_AT:
    case OP_ITEM_ONCE:
    case OP_ITEM_BESIDE: *++top = run_item_elsewhere(run, i); break;
    case OP_EVENT: *++top = run_event(run, i); break;
    case OP_PLACE: *++top = run_place(run, i); break;
    case OP_PROPERTY:
        *++top = run_ask(run, ASK_PROPERTY, run->frames[0].form, i->a,
                         run->frames[0].instance, run->frames[0].row);
        break;
    case OP_SCHEDULE: *++top = run_schedule(run, i); break;
    case OP_FORM: *++top = run_form(run, i); break;
    case OP_COMPARE_MOMENT:
        top--;
        *top = run_compare_moment(run, i->which, top[0], top[1]);
        break;
    case OP_COMPARE_TRUTH:
        top--;
        *top = compare_truth(i->which, top[0], top[1]);
        break;
    case OP_IN: *top = run_in(run, *top, i->a, i->b); break;
    case OP_HAS: *top = run_has(run, i->which, *top, i->a, i->b); break;
    case OP_IS: *top = run_is(i->which, i->a, *top); break;
    case OP_ADD:
        top--;
        *top = run_add(run, top[0], top[1]);
        break;
    case OP_SUBTRACT:
        top--;
        *top = run_subtract(run, top[0], top[1]);
        break;
    case OP_MULTIPLY:
        top--;
        *top = run_multiply(run, top[0], top[1]);
        break;
    case OP_NEGATE: *top = run_negate(*top); break;
    case OP_POWER: *top = run_power(run, *top, i->a); break;
    case OP_REAL: *top = run_real(run, *top); break;
    case OP_REAL_ADD:
    case OP_REAL_SUBTRACT:
    case OP_REAL_MULTIPLY:
    case OP_REAL_DIVIDE:
        top--;
        *top = run_real_binary(i->op, top[0], top[1]);
        break;
    case OP_MOMENT_MINUS:
        top--;
        *top = run_moment_minus(run, top[0], top[1]);
        break;
    case OP_MOMENT_LATER:
    case OP_MOMENT_EARLIER:
        top--;
        *top = run_moment_later(run, top[0], top[1], i->op == OP_MOMENT_LATER ? 1 : -1);
        break;
    case OP_JOIN:
        top--;
        *top = run_join(run, top[0], top[1]);
        break;
    case OP_CALL:
        top -= i->a - 1;
        *top = run_call(run, i, top);
        break;
    default: *top = code_of_truth(run, i, *top); break;
    }
    return top;
}

/* Where an instruction of a loop goes on; `*top` moves with what it takes and leaves. */
static int32_t step_loop(struct run *run, const struct instruction *i, int32_t next,
                         struct datum **top)
{
    const struct loop_plan *plan;
    switch (i->op) {
    case OP_LOOP:
        plan = &run->program->loops[i->a];
        int64_t wanted = 0;
        if (plan->kind == LOOP_NTH) {
            struct datum n = *(*top)--;
            wanted = n.kind == DATUM_NUMBER && n.scale == 0 ? n.as.coefficient : 0;
        }
        if (loop_begin(run, plan, wanted))
            return next;
        *++*top = loop_result(run);
        return i->b;
    case OP_WHERE: return loop_where(run, *(*top)--) ? next : i->a;
    case OP_TAKE:
        plan = run->loops[run->loop_count - 1].plan;
        *top -= (int)plan->has_value + (int)plan->has_by;
        if (!loop_take(run, *top + 1))
            return next;
        *++*top = loop_result(run);
        return i->b;
    default:
        if (loop_next(run))
            return i->a;
        *++*top = loop_result(run);
        return next;
    }
}

/* The instruction that stands for the whole loop, when the step before left its result;
 * NULL while it goes on: what is on the stack then is no part of it. */
static const struct instruction *loop_ended(const struct instruction *code,
                                            const struct instruction *i, int32_t at)
{
    if (i->op == OP_WHERE)
        return NULL;
    int32_t end = i->op == OP_NEXT ? (int32_t)(i - code) + 1 : i->b;
    return at == end ? &code[end - 1] : NULL;
}

/* Branches of "if": the truth is taken; an unknown one leaves the answer empty. */
static int32_t branch(const struct instruction *i, int32_t next, struct datum **top)
{
    int truth = truth_of(*(*top)--);
    if (truth == TRUTH_YES)
        return next;
    if (truth == TRUTH_NO)
        return i->a;
    *++*top = datum_of_kind(DATUM_EMPTY);
    return i->b;
}

static struct datum result_of(const struct run *run, struct datum value)
{
    if (run->fault != 0)
        return (struct datum){.kind = DATUM_FAULT, .detail = (uint8_t)run->fault};
    if (run->is_sealed && !is_given(value))
        return datum_of_kind(DATUM_SEALED);
    return value;
}

/* SIZE-OK: the machine's inner loop; the frequent instructions stand in it. */
struct datum *run_part(struct run *run, int32_t at, struct datum *top)
{
    const struct program *program = run->program;
    const struct instruction *code = program->code;
    for (int64_t steps = LIMIT_RULE_STEPS; steps > 0; steps--) {
        const struct instruction *i = &code[at++];
        const struct run_frame *frame = &run->frames[i->frame];
        switch (i->op) {
        case OP_END: run->stopped_at = at - 1; return top;
        case OP_CONSTANT: *++top = program->constants[i->a]; break;
        case OP_LOCAL: *++top = run->stack[1 + i->a]; break;
        case OP_NOW: *++top = run_now(run); break;
        case OP_ITEM_ROW: *++top = item_of(run, i, frame->instance, frame->row); break;
        case OP_ITEM_FORM: *++top = item_of(run, i, frame->instance, 0); break;
        case OP_NOT: *top = datum_truth(truth_not(truth_of(*top))); break;
        case OP_AND:
            top--;
            *top = datum_truth(truth_and(truth_of(top[0]), truth_of(top[1])));
            break;
        case OP_OR:
            top--;
            *top = datum_truth(truth_or(truth_of(top[0]), truth_of(top[1])));
            break;
        case OP_SKIP_NO:
            if (truth_of(*top) != TRUTH_NO)
                continue;
            at = i->a;
            break;
        case OP_SKIP_YES:
            if (truth_of(*top) != TRUTH_YES)
                continue;
            at = i->a;
            break;
        case OP_JUMP: at = i->a; break;
        case OP_BRANCH: at = branch(i, at, &top); continue;
        case OP_OTHERWISE:
            if (is_given(*top))
                at = i->a;
            else
                top--;
            continue;
        case OP_COMPARE_NUMBER:
            top--;
            *top = compare_number(run, i->which, top[0], top[1]);
            break;
        case OP_COMPARE_TEXT:
            top--;
            *top = compare_text(i->which, top[0], top[1]);
            break;
        case OP_TEST_NUMBER:
            *top = compare_number(run, i->which, *top, program->constants[i->b]);
            break;
        case OP_TEST_TEXT:
            *top = compare_text(i->which, *top, program->constants[i->b]);
            break;
        case OP_LOOP:
        case OP_WHERE:
        case OP_TAKE:
        case OP_NEXT:
            at = step_loop(run, i, at, &top);
            i = loop_ended(code, i, at);
            break;
        default: top = compute(run, i, top); break;
        }
        if (run->trace != NULL && i != NULL)
            note(run, i, *top);
        if (run->fault != 0)
            return top;
    }
    run_fault(run, FAULT_STEPS);
    return top;
}

struct run_result run_program(struct run *run, const struct program *program,
                              const struct engine_place *place)
{
    run->program = program;
    run->wakes_at = WAKES_NEVER;
    run->is_sealed = false;
    run->fault = 0;
    run->loop_count = 0;
    run->frames[0] = (struct run_frame){
        .form = place->form, .instance = place->instance, .row = place->row};
    struct datum value = *run_part(run, 0, run->stack);
    if (pace_of(value) != PACE_NONE) {
        run_wake_soon(run);
        if (value.kind == DATUM_NUMBER)
            value.detail = PACE_NONE;
        else
            value.scale = PACE_NONE;
    }
    return (struct run_result){.value = result_of(run, value),
                               .wakes_at = run->wakes_at};
}
