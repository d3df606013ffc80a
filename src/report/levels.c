#include "report/levels.h"

size_t levels_of(const struct figure_call *call, double low, double high,
                 struct level **out)
{
    const struct plan_figure *figure = call->figure;
    const struct analysis_result *result = chart_result(call, 0);
    struct level *levels =
        ARENA_ARRAY(call->data->arena, struct level, figure->level_count);
    size_t count = 0;
    for (size_t i = 0; i < figure->level_count; i++)
        for (size_t k = 0; k < result->part_count; k++)
            if (text_equal(result->parts[k].group, figure->levels[i].name) &&
                result->parts[k].row_count > result->parts[k].missing)
                levels[count++] = (struct level){
                    .part = &result->parts[k],
                    .label = plan_say(&figure->levels[i].label, call->language)};
    for (size_t i = 0; i < count; i++)
        levels[i].x = low + (high - low) * ((double)i + 0.5) / (double)count;
    *out = levels;
    return count;
}

void levels_draw(const struct chart *chart, const struct level *levels, size_t count)
{
    const double label = 20, title = 42, numbers = 66, gap = 12;
    const struct figure_call *call = chart->call;
    double bottom = chart->y.low;
    for (size_t i = 0; i < count; i++) {
        chart_words(call, levels[i].label, levels[i].x, bottom + label, ANCHOR_MIDDLE);
        chart_words_as(call,
                       text_format(call->data->arena, "%.0f",
                                   result_value(levels[i].part, "n").value),
                       &(struct pen_text){.x = levels[i].x,
                                          .y = bottom + numbers,
                                          .size = CHART_SMALL,
                                          .ink = INK_TEXT,
                                          .anchor = ANCHOR_MIDDLE});
    }
    chart_words(call, TEXT("n"), chart->x.low - gap, bottom + numbers, ANCHOR_END);
    chart_words_as(call, plan_say(&call->figure->x, call->language),
                   &(struct pen_text){.x = (chart->x.low + chart->x.high) / 2,
                                      .y = bottom + title,
                                      .size = CHART_TEXT,
                                      .ink = INK_TEXT,
                                      .anchor = ANCHOR_MIDDLE});
}

void levels_reach(const struct level *levels, size_t count, const char *name,
                  double *least, double *most)
{
    for (size_t i = 0; i < count; i++) {
        struct estimate found = result_value(levels[i].part, name);
        if (!is_estimated(found))
            continue;
        *least = found.value < *least ? found.value : *least;
        *most = found.value > *most ? found.value : *most;
    }
}

static const struct column *value_column(const struct analysis_result *result)
{
    const struct plan_argument *value = plan_argument(result->analysis, "value");
    int32_t at = value == NULL ? -1 : plan_variable(result->dataset->plan, value->text);
    ASSERT(at >= 0); /* the kind draws this method only */
    return &result->dataset->columns[at];
}

size_t levels_points(const struct figure_call *call, const struct level *levels,
                     size_t count, struct level_point **out)
{
    const struct analysis_result *result = chart_result(call, 0);
    const struct dataset *dataset = result->dataset;
    const struct column *column = value_column(result);
    const struct level **of_row =
        ARENA_ARRAY(call->data->arena, const struct level *, dataset->count);
    struct level_point *points =
        ARENA_ARRAY(call->data->arena, struct level_point, dataset->count);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < levels[i].part->row_count; k++)
            of_row[levels[i].part->rows[k]] = &levels[i];
    size_t found = 0;
    for (size_t first = 0; first < dataset->count;) {
        size_t end = first;
        while (end < dataset->count &&
               dataset->places[end].participant == dataset->places[first].participant)
            end++;
        for (size_t i = 0; i < count; i++)
            for (size_t row = first; row < end; row++)
                if (of_row[row] == &levels[i] && cell_has_value(column, row))
                    points[found++] =
                        (struct level_point){&levels[i], row, column->numbers[row]};
        first = end;
    }
    *out = points;
    return found;
}
