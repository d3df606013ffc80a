/* Survival of two groups by a truth: yes beside no. */
#include "analysis/method_times.h"
#include "stats/cox.h"
#include "stats/logrank.h"

struct two_curves {
    struct survival_curve *at[2]; /* of no, of yes */
};

static struct survival_curve *curve_of(const struct method_call *call,
                                       const struct method_times *all,
                                       const uint32_t *groups, uint32_t group)
{
    double *times = ARENA_ARRAY(call->arena, double, all->rows.count);
    bool *is_event = ARENA_ARRAY(call->arena, bool, all->rows.count);
    struct survival_input input = {times, is_event, 0, NULL};
    for (size_t i = 0; i < all->rows.count; i++)
        if (groups[i] == group) {
            times[input.count] = all->times[i];
            is_event[input.count++] = all->is_event[i];
        }
    struct survival_curve *curve;
    bool is_fit = survival_fit(&input, call->arena, &curve);
    ASSERT(is_fit);
    return curve;
}

static void give_ratio(const struct method_call *call, const struct method_times *all,
                       const uint32_t *groups)
{
    double *covariate = ARENA_ARRAY(call->arena, double, all->rows.count);
    for (size_t i = 0; i < all->rows.count; i++)
        covariate[i] = groups[i];
    const double *const covariates[] = {covariate};
    struct cox_input input = {.times = all->times,
                              .is_event = all->is_event,
                              .covariates = covariates,
                              .count = all->rows.count,
                              .covariate_count = 1};
    const struct cox_fit *fit = cox_fit(&input, call->arena);
    const struct cox_coefficient *found = &fit->coefficients[0];
    method_give_ratio(call, found->value,
                      method_wald(found->value, found->error, call->plan->level),
                      "hazard_ratio");
    method_give(call, found->p, "hazard_ratio.p");
}

static void give_means(const struct method_call *call, const struct two_curves *curves)
{
    double tau = method_number(call, "tau", 0);
    struct survival_mean_contrast found;
    if (tau <= 0)
        return;
    survival_compare_means(curves->at[0], curves->at[1], tau, call->plan->level,
                           &found);
    method_give_bounded(call, found.difference.value, found.difference.interval,
                        "rmst_difference");
    method_give(call, found.difference.p, "rmst_difference.p");
}

void method_compare_survival(const struct method_call *call)
{
    const struct column *by = method_column(call, "by");
    struct method_times all = method_times(call, by);
    uint32_t *groups = ARENA_ARRAY(call->arena, uint32_t, all.rows.count);
    for (size_t i = 0; i < all.rows.count; i++)
        groups[i] = cell_is_yes(by, all.rows.at[i]);
    struct two_curves curves = {
        {curve_of(call, &all, groups, 0), curve_of(call, &all, groups, 1)}};
    struct logrank_input input = {.times = all.times,
                                  .is_event = all.is_event,
                                  .groups = groups,
                                  .count = all.rows.count,
                                  .group_count = 2};
    struct logrank test;
    logrank_test(&input, call->arena, &test);
    method_give_count(call, curves.at[1]->count, "n.yes");
    method_give_count(call, curves.at[1]->events, "events.yes");
    method_give_count(call, curves.at[0]->count, "n.no");
    method_give_count(call, curves.at[0]->events, "events.no");
    method_give(call, test.chi2, "logrank.chi2");
    method_give(call, test.p, "logrank.p");
    give_ratio(call, &all, groups);
    give_means(call, &curves);
}
