#ifndef OSTEON_ENGINE_WATCH_H
#define OSTEON_ENGINE_WATCH_H
/* Which places does a changed answer matter to? A rule that looks through many rows, as
 * "sum(MG where T <= this.T)", reads the changed row at every place where it stands; but
 * it can only come out otherwise where that row's own share in the loop is another: whether
 * it counts, its value, and when either can change by itself. The share costs one turn of
 * the loop; running the rule costs them all.
 *
 *     struct watch_share before = watch_share_of(run, watch, &watch->loops[0], &row, &place);
 *     … the answer changes …
 *     if (!watch_is_same(before, watch_share_of(…)))      the rule runs at that place
 *
 * Made once with the design, for each item that a rule reads in the rows of a loop. There
 * is none where a share would not say it all: of metadata, inside nested loops, through
 * other ways to the item.
 */
#include "engine/graph.h"
#include "engine/run.h"

enum { WATCH_LOOPS = 32 }; /* of one rule at most; with more there is no watch */

struct watch_loop {
    const struct loop_plan *plan;
    int32_t loop, where; /* instructions; `where` -1: every row counts */
    bool has_locals;     /* its body uses "let" names */
};

/* A rule's program with other ends, the same for all its items. */
struct watch_parts {
    bool is_made;
    struct program own;     /* ends where the first loop begins, at WHERE and at TAKE */
    struct program general; /* as well at whatever depends on where the rule stands */
};

struct watch {
    const struct watch_parts *parts;
    const struct watch_loop *loops;
    int32_t loop_count;
    bool is_own; /* the rule reads the item in its own row too: there it runs anyway */
};

/* What one row gives to a loop. */
struct watch_share {
    bool is_general; /* it does not count, wherever the rule stands */
    bool is_sealed;
    bool is_open; /* a text or a fault: never the same */
    int where;
    struct datum value, by;
    int64_t wakes_at;
};

/* In `study`; NULL: every change of the item can matter to every place. `parts` are the
 * rule's, made when first wanted. */
const struct watch *watch_make(const struct rule_set *set, int32_t rule, int32_t item,
                               struct watch_parts *parts, struct arena *study);

/* Of the row, an instance of the loop's form and a row there; `place` is the rule's. */
struct watch_share watch_share_of(struct run *run, const struct watch *watch,
                                  const struct watch_loop *loop,
                                  const struct run_frame *row,
                                  const struct engine_place *place);
/* Without a place: is_general when the row does not count anywhere; else the share says
 * nothing, and is asked for at each place. */
struct watch_share watch_general(struct run *run, const struct watch *watch,
                                 const struct watch_loop *loop,
                                 const struct run_frame *row);
bool watch_is_same(const struct watch_share *a, const struct watch_share *b);

#endif
