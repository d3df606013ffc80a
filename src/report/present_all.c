/* How the numbers of a method without a way of its own are told: each by the words of its
 * operation, its p beside it. */
#include "report/present_parts.h"

static bool ends_with(struct text name, struct text end)
{
    return name.len >= end.len &&
           text_equal(text_part(name, name.len - end.len, end.len), end);
}

static struct text without_end(struct text name, struct text end)
{
    return ends_with(name, end) ? text_part(name, 0, name.len - end.len) : name;
}

static bool has(const struct present *call, struct text operation)
{
    return present_has(call, text_c(call->arena, operation));
}

/* Another number's interval, error, degrees of freedom or p. */
static bool is_companion(const struct present *call, struct text operation)
{
    static const struct text ends[] = {TEXT_INIT(".lower"), TEXT_INIT(".upper"),
                                       TEXT_INIT(".se"), TEXT_INIT(".df")};
    for (size_t i = 0; i < ARRAY_COUNT(ends); i++)
        if (ends_with(operation, ends[i]))
            return true;
    const struct text p = TEXT(".p");
    return text_equal(operation, TEXT("n")) ||
           (ends_with(operation, p) && has(call, without_end(operation, p)));
}

/* A logarithm whose exponential stands beside it is not told. */
static bool is_logarithm(const struct present *call, struct text operation)
{
    return has(call, text_format(call->arena, "%.*s.ratio", TEXT_ARG(operation)));
}

static struct number_form form_of(const struct result_value *value)
{
    const struct operation_words *words = operation_words(value->operation);
    bool is_p = ends_with(value->operation, TEXT(".p"));
    if (value->is_count)
        return form_whole;
    if (is_p)
        return form_p;
    if (words == NULL || words->decimals == DECIMALS_BY_SIZE)
        return (struct number_form){
            NUMBER_PLAIN,
            is_estimated(value->value) ? number_decimals(value->value.value) : 1};
    return (struct number_form){words->kind, words->decimals};
}

/* --- labels --------------------------------------------------------------------------- */

/* What the number is about stands beside it or at one of its companions. */
static struct text about(const struct present *call, struct text operation)
{
    struct text stem = without_end(operation, TEXT(".ratio"));
    for (size_t i = 0; i < call->part->value_count; i++) {
        const struct result_value *value = &call->part->values[i];
        if (value->words.en.len > 0 && text_starts_with(value->operation, stem) &&
            (value->operation.len == stem.len || value->operation.at[stem.len] == '.'))
            return plan_say(&value->words, call->language);
    }
    return (struct text){0};
}

/* "t24": at 24 hours; "icc0.02": with that correlation; a variable; else itself. */
static void put_of(const struct present *call, struct line *label, struct text of)
{
    const struct text icc = TEXT("icc");
    const struct plan_dataset *dataset = call->result->dataset->plan;
    int32_t variable = plan_variable(dataset, of);
    enum report_word which = WORD_OF;
    struct text values[] = {of, {0}};
    if (variable >= 0) {
        values[0] = plan_say(&dataset->variables[variable].label, call->language);
    } else if (of.len > 1 && of.at[0] == 't' && of.at[1] >= '0' && of.at[1] <= '9') {
        which = WORD_AT_TIME;
        struct spoken_time spoken = present_time(call, text_part(of, 1, of.len));
        values[0] = spoken.number;
        values[1] = spoken.unit;
    } else if (text_starts_with(of, icc)) {
        which = WORD_WITH_ICC;
        values[0] = text_part(of, icc.len, of.len);
    }
    line_words(label, words_fill(call->arena, present_word(call, which), values,
                                 ARRAY_COUNT(values)));
}

static void put_label(const struct present *call, struct text operation,
                      struct line *label)
{
    struct text main = without_end(operation, TEXT(".p"));
    bool is_ratio = ends_with(main, TEXT(".ratio"));
    const struct operation_words *words = operation_words(operation);
    struct text said = about(call, main);
    if (words == NULL) {
        line_words(label, said.len > 0 ? said : operation);
        return;
    }
    bool is_whole = strlen(words->stem) == operation.len;
    struct text of = is_whole ? (struct text){0}
                              : operation_of(words, without_end(main, TEXT(".ratio")));
    line_words(label, plan_say(&words->words, call->language));
    if (is_ratio)
        line_words(label, present_word(call, WORD_AS_RATIO));
    if (said.len > 0)
        line_words(label,
                   words_fill(call->arena, present_word(call, WORD_OF), &said, 1));
    else if (of.len > 0)
        put_of(call, label, of);
}

/* --- statements ----------------------------------------------------------------------- */

static void put_p(const struct present *call, struct statement *said, const char *p)
{
    if (p != NULL && present_has_value(call, p))
        present_number(call, &said->p, p, form_p);
}

static void tell(const struct present *call, struct statements *out,
                 const struct result_value *value, const char *p)
{
    struct statement *said = present_next(call, out);
    const char *name = text_c(call->arena, value->operation);
    struct number_form form = form_of(value);
    put_label(call, value->operation, &said->label);
    if (form.kind == NUMBER_P)
        present_number(call, &said->p, name, form);
    else if (form.kind == NUMBER_PERCENT)
        said->estimate = present_percent(call, name);
    else
        present_number(call, &said->estimate, name, form);
    present_interval(call, &said->interval, name, form);
    put_p(call, said, p);
}

void present_told(const struct present *call, struct statements *out,
                  const char *operation, const char *p)
{
    for (size_t i = 0; i < call->part->value_count; i++)
        if (text_equal(call->part->values[i].operation, text_of(operation)))
            tell(call, out, &call->part->values[i], p);
}

/* The p of a ratio that is a mean over its own 1 would test nothing. */
static const char *p_of(const struct present *call, struct text operation)
{
    const struct operation_words *words = operation_words(operation);
    bool is_mean = words != NULL && text_equal(text_of(words->stem), TEXT("mean"));
    struct text main = without_end(operation, TEXT(".ratio"));
    if (main.len < operation.len && is_mean)
        return NULL;
    return text_format(call->arena, "%.*s.p", TEXT_ARG(main)).at;
}

void present_all(const struct present *call, struct statements *out)
{
    for (size_t i = 0; i < call->part->value_count; i++) {
        const struct result_value *value = &call->part->values[i];
        if (is_companion(call, value->operation) ||
            is_logarithm(call, value->operation))
            continue;
        tell(call, out, value, p_of(call, value->operation));
    }
}
