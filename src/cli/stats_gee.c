/* osteon stats gee */
#include "cli/stats_method.h"
#include "stats/gee.h"

enum { COLUMN_OUTCOME, COLUMN_CLUSTER, COLUMN_EXPOSURE, COLUMN_COVARIATES };

struct gee_columns {
    struct stats_column *columns;
    struct stats_data data;
};

static bool read_choices(struct command_context *context, struct gee_input *input,
                         struct error *err)
{
    struct text family = command_option(context, "--family");
    struct text correlation = command_option(context, "--correlation");
    if (text_equal(family, TEXT("poisson")))
        input->family = GEE_POISSON;
    else if (!text_is_absent(family) && !text_equal(family, TEXT("logit")))
        return error_set(err, ERROR_USAGE, "--family is logit or poisson");
    if (text_equal(correlation, TEXT("independence")))
        input->is_independent = true;
    else if (!text_is_absent(correlation) &&
             !text_equal(correlation, TEXT("exchangeable")))
        return error_set(err, ERROR_USAGE,
                         "--correlation is exchangeable or independence");
    return stats_level(context, &input->level, err);
}

static bool check_numbers(const struct gee_columns *read, const struct gee_input *input,
                          struct error *err)
{
    const struct stats_column *outcome = &read->columns[COLUMN_OUTCOME];
    for (size_t i = 0; i < read->data.count; i++) {
        if (outcome->numbers[i] < 0)
            return error_set(err, ERROR_REFUSED, "a count is below 0");
        if (input->exposures != NULL && !(input->exposures[i] > 0))
            return error_set(err, ERROR_REFUSED, "an exposure is not above 0");
    }
    return true;
}

static bool read_input(struct command_context *context, struct gee_columns *read,
                       struct gee_input *input, struct error *err)
{
    struct stats_factor clusters;
    read->columns =
        ARENA_ARRAY(context->arena, struct stats_column, STATS_COLUMNS_MOST);
    read->columns[COLUMN_OUTCOME] = (struct stats_column){
        .option = "--outcome", .is_yes_no = input->family == GEE_LOGIT};
    read->columns[COLUMN_CLUSTER] =
        (struct stats_column){.option = "--cluster", .is_text = true};
    read->columns[COLUMN_EXPOSURE] =
        (struct stats_column){.option = "--exposure", .is_optional = true};
    read->data = (struct stats_data){.columns = read->columns,
                                     .column_count = COLUMN_COVARIATES};
    if (!stats_columns(context, "--covariates", read->columns, &read->data.column_count,
                       err) ||
        !stats_read(context, &read->data, err) ||
        !stats_make_factor(context, "--cluster", read->columns[COLUMN_CLUSTER].texts,
                           read->data.count, &clusters, err))
        return false;
    const double **covariates =
        ARENA_ARRAY(context->arena, const double *, read->data.column_count);
    for (size_t k = COLUMN_COVARIATES; k < read->data.column_count; k++)
        covariates[input->covariate_count++] = read->columns[k].numbers;
    input->outcomes = read->columns[COLUMN_OUTCOME].numbers;
    input->exposures = read->columns[COLUMN_EXPOSURE].numbers;
    input->covariates = covariates;
    input->clusters = clusters.codes;
    input->cluster_count = clusters.count;
    input->count = read->data.count;
    return check_numbers(read, input, err);
}

bool stats_gee(struct command_context *context, struct error *err)
{
    struct gee_columns read;
    struct gee_input input = {0};
    if (!read_choices(context, &input, err) || !read_input(context, &read, &input, err))
        return false;
    struct gee_fit fit;
    gee_fit(&input, context->arena, &fit);
    struct stats_report *report = stats_report_new("gee", context->arena);
    stats_input(report, "n", (double)read.data.count);
    stats_input(report, "missing", (double)read.data.missing);
    stats_input(report, "clusters", (double)input.cluster_count);
    stats_input(report, "level", input.level);
    for (size_t k = 0; k <= input.covariate_count; k++) {
        const struct gee_coefficient *found = &fit.coefficients[k];
        struct text name =
            k == 0 ? TEXT("(Intercept)") : read.columns[COLUMN_COVARIATES + k - 1].name;
        stats_add(report, found->value, "coef.%.*s", TEXT_ARG(name));
        stats_add(report, found->error, "robust_se.%.*s", TEXT_ARG(name));
        stats_add(report, found->naive_error, "se.%.*s", TEXT_ARG(name));
        stats_add(report, found->interval.lower, "lower.%.*s", TEXT_ARG(name));
        stats_add(report, found->interval.upper, "upper.%.*s", TEXT_ARG(name));
        stats_add(report, found->p, "p.%.*s", TEXT_ARG(name));
    }
    stats_add(report, fit.correlation, "alpha");
    stats_add(report, fit.scale, "phi");
    return stats_report_write(report, context, err);
}
