#include "report/chart.h"

#include "base/limits.h"

#include <math.h>
#include <stdio.h>

enum { ROWS_NAMED = 400 }; /* behind one mark; an address holds no more */

/* --- the plan's ----------------------------------------------------------------------- */

const struct analysis_result *chart_result(const struct figure_call *call, size_t at)
{
    const struct analysis_plan *plan = call->data->plan;
    ASSERT(at < call->figure->analysis_count);
    for (size_t i = 0; i < plan->analysis_count; i++)
        if (text_equal(plan->analyses[i].id, call->figure->analyses[at]))
            return &call->data->results[i];
    ASSERT(false); /* figures_check has looked */
    return NULL;
}

const struct column *chart_column(const struct figure_call *call,
                                  const struct dataset *dataset, const char *argument)
{
    const struct plan_argument *found = plan_figure_argument(call->figure, argument);
    int32_t at = found == NULL ? -1 : plan_variable(dataset->plan, found->text);
    return at < 0 ? NULL : &dataset->columns[at];
}

const double *chart_numbers(const struct figure_call *call, const char *argument,
                            size_t *count)
{
    const struct plan_argument *found = plan_figure_argument(call->figure, argument);
    *count = found == NULL ? 0 : found->number_count;
    return found == NULL ? NULL : found->numbers;
}

/* The design's or the plan's words for a code of the group's column. */
static struct text known_words(const struct figure_call *call,
                               const struct analysis_result *result, struct text code)
{
    int32_t at = plan_variable(result->dataset->plan, result->analysis->group);
    const struct column *column = at < 0 ? NULL : &result->dataset->columns[at];
    for (size_t i = 0; column != NULL && i < column->known_count; i++)
        if (text_equal(column->known[i].code, code))
            return call->language == LANGUAGE_CHINESE ? column->known[i].label.chinese
                                                      : column->known[i].label.english;
    return code;
}

struct text chart_level(const struct figure_call *call,
                        const struct analysis_result *result, struct text code)
{
    const struct plan_figure *figure = call->figure;
    for (size_t i = 0; i < figure->level_count; i++)
        if (text_equal(figure->levels[i].name, code))
            return plan_say(&figure->levels[i].label, call->language);
    return known_words(call, result, code);
}

/* --- numbers -------------------------------------------------------------------------- */

struct text chart_number(const struct figure_call *call, double value, int decimals)
{
    enum { MOST = 64 };
    char text[MOST];
    int len = snprintf(text, sizeof text, "%.*f", decimals, fabs(value));
    ASSERT(len > 0 && len < MOST);
    bool is_zero = true;
    for (int i = 0; i < len; i++)
        is_zero = is_zero && (text[i] == '0' || text[i] == '.');
    return text_format(call->data->arena, "%s%s", value < 0 && !is_zero ? "\u2212" : "",
                       text);
}

struct text chart_percent(const struct figure_call *call, double share, int decimals)
{
    struct text number = chart_number(call, 100 * share, decimals);
    return text_format(call->data->arena, "%.*s %%", TEXT_ARG(number));
}

struct text chart_unit(const struct figure_call *call, struct text unit)
{
    static const struct {
        struct text unit;
        const char *en, *zh;
    } units[] = {{TEXT_INIT("d"), "d", "天"},
                 {TEXT_INIT("h"), "h", "小时"},
                 {TEXT_INIT("min"), "min", "分钟"}};
    for (size_t i = 0; i < ARRAY_COUNT(units); i++)
        if (text_equal(units[i].unit, unit))
            return chart_say(call, units[i].en, units[i].zh);
    return unit;
}

/* --- marks ---------------------------------------------------------------------------- */

void chart_mark(const struct figure_call *call, const struct analysis_result *result,
                const size_t *rows, size_t count, struct text label)
{
    struct buffer to = buffer_in(call->data->arena, LIMIT_URL);
    struct text reference = {0};
    struct error ignored;
    if (result != NULL && count > 0 && count <= ROWS_NAMED) {
        buffer_text_add(&to, result->analysis->id);
        for (size_t i = 0; i < count; i++)
            buffer_format(&to, "%c%zu", i == 0 ? '#' : ',', rows[i] + 1);
        if (!buffer_text(&to, &reference, &ignored))
            reference = (struct text){0};
    }
    pen_begin(call->pen, reference, label);
}

void chart_target(const struct figure_call *call, double x, double y)
{
    const double radius = 8;
    pen_dot(call->pen, x, y, radius, &(struct pen_style){.stroke = INK_NONE});
}

struct text chart_participant(const struct figure_call *call,
                              const struct dataset *dataset, size_t row)
{
    const struct dataset *all = call->data->datasets[0];
    size_t low = 0, high = all->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all->places[middle].participant < dataset->places[row].participant)
            low = middle + 1;
        else
            high = middle;
    }
    return low < all->count ? call->data->numbers[low] : (struct text){0};
}

/* --- axes ----------------------------------------------------------------------------- */

void chart_words_as(const struct figure_call *call, struct text words,
                    const struct pen_text *how)
{
    if (words.len > 0)
        pen_text(call->pen, words, how);
}

void chart_words(const struct figure_call *call, struct text words, double x, double y,
                 enum pen_anchor anchor)
{
    chart_words_as(
        call, words,
        &(struct pen_text){
            .x = x, .y = y, .size = CHART_SMALL, .ink = INK_QUIET, .anchor = anchor});
}

void chart_nothing(const struct figure_call *call)
{
    chart_words_as(call, chart_say(call, "Nothing to show yet", "尚无可显示的数据"),
                   &(struct pen_text){.x = call->size.width / 2,
                                      .y = call->size.height / 2,
                                      .size = CHART_TEXT,
                                      .ink = INK_QUIET,
                                      .anchor = ANCHOR_MIDDLE});
}

static void axis_below(const struct chart *chart, const struct ticks *ticks,
                       double factor, const char *unit)
{
    const double tick = 5, numbers = 20, title = 40;
    const struct figure_call *call = chart->call;
    const struct pen_style line = {.stroke = INK_EDGE, .width = 1};
    double bottom = chart->y.low;
    pen_line(call->pen, (struct pen_point){chart->x.low, bottom},
             (struct pen_point){chart->x.high, bottom}, &line);
    for (size_t i = 0; i < ticks->count; i++) {
        double x = scale_at(&chart->x, ticks->at[i]);
        pen_line(call->pen, (struct pen_point){x, bottom},
                 (struct pen_point){x, bottom + tick}, &line);
        struct text number = chart_number(call, factor * ticks->at[i], ticks->decimals);
        chart_words(call,
                    text_format(call->data->arena, "%.*s%s", TEXT_ARG(number), unit), x,
                    bottom + numbers, ANCHOR_MIDDLE);
    }
    chart_words_as(call, plan_say(&call->figure->x, call->language),
                   &(struct pen_text){.x = (chart->x.low + chart->x.high) / 2,
                                      .y = bottom + title,
                                      .size = CHART_TEXT,
                                      .ink = INK_TEXT,
                                      .anchor = ANCHOR_MIDDLE});
}

void chart_axis_below(const struct chart *chart, const struct ticks *ticks)
{
    axis_below(chart, ticks, 1, "");
}

void chart_axis_below_share(const struct chart *chart)
{
    struct ticks ticks = ticks_round(chart->x.from, chart->x.until, 6);
    for (size_t i = 0; i < ticks.count; i++) {
        double x = scale_at(&chart->x, ticks.at[i]);
        pen_line(chart->call->pen, (struct pen_point){x, chart->y.high},
                 (struct pen_point){x, chart->y.low},
                 &(struct pen_style){.stroke = INK_RULE, .width = 1});
    }
    ticks.decimals = 0;
    axis_below(chart, &ticks, 100, "");
}

static void axis_left(const struct chart *chart, const struct ticks *ticks,
                      double factor, const char *unit)
{
    const double gap = 8, middle = 4, title = 14;
    const struct figure_call *call = chart->call;
    const struct pen_style line = {.stroke = INK_RULE, .width = 1};
    for (size_t i = 0; i < ticks->count; i++) {
        double y = scale_at(&chart->y, ticks->at[i]);
        struct text number = chart_number(call, factor * ticks->at[i], ticks->decimals);
        pen_line(call->pen, (struct pen_point){chart->x.low, y},
                 (struct pen_point){chart->x.high, y}, &line);
        chart_words(call,
                    text_format(call->data->arena, "%.*s%s", TEXT_ARG(number), unit),
                    chart->x.low - gap, y + middle, ANCHOR_END);
    }
    chart_words_as(call, plan_say(&call->figure->y, call->language),
                   &(struct pen_text){.x = title,
                                      .y = (chart->y.low + chart->y.high) / 2,
                                      .size = CHART_TEXT,
                                      .ink = INK_TEXT,
                                      .anchor = ANCHOR_MIDDLE,
                                      .is_upward = true});
}

void chart_axis_left(const struct chart *chart, const struct ticks *ticks)
{
    axis_left(chart, ticks, 1, "");
}

void chart_axis_share(const struct chart *chart)
{
    struct ticks ticks = ticks_round(chart->y.from, chart->y.until, 6);
    ticks.decimals = 0;
    axis_left(chart, &ticks, 100, " %");
}
