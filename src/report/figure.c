#include "report/figure.h"

#include "report/figure_kinds.h"
#include "report/pen_cairo.h"
#include "report/pen_svg.h"

// clang-format off
static const struct figure_kind kinds[] = {
    {"survival", 1, {"survival"}, figure_survival_size, figure_survival_draw, figure_survival_says},
    {"incidence", 1, {"incidence"}, figure_incidence_size, figure_incidence_draw, figure_incidence_says},
    {"forest", 1, {"proportion", "compare_events"}, figure_forest_size, figure_forest_draw, figure_forest_says},
    {"course", 1, {"summary"}, figure_course_size, figure_course_draw, figure_course_says},
    {"modes", 1, {"summary"}, figure_modes_size, figure_modes_draw, figure_modes_says},
    {"flow", 1, {"count"}, figure_flow_size, figure_flow_draw, figure_flow_says},
    {"dwell", 1, {"summary"}, figure_dwell_size, figure_dwell_draw, figure_dwell_says},
    {"swimmer", 1, {"survival"}, figure_swimmer_size, figure_swimmer_draw, figure_swimmer_says},
};
// clang-format on

static const struct figure_kind *kind_of(struct text name)
{
    for (size_t i = 0; i < ARRAY_COUNT(kinds); i++)
        if (text_equal(text_of(kinds[i].name), name))
            return &kinds[i];
    return NULL;
}

/* --- does the plan fit ---------------------------------------------------------------- */

static const struct plan_analysis *analysis_of(const struct analysis_plan *plan,
                                               struct text id)
{
    for (size_t i = 0; i < plan->analysis_count; i++)
        if (text_equal(plan->analyses[i].id, id))
            return &plan->analyses[i];
    return NULL;
}

static bool refuse(const struct plan_figure *figure, struct error *err,
                   const char *what, struct text name)
{
    return error_set(err, ERROR_REFUSED, "the plan's figure %.*s: %s %.*s",
                     TEXT_ARG(figure->id), what, TEXT_ARG(name));
}

static bool draws(const struct figure_kind *kind, struct text method)
{
    for (size_t i = 0; i < ARRAY_COUNT(kind->methods); i++)
        if (kind->methods[i] != NULL && text_equal(method, text_of(kind->methods[i])))
            return true;
    return false;
}

static bool check_figure(const struct analysis_plan *plan,
                         const struct plan_figure *figure, struct error *err)
{
    const struct figure_kind *kind = kind_of(figure->kind);
    if (kind == NULL)
        return refuse(figure, err, "there is no kind", figure->kind);
    if (figure->analysis_count < kind->least_analyses)
        return refuse(figure, err, "it names too few analyses for a", figure->kind);
    for (size_t i = 0; i < figure->analysis_count; i++) {
        const struct plan_analysis *analysis = analysis_of(plan, figure->analyses[i]);
        if (analysis == NULL)
            return refuse(figure, err, "there is no analysis", figure->analyses[i]);
        if (!draws(kind, analysis->method))
            return refuse(figure, err, "it cannot draw the method of",
                          figure->analyses[i]);
    }
    return true;
}

bool figures_check(const struct analysis_plan *plan, struct error *err)
{
    for (size_t i = 0; i < plan->figure_count; i++)
        if (!check_figure(plan, &plan->figures[i], err))
            return false;
    return true;
}

/* --- drawing -------------------------------------------------------------------------- */

struct figure_size figure_size(const struct plan_figure *figure,
                               const struct figure_data *data, enum language language)
{
    struct figure_call call = {.figure = figure, .data = data, .language = language};
    return kind_of(figure->kind)->size(&call);
}

/* Where no kind draws: the upper edge, to the right. */
static void draw_synthetic(const struct figure_call *call)
{
    const double line = 13, size = 11;
    chart_words_as(call, chart_say(call, "SYNTHETIC DATA", "合成数据 SYNTHETIC"),
                   &(struct pen_text){.x = call->size.width - 4,
                                      .y = line,
                                      .size = size,
                                      .ink = INK_QUIET,
                                      .anchor = ANCHOR_END,
                                      .weight = WEIGHT_STRONG});
}

void figure_draw(const struct plan_figure *figure, const struct figure_data *data,
                 enum language language, const struct pen *pen, struct figure_size size)
{
    struct figure_call call = {figure, data, language, pen, size};
    kind_of(figure->kind)->draw(&call);
    if (data->is_synthetic)
        draw_synthetic(&call);
}

/* What it shows, in a sentence or two, for who does not see it. */
static struct text says_of(const struct plan_figure *figure,
                           const struct figure_data *data, enum language language)
{
    enum { MOST = 8 << 10 };
    struct figure_call call = {.figure = figure, .data = data, .language = language};
    struct buffer to = buffer_in(data->arena, MOST);
    struct text says = {0};
    struct error ignored;
    buffer_text_add(&to, plan_say(&figure->caption, language));
    buffer_byte(&to, ' ');
    kind_of(figure->kind)->says(&call, &to);
    return buffer_text(&to, &says, &ignored) ? text_trim(says)
                                             : plan_say(&figure->caption, language);
}

/* --- files ---------------------------------------------------------------------------- */

void figure_write_svg(const struct plan_figure *figure, const struct figure_data *data,
                      enum language language, struct buffer *to)
{
    struct figure_size size = figure_size(figure, data, language);
    const struct pen_svg_about about = {.width = size.width,
                                        .height = size.height,
                                        .language = language,
                                        .name = figure->id,
                                        .title = plan_say(&figure->label, language),
                                        .says = says_of(figure, data, language)};
    struct pen_svg svg;
    figure_draw(figure, data, language, pen_svg_begin(&svg, &about, to), size);
    pen_svg_end(&svg);
}

static struct pen_cairo_about about_file(const struct figure_file *file)
{
    return (struct pen_cairo_about){plan_say(&file->figure->label, file->language),
                                    file->created, file->language};
}

bool figure_write_pdf(const struct figure_file *file, struct buffer *to,
                      struct error *err)
{
    const double points = 0.72; /* of a unit: 500 wide, text of 9.4 */
    struct figure_size size = figure_size(file->figure, file->data, file->language);
    struct pen_cairo_about about = about_file(file);
    struct pen_cairo *cairo = NULL;
    if (!pen_cairo_pdf(&about, to, file->data->arena, &cairo, err))
        return false;
    pen_cairo_page(cairo, points * size.width, points * size.height);
    pen_cairo_push(cairo, 0, 0, points);
    figure_draw(file->figure, file->data, file->language, pen_cairo_pen(cairo), size);
    return pen_cairo_end(cairo, err);
}

bool figure_write_png(const struct figure_file *file, struct buffer *to,
                      struct error *err)
{
    const double pixels = 2;
    struct figure_size size = figure_size(file->figure, file->data, file->language);
    struct pen_cairo_about about = about_file(file);
    struct pen_cairo *cairo = NULL;
    if (!pen_cairo_png(&about, (struct pen_point){size.width, size.height}, pixels, to,
                       file->data->arena, &cairo, err))
        return false;
    figure_draw(file->figure, file->data, file->language, pen_cairo_pen(cairo), size);
    return pen_cairo_end(cairo, err);
}
