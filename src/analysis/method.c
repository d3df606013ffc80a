#include "analysis/method.h"

#include <stdarg.h>
#include <stdio.h>

// clang-format off
static const struct method methods[] = {
    {"count", "Count", "rows, and those of them for which a truth is yes",
     {{"event", COLUMN_TRUTH}}, method_count},
    {"proportion", "Proportion with Wilson and Clopper-Pearson intervals",
     "Wilson 1927; Clopper and Pearson 1934; Brown, Cai, DasGupta 2001",
     {{"event", COLUMN_TRUTH}}, method_proportion},
    {"survival", "Kaplan-Meier estimate, log-log interval",
     "Kaplan and Meier 1958; Greenwood 1926; Brookmeyer and Crowley 1982",
     {{"time", COLUMN_NUMBER}, {"event", COLUMN_TRUTH}}, method_survival},
    {"summary", "Mean, deviation, quartiles (type 7), geometric mean",
     "Hyndman and Fan 1996",
     {{"value", COLUMN_NUMBER}}, method_summary},
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

bool method_says(const struct method_call *call, const char *argument, const char *word)
{
    const struct plan_argument *found = plan_argument(call->analysis, argument);
    return found != NULL && text_equal(found->text, text_of(word));
}

static void give(const struct method_call *call, struct result_value value)
{
    struct result_part *part = call->part;
    part->values =
        ARENA_GROW(call->arena, part->values, part->value_count, &part->value_capacity);
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
    give(call,
         (struct result_value){text_copy(call->arena, text_of(name)), value, false});
}

void method_give_count(const struct method_call *call, size_t count,
                       const char *operation)
{
    give(call,
         (struct result_value){text_of(operation), estimate_of((double)count), true});
}

void method_give_series(const struct method_call *call, struct result_series series)
{
    struct result_part *part = call->part;
    part->series = ARENA_GROW(call->arena, part->series, part->series_count,
                              &part->series_capacity);
    part->series[part->series_count++] = series;
}

void method_give_interval(const struct method_call *call, struct interval interval,
                          const char *operation)
{
    method_give(call, interval.lower, "%s.lower", operation);
    method_give(call, interval.upper, "%s.upper", operation);
}
