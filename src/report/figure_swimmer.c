/* Swimmer plot: from enrolment to death or the last time known alive, a lane for each
 * participant; on it the times with a needle, and complications.
 *
 * "intervals" names a dataset with the variables "from" and "to", "points" one with the
 * truth "which" and the variable "at": in the units of the analysis's time. */
#include "report/figure_kinds.h"
#include "report/lanes.h"

static const double left = 76, right = 24, top = 44, axis = 50;

struct swimmer {
    const struct column *time, *event;
    const struct dataset *needles, *points; /* NULL: none */
    const struct column *from, *to, *at, *which;
};

static const struct column *analysis_column(const struct analysis_result *result,
                                            const char *argument)
{
    const struct plan_argument *found = plan_argument(result->analysis, argument);
    int32_t at = plan_variable(result->dataset->plan, found->text);
    ASSERT(at >= 0); /* plan_check has looked */
    return &result->dataset->columns[at];
}

static const struct dataset *dataset_named(const struct figure_call *call,
                                           const char *argument)
{
    const struct plan_argument *name = plan_figure_argument(call->figure, argument);
    const struct plan_dataset *found =
        name == NULL ? NULL : plan_dataset(call->data->plan, name->text);
    return found == NULL ? NULL
                         : call->data->datasets[found - call->data->plan->datasets];
}

static struct swimmer swimmer_of(const struct figure_call *call)
{
    const struct analysis_result *result = chart_result(call, 0);
    struct swimmer swimmer = {.time = analysis_column(result, "time"),
                              .event = analysis_column(result, "event"),
                              .needles = dataset_named(call, "intervals"),
                              .points = dataset_named(call, "points")};
    if (swimmer.needles != NULL) {
        swimmer.from = chart_column(call, swimmer.needles, "from");
        swimmer.to = chart_column(call, swimmer.needles, "to");
    }
    if (swimmer.points != NULL) {
        swimmer.at = chart_column(call, swimmer.points, "at");
        swimmer.which = chart_column(call, swimmer.points, "which");
    }
    return swimmer;
}

struct figure_size figure_swimmer_size(const struct figure_call *call)
{
    struct lanes lanes;
    lanes_of(call, swimmer_of(call).time, top, &lanes);
    return (struct figure_size){FIGURE_WIDTH, top + lanes_height(lanes.count) + axis};
}

/* --- symbols -------------------------------------------------------------------------- */

static void draw_death(const struct figure_call *call, double x, double y)
{
    const double reach = 3.6;
    const struct pen_style line = {.stroke = INK_TEXT, .width = 2};
    pen_line(call->pen, (struct pen_point){x - reach, y - reach},
             (struct pen_point){x + reach, y + reach}, &line);
    pen_line(call->pen, (struct pen_point){x - reach, y + reach},
             (struct pen_point){x + reach, y - reach}, &line);
}

static void draw_alive(const struct figure_call *call, double x, double y)
{
    const double length = 6, half = 3.6;
    const struct pen_point points[] = {{x, y - half}, {x + length, y}, {x, y + half}};
    pen_path(
        call->pen, points, ARRAY_COUNT(points), true,
        &(struct pen_style){.stroke = INK_FIRST, .width = 1.2, .fill = INK_SURFACE});
}

static void draw_complication(const struct figure_call *call, double x, double y)
{
    const double half = 4.6;
    const struct pen_point points[] = {
        {x, y - half}, {x + half, y}, {x, y + half}, {x - half, y}};
    pen_path(
        call->pen, points, ARRAY_COUNT(points), true,
        &(struct pen_style){.stroke = INK_SURFACE, .width = 1, .fill = INK_SECOND});
}

static void draw_needle_key(const struct figure_call *call, double x, double y)
{
    pen_line(call->pen, (struct pen_point){x - 9, y}, (struct pen_point){x + 9, y},
             &(struct pen_style){.stroke = INK_FIRST, .width = 6});
}

/* --- lanes ---------------------------------------------------------------------------- */

/* Rows rise by participant: the first of this one, or where it would be. */
static size_t first_row(const struct dataset *dataset, int64_t participant)
{
    size_t low = 0, high = dataset->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (dataset->places[middle].participant < participant)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static double within(const struct chart *chart, double value)
{
    double inside = value < 0 ? 0 : value > chart->x.until ? chart->x.until : value;
    return scale_at(&chart->x, inside);
}

static void draw_needles(const struct chart *chart, const struct swimmer *swimmer,
                         int64_t participant, double y, double width)
{
    const double least = 2.5; /* a day is not much of ninety */
    const struct dataset *needles = swimmer->needles;
    if (needles == NULL || swimmer->from == NULL || swimmer->to == NULL)
        return;
    for (size_t row = first_row(needles, participant);
         row < needles->count && needles->places[row].participant == participant; row++)
        if (cell_has_value(swimmer->from, row) && cell_has_value(swimmer->to, row)) {
            double from = within(chart, swimmer->from->numbers[row]);
            double to = within(chart, swimmer->to->numbers[row]);
            pen_line(chart->call->pen, (struct pen_point){from, y},
                     (struct pen_point){to - from < least ? from + least : to, y},
                     &(struct pen_style){.stroke = INK_FIRST, .width = width});
        }
}

static void draw_points(const struct chart *chart, const struct swimmer *swimmer,
                        int64_t participant, double y)
{
    const struct dataset *points = swimmer->points;
    if (points == NULL || swimmer->at == NULL || swimmer->which == NULL)
        return;
    for (size_t row = first_row(points, participant);
         row < points->count && points->places[row].participant == participant; row++)
        if (cell_has_value(swimmer->at, row) && cell_is_yes(swimmer->which, row) &&
            swimmer->at->numbers[row] <= chart->x.until)
            draw_complication(chart->call, within(chart, swimmer->at->numbers[row]), y);
}

static void draw_lane(const struct chart *chart, const struct swimmer *swimmer,
                      const struct lanes *lanes, const struct lane *lane)
{
    const double thick = 0.6, thin = 1.3;
    const struct figure_call *call = chart->call;
    const struct analysis_result *result = chart_result(call, 0);
    bool has_died =
        cell_is_yes(swimmer->event, lane->row) && lane->length <= chart->x.until;
    int64_t participant = result->dataset->places[lane->row].participant;
    double end = within(chart, lane->length);
    struct text number = chart_participant(call, result->dataset, lane->row);
    struct text time = chart_number(call, lane->length, 1);
    struct text fate =
        has_died ? chart_say(call, "died", "死亡") : chart_say(call, "alive", "存活");
    chart_mark(call, result, &lane->row, 1,
               text_format(call->data->arena, "%.*s%s%.*s, %.*s", TEXT_ARG(number),
                           number.len > 0 ? ": " : "", TEXT_ARG(time), TEXT_ARG(fate)));
    pen_line(call->pen, (struct pen_point){chart->x.low, lane->y},
             (struct pen_point){end, lane->y},
             &(struct pen_style){.stroke = INK_EDGE, .width = thin});
    draw_needles(chart, swimmer, participant, lane->y, thick * lanes->step);
    (has_died ? draw_death : draw_alive)(call, end, lane->y);
    draw_points(chart, swimmer, participant, lane->y);
    pen_end(call->pen);
    lane_draw_name(chart, result->dataset, lanes, lane);
}

static void draw_key(const struct figure_call *call)
{
    const double y = 16;
    double x = key_draw(call, left, y, draw_needle_key,
                        chart_say(call, "needle in place", "骨针在位"));
    x = key_draw(call, x, y, draw_complication,
                 chart_say(call, "related complication", "相关并发症"));
    x = key_draw(call, x, y, draw_death, chart_say(call, "death", "死亡"));
    key_draw(call, x, y, draw_alive,
             chart_say(call, "last known alive", "最后已知存活"));
}

void figure_swimmer_draw(const struct figure_call *call)
{
    struct lanes lanes;
    struct swimmer swimmer = swimmer_of(call);
    size_t given = 0;
    const double *at = chart_numbers(call, "ticks", &given);
    lanes_of(call, swimmer.time, top, &lanes);
    if (lanes.count == 0) {
        chart_nothing(call);
        return;
    }
    double last = given > 0 ? at[given - 1] : lanes.lanes[0].length;
    struct ticks ticks = given > 0 ? ticks_given(at, given) : ticks_round(0, last, 8);
    struct chart chart = {
        .call = call,
        .x = {.until = last, .low = left, .high = call->size.width - right},
        .y = {.low = top + lanes_height(lanes.count), .high = top}};
    draw_key(call);
    chart_axis_below(&chart, &ticks);
    for (size_t i = 0; i < lanes.count; i++)
        draw_lane(&chart, &swimmer, &lanes, &lanes.lanes[i]);
}

void figure_swimmer_says(const struct figure_call *call, struct buffer *to)
{
    struct swimmer swimmer = swimmer_of(call);
    struct lanes lanes;
    lanes_of(call, swimmer.time, top, &lanes);
    size_t died = 0;
    for (size_t i = 0; i < lanes.count; i++)
        died += cell_is_yes(swimmer.event, lanes.lanes[i].row);
    buffer_format(to,
                  call->language == LANGUAGE_CHINESE ? "受试者 %zu 例，死亡 %zu 例。"
                                                     : "%zu participants, %zu died.",
                  lanes.count, died);
}
