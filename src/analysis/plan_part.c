/* A part of a plan: what somebody needs who looks at a few of its results all the time. */
#include "analysis/plan.h"

static bool names(const struct plan_analysis *analysis, struct text variable)
{
    if (text_equal(analysis->where, variable) || text_equal(analysis->group, variable))
        return true;
    for (size_t i = 0; i < analysis->argument_count; i++) {
        const struct plan_argument *argument = &analysis->arguments[i];
        if (text_equal(argument->text, variable))
            return true;
        for (size_t k = 0; k < argument->text_count; k++)
            if (text_equal(argument->texts[k], variable))
                return true;
    }
    return false;
}

static bool is_wanted(const struct analysis_plan *part, size_t dataset,
                      struct text variable)
{
    for (size_t i = 0; dataset == 0 && i < part->population_count; i++)
        if (text_equal(part->populations[i].where, variable))
            return true;
    for (size_t i = 0; i < part->analysis_count; i++)
        if (text_equal(part->analyses[i].dataset, part->datasets[dataset].name) &&
            names(&part->analyses[i], variable))
            return true;
    return false;
}

static void keep_variables(const struct analysis_plan *part, size_t at,
                           struct plan_dataset *dataset, struct arena *arena)
{
    struct plan_variable *kept =
        ARENA_ARRAY(arena, struct plan_variable, dataset->variable_count);
    size_t count = 0;
    for (size_t i = 0; i < dataset->variable_count; i++)
        if (is_wanted(part, at, dataset->variables[i].name))
            kept[count++] = dataset->variables[i];
    dataset->variables = kept;
    dataset->variable_count = count;
}

struct analysis_plan *plan_part(const struct analysis_plan *plan,
                                const char *const *ids, size_t count,
                                struct arena *arena)
{
    struct analysis_plan *part = ARENA_NEW(arena, struct analysis_plan);
    struct plan_analysis *analyses = ARENA_ARRAY(arena, struct plan_analysis, count);
    struct plan_dataset *datasets =
        ARENA_ARRAY(arena, struct plan_dataset, plan->dataset_count);
    *part = *plan;
    part->analyses = analyses;
    part->analysis_count = 0;
    for (size_t k = 0; k < count; k++)
        for (size_t i = 0; i < plan->analysis_count; i++)
            if (text_equal(plan->analyses[i].id, text_of(ids[k])))
                analyses[part->analysis_count++] = plan->analyses[i];
    part->datasets = plan->datasets; /* whole, while it is asked what is wanted */
    for (size_t i = 0; i < plan->dataset_count; i++) {
        datasets[i] = plan->datasets[i];
        keep_variables(part, i, &datasets[i], arena);
    }
    part->datasets = datasets;
    return part;
}
