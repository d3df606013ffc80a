/* Survival: the curve of each part with its band and censorings, the estimates at the
 * planned times, and below it who was at risk, censored and had the event. */
#include "report/curve.h"
#include "report/figure_kinds.h"

static const double left = 92, right = 24, top = 26, plot = 300, axis = 52, under = 10;

static size_t curves_of(const struct figure_call *call, struct curve *curves)
{
    const struct analysis_result *result = chart_result(call, 0);
    size_t count = 0;
    for (size_t i = 0; i < result->part_count && count < CURVES_MOST; i++) {
        const struct result_part *part = &result->parts[i];
        const struct result_series *series = result_series(part, "survival");
        if (series == NULL || series->count == 0)
            continue;
        curves[count] = (struct curve){.result = result,
                                       .series = series,
                                       .name = chart_level(call, result, part->group),
                                       .count = part->row_count - part->missing,
                                       .start = 1,
                                       .has_target = true};
        curve_look(&curves[count], count);
        count++;
    }
    return count;
}

struct figure_size figure_survival_size(const struct figure_call *call)
{
    struct curve curves[CURVES_MOST];
    return (struct figure_size){
        FIGURE_WIDTH,
        top + plot + axis + curve_table_height(curves_of(call, curves)) + under};
}

static double last_time(const struct curve *curves, size_t count)
{
    double last = 1;
    for (size_t i = 0; i < count; i++) {
        double end = curves[i].series->points[curves[i].series->count - 1].x;
        last = end > last ? end : last;
    }
    return last;
}

/* --- the estimates at the planned times ----------------------------------------------- */

static struct text unit_of_time(const struct figure_call *call,
                                const struct analysis_result *result)
{
    const struct plan_argument *time = plan_argument(result->analysis, "time");
    int32_t at = plan_variable(result->dataset->plan, time->text);
    return chart_unit(call, result->dataset->plan->variables[at].unit);
}

/* "81.2 %" and "(66.6–89.9)", or why there is none. */
static bool estimate_at(const struct figure_call *call, const struct result_part *part,
                        double time, struct text *value, struct text *interval)
{
    struct arena *arena = call->data->arena;
    const char *name = text_format(arena, "surv.t%.15g", time).at;
    struct estimate found = result_value(part, name);
    struct estimate lower = result_value(part, text_format(arena, "%s.lower", name).at);
    struct estimate upper = result_value(part, text_format(arena, "%s.upper", name).at);
    if (!is_estimated(found))
        return false;
    *value = chart_percent(call, found.value, 1);
    *interval = (struct text){0};
    if (is_estimated(lower) && is_estimated(upper)) {
        struct text low = chart_number(call, 100 * lower.value, 1);
        struct text high = chart_number(call, 100 * upper.value, 1);
        *interval = text_format(arena, "(%.*s–%.*s)", TEXT_ARG(low), TEXT_ARG(high));
    }
    return true;
}

/* Where the curve leaves room: below one that stays high, else above. */
static void draw_estimates(const struct chart *chart, const struct curve *curve)
{
    const double row = 19, reach = 210, value = 100, above = 14;
    const struct figure_call *call = chart->call;
    const struct analysis_result *result = curve->result;
    const struct plan_argument *times = plan_argument(result->analysis, "at");
    double end = curve->series->points[curve->series->count - 1].estimate.value;
    bool is_high = !(end < 0.55);
    size_t count = times == NULL ? 0 : times->number_count;
    double x = is_high ? chart->x.low + 2 * above : chart->x.high - reach;
    double y =
        is_high ? chart->y.low - above - row * (double)count : chart->y.high + above;
    if (count == 0)
        return;
    pen_box(call->pen, (struct pen_point){x, y - row + 4}, reach - 8,
            row * (double)(count + 1) + 4, &(struct pen_style){.fill = INK_SURFACE});
    struct text level = chart_number(call, 100 * call->data->plan->level, 0);
    chart_words(call,
                text_format(call->data->arena,
                            call->language == LANGUAGE_CHINESE
                                ? "估计值（%.*s %% CI）"
                                : "Estimate (%.*s %% CI)",
                            TEXT_ARG(level)),
                x, y, ANCHOR_START);
    for (size_t i = 0; i < count; i++) {
        struct text estimate, interval;
        y += row;
        struct text time = chart_number(call, times->numbers[i], 0);
        struct text unit = unit_of_time(call, result);
        chart_words(
            call,
            text_format(call->data->arena, "%.*s %.*s", TEXT_ARG(time), TEXT_ARG(unit)),
            x + value / 2 - 8, y, ANCHOR_END);
        if (!estimate_at(call, &result->parts[0], times->numbers[i], &estimate,
                         &interval)) {
            chart_words(call, chart_say(call, "not estimable", "不可估计"), x + value,
                        y, ANCHOR_END);
            continue;
        }
        chart_words_as(call, estimate,
                       &(struct pen_text){.x = x + value,
                                          .y = y,
                                          .size = CHART_TEXT,
                                          .ink = INK_TEXT,
                                          .anchor = ANCHOR_END,
                                          .weight = WEIGHT_STRONG});
        chart_words(call, interval, x + value + 8, y, ANCHOR_START);
    }
}

/* --- all ------------------------------------------------------------------------------ */

void figure_survival_draw(const struct figure_call *call)
{
    struct curve curves[CURVES_MOST];
    size_t count = curves_of(call, curves), given = 0;
    const double *at = chart_numbers(call, "ticks", &given);
    if (count == 0) {
        chart_nothing(call);
        return;
    }
    double last = given > 0 ? at[given - 1] : last_time(curves, count);
    struct ticks ticks = given > 0 ? ticks_given(at, given) : ticks_round(0, last, 8);
    struct chart chart = {
        .call = call,
        .x = {.until = last, .low = left, .high = call->size.width - right},
        .y = {.until = 1, .low = top + plot, .high = top}};
    chart_axis_share(&chart);
    chart_axis_below(&chart, &ticks);
    for (size_t i = 0; i < count; i++)
        curve_draw_band(&chart, &curves[i]);
    for (size_t i = 0; i < count; i++) {
        curve_draw(&chart, &curves[i]);
        curve_draw_name(&chart, &curves[i]);
    }
    if (count == 1)
        draw_estimates(&chart, &curves[0]);
    curve_draw_table(&chart, curves, count, &ticks, top + plot + axis);
}

void figure_survival_says(const struct figure_call *call, struct buffer *to)
{
    const struct analysis_result *result = chart_result(call, 0);
    const struct plan_argument *times = plan_argument(result->analysis, "at");
    bool is_chinese = call->language == LANGUAGE_CHINESE;
    for (size_t i = 0; i < result->part_count; i++) {
        const struct result_part *part = &result->parts[i];
        struct text name = chart_level(call, result, part->group);
        buffer_format(to,
                      is_chinese ? "%.*sn = %.0f，事件 %.0f。"
                                 : "%.*sn = %.0f, %.0f events. ",
                      TEXT_ARG(name), result_value(part, "n").value,
                      result_value(part, "events").value);
        for (size_t k = 0; times != NULL && k < times->number_count; k++) {
            struct text value, interval;
            struct text unit = unit_of_time(call, result);
            if (estimate_at(call, part, times->numbers[k], &value, &interval))
                buffer_format(to,
                              is_chinese ? "%.15g %.*s：%.*s%.*s。"
                                         : "%.15g %.*s: %.*s %.*s. ",
                              times->numbers[k], TEXT_ARG(unit), TEXT_ARG(value),
                              TEXT_ARG(interval));
        }
    }
}
