#ifndef OSTEON_ENGINE_RUN_H
#define OSTEON_ENGINE_RUN_H
/* Runs a program against a world and says when its answer can change by itself.
 *
 *     struct run *run = run_new(arena, scratch);
 *     run->world = &world;
 *     struct run_result result = run_program(run, program, &place);
 *
 * A run reads nothing but what it asks the world, and writes nothing but `run` and, for
 * made texts, `scratch`. The same program, answers and `now` give the same bits anywhere.
 */
#include "base/arena.h"
#include "base/limits.h"
#include "engine/program.h"

#define WAKES_NEVER INT64_MAX

struct run_result {
    /* The value; EMPTY or an unknown truth when there is none; SEALED when that hangs on a
     * sealed value: what is stored then stays; FAULT with its reason. */
    struct datum value;
    /* The first instant after `now` at which the value can be another, no answer having
     * changed; WAKES_NEVER when there is none. Exact for comparisons of now with a moment
     * or of a time since or until a moment; else at most a minute ahead. */
    int64_t wakes_at;
};

/* One step of an explanation: a part of the source with the value it had. */
struct trace_entry {
    struct program_span span;
    struct datum value;
    int32_t instance, row; /* of the row looked at */
    int32_t at;            /* instruction */
    bool is_answer;        /* asked of the world */
};

struct trace {
    struct trace_entry *entries;
    size_t count, capacity; /* what does not fit is counted only */
};

struct run_frame {
    int32_t form, instance, row;
};

struct run_loop {
    const struct loop_plan *plan;
    int32_t first, last, step; /* instances */
    int32_t instance, row, rows;
    bool is_start;  /* the row that previous or next begin at is looked at */
    bool is_unsure; /* a row that may count leaves the result open */
    int where;      /* truth of the condition of this row */
    int truth;
    int64_t count, wanted;
    struct datum best, best_by, start_by;
    int32_t best_instance, best_row;
};

/* The memory of a run: one a thread, used again and again. Set `world` and, when wanted,
 * `trace`; the rest is the run's own. */
struct run {
    const struct engine_world *world;
    struct trace *trace;
    struct arena *scratch; /* texts that functions make; the caller rewinds it */
    const struct program *program;
    int64_t wakes_at;
    int64_t steps;
    bool is_sealed;
    int fault;
    int32_t stopped_at; /* the instruction that ended it */
    int32_t loop_count;
    struct run_frame frames[1 + LIMIT_RULE_LOOPS];
    struct run_loop loops[LIMIT_RULE_LOOPS];
    struct datum stack[LIMIT_RULE_STACK + 1];
};

struct run *run_new(struct arena *arena, struct arena *scratch);

struct run_result run_program(struct run *run, const struct program *program,
                              const struct engine_place *place);

#endif
