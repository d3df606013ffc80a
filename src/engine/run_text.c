/* Texts, codes and sets of codes. What is no text makes the result empty or unknown. */
#include "base/utf8.h"
#include "engine/function.h"
#include "engine/gs1.h"
#include "engine/run_parts.h"

#include <string.h>

char *run_text_room(struct run *run, size_t len)
{
    if (len > LIMIT_ITEM_TEXT) {
        run_fault(run, FAULT_TEXT_TOO_LONG);
        return NULL;
    }
    char *room = arena_try(run->scratch, len + 1);
    if (room == NULL)
        run_fault(run, FAULT_TEXT_TOO_LONG);
    return room;
}

struct datum run_join(struct run *run, struct datum a, struct datum b)
{
    if (a.kind != DATUM_TEXT || b.kind != DATUM_TEXT)
        return datum_of_kind(DATUM_EMPTY);
    size_t left = (size_t)a.scale, right = (size_t)b.scale;
    char *room = run_text_room(run, left + right);
    if (room == NULL)
        return datum_of_kind(DATUM_EMPTY);
    if (left > 0)
        memcpy(room, a.as.at, left);
    if (right > 0)
        memcpy(room + left, b.as.at, right);
    return datum_text((struct text){.at = room, .len = left + right});
}

/* ---- lists and sets ---- */

struct datum run_in(const struct run *run, struct datum a, int32_t first, int32_t count)
{
    if (a.kind != DATUM_TEXT && a.kind != DATUM_NUMBER)
        return datum_truth(TRUTH_UNKNOWN);
    for (int32_t i = first; i < first + count; i++)
        if (datum_equal(a, run->program->constants[i]))
            return datum_truth(TRUTH_YES);
    return datum_truth(TRUTH_NO);
}

static bool set_has(struct text set, struct text code)
{
    while (!text_is_absent(set) && set.len > 0)
        if (text_equal(text_cut(&set, ' '), code))
            return true;
    return false;
}

struct datum run_has(const struct run *run, int kind, struct datum a, int32_t first,
                     int32_t count)
{
    if (a.kind != DATUM_TEXT)
        return datum_truth(TRUTH_UNKNOWN);
    bool wants_all = kind == HAS_ALL;
    for (int32_t i = first; i < first + count; i++) {
        struct text code = datum_as_text(run->program->constants[i]);
        if (set_has(datum_as_text(a), code) != wants_all)
            return datum_truth(!wants_all);
    }
    return datum_truth(wants_all);
}

static int64_t set_size(struct text set)
{
    int64_t size = 0;
    while (!text_is_absent(set) && set.len > 0) {
        text_cut(&set, ' ');
        size++;
    }
    return size;
}

static bool set_is_only(struct text set, const struct datum *codes, int32_t count)
{
    for (int32_t i = 0; i < count; i++)
        if (codes[i].kind != DATUM_TEXT || !set_has(set, datum_as_text(codes[i])))
            return false;
    return set_size(set) == count;
}

static struct datum order_of(const struct run *run, struct text code, int32_t first)
{
    const struct datum *constants = run->program->constants;
    int64_t count = constants[first].as.coefficient;
    for (int32_t i = 1; i <= count; i++)
        if (text_equal(datum_as_text(constants[first + i]), code))
            return datum_whole(i);
    return datum_of_kind(DATUM_EMPTY);
}

struct datum run_codes_function(const struct run *run, int function, int32_t detail,
                                const struct datum *arguments, int32_t count)
{
    struct datum d = arguments[0];
    if (d.kind != DATUM_TEXT)
        return function == FUNCTION_ONLY ? datum_truth(TRUTH_UNKNOWN)
                                         : datum_of_kind(DATUM_EMPTY);
    if (function == FUNCTION_ORDER)
        return order_of(run, datum_as_text(d), detail);
    if (function == FUNCTION_SIZE)
        return datum_whole(set_size(datum_as_text(d)));
    return datum_truth(set_is_only(datum_as_text(d), arguments + 1, count - 1));
}

/* ---- texts ---- */

static bool contains(struct text t, struct text part)
{
    for (size_t i = 0; i + part.len <= t.len; i++)
        if (text_equal(text_part(t, i, part.len), part))
            return true;
    return false;
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool fits(char pattern, char byte)
{
    switch (pattern) {
    case '9': return byte >= '0' && byte <= '9';
    case 'A': return is_letter(byte);
    case '?': return true;
    default: return pattern == byte;
    }
}

/* "*" stands for any characters: the last one met is tried longer when the rest fails. */
static bool matches(struct text t, struct text pattern)
{
    size_t i = 0, j = 0, star = pattern.len, again = 0;
    while (i < t.len) {
        if (j < pattern.len && pattern.at[j] == '*') {
            star = j++;
            again = i;
        } else if (j < pattern.len && fits(pattern.at[j], t.at[i])) {
            i++;
            j++;
        } else if (star < pattern.len) {
            j = star + 1;
            i = ++again;
        } else {
            return false;
        }
    }
    while (j < pattern.len && pattern.at[j] == '*')
        j++;
    return j == pattern.len;
}

static struct datum with_case(struct run *run, struct text t, bool is_upper)
{
    char *room = run_text_room(run, t.len);
    if (room == NULL)
        return datum_of_kind(DATUM_EMPTY);
    for (size_t i = 0; i < t.len; i++) {
        char byte = t.at[i];
        bool changes = is_letter(byte) && (byte >= 'a') == is_upper;
        room[i] = changes ? (char)(byte ^ 0x20) : byte;
    }
    return datum_text((struct text){.at = room, .len = t.len});
}

static size_t byte_of_character(struct text t, int64_t characters)
{
    size_t i = 0;
    while (i < t.len && characters > 0) {
        i++;
        while (i < t.len && ((unsigned char)t.at[i] & 0xC0U) == 0x80U)
            i++;
        characters--;
    }
    return i;
}

/* Characters count from 1. */
static struct datum substring(struct text t, struct datum from, struct datum count)
{
    if (from.kind != DATUM_NUMBER || count.kind != DATUM_NUMBER || from.scale != 0 ||
        count.scale != 0 || from.as.coefficient < 1 || count.as.coefficient < 0)
        return datum_of_kind(DATUM_EMPTY);
    size_t start = byte_of_character(t, from.as.coefficient - 1);
    struct text rest = text_part(t, start, t.len);
    return datum_text(
        text_part(rest, 0, byte_of_character(rest, count.as.coefficient)));
}

static struct datum number_of(struct text t)
{
    struct decimal number;
    if (decimal_parse(text_trim(t), &number, NULL) != DECIMAL_OK)
        return datum_of_kind(DATUM_EMPTY);
    return datum_number(number);
}

static int32_t two_digits(struct text t, size_t at)
{
    return (t.at[at] - '0') * 10 + t.at[at + 1] - '0';
}

/* YYMMDD; the year within 49 before and 50 after this one; day 00 is the last of the month
 * (General Specifications, sections 3.4.2 and 7.12). */
static struct datum gs1_date(const struct run *run, struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (t.at[i] < '0' || t.at[i] > '9')
            return datum_of_kind(DATUM_EMPTY);
    struct moment now = moment_of_instant(run->world->now, run->world->offset_minutes);
    if (t.len != 6)
        return datum_of_kind(DATUM_EMPTY);
    int32_t year = now.year - now.year % 100 + two_digits(t, 0);
    int32_t ahead = two_digits(t, 0) - now.year % 100;
    year += ahead >= 51 ? -100 : ahead <= -50 ? 100 : 0;
    struct moment date = {.precision = MOMENT_DAY,
                          .year = year,
                          .month = two_digits(t, 2),
                          .day = two_digits(t, 4)};
    if (date.month < 1 || date.month > 12)
        return datum_of_kind(DATUM_EMPTY);
    int64_t first = days_of_civil(year, date.month, 1);
    int32_t after = date.month == 12 ? 1 : date.month + 1;
    int64_t days = days_of_civil(year + (date.month == 12), after, 1) - first;
    if (date.day == 0)
        date.day = (int32_t)days;
    return date.day > days ? datum_of_kind(DATUM_EMPTY)
                           : datum_moment(&date, run->world->offset_minutes);
}

static struct datum optional_text(struct text t)
{
    return text_is_absent(t) ? datum_of_kind(DATUM_EMPTY) : datum_text(t);
}

struct datum run_text_function(struct run *run, int function,
                               const struct datum *arguments)
{
    bool is_truth = function == FUNCTION_CONTAINS || function == FUNCTION_STARTS ||
                    function == FUNCTION_MATCHES;
    bool has_second =
        is_truth || function == FUNCTION_GS1 || function == FUNCTION_GS1_DATE;
    if (arguments[0].kind != DATUM_TEXT ||
        (has_second && arguments[1].kind != DATUM_TEXT))
        return is_truth || function == FUNCTION_GS1_VALID ? datum_truth(TRUTH_UNKNOWN)
                                                          : datum_of_kind(DATUM_EMPTY);
    struct text t = datum_as_text(arguments[0]);
    struct text second = has_second ? datum_as_text(arguments[1]) : (struct text){0};
    switch (function) {
    case FUNCTION_LENGTH: return datum_whole((int64_t)utf8_count(t));
    case FUNCTION_UPPER: return with_case(run, t, true);
    case FUNCTION_LOWER: return with_case(run, t, false);
    case FUNCTION_TRIM: return datum_text(text_trim(t));
    case FUNCTION_CONTAINS: return datum_truth(contains(t, second));
    case FUNCTION_STARTS: return datum_truth(text_starts_with(t, second));
    case FUNCTION_MATCHES: return datum_truth(matches(t, second));
    case FUNCTION_SUBSTRING: return substring(t, arguments[1], arguments[2]);
    case FUNCTION_NUMBER: return number_of(t);
    case FUNCTION_GS1: return optional_text(gs1_element(t, second));
    case FUNCTION_GS1_DATE: return gs1_date(run, gs1_element(t, second));
    default: return datum_truth(gs1_is_valid(t));
    }
}
