#include "model/value.h"

#include "base/datetime.h"
#include "base/limits.h"
#include "base/nearest.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

bool form_key_equal(const struct form_key *a, const struct form_key *b)
{
    return a->participant == b->participant && a->event_repeat == b->event_repeat &&
           a->form_repeat == b->form_repeat && text_equal(a->form, b->form) &&
           text_equal(a->event, b->event);
}

struct form_key form_key_copy(const struct form_key *key, struct arena *arena)
{
    struct form_key copy = *key;
    copy.event = text_copy(arena, key->event);
    copy.form = text_copy(arena, key->form);
    return copy;
}

/* --- why there is no value -------------------------------------------------------- */

// clang-format off
const struct missing_reason_row missing_reasons[] = {
    {MISSING_NOT_DONE,       TEXT_INIT("ND"),  {TEXT_INIT("Not done"), TEXT_INIT("未做")}},
    {MISSING_UNKNOWN,        TEXT_INIT("UNK"), {TEXT_INIT("Unknown"), TEXT_INIT("不详")}},
    {MISSING_NOT_APPLICABLE, TEXT_INIT("NA"),  {TEXT_INIT("Not applicable"), TEXT_INIT("不适用")}},
    {MISSING_REFUSED,        TEXT_INIT("REF"), {TEXT_INIT("Refused"), TEXT_INIT("拒绝")}},
    {MISSING_DEVICE_FAULT,   TEXT_INIT("DEV"), {TEXT_INIT("Device fault"), TEXT_INIT("设备故障")}},
    {MISSING_OTHER,          TEXT_INIT("OTH"), {TEXT_INIT("Other"), TEXT_INIT("其他")}},
    {MISSING_CLEARED,        TEXT_INIT("CLEARED"),
                             {TEXT_INIT("Cleared: entered by mistake"), TEXT_INIT("已清除：误录")}},
};
// clang-format on
const size_t missing_reason_count = ARRAY_COUNT(missing_reasons) - 1;

bool missing_reason_parse(struct text code, enum missing_reason *out)
{
    for (size_t i = 0; i < missing_reason_count; i++)
        if (text_equal(missing_reasons[i].code, code)) {
            *out = missing_reasons[i].reason;
            return true;
        }
    return false;
}

static const struct missing_reason_row *row_of(enum missing_reason reason)
{
    for (size_t i = 0; i < ARRAY_COUNT(missing_reasons); i++)
        if (missing_reasons[i].reason == reason)
            return &missing_reasons[i];
    return NULL;
}

struct text missing_reason_code(enum missing_reason reason)
{
    const struct missing_reason_row *row = row_of(reason);
    if (row == NULL)
        return (struct text){0};
    return row->code;
}

struct label missing_reason_label(enum missing_reason reason)
{
    const struct missing_reason_row *row = row_of(reason);
    if (row == NULL)
        return (struct label){{0}, {0}};
    return row->label;
}

bool answer_equal(const struct answer *a, const struct answer *b)
{
    return a->missing == b->missing && a->is_in_vault == b->is_in_vault &&
           text_is_absent(a->value) == text_is_absent(b->value) &&
           text_equal(a->value, b->value) &&
           text_equal(a->missing_text, b->missing_text);
}

bool answer_is_given(const struct answer *answer)
{
    if (answer->missing != MISSING_NOT)
        return answer->missing != MISSING_CLEARED;
    return answer->is_in_vault || !text_is_absent(answer->value);
}

/* --- what a person typed ---------------------------------------------------------- */

/* Length of the white space at the start: ASCII, U+00A0 and the ideographic U+3000. */
static size_t space_at_start(struct text t)
{
    if (t.len > 0 &&
        (t.at[0] == ' ' || t.at[0] == '\t' || t.at[0] == '\n' || t.at[0] == '\r'))
        return 1;
    if (text_starts_with(t, TEXT("\xc2\xa0")))
        return 2;
    return text_starts_with(t, TEXT("\xe3\x80\x80")) ? 3 : 0;
}

static size_t space_at_end(struct text t)
{
    for (size_t len = 1; len <= 3 && len <= t.len; len++)
        if (space_at_start(text_part(t, t.len - len, len)) == len)
            return len;
    return 0;
}

static struct text trim(struct text t)
{
    size_t space;
    while ((space = space_at_start(t)) > 0)
        t = text_part(t, space, t.len);
    while ((space = space_at_end(t)) > 0)
        t.len -= space;
    return t;
}

/* One value on its way from `raw` to its normal form. */
struct entry {
    const struct item *item;
    struct text raw;
    struct text typed; /* `raw` without white space at the ends */
    struct arena *arena;
};

/* The place in `raw` of byte `at` of the half-width form. Both have the same number of
 * characters, and up to a fault the half-width form is ASCII: a byte a character. */
static size_t place_in_raw(const struct entry *entry, size_t at)
{
    size_t i = (size_t)(entry->typed.at - entry->raw.at);
    for (size_t characters = 0; i < entry->raw.len; i++) {
        bool is_first = ((uint8_t)entry->raw.at[i] & 0xc0) != 0x80;
        if (is_first && characters++ == at)
            break;
    }
    return i;
}

static bool refuse(const struct entry *entry, size_t at, struct error *err,
                   const char *why, const char *hint)
{
    error_set(err, ERROR_REFUSED, "%.*s: %s", TEXT_ARG(entry->item->name), why);
    err->at = at;
    return error_hint(err, "%s", hint);
}

/* --- numbers ---------------------------------------------------------------------- */

static const char *decimal_fault_sentence(enum decimal_fault fault)
{
    switch (fault) {
    case DECIMAL_TOO_MANY_DIGITS:
    case DECIMAL_OVERFLOW: return "a number may have 18 digits at most";
    case DECIMAL_EMPTY:
    case DECIMAL_NOT_A_NUMBER:
    case DECIMAL_OK: break;
    }
    return "not a number";
}

static bool normalise_number(const struct entry *entry, struct text *out,
                             struct error *err)
{
    const struct item *item = entry->item;
    int32_t decimals = item->type == ITEM_INTEGER ? 0 : item->decimals;
    struct text typed = utf8_to_half_width(entry->arena, entry->typed);
    struct decimal number;
    size_t at = 0;
    enum decimal_fault fault = decimal_parse(typed, &number, &at);
    if (fault != DECIMAL_OK)
        return refuse(entry, place_in_raw(entry, at), err,
                      decimal_fault_sentence(fault),
                      decimals == 0 ? "digits only, as in 12"
                                    : "digits and a full stop, as in 12.5");
    if (decimals >= 0 && number.scale > decimals) {
        size_t point = text_find(typed, '.');
        size_t extra = place_in_raw(entry, point + 1 + (size_t)decimals);
        if (decimals == 0)
            return refuse(entry, place_in_raw(entry, point), err,
                          "a whole number is expected", "leave out the decimals");
        error_set(err, ERROR_REFUSED, "%.*s: more than %d digits after the full stop",
                  TEXT_ARG(item->name), (int)decimals);
        err->at = extra;
        return error_hint(err, "at most %d", (int)decimals);
    }
    char printed[DECIMAL_TEXT_SIZE];
    size_t len = decimal_print(number, printed);
    *out = text_copy(entry->arena, (struct text){.at = printed, .len = len});
    return true;
}

/* --- dates ------------------------------------------------------------------------ */

static bool precision_fits(enum item_type type, enum moment_precision precision)
{
    if (type == ITEM_DATE)
        return precision == MOMENT_DAY;
    if (type == ITEM_DATETIME)
        return precision >= MOMENT_MINUTE;
    return type == ITEM_PARTIAL_DATETIME || precision <= MOMENT_DAY;
}

static const char *date_hint(enum item_type type)
{
    if (type == ITEM_DATE)
        return "a day: 2026-03-05";
    if (type == ITEM_DATETIME)
        return "day and time: 2026-03-05T14:07";
    if (type == ITEM_PARTIAL_DATETIME)
        return "as much as is known: 2026, 2026-03, 2026-03-05, 2026-03-05T14:07";
    return "as much as is known: 2026, 2026-03, 2026-03-05";
}

/* "2026/03/05 14:07" as "2026-03-05T14:07", byte for byte, so that places hold. */
static struct text iso_spelling(struct arena *arena, struct text typed)
{
    char *copy = arena_alloc(arena, typed.len);
    for (size_t i = 0; i < typed.len; i++) {
        char byte = typed.at[i];
        copy[i] = byte == '/' ? '-' : byte == ' ' || byte == 't' ? 'T' : byte;
    }
    return (struct text){.at = copy, .len = typed.len};
}

static bool normalise_date(const struct entry *entry, struct text *out,
                           struct error *err)
{
    enum item_type type = entry->item->type;
    struct text typed =
        iso_spelling(entry->arena, utf8_to_half_width(entry->arena, entry->typed));
    struct moment moment;
    size_t at = 0;
    if (!moment_parse(typed, &moment, &at))
        return refuse(entry, place_in_raw(entry, at), err, "not a date that exists",
                      date_hint(type));
    if (!precision_fits(type, moment.precision))
        return refuse(entry, place_in_raw(entry, typed.len), err,
                      moment.precision <= MOMENT_DAY
                          ? "more of the date is needed"
                          : "a date without time is expected",
                      date_hint(type));
    char printed[MOMENT_TEXT_SIZE];
    size_t len = moment_print(&moment, printed);
    *out = text_copy(entry->arena, (struct text){.at = printed, .len = len});
    return true;
}

/* --- times ------------------------------------------------------------------------ */

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* "14", "14:07", "14:07:30": how many parts it has; 0: it is no time of a day. */
static size_t time_parts(struct text typed)
{
    static const int most[] = {23, 59, 59};
    size_t parts = 0;
    for (size_t i = 0; i < typed.len; i += 3) {
        bool is_pair = i + 2 <= typed.len && is_digit(typed.at[i]) &&
                       is_digit(typed.at[i + 1]) &&
                       (i + 2 == typed.len || typed.at[i + 2] == ':');
        if (!is_pair || parts == ARRAY_COUNT(most) ||
            (typed.at[i] - '0') * 10 + typed.at[i + 1] - '0' > most[parts])
            return 0;
        parts++;
    }
    return typed.len % 3 == 2 ? parts : 0;
}

/* ISO 8601 times of a day. A single digit of the hour is taken: "9:30". */
static bool normalise_time(const struct entry *entry, struct text *out,
                           struct error *err)
{
    bool is_partial = entry->item->type == ITEM_PARTIAL_TIME;
    struct text typed = utf8_to_half_width(entry->arena, entry->typed);
    if (text_find(typed, ':') == 1)
        typed = text_format(entry->arena, "0%.*s", TEXT_ARG(typed));
    size_t parts = time_parts(typed);
    if (parts == 0 || (parts == 1 && !is_partial))
        return refuse(entry, place_in_raw(entry, 0), err, "not a time of a day",
                      is_partial ? "as much as is known: 14, 14:07, 14:07:30"
                                 : "hours and minutes: 14:07");
    *out = typed;
    return true;
}

/* --- codes ------------------------------------------------------------------------ */

/* "one of Y, N, U"; a long list is cut behind a whole code. */
static bool hint_codes(const struct codelist *codelist, struct error *err)
{
    char list[120] = "";
    size_t len = 0, i = 0;
    for (; i < codelist->code_count; i++) {
        struct text code = codelist->codes[i].code;
        if (len + code.len + sizeof ", " > sizeof list)
            break;
        len += (size_t)snprintf(list + len, sizeof list - len, "%s%.*s",
                                len == 0 ? "" : ", ", TEXT_ARG(code));
    }
    return error_hint(err, "one of %s%s", list, i < codelist->code_count ? " …" : "");
}

static bool refuse_code(const struct entry *entry, struct text code, struct error *err)
{
    const struct codelist *codelist = entry->item->codelist;
    struct nearest nearest = nearest_to(code);
    for (size_t i = 0; i < codelist->code_count; i++)
        nearest_offer(&nearest, codelist->codes[i].code);
    error_set(err, ERROR_REFUSED, "%.*s: the code list %.*s has no code \"%.*s\"",
              TEXT_ARG(entry->item->name), TEXT_ARG(codelist->oid),
              TEXT_ARG(text_part(code, 0, 40)));
    err->at = (size_t)(code.at - entry->raw.at);
    if (text_is_absent(nearest.best))
        return hint_codes(codelist, err);
    return error_hint(err, "did you mean %.*s?", TEXT_ARG(nearest.best));
}

static bool normalise_single(const struct entry *entry, struct text *out,
                             struct error *err)
{
    if (codelist_code(entry->item->codelist, entry->typed) == NULL)
        return refuse_code(entry, entry->typed, err);
    *out = entry->typed;
    return true;
}

/* A set of codes has one spelling: each once, in the order of the code list. */
static bool normalise_set(const struct entry *entry, struct text *out,
                          struct error *err)
{
    const struct codelist *codelist = entry->item->codelist;
    bool *is_ticked = ARENA_ARRAY(entry->arena, bool, codelist->code_count);
    struct text rest = entry->typed;
    while (!text_is_absent(rest)) {
        struct text piece = text_cut(&rest, ' ');
        if (piece.len == 0)
            continue;
        const struct code *code = codelist_code(codelist, piece);
        if (code == NULL)
            return refuse_code(entry, piece, err);
        is_ticked[code - codelist->codes] = true;
    }
    char *joined = arena_alloc(entry->arena, entry->typed.len);
    size_t len = 0;
    for (size_t i = 0; i < codelist->code_count; i++) {
        if (!is_ticked[i])
            continue;
        struct text code = codelist->codes[i].code;
        if (len > 0)
            joined[len++] = ' ';
        memcpy(joined + len, code.at, code.len);
        len += code.len;
    }
    *out = (struct text){.at = joined, .len = len};
    return true;
}

static bool normalise_coded(const struct entry *entry, struct text *out,
                            struct error *err)
{
    return entry->item->is_multiple ? normalise_set(entry, out, err)
                                    : normalise_single(entry, out, err);
}

/* --- text ------------------------------------------------------------------------- */

static bool normalise_text(const struct entry *entry, struct text *out,
                           struct error *err)
{
    size_t maximum = entry->item->max_length;
    size_t count = utf8_count(entry->typed);
    if (maximum > 0 && count > maximum) {
        error_set(err, ERROR_REFUSED, "%.*s: %zu characters are too many",
                  TEXT_ARG(entry->item->name), count);
        return error_hint(err, "at most %zu", maximum);
    }
    *out = entry->typed;
    return true;
}

static bool (*const normalisers[])(const struct entry *entry, struct text *out,
                                   struct error *err) = {
#define X(type, name, odm, also, form) [ITEM_##type] = normalise_##form,
    ITEM_TYPE_TABLE(X, X)
#undef X
};

bool value_normalise(const struct item *item, struct text raw, struct arena *arena,
                     struct text *out, struct error *err)
{
    struct entry entry = {.item = item, .raw = raw, .typed = trim(raw), .arena = arena};
    size_t at = 0;
    if (raw.len > LIMIT_ITEM_TEXT) {
        error_set(err, ERROR_REFUSED, "%.*s: the text is longer than %d bytes",
                  TEXT_ARG(item->name), (int)LIMIT_ITEM_TEXT);
        return error_hint(err, "shorten it; a text is never cut");
    }
    if (!utf8_is_printable(raw, &at))
        return refuse(&entry, at, err, "a control character, or not UTF-8",
                      "remove the character at this place");
    if (entry.typed.len == 0)
        return refuse(&entry, 0, err, "the value is empty",
                      "give a value, or a reason why there is none");
    return normalisers[item->type](&entry, out, err);
}
