#include "analysis/analyse.h"

#include "base/limits.h"

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
    /* Only a survival has people without the event to name. */
    if (analysis->estimated.en.len > 0 &&
        !text_equal(analysis->method, TEXT("survival")))
        return refuse(analysis, err, "only the method survival has \"estimated\", not",
                      analysis->method);
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

struct row_list {
    size_t *at;
    size_t count;
};

/* Rows of the dataset whose participant is a member; both rise by participant. */
static struct row_list member_rows(const struct dataset *participants,
                                   const bool *is_member, const struct dataset *dataset,
                                   const struct column *where, struct arena *arena)
{
    struct row_list rows = {.at = ARENA_ARRAY(arena, size_t, dataset->count)};
    size_t at = 0;
    for (size_t r = 0; r < dataset->count; r++) {
        while (at < participants->count &&
               participants->places[at].participant < dataset->places[r].participant)
            at++;
        if (at < participants->count && is_member[at] &&
            participants->places[at].participant == dataset->places[r].participant &&
            (where == NULL || cell_is_yes(where, r)))
            rows.at[rows.count++] = r;
    }
    return rows;
}

/* --- one analysis --------------------------------------------------------------------- */

/* What is needed while a method runs, and what stays. */
struct analyse_memory {
    struct arena *working, *kept;
};

static void make_one_part(struct analysis_result *result, struct row_list rows,
                          struct arena *kept)
{
    size_t *own = ARENA_ARRAY(kept, size_t, rows.count);
    for (size_t i = 0; i < rows.count; i++)
        own[i] = rows.at[i];
    result->parts = ARENA_NEW(kept, struct result_part);
    result->parts[0] = (struct result_part){.rows = own, .row_count = rows.count};
    result->part_count = 1;
}

/* By the group's levels in their order, those that somebody has; rows without one are in
 * no part. */
static void make_parts(struct analysis_result *result, const struct column *group,
                       struct row_list rows, const struct analyse_memory *memory)
{
    struct row_list *lists =
        ARENA_ARRAY(memory->working, struct row_list, group->level_count);
    for (size_t i = 0; i < rows.count; i++)
        if (cell_has_value(group, rows.at[i]))
            lists[(size_t)group->numbers[rows.at[i]]].count++;
    result->parts = ARENA_ARRAY(memory->kept, struct result_part, group->level_count);
    for (size_t k = 0; k < group->level_count; k++) {
        if (lists[k].count == 0)
            continue;
        lists[k].at = ARENA_ARRAY(memory->kept, size_t, lists[k].count);
        result->parts[result->part_count++] =
            (struct result_part){.group = group->levels[k],
                                 .group_words = column_words(group, k),
                                 .rows = lists[k].at,
                                 .row_count = lists[k].count};
        lists[k].count = 0;
    }
    for (size_t i = 0; i < rows.count; i++)
        if (cell_has_value(group, rows.at[i])) {
            struct row_list *list = &lists[(size_t)group->numbers[rows.at[i]]];
            list->at[list->count++] = rows.at[i];
        }
}

/* The first of the results so far that is about the same rows in the same groups; NULL:
 * there is none. */
static const struct analysis_result *same_rows(const struct analysis_result *results,
                                               size_t count,
                                               const struct plan_analysis *analysis)
{
    for (size_t i = 0; i < count; i++) {
        const struct plan_analysis *other = results[i].analysis;
        if (text_equal(other->dataset, analysis->dataset) &&
            text_equal(other->population, analysis->population) &&
            text_equal(other->where, analysis->where) &&
            text_equal(other->group, analysis->group))
            return &results[i];
    }
    return NULL;
}

/* Most analyses are about rows that another is about too: they share the lists. */
static void share_parts(struct analysis_result *result,
                        const struct analysis_result *same, struct arena *kept)
{
    result->population = same->population;
    result->part_count = same->part_count;
    result->parts = ARENA_ARRAY(kept, struct result_part, same->part_count);
    for (size_t i = 0; i < same->part_count; i++)
        result->parts[i] =
            (struct result_part){.group = same->parts[i].group,
                                 .group_words = same->parts[i].group_words,
                                 .rows = same->parts[i].rows,
                                 .row_count = same->parts[i].row_count};
}

static void find_parts(const struct analysis_plan *plan,
                       struct dataset *const *datasets, struct analysis_result *result,
                       const struct analyse_memory *memory)
{
    const struct plan_analysis *analysis = result->analysis;
    const struct dataset *dataset = result->dataset;
    ASSERT(dataset != NULL); /* plan_check has looked */
    const bool *is_member =
        population_members(plan, datasets, analysis->population, memory->working);
    for (size_t i = 0; i < datasets[0]->count; i++)
        result->population += is_member[i];
    const struct column *where =
        analysis->where.len == 0 ? NULL : column_of(dataset, analysis->where);
    struct row_list rows =
        member_rows(datasets[0], is_member, dataset, where, memory->working);
    if (analysis->group.len == 0)
        make_one_part(result, rows, memory->kept);
    else
        make_parts(result, column_of(dataset, analysis->group), rows, memory);
}

static void run_method(const struct analysis_plan *plan, struct analysis_result *result,
                       const struct analyse_memory *memory)
{
    const struct method *method = method_find(result->analysis->method);
    ASSERT(result->dataset != NULL && method != NULL); /* plan_check has looked */
    for (size_t i = 0; i < result->part_count; i++) {
        struct method_call call = {.plan = plan,
                                   .analysis = result->analysis,
                                   .dataset = result->dataset,
                                   .arena = memory->working,
                                   .kept = memory->kept,
                                   .part = &result->parts[i]};
        method->run(&call);
        arena_reset(memory->working);
    }
}

void analyse(const struct analysis_plan *plan, struct dataset *const *datasets,
             struct arena *arena, struct analysis_result **out)
{
    enum { KEPT_BLOCK = 1 << 20 };
    struct analyse_memory memory = {arena_new(LIMIT_STATS_ARENA), arena};
    struct analysis_result *results =
        ARENA_ARRAY(arena, struct analysis_result, plan->analysis_count);
    arena_keep(memory.working, KEPT_BLOCK);
    for (size_t i = 0; i < plan->analysis_count; i++) {
        const struct plan_analysis *analysis = &plan->analyses[i];
        const struct analysis_result *same = same_rows(results, i, analysis);
        results[i] = (struct analysis_result){
            .analysis = analysis,
            .dataset = dataset_of(plan, datasets, analysis->dataset)};
        if (same != NULL)
            share_parts(&results[i], same, arena);
        else
            find_parts(plan, datasets, &results[i], &memory);
        run_method(plan, &results[i], &memory);
    }
    arena_free(memory.working);
    *out = results;
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
