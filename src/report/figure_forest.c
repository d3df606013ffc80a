/* Forest plot: proportions with their intervals, a line each; of an analysis by groups a
 * heading and a line for each group. The squares grow with the number behind them. */
#include "report/figure_kinds.h"

#include <math.h>

static const double left = 8, counts = 322, plot_left = 344, plot_right = 560,
                    right = 8, top = 56, row = 22, axis = 48;

struct line {
    const struct analysis_result *result;
    const struct result_part *part; /* NULL: a heading */
    bool is_inside;                 /* below a heading */
};

/* The most lines that the figure can have. */
static size_t lines_of(const struct figure_call *call, struct line **out)
{
    size_t most = 0, count = 0;
    for (size_t i = 0; i < call->figure->analysis_count; i++)
        most += 1 + chart_result(call, i)->part_count;
    struct line *lines = ARENA_ARRAY(call->data->arena, struct line, most);
    for (size_t i = 0; i < call->figure->analysis_count; i++) {
        const struct analysis_result *result = chart_result(call, i);
        bool is_grouped = result->analysis->group.len > 0;
        if (is_grouped)
            lines[count++] = (struct line){.result = result};
        for (size_t k = 0; k < result->part_count; k++)
            lines[count++] = (struct line){result, &result->parts[k], is_grouped};
    }
    *out = lines;
    return count;
}

struct figure_size figure_forest_size(const struct figure_call *call)
{
    struct line *lines;
    return (struct figure_size){FIGURE_WIDTH,
                                top + row * (double)lines_of(call, &lines) + axis};
}

static struct text name_of(const struct figure_call *call, const struct line *line)
{
    return line->is_inside ? chart_level(call, line->part->group)
                           : plan_say(&line->result->analysis->label, call->language);
}

/* "41/52" */
static struct text counts_of(const struct figure_call *call, const struct line *line)
{
    return text_format(call->data->arena, "%.0f/%.0f",
                       result_value(line->part, "events").value,
                       result_value(line->part, "n").value);
}

/* "78.8 (65.3–88.9)" */
static struct text estimate_of_line(const struct figure_call *call,
                                    const struct line *line)
{
    struct estimate found = result_value(line->part, "estimate");
    struct estimate lower = result_value(line->part, "wilson.lower");
    struct estimate upper = result_value(line->part, "wilson.upper");
    if (!is_estimated(found) || !is_estimated(lower) || !is_estimated(upper))
        return chart_say(call, "not estimable", "不可估计");
    struct text value = chart_number(call, 100 * found.value, 1);
    struct text low = chart_number(call, 100 * lower.value, 1);
    struct text high = chart_number(call, 100 * upper.value, 1);
    return text_format(call->data->arena, "%.*s (%.*s–%.*s)", TEXT_ARG(value),
                       TEXT_ARG(low), TEXT_ARG(high));
}

static double largest(const struct line *lines, size_t count)
{
    double most = 1;
    for (size_t i = 0; i < count; i++)
        if (lines[i].part != NULL)
            most = fmax(most, result_value(lines[i].part, "n").value);
    return most;
}

static void draw_interval(const struct chart *chart, const struct line *line, double y,
                          double most)
{
    const double least_side = 4, grown_side = 7;
    const struct figure_call *call = chart->call;
    struct estimate found = result_value(line->part, "estimate");
    struct estimate lower = result_value(line->part, "wilson.lower");
    struct estimate upper = result_value(line->part, "wilson.upper");
    if (!is_estimated(found) || !is_estimated(lower) || !is_estimated(upper))
        return;
    double side =
        least_side + grown_side * sqrt(result_value(line->part, "n").value / most);
    double x = scale_at(&chart->x, found.value);
    pen_line(call->pen, (struct pen_point){scale_at(&chart->x, lower.value), y},
             (struct pen_point){scale_at(&chart->x, upper.value), y},
             &(struct pen_style){.stroke = INK_FIRST, .width = 1.6});
    pen_box(call->pen, (struct pen_point){x - side / 2, y - side / 2}, side, side,
            &(struct pen_style){.fill = INK_FIRST});
    chart_target(call, x, y);
}

static void draw_line(const struct chart *chart, const struct line *line, double y,
                      double most)
{
    const double middle = 4, inside = 16;
    const struct figure_call *call = chart->call;
    struct text name = name_of(call, line);
    chart_words_as(call, name,
                   &(struct pen_text){.x = line->is_inside ? left + inside : left,
                                      .y = y + middle,
                                      .size = CHART_SMALL,
                                      .ink = INK_TEXT,
                                      .weight = line->part == NULL ? WEIGHT_STRONG
                                                                   : WEIGHT_REGULAR});
    if (line->part == NULL)
        return;
    struct text count = counts_of(call, line), estimate = estimate_of_line(call, line);
    chart_mark(call, line->result, line->part->rows, line->part->row_count,
               text_format(call->data->arena, "%.*s: %.*s, %.*s %%", TEXT_ARG(name),
                           TEXT_ARG(count), TEXT_ARG(estimate)));
    draw_interval(chart, line, y, most);
    pen_end(call->pen);
    chart_words(call, count, counts, y + middle, ANCHOR_END);
    chart_words_as(call, estimate,
                   &(struct pen_text){.x = call->size.width - right,
                                      .y = y + middle,
                                      .size = CHART_SMALL,
                                      .ink = INK_TEXT,
                                      .anchor = ANCHOR_END});
}

static void draw_head(const struct chart *chart)
{
    const double above = 18;
    const struct figure_call *call = chart->call;
    struct text level = chart_number(call, 100 * call->data->plan->level, 0);
    chart_words(call, chart_say(call, "Events/n", "事件/例数"), counts, top - above,
                ANCHOR_END);
    chart_words(call,
                text_format(call->data->arena,
                            call->language == LANGUAGE_CHINESE ? "%%（%.*s %% CI）"
                                                               : "%% (%.*s %% CI)",
                            TEXT_ARG(level)),
                call->size.width - right, top - above, ANCHOR_END);
    pen_line(call->pen, (struct pen_point){left, top - above / 2},
             (struct pen_point){call->size.width - right, top - above / 2},
             &(struct pen_style){.stroke = INK_EDGE, .width = 1});
}

/* Where all stand, for the eye: the estimate of the figure's first line. */
static void draw_reference(const struct chart *chart, const struct line *first,
                           double bottom)
{
    struct estimate found = first->part == NULL ? not_estimable("a heading")
                                                : result_value(first->part, "estimate");
    if (plan_figure_argument(chart->call->figure, "reference") == NULL ||
        !is_estimated(found))
        return;
    double x = scale_at(&chart->x, found.value);
    pen_line(chart->call->pen, (struct pen_point){x, top},
             (struct pen_point){x, bottom},
             &(struct pen_style){.stroke = INK_EDGE, .width = 1, .dash = DASH_LONG});
}

void figure_forest_draw(const struct figure_call *call)
{
    struct line *lines;
    size_t count = lines_of(call, &lines);
    double bottom = top + row * (double)count, most = largest(lines, count);
    struct chart chart = {.call = call,
                          .x = {.until = 1, .low = plot_left, .high = plot_right},
                          .y = {.until = 1, .low = bottom, .high = top}};
    draw_head(&chart);
    chart_axis_below_share(&chart);
    if (count > 0)
        draw_reference(&chart, &lines[0], bottom);
    for (size_t i = 0; i < count; i++)
        draw_line(&chart, &lines[i], top + row * ((double)i + 0.5), most);
}

void figure_forest_says(const struct figure_call *call, struct buffer *to)
{
    struct line *lines;
    size_t count = lines_of(call, &lines);
    for (size_t i = 0; i < count; i++) {
        struct text name = name_of(call, &lines[i]);
        if (lines[i].part == NULL) {
            buffer_format(to, "%.*s: ", TEXT_ARG(name));
            continue;
        }
        struct text found = counts_of(call, &lines[i]);
        struct text estimate = estimate_of_line(call, &lines[i]);
        buffer_format(to, "%.*s %.*s, %.*s %%; ", TEXT_ARG(name), TEXT_ARG(found),
                      TEXT_ARG(estimate));
    }
}
