#include "support/oracle.h"

#include "base/limits.h"
#include "base/number.h"
#include "formats/csv_read.h"
#include "support/unit.h"
#include "system/file.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MOST = 2000, COLUMNS_MOST = 8 };

static void read_case(const char *name, struct arena *arena, csv_row_function *on_row,
                      void *data)
{
    const char *folder = getenv("OSTEON_ORACLES");
    char path[400];
    snprintf(path, sizeof path, "%s/%s.csv",
             folder != NULL ? folder : "../shared/oracles/given", name);
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
    snprintf(oracle->name, sizeof oracle->name, "%s", name);
    oracle->names = ARENA_ARRAY(arena, struct text, ROWS_MOST);
    oracle->values = ARENA_ARRAY(arena, struct text, ROWS_MOST);
    read_case(name, arena, on_quantity, oracle);
    return oracle;
}

/* A row of the table of `make oracle`, in the file that it names. */
static void write_row(const struct oracle *oracle, const char *name,
                      struct estimate estimate, struct text expected, double difference,
                      double tolerance)
{
    const char *path = getenv("OSTEON_ORACLE_TABLE");
    FILE *table = path == NULL ? NULL : fopen(path, "a");
    if (table == NULL)
        return;
    fprintf(table, "%s\t%s\t", oracle->name, name);
    if (is_estimated(estimate))
        fprintf(table, "%.15g\t%.*s\t%.1e\t%.0e\n", estimate.value, TEXT_ARG(expected),
                difference, tolerance);
    else
        fprintf(table, "not estimable\t%.*s\t\t%.0e\n", TEXT_ARG(expected), tolerance);
    fclose(table);
}

void oracle_close(struct oracle *oracle)
{
    size_t beyond = oracle->beyond;
    char name[sizeof oracle->name];
    memcpy(name, oracle->name, sizeof name);
    arena_free(oracle->arena);
    if (beyond > 0)
        fail_msg("%s: %zu quantities are beyond their tolerance", name, beyond);
}

static struct text value_of(const struct oracle *oracle, const char *name)
{
    for (size_t i = 0; i < oracle->count; i++)
        if (text_equal(oracle->names[i], text_of(name)))
            return oracle->values[i];
    fail_msg("the oracle has no %s", name);
    return (struct text){0};
}

/* How far off it is, relative to max(1, |expected|); infinite where only one of the two is a number. */
static double difference_of(struct estimate estimate, struct text text)
{
    double expected = 0;
    if (!number_of_text(text, &expected))
        return is_estimated(estimate) || estimate.reason[0] == '\0' ? (double)INFINITY
                                                                    : 0;
    if (!is_estimated(estimate))
        return (double)INFINITY;
    return fabs(estimate.value - expected) / fmax(1, fabs(expected));
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
    double difference = difference_of(estimate, text);
    oracle->asked++;
    write_row(oracle, full, estimate, text, difference, tolerance);
    if (difference <= tolerance)
        return;
    oracle->beyond++;
    print_error("%s is %.17g, and should be %.*s within %.0e\n", full, estimate.value,
                TEXT_ARG(text), tolerance);
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
