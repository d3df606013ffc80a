/* Cox model of a time and an event on covariates. */
#include "analysis/method_times.h"
#include "stats/cox.h"

/* Rows with a time, an event and every covariate. */
static struct method_times complete(const struct method_call *call,
                                    const struct method_columns *covariates)
{
    struct method_times all = method_times(call, NULL);
    size_t *rows = ARENA_ARRAY(call->arena, size_t, all.rows.count), count = 0;
    for (size_t i = 0; i < all.rows.count; i++) {
        size_t k = 0;
        while (k < covariates->count &&
               cell_has_value(covariates->at[k], all.rows.at[i]))
            k++;
        if (k < covariates->count)
            continue;
        all.times[count] = all.times[i];
        all.is_event[count] = all.is_event[i];
        rows[count++] = all.rows.at[i];
    }
    all.rows = (struct method_rows){rows, count};
    call->part->missing = call->part->row_count - count;
    return all;
}

void method_cox(const struct method_call *call)
{
    struct method_columns columns = {.count = 0};
    method_want(call, "covariates", &columns);
    struct method_times all = complete(call, &columns);
    struct cox_input input = {.times = all.times,
                              .is_event = all.is_event,
                              .covariates =
                                  method_covariates(call, &columns, 0, all.rows),
                              .count = all.rows.count,
                              .covariate_count = columns.count};
    const struct cox_fit *fit = cox_fit(&input, call->arena);
    const struct cox_hazards_test *hazards = cox_hazards(fit, COX_KM, call->arena);
    method_give_count(call, all.rows.count, "n");
    method_give_count(call, fit->events, "events");
    method_give(call, estimate_of((double)fit->events / (double)columns.count),
                "events_per_covariate");
    for (size_t i = 0; i < columns.count; i++) {
        const struct cox_coefficient *found = &fit->coefficients[i];
        struct text name = method_named(call, "hazard_ratio", columns.at[i]);
        method_give_ratio(call, found->value,
                          method_wald(found->value, found->error, call->plan->level),
                          name.at);
        method_words(call, columns.at[i]->variable->label);
        method_give(call, found->p, "%s.p", name.at);
        method_give(call, hazards[i].p, "proportionality.%.*s.p",
                    TEXT_ARG(columns.at[i]->variable->name));
    }
}
