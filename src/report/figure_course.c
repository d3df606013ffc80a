/* Time course: the mean at each scheduled time with its interval, and behind it the line of
 * each participant. */
#include "report/figure_kinds.h"
#include "report/levels.h"

static const double left = 76, right = 16, top = 28, plot = 300, below = 78;

struct figure_size figure_course_size(const struct figure_call *call)
{
    (void)call;
    return (struct figure_size){FIGURE_WIDTH, top + plot + below};
}

static void draw_participants(const struct chart *chart,
                              const struct level_point *points, size_t count)
{
    const struct figure_call *call = chart->call;
    const struct dataset *dataset = chart_result(call, 0)->dataset;
    struct pen_point *line =
        ARENA_ARRAY(call->data->arena, struct pen_point, count + 1);
    for (size_t first = 0; first < count;) {
        int64_t participant = dataset->places[points[first].row].participant;
        size_t end = first, corners = 0;
        for (;
             end < count && dataset->places[points[end].row].participant == participant;
             end++)
            if (end == first || points[end].level != points[end - 1].level)
                line[corners++] = (struct pen_point){
                    points[end].level->x, scale_at(&chart->y, points[end].value)};
        if (corners > 1)
            pen_path(call->pen, line, corners, false,
                     &(struct pen_style){.stroke = INK_EDGE, .width = 0.5});
        first = end;
    }
}

/* "+6.2 (3.1 to 9.3)" */
static struct text mean_of(const struct figure_call *call, const struct level *level)
{
    struct text mean = chart_number(call, result_value(level->part, "mean").value, 1);
    struct estimate lower = result_value(level->part, "mean.lower");
    struct estimate upper = result_value(level->part, "mean.upper");
    if (!is_estimated(lower) || !is_estimated(upper))
        return mean;
    struct text low = chart_number(call, lower.value, 1);
    struct text high = chart_number(call, upper.value, 1);
    return text_format(call->data->arena,
                       call->language == LANGUAGE_CHINESE ? "%.*s（%.*s 至 %.*s）"
                                                          : "%.*s (%.*s to %.*s)",
                       TEXT_ARG(mean), TEXT_ARG(low), TEXT_ARG(high));
}

static void draw_mean(const struct chart *chart, const struct level *level)
{
    const double cap = 4, radius = 4;
    const struct figure_call *call = chart->call;
    const struct pen_style line = {.stroke = INK_FIRST, .width = 1.6};
    struct estimate lower = result_value(level->part, "mean.lower");
    struct estimate upper = result_value(level->part, "mean.upper");
    double y = scale_at(&chart->y, result_value(level->part, "mean").value);
    struct text mean = mean_of(call, level);
    chart_mark(call, chart_result(call, 0), level->part->rows, level->part->row_count,
               text_format(call->data->arena, "%.*s: %.*s, n = %.0f",
                           TEXT_ARG(level->label), TEXT_ARG(mean),
                           result_value(level->part, "n").value));
    if (is_estimated(lower) && is_estimated(upper)) {
        double low = scale_at(&chart->y, lower.value),
               high = scale_at(&chart->y, upper.value);
        pen_line(call->pen, (struct pen_point){level->x, low},
                 (struct pen_point){level->x, high}, &line);
        pen_line(call->pen, (struct pen_point){level->x - cap, low},
                 (struct pen_point){level->x + cap, low}, &line);
        pen_line(call->pen, (struct pen_point){level->x - cap, high},
                 (struct pen_point){level->x + cap, high}, &line);
    }
    pen_dot(call->pen, level->x, y, radius, &(struct pen_style){.fill = INK_FIRST});
    chart_target(call, level->x, y);
    pen_end(call->pen);
}

static void draw_means(const struct chart *chart, const struct level *levels,
                       size_t count)
{
    struct pen_point *line =
        ARENA_ARRAY(chart->call->data->arena, struct pen_point, count);
    for (size_t i = 0; i < count; i++)
        line[i] = (struct pen_point){
            levels[i].x,
            scale_at(&chart->y, result_value(levels[i].part, "mean").value)};
    pen_path(chart->call->pen, line, count, false,
             &(struct pen_style){.stroke = INK_FIRST, .width = 2.2});
    for (size_t i = 0; i < count; i++)
        draw_mean(chart, &levels[i]);
}

void figure_course_draw(const struct figure_call *call)
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
    levels_reach(levels, count, "min", &least, &most);
    levels_reach(levels, count, "max", &least, &most);
    scale_widen(&least, &most, 7);
    chart.y.from = least;
    chart.y.until = most;
    struct ticks ticks = ticks_round(least, most, 8);
    chart_axis_left(&chart, &ticks);
    draw_participants(&chart, points, point_count);
    double zero = scale_at(&chart.y, 0);
    pen_line(call->pen, (struct pen_point){chart.x.low, zero},
             (struct pen_point){chart.x.high, zero},
             &(struct pen_style){.stroke = INK_EDGE, .width = 1});
    draw_means(&chart, levels, count);
    levels_draw(&chart, levels, count);
}

void figure_course_says(const struct figure_call *call, struct buffer *to)
{
    struct level *levels;
    size_t count = levels_of(call, 0, 1, &levels);
    for (size_t i = 0; i < count; i++) {
        struct text mean = mean_of(call, &levels[i]);
        buffer_format(to, "%.*s: %.*s, n = %.0f; ", TEXT_ARG(levels[i].label),
                      TEXT_ARG(mean), result_value(levels[i].part, "n").value);
    }
}
