/* Linear mixed models: of rows within participants, of visits. They describe those who are
 * alive to be measured: nobody's value after death is thought of. */
#include "analysis/method.h"
#include "stats/mixed.h"

#include <math.h>
#include <string.h>

/* "log": "yes": of the logarithm; such a value above 0 alone has one. */
static const char *take_logarithm(const struct method_call *call, double *values,
                                  size_t count)
{
    if (!method_says(call, "log", "yes"))
        return NULL;
    for (size_t i = 0; i < count; i++) {
        if (values[i] <= 0)
            return "a value is not above 0: it has no logarithm";
        values[i] = log(values[i]);
    }
    return NULL;
}

static void give_effect(const struct method_call *call,
                        const struct mixed_effect *effect, const char *name)
{
    method_give_bounded(call, effect->value, effect->interval, name);
    method_give(call, effect->error, "%s.se", name);
    method_give(call, effect->satterthwaite_df, "%s.df", name);
    method_give(call, effect->p, "%s.p", name);
    if (method_says(call, "log", "yes"))
        method_give_ratio(call, effect->value, effect->interval,
                          text_format(call->arena, "%s.ratio", name).at);
}

/* --- a random intercept ----------------------------------------------------------------- */

/* d between clusters, σ² within. */
static void give_components(const struct method_call *call, const struct mixed_fit *fit)
{
    bool is_fit = fit->parameter_count == 2;
    struct estimate between = is_fit ? fit->parameters[0] : fit->loglik;
    struct estimate within = is_fit ? fit->parameters[1] : fit->loglik;
    method_give(call, between, "variance.between");
    method_give(call, within, "variance.within");
    method_give(call,
                is_estimated(between) && is_estimated(within)
                    ? estimate_of(between.value / (between.value + within.value))
                    : between,
                "icc");
}

void method_mixed(const struct method_call *call)
{
    struct method_columns columns = {.count = 0};
    method_want(call, "value", &columns);
    method_want(call, "covariates", &columns);
    size_t modelled = columns.count, clusters = 0;
    method_want(call, "cluster", &columns);
    struct method_rows rows = method_complete(call, &columns);
    columns.count = modelled;
    double *values = method_values(call, columns.at[0], rows);
    const char *reason = take_logarithm(call, values, rows.count);
    struct mixed_input input = {.outcomes = values,
                                .covariates =
                                    method_covariates(call, &columns, 1, rows),
                                .subjects = method_clusters(call, rows, &clusters),
                                .count = rows.count,
                                .covariate_count = modelled - 1,
                                .kind = MIXED_INTERCEPT,
                                .level = call->plan->level};
    input.subject_count = clusters;
    struct mixed_fit fit;
    method_give_count(call, rows.count, "n");
    method_give_count(call, clusters, "clusters");
    if (reason != NULL) {
        method_give(call, not_estimable(reason), "intercept");
        return;
    }
    mixed_fit(&input, call->arena, &fit);
    give_effect(call, &fit.coefficients[0], "intercept");
    for (size_t i = 1; i < modelled; i++) {
        give_effect(call, &fit.coefficients[i],
                    method_named(call, "effect", columns.at[i]).at);
        method_words(call, columns.at[i]->variable->label);
    }
    give_components(call, &fit);
}

/* --- visits ------------------------------------------------------------------------------ */

struct visits {
    size_t *levels; /* those that occur, in the order of the code */
    size_t count;
    double *positions; /* of each row */
};

static struct visits find_visits(const struct method_call *call,
                                 const struct column *code, struct method_rows rows)
{
    struct visits visits = {.levels =
                                ARENA_ARRAY(call->arena, size_t, code->level_count),
                            .positions = ARENA_ARRAY(call->arena, double, rows.count)};
    double *place = ARENA_ARRAY(call->arena, double, code->level_count);
    for (size_t k = 0; k < code->level_count; k++) {
        size_t i = 0;
        while (i < rows.count && (size_t)code->numbers[rows.at[i]] != k)
            i++;
        place[k] = (double)visits.count;
        if (i < rows.count)
            visits.levels[visits.count++] = k;
    }
    for (size_t i = 0; i < rows.count; i++)
        visits.positions[i] = place[(size_t)code->numbers[rows.at[i]]];
    return visits;
}

/* The visits but the first as zeros and ones; the baseline less its mean. */
static const double *const *make_covariates(const struct method_call *call,
                                            const struct visits *visits,
                                            const double *baseline, size_t rows,
                                            size_t *count)
{
    const double **list = ARENA_ARRAY(call->arena, const double *, visits->count + 1);
    *count = 0;
    for (size_t v = 1; v < visits->count; v++) {
        double *column = ARENA_ARRAY(call->arena, double, rows);
        for (size_t i = 0; i < rows; i++)
            column[i] = visits->positions[i] == (double)v;
        list[(*count)++] = column;
    }
    if (baseline == NULL)
        return list;
    double *centred = ARENA_ARRAY(call->arena, double, rows), mean = 0;
    for (size_t i = 0; i < rows; i++)
        mean += baseline[i] / (double)rows;
    for (size_t i = 0; i < rows; i++)
        centred[i] = baseline[i] - mean;
    list[(*count)++] = centred;
    return list;
}

static const double *make_contrasts(const struct method_call *call, size_t visits,
                                    size_t terms)
{
    double *contrasts = ARENA_ARRAY(call->arena, double, visits *terms);
    memset(contrasts, 0, visits * terms * sizeof *contrasts);
    for (size_t v = 0; v < visits; v++) {
        contrasts[v * terms] = 1;
        if (v > 0)
            contrasts[v * terms + v] = 1;
    }
    return contrasts;
}

static enum mixed_kind kind_of(const struct method_call *call)
{
    if (method_says(call, "within", "unstructured"))
        return MIXED_UNSTRUCTURED;
    return method_says(call, "within", "ar1") ? MIXED_AR1 : MIXED_INTERCEPT;
}

static void give_visits(const struct method_call *call, const struct visits *visits,
                        const struct column *code, const struct mixed_input *input)
{
    struct mixed_fit fit;
    mixed_fit(input, call->arena, &fit);
    for (size_t v = 0; v < visits->count; v++) {
        struct text level = code->levels[visits->levels[v]];
        give_effect(call, &fit.contrasts[v],
                    text_format(call->arena, "mean.%.*s", TEXT_ARG(level)).at);
        method_words(call, column_words(code, visits->levels[v]));
    }
}

/* The mean of each visit, at the mean of the baseline. "within": "intercept", "ar1" or
 * "unstructured". */
void method_repeated(const struct method_call *call)
{
    struct method_columns columns = {.count = 0};
    method_want(call, "value", &columns);
    method_want(call, "visit", &columns);
    method_want(call, "baseline", &columns);
    struct method_rows rows = method_complete(call, &columns);
    double *values = method_values(call, columns.at[0], rows);
    const char *reason = rows.count == 0 ? "there is no value"
                                         : take_logarithm(call, values, rows.count);
    struct visits visits = find_visits(call, columns.at[1], rows);
    size_t subjects = 0;
    struct mixed_input input = {.outcomes = values,
                                .subjects = method_clusters(call, rows, &subjects),
                                .positions = visits.positions,
                                .count = rows.count,
                                .visit_count = visits.count,
                                .kind = kind_of(call),
                                .level = call->plan->level,
                                .contrast_count = visits.count};
    input.subject_count = subjects;
    method_give_count(call, rows.count, "n");
    method_give_count(call, subjects, "participants");
    if (reason != NULL) {
        method_give(call, not_estimable(reason), "mean");
        return;
    }
    input.covariates = make_covariates(
        call, &visits,
        columns.count > 2 ? method_values(call, columns.at[2], rows) : NULL, rows.count,
        &input.covariate_count);
    input.contrasts = make_contrasts(call, visits.count, input.covariate_count + 1);
    give_visits(call, &visits, columns.at[1], &input);
}
