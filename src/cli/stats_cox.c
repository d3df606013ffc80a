/* osteon stats cox */
#include "base/number.h"
#include "cli/stats_method.h"
#include "stats/cox.h"

#include <string.h>

enum {
    COLUMN_STRATA = STATS_FOLLOW_UP_COLUMNS,
    COLUMN_CLUSTER,
    COLUMN_COVARIATES,
    COVARIATES_MOST = STATS_COLUMNS_MOST
};

static const char *const transforms[] = {[COX_KM] = "km",
                                         [COX_IDENTITY] = "identity",
                                         [COX_RANK] = "rank",
                                         [COX_LOG] = "log"};

struct cox_wanted {
    double level;
    const double *at;
    size_t at_count;
    double *predicted; /* covariates; NULL: none */
    struct cox_input input;
    struct stats_factor strata;
    struct text names[COVARIATES_MOST];
};

static bool is_transform(struct text name)
{
    for (size_t i = 0; i < ARRAY_COUNT(transforms); i++)
        if (text_equal(name, text_of(transforms[i])))
            return true;
    return false;
}

static bool read_choices(struct command_context *context, struct cox_wanted *wanted,
                         struct error *err)
{
    struct text ties = command_option(context, "--ties");
    struct text transform = command_option(context, "--transform");
    if (text_equal(ties, TEXT("breslow")))
        wanted->input.ties = COX_BRESLOW;
    else if (!text_is_absent(ties) && !text_equal(ties, TEXT("efron")))
        return error_set(err, ERROR_USAGE, "--ties is efron or breslow");
    if (!text_is_absent(transform) && !is_transform(transform))
        return error_set(err, ERROR_USAGE, "--transform is km, identity, rank or log");
    return stats_level(context, &wanted->level, err) &&
           stats_numbers(context, "--at", &wanted->at, &wanted->at_count, err);
}

static bool take_factor(struct command_context *context, const struct stats_data *data,
                        size_t column, const uint32_t **codes, size_t *count,
                        struct stats_factor *factor, struct error *err)
{
    const struct text *texts = data->columns[column].texts;
    *factor = (struct stats_factor){0};
    if (texts == NULL)
        return true;
    if (!stats_make_factor(context, data->columns[column].option, texts, data->count,
                           factor, err))
        return false;
    *codes = factor->codes;
    *count = factor->count;
    return true;
}

static bool read_input(struct command_context *context, struct cox_wanted *wanted,
                       struct stats_report *report, struct error *err)
{
    struct stats_column *columns =
        ARENA_ARRAY(context->arena, struct stats_column, STATS_COLUMNS_MOST);
    struct stats_column fixed[COLUMN_COVARIATES] = {
        [COLUMN_STRATA] = {.option = "--strata", .is_text = true, .is_optional = true},
        [COLUMN_CLUSTER] = {
            .option = "--cluster", .is_text = true, .is_optional = true}};
    memcpy(columns, fixed, sizeof fixed);
    stats_follow_up_columns(context, columns);
    struct stats_data data = {.columns = columns, .column_count = COLUMN_COVARIATES};
    struct stats_follow_up follow;
    struct stats_factor clusters;
    struct cox_input *input = &wanted->input;
    if (!command_has(context, "--covariates"))
        return error_set(err, ERROR_USAGE, "--covariates is missing: names of columns");
    if (!stats_columns(context, "--covariates", columns, &data.column_count, err) ||
        !stats_read(context, &data, err) ||
        !stats_follow_up(context, &data, &follow, err) ||
        !take_factor(context, &data, COLUMN_STRATA, &input->strata,
                     &input->stratum_count, &wanted->strata, err) ||
        !take_factor(context, &data, COLUMN_CLUSTER, &input->clusters,
                     &input->cluster_count, &clusters, err))
        return false;
    const double **covariates =
        ARENA_ARRAY(context->arena, const double *, data.column_count);
    for (size_t k = COLUMN_COVARIATES; k < data.column_count; k++) {
        covariates[input->covariate_count] = columns[k].numbers;
        wanted->names[input->covariate_count++] = columns[k].name;
    }
    input->covariates = covariates;
    input->times = follow.times;
    input->entries = follow.entries;
    input->is_event = follow.is_event;
    input->count = data.count;
    input->is_robust = input->clusters != NULL || command_has(context, "--robust");
    stats_input(report, "n", (double)data.count);
    stats_input(report, "missing", (double)data.missing);
    stats_input(report, "level", wanted->level);
    return true;
}

/* --predict "trt=1,age=60": a covariate that is not named has its value 0. */
static bool read_predicted(struct command_context *context, struct cox_wanted *wanted,
                           struct error *err)
{
    struct text rest = command_option(context, "--predict");
    if (text_is_absent(rest))
        return true;
    wanted->predicted =
        ARENA_ARRAY(context->arena, double, wanted->input.covariate_count);
    while (!text_is_absent(rest)) {
        struct text value = text_cut(&rest, ','),
                    name = text_trim(text_cut(&value, '='));
        size_t k = 0;
        while (k < wanted->input.covariate_count && !text_equal(wanted->names[k], name))
            k++;
        if (k == wanted->input.covariate_count)
            return error_set(err, ERROR_USAGE, "--predict: %.*s is no covariate",
                             TEXT_ARG(name));
        if (text_is_absent(value) ||
            !number_of_text(text_trim(value), &wanted->predicted[k]))
            return error_set(err, ERROR_USAGE, "--predict needs a number for %.*s",
                             TEXT_ARG(name));
    }
    return true;
}

/* --- results -------------------------------------------------------------------------- */

static void add_coefficients(struct stats_report *report, const struct cox_fit *fit,
                             const struct cox_wanted *wanted)
{
    double z = normal_reach(wanted->level);
    for (size_t k = 0; k < fit->covariate_count; k++) {
        const struct cox_coefficient *found = &fit->coefficients[k];
        struct text name = wanted->names[k];
        struct estimate value = found->value, lower = value, upper = value, hr = value;
        double error =
            wanted->input.is_robust ? found->robust_error.value : found->error.value;
        if (is_estimated(value)) {
            hr = estimate_of(exp(value.value));
            lower = estimate_of(exp(value.value - z * error));
            upper = estimate_of(exp(value.value + z * error));
        }
        stats_add(report, value, "coef.%.*s", TEXT_ARG(name));
        stats_add(report, found->error, "se.%.*s", TEXT_ARG(name));
        if (wanted->input.is_robust)
            stats_add(report, found->robust_error, "robust_se.%.*s", TEXT_ARG(name));
        stats_add(report, hr, "hr.%.*s", TEXT_ARG(name));
        stats_add(report, lower, "hr_lo.%.*s", TEXT_ARG(name));
        stats_add(report, upper, "hr_hi.%.*s", TEXT_ARG(name));
        stats_add(report, found->p, "p.%.*s", TEXT_ARG(name));
    }
}

static void add_model(struct stats_report *report, const struct cox_fit *fit,
                      struct arena *arena)
{
    struct cox_concordance concordance;
    cox_concordance(fit, arena, &concordance);
    stats_add(report, estimate_of((double)fit->count), "n");
    stats_add(report, estimate_of((double)fit->events), "events");
    stats_add(report, fit->loglik_null, "loglik0");
    stats_add(report, fit->loglik, "loglik");
    stats_add(report, estimate_of((double)fit->degrees), "df");
    stats_add(report, fit->likelihood_ratio, "lrt");
    stats_add(report, fit->likelihood_ratio_p, "lrt.p");
    stats_add(report, fit->wald, "wald");
    stats_add(report, fit->wald_p, "wald.p");
    stats_add(report, fit->score, "score");
    stats_add(report, fit->score_p, "score.p");
    stats_add(report, concordance.value, "concordance.C");
    stats_add(report, concordance.error, "concordance.se");
}

static void add_hazards(struct stats_report *report, const struct cox_fit *fit,
                        const struct cox_wanted *wanted, enum cox_transform transform,
                        struct arena *arena)
{
    const struct cox_hazards_test *tests = cox_hazards(fit, transform, arena);
    for (size_t k = 0; k <= fit->covariate_count; k++) {
        struct text name =
            k == fit->covariate_count ? TEXT("GLOBAL") : wanted->names[k];
        stats_add(report, tests[k].chi2, "zph_%s.chisq.%.*s", transforms[transform],
                  TEXT_ARG(name));
        stats_add(report, tests[k].p, "zph_%s.p.%.*s", transforms[transform],
                  TEXT_ARG(name));
    }
}

static void add_prediction(struct stats_report *report, const struct cox_fit *fit,
                           const struct cox_wanted *wanted, size_t stratum,
                           struct arena *arena)
{
    const double *zeros = ARENA_ARRAY(arena, double, fit->covariate_count + 1);
    struct text in = TEXT("");
    if (wanted->strata.count > 0)
        in = text_format(arena, "%.*s.", TEXT_ARG(wanted->strata.names[stratum]));
    for (size_t i = 0; i < wanted->at_count; i++) {
        double time = wanted->at[i];
        struct cox_prediction found;
        cox_predict(fit, zeros, stratum, time, wanted->level, &found);
        stats_add(report, found.hazard, "%.*sbasehaz.t%.15g", TEXT_ARG(in), time);
        stats_add(report, found.hazard_error, "%.*sbasehaz.t%.15g.se", TEXT_ARG(in),
                  time);
        if (wanted->predicted == NULL)
            continue;
        cox_predict(fit, wanted->predicted, stratum, time, wanted->level, &found);
        stats_add(report, found.survival, "%.*ssurv.t%.15g", TEXT_ARG(in), time);
        stats_add(report, found.survival_error, "%.*ssurv.t%.15g.se", TEXT_ARG(in),
                  time);
        stats_add_interval(report, found.interval,
                           text_format(arena, "%.*ssurv.t%.15g", TEXT_ARG(in), time));
    }
}

static void add_residuals(struct stats_report *report, const struct cox_fit *fit,
                          const struct cox_wanted *wanted, struct arena *arena)
{
    const double *martingale = cox_martingale(fit, arena);
    const double *dfbeta = cox_dfbeta(fit, arena);
    for (size_t i = 0; fit->rows != NULL && i < fit->count; i++) {
        stats_add(report, estimate_of(martingale[i]), "martingale.%zu", i + 1);
        for (size_t k = 0; k < fit->covariate_count; k++)
            stats_add(report, estimate_of(dfbeta[i * fit->covariate_count + k]),
                      "dfbeta.%.*s.%zu", TEXT_ARG(wanted->names[k]), i + 1);
    }
}

bool stats_cox(struct command_context *context, struct error *err)
{
    struct arena *arena = context->arena;
    struct stats_report *report = stats_report_new("cox", arena);
    struct cox_wanted *wanted = ARENA_NEW(arena, struct cox_wanted);
    if (!read_choices(context, wanted, err) ||
        !read_input(context, wanted, report, err) ||
        !read_predicted(context, wanted, err))
        return false;
    const struct cox_fit *fit = cox_fit(&wanted->input, arena);
    add_coefficients(report, fit, wanted);
    add_model(report, fit, arena);
    struct text transform = command_option(context, "--transform");
    for (size_t i = 0; i < ARRAY_COUNT(transforms); i++)
        if (text_is_absent(transform) || text_equal(transform, text_of(transforms[i])))
            add_hazards(report, fit, wanted, (enum cox_transform)i, arena);
    size_t strata = wanted->strata.count == 0 ? 1 : wanted->strata.count;
    for (size_t stratum = 0; stratum < strata; stratum++)
        add_prediction(report, fit, wanted, stratum, arena);
    if (command_has(context, "--residuals"))
        add_residuals(report, fit, wanted, arena);
    return stats_report_write(report, context, err);
}
