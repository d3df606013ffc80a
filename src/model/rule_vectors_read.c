/* The text of a file of examples. */
#include "model/rule_vectors.h"

#include "base/buffer.h"

#include <string.h>

enum { CELLS = 64, WITHS = 48, VECTORS = 20000 };

struct reading {
    struct arena *arena;
    struct rule_vector *vectors;
    size_t count;
    struct rule_vector current; /* what all following examples share */
    struct vector_cell withs[WITHS];
    size_t with_count;
    struct text columns[CELLS];
    size_t column_count;
    size_t line;
};

static bool refuse(const struct reading *reading, const char *what, struct error *err)
{
    error_set(err, ERROR_REFUSED, "%s", what);
    return error_where(err, 0, "%zu", reading->line);
}

/* The next word; one that begins with a quote goes on to the closing one. */
static struct text next_word(struct text *rest)
{
    *rest = text_trim(*rest);
    size_t len = 0;
    bool is_quoted = rest->len > 0 && rest->at[0] == '\'';
    while (len < rest->len &&
           (is_quoted ? len < 1 || rest->at[len] != '\'' : rest->at[len] != ' '))
        len++;
    if (is_quoted && len < rest->len)
        len++;
    struct text word = text_part(*rest, 0, len);
    *rest = text_part(*rest, len, rest->len - len);
    return word;
}

/* Up to "->"; `rest` is what stands behind it, absent when there is none. */
static struct text before_arrow(struct text *rest)
{
    struct text line = *rest;
    for (size_t i = 0; i + 1 < line.len; i++)
        if (line.at[i] == '-' && line.at[i + 1] == '>') {
            *rest = text_trim(text_part(line, i + 2, line.len - i - 2));
            return text_part(line, 0, i);
        }
    *rest = (struct text){0};
    return line;
}

static bool take_with(struct reading *reading, struct text rest, struct error *err)
{
    struct text name = text_trim(text_cut(&rest, '='));
    struct text value = text_trim(rest);
    if (name.len == 0 || value.len == 0)
        return refuse(reading, "write: with ITEM = VALUE", err);
    for (size_t i = 0; i < reading->with_count; i++)
        if (text_equal(reading->withs[i].name, name)) {
            reading->withs[i].value = value;
            return true;
        }
    if (reading->with_count == WITHS)
        return refuse(reading, "too many lines with", err);
    reading->withs[reading->with_count++] =
        (struct vector_cell){.name = name, .value = value};
    return true;
}

static bool take_place(struct reading *reading, struct text rest, struct error *err)
{
    struct rule_vector *to = &reading->current;
    while (text_trim(rest).len > 0) {
        struct text word = next_word(&rest);
        struct text value = next_word(&rest);
        int64_t number = 0;
        if (text_equal(word, TEXT("at"))) {
            to->event = value;
            continue;
        }
        if (!text_to_int64(value, &number) || number < 1 || number > 1000)
            return refuse(reading, "write: place row 2 at H1 copy 1 time 1", err);
        if (text_equal(word, TEXT("row")))
            to->row = (int32_t)number;
        else if (text_equal(word, TEXT("copy")))
            to->copy = (int32_t)number;
        else if (text_equal(word, TEXT("time")))
            to->time = (int32_t)number;
        else
            return refuse(reading, "write: place row 2 at H1 copy 1 time 1", err);
    }
    return true;
}

static void take_columns(struct reading *reading, struct text names)
{
    reading->column_count = 0;
    while (text_trim(names).len > 0 && reading->column_count < CELLS)
        reading->columns[reading->column_count++] = next_word(&names);
}

static bool take_example(struct reading *reading, struct text values,
                         struct text expected, struct error *err)
{
    size_t count = reading->with_count + reading->column_count;
    struct vector_cell *cells = ARENA_ARRAY(reading->arena, struct vector_cell, count);
    if (reading->with_count > 0)
        memcpy(cells, reading->withs, reading->with_count * sizeof *cells);
    for (size_t i = 0; i < reading->column_count; i++) {
        struct text value = next_word(&values);
        if (value.len == 0)
            return refuse(reading, "a value is missing in this example", err);
        cells[reading->with_count + i] =
            (struct vector_cell){.name = reading->columns[i], .value = value};
    }
    if (text_trim(values).len > 0)
        return refuse(reading, "this example has more values than columns", err);
    if (reading->count == VECTORS)
        return refuse(reading, "too many examples in one file", err);
    struct rule_vector *vector = &reading->vectors[reading->count++];
    *vector = reading->current;
    vector->cells = cells;
    vector->cell_count = count;
    vector->expected = expected.len >= 2 && expected.at[0] == '\''
                           ? text_part(expected, 1, expected.len - 2)
                           : expected;
    vector->line = reading->line;
    return true;
}

static void take_rule(struct reading *reading, struct text oid)
{
    reading->current =
        (struct rule_vector){.rule = oid, .row = 1, .copy = 1, .time = 1};
    reading->with_count = 0;
    reading->column_count = 0;
}

static bool take_table(struct reading *reading, struct text line, struct error *err)
{
    struct text expected = line;
    struct text values = before_arrow(&expected);
    if (text_is_absent(expected))
        return refuse(reading, "an example, or a line rule, with, now or place", err);
    if (text_is_absent(reading->current.rule))
        return refuse(reading, "an example before any rule", err);
    /* A line of columns names its answer. */
    static const struct text answers[] = {TEXT_INIT("fires"), TEXT_INIT("shows"),
                                          TEXT_INIT("value")};
    for (size_t i = 0; i < ARRAY_COUNT(answers); i++)
        if (text_equal(expected, answers[i])) {
            take_columns(reading, values);
            return true;
        }
    return take_example(reading, values, expected, err);
}

static bool take_line(struct reading *reading, struct text line, struct error *err)
{
    struct text rest = line;
    struct text word = next_word(&rest);
    rest = text_trim(rest);
    if (word.len == 0 || word.at[0] == '#')
        return true;
    if (text_equal(word, TEXT("rule"))) {
        take_rule(reading, rest);
        return true;
    }
    if (text_equal(word, TEXT("with")))
        return take_with(reading, rest, err);
    if (text_equal(word, TEXT("place")))
        return take_place(reading, rest, err);
    if (text_equal(word, TEXT("now"))) {
        reading->current.now = rest;
        return true;
    }
    return take_table(reading, line, err);
}

bool rule_vectors_read(struct text document, struct arena *arena,
                       struct rule_vectors *out, struct error *err)
{
    struct reading *reading = ARENA_NEW(arena, struct reading);
    reading->arena = arena;
    reading->vectors = ARENA_ARRAY(arena, struct rule_vector, VECTORS);
    while (!text_is_absent(document)) {
        reading->line++;
        if (!take_line(reading, text_trim(text_cut(&document, '\n')), err))
            return false;
    }
    *out = (struct rule_vectors){.vectors = reading->vectors, .count = reading->count};
    return true;
}
