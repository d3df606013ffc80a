#include "support/oracle.h"

#include "base/limits.h"
#include "base/number.h"
#include "formats/csv_read.h"
#include "support/unit.h"
#include "system/file.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { ROWS_MOST = 2000, COLUMNS_MOST = 8 };

static void read_case(const char *name, struct arena *arena, csv_row_function *on_row,
                      void *data)
{
    char path[200];
    snprintf(path, sizeof path, "../shared/oracles/given/%s.csv", name);
    struct text document;
    struct error err = {0};
    if (!file_read(path, LIMIT_CSV_BYTES, arena, &document, &err) ||
        !csv_read(document, arena, on_row, data, &err))
        fail_msg("%s: %s", path, err.text);
}

static bool on_quantity(void *data, const struct csv_row *row, struct error *err)
{
    (void)err;
    struct oracle *oracle = data;
    assert_true(row->count == 3 && oracle->count < ROWS_MOST);
    if (row->is_header)
        return true;
    oracle->names[oracle->count] = row->fields[1];
    oracle->values[oracle->count++] = row->fields[2];
    return true;
}

struct oracle *oracle_open(const char *name)
{
    struct arena *arena = arena_new(16 << 20);
    struct oracle *oracle = ARENA_NEW(arena, struct oracle);
    oracle->arena = arena;
    oracle->names = ARENA_ARRAY(arena, struct text, ROWS_MOST);
    oracle->values = ARENA_ARRAY(arena, struct text, ROWS_MOST);
    read_case(name, arena, on_quantity, oracle);
    return oracle;
}

void oracle_close(struct oracle *oracle)
{
    arena_free(oracle->arena);
}

static struct text value_of(const struct oracle *oracle, const char *name)
{
    for (size_t i = 0; i < oracle->count; i++)
        if (text_equal(oracle->names[i], text_of(name)))
            return oracle->values[i];
    fail_msg("the oracle has no %s", name);
    return (struct text){0};
}

void oracle_check(struct oracle *oracle, struct estimate estimate, double tolerance,
                  const char *name, ...)
{
    char full[100];
    va_list arguments;
    va_start(arguments, name);
    vsnprintf(full, sizeof full, name, arguments);
    va_end(arguments);
    struct text text = value_of(oracle, full);
    double expected = 0;
    oracle->asked++;
    if (!number_of_text(text, &expected)) {
        if (is_estimated(estimate) || estimate.reason[0] == '\0')
            fail_msg("%s is %.17g, and should not be estimable", full, estimate.value);
        return;
    }
    if (!is_estimated(estimate))
        fail_msg("%s is not estimable (%s), and should be %.17g", full, estimate.reason,
                 expected);
    if (fabs(estimate.value - expected) > tolerance * fmax(1, fabs(expected)))
        fail_msg("%s is %.17g, and should be %.17g", full, estimate.value, expected);
}

void assert_near(double value, double expected, double tolerance)
{
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%.17g should be %.17g", value, expected);
}

struct column_reader {
    size_t count, rows;
    const char *const *columns;
    double **out;
    size_t places[COLUMNS_MOST];
};

static bool on_input(void *data, const struct csv_row *row, struct error *err)
{
    (void)err;
    struct column_reader *reader = data;
    for (size_t i = 0; i < reader->count; i++) {
        if (!row->is_header) {
            assert_true(reader->rows < ROWS_MOST);
            assert_true(number_of_text(row->fields[reader->places[i]],
                                       &reader->out[i][reader->rows]));
            continue;
        }
        size_t k = 0;
        while (!text_equal(row->fields[k], text_of(reader->columns[i])))
            assert_true(++k < row->count);
        reader->places[i] = k;
    }
    reader->rows += !row->is_header;
    return true;
}

size_t oracle_columns(const char *name, struct arena *arena, size_t count,
                      const char *const *columns, double **out)
{
    assert_true(count <= COLUMNS_MOST);
    struct column_reader reader = {.count = count, .columns = columns, .out = out};
    for (size_t i = 0; i < count; i++)
        out[i] = ARENA_ARRAY(arena, double, ROWS_MOST);
    read_case(name, arena, on_input, &reader);
    return reader.rows;
}
