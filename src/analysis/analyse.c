#include "analysis/analyse.h"

/* --- does the plan fit ---------------------------------------------------------------- */

static struct dataset *dataset_of(const struct analysis_plan *plan,
                                  struct dataset *const *datasets, struct text name)
{
    const struct plan_dataset *found = plan_dataset(plan, name);
    return found == NULL ? NULL : datasets[found - plan->datasets];
}

static const struct column *column_of(const struct dataset *dataset, struct text name)
{
    int32_t at = plan_variable(dataset->plan, name);
    return at < 0 ? NULL : &dataset->columns[at];
}

static bool is_of_kind(const struct dataset *dataset, struct text name,
                       enum column_kind kind)
{
    const struct column *column = column_of(dataset, name);
    return column != NULL && column->kind == kind;
}

static bool check_populations(const struct analysis_plan *plan,
                              struct dataset *const *datasets, struct error *err)
{
    for (size_t i = 0; i < plan->population_count; i++)
        if (!is_of_kind(datasets[0], plan->populations[i].where, COLUMN_TRUTH))
            return error_set(err, ERROR_REFUSED,
                             "the plan's population %.*s: %.*s has no truth named %.*s",
                             TEXT_ARG(plan->populations[i].name),
                             TEXT_ARG(plan->datasets[0].name),
                             TEXT_ARG(plan->populations[i].where));
    return true;
}

static bool refuse(const struct plan_analysis *analysis, struct error *err,
                   const char *what, struct text name)
{
    return error_set(err, ERROR_REFUSED, "the plan's analysis %.*s: %s %.*s",
                     TEXT_ARG(analysis->id), what, TEXT_ARG(name));
}

static bool check_list(const struct dataset *dataset,
                       const struct plan_analysis *analysis,
                       const struct plan_argument *argument, bool is_model,
                       struct error *err)
{
    if (argument->text_count > METHOD_COVARIATES / 2)
        return refuse(analysis, err, "too many variables in", argument->name);
    for (size_t i = 0; i < argument->text_count; i++) {
        const struct column *column = column_of(dataset, argument->texts[i]);
        if (column == NULL ||
            (is_model && column->kind != COLUMN_NUMBER && column->kind != COLUMN_TRUTH))
            return refuse(analysis, err,
                          "not a variable of its dataset, or of another kind:",
                          argument->texts[i]);
    }
    return true;
}

static bool check_variable(const struct dataset *dataset,
                           const struct plan_analysis *analysis,
                           const struct method_variable *variable, struct error *err)
{
    const struct plan_argument *argument = plan_argument(analysis, variable->argument);
    if (argument == NULL)
        return variable->need != NEEDED ||
               refuse(analysis, err, "it says no variable for",
                      text_of(variable->argument));
    if (variable->need == LISTED)
        return check_list(dataset, analysis, argument, variable->kind == COLUMN_NUMBER,
                          err);
    return is_of_kind(dataset, argument->text, variable->kind) ||
           refuse(analysis, err,
                  "not a variable of its dataset, or of another kind:", argument->text);
}

static bool check_analysis(const struct analysis_plan *plan,
                           struct dataset *const *datasets,
                           const struct plan_analysis *analysis, struct error *err)
{
    const struct dataset *dataset = dataset_of(plan, datasets, analysis->dataset);
    const struct method *method = method_find(analysis->method);
    if (dataset == NULL)
        return refuse(analysis, err, "there is no dataset", analysis->dataset);
    if (method == NULL)
        return refuse(analysis, err, "there is no method", analysis->method);
    if (plan_population(plan, analysis->population) == NULL)
        return refuse(analysis, err, "there is no population", analysis->population);
    if (analysis->where.len > 0 && !is_of_kind(dataset, analysis->where, COLUMN_TRUTH))
        return refuse(analysis, err, "its dataset has no truth", analysis->where);
    if (analysis->group.len > 0 && !is_of_kind(dataset, analysis->group, COLUMN_CODE))
        return refuse(analysis, err, "its dataset has no code", analysis->group);
    for (size_t i = 0; i < METHOD_VARIABLES && method->variables[i].argument != NULL;
         i++)
        if (!check_variable(dataset, analysis, &method->variables[i], err))
            return false;
    return true;
}

bool plan_check(const struct analysis_plan *plan, struct dataset *const *datasets,
                struct error *err)
{
    if (plan->dataset_count == 0 || plan->datasets[0].form.len > 0)
        return error_set(err, ERROR_REFUSED,
                         "the plan's first dataset has a row for each participant");
    if (!check_populations(plan, datasets, err))
        return false;
    for (size_t i = 0; i < plan->analysis_count; i++)
        if (!check_analysis(plan, datasets, &plan->analyses[i], err))
            return false;
    return true;
}

/* --- whom it is about ----------------------------------------------------------------- */

/* Of all participants of the first dataset: is each in this population? */
static const bool *population_members(const struct analysis_plan *plan,
                                      struct dataset *const *datasets,
                                      struct text population, struct arena *arena)
{
    const struct plan_population *found = plan_population(plan, population);
    ASSERT(found != NULL);
    const struct column *where = column_of(datasets[0], found->where);
    ASSERT(where != NULL);
    bool *is_member = ARENA_ARRAY(arena, bool, datasets[0]->count);
    for (size_t i = 0; i < datasets[0]->count; i++)
        is_member[i] = cell_is_yes(where, i);
    return is_member;
}

/* Rows of the dataset whose participant is a member; both rise by participant. */
static size_t *member_rows(const struct dataset *participants, const bool *is_member,
                           const struct dataset *dataset, const struct column *where,
                           struct arena *arena, size_t *count)
{
    size_t *rows = ARENA_ARRAY(arena, size_t, dataset->count);
    size_t at = 0;
    *count = 0;
    for (size_t r = 0; r < dataset->count; r++) {
        while (at < participants->count &&
               participants->places[at].participant < dataset->places[r].participant)
            at++;
        if (at < participants->count && is_member[at] &&
            participants->places[at].participant == dataset->places[r].participant &&
            (where == NULL || cell_is_yes(where, r)))
            rows[(*count)++] = r;
    }
    return rows;
}

/* --- one analysis --------------------------------------------------------------------- */

/* By the group's levels in their order, those that somebody has; rows without one are in
 * no part. */
static void make_parts(struct analysis_result *result, const struct column *group,
                       const size_t *rows, size_t count, struct arena *arena)
{
    result->parts =
        ARENA_ARRAY(arena, struct result_part, group == NULL ? 1 : group->level_count);
    if (group == NULL) {
        result->part_count = 1;
        result->parts[0] = (struct result_part){.rows = rows, .row_count = count};
        return;
    }
    for (size_t k = 0; k < group->level_count; k++) {
        size_t *own = ARENA_ARRAY(arena, size_t, count);
        struct result_part *part = &result->parts[result->part_count];
        *part = (struct result_part){.group = group->levels[k],
                                     .group_words = column_words(group, k),
                                     .rows = own};
        for (size_t i = 0; i < count; i++)
            if (cell_has_value(group, rows[i]) && (size_t)group->numbers[rows[i]] == k)
                own[part->row_count++] = rows[i];
        result->part_count += part->row_count > 0;
    }
}

static void run_one(const struct analysis_plan *plan, struct dataset *const *datasets,
                    struct analysis_result *result, struct arena *arena)
{
    const struct plan_analysis *analysis = result->analysis;
    const struct method *method = method_find(analysis->method);
    ASSERT(result->dataset != NULL && method != NULL); /* plan_check has looked */
    const bool *is_member =
        population_members(plan, datasets, analysis->population, arena);
    for (size_t i = 0; i < datasets[0]->count; i++)
        result->population += is_member[i];
    size_t count = 0;
    const struct column *where =
        analysis->where.len == 0 ? NULL : column_of(result->dataset, analysis->where);
    const size_t *rows =
        member_rows(datasets[0], is_member, result->dataset, where, arena, &count);
    make_parts(result,
               analysis->group.len == 0 ? NULL
                                        : column_of(result->dataset, analysis->group),
               rows, count, arena);
    for (size_t i = 0; i < result->part_count; i++) {
        struct method_call call = {plan, analysis, result->dataset, arena,
                                   &result->parts[i]};
        method->run(&call);
    }
}

void analyse(const struct analysis_plan *plan, struct dataset *const *datasets,
             struct arena *arena, struct analysis_result **out)
{
    *out = ARENA_ARRAY(arena, struct analysis_result, plan->analysis_count);
    for (size_t i = 0; i < plan->analysis_count; i++) {
        (*out)[i] = (struct analysis_result){
            .analysis = &plan->analyses[i],
            .dataset = dataset_of(plan, datasets, plan->analyses[i].dataset)};
        run_one(plan, datasets, &(*out)[i], arena);
    }
}

const struct result_series *result_series(const struct result_part *part,
                                          const char *name)
{
    for (size_t i = 0; i < part->series_count; i++)
        if (text_equal(part->series[i].name, text_of(name)))
            return &part->series[i];
    return NULL;
}

struct estimate result_value(const struct result_part *part, const char *operation)
{
    for (size_t i = 0; i < part->value_count; i++)
        if (text_equal(part->values[i].operation, text_of(operation)))
            return part->values[i].value;
    return not_estimable("the method gives no such number");
}
