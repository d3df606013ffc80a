/* Participant flow (STROBE, item 13): boxes from top to bottom, beside the arrows who is
 * left out and why, at the end who is analysed.
 *
  * A box is an analysis by the method "count": its events; one by groups is no box but the
 * list inside the box before it. "aside" names those that stand beside the arrow to the next
 * box, "analysed" the analyses of which the last box says how many are in them. */
#include "report/figure_kinds.h"

static const double column_left = 24, column_width = 300, aside_left = 384,
                    aside_width = 328, top = 30, gap = 34, line_height = 18,
                    inside = 11;

enum { LINES_MOST = 24 };

struct box_line {
    struct text words;
    size_t count;
    const struct analysis_result *result;
    const struct result_part *part; /* NULL: those of no group, or a population */
};

struct box {
    const struct analysis_result *result; /* NULL: who is analysed */
    struct text title;
    size_t count; /* of the whole */
    bool is_aside;
    struct box_line lines[LINES_MOST];
    size_t line_count;
};

/* Is the analysis among the ids of the figure's argument? */
static bool is_named(const struct figure_call *call, const char *argument,
                     struct text id)
{
    const struct plan_argument *found = plan_figure_argument(call->figure, argument);
    for (size_t i = 0; found != NULL && i < found->text_count; i++)
        if (text_equal(found->texts[i], id))
            return true;
    return false;
}

static size_t events_of(const struct result_part *part)
{
    return (size_t)result_value(part, "events").value;
}

static const struct result_part *part_of(const struct analysis_result *result,
                                         struct text group)
{
    for (size_t i = 0; i < result->part_count; i++)
        if (text_equal(result->parts[i].group, group))
            return &result->parts[i];
    return NULL;
}

static void add_line(struct box *box, struct box_line line)
{
    if (box->line_count < LINES_MOST)
        box->lines[box->line_count++] = line;
}

/* The plan's levels in their order, of those that somebody has; then who has none. */
static void list_groups(const struct figure_call *call, struct box *box,
                        const struct analysis_result *result)
{
    const struct plan_figure *figure = call->figure;
    size_t listed = 0;
    for (size_t i = 0; i < figure->level_count; i++) {
        const struct result_part *part = part_of(result, figure->levels[i].name);
        if (part == NULL || events_of(part) == 0)
            continue;
        listed += events_of(part);
        add_line(box,
                 (struct box_line){plan_say(&figure->levels[i].label, call->language),
                                   events_of(part), result, part});
    }
    if (listed < box->count)
        add_line(box, (struct box_line){chart_say(call, "Not recorded yet", "尚未记录"),
                                        box->count - listed, result, NULL});
}

static struct box box_of(const struct figure_call *call,
                         const struct analysis_result *result)
{
    const struct plan_analysis *analysis = result->analysis;
    struct box box = {.result = result,
                      .title = plan_say(&analysis->label, call->language),
                      .is_aside = is_named(call, "aside", analysis->id)};
    for (size_t i = 0; i < result->part_count; i++)
        box.count += events_of(&result->parts[i]);
    return box;
}

static struct box analysed_box(const struct figure_call *call)
{
    struct box box = {.title = chart_say(call, "Analysed", "纳入分析")};
    const struct analysis_plan *plan = call->data->plan;
    for (size_t i = 0; i < plan->analysis_count; i++)
        if (is_named(call, "analysed", plan->analyses[i].id))
            add_line(&box, (struct box_line){
                               plan_say(&plan->analyses[i].label, call->language),
                               call->data->results[i].population,
                               &call->data->results[i], NULL});
    return box;
}

static size_t boxes_of(const struct figure_call *call, struct box **out)
{
    size_t most = call->figure->analysis_count, count = 0;
    struct box *boxes = ARENA_ARRAY(call->data->arena, struct box, most + 1);
    for (size_t i = 0; i < most; i++) {
        const struct analysis_result *result = chart_result(call, i);
        if (result->analysis->group.len == 0)
            boxes[count++] = box_of(call, result);
        else if (count > 0)
            list_groups(call, &boxes[count - 1], result);
    }
    boxes[count] = analysed_box(call);
    *out = boxes;
    return count + (boxes[count].line_count > 0);
}

static double height_of(const struct box *box)
{
    return 2 * inside + line_height * (double)(1 + box->line_count) - 4;
}

/* Where each box begins: those beside the column push the next one down. */
static double next_top(double bottom, const struct box *next)
{
    return bottom + (next->is_aside ? gap / 2 : gap);
}

struct figure_size figure_flow_size(const struct figure_call *call)
{
    struct box *boxes;
    size_t count = boxes_of(call, &boxes);
    double bottom = top - gap;
    for (size_t i = 0; i < count; i++)
        bottom = next_top(bottom, &boxes[i]) + height_of(&boxes[i]);
    return (struct figure_size){FIGURE_WIDTH, bottom + gap / 2};
}

/* --- drawing -------------------------------------------------------------------------- */

static const struct pen_style arrow_line = {.stroke = INK_EDGE, .width = 1.2};

static void arrow_head(const struct pen *pen, struct pen_point tip, bool is_down)
{
    const double length = 7, half = 3.5;
    const struct pen_point points[] = {
        tip,
        is_down ? (struct pen_point){tip.x - half, tip.y - length}
                : (struct pen_point){tip.x - length, tip.y - half},
        is_down ? (struct pen_point){tip.x + half, tip.y - length}
                : (struct pen_point){tip.x - length, tip.y + half}};
    pen_path(pen, points, ARRAY_COUNT(points), true,
             &(struct pen_style){.fill = INK_EDGE});
}

/* The numbers right below each other, then the words. */
static void draw_lines(const struct figure_call *call, const struct box *box, double x,
                       double y)
{
    const double numbers = 34, words = 44;
    for (size_t i = 0; i < box->line_count; i++) {
        const struct box_line *line = &box->lines[i];
        struct text count = text_format(call->data->arena, "%zu", line->count);
        y += line_height;
        if (line->part != NULL)
            chart_mark(call, line->result, line->part->rows, line->part->row_count,
                       text_format(call->data->arena, "%.*s %.*s", TEXT_ARG(count),
                                   TEXT_ARG(line->words)));
        chart_words_as(call, count,
                       &(struct pen_text){.x = x + numbers,
                                          .y = y,
                                          .size = CHART_SMALL,
                                          .ink = INK_TEXT,
                                          .anchor = ANCHOR_END});
        chart_words(call, line->words, x + words, y, ANCHOR_START);
        if (line->part != NULL)
            pen_end(call->pen);
    }
}

static void draw_box(const struct figure_call *call, const struct box *box, double x,
                     double y)
{
    double width = box->is_aside ? aside_width : column_width;
    const struct result_part *all = box->result == NULL || box->result->part_count == 0
                                        ? NULL
                                        : &box->result->parts[0];
    struct text title =
        box->result == NULL
            ? box->title
            : text_format(call->data->arena,
                          call->language == LANGUAGE_CHINESE ? "%.*s（n = %zu）"
                                                             : "%.*s (n = %zu)",
                          TEXT_ARG(box->title), box->count);
    if (all != NULL)
        chart_mark(call, box->result, all->rows, all->row_count, title);
    pen_box(call->pen, (struct pen_point){x, y}, width, height_of(box),
            &(struct pen_style){.stroke = INK_EDGE, .width = 1.2, .fill = INK_SURFACE});
    chart_words_as(call, title,
                   &(struct pen_text){.x = x + inside,
                                      .y = y + inside + 11,
                                      .size = CHART_TEXT,
                                      .ink = INK_TEXT,
                                      .weight = WEIGHT_STRONG});
    if (all != NULL)
        pen_end(call->pen);
    draw_lines(call, box, x, y + inside + 11);
}

void figure_flow_draw(const struct figure_call *call)
{
    struct box *boxes;
    size_t count = boxes_of(call, &boxes);
    double middle = column_left + column_width / 2, bottom = top - gap, from = 0;
    for (size_t i = 0; i < count; i++) {
        double y = next_top(bottom, &boxes[i]);
        bottom = y + height_of(&boxes[i]);
        if (boxes[i].is_aside) {
            double branch = y + height_of(&boxes[i]) / 2;
            pen_line(call->pen, (struct pen_point){middle, branch},
                     (struct pen_point){aside_left, branch}, &arrow_line);
            arrow_head(call->pen, (struct pen_point){aside_left, branch}, false);
            draw_box(call, &boxes[i], aside_left, y);
            continue;
        }
        if (i > 0) {
            pen_line(call->pen, (struct pen_point){middle, from},
                     (struct pen_point){middle, y}, &arrow_line);
            arrow_head(call->pen, (struct pen_point){middle, y}, true);
        }
        draw_box(call, &boxes[i], column_left, y);
        from = bottom;
    }
}

void figure_flow_says(const struct figure_call *call, struct buffer *to)
{
    struct box *boxes;
    size_t count = boxes_of(call, &boxes);
    for (size_t i = 0; i < count; i++) {
        buffer_format(to, "%.*s", TEXT_ARG(boxes[i].title));
        if (boxes[i].result != NULL)
            buffer_format(to, ": %zu", boxes[i].count);
        for (size_t k = 0; k < boxes[i].line_count; k++)
            buffer_format(to, "%s%.*s %zu", k == 0 ? " – " : ", ",
                          TEXT_ARG(boxes[i].lines[k].words), boxes[i].lines[k].count);
        BUFFER_LITERAL(to, "; ");
    }
}
