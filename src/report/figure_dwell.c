/* Dwell of each needle from placement to removal, the longest above, with the times that
 * the plan names. "until": how long it was in place, to removal, death or now; "removed":
 * whether it was. */
#include "report/figure_kinds.h"
#include "report/lanes.h"

static const double left = 76, right = 40, top = 44, axis = 50;

struct dwell {
    const struct column *until;   /* hours */
    const struct column *removed; /* a truth; NULL: all were */
    const double *lines;
    size_t line_count;
};

static struct dwell dwell_of(const struct figure_call *call)
{
    const struct analysis_result *result = chart_result(call, 0);
    const struct plan_argument *value = plan_argument(result->analysis, "value");
    int32_t at = plan_variable(result->dataset->plan, value->text);
    ASSERT(at >= 0); /* plan_check has looked */
    struct dwell dwell = {.until = chart_column(call, result->dataset, "until"),
                          .removed = chart_column(call, result->dataset, "removed")};
    if (dwell.until == NULL)
        dwell.until = &result->dataset->columns[at];
    dwell.lines = chart_numbers(call, "lines", &dwell.line_count);
    return dwell;
}

static bool is_removed(const struct dwell *dwell, size_t row)
{
    return dwell->removed == NULL || cell_is_yes(dwell->removed, row);
}

struct figure_size figure_dwell_size(const struct figure_call *call)
{
    struct lanes lanes;
    struct dwell dwell = dwell_of(call);
    lanes_of(call, dwell.until, top, &lanes);
    return (struct figure_size){FIGURE_WIDTH, top + lanes_height(lanes.count) + axis};
}

static void draw_removed_end(const struct figure_call *call, double x, double y)
{
    pen_dot(call->pen, x, y, 3, &(struct pen_style){.fill = INK_FIRST});
}

static void draw_open_end(const struct figure_call *call, double x, double y)
{
    pen_dot(
        call->pen, x, y, 3,
        &(struct pen_style){.stroke = INK_SECOND, .width = 1.5, .fill = INK_SURFACE});
}

static void draw_lane(const struct chart *chart, const struct dwell *dwell,
                      const struct lanes *lanes, const struct lane *lane)
{
    const double thickness = 0.42;
    const struct figure_call *call = chart->call;
    const struct analysis_result *result = chart_result(call, 0);
    double x = scale_at(&chart->x, lane->length);
    struct text participant = chart_participant(call, result->dataset, lane->row);
    struct text hours = chart_number(call, lane->length, 1);
    chart_mark(call, result, &lane->row, 1,
               text_format(call->data->arena, "%.*s%s%.*s h", TEXT_ARG(participant),
                           participant.len > 0 ? ": " : "", TEXT_ARG(hours)));
    pen_line(
        call->pen, (struct pen_point){chart->x.low, lane->y},
        (struct pen_point){x, lane->y},
        &(struct pen_style){.stroke = INK_FIRST, .width = thickness * lanes->step});
    (is_removed(dwell, lane->row) ? draw_removed_end : draw_open_end)(call, x, lane->y);
    pen_end(call->pen);
    lane_draw_name(chart, result->dataset, lanes, lane);
}

static void draw_lines(const struct chart *chart, const struct dwell *dwell)
{
    const double above = 6;
    const struct figure_call *call = chart->call;
    for (size_t i = 0; i < dwell->line_count; i++) {
        double x = scale_at(&chart->x, dwell->lines[i]);
        struct text hours = chart_number(call, dwell->lines[i], 0);
        struct text unit = chart_unit(call, TEXT("h"));
        if (dwell->lines[i] > chart->x.until)
            continue;
        pen_line(
            call->pen, (struct pen_point){x, chart->y.high},
            (struct pen_point){x, chart->y.low},
            &(struct pen_style){.stroke = INK_SECOND, .width = 1.4, .dash = DASH_LONG});
        chart_words_as(call,
                       text_format(call->data->arena, "%.*s %.*s", TEXT_ARG(hours),
                                   TEXT_ARG(unit)),
                       &(struct pen_text){.x = x,
                                          .y = chart->y.high - above,
                                          .size = CHART_SMALL,
                                          .ink = INK_SECOND,
                                          .anchor = ANCHOR_MIDDLE,
                                          .weight = WEIGHT_STRONG});
    }
}

static size_t open_count(const struct dwell *dwell, const struct lanes *lanes)
{
    size_t open = 0;
    for (size_t i = 0; i < lanes->count; i++)
        open += !is_removed(dwell, lanes->lanes[i].row);
    return open;
}

static void draw_key(const struct figure_call *call, bool has_open)
{
    const double y = 16;
    double x =
        key_draw(call, left, y, draw_removed_end, chart_say(call, "removed", "已拔除"));
    if (has_open)
        key_draw(call, x, y, draw_open_end,
                 chart_say(call, "not removed: until death, or now",
                           "未拔除：至死亡或当前"));
}

/* Quarters of days, days, or two of them. */
static struct ticks ticks_of_days(double hours)
{
    const double day = 24, many = 8;
    double step = hours / day > many ? 2 * day : hours <= 2 * day ? day / 4 : day;
    double at[TICKS_MOST];
    size_t count = 0;
    while (count < TICKS_MOST && step * (double)count <= hours) {
        at[count] = step * (double)count;
        count++;
    }
    return ticks_given(at, count);
}

void figure_dwell_draw(const struct figure_call *call)
{
    struct lanes lanes;
    struct dwell dwell = dwell_of(call);
    lanes_of(call, dwell.until, top, &lanes);
    if (lanes.count == 0) {
        chart_nothing(call);
        return;
    }
    double from = 0, most = lanes.lanes[0].length;
    for (size_t i = 0; i < dwell.line_count; i++)
        most = dwell.lines[i] > most ? dwell.lines[i] : most;
    scale_widen(&from, &most, 8);
    struct chart chart = {
        .call = call,
        .x = {.until = most, .low = left, .high = call->size.width - right},
        .y = {.low = top + lanes_height(lanes.count), .high = top}};
    struct ticks ticks = ticks_of_days(most);
    chart_axis_below(&chart, &ticks);
    for (size_t i = 0; i < lanes.count; i++)
        draw_lane(&chart, &dwell, &lanes, &lanes.lanes[i]);
    draw_lines(&chart, &dwell);
    draw_key(call, open_count(&dwell, &lanes) > 0);
}

void figure_dwell_says(const struct figure_call *call, struct buffer *to)
{
    struct dwell dwell = dwell_of(call);
    struct lanes lanes;
    lanes_of(call, dwell.until, top, &lanes);
    size_t open = open_count(&dwell, &lanes);
    bool is_chinese = call->language == LANGUAGE_CHINESE;
    buffer_format(to,
                  is_chinese ? "骨针 %zu 根，未拔除 %zu 根。"
                             : "%zu needles, %zu not removed. ",
                  lanes.count, open);
    for (size_t i = 0; i < dwell.line_count; i++) {
        size_t beyond = 0;
        while (beyond < lanes.count && lanes.lanes[beyond].length > dwell.lines[i])
            beyond++;
        buffer_format(to,
                      is_chinese ? "超过 %.0f 小时 %zu 根。" : "Beyond %.0f h: %zu. ",
                      dwell.lines[i], beyond);
    }
}
