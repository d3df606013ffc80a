#include "analysis/plan.h"

const char *const plan_purpose_names[PURPOSE_COUNT] = {
    "primary", "secondary", "exploratory", "sensitivity", "descriptive"};

const struct plan_dataset *plan_dataset(const struct analysis_plan *plan,
                                        struct text name)
{
    for (size_t i = 0; i < plan->dataset_count; i++)
        if (text_equal(plan->datasets[i].name, name))
            return &plan->datasets[i];
    return NULL;
}

const struct plan_population *plan_population(const struct analysis_plan *plan,
                                              struct text name)
{
    for (size_t i = 0; i < plan->population_count; i++)
        if (text_equal(plan->populations[i].name, name))
            return &plan->populations[i];
    return NULL;
}

int32_t plan_variable(const struct plan_dataset *dataset, struct text name)
{
    for (size_t i = 0; i < dataset->variable_count; i++)
        if (text_equal(dataset->variables[i].name, name))
            return (int32_t)i;
    return -1;
}

static const struct plan_argument *argument(const struct plan_argument *arguments,
                                            size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal(arguments[i].name, text_of(name)))
            return &arguments[i];
    return NULL;
}

const struct plan_argument *plan_argument(const struct plan_analysis *analysis,
                                          const char *name)
{
    return argument(analysis->arguments, analysis->argument_count, name);
}

const struct plan_argument *plan_figure_argument(const struct plan_figure *figure,
                                                 const char *name)
{
    return argument(figure->arguments, figure->argument_count, name);
}

const struct plan_figure *plan_figure(const struct analysis_plan *plan, struct text id)
{
    for (size_t i = 0; i < plan->figure_count; i++)
        if (text_equal(plan->figures[i].id, id))
            return &plan->figures[i];
    return NULL;
}
