/* Numbers with comparators, and reference ranges, as laboratories write them. */
#include "formats/hl7_result.h"

/* Longer ones first. */
static const struct {
    struct text spelling, comparator;
} comparators[] = {
    {TEXT_INIT("<="), TEXT_INIT("<=")}, {TEXT_INIT(">="), TEXT_INIT(">=")},
    {TEXT_INIT("≤"), TEXT_INIT("<=")},  {TEXT_INIT("≥"), TEXT_INIT(">=")},
    {TEXT_INIT("＜"), TEXT_INIT("<")},  {TEXT_INIT("＞"), TEXT_INIT(">")},
    {TEXT_INIT("<"), TEXT_INIT("<")},   {TEXT_INIT(">"), TEXT_INIT(">")},
};

/* Absent: none. Moves `rest` behind it. */
static struct text take_comparator(struct text *rest)
{
    for (size_t i = 0; i < ARRAY_COUNT(comparators); i++)
        if (text_starts_with(*rest, comparators[i].spelling)) {
            *rest = text_trim(text_part(*rest, comparators[i].spelling.len, rest->len));
            return comparators[i].comparator;
        }
    return (struct text){0};
}

static bool is_number(struct text t, struct decimal *out)
{
    return decimal_parse(t, out, NULL) == DECIMAL_OK;
}

struct hl7_answer hl7_answer_of(struct text t)
{
    struct hl7_answer answer = {.text = t};
    struct text rest = text_trim(t);
    answer.comparator = take_comparator(&rest);
    answer.is_number = rest.len > 0 && is_number(rest, &answer.number);
    if (!answer.is_number)
        answer.comparator = (struct text){0};
    return answer;
}

/* The place of the sign between two numbers: not one that begins the first. 0: none. */
static size_t find_dash(struct text t, size_t *len)
{
    static const struct text dashes[] = {TEXT_INIT("-"), TEXT_INIT("–"), TEXT_INIT("—"),
                                         TEXT_INIT("~"), TEXT_INIT("～")};
    for (size_t at = 1; at < t.len; at++)
        for (size_t i = 0; i < ARRAY_COUNT(dashes); i++)
            if (text_starts_with(text_part(t, at, t.len), dashes[i])) {
                *len = dashes[i].len;
                return at;
            }
    return 0;
}

struct hl7_range hl7_range_of(struct text t)
{
    struct hl7_range range = {.text = t};
    struct text rest = text_trim(t);
    if (rest.len > 1 && rest.at[0] == '(' && rest.at[rest.len - 1] == ')')
        rest = text_trim(text_part(rest, 1, rest.len - 2));
    struct text comparator = take_comparator(&rest);
    if (!text_is_absent(comparator)) {
        bool is_low = comparator.at[0] == '>';
        struct decimal limit;
        if (!is_number(rest, &limit))
            return range;
        *(is_low ? &range.low : &range.high) = limit;
        *(is_low ? &range.has_low : &range.has_high) = true;
        return range;
    }
    size_t len = 0, at = find_dash(rest, &len);
    struct text low = text_trim(text_part(rest, 0, at));
    struct text high = text_trim(text_part(rest, at + len, rest.len));
    if (at == 0 || !is_number(low, &range.low))
        return range;
    bool is_range =
        is_number(high, &range.high) && decimal_compare(range.low, range.high) <= 0;
    /* "0.5--1.2": no range ends below its beginning, so both signs are one. */
    if (!is_range && text_starts_with(high, TEXT("-")))
        is_range = is_number(text_part(high, 1, high.len), &range.high) &&
                   decimal_compare(range.low, range.high) <= 0;
    range.has_low = range.has_high = is_range;
    return range;
}
