/* The options of statistical methods. */
#include "base/number.h"
#include "cli/stats_method.h"

#include <math.h>

#define COUNT_MOST 1e15 /* all whole numbers up to it are doubles */

static bool not_a_number(const char *option, struct text given, struct error *err)
{
    return error_set(err, ERROR_USAGE, "%s needs a number, not %.*s", option,
                     TEXT_ARG(given));
}

bool stats_number(struct command_context *context, const char *option, double fallback,
                  double *out, struct error *err)
{
    struct text given = command_option(context, option);
    *out = fallback;
    return text_is_absent(given) || number_of_text(given, out) ||
           not_a_number(option, given, err);
}

bool stats_count(struct command_context *context, const char *option, int64_t *out,
                 struct error *err)
{
    struct text given = command_option(context, option);
    if (text_is_absent(given))
        return error_set(err, ERROR_USAGE, "%s is missing", option);
    if (given.len <= 15 && text_to_int64(given, out) && *out >= 0)
        return true;
    return error_set(err, ERROR_USAGE, "%s needs a whole number, not %.*s", option,
                     TEXT_ARG(given));
}

bool stats_numbers(struct command_context *context, const char *option,
                   const double **out, size_t *count, struct error *err)
{
    struct text rest = command_option(context, option);
    *count = 0;
    if (text_is_absent(rest))
        return true;
    double *numbers = ARENA_ARRAY(context->arena, double, rest.len / 2 + 1);
    *out = numbers;
    while (!text_is_absent(rest)) {
        struct text word = text_trim(text_cut(&rest, ','));
        if (!number_of_text(word, &numbers[(*count)++]))
            return not_a_number(option, word, err);
    }
    return true;
}

bool stats_counts(struct command_context *context, const char *option,
                  const int64_t **out, size_t *count, struct error *err)
{
    const double *numbers = NULL;
    if (!stats_numbers(context, option, &numbers, count, err))
        return false;
    int64_t *counts = ARENA_ARRAY(context->arena, int64_t, *count);
    for (size_t i = 0; i < *count; i++) {
        if (!(numbers[i] >= 0 && numbers[i] <= COUNT_MOST) ||
            floor(numbers[i]) < numbers[i])
            return error_set(err, ERROR_USAGE, "%s: %g is no whole number from 0",
                             option, numbers[i]);
        counts[i] = (int64_t)numbers[i];
    }
    *out = counts;
    return true;
}

bool stats_required(struct command_context *context, const char *option, double *out,
                    struct error *err)
{
    if (command_has(context, option))
        return stats_number(context, option, 0, out, err);
    return error_set(err, ERROR_USAGE, "%s is missing", option);
}

bool stats_between(struct command_context *context, const char *option, double low,
                   double high, double *out, struct error *err)
{
    if (!stats_required(context, option, out, err))
        return false;
    if (*out > low && *out < high)
        return true;
    return error_set(err, ERROR_USAGE, "%s must lie between %g and %g", option, low,
                     high);
}

bool stats_choice(struct command_context *context, const char *option,
                  const char *const *names, size_t count, size_t *out,
                  struct error *err)
{
    struct text given = command_option(context, option);
    *out = 0;
    if (text_is_absent(given))
        return true;
    for (; *out < count; (*out)++)
        if (text_equal(given, text_of(names[*out])))
            return true;
    struct text all = text_of(names[0]);
    for (size_t i = 1; i < count; i++)
        all = text_format(context->arena, "%.*s%s%s", TEXT_ARG(all),
                          i + 1 < count ? ", " : " or ", names[i]);
    return error_set(err, ERROR_USAGE, "%s is %.*s", option, TEXT_ARG(all));
}

bool stats_sides(struct command_context *context, bool *is_two_sided, struct error *err)
{
    struct text given = command_option(context, "--sides");
    *is_two_sided = !text_equal(given, TEXT("1"));
    return text_is_absent(given) || !*is_two_sided || text_equal(given, TEXT("2")) ||
           error_set(err, ERROR_USAGE, "--sides is 1 or 2");
}

bool stats_level(struct command_context *context, double *out, struct error *err)
{
    if (!stats_number(context, "--level", 0.95, out, err))
        return false;
    if (*out > 0 && *out < 1)
        return true;
    error_set(err, ERROR_USAGE, "--level must lie between 0 and 1");
    return error_hint(err, "--level 0.95 for 95 %%");
}
