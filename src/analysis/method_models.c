/* Regressions of a truth: Firth's logistic model; generalised estimating equations. */
#include "analysis/method.h"
#include "stats/gee.h"
#include "stats/logistic.h"

#include <math.h>

/* --- Firth ---------------------------------------------------------------------------- */

/* The penalty is of the order of one row, and its profile takes a fit for each step: of more
 * rows it is plain maximum likelihood with Wald's limits. */
enum { FIRTH_MOST = 5000 };

void method_logistic(const struct method_call *call)
{
    struct method_columns columns = {.count = 0};
    method_want(call, "event", &columns);
    method_want(call, "covariates", &columns);
    struct method_rows rows = method_complete(call, &columns);
    struct logistic_input input = {.outcomes = method_truths(call, columns.at[0], rows),
                                   .covariates =
                                       method_covariates(call, &columns, 1, rows),
                                   .count = rows.count,
                                   .covariate_count = columns.count - 1,
                                   .level = call->plan->level,
                                   .is_firth = rows.count <= FIRTH_MOST,
                                   .has_profile = rows.count <= FIRTH_MOST};
    struct logistic_fit fit;
    logistic_fit(&input, call->arena, &fit);
    method_give_count(call, rows.count, "n");
    method_give_count(call, fit.events, "events");
    for (size_t i = 1; i < columns.count; i++) {
        const struct logistic_coefficient *found = &fit.coefficients[i];
        struct text name = method_named(call, "odds_ratio", columns.at[i]);
        method_give_ratio(call, found->value,
                          input.has_profile ? found->profile : found->wald, name.at);
        method_words(call, columns.at[i]->variable->label);
        method_give(call, input.has_profile ? found->ratio_p : found->p, "%s.p",
                    name.at);
    }
}

/* --- estimating equations --------------------------------------------------------------- */

static struct estimate expit(struct estimate eta)
{
    return is_estimated(eta) ? estimate_of(1 / (1 + exp(-eta.value))) : eta;
}

/* Without covariates: the proportion, its interval widened by what a cluster shares. */
static void give_proportion(const struct method_call *call,
                            const struct gee_coefficient *intercept)
{
    method_give_bounded(call, expit(intercept->value),
                        (struct interval){expit(intercept->interval.lower),
                                          expit(intercept->interval.upper)},
                        "estimate");
}

void method_clustered(const struct method_call *call)
{
    struct method_columns columns = {.count = 0};
    method_want(call, "event", &columns);
    method_want(call, "covariates", &columns);
    size_t modelled = columns.count, clusters = 0;
    method_want(call, "cluster", &columns);
    struct method_rows rows = method_complete(call, &columns);
    columns.count = modelled;
    const double *outcomes = method_values(call, columns.at[0], rows);
    struct gee_input input = {.outcomes = outcomes,
                              .covariates = method_covariates(call, &columns, 1, rows),
                              .clusters = method_clusters(call, rows, &clusters),
                              .count = rows.count,
                              .covariate_count = modelled - 1,
                              .family = GEE_LOGIT,
                              .level = call->plan->level};
    input.cluster_count = clusters;
    struct gee_fit fit;
    gee_fit(&input, call->arena, &fit);
    bool is_exchangeable = is_estimated(fit.coefficients[0].value);
    if (!is_exchangeable) { /* the robust errors hold without a correlation too */
        input.is_independent = true;
        gee_fit(&input, call->arena, &fit);
    }
    size_t events = 0;
    for (size_t i = 0; i < rows.count; i++)
        events += outcomes[i] > 0;
    method_give_count(call, rows.count, "n");
    method_give_count(call, events, "events");
    method_give_count(call, clusters, "clusters");
    method_give_count(call, is_exchangeable, "exchangeable");
    method_give(call, fit.correlation, "correlation");
    if (modelled == 1)
        give_proportion(call, &fit.coefficients[0]);
    for (size_t i = 1; i < modelled; i++) {
        const struct gee_coefficient *found = &fit.coefficients[i];
        struct text name = method_named(call, "odds_ratio", columns.at[i]);
        method_give_ratio(call, found->value, found->interval, name.at);
        method_words(call, columns.at[i]->variable->label);
        method_give(call, found->p, "%s.p", name.at);
    }
}
