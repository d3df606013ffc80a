/* The columns of a CSV file that a method names. */
#include "base/limits.h"
#include "base/number.h"
#include "cli/stats_method.h"
#include "formats/csv_read.h"
#include "system/file.h"

struct loader {
    struct command_context *context;
    struct stats_data *data;
    size_t places[STATS_COLUMNS_MOST]; /* which field each column is */
    double *numbers[STATS_COLUMNS_MOST];
    struct text *texts[STATS_COLUMNS_MOST];
};

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
    for (size_t k = 0; k < header->count; k++) {
        loader->places[i] = k;
        if (text_equal(text_trim(header->fields[k]), name))
            return true;
    }
    error_set(err, ERROR_REFUSED, "there is no column %.*s", TEXT_ARG(name));
    return error_hint(err, "the first column is %.*s; the names are in the first line",
                      TEXT_ARG(header->fields[0]));
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
    if (number_of_text(field, &loader->numbers[i][at]))
        return true;
    struct text name = column_name(loader, i);
    error_set(err, ERROR_REFUSED, "this is no number: %.*s",
              TEXT_ARG(text_part(field, 0, 40)));
    error_where(err, 0, "line %zu, column %.*s", row->line, TEXT_ARG(name));
    return error_hint(err, "a missing number is empty, NA or a full stop");
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
    if (!file_read(command_path(context, name), LIMIT_CSV_BYTES, context->arena,
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
