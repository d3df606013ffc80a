#ifndef OSTEON_ENGINE_RUN_PARTS_H
#define OSTEON_ENGINE_RUN_PARTS_H
/* What the files of the machine share. The stack grows upwards; `top` is the value on top.
 * A function that computes takes its operands and returns the result; a fault is noted in
 * the run, which then ends.
 */
#include "engine/run.h"
#include "engine/syntax.h"

static inline struct datum run_ask(struct run *run, enum question_kind kind,
                                   int32_t which, int32_t subject, int32_t instance,
                                   int32_t row)
{
    struct question question = {.kind = kind,
                                .which = which,
                                .subject = subject,
                                .instance = instance,
                                .row = row};
    struct datum answer = run->world->ask(run->world->data, &question);
    run->is_sealed |= answer.kind == DATUM_SEALED;
    return answer; // cppcheck-suppress returnDanglingLifetime ; a value, not a view of the question
}

/* A number that the world counts: instances, rows, events; `none` when there is none. */
static inline int32_t run_ask_count(struct run *run, enum question_kind kind,
                                    int32_t which, int32_t subject, int32_t instance,
                                    int32_t none)
{
    struct datum answer = run_ask(run, kind, which, subject, instance, 0);
    return answer.kind == DATUM_NUMBER ? (int32_t)answer.as.coefficient : none;
}

static inline int truth_of(struct datum d)
{
    return d.kind == DATUM_TRUTH ? (int)d.as.coefficient : TRUTH_UNKNOWN;
}

static inline int truth_not(int a)
{
    return a == TRUTH_UNKNOWN ? a : !a;
}

static inline int truth_and(int a, int b)
{
    if (a == TRUTH_NO || b == TRUTH_NO)
        return TRUTH_NO;
    return a == TRUTH_YES && b == TRUTH_YES ? TRUTH_YES : TRUTH_UNKNOWN;
}

static inline int truth_or(int a, int b)
{
    if (a == TRUTH_YES || b == TRUTH_YES)
        return TRUTH_YES;
    return a == TRUTH_NO && b == TRUTH_NO ? TRUTH_NO : TRUTH_UNKNOWN;
}

/* The truth of "x comparison y" when x is below (-1), at (0) or above (1) y. */
static inline int comparison_holds(int comparison, int order)
{
    static const uint8_t holds[] = {
        [IS_EQUAL] = 2,   [IS_UNEQUAL] = 5, [IS_LESS] = 1,
        [IS_AT_MOST] = 3, [IS_MORE] = 4,    [IS_AT_LEAST] = 6};
    return holds[comparison] >> (order + 1) & 1;
}

static inline int number_order(struct datum a, struct datum b)
{
    if (a.scale == b.scale)
        return (a.as.coefficient > b.as.coefficient) -
               (a.as.coefficient < b.as.coefficient);
    return decimal_compare(datum_decimal(a), datum_decimal(b));
}

/* How a number or moment follows now. */
static inline int pace_of(struct datum d)
{
    return d.kind == DATUM_NUMBER   ? d.detail
           : d.kind == DATUM_MOMENT ? d.scale
                                    : PACE_NONE;
}

/* wake.c: the answer can change at `at`; in a minute; at midnight. */
void run_wake(struct run *run, int64_t at);
void run_wake_soon(struct run *run);
void run_wake_tomorrow(struct run *run);

/* run.c: from this instruction to the next end, or a fault, on a stack that has `top` on
 * top; the new top. */
struct datum *run_part(struct run *run, int32_t at, struct datum *top);

/* run_number.c */
struct datum run_add(struct run *run, struct datum a, struct datum b);
struct datum run_subtract(struct run *run, struct datum a, struct datum b);
struct datum run_multiply(struct run *run, struct datum a, struct datum b);
struct datum run_negate(struct datum a);
struct datum run_power(struct run *run, struct datum a, int32_t exponent);
struct datum run_real(struct run *run, struct datum a);
struct datum run_real_binary(int op, struct datum a, struct datum b);
struct datum run_compare_number(struct run *run, int comparison, struct datum a,
                                struct datum b);
struct datum run_fault(struct run *run, enum datum_fault fault);

/* run_moment.c */
struct datum run_now(struct run *run);
struct datum run_today(struct run *run);
struct datum run_local_moment(const struct run *run, struct datum literal);
struct datum run_compare_moment(struct run *run, int comparison, struct datum a,
                                struct datum b);
struct datum run_moment_minus(struct run *run, struct datum a, struct datum b);
struct datum run_moment_later(struct run *run, struct datum moment, struct datum time,
                              int sign);
struct datum run_moment_function(struct run *run, int function,
                                 const struct datum *arguments);

/* run_text.c */
struct datum run_join(struct run *run, struct datum a, struct datum b);
struct datum run_in(const struct run *run, struct datum a, int32_t first,
                    int32_t count);
struct datum run_has(const struct run *run, int kind, struct datum a, int32_t first,
                     int32_t count);
struct datum run_text_function(struct run *run, int function,
                               const struct datum *arguments);
struct datum run_codes_function(const struct run *run, int function, int32_t detail,
                                const struct datum *arguments, int32_t count);
/* A place for a text of this length in scratch; NULL and a fault when it is too long. */
char *run_text_room(struct run *run, size_t len);

/* run_function.c: dispatches OP_CALL. */
struct datum run_call(struct run *run, const struct instruction *instruction,
                      const struct datum *arguments);

/* run_place.c */
struct datum run_item_elsewhere(struct run *run, const struct instruction *instruction);
struct datum run_event(struct run *run, const struct instruction *instruction);
struct datum run_place(struct run *run, const struct instruction *instruction);
struct datum run_schedule(struct run *run, const struct instruction *instruction);
struct datum run_form(struct run *run, const struct instruction *instruction);
struct datum run_is(int kind, int32_t reason, struct datum a);

/* run_loop.c. Begin: false when there is no row: take the result. Take: `values` are
 * those of this row; true when the result is settled. Next: true when there is a row. */
bool loop_begin(struct run *run, const struct loop_plan *plan, int64_t wanted);
/* The truth of the row's condition; false: the row does not count. */
bool loop_where(struct run *run, struct datum truth);
bool loop_take(struct run *run, const struct datum *values);
bool loop_next(struct run *run);
struct datum loop_result(struct run *run);

#endif
