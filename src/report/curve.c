#include "report/curve.h"

#define ROW_HEIGHT 19.0

void curve_look(struct curve *curve, size_t at)
{
    static const struct {
        enum pen_ink ink;
        enum pen_dash dash;
    } looks[CURVES_MOST] = {{INK_FIRST, DASH_SOLID},
                            {INK_SECOND, DASH_LONG},
                            {INK_TEXT, DASH_DOTS},
                            {INK_QUIET, DASH_LONG}};
    ASSERT(at < CURVES_MOST);
    curve->ink = looks[at].ink;
    curve->dash = looks[at].dash;
}

static struct pen_point place(const struct chart *chart, double x, double y)
{
    return (struct pen_point){scale_at(&chart->x, x), scale_at(&chart->y, y)};
}

/* Two corners for each step: its level goes on to the step's time, then the new one. */
static size_t add_step(struct pen_point *points, size_t count, struct pen_point at)
{
    if (count > 0)
        points[count] = (struct pen_point){at.x, points[count - 1].y};
    size_t next = count > 0 ? count + 1 : 0;
    points[next] = at;
    return next + 1;
}

/* A level that goes on behind the axis ends with it. */
static size_t end_at_axis(const struct chart *chart, const struct curve *curve,
                          struct pen_point *points, size_t count)
{
    const struct result_series *series = curve->series;
    if (count == 0 || series->points[series->count - 1].x <= chart->x.until)
        return count;
    points[count] = (struct pen_point){chart->x.high, points[count - 1].y};
    return count + 1;
}

static bool is_on_axis(const struct chart *chart, const struct result_point *point)
{
    return point->x <= chart->x.until;
}

/* --- the band ------------------------------------------------------------------------- */

static size_t limit_points(const struct chart *chart, const struct curve *curve,
                           bool is_upper, struct pen_point *points)
{
    size_t count = 0;
    for (size_t i = 0; i < curve->series->count; i++) {
        const struct result_point *point = &curve->series->points[i];
        if (!is_on_axis(chart, point))
            break;
        if (!is_estimated(point->interval.lower) ||
            !is_estimated(point->interval.upper)) {
            /* Nothing to tell yet, or no longer: the band ends where it stands. */
            if (count > 0)
                return count;
            continue;
        }
        double limit =
            is_upper ? point->interval.upper.value : point->interval.lower.value;
        count = add_step(points, count, place(chart, point->x, limit));
    }
    return end_at_axis(chart, curve, points, count);
}

void curve_draw_band(const struct chart *chart, const struct curve *curve)
{
    const double opacity = 0.14;
    struct arena *arena = chart->call->data->arena;
    size_t most = 4 * curve->series->count + 4;
    struct pen_point *points = ARENA_ARRAY(arena, struct pen_point, most);
    struct pen_point *lower = ARENA_ARRAY(arena, struct pen_point, most);
    size_t upper_count = limit_points(chart, curve, true, points);
    size_t lower_count = limit_points(chart, curve, false, lower);
    if (upper_count < 2)
        return;
    for (size_t i = 0; i < lower_count; i++)
        points[upper_count + i] = lower[lower_count - 1 - i];
    pen_path(chart->call->pen, points, upper_count + lower_count, true,
             &(struct pen_style){.fill = curve->ink, .fill_opacity = opacity});
}

/* --- the line and its marks ----------------------------------------------------------- */

static struct text counted(const struct figure_call *call,
                           const struct result_point *point)
{
    struct arena *arena = call->data->arena;
    bool is_chinese = call->language == LANGUAGE_CHINESE;
    struct text at = chart_number(call, point->x, 1);
    struct text height = is_estimated(point->estimate)
                             ? chart_percent(call, point->estimate.value, 1)
                             : TEXT("–");
    return is_chinese
               ? text_format(arena, "%.*s：事件 %zu，删失 %zu；此后 %.*s", TEXT_ARG(at),
                             point->events, point->censored, TEXT_ARG(height))
               : text_format(arena, "At %.*s: %zu %s, %zu censored; %.*s from here on",
                             TEXT_ARG(at), point->events,
                             point->events == 1 ? "event" : "events", point->censored,
                             TEXT_ARG(height));
}

static void draw_marks(const struct chart *chart, const struct curve *curve)
{
    const double reach = 5;
    const struct figure_call *call = chart->call;
    for (size_t i = 0; i < curve->series->count; i++) {
        const struct result_point *point = &curve->series->points[i];
        if (!is_estimated(point->estimate) || !is_on_axis(chart, point))
            continue;
        struct pen_point at = place(chart, point->x, point->estimate.value);
        chart_mark(call, curve->result, point->rows, point->row_count,
                   counted(call, point));
        if (point->censored > 0)
            pen_line(call->pen, (struct pen_point){at.x, at.y - reach},
                     (struct pen_point){at.x, at.y + reach},
                     &(struct pen_style){.stroke = curve->ink, .width = 1.4});
        chart_target(call, at.x, at.y);
        pen_end(call->pen);
    }
}

void curve_draw(const struct chart *chart, const struct curve *curve)
{
    const double width = 2.2;
    struct pen_point *points = ARENA_ARRAY(chart->call->data->arena, struct pen_point,
                                           2 * (curve->series->count + 2));
    size_t count = add_step(points, 0, place(chart, chart->x.from, curve->start));
    for (size_t i = 0; i < curve->series->count; i++) {
        const struct result_point *point = &curve->series->points[i];
        if (is_estimated(point->estimate) && is_on_axis(chart, point))
            count =
                add_step(points, count, place(chart, point->x, point->estimate.value));
    }
    count = end_at_axis(chart, curve, points, count);
    pen_path(
        chart->call->pen, points, count, false,
        &(struct pen_style){.stroke = curve->ink, .width = width, .dash = curve->dash});
    if (curve->has_target)
        draw_marks(chart, curve);
}

void curve_draw_name(const struct chart *chart, const struct curve *curve)
{
    const double above = 10;
    const struct result_series *series = curve->series;
    size_t count = series->count;
    if (count == 0 || curve->name.len == 0)
        return;
    struct pen_point at = place(chart, series->points[count - 1].x, curve->start);
    while (count > 0 && !is_on_axis(chart, &series->points[count - 1]))
        count--;
    if (count > 0)
        at.y = scale_at(&chart->y, series->points[count - 1].estimate.value);
    if (at.x > chart->x.high)
        at.x = chart->x.high;
    chart_words_as(chart->call, curve->name,
                   &(struct pen_text){.x = at.x,
                                      .y = at.y - above,
                                      .size = CHART_TEXT,
                                      .ink = curve->ink,
                                      .anchor = ANCHOR_END,
                                      .weight = WEIGHT_STRONG});
}

/* --- the table below ------------------------------------------------------------------ */

struct followed {
    size_t at_risk, censored, events; /* just before `time`; up to and with it */
};

static struct followed followed_at(const struct curve *curve, double time)
{
    struct followed found = {.at_risk = curve->count};
    for (size_t i = 0; i < curve->series->count; i++) {
        const struct result_point *point = &curve->series->points[i];
        if (point->x < time)
            found.at_risk -= point->events + point->censored;
        if (point->x <= time) {
            found.events += point->events;
            found.censored += point->censored;
        }
    }
    return found;
}

double curve_table_height(size_t curves)
{
    enum { ROWS = 3 };
    return ROW_HEIGHT * (double)(curves * (curves > 1 ? ROWS + 1 : ROWS));
}

static void draw_row(const struct chart *chart, struct text title, const size_t *counts,
                     const struct ticks *ticks, double y)
{
    const double gap = 24;
    chart_words(chart->call, title, chart->x.low - gap, y, ANCHOR_END);
    for (size_t i = 0; i < ticks->count; i++)
        chart_words_as(chart->call,
                       text_format(chart->call->data->arena, "%zu", counts[i]),
                       &(struct pen_text){.x = scale_at(&chart->x, ticks->at[i]),
                                          .y = y,
                                          .size = CHART_SMALL,
                                          .ink = INK_TEXT,
                                          .anchor = ANCHOR_MIDDLE});
}

void curve_draw_table(const struct chart *chart, const struct curve *curves,
                      size_t count, const struct ticks *ticks, double top)
{
    const struct figure_call *call = chart->call;
    double y = top;
    for (size_t k = 0; k < count; k++) {
        size_t at_risk[TICKS_MOST], censored[TICKS_MOST], events[TICKS_MOST];
        for (size_t i = 0; i < ticks->count; i++) {
            struct followed found = followed_at(&curves[k], ticks->at[i]);
            at_risk[i] = found.at_risk;
            censored[i] = found.censored;
            events[i] = found.events;
        }
        if (count > 1) {
            y += ROW_HEIGHT;
            chart_words_as(call, curves[k].name,
                           &(struct pen_text){.x = chart->x.low,
                                              .y = y,
                                              .size = CHART_SMALL,
                                              .ink = curves[k].ink,
                                              .weight = WEIGHT_STRONG});
        }
        draw_row(chart, chart_say(call, "At risk", "风险人数"), at_risk, ticks,
                 y + ROW_HEIGHT);
        draw_row(chart, chart_say(call, "Censored", "累计删失"), censored, ticks,
                 y + 2 * ROW_HEIGHT);
        y += 3 * ROW_HEIGHT;
        draw_row(chart, chart_say(call, "Events", "累计事件"), events, ticks, y);
    }
}
