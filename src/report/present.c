#include "report/present.h"

#include "report/present_parts.h"

#include "analysis/reason.h"
#include "base/number.h"

#include <math.h>

struct text present_reference(const struct present *call, struct text operation)
{
    return text_format(call->arena, "%.*s/%.*s/%.*s",
                       TEXT_ARG(call->result->analysis->id),
                       TEXT_ARG(call->part->group), TEXT_ARG(operation));
}

/* NULL: there is no such argument, or it names no variable. */
static const struct plan_variable *variable(const struct present *call,
                                            const char *argument)
{
    const struct plan_argument *found = plan_argument(call->result->analysis, argument);
    const struct plan_dataset *dataset = call->result->dataset->plan;
    int32_t at = found == NULL ? -1 : plan_variable(dataset, found->text);
    return at < 0 ? NULL : &dataset->variables[at];
}

struct text present_unit(const struct present *call, const char *argument)
{
    const struct plan_variable *found = variable(call, argument);
    return found == NULL ? (struct text){0} : report_unit(call->language, found->unit);
}

struct spoken_time present_time(const struct present *call, struct text time)
{
    enum { DAY_HOURS = 24, WEEK_HOURS = 168 };
    const struct plan_variable *found = variable(call, "time");
    double hours = 0;
    if (found != NULL && text_equal(found->unit, TEXT("h")) &&
        number_of_text(time, &hours) && hours >= WEEK_HOURS &&
        fmod(hours, DAY_HOURS) == 0)
        return (struct spoken_time){
            text_format(call->arena, "%.15g", hours / DAY_HOURS),
            report_unit(call->language, TEXT("d"))};
    return (struct spoken_time){time, present_unit(call, "time")};
}

void present_halves(const struct present *call, struct line *label)
{
    const struct plan_variable *found = variable(call, "by");
    struct text by =
        found == NULL ? (struct text){0} : plan_say(&found->label, call->language);
    line_words(label, words_fill(call->arena, present_word(call, WORD_HALVES), &by, 1));
}

bool present_has(const struct present *call, const char *operation)
{
    for (size_t i = 0; i < call->part->value_count; i++)
        if (text_equal(call->part->values[i].operation, text_of(operation)))
            return true;
    return false;
}

/* --- not estimable -------------------------------------------------------------------- */

static char note_letter(struct reason_notes *notes, const char *reason)
{
    size_t at = 0;
    while (at < notes->count &&
           !text_equal(text_of(notes->reasons[at]), text_of(reason)))
        at++;
    if (at == notes->count) {
        notes->reasons =
            ARENA_GROW(notes->arena, notes->reasons, notes->count, &notes->capacity);
        notes->reasons[notes->count++] = reason;
    }
    return (char)('a' + at);
}

struct text present_note(const struct reason_notes *notes, size_t at,
                         enum language language)
{
    char letter = (char)('a' + at);
    struct text chinese = reason_chinese(notes->reasons[at]);
    bool is_chinese = language == LANGUAGE_CHINESE && chinese.len > 0;
    struct text values[] = {{&letter, 1},
                            is_chinese ? chinese : text_of(notes->reasons[at])};
    return words_fill(notes->arena, report_word(language, WORD_NOT_ESTIMABLE_NOTE),
                      values, ARRAY_COUNT(values));
}

void present_notes(const struct reason_notes *notes, enum language language,
                   struct table *table)
{
    for (size_t i = 0; i < notes->count; i++)
        line_words(table_note(table), present_note(notes, i, language));
}

/* --- one number ----------------------------------------------------------------------- */

static void put_estimate(const struct present *call, struct line *line,
                         struct estimate value, struct number_form form,
                         const char *operation)
{
    if (is_estimated(value)) {
        line_number(line, value.value, form,
                    present_reference(call, text_of(operation)));
        return;
    }
    line_words(line,
               text_format(call->arena, "%.*s [%c]",
                           TEXT_ARG(report_word(call->language, WORD_NOT_ESTIMABLE)),
                           note_letter(call->notes, value.reason)));
}

void present_number(const struct present *call, struct line *line,
                    const char *operation, struct number_form form)
{
    put_estimate(call, line, result_value(call->part, operation), form, operation);
}

void present_interval(const struct present *call, struct line *line, const char *prefix,
                      struct number_form form)
{
    const char *low = text_format(call->arena, "%s.lower", prefix).at;
    const char *high = text_format(call->arena, "%s.upper", prefix).at;
    if (!present_has(call, low) || !present_has(call, high))
        return;
    struct estimate lower = result_value(call->part, low);
    struct estimate upper = result_value(call->part, high);
    put_estimate(call, line, lower, form, low);
    if (!is_estimated(lower) && !is_estimated(upper))
        return;
    bool is_whole = is_estimated(lower) && is_estimated(upper);
    line_words(line, interval_between(is_whole ? lower.value : -1, call->language));
    put_estimate(call, line, upper, form, high);
}

void present_count(const struct present *call, struct line *line, const char *column,
                   size_t count)
{
    line_number(line, (double)count, (struct number_form){NUMBER_PLAIN, 0},
                present_reference(call, text_of(column)));
}

void present_analysed(const struct present *call, struct line *line)
{
    if (present_has(call, "n"))
        present_number(call, line, "n", (struct number_form){NUMBER_PLAIN, 0});
    else
        present_count(call, line, "rows", call->part->row_count);
}
