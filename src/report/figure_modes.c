/* Values by category: a dot for each, quartiles and median beside them; thin lines join the
 * dots of one participant in neighbouring categories. */
#include "report/figure_kinds.h"
#include "report/levels.h"

#include <math.h>

static const double left = 76, right = 24, top = 28, plot = 300, below = 78;

struct figure_size figure_modes_size(const struct figure_call *call)
{
    (void)call;
    return (struct figure_size){FIGURE_WIDTH, top + plot + below};
}

/* Beside each other instead of on each other; the same for the same number. */
static double aside(size_t nth)
{
    const double step = 5;
    enum { PLACES = 7, STRIDE = 3, MIDDLE = PLACES / 2 };
    return step * ((double)(nth * STRIDE % PLACES) - MIDDLE);
}

static struct pen_point place(const struct chart *chart,
                              const struct level_point *point)
{
    const double before = 22;
    return (struct pen_point){point->level->x - before + aside(point->row),
                              scale_at(&chart->y, point->value)};
}

/* From the last dot of a category to the first of the next, of the same participant. */
static void draw_pairs(const struct chart *chart, const struct level_point *points,
                       size_t count)
{
    const struct dataset *dataset = chart_result(chart->call, 0)->dataset;
    for (size_t i = 1; i < count; i++)
        if (dataset->places[points[i].row].participant ==
                dataset->places[points[i - 1].row].participant &&
            points[i].level == points[i - 1].level + 1)
            pen_line(chart->call->pen, place(chart, &points[i - 1]),
                     place(chart, &points[i]),
                     &(struct pen_style){.stroke = INK_EDGE, .width = 0.5});
}

static void draw_dot(const struct chart *chart, const struct level_point *point)
{
    const double radius = 2.6;
    const struct figure_call *call = chart->call;
    const struct analysis_result *result = chart_result(call, 0);
    struct pen_point at = place(chart, point);
    struct text participant = chart_participant(call, result->dataset, point->row);
    struct text value = chart_number(call, point->value, 1);
    chart_mark(call, result, &point->row, 1,
               text_format(call->data->arena, "%.*s%s%.*s, %.*s", TEXT_ARG(participant),
                           participant.len > 0 ? ": " : "", TEXT_ARG(value),
                           TEXT_ARG(point->level->label)));
    pen_dot(call->pen, at.x, at.y, radius,
            &(struct pen_style){.stroke = INK_FIRST,
                                .width = 0.8,
                                .fill = INK_FIRST,
                                .fill_opacity = 0.35});
    pen_end(call->pen);
}

/* Quartiles as a box, the median as a line that says its number. */
static void draw_quartiles(const struct chart *chart, const struct level *level)
{
    const double after = 14, width = 16, words = 8, middle = 4;
    const struct figure_call *call = chart->call;
    struct estimate median = result_value(level->part, "median");
    struct estimate low = result_value(level->part, "q25");
    struct estimate high = result_value(level->part, "q75");
    if (!is_estimated(median) || !is_estimated(low) || !is_estimated(high))
        return;
    double x = level->x + after, y = scale_at(&chart->y, median.value);
    double upper = scale_at(&chart->y, high.value),
           lower = scale_at(&chart->y, low.value);
    struct text number = chart_number(call, median.value, 0);
    chart_mark(call, chart_result(call, 0), level->part->rows, level->part->row_count,
               text_format(call->data->arena, "%.*s: %.*s", TEXT_ARG(level->label),
                           TEXT_ARG(number)));
    pen_box(call->pen, (struct pen_point){x, upper}, width, lower - upper,
            &(struct pen_style){.stroke = INK_EDGE, .width = 1, .fill = INK_SURFACE});
    pen_line(call->pen, (struct pen_point){x, y}, (struct pen_point){x + width, y},
             &(struct pen_style){.stroke = INK_FIRST, .width = 2.6});
    chart_words_as(call, number,
                   &(struct pen_text){.x = x + width + words,
                                      .y = y + middle,
                                      .size = CHART_TEXT,
                                      .ink = INK_TEXT,
                                      .weight = WEIGHT_STRONG});
    pen_end(call->pen);
}

void figure_modes_draw(const struct figure_call *call)
{
    struct level *levels;
    struct level_point *points;
    struct chart chart = {.call = call,
                          .x = {.low = left, .high = call->size.width - right},
                          .y = {.low = top + plot, .high = top}};
    size_t count = levels_of(call, chart.x.low, chart.x.high, &levels);
    if (count == 0) {
        chart_nothing(call);
        return;
    }
    size_t point_count = levels_points(call, levels, count, &points);
    double least = 0, most = 1;
    levels_reach(levels, count, "max", &least, &most);
    scale_widen(&least, &most, 6);
    chart.y.until = most;
    struct ticks ticks = ticks_round(0, most, 7);
    chart_axis_left(&chart, &ticks);
    draw_pairs(&chart, points, point_count);
    for (size_t i = 0; i < point_count; i++)
        draw_dot(&chart, &points[i]);
    for (size_t i = 0; i < count; i++)
        draw_quartiles(&chart, &levels[i]);
    levels_draw(&chart, levels, count);
}

void figure_modes_says(const struct figure_call *call, struct buffer *to)
{
    struct level *levels;
    size_t count = levels_of(call, 0, 1, &levels);
    bool is_chinese = call->language == LANGUAGE_CHINESE;
    for (size_t i = 0; i < count; i++) {
        const struct result_part *part = levels[i].part;
        buffer_format(to,
                      is_chinese
                          ? "%.*s：中位数 %.0f，四分位数 %.0f 至 %.0f，n = %.0f；"
                          : "%.*s: median %.0f, quartiles %.0f to %.0f, n = %.0f; ",
                      TEXT_ARG(levels[i].label), result_value(part, "median").value,
                      result_value(part, "q25").value, result_value(part, "q75").value,
                      result_value(part, "n").value);
    }
}
