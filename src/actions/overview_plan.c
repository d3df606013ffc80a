/* The part of the analysis plan that the overview shows. */
#include "actions/overview_parts.h"
#include "actions/plan_version.h"
#include "actions/study_state.h"

/* In the order of overview_results.h. */
static const char *const shown[] = {
#define X(name, id) id,
    OVERVIEW_RESULTS(X)
#undef X
};

struct overview_plan *overview_plan_new(struct study *study, struct db *db)
{
    struct error err = {0};
    struct arena *arena = arena_new(LIMIT_COMMAND_ARENA);
    struct overview_plan *out = ARENA_NEW(arena, struct overview_plan);
    const struct design *design = study_design(study);
    struct plan_used used;
    *out = (struct overview_plan){.arena = arena,
                                  .scratch = arena_new(LIMIT_REQUEST_ARENA)};
    if (plan_in_force(design, db, arena, &used, &err)) {
        const struct analysis_plan *part =
            plan_part(used.plan, shown, ARRAY_COUNT(shown), arena);
        if (part->analysis_count == ARRAY_COUNT(shown) &&
            collector_new(part, study_rulebook(study, design), arena, out->scratch,
                          &out->collector, &err) &&
            plan_check(part, out->collector->datasets, &err))
            return out;
    }
    overview_plan_free(out);
    return NULL;
}

void overview_plan_free(struct overview_plan *plan)
{
    if (plan == NULL)
        return;
    arena_free(plan->scratch);
    arena_free(plan->arena);
}
