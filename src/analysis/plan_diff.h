#ifndef OSTEON_ANALYSIS_PLAN_DIFF_H
#define OSTEON_ANALYSIS_PLAN_DIFF_H
/* What is different between two versions of an analysis plan. */
#include "analysis/plan.h"

enum plan_change_kind { PLAN_REMOVED, PLAN_ADDED, PLAN_CHANGED };
struct plan_change {
    enum plan_change_kind kind;
    const char
        *thing; /* "choice", "dataset", "variable", "population", "analysis", "plan" */
    struct text name;
    struct plan_words label; /* as it is now, or was */
    const char *fact;        /* of a thing changed: "method" */
    struct text before, after;
};
struct plan_diff {
    const struct plan_change *changes;
    size_t count;
};

/* In `arena`, with views of both. */
struct plan_diff plan_compare(const struct analysis_plan *before,
                              const struct analysis_plan *after, struct arena *arena);

#endif
