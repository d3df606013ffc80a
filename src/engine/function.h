#ifndef OSTEON_ENGINE_FUNCTION_H
#define OSTEON_ENGINE_FUNCTION_H
/* The functions of the language, one row each: name, arguments, and what they take and
 * give. A new function is a row here, its meaning in engine/run_function.c, and an example
 * in doc/language.md.
 */

/* name, least and most arguments, group */
// clang-format off
#define FUNCTION_TABLE(X)                     \
    X(ROUND,      "round",      2, 2, ROUNDING) \
    X(FLOOR,      "floor",      1, 1, ROUNDING) \
    X(CEILING,    "ceiling",    1, 1, ROUNDING) \
    X(ABS,        "abs",        1, 1, SAME)     \
    X(MIN,        "min",        2, 20, EXTREME) \
    X(MAX,        "max",        2, 20, EXTREME) \
    X(EXP,        "exp",        1, 1, REAL)     \
    X(LN,         "ln",         1, 1, REAL)     \
    X(LOG10,      "log10",      1, 1, REAL)     \
    X(SQRT,       "sqrt",       1, 1, ROOT)     \
    X(POWER,      "power",      2, 2, REAL)     \
    X(PLAIN,      "plain",      1, 1, PLAIN)    \
    X(YEARS,      "years",      2, 2, AGE)      \
    X(MONTHS,     "months",     2, 2, AGE)      \
    X(DATE,       "date",       1, 1, MOMENT)   \
    X(BEGINNING,  "beginning",  1, 1, MOMENT)   \
    X(COMPLETE,   "complete",   1, 1, MOMENT)   \
    X(PRECISION,  "precision",  1, 1, MOMENT)   \
    X(LENGTH,     "length",     1, 1, TEXT)     \
    X(UPPER,      "upper",      1, 1, TEXT)     \
    X(LOWER,      "lower",      1, 1, TEXT)     \
    X(TRIM,       "trim",       1, 1, TEXT)     \
    X(CONTAINS,   "contains",   2, 2, TEXT)     \
    X(STARTS,     "starts",     2, 2, TEXT)     \
    X(MATCHES,    "matches",    2, 2, TEXT)     \
    X(SUBSTRING,  "substring",  3, 3, TEXT)     \
    X(NUMBER,     "number",     1, 1, TEXT)     \
    X(TEXT,       "text",       1, 1, ANY)      \
    X(GS1,        "gs1",        2, 2, TEXT)     \
    X(GS1_DATE,   "gs1_date",   2, 2, TEXT)     \
    X(GS1_VALID,  "gs1_valid",  1, 1, TEXT)     \
    X(SIZE,       "size",       1, 1, CODES)    \
    X(ONLY,       "only",       2, 20, CODES)    \
    X(ORDER,      "order",      1, 1, CODE)     \
    X(SOURCE,     "source",     1, 1, ITEM)     \
    X(AUTHOR,     "author",     1, 1, ITEM)     \
    X(ENTERED,    "entered",    1, 1, ITEM)     \
    X(CHANGES,    "changes",    1, 1, ITEM)     \
    X(FIRST_VALUE, "first_value", 1, 1, ITEM)   \
    X(CHANGE_REASON, "change_reason", 1, 1, ITEM) \
    X(RECEIVED_UNIT, "received_unit", 1, 1, ITEM) \
    X(RECEIVED_LOW, "received_low", 1, 1, ITEM) \
    X(RECEIVED_HIGH, "received_high", 1, 1, ITEM) \
    X(REASON,     "reason",     1, 1, ITEM)     \
    X(STATE,      "state",      1, 1, FORM)     \
    X(SIGNED,     "signed",     1, 1, FORM)     \
    X(OPEN_QUERIES, "open_queries", 1, 2, FORM) \
    X(OPEN_SECOND_CHECKS, "open_second_checks", 1, 1, FORM) \
    X(TARGET,     "target",     1, 1, EVENT)    \
    X(WINDOW_LOW, "window_low", 1, 1, EVENT)    \
    X(WINDOW_HIGH, "window_high", 1, 1, EVENT)
// clang-format on

enum function {
#define X(id, name, least, most, group) FUNCTION_##id,
    FUNCTION_TABLE(X)
#undef X
};

enum function_group {
    GROUP_ROUNDING,
    GROUP_SAME,
    GROUP_EXTREME,
    GROUP_REAL,
    GROUP_ROOT,
    GROUP_PLAIN,
    GROUP_AGE,
    GROUP_MOMENT,
    GROUP_TEXT,
    GROUP_ANY,
    GROUP_CODES,
    GROUP_CODE,
    GROUP_ITEM,
    GROUP_FORM,
    GROUP_EVENT
};

#endif
