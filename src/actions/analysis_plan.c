#include "actions/analysis.h"
#include "formats/plan_read.h"
#include "model/builtin_study.h"

struct text analysis_plan_json(void)
{
    return (struct text){.at = (const char *)builtin_plan,
                         .len = (uintptr_t)builtin_plan_end - (uintptr_t)builtin_plan};
}

bool analysis_plan_builtin(const struct design *design, struct arena *arena,
                           struct analysis_plan **out, struct error *err)
{
    struct analysis_plan *plan = NULL;
    if (!plan_read(analysis_plan_json(), arena, &plan, err))
        return false;
    *out = plan;
    if (text_equal(design->study_oid, plan->study))
        return true;
    return error_set(err, ERROR_NOT_FOUND,
                     "the program has no analysis plan for the study %.*s",
                     TEXT_ARG(design->study_oid));
}
