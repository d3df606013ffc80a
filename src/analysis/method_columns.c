/* For methods: the values of the rows that are looked at, as estimators take them. */
#include "analysis/method.h"

static void want(const struct method_call *call, struct text name,
                 struct method_columns *columns)
{
    int32_t at = plan_variable(call->dataset->plan, name);
    ASSERT(columns->count < METHOD_COVARIATES); /* plan_check has looked */
    if (at >= 0)
        columns->at[columns->count++] = &call->dataset->columns[at];
}

void method_want(const struct method_call *call, const char *argument,
                 struct method_columns *columns)
{
    const struct plan_argument *found = plan_argument(call->analysis, argument);
    if (found == NULL)
        return;
    if (found->text.len > 0)
        want(call, found->text, columns);
    for (size_t i = 0; i < found->text_count; i++)
        want(call, found->texts[i], columns);
}

struct method_rows method_complete(const struct method_call *call,
                                   const struct method_columns *columns)
{
    size_t *rows = ARENA_ARRAY(call->arena, size_t, call->part->row_count);
    size_t count = 0;
    for (size_t i = 0; i < call->part->row_count; i++) {
        size_t row = call->part->rows[i], k = 0;
        while (k < columns->count && cell_has_value(columns->at[k], row))
            k++;
        if (k == columns->count)
            rows[count++] = row;
    }
    call->part->missing = call->part->row_count - count;
    return (struct method_rows){rows, count};
}

double *method_values(const struct method_call *call, const struct column *column,
                      struct method_rows rows)
{
    double *values = ARENA_ARRAY(call->arena, double, rows.count);
    for (size_t i = 0; i < rows.count; i++)
        values[i] = column->numbers[rows.at[i]];
    return values;
}

bool *method_truths(const struct method_call *call, const struct column *column,
                    struct method_rows rows)
{
    bool *truths = ARENA_ARRAY(call->arena, bool, rows.count);
    for (size_t i = 0; i < rows.count; i++)
        truths[i] = cell_is_yes(column, rows.at[i]);
    return truths;
}

const double *const *method_covariates(const struct method_call *call,
                                       const struct method_columns *columns,
                                       size_t first, struct method_rows rows)
{
    const double **list = ARENA_ARRAY(call->arena, const double *, columns->count);
    for (size_t i = first; i < columns->count; i++)
        list[i - first] = method_values(call, columns->at[i], rows);
    return list;
}

uint32_t *method_clusters(const struct method_call *call, struct method_rows rows,
                          size_t *count)
{
    uint32_t *clusters = ARENA_ARRAY(call->arena, uint32_t, rows.count);
    const struct column *code = method_column(call, "cluster");
    *count = 0;
    if (code == NULL) { /* participants rise */
        for (size_t i = 0; i < rows.count; i++) {
            const struct row_place *places = call->dataset->places;
            if (i == 0 ||
                places[rows.at[i]].participant != places[rows.at[i - 1]].participant)
                ++*count;
            clusters[i] = (uint32_t)(*count - 1);
        }
        return clusters;
    }
    size_t *number = ARENA_ARRAY(call->arena, size_t, code->level_count);
    for (size_t k = 0; k < code->level_count; k++)
        number[k] = 0;
    for (size_t i = 0; i < rows.count; i++) {
        size_t level = (size_t)code->numbers[rows.at[i]];
        if (number[level] == 0)
            number[level] = ++*count;
        clusters[i] = (uint32_t)(number[level] - 1);
    }
    return clusters;
}
