#ifndef OSTEON_ANALYSIS_COLLECT_H
#define OSTEON_ANALYSIS_COLLECT_H
/* From one participant's answers to rows of the derived datasets.
 *
 *     struct collector *collector;
 *     collector_new(plan, rulebook, study, arena, &collector, err);  the version in force
 *     for each participant, ids rising:
 *         collect(collector, participant, rulebook, book, now, offset);
 *     … collector->datasets[0]
 */
#include "analysis/dataset.h"
#include "engine/book.h"
#include "model/rulebook.h"

/* The plan's programs under one version of the design; those it cannot compile are NULL. */
struct plan_programs {
    const struct rulebook *rulebook;
    const struct program *const **programs; /* by dataset, variable */
    struct plan_programs *next;
};

struct collector {
    const struct analysis_plan *plan;
    struct arena *arena;
    struct arena *scratch;
    struct run *run;
    struct plan_programs *programs; /* of each version met */
    struct dataset **datasets;      /* by the plan's */
    size_t expected;                /* participants in the end; 0: not known */
};

/* ERROR_REFUSED names the first variable that does not compile under `current`. The arena
 * holds all; `scratch` is the run's own. */
MUST_USE bool collector_new(const struct analysis_plan *plan,
                            const struct rulebook *current, struct arena *arena,
                            struct arena *scratch, struct collector **out,
                            struct error *err);

struct collected {
    int64_t participant; /* not below the one before */
    const struct rulebook *rulebook;
    const struct book *book; /* its answers; NULL: none, a row of empty cells */
};
void collect(struct collector *collector, const struct collected *from);

/* An answer that a cell was derived from. */
struct answer_read {
    int32_t item, instance, row; /* as in engine/question.h */
    struct datum value;          /* texts live in the sheet */
};
/* All that the cell of this row of dataset `at`, a row of `from`, asks for, each once, in
 * the order in which it is asked; in `arena`. */
struct answer_read *collect_reads(struct collector *collector,
                                  const struct collected *from, size_t at, size_t row,
                                  size_t variable, struct arena *arena, size_t *count);

#endif
