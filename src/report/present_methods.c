/* How the numbers of each method are told: a row in the table and a function for each. */
#include "report/operation_words.h"
#include "report/present.h"

#include <stdio.h>
#include <stdlib.h>

static const struct number_form whole = {NUMBER_PLAIN, 0};
static const struct number_form percent = {NUMBER_PERCENT, 1};

static struct statement *next(const struct present *call, struct statements *out)
{
    ASSERT(out->count < STATEMENTS_MOST);
    struct statement *statement = &out->list[out->count++];
    *statement = (struct statement){.label = {.arena = call->arena},
                                    .estimate = {.arena = call->arena},
                                    .interval = {.arena = call->arena}};
    return statement;
}

static struct text word(const struct present *call, enum report_word which)
{
    return report_word(call->language, which);
}

static struct line number(const struct present *call, const char *operation,
                          struct number_form form)
{
    struct line line = {.arena = call->arena};
    present_number(call, &line, operation, form);
    return line;
}

static bool has_value(const struct present *call, const char *operation)
{
    return present_has(call, operation) &&
           is_estimated(result_value(call->part, operation));
}

static struct text level(const struct present *call)
{
    enum { HUNDRED = 100 };
    return text_format(call->arena, "%.15g", HUNDRED * call->plan->level);
}

/* --- counts and proportions ----------------------------------------------------------- */

/* At no event; the interval of a zero is half of a two-sided one. */
static void upper_bound(const struct present *call, struct statements *out)
{
    static const char operation[] = "clopper_pearson.upper_one_sided";
    if (!has_value(call, operation))
        return;
    struct statement *said = next(call, out);
    struct text of = level(call);
    line_words(&said->label,
               words_fill(call->arena, word(call, WORD_UPPER_ONE_SIDED), &of, 1));
    struct line value = number(call, operation, percent);
    line_fill(&said->estimate, word(call, WORD_PERCENT), &value, 1);
}

static void bound(const struct present *call, struct statements *out,
                  const char *operation, enum report_word label)
{
    if (!present_has(call, operation))
        return;
    struct statement *said = next(call, out);
    line_words(&said->label, word(call, label));
    struct line value = number(call, operation, percent);
    line_fill(&said->estimate, word(call, WORD_PERCENT), &value, 1);
    present_interval(call, &said->interval, operation, percent);
}

static void present_proportion(const struct present *call, struct statements *out)
{
    struct statement *said = next(call, out);
    const struct line values[] = {number(call, "events", whole), number(call, "n", whole),
                                  number(call, "estimate", percent)};
    bool is_told = has_value(call, "estimate");
    line_fill(&said->estimate, word(call, is_told ? WORD_EVENTS_OF : WORD_EVENTS_PLAIN),
              values, ARRAY_COUNT(values));
    present_interval(call, &said->interval, "wilson", percent);
    struct line exact = {.arena = call->arena};
    present_interval(call, &exact, "clopper_pearson", percent);
    if (is_told && !line_is_empty(&exact)) {
        line_words(&said->interval, TEXT("\n"));
        line_fill(&said->interval, word(call, WORD_EXACT), &exact, 1);
    }
    bound(call, out, "complete_case", WORD_COMPLETE_CASE);
    bound(call, out, "best_case", WORD_BEST_CASE);
    upper_bound(call, out);
}

static void present_counts(const struct present *call, struct statements *out)
{
    const struct line values[] = {number(call, "events", whole), number(call, "n", whole)};
    bool is_all = result_value(call->part, "events").value ==
                  result_value(call->part, "n").value;
    line_fill(&next(call, out)->estimate,
              is_all ? TEXT("{1}") : word(call, WORD_EVENTS_PLAIN), values,
              ARRAY_COUNT(values));
}

/* --- survival ------------------------------------------------------------------------- */

static void at_times(const struct present *call, struct statements *out)
{
    enum { NAME_MOST = 100 };
    for (size_t i = 0; i < call->part->value_count; i++) {
        struct text operation = call->part->values[i].operation;
        struct text time = text_part(operation, sizeof "surv.t" - 1, operation.len);
        if (!text_starts_with(operation, TEXT("surv.t")) ||
            text_find(time, '.') < time.len)
            continue;
        char risk[NAME_MOST];
        snprintf(risk, sizeof risk, "nrisk.t%.*s", TEXT_ARG(time));
        const char *name = text_c(call->arena, operation);
        struct statement *said = next(call, out);
        struct line labels[] = {{.arena = call->arena},
                                {.arena = call->arena},
                                number(call, risk, whole)};
        line_words(&labels[0], time);
        line_words(&labels[1], present_unit(call, "time"));
        line_fill(&said->label, word(call, WORD_AT), labels, ARRAY_COUNT(labels));
        struct line value = number(call, name, percent);
        line_fill(&said->estimate, word(call, WORD_PERCENT), &value, 1);
        present_interval(call, &said->interval, name, percent);
    }
}

static void present_survival(const struct present *call, struct statements *out)
{
    struct statement *said = next(call, out);
    line_words(&said->label, word(call, WORD_FOLLOWED));
    const struct line values[] = {number(call, "events", whole), number(call, "n", whole)};
    line_fill(&said->estimate, word(call, WORD_EVENTS_PLAIN), values,
              ARRAY_COUNT(values));
    at_times(call, out);
    said = next(call, out);
    struct estimate median = result_value(call->part, "q50");
    struct number_form form = {
        NUMBER_PLAIN, is_estimated(median) ? number_decimals(median.value) : 1};
    line_words(&said->label, word(call, WORD_MEDIAN_TIME));
    present_number(call, &said->estimate, "q50", form);
    if (is_estimated(median))
        line_words(&said->estimate, text_format(call->arena, " %.*s",
                                                TEXT_ARG(present_unit(call, "time"))));
    present_interval(call, &said->interval, "q50", form);
    if (!has_value(call, "rmst"))
        return;
    said = next(call, out);
    struct line mean = number(call, "rmst", (struct number_form){NUMBER_PLAIN, 1});
    line_words(&said->label, word(call, WORD_RESTRICTED_MEAN));
    line_fill(&said->estimate, TEXT("{1} "), &mean, 1);
    line_words(&said->estimate, present_unit(call, "time"));
}

/* --- summaries ------------------------------------------------------------------------ */

static struct number_form summary_form(const struct present *call)
{
    static const char *const sizes[] = {"mean", "sd", "q25", "median", "q75"};
    double largest = 0;
    for (size_t i = 0; i < ARRAY_COUNT(sizes); i++) {
        struct estimate value = result_value(call->part, sizes[i]);
        if (is_estimated(value) && fabs(value.value) > largest)
            largest = fabs(value.value);
    }
    return (struct number_form){NUMBER_PLAIN, number_decimals(largest)};
}

static void median(const struct present *call, struct number_form form,
                   struct line *line)
{
    struct line values[] = {number(call, "median", form), number(call, "q25", form),
                            {.arena = call->arena}, number(call, "q75", form)};
    struct estimate low = result_value(call->part, "q25");
    line_words(&values[2], interval_between(is_estimated(low) ? low.value : 0,
                                            call->language));
    line_fill(line, word(call, WORD_MEDIAN_QUARTILES), values, ARRAY_COUNT(values));
}

/* Where the plan asks for them. */
static void logarithms(const struct present *call, struct statements *out)
{
    const struct number_form form = {NUMBER_PLAIN, 2};
    if (!has_value(call, "log.mean"))
        return;
    struct statement *said = next(call, out);
    const struct line values[] = {number(call, "log.mean", form),
                                  number(call, "log.sd", form)};
    line_words(&said->label, word(call, WORD_LOGARITHMS));
    line_fill(&said->estimate, word(call, WORD_MEAN_SD), values, ARRAY_COUNT(values));
}

static void present_summary(const struct present *call, struct statements *out)
{
    struct statement *said = next(call, out);
    struct number_form form = summary_form(call);
    if (!present_has(call, "mean")) { /* of ranks */
        median(call, form, &said->estimate);
        return;
    }
    if (!has_value(call, "mean")) {
        present_number(call, &said->estimate, "mean", form);
        return;
    }
    const struct line mean[] = {number(call, "mean", form), number(call, "sd", form)};
    line_fill(&said->estimate, word(call, WORD_MEAN_SD), mean, ARRAY_COUNT(mean));
    present_interval(call, &said->interval, "mean", form);
    line_words(&said->estimate, TEXT("\n"));
    median(call, form, &said->estimate);
    bool is_description = call->result->analysis->purpose == PURPOSE_DESCRIPTIVE;
    if (is_description || !has_value(call, "geomean"))
        return;
    struct line value = number(call, "geomean", form);
    line_words(&said->estimate, TEXT("\n"));
    line_fill(&said->estimate, word(call, WORD_GEOMETRIC), &value, 1);
    line_words(&said->interval, TEXT("\n\n")); /* beside it: the median has none */
    present_interval(call, &said->interval, "geomean", form);
    logarithms(call, out);
}

/* --- any other ------------------------------------------------------------------------ */

static bool ends_with(struct text name, struct text end)
{
    return name.len >= end.len &&
           text_equal(text_part(name, name.len - end.len, end.len), end);
}

static bool is_companion(const struct present *call, struct text operation)
{
    static const struct text ends[] = {TEXT_INIT(".lower"), TEXT_INIT(".upper"),
                                       TEXT_INIT(".se"), TEXT_INIT(".df")};
    for (size_t i = 0; i < ARRAY_COUNT(ends); i++)
        if (ends_with(operation, ends[i]))
            return true;
    const struct text p = TEXT(".p");
    struct text main = text_part(operation, 0, operation.len - p.len);
    return text_equal(operation, TEXT("n")) ||
           (ends_with(operation, p) && present_has(call, text_c(call->arena, main)));
}

static struct number_form form_of(const struct result_value *value)
{
    const struct operation_words *words = operation_words(value->operation);
    if (value->is_count)
        return whole;
    if (words == NULL || words->decimals == DECIMALS_BY_SIZE)
        return (struct number_form){NUMBER_PLAIN, number_decimals(value->value.value)};
    return (struct number_form){words->kind, words->decimals};
}

/* What the number is about stands beside it or at one of its companions. */
static struct text about(const struct present *call, struct text operation)
{
    for (size_t i = 0; i < call->part->value_count; i++) {
        const struct result_value *value = &call->part->values[i];
        if (value->words.en.len > 0 && text_starts_with(value->operation, operation) &&
            (value->operation.len == operation.len ||
             value->operation.at[operation.len] == '.'))
            return plan_say(&value->words, call->language);
    }
    return (struct text){0};
}

/* "t24": at 24 hours; "icc0.02": with that correlation; else itself. */
static void put_of(const struct present *call, struct line *label, struct text of)
{
    const struct text icc = TEXT("icc");
    enum report_word which = WORD_OF;
    struct text values[] = {of, present_unit(call, "time")};
    if (of.len > 1 && of.at[0] == 't' && of.at[1] >= '0' && of.at[1] <= '9') {
        which = WORD_AT_TIME;
        values[0] = text_part(of, 1, of.len);
    } else if (text_starts_with(of, icc)) {
        which = WORD_WITH_ICC;
        values[0] = text_part(of, icc.len, of.len);
    }
    line_words(label,
               words_fill(call->arena, word(call, which), values, ARRAY_COUNT(values)));
}

static void put_label(const struct present *call, const struct result_value *value,
                      struct line *label)
{
    const struct operation_words *words = operation_words(value->operation);
    struct text said = about(call, value->operation);
    if (words == NULL) {
        line_words(label, said.len > 0 ? said : value->operation);
        return;
    }
    struct text of = operation_of(words, value->operation);
    line_words(label, plan_say(&words->words, call->language));
    if (said.len > 0)
        line_words(label, words_fill(call->arena, word(call, WORD_OF), &said, 1));
    else if (of.len > 0)
        put_of(call, label, of);
}

static void put_sign(const struct present *call, struct number_form form,
                     struct line *estimate)
{
    if (form.kind != NUMBER_PERCENT)
        return;
    struct line bare = *estimate;
    *estimate = (struct line){.arena = call->arena};
    line_fill(estimate, word(call, WORD_PERCENT), &bare, 1);
}

static void present_all(const struct present *call, struct statements *out)
{
    for (size_t i = 0; i < call->part->value_count; i++) {
        const struct result_value *value = &call->part->values[i];
        if (is_companion(call, value->operation))
            continue;
        struct statement *said = next(call, out);
        const char *name = text_c(call->arena, value->operation);
        const char *p = text_format(call->arena, "%s.p", name).at;
        struct number_form form = form_of(value);
        put_label(call, value, &said->label);
        present_number(call, &said->estimate, name, form);
        if (is_estimated(value->value))
            put_sign(call, form, &said->estimate);
        present_interval(call, &said->interval, name, form);
        if (!has_value(call, p))
            continue;
        struct line value_p = number(call, p, (struct number_form){NUMBER_P, 3});
        line_words(&said->interval, TEXT("\n"));
        line_fill(&said->interval, word(call, WORD_P), &value_p, 1);
    }
}

/* --- codes ------------------------------------------------------------------------------ */

/* "16 (30.8 %)" for each. */
static void present_levels(const struct present *call, struct statements *out)
{
    const struct text events = TEXT("events.");
    for (size_t i = 0; i < call->part->value_count; i++) {
        struct text operation = call->part->values[i].operation;
        if (!text_starts_with(operation, events))
            continue;
        struct text code = text_part(operation, events.len, operation.len);
        struct text said = about(call, operation);
        struct statement *statement = next(call, out);
        const char *share = text_format(call->arena, "share.%.*s", TEXT_ARG(code)).at;
        const struct line values[] = {number(call, text_c(call->arena, operation), whole),
                                      number(call, share, percent)};
        line_words(&statement->label, said.len > 0 ? said : code);
        line_fill(&statement->estimate, word(call, WORD_COUNT_SHARE), values,
                  ARRAY_COUNT(values));
    }
}

// clang-format off
static const struct {
    struct text method;
    void (*present)(const struct present *call, struct statements *out);
} methods[] = {
    {TEXT_INIT("count"), present_counts},
    {TEXT_INIT("levels"), present_levels},
    {TEXT_INIT("proportion"), present_proportion},
    {TEXT_INIT("survival"), present_survival},
    {TEXT_INIT("summary"), present_summary},
};
// clang-format on

void present_part(const struct present *call, struct statements *out)
{
    out->count = 0;
    for (size_t i = 0; i < ARRAY_COUNT(methods); i++)
        if (text_equal(call->result->analysis->method, methods[i].method)) {
            methods[i].present(call, out);
            return;
        }
    present_all(call, out);
}
