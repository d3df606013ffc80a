/* Forest plot: proportions with their intervals, a line each; of an analysis by groups a
 * heading and a line for each group. The squares grow with the number behind them. */
#include "report/figure_kinds.h"
#include "stats/proportion.h"

#include <math.h>

static const double left = 8, counts = 322, plot_left = 344, plot_right = 560,
                    right = 8, top = 56, row = 22, axis = 48;

struct line {
    const struct analysis_result *result;
    struct text name;
    bool is_heading, is_inside; /* inside: below a heading */
    size_t events, total;
    struct estimate estimate;
    struct interval interval;
    const size_t *rows;
    size_t row_count;
};

struct lines {
    struct line *at;
    size_t count;
};

static struct line part_line(const struct figure_call *call,
                             const struct analysis_result *result,
                             const struct result_part *part)
{
    const struct plan_analysis *analysis = result->analysis;
    bool is_inside = analysis->group.len > 0;
    return (struct line){.result = result,
                         .name = is_inside ? chart_level(call, result, part->group)
                                           : plan_say(&analysis->label, call->language),
                         .is_inside = is_inside,
                         .events = (size_t)result_value(part, "events").value,
                         .total = (size_t)result_value(part, "n").value,
                         .estimate = result_value(part, "estimate"),
                         .interval = {result_value(part, "wilson.lower"),
                                      result_value(part, "wilson.upper")},
                         .rows = part->rows,
                         .row_count = part->row_count};
}

static const struct column *by_column(const struct analysis_result *result)
{
    const struct plan_argument *by = plan_argument(result->analysis, "by");
    int32_t at = by == NULL ? -1 : plan_variable(result->dataset->plan, by->text);
    ASSERT(at >= 0); /* plan_check has looked */
    return &result->dataset->columns[at];
}

/* Those of a comparison by a truth for whom it is yes, or no. */
static struct line half_line(const struct figure_call *call,
                             const struct analysis_result *result, bool is_yes)
{
    const struct column *by = by_column(result);
    const struct result_part *part = &result->parts[0];
    size_t *rows = ARENA_ARRAY(call->data->arena, size_t, part->row_count);
    struct line line = {
        .result = result,
        .name = is_yes ? chart_say(call, "yes", "是") : chart_say(call, "no", "否"),
        .is_inside = true,
        .events = (size_t)result_value(part, is_yes ? "events.yes" : "events.no").value,
        .total = (size_t)result_value(part, is_yes ? "n.yes" : "n.no").value,
        .rows = rows};
    for (size_t i = 0; i < part->row_count; i++)
        if (cell_has_value(by, part->rows[i]) &&
            cell_is_yes(by, part->rows[i]) == is_yes)
            rows[line.row_count++] = part->rows[i];
    struct proportion found;
    const struct proportion_input input = {.events = (int64_t)line.events,
                                           .total = (int64_t)line.total,
                                           .level = call->data->plan->level,
                                           .null = (double)NAN};
    proportion_estimate(&input, &found);
    line.estimate = found.estimate;
    line.interval = found.wilson;
    return line;
}

static void add_analysis(const struct figure_call *call,
                         const struct analysis_result *result, struct lines *lines)
{
    bool is_halved = plan_argument(result->analysis, "by") != NULL;
    struct text heading = plan_say(&result->analysis->label, call->language);
    if (is_halved)
        heading = plan_say(&by_column(result)->variable->label, call->language);
    if (is_halved || result->analysis->group.len > 0)
        lines->at[lines->count++] =
            (struct line){.result = result, .name = heading, .is_heading = true};
    for (size_t i = 0; i < result->part_count; i++) {
        if (!is_halved) {
            lines->at[lines->count++] = part_line(call, result, &result->parts[i]);
            continue;
        }
        lines->at[lines->count++] = half_line(call, result, true);
        lines->at[lines->count++] = half_line(call, result, false);
    }
}

static struct lines lines_of(const struct figure_call *call)
{
    enum { HEADING_AND_HALVES = 3 };
    size_t most = 0;
    for (size_t i = 0; i < call->figure->analysis_count; i++)
        most += HEADING_AND_HALVES + chart_result(call, i)->part_count;
    struct lines lines = {ARENA_ARRAY(call->data->arena, struct line, most), 0};
    for (size_t i = 0; i < call->figure->analysis_count; i++)
        add_analysis(call, chart_result(call, i), &lines);
    return lines;
}

struct figure_size figure_forest_size(const struct figure_call *call)
{
    return (struct figure_size){FIGURE_WIDTH,
                                top + row * (double)lines_of(call).count + axis};
}

/* "41/52" */
static struct text counts_of(const struct figure_call *call, const struct line *line)
{
    return text_format(call->data->arena, "%zu/%zu", line->events, line->total);
}

static bool has_interval(const struct line *line)
{
    return !line->is_heading && is_estimated(line->estimate) &&
           is_estimated(line->interval.lower) && is_estimated(line->interval.upper);
}

/* "78.8 (65.3–88.9)" */
static struct text estimate_of_line(const struct figure_call *call,
                                    const struct line *line)
{
    if (!has_interval(line))
        return chart_say(call, "not estimable", "不可估计");
    struct text value = chart_number(call, 100 * line->estimate.value, 1);
    struct text low = chart_number(call, 100 * line->interval.lower.value, 1);
    struct text high = chart_number(call, 100 * line->interval.upper.value, 1);
    return text_format(call->data->arena, "%.*s (%.*s–%.*s)", TEXT_ARG(value),
                       TEXT_ARG(low), TEXT_ARG(high));
}

static double largest(const struct lines *lines)
{
    size_t most = 1;
    for (size_t i = 0; i < lines->count; i++)
        most = lines->at[i].total > most ? lines->at[i].total : most;
    return (double)most;
}

static void draw_interval(const struct chart *chart, const struct line *line, double y,
                          double most)
{
    const double least_side = 4, grown_side = 7;
    const struct figure_call *call = chart->call;
    if (!has_interval(line))
        return;
    double side = least_side + grown_side * sqrt((double)line->total / most);
    double x = scale_at(&chart->x, line->estimate.value);
    pen_line(call->pen,
             (struct pen_point){scale_at(&chart->x, line->interval.lower.value), y},
             (struct pen_point){scale_at(&chart->x, line->interval.upper.value), y},
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
    struct text name = line->name;
    chart_words_as(call, name,
                   &(struct pen_text){.x = line->is_inside ? left + inside : left,
                                      .y = y + middle,
                                      .size = CHART_SMALL,
                                      .ink = INK_TEXT,
                                      .weight = line->is_heading ? WEIGHT_STRONG
                                                                 : WEIGHT_REGULAR});
    if (line->is_heading)
        return;
    struct text count = counts_of(call, line), estimate = estimate_of_line(call, line);
    chart_mark(call, line->result, line->rows, line->row_count,
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
    if (plan_figure_argument(chart->call->figure, "reference") == NULL ||
        !has_interval(first))
        return;
    double x = scale_at(&chart->x, first->estimate.value);
    pen_line(chart->call->pen, (struct pen_point){x, top},
             (struct pen_point){x, bottom},
             &(struct pen_style){.stroke = INK_EDGE, .width = 1, .dash = DASH_LONG});
}

void figure_forest_draw(const struct figure_call *call)
{
    struct lines lines = lines_of(call);
    double bottom = top + row * (double)lines.count, most = largest(&lines);
    struct chart chart = {.call = call,
                          .x = {.until = 1, .low = plot_left, .high = plot_right},
                          .y = {.until = 1, .low = bottom, .high = top}};
    draw_head(&chart);
    chart_axis_below_share(&chart);
    if (lines.count > 0)
        draw_reference(&chart, &lines.at[0], bottom);
    for (size_t i = 0; i < lines.count; i++)
        draw_line(&chart, &lines.at[i], top + row * ((double)i + 0.5), most);
}

void figure_forest_says(const struct figure_call *call, struct buffer *to)
{
    struct lines lines = lines_of(call);
    for (size_t i = 0; i < lines.count; i++) {
        const struct line *line = &lines.at[i];
        struct text found = counts_of(call, line), share = estimate_of_line(call, line);
        if (line->is_heading)
            buffer_format(to, "%.*s: ", TEXT_ARG(line->name));
        else
            buffer_format(to, "%.*s %.*s, %.*s %%; ", TEXT_ARG(line->name),
                          TEXT_ARG(found), TEXT_ARG(share));
    }
}
