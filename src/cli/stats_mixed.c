/* osteon stats lmm and mmrm: repeated measures. */
#include "base/number.h"
#include "cli/stats_method.h"
#include "stats/mixed.h"

enum {
    COLUMN_OUTCOME,
    COLUMN_SUBJECT,
    COLUMN_VISIT,
    COLUMN_GROUP,
    COLUMN_SLOPE,
    COLUMN_COVARIATES,
    EFFECTS_MOST = 200
};

struct mixed_data {
    struct arena *arena;
    struct stats_column *columns;
    struct stats_data data;
    size_t by_visit; /* the first column of --by-visit */
    struct stats_factor subjects, visits, groups;
    struct mixed_input input;
    struct text names[EFFECTS_MOST]; /* of the coefficients */
    const double *effects[EFFECTS_MOST];
    size_t effect_count; /* with the intercept, whose column is NULL */
    double *contrasts;
    struct text contrast_names[EFFECTS_MOST];
};

/* --- reading -------------------------------------------------------------------------- */

static void name_columns(struct mixed_data *all, bool is_mmrm)
{
    struct stats_column *columns = all->columns;
    columns[COLUMN_OUTCOME] = (struct stats_column){.option = "--outcome"};
    columns[COLUMN_SUBJECT] =
        (struct stats_column){.option = "--subject", .is_text = true};
    columns[COLUMN_VISIT] = (struct stats_column){
        .option = "--visit", .is_text = true, .is_optional = !is_mmrm};
    columns[COLUMN_GROUP] = (struct stats_column){
        .option = "--group", .is_text = true, .is_optional = true};
    columns[COLUMN_SLOPE] =
        (struct stats_column){.option = "--slope", .is_optional = true};
}

static bool read_factors(struct command_context *context, struct mixed_data *all,
                         struct error *err)
{
    struct stats_factor *const factors[] = {&all->subjects, &all->visits, &all->groups};
    for (size_t i = 0; i < ARRAY_COUNT(factors); i++) {
        const struct stats_column *column = &all->columns[COLUMN_SUBJECT + i];
        if (column->texts != NULL &&
            !stats_make_factor(context, column->option, column->texts, all->data.count,
                               factors[i], err))
            return false;
    }
    return true;
}

static struct mixed_data *read_all(struct command_context *context, bool is_mmrm,
                                   struct error *err)
{
    struct mixed_data *all = ARENA_NEW(context->arena, struct mixed_data);
    all->arena = context->arena;
    all->columns = ARENA_ARRAY(context->arena, struct stats_column, STATS_COLUMNS_MOST);
    all->data =
        (struct stats_data){.columns = all->columns, .column_count = COLUMN_COVARIATES};
    name_columns(all, is_mmrm);
    all->input.is_ml = command_has(context, "--ml");
    if (!stats_level(context, &all->input.level, err) ||
        !stats_columns(context, "--covariates", all->columns, &all->data.column_count,
                       err))
        return NULL;
    all->by_visit = all->data.column_count;
    if (!stats_columns(context, "--by-visit", all->columns, &all->data.column_count,
                       err) ||
        !stats_read(context, &all->data, err) || !read_factors(context, all, err))
        return NULL;
    all->input.outcomes = all->columns[COLUMN_OUTCOME].numbers;
    all->input.subjects = all->subjects.codes;
    all->input.subject_count = all->subjects.count;
    all->input.count = all->data.count;
    return all;
}

/* --- the design ----------------------------------------------------------------------- */

static bool add_effect(struct mixed_data *all, struct text name, const double *numbers,
                       struct error *err)
{
    if (all->effect_count == EFFECTS_MOST)
        return error_set(err, ERROR_REFUSED, "there are more than %d effects",
                         EFFECTS_MOST);
    all->names[all->effect_count] = name;
    all->effects[all->effect_count++] = numbers;
    return true;
}

/* 1 where a factor has the level. */
static double *indicator(const struct mixed_data *all,
                         const struct stats_factor *factor, size_t level)
{
    double *numbers = ARENA_ARRAY(all->arena, double, all->data.count + 1);
    for (size_t i = 0; i < all->data.count; i++)
        numbers[i] = factor->codes[i] == level ? 1 : 0;
    return numbers;
}

static struct text visit_name(struct command_context *context,
                              const struct mixed_data *all, size_t visit)
{
    return text_format(all->arena, "%.*s%.*s",
                       TEXT_ARG(command_option(context, "--visit")),
                       TEXT_ARG(all->visits.names[visit]));
}

/* Itself, and its product with every visit but the first. */
static bool add_by_visit(struct command_context *context, struct mixed_data *all,
                         struct text name, const double *numbers, struct error *err)
{
    if (!add_effect(all, name, numbers, err))
        return false;
    for (size_t visit = 1; visit < all->visits.count; visit++) {
        double *product = indicator(all, &all->visits, visit);
        for (size_t i = 0; i < all->data.count; i++)
            product[i] *= numbers[i];
        struct text with =
            text_format(all->arena, "%.*s:%.*s",
                        TEXT_ARG(visit_name(context, all, visit)), TEXT_ARG(name));
        if (!add_effect(all, with, product, err))
            return false;
    }
    return true;
}

/* A group of 0 and 1 has the name of its column, others that of column and level. */
static struct text group_name(struct command_context *context,
                              const struct mixed_data *all, size_t level)
{
    struct text column = command_option(context, "--group");
    if (all->groups.count == 2 && text_equal(all->groups.names[0], TEXT("0")) &&
        text_equal(all->groups.names[1], TEXT("1")))
        return column;
    return text_format(all->arena, "%.*s%.*s", TEXT_ARG(column),
                       TEXT_ARG(all->groups.names[level]));
}

static bool design(struct command_context *context, struct mixed_data *all,
                   struct error *err)
{
    if (!add_effect(all, TEXT("(Intercept)"), NULL, err))
        return false;
    for (size_t k = COLUMN_COVARIATES; k < all->by_visit; k++)
        if (!add_effect(all, all->columns[k].name, all->columns[k].numbers, err))
            return false;
    for (size_t visit = 1; visit < all->visits.count; visit++)
        if (!add_effect(all, visit_name(context, all, visit),
                        indicator(all, &all->visits, visit), err))
            return false;
    for (size_t k = all->by_visit; k < all->data.column_count; k++)
        if (!add_by_visit(context, all, all->columns[k].name, all->columns[k].numbers,
                          err))
            return false;
    for (size_t level = 1; level < all->groups.count; level++)
        if (!add_by_visit(context, all, group_name(context, all, level),
                          indicator(all, &all->groups, level), err))
            return false;
    all->input.covariates = all->effects + 1;
    all->input.covariate_count = all->effect_count - 1;
    return true;
}

/* --- contrasts ------------------------------------------------------------------------ */

static bool find_effect(const struct mixed_data *all, struct text name, size_t *out)
{
    for (*out = 0; *out < all->effect_count; (*out)++)
        if (text_equal(all->names[*out], name))
            return true;
    return false;
}

/* --contrast "a=1,b=-1": a sum of coefficients. */
static bool read_contrast(struct command_context *context, struct mixed_data *all,
                          struct error *err)
{
    struct text rest = command_option(context, "--contrast");
    size_t at = all->input.contrast_count, k;
    if (text_is_absent(rest))
        return true;
    while (!text_is_absent(rest)) {
        struct text value = text_cut(&rest, ','),
                    name = text_trim(text_cut(&value, '='));
        if (!find_effect(all, name, &k))
            return error_set(err, ERROR_USAGE,
                             "--contrast: there is no coefficient %.*s",
                             TEXT_ARG(name));
        if (text_is_absent(value) ||
            !number_of_text(text_trim(value),
                            &all->contrasts[at * all->effect_count + k]))
            return error_set(err, ERROR_USAGE, "--contrast needs a number for %.*s",
                             TEXT_ARG(name));
    }
    all->contrast_names[all->input.contrast_count++] = TEXT("contrast");
    return true;
}

/* The difference between a group and the first, at each visit. */
static void group_contrasts(struct command_context *context, struct mixed_data *all)
{
    for (size_t level = 1; level < all->groups.count; level++) {
        struct text group = group_name(context, all, level);
        for (size_t visit = 0; visit < all->visits.count; visit++) {
            size_t at = all->input.contrast_count, k;
            if (at + 2 >= EFFECTS_MOST)
                return;
            double *row = all->contrasts + at * all->effect_count;
            struct text with =
                text_format(all->arena, "%.*s:%.*s",
                            TEXT_ARG(visit_name(context, all, visit)), TEXT_ARG(group));
            if (find_effect(all, group, &k))
                row[k] = 1;
            if (visit > 0 && find_effect(all, with, &k))
                row[k] = 1;
            all->contrast_names[all->input.contrast_count++] =
                text_format(all->arena, "effect.%.*s.%.*s", TEXT_ARG(group),
                            TEXT_ARG(all->visits.names[visit]));
        }
    }
}

static bool contrasts(struct command_context *context, struct mixed_data *all,
                      struct error *err)
{
    all->contrasts =
        ARENA_ARRAY(all->arena, double, EFFECTS_MOST *(all->effect_count + 1));
    all->input.contrasts = all->contrasts;
    group_contrasts(context, all);
    return read_contrast(context, all, err);
}

/* --- results -------------------------------------------------------------------------- */

static void add_effect_results(struct stats_report *report,
                               const struct mixed_effect *found, struct text name,
                               bool is_ml)
{
    stats_add(report, found->value, "beta.%.*s", TEXT_ARG(name));
    stats_add(report, found->error, "se.%.*s", TEXT_ARG(name));
    if (is_ml)
        return;
    stats_add(report, found->interval.lower, "lower.%.*s", TEXT_ARG(name));
    stats_add(report, found->interval.upper, "upper.%.*s", TEXT_ARG(name));
    stats_add(report, found->satterthwaite_df, "satterthwaite_df.%.*s", TEXT_ARG(name));
    stats_add(report, found->p, "p.%.*s", TEXT_ARG(name));
    stats_add(report, found->kenward_roger_error, "kr_se.%.*s", TEXT_ARG(name));
    stats_add(report, found->kenward_roger_df, "kr_df.%.*s", TEXT_ARG(name));
    stats_add(report, found->kenward_roger_p, "kr_p.%.*s", TEXT_ARG(name));
}

static void add_contrast_results(struct stats_report *report,
                                 const struct mixed_effect *found, struct text name,
                                 bool is_ml)
{
    stats_add(report, found->value, "%.*s", TEXT_ARG(name));
    stats_add(report, found->error, "%.*s.se", TEXT_ARG(name));
    if (is_ml)
        return;
    stats_add(report, found->interval.lower, "%.*s.lower", TEXT_ARG(name));
    stats_add(report, found->interval.upper, "%.*s.upper", TEXT_ARG(name));
    stats_add(report, found->satterthwaite_df, "%.*s.satterthwaite_df", TEXT_ARG(name));
    stats_add(report, found->p, "%.*s.p", TEXT_ARG(name));
    stats_add(report, found->kenward_roger_error, "%.*s.kr_se", TEXT_ARG(name));
    stats_add(report, found->kenward_roger_df, "%.*s.kr_df", TEXT_ARG(name));
    stats_add(report, found->kenward_roger_p, "%.*s.kr_p", TEXT_ARG(name));
}

static void add_covariance(struct stats_report *report, struct command_context *context,
                           const struct mixed_fit *fit, const struct mixed_data *all)
{
    size_t visits = all->input.visit_count;
    struct text subject = command_option(context, "--subject");
    struct text slope = command_option(context, "--slope");
    if (fit->covariance != NULL)
        for (size_t i = 0; i < visits; i++)
            for (size_t k = i; k < visits; k++)
                stats_add(report, estimate_of(fit->covariance[i * visits + k]),
                          visits < 10 ? "V%zu%zu" : "V%zu_%zu", i + 1, k + 1);
    if (all->input.kind >= MIXED_UNSTRUCTURED)
        return;
    size_t last = fit->parameter_count - 1;
    stats_add(report, fit->parameters[0], "vc.%.*s_(Intercept)_NA", TEXT_ARG(subject));
    if (all->input.kind == MIXED_SLOPE) {
        stats_add(report, fit->parameters[1], "vc.%.*s_(Intercept)_%.*s",
                  TEXT_ARG(subject), TEXT_ARG(slope));
        stats_add(report, fit->parameters[2], "vc.%.*s_%.*s_NA", TEXT_ARG(subject),
                  TEXT_ARG(slope));
    }
    stats_add(report, fit->parameters[last], "vc.Residual_NA_NA");
}

static bool fit_and_write(struct command_context *context, struct mixed_data *all,
                          const char *method, struct error *err)
{
    struct stats_report *report = stats_report_new(method, all->arena);
    struct mixed_fit fit;
    mixed_fit(&all->input, all->arena, &fit);
    stats_input(report, "n", (double)all->data.count);
    stats_input(report, "missing", (double)all->data.missing);
    stats_input(report, "subjects", (double)fit.subjects);
    stats_input(report, "level", all->input.level);
    stats_add(report, fit.loglik, "loglik");
    for (size_t k = 0; k < all->effect_count; k++)
        add_effect_results(report, &fit.coefficients[k], all->names[k],
                           all->input.is_ml);
    for (size_t i = 0; i < all->input.contrast_count; i++)
        add_contrast_results(report, &fit.contrasts[i], all->contrast_names[i],
                             all->input.is_ml);
    add_covariance(report, context, &fit, all);
    return stats_report_write(report, context, err);
}

bool stats_lmm(struct command_context *context, struct error *err)
{
    struct mixed_data *all = read_all(context, false, err);
    if (all == NULL || !design(context, all, err) || !contrasts(context, all, err))
        return false;
    all->input.positions = all->columns[COLUMN_SLOPE].numbers;
    all->input.kind = all->input.positions == NULL ? MIXED_INTERCEPT : MIXED_SLOPE;
    return fit_and_write(context, all, "lmm", err);
}

static bool read_kind(struct command_context *context, enum mixed_kind *out,
                      struct error *err)
{
    static const struct {
        const char *name;
        enum mixed_kind kind;
    } kinds[] = {{"un", MIXED_UNSTRUCTURED},
                 {"ar1", MIXED_AR1},
                 {"cs", MIXED_SYMMETRY},
                 {"toeplitz", MIXED_TOEPLITZ}};
    struct text given = command_option(context, "--covariance");
    *out = MIXED_UNSTRUCTURED;
    for (size_t i = 0; i < ARRAY_COUNT(kinds); i++)
        if (text_is_absent(given) || text_equal(given, text_of(kinds[i].name))) {
            *out = kinds[i].kind;
            return true;
        }
    return error_set(err, ERROR_USAGE, "--covariance is un, ar1, cs or toeplitz");
}

bool stats_mmrm(struct command_context *context, struct error *err)
{
    enum mixed_kind kind;
    if (!read_kind(context, &kind, err))
        return false;
    struct mixed_data *all = read_all(context, true, err);
    if (all == NULL || !design(context, all, err) || !contrasts(context, all, err))
        return false;
    if (all->visits.count > 20)
        return error_set(err, ERROR_REFUSED, "there are more than 20 visits");
    double *positions = ARENA_ARRAY(all->arena, double, all->data.count + 1);
    for (size_t i = 0; i < all->data.count; i++)
        positions[i] = (double)all->visits.codes[i];
    all->input.positions = positions;
    all->input.visit_count = all->visits.count;
    all->input.kind = kind;
    return fit_and_write(context, all, "mmrm", err);
}
