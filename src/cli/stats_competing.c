/* osteon stats cuminc, gray and finegray: causes that compete. */
#include "cli/stats_method.h"
#include "stats/finegray.h"
#include "stats/incidence.h"

enum { COLUMN_TIME, COLUMN_CAUSE, COLUMN_GROUP, COLUMN_STRATA, COLUMN_COVARIATES };

struct competing {
    struct stats_column *columns;
    struct stats_data data;
    uint32_t *causes;   /* 0: censored */
    double *numbers;    /* of the causes, as they stand in the file; 0 is the first */
    size_t cause_count; /* with the censored */
    struct stats_factor groups, strata;
};

/* Causes by rising number: 0 censors, whether it occurs or not. */
static bool read_causes(struct command_context *context, struct competing *all,
                        struct error *err)
{
    const double *given = all->columns[COLUMN_CAUSE].numbers;
    size_t count = all->data.count;
    all->causes = ARENA_ARRAY(context->arena, uint32_t, count + 1);
    all->numbers = ARENA_ARRAY(context->arena, double, STATS_GROUPS_MOST + 1);
    all->cause_count = 1;
    for (;;) {
        double last = all->numbers[all->cause_count - 1], next = INFINITY;
        for (size_t i = 0; i < count; i++)
            next = given[i] > last ? fmin(next, given[i]) : next;
        if (!isfinite(next))
            break;
        if (all->cause_count == 100)
            return error_set(err, ERROR_REFUSED, "there are more than 99 causes");
        for (size_t i = 0; i < count; i++)
            if (!(given[i] < next) && !(given[i] > next))
                all->causes[i] = (uint32_t)all->cause_count;
        all->numbers[all->cause_count++] = next;
    }
    for (size_t i = 0; i < count; i++)
        if (given[i] < 0)
            return error_set(err, ERROR_REFUSED, "a cause is below 0");
    return true;
}

static bool read_factor(struct command_context *context, const struct competing *all,
                        size_t column, struct stats_factor *out, struct error *err)
{
    const struct text *texts = all->columns[column].texts;
    return texts == NULL || stats_make_factor(context, all->columns[column].option,
                                              texts, all->data.count, out, err);
}

static bool read_all(struct command_context *context, bool needs_group,
                     struct competing *all, struct error *err)
{
    *all = (struct competing){0};
    all->columns = ARENA_ARRAY(context->arena, struct stats_column, STATS_COLUMNS_MOST);
    all->columns[COLUMN_TIME] =
        (struct stats_column){.option = "--time", .is_time = true};
    all->columns[COLUMN_CAUSE] = (struct stats_column){.option = "--event"};
    all->columns[COLUMN_GROUP] = (struct stats_column){
        .option = "--group", .is_text = true, .is_optional = !needs_group};
    all->columns[COLUMN_STRATA] = (struct stats_column){
        .option = "--strata", .is_text = true, .is_optional = true};
    all->data =
        (struct stats_data){.columns = all->columns, .column_count = COLUMN_COVARIATES};
    return stats_columns(context, "--covariates", all->columns, &all->data.column_count,
                         err) &&
           stats_read(context, &all->data, err) && read_causes(context, all, err) &&
           read_factor(context, all, COLUMN_GROUP, &all->groups, err) &&
           read_factor(context, all, COLUMN_STRATA, &all->strata, err);
}

static struct stats_report *begin(struct command_context *context, const char *method,
                                  const struct competing *all)
{
    struct stats_report *report = stats_report_new(method, context->arena);
    stats_input(report, "n", (double)all->data.count);
    stats_input(report, "missing", (double)all->data.missing);
    if (all->cause_count == 1)
        stats_add(report, not_estimable("nobody had an event of any cause"), "%s",
                  method);
    return report;
}

static void add_gray(struct stats_report *report, const struct competing *all,
                     double rho, struct arena *arena)
{
    for (uint32_t cause = 1; cause < all->cause_count; cause++) {
        struct gray_test found;
        gray_test(&(struct gray_input){.times = all->columns[COLUMN_TIME].numbers,
                                       .causes = all->causes,
                                       .groups = all->groups.codes,
                                       .strata = all->strata.codes,
                                       .count = all->data.count,
                                       .group_count = all->groups.count,
                                       .stratum_count = all->strata.count,
                                       .cause = cause,
                                       .rho = rho},
                  arena, &found);
        double number = all->numbers[cause];
        stats_add(report, found.chi2, "gray.stat.%.15g", number);
        stats_add(report, found.p, "gray.p.%.15g", number);
        stats_add(report, estimate_of((double)found.degrees), "gray.df.%.15g", number);
    }
}

struct times_wanted {
    const double *at;
    size_t count;
    double level;
};

/* A cause in a group, or in all. */
static void add_curve(struct stats_report *report, const struct competing *all,
                      size_t group, uint32_t cause, const struct times_wanted *wanted,
                      struct arena *arena)
{
    double *times = ARENA_ARRAY(arena, double, all->data.count + 1);
    uint32_t *causes = ARENA_ARRAY(arena, uint32_t, all->data.count + 1);
    struct incidence_input input = {times, causes, 0, cause};
    for (size_t i = 0; i < all->data.count; i++) {
        if (all->groups.count > 0 && all->groups.codes[i] != group)
            continue;
        times[input.count] = all->columns[COLUMN_TIME].numbers[i];
        causes[input.count++] = all->causes[i];
    }
    struct text in = text_format(arena, "%.15g", all->numbers[cause]);
    if (all->groups.count > 0)
        in = text_format(arena, "%.*s_%.*s", TEXT_ARG(all->groups.names[group]),
                         TEXT_ARG(in));
    const struct incidence_curve *curve = incidence_fit(&input, arena);
    ASSERT(curve != NULL); /* the times were looked at */
    for (size_t i = 0; i < wanted->count; i++) {
        struct incidence_at at;
        incidence_at(curve, wanted->at[i], wanted->level, &at);
        struct text name =
            text_format(arena, "%.*s.t%.15g", TEXT_ARG(in), wanted->at[i]);
        stats_add(report, at.incidence, "cif.%.*s", TEXT_ARG(name));
        stats_add(report, at.aalen_variance, "var.%.*s", TEXT_ARG(name));
        stats_add(report, at.jackknife_error, "se_jackknife.%.*s", TEXT_ARG(name));
        stats_add(report, at.interval.lower, "cif.%.*s.lower", TEXT_ARG(name));
        stats_add(report, at.interval.upper, "cif.%.*s.upper", TEXT_ARG(name));
    }
}

bool stats_cuminc(struct command_context *context, struct error *err)
{
    struct competing all;
    struct times_wanted wanted = {0};
    double rho;
    if (!stats_level(context, &wanted.level, err) ||
        !stats_number(context, "--rho", 0, &rho, err) ||
        !stats_numbers(context, "--at", &wanted.at, &wanted.count, err) ||
        !read_all(context, false, &all, err))
        return false;
    struct stats_report *report = begin(context, "cuminc", &all);
    stats_input(report, "level", wanted.level);
    size_t groups = all.groups.count == 0 ? 1 : all.groups.count;
    for (size_t group = 0; group < groups; group++)
        for (uint32_t cause = 1; cause < all.cause_count; cause++)
            add_curve(report, &all, group, cause, &wanted, context->arena);
    if (all.groups.count > 0)
        add_gray(report, &all, rho, context->arena);
    return stats_report_write(report, context, err);
}

bool stats_gray(struct command_context *context, struct error *err)
{
    struct competing all;
    double rho;
    if (!stats_number(context, "--rho", 0, &rho, err) ||
        !read_all(context, true, &all, err))
        return false;
    struct stats_report *report = begin(context, "gray", &all);
    stats_input(report, "rho", rho);
    add_gray(report, &all, rho, context->arena);
    return stats_report_write(report, context, err);
}

/* --- Fine and Gray -------------------------------------------------------------------- */

static bool find_cause(const struct competing *all, double wanted, uint32_t *out,
                       struct error *err)
{
    for (uint32_t cause = 1; cause < all->cause_count; cause++)
        if (!(all->numbers[cause] < wanted) && !(all->numbers[cause] > wanted)) {
            *out = cause;
            return true;
        }
    *out = UINT32_MAX; /* nobody had it */
    return wanted > 0 || error_set(err, ERROR_USAGE, "--cause is a number above 0");
}

static void add_finegray(struct stats_report *report, const struct competing *all,
                         const struct finegray_fit *fit, double level)
{
    double z = normal_reach(level);
    for (size_t k = COLUMN_COVARIATES; k < all->data.column_count; k++) {
        const struct finegray_coefficient *found =
            &fit->coefficients[k - COLUMN_COVARIATES];
        struct text name = all->columns[k].name;
        struct estimate hr = found->value, lower = hr, upper = hr;
        if (is_estimated(found->value)) {
            hr = estimate_of(exp(found->value.value));
            lower = estimate_of(exp(found->value.value - z * found->error.value));
            upper = estimate_of(exp(found->value.value + z * found->error.value));
        }
        stats_add(report, found->value, "coef.%.*s", TEXT_ARG(name));
        stats_add(report, found->error, "se.%.*s", TEXT_ARG(name));
        stats_add(report, hr, "hr.%.*s", TEXT_ARG(name));
        stats_add(report, lower, "hr_lo.%.*s", TEXT_ARG(name));
        stats_add(report, upper, "hr_hi.%.*s", TEXT_ARG(name));
        stats_add(report, found->p, "p.%.*s", TEXT_ARG(name));
    }
    stats_add(report, estimate_of((double)fit->events), "events");
    stats_add(report, fit->loglik_null, "loglik0");
    stats_add(report, fit->loglik, "loglik");
    stats_add(report, fit->likelihood_ratio, "lrt");
}

bool stats_finegray(struct command_context *context, struct error *err)
{
    struct competing all;
    double level, wanted;
    struct finegray_input input = {0};
    if (!command_has(context, "--covariates"))
        return error_set(err, ERROR_USAGE, "--covariates is missing: names of columns");
    if (!stats_level(context, &level, err) ||
        !stats_number(context, "--cause", 1, &wanted, err) ||
        !read_all(context, false, &all, err) ||
        !find_cause(&all, wanted, &input.cause, err))
        return false;
    const double **covariates =
        ARENA_ARRAY(context->arena, const double *, all.data.column_count);
    for (size_t k = COLUMN_COVARIATES; k < all.data.column_count; k++)
        covariates[input.covariate_count++] = all.columns[k].numbers;
    input.times = all.columns[COLUMN_TIME].numbers;
    input.causes = all.causes;
    input.covariates = covariates;
    input.count = all.data.count;
    struct finegray_fit fit;
    finegray_fit(&input, context->arena, &fit);
    struct stats_report *report = begin(context, "finegray", &all);
    stats_input(report, "cause", wanted);
    stats_input(report, "level", level);
    add_finegray(report, &all, &fit, level);
    return stats_report_write(report, context, err);
}
