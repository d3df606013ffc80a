#include "engine/gs1.h"

#include "base/attributes.h"

enum { GROUP_SEPARATOR = 0x1D, VARIABLE_LONGEST = 90 };

/* Identifiers whose value has a fixed length need no separator (figure 7.8.5-2). */
static const struct {
    const char *start;
    size_t identifier, value;
} lengths[] = {
    {"00", 2, 18}, {"01", 2, 14}, {"02", 2, 14}, {"03", 2, 14}, {"11", 2, 6},
    {"12", 2, 6},  {"13", 2, 6},  {"15", 2, 6},  {"16", 2, 6},  {"17", 2, 6},
    {"18", 2, 6},  {"19", 2, 6},  {"20", 2, 2},  {"41", 3, 13}, {"31", 4, 6},
    {"32", 4, 6},  {"33", 4, 6},  {"34", 4, 6},  {"35", 4, 6},  {"36", 4, 6},
    {"10", 2, 0},  {"21", 2, 0},  {"22", 2, 0},  {"23", 3, 0},  {"24", 3, 0},
    {"25", 3, 0},  {"30", 2, 0},  {"37", 2, 0},  {"39", 4, 0},  {"40", 3, 0},
    {"42", 3, 0},  {"43", 4, 0},  {"70", 4, 0},  {"71", 3, 0},  {"72", 4, 0},
    {"80", 4, 0},  {"82", 4, 0},  {"90", 2, 0},  {"91", 2, 0},  {"92", 2, 0},
    {"93", 2, 0},  {"94", 2, 0},  {"95", 2, 0},  {"96", 2, 0},  {"97", 2, 0},
    {"98", 2, 0},  {"99", 2, 0},
};

struct element {
    struct text identifier, value;
};

static bool is_digits(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (t.at[i] < '0' || t.at[i] > '9')
            return false;
    return t.len > 0;
}

/* The separator at the start of `t`, in any of its spellings; its length, or 0. */
static size_t separator_len(struct text t)
{
    if (t.len > 0 && t.at[0] == GROUP_SEPARATOR)
        return 1;
    if (text_starts_with(t, TEXT("<GS>")))
        return 4;
    return text_starts_with(t, TEXT("\xE2\x90\x9D")) ? 3 : 0;
}

static size_t find_end(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (t.at[i] == '(' || separator_len(text_part(t, i, t.len)) > 0)
            return i;
    return t.len;
}

/* "(01)…" up to the next parenthesis. */
static bool take_bracketed(struct text *rest, struct element *out)
{
    size_t close = text_find(*rest, ')');
    if (close == rest->len)
        return false;
    out->identifier = text_part(*rest, 1, close - 1);
    struct text behind = text_part(*rest, close + 1, rest->len);
    size_t end = find_end(behind);
    out->value = text_part(behind, 0, end);
    *rest = text_part(behind, end, behind.len);
    return true;
}

static bool take_plain(struct text *rest, struct element *out)
{
    for (size_t i = 0; i < ARRAY_COUNT(lengths); i++) {
        if (!text_starts_with(*rest, text_of(lengths[i].start)))
            continue;
        out->identifier = text_part(*rest, 0, lengths[i].identifier);
        struct text behind = text_part(*rest, lengths[i].identifier, rest->len);
        size_t end = find_end(behind);
        if (lengths[i].value > 0 && end >= lengths[i].value)
            end = lengths[i].value;
        out->value = text_part(behind, 0, end);
        *rest = text_part(behind, end, behind.len);
        return lengths[i].value == 0 || out->value.len == lengths[i].value;
    }
    return false;
}

static bool take_element(struct text *rest, struct element *out)
{
    bool is_ok = rest->at[0] == '(' ? take_bracketed(rest, out) : take_plain(rest, out);
    *rest = text_part(*rest, separator_len(*rest), rest->len);
    return is_ok && is_digits(out->identifier) && out->identifier.len >= 2 &&
           out->identifier.len <= 4 && out->value.len > 0 &&
           out->value.len <= VARIABLE_LONGEST;
}

struct text gs1_element(struct text t, struct text identifier)
{
    struct text rest = text_trim(t), found = {0};
    if (text_starts_with(rest, TEXT("]")))
        rest = text_part(rest, 3, rest.len);
    rest = text_part(rest, separator_len(rest), rest.len);
    while (rest.len > 0) {
        struct element element = {0};
        if (!take_element(&rest, &element))
            return (struct text){0};
        if (text_is_absent(found) && text_equal(element.identifier, identifier))
            found = element.value;
    }
    return found;
}

/* Weights 3 and 1 from the left of 14 digits make a multiple of ten. */
bool gs1_is_valid(struct text t)
{
    struct text gtin = gs1_element(t, TEXT("01"));
    if (gtin.len != 14 || !is_digits(gtin))
        return false;
    int sum = 0;
    for (size_t i = 0; i < gtin.len; i++)
        sum += (gtin.at[i] - '0') * (i % 2 == 0 ? 3 : 1);
    return sum % 10 == 0;
}
