/* The columns of a CSV file that a method names. */
#include "base/limits.h"
#include "base/number.h"
#include "cli/stats_method.h"
#include "formats/csv_read.h"
#include "system/file.h"

#include <math.h>

struct loader {
    struct command_context *context;
    struct stats_data *data;
    size_t places[STATS_COLUMNS_MOST]; /* which field each column is */
    double *numbers[STATS_COLUMNS_MOST];
    struct text *texts[STATS_COLUMNS_MOST];
};

static bool no_column(struct text name, const struct csv_row *header, struct error *err)
{
    struct text first = text_part(header->fields[0], 0, 80);
    error_set(err, ERROR_REFUSED, "there is no column %.*s", TEXT_ARG(name));
    if (header->count == 1 && text_find(first, ';') < first.len)
        return error_hint(err,
                          "the columns stand between semicolons: save the file with "
                          "commas, and decimals behind a full stop");
    if (header->count == 1 && text_find(first, '\t') < first.len)
        return error_hint(err,
                          "the columns stand between tabs: save the file with commas");
    return error_hint(err, "the first column is %.*s; the names are in the first line",
                      TEXT_ARG(first));
}

static struct text column_name(const struct loader *loader, size_t i)
{
    const struct stats_column *column = &loader->data->columns[i];
    return text_is_absent(column->name)
               ? command_option(loader->context, column->option)
               : column->name;
}

static bool find_column(struct loader *loader, size_t i, const struct csv_row *header,
                        struct error *err)
{
    struct text name = column_name(loader, i);
    bool is_found = false;
    for (size_t k = 0; k < header->count; k++) {
        if (!text_equal(text_trim(header->fields[k]), name))
            continue;
        if (is_found)
            return error_set(err, ERROR_REFUSED, "two columns are called %.*s",
                             TEXT_ARG(name));
        loader->places[i] = k;
        is_found = true;
    }
    return is_found || no_column(name, header, err);
}

static bool is_used(const struct loader *loader, size_t i)
{
    return !text_is_absent(column_name(loader, i));
}

static bool is_missing(struct text field)
{
    return field.len == 0 || text_equal(field, TEXT("NA")) ||
           text_equal(field, TEXT("."));
}

static bool refuse_field(const struct loader *loader, size_t i,
                         const struct csv_row *row, struct text field,
                         const char *sentence, struct error *err)
{
    struct text name = column_name(loader, i);
    error_set(err, ERROR_REFUSED, "%s: %.*s", sentence,
              TEXT_ARG(text_part(field, 0, 40)));
    return error_where(err, 0, "line %zu, column %.*s", row->line, TEXT_ARG(name));
}

static bool has_decimal_comma(struct text field)
{
    size_t comma = text_find(field, ',');
    struct text end = text_part(field, comma + 1, field.len);
    double ignored;
    return comma < field.len && text_find(end, ',') == end.len &&
           number_of_text(text_part(field, 0, comma), &ignored) &&
           number_of_text(end, &ignored);
}

/* A number that the column may have. */
static bool take_number(struct loader *loader, size_t i, const struct csv_row *row,
                        struct text field, struct error *err)
{
    const struct stats_column *column = &loader->data->columns[i];
    double *number = &loader->numbers[i][loader->data->count];
    if (!number_of_text(field, number)) {
        refuse_field(loader, i, row, field, "this is no number", err);
        return error_hint(err, has_decimal_comma(field)
                                   ? "write the decimals behind a full stop"
                                   : "a missing number is empty, NA or a full stop");
    }
    if (column->is_time && *number < 0)
        return refuse_field(loader, i, row, field, "a time is below 0", err);
    if (column->is_yes_no && (*number < 0 || *number > 1 || fmod(*number, 1) > 0)) {
        refuse_field(loader, i, row, field, "this is neither 1 nor 0", err);
        return error_hint(err, "1: it happened; 0: it did not");
    }
    return true;
}

static bool take_field(struct loader *loader, size_t i, const struct csv_row *row,
                       bool *is_whole, struct error *err)
{
    struct text field = text_trim(row->fields[loader->places[i]]);
    size_t at = loader->data->count;
    if (is_missing(field)) {
        *is_whole = false;
        return true;
    }
    if (loader->data->columns[i].is_text) {
        loader->texts[i][at] = field;
        return true;
    }
    return take_number(loader, i, row, field, err);
}

static bool on_row(void *data, const struct csv_row *row, struct error *err)
{
    struct loader *loader = data;
    bool is_whole = true;
    for (size_t i = 0; i < loader->data->column_count; i++) {
        if (!is_used(loader, i))
            continue;
        if (row->is_header ? !find_column(loader, i, row, err)
                           : !take_field(loader, i, row, &is_whole, err))
            return false;
    }
    if (row->is_header)
        return true;
    loader->data->count += is_whole;
    loader->data->missing += !is_whole;
    return true;
}

static void make_room(struct loader *loader, struct text document)
{
    size_t rows = 1;
    for (size_t i = 0; i < document.len; i++)
        rows += document.at[i] == '\n';
    struct arena *arena = loader->context->arena;
    for (size_t i = 0; i < loader->data->column_count; i++) {
        struct stats_column *column = &loader->data->columns[i];
        if (!is_used(loader, i))
            continue;
        if (column->is_text)
            column->texts = loader->texts[i] = ARENA_ARRAY(arena, struct text, rows);
        else
            column->numbers = loader->numbers[i] = ARENA_ARRAY(arena, double, rows);
    }
}

bool stats_read(struct command_context *context, struct stats_data *data,
                struct error *err)
{
    ASSERT(data->column_count <= STATS_COLUMNS_MOST);
    struct loader loader = {.context = context, .data = data};
    struct text name = command_option(context, "--data");
    if (text_is_absent(name))
        return error_set(err, ERROR_USAGE, "--data is missing: a file of CSV");
    for (size_t i = 0; i < data->column_count; i++)
        if (!data->columns[i].is_optional && !is_used(&loader, i))
            return error_set(err, ERROR_USAGE, "%s is missing: the name of a column",
                             data->columns[i].option);
    struct text document;
    if (!file_read(command_path(context, name), LIMIT_STATS_BYTES, context->arena,
                   &document, err))
        return false;
    make_room(&loader, document);
    return csv_read(document, context->arena, on_row, &loader, err) ||
           error_in(err, "%.*s", TEXT_ARG(name));
}

bool stats_columns(struct command_context *context, const char *option,
                   struct stats_column *columns, size_t *count, struct error *err)
{
    struct text rest = command_option(context, option);
    while (!text_is_absent(rest)) {
        struct text name = text_trim(text_cut(&rest, ','));
        if (*count == STATS_COLUMNS_MOST)
            return error_set(err, ERROR_USAGE, "%s names more than %d columns", option,
                             STATS_COLUMNS_MOST);
        if (name.len == 0)
            return error_set(err, ERROR_USAGE, "%s needs names between commas", option);
        columns[(*count)++] = (struct stats_column){.option = option, .name = name};
    }
    return true;
}
