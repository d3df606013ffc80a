/* Cumulative incidence: how many have had the event by each time, and how many what competes
 * with it, instead of a curve that takes the dead for censored. Below it who was at risk.
 *
 * "per": so many of the analysis's units are one of the axis (24: hours as days); "ticks" in
 * the axis's units. The levels "event" and "competing" name the curves. */
#include "report/curve.h"
#include "report/figure_kinds.h"

static const double left = 124, right = 24, top = 26, plot = 280, axis = 52, row = 19,
                    under = 28;

enum { EVENT, COMPETING, CURVES };

struct incidence {
    struct curve curves[CURVES];
    double per; /* units of the analysis in one of the axis */
    bool is_there;
};

static struct incidence incidence_of(const struct figure_call *call)
{
    const struct analysis_result *result = chart_result(call, 0);
    struct incidence found = {.per = 1};
    size_t given = 0;
    const double *per = chart_numbers(call, "per", &given);
    if (given > 0)
        found.per = per[0];
    if (result->part_count == 0)
        return found;
    const struct result_part *part = &result->parts[0];
    const struct result_series *event = result_series(part, "incidence");
    const struct result_series *competing = result_series(part, "competing");
    if (event == NULL || competing == NULL || event->count == 0)
        return found;
    found.is_there = true;
    size_t count = part->row_count - part->missing;
    found.curves[EVENT] =
        (struct curve){.result = result,
                       .series = event,
                       .name = chart_level(call, result, TEXT("event")),
                       .count = count,
                       .has_target = true};
    found.curves[COMPETING] =
        (struct curve){.result = result,
                       .series = competing,
                       .name = chart_level(call, result, TEXT("competing")),
                       .count = count};
    for (size_t i = 0; i < CURVES; i++)
        curve_look(&found.curves[i], i);
    return found;
}

struct figure_size figure_incidence_size(const struct figure_call *call)
{
    enum { ROWS = 3 };
    (void)call;
    return (struct figure_size){FIGURE_WIDTH, top + plot + axis + ROWS * row + under};
}

/* --- the table below ------------------------------------------------------------------ */

static size_t at_risk_at(const struct result_series *series, double time)
{
    for (size_t i = 0; i < series->count; i++)
        if (series->points[i].x >= time)
            return series->points[i].at_risk;
    return 0;
}

static size_t events_by(const struct result_series *series, double time)
{
    size_t events = 0;
    for (size_t i = 0; i < series->count && series->points[i].x <= time; i++)
        events += series->points[i].events;
    return events;
}

static void draw_table(const struct chart *chart, const struct incidence *incidence,
                       const struct ticks *ticks)
{
    const double gap = 24;
    const struct figure_call *call = chart->call;
    const struct result_series *event = incidence->curves[EVENT].series;
    const struct result_series *competing = incidence->curves[COMPETING].series;
    const struct text titles[] = {chart_say(call, "At risk", "风险人数"),
                                  chart_say(call, "Events", "累计事件"),
                                  chart_say(call, "Competing", "累计竞争事件")};
    for (size_t k = 0; k < ARRAY_COUNT(titles); k++) {
        double y = top + plot + axis + row * (double)(k + 1);
        chart_words(call, titles[k], chart->x.low - gap, y, ANCHOR_END);
        for (size_t i = 0; i < ticks->count; i++) {
            double time = ticks->at[i] * incidence->per;
            size_t count = k == 0   ? at_risk_at(event, time)
                           : k == 1 ? events_by(event, time)
                                    : events_by(competing, time);
            chart_words_as(call, text_format(call->data->arena, "%zu", count),
                           &(struct pen_text){.x = scale_at(&chart->x, ticks->at[i]),
                                              .y = y,
                                              .size = CHART_SMALL,
                                              .ink = INK_TEXT,
                                              .anchor = ANCHOR_MIDDLE});
        }
    }
}

/* --- all ------------------------------------------------------------------------------ */

/* The axis's scale is in its own units; the curves are drawn in the analysis's. */
static struct scale in_units(struct scale axis_scale, double per)
{
    axis_scale.from *= per;
    axis_scale.until *= per;
    return axis_scale;
}

void figure_incidence_draw(const struct figure_call *call)
{
    struct incidence incidence = incidence_of(call);
    size_t given = 0;
    const double *at = chart_numbers(call, "ticks", &given);
    if (!incidence.is_there) {
        chart_nothing(call);
        return;
    }
    const struct result_series *event = incidence.curves[EVENT].series;
    double last =
        given > 0 ? at[given - 1] : event->points[event->count - 1].x / incidence.per;
    struct ticks ticks =
        given > 0 ? ticks_given(at, given) : ticks_round(0, last > 0 ? last : 1, 8);
    struct chart chart = {.call = call,
                          .x = {.until = last > 0 ? last : 1,
                                .low = left,
                                .high = call->size.width - right},
                          .y = {.until = 1, .low = top + plot, .high = top}};
    chart_axis_share(&chart);
    chart_axis_below(&chart, &ticks);
    struct chart curves = chart;
    curves.x = in_units(chart.x, incidence.per);
    for (size_t i = 0; i < CURVES; i++)
        curve_draw_band(&curves, &incidence.curves[i]);
    for (size_t i = 0; i < CURVES; i++)
        curve_draw(&curves, &incidence.curves[i]);
    for (size_t i = 0; i < CURVES; i++)
        curve_draw_name(&curves, &incidence.curves[i]);
    draw_table(&chart, &incidence, &ticks);
}

void figure_incidence_says(const struct figure_call *call, struct buffer *to)
{
    struct incidence incidence = incidence_of(call);
    bool is_chinese = call->language == LANGUAGE_CHINESE;
    for (size_t i = 0; incidence.is_there && i < CURVES; i++) {
        const struct result_series *series = incidence.curves[i].series;
        struct estimate end = series->points[series->count - 1].estimate;
        struct text name = incidence.curves[i].name;
        size_t events = events_by(series, (double)INFINITY);
        struct text share =
            is_estimated(end) ? chart_percent(call, end.value, 1) : TEXT("–");
        buffer_format(to,
                      is_chinese ? "%.*s：n = %zu，事件 %zu，最终 %.*s。"
                                 : "%.*s: n = %zu, %zu events, %.*s at the end. ",
                      TEXT_ARG(name), incidence.curves[i].count, events,
                      TEXT_ARG(share));
    }
}
