/* Which way the numbers of a method are told. */
#include "report/present_parts.h"

#include <math.h>

// clang-format off
static const struct {
    struct text method;
    present_function *present;
} methods[] = {
    {TEXT_INIT("count"), present_counts},
    {TEXT_INIT("levels"), present_levels},
    {TEXT_INIT("proportion"), present_proportion},
    {TEXT_INIT("survival"), present_survival},
    {TEXT_INIT("incidence"), present_incidence},
    {TEXT_INIT("rate"), present_rate},
    {TEXT_INIT("compare_events"), present_compare_events},
    {TEXT_INIT("compare_survival"), present_compare_events},
    {TEXT_INIT("summary"), present_summary},
    {TEXT_INIT("change"), present_change},
    {TEXT_INIT("compare"), present_compare},
};
// clang-format on

void present_part(const struct present *call, struct statements *out)
{
    *out = (struct statements){.list = NULL};
    for (size_t i = 0; i < ARRAY_COUNT(methods); i++)
        if (text_equal(call->result->analysis->method, methods[i].method)) {
            methods[i].present(call, out);
            return;
        }
    present_all(call, out);
}

/* --- what the ways share -------------------------------------------------------------- */

struct statement *present_next(const struct present *call, struct statements *out)
{
    out->list = ARENA_GROW(call->arena, out->list, out->count, &out->capacity);
    struct statement *statement = &out->list[out->count++];
    *statement = (struct statement){.label = {.arena = call->arena},
                                    .estimate = {.arena = call->arena},
                                    .interval = {.arena = call->arena},
                                    .p = {.arena = call->arena}};
    return statement;
}

struct text present_word(const struct present *call, enum report_word which)
{
    return report_word(call->language, which);
}

bool present_has_value(const struct present *call, const char *operation)
{
    return present_has(call, operation) &&
           is_estimated(result_value(call->part, operation));
}

struct line present_line(const struct present *call, const char *operation,
                         struct number_form form)
{
    struct line line = {.arena = call->arena};
    present_number(call, &line, operation, form);
    return line;
}

struct line present_percent(const struct present *call, const char *operation)
{
    struct line value = present_line(call, operation, form_percent);
    struct line line = {.arena = call->arena};
    if (!present_has_value(call, operation))
        return value;
    line_fill(&line, present_word(call, WORD_PERCENT), &value, 1);
    return line;
}

struct number_form present_form(const struct present *call,
                                const char *const *operations, size_t count)
{
    double largest = 0;
    for (size_t i = 0; i < count; i++) {
        struct estimate value = result_value(call->part, operations[i]);
        if (is_estimated(value))
            largest = fmax(largest, fabs(value.value));
    }
    return (struct number_form){NUMBER_PLAIN, number_decimals(largest)};
}
