/* osteon stats logistic */
#include "cli/stats_method.h"
#include "stats/logistic.h"

struct logistic_columns {
    struct stats_column *columns; /* the outcome, then the covariates */
    struct stats_data data;
};

static bool read_input(struct command_context *context, struct logistic_columns *read,
                       struct logistic_input *input, struct error *err)
{
    struct arena *arena = context->arena;
    read->columns = ARENA_ARRAY(arena, struct stats_column, STATS_COLUMNS_MOST);
    read->columns[0] = (struct stats_column){.option = "--outcome", .is_yes_no = true};
    read->data = (struct stats_data){.columns = read->columns, .column_count = 1};
    *input = (struct logistic_input){.is_firth = command_has(context, "--firth"),
                                     .has_profile = command_has(context, "--profile")};
    if (!stats_level(context, &input->level, err) ||
        !stats_columns(context, "--covariates", read->columns, &read->data.column_count,
                       err) ||
        !stats_read(context, &read->data, err))
        return false;
    bool *outcomes = ARENA_ARRAY(arena, bool, read->data.count + 1);
    for (size_t i = 0; i < read->data.count; i++)
        outcomes[i] = read->columns[0].numbers[i] > 0;
    const double **covariates =
        ARENA_ARRAY(arena, const double *, read->data.column_count);
    for (size_t k = 1; k < read->data.column_count; k++)
        covariates[k - 1] = read->columns[k].numbers;
    input->outcomes = outcomes;
    input->covariates = covariates;
    input->count = read->data.count;
    input->covariate_count = read->data.column_count - 1;
    return true;
}

static struct estimate exponential(struct estimate of)
{
    return is_estimated(of) ? estimate_of(exp(of.value)) : of;
}

static void add_coefficient(struct stats_report *report, struct text name,
                            const struct logistic_coefficient *found,
                            const struct logistic_input *input)
{
    stats_add(report, found->value, "coef.%.*s", TEXT_ARG(name));
    stats_add(report, found->error, "se.%.*s", TEXT_ARG(name));
    stats_add(report, found->z, "z.%.*s", TEXT_ARG(name));
    stats_add(report, found->p, "p.%.*s", TEXT_ARG(name));
    stats_add(report, exponential(found->value), "or.%.*s", TEXT_ARG(name));
    stats_add(report, exponential(found->wald.lower), "or_lo.%.*s", TEXT_ARG(name));
    stats_add(report, exponential(found->wald.upper), "or_hi.%.*s", TEXT_ARG(name));
    if (text_equal(name, TEXT("(Intercept)")))
        return;
    if (input->is_firth) {
        stats_add(report, found->profile.lower, "pl_lo.%.*s", TEXT_ARG(name));
        stats_add(report, found->profile.upper, "pl_hi.%.*s", TEXT_ARG(name));
        stats_add(report, found->ratio_chi2, "plr_chisq.%.*s", TEXT_ARG(name));
        stats_add(report, found->ratio_p, "plr_p.%.*s", TEXT_ARG(name));
    } else if (input->has_profile) {
        stats_add(report, found->profile.lower, "profile_%.*s.lo", TEXT_ARG(name));
        stats_add(report, found->profile.upper, "profile_%.*s.hi", TEXT_ARG(name));
        stats_add(report, found->ratio_chi2, "lr_chisq.%.*s", TEXT_ARG(name));
        stats_add(report, found->ratio_p, "lr_p.%.*s", TEXT_ARG(name));
    }
}

bool stats_logistic(struct command_context *context, struct error *err)
{
    struct logistic_columns read;
    struct logistic_input input;
    if (!read_input(context, &read, &input, err))
        return false;
    struct logistic_fit fit;
    logistic_fit(&input, context->arena, &fit);
    struct stats_report *report = stats_report_new("logistic", context->arena);
    stats_input(report, "n", (double)read.data.count);
    stats_input(report, "missing", (double)read.data.missing);
    stats_input(report, "level", input.level);
    for (size_t k = 0; k <= input.covariate_count; k++)
        add_coefficient(report, k == 0 ? TEXT("(Intercept)") : read.columns[k].name,
                        &fit.coefficients[k], &input);
    stats_add(report, estimate_of((double)fit.events), "events");
    stats_add(report, fit.loglik, input.is_firth ? "penloglik" : "loglik");
    stats_add(report, fit.deviance, "deviance");
    stats_add(report, fit.null_deviance, "null_deviance");
    return stats_report_write(report, context, err);
}
