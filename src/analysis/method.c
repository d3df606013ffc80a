#include "analysis/method.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

// clang-format off
static const struct method methods[] = {
    {"count", "Count", "rows, and those of them for which a truth is yes",
     {{"event", COLUMN_TRUTH, NEEDED}}, method_count},
    {"levels", "Counts of each code", "rows, and how many have each code",
     {{"value", COLUMN_CODE, NEEDED}}, method_levels},
    {"proportion", "Proportion with Wilson and Clopper-Pearson intervals",
     "Wilson 1927; Clopper and Pearson 1934; Brown, Cai, DasGupta 2001",
     {{"event", COLUMN_TRUTH, NEEDED}}, method_proportion},
    {"rate", "Rate over an exposure, exact Poisson interval",
     "Garwood 1936",
     {{"events", COLUMN_NUMBER, NEEDED}, {"exposure", COLUMN_NUMBER, NEEDED}}, method_rate},
    {"survival", "Kaplan-Meier estimate, log-log interval",
     "Kaplan and Meier 1958; Greenwood 1926; Brookmeyer and Crowley 1982",
     {{"time", COLUMN_NUMBER, NEEDED}, {"event", COLUMN_TRUTH, NEEDED}}, method_survival},
    {"follow_up", "Length of follow-up, reverse Kaplan-Meier estimate",
     "Schemper and Smith 1996",
     {{"time", COLUMN_NUMBER, NEEDED}, {"event", COLUMN_TRUTH, NEEDED}}, method_follow_up},
    {"compare_survival", "Log-rank test, Cox model, restricted mean survival time of two groups",
     "Mantel 1966; Cox 1972; Efron 1977; Royston and Parmar 2013",
     {{"time", COLUMN_NUMBER, NEEDED}, {"event", COLUMN_TRUTH, NEEDED}, {"by", COLUMN_TRUTH, NEEDED}}, method_compare_survival},
    {"cox", "Cox proportional hazards model, Efron's ties",
     "Cox 1972; Efron 1977; Grambsch and Therneau 1994",
     {{"time", COLUMN_NUMBER, NEEDED}, {"event", COLUMN_TRUTH, NEEDED}, {"covariates", COLUMN_NUMBER, LISTED}}, method_cox},
    {"incidence", "Cumulative incidence beside a competing event, log-log interval",
     "Aalen and Johansen 1978; Gray 1988",
     {{"time", COLUMN_NUMBER, NEEDED}, {"event", COLUMN_TRUTH, NEEDED}, {"competing", COLUMN_TRUTH, NEEDED}}, method_incidence},
    {"summary", "Mean, deviation, quartiles (type 7), geometric mean",
     "Hyndman and Fan 1996",
     {{"value", COLUMN_NUMBER, NEEDED}, {"worst", COLUMN_TRUTH, OPTIONAL}}, method_summary},
    {"change", "Paired change: t, signed ranks with the Hodges-Lehmann shift",
     "Student 1908; Wilcoxon 1945; Hodges and Lehmann 1963",
     {{"value", COLUMN_NUMBER, NEEDED}}, method_change},
    {"compare", "Two groups: Welch's t, rank sums with the Hodges-Lehmann shift, Hedges' g",
     "Welch 1947; Mann and Whitney 1947; Hodges and Lehmann 1963; Hedges 1981",
     {{"value", COLUMN_NUMBER, NEEDED}, {"by", COLUMN_TRUTH, NEEDED}}, method_compare},
    {"compare_events", "Two groups: differences and ratios of proportions, Fisher's test",
     "Newcombe 1998; Katz 1978; Woolf 1955; Fisher 1935",
     {{"event", COLUMN_TRUTH, NEEDED}, {"by", COLUMN_TRUTH, NEEDED}}, method_compare_events},
    {"pairs", "Two truths of the same rows: McNemar's test",
     "McNemar 1947; Fagerland 2013",
     {{"first", COLUMN_TRUTH, NEEDED}, {"second", COLUMN_TRUTH, NEEDED}}, method_pairs},
    {"agreement", "Agreement of two truths: Cohen's kappa, Gwet's AC1",
     "Cohen 1960; Fleiss, Cohen, Everitt 1969; Gwet 2008",
     {{"first", COLUMN_TRUTH, NEEDED}, {"second", COLUMN_TRUTH, NEEDED}}, method_agreement},
    {"correlation", "Correlation, Pearson and Spearman",
     "Fisher 1921",
     {{"x", COLUMN_NUMBER, NEEDED}, {"y", COLUMN_NUMBER, NEEDED}}, method_correlation},
    {"logistic", "Logistic regression by Firth's penalised likelihood, profile intervals (beyond 5,000 rows maximum likelihood)",
     "Firth 1993; Heinze and Schemper 2002",
     {{"event", COLUMN_TRUTH, NEEDED}, {"covariates", COLUMN_NUMBER, LISTED}}, method_logistic},
    {"clustered", "Generalised estimating equations, exchangeable within clusters, robust errors",
     "Liang and Zeger 1986",
     {{"event", COLUMN_TRUTH, NEEDED}, {"cluster", COLUMN_CODE, OPTIONAL}, {"covariates", COLUMN_NUMBER, LISTED}}, method_clustered},
    {"mixed", "Linear mixed model with a random intercept (REML), Satterthwaite",
     "Laird and Ware 1982; Giesbrecht and Burns 1985",
     {{"value", COLUMN_NUMBER, NEEDED}, {"cluster", COLUMN_CODE, OPTIONAL}, {"covariates", COLUMN_NUMBER, LISTED}}, method_mixed},
    {"repeated", "Mixed model for repeated measures (REML): visit, baseline; Satterthwaite",
     "Mallinckrodt and others 2008; Giesbrecht and Burns 1985",
     {{"value", COLUMN_NUMBER, NEEDED}, {"visit", COLUMN_CODE, NEEDED}, {"baseline", COLUMN_NUMBER, OPTIONAL}}, method_repeated},
    {"icc", "Correlation within clusters of a truth: analysis of variance, latent logistic scale; bootstrap of clusters",
     "Donner 1986; Eldridge, Ukoumunne, Carlin 2009; Efron and Tibshirani 1993",
     {{"event", COLUMN_TRUTH, NEEDED}, {"cluster", COLUMN_CODE, NEEDED}}, method_icc},
    {"missing", "Missing values by variable and reason",
     "counts; a pattern is monotone when what is missing once stays missing",
     {{"of", COLUMN_CODE, LISTED}}, method_missing},
    {"sample_size", "Size of a trial of two proportions, and with clusters",
     "Fleiss, Levin, Paik 2003; Eldridge, Ashby, Kerry 2006",
     {{"event", COLUMN_TRUTH, OPTIONAL}}, method_sample_size},
};
// clang-format on

const struct method *method_at(size_t index)
{
    return index < ARRAY_COUNT(methods) ? &methods[index] : NULL;
}

const struct method *method_find(struct text name)
{
    for (size_t i = 0; i < ARRAY_COUNT(methods); i++)
        if (text_equal(text_of(methods[i].name), name))
            return &methods[i];
    return NULL;
}

const struct column *method_column(const struct method_call *call, const char *argument)
{
    const struct plan_argument *found = plan_argument(call->analysis, argument);
    int32_t at = found == NULL ? -1 : plan_variable(call->dataset->plan, found->text);
    return at < 0 ? NULL : &call->dataset->columns[at];
}

const double *method_numbers(const struct method_call *call, const char *argument,
                             size_t *count)
{
    const struct plan_argument *found = plan_argument(call->analysis, argument);
    *count = found == NULL ? 0 : found->number_count;
    return found == NULL ? NULL : found->numbers;
}

double method_number(const struct method_call *call, const char *argument,
                     double otherwise)
{
    size_t count = 0;
    const double *numbers = method_numbers(call, argument, &count);
    return count == 0 ? otherwise : numbers[0];
}

bool method_says(const struct method_call *call, const char *argument, const char *word)
{
    const struct plan_argument *found = plan_argument(call->analysis, argument);
    return found != NULL && text_equal(found->text, text_of(word));
}

static void give(const struct method_call *call, struct result_value value)
{
    struct result_part *part = call->part;
    part->values =
        ARENA_GROW(call->kept, part->values, part->value_count, &part->value_capacity);
    part->values[part->value_count++] = value;
}

void method_give(const struct method_call *call, struct estimate value,
                 const char *format, ...)
{
    enum { NAME_MOST = 80 };
    char name[NAME_MOST];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(name, sizeof name, format, arguments);
    va_end(arguments);
    give(call, (struct result_value){.operation = text_copy(call->kept, text_of(name)),
                                     .value = value});
}

void method_words(const struct method_call *call, struct plan_words words)
{
    ASSERT(call->part->value_count > 0);
    call->part->values[call->part->value_count - 1].words = words;
}

void method_give_count(const struct method_call *call, size_t count,
                       const char *operation)
{
    give(call,
         (struct result_value){.operation = text_copy(call->kept, text_of(operation)),
                               .value = estimate_of((double)count),
                               .is_count = true});
}

void method_give_series(const struct method_call *call, struct result_series series)
{
    struct result_part *part = call->part;
    part->series = ARENA_GROW(call->kept, part->series, part->series_count,
                              &part->series_capacity);
    struct result_point *points =
        ARENA_ARRAY(call->kept, struct result_point, series.count);
    for (size_t i = 0; i < series.count; i++)
        points[i] = series.points[i];
    series.points = points;
    part->series[part->series_count++] = series;
}

void method_give_interval(const struct method_call *call, struct interval interval,
                          const char *operation)
{
    method_give(call, interval.lower, "%s.lower", operation);
    method_give(call, interval.upper, "%s.upper", operation);
}

void method_give_bounded(const struct method_call *call, struct estimate value,
                         struct interval interval, const char *name)
{
    method_give(call, value, "%s", name);
    method_give_interval(call, interval, name);
}

struct text method_named(const struct method_call *call, const char *prefix,
                         const struct column *column)
{
    return text_format(call->arena, "%s.%.*s", prefix,
                       TEXT_ARG(column->variable->name));
}

struct interval method_wald(struct estimate value, struct estimate error, double level)
{
    if (!is_estimated(value))
        return no_interval(value.reason);
    if (!is_estimated(error))
        return no_interval(error.reason);
    double reach = normal_reach(level) * error.value;
    return interval_of(value.value - reach, value.value + reach);
}

static struct estimate power(struct estimate estimate)
{
    return is_estimated(estimate) ? estimate_of(exp(estimate.value)) : estimate;
}

void method_give_ratio(const struct method_call *call, struct estimate logarithm,
                       struct interval interval, const char *name)
{
    method_give_bounded(call, power(logarithm),
                        (struct interval){power(interval.lower), power(interval.upper)},
                        name);
}
