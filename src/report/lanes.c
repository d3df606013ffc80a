#include "report/lanes.h"

#include "stats/order.h"

/* A lane with its number needs LANE_NAMED; of many there is less for each. */
#define LANE_NAMED 11.0
#define LANES_TALL 900.0
#define LANE_LEAST 1.0

static double step_of(size_t count)
{
    double step = count == 0 ? LANE_NAMED : LANES_TALL / (double)count;
    return step > LANE_NAMED ? LANE_NAMED : step < LANE_LEAST ? LANE_LEAST : step;
}

double lanes_height(size_t count)
{
    return step_of(count) * (double)count;
}

void lanes_of(const struct figure_call *call, const struct column *lengths, double top,
              struct lanes *out)
{
    const struct analysis_result *result = chart_result(call, 0);
    struct arena *arena = call->data->arena;
    size_t most = result->dataset->count, count = 0;
    double *negative = ARENA_ARRAY(arena, double, most);
    size_t *rows = ARENA_ARRAY(arena, size_t, most);
    for (size_t i = 0; i < result->part_count; i++)
        for (size_t k = 0; k < result->parts[i].row_count; k++) {
            size_t row = result->parts[i].rows[k];
            if (!cell_has_value(lengths, row) || lengths->numbers[row] < 0)
                continue;
            negative[count] = -lengths->numbers[row];
            rows[count++] = row;
        }
    uint32_t *order = order_rising(negative, count, arena);
    *out = (struct lanes){.lanes = ARENA_ARRAY(arena, struct lane, count),
                          .count = count,
                          .step = step_of(count)};
    for (size_t i = 0; i < count; i++)
        out->lanes[i] = (struct lane){.row = rows[order[i]],
                                      .length = -negative[order[i]],
                                      .y = top + out->step * ((double)i + 0.5)};
}

void lane_draw_name(const struct chart *chart, const struct dataset *dataset,
                    const struct lanes *lanes, const struct lane *lane)
{
    const double gap = 8, middle = 3, size = 9;
    if (lanes->step >= LANE_NAMED)
        chart_words_as(chart->call, chart_participant(chart->call, dataset, lane->row),
                       &(struct pen_text){.x = chart->x.low - gap,
                                          .y = lane->y + middle,
                                          .size = size,
                                          .ink = INK_QUIET,
                                          .anchor = ANCHOR_END});
}

double key_draw(const struct figure_call *call, double x, double y,
                key_function *symbol, struct text words)
{
    const double width = 22, lift = 4, gap = 20;
    symbol(call, x + width / 2, y - lift);
    chart_words(call, words, x + width + 4, y, ANCHOR_START);
    return x + width + 4 + pen_width(call->pen, words, CHART_SMALL, WEIGHT_REGULAR) +
           gap;
}
