/* What curves are drawn from: each point with the rows behind it. Numbers are those of R
 * 4.2.2 (survival 3.5-3) for the 6-MP arm of Freireich and others 1963, and of a table made
 * by hand. */
#include "support/unit.h"

#include "analysis/analyse.h"
#include "base/limits.h"
#include "formats/plan_read.h"
#include "report/figure.h"

static const char plan_json[] =
    "{\"study\":\"SYNTHETIC\",\"version\":\"1\",\"level\":0.95,\"choices\":[],"
    "\"datasets\":[{\"name\":\"people\",\"label\":{\"en\":\"a\",\"zh\":\"甲\"},"
    "\"variables\":["
    "{\"name\":\"IN\",\"label\":{\"en\":\"a\",\"zh\":\"甲\"},\"is\":\"yes\"},"
    "{\"name\":\"HIT\",\"label\":{\"en\":\"a\",\"zh\":\"甲\"},\"is\":\"yes\"},"
    "{\"name\":\"OTHER\",\"label\":{\"en\":\"a\",\"zh\":\"甲\"},\"is\":\"yes\"},"
    "{\"name\":\"WEEKS\",\"label\":{\"en\":\"a\",\"zh\":\"甲\"},\"is\":\"1\"}]}],"
    "\"populations\":[{\"name\":\"ALL\",\"where\":\"IN\",\"label\":{\"en\":\"a\","
    "\"zh\":\"甲\"}}],"
    "\"analyses\":["
    "{\"id\":\"km\",\"endpoint\":\"E\",\"purpose\":\"primary\",\"label\":{\"en\":\"a\","
    "\"zh\":\"甲\"},\"population\":\"ALL\",\"dataset\":\"people\",\"method\":"
    "\"survival\",\"with\":{\"time\":\"WEEKS\",\"event\":\"HIT\"}},"
    "{\"id\":\"aj\",\"endpoint\":\"E\",\"purpose\":\"primary\",\"label\":{\"en\":\"a\","
    "\"zh\":\"甲\"},\"population\":\"ALL\",\"dataset\":\"people\",\"method\":"
    "\"incidence\",\"with\":{\"time\":\"WEEKS\",\"event\":\"HIT\",\"competing\":"
    "\"OTHER\"}}],"
    "\"figures\":[{\"id\":\"one\",\"kind\":\"survival\",\"label\":{\"en\":\"a\","
    "\"zh\":\"甲\"},\"caption\":{\"en\":\"a\",\"zh\":\"甲\"},\"analyses\":[\"km\"],"
    "\"with\":{\"ticks\":[0,6,12]}}]}";

enum { IN, HIT, OTHER, WEEKS };

struct cohort {
    struct arena *arena;
    struct analysis_plan *plan;
    struct dataset *people;
    struct analysis_result *results;
};

static void begin(struct cohort *cohort)
{
    struct error err = {0};
    static const enum column_kind kinds[] = {COLUMN_TRUTH, COLUMN_TRUTH, COLUMN_TRUTH,
                                             COLUMN_NUMBER};
    cohort->arena = arena_new(LIMIT_COMMAND_ARENA);
    if (!plan_read(text_of(plan_json), cohort->arena, &cohort->plan, &err))
        fail_msg("%s", err.text);
    cohort->people = dataset_new(&cohort->plan->datasets[0], kinds, cohort->arena);
}

static struct datum truth(bool is_yes)
{
    return datum_truth(is_yes ? TRUTH_YES : TRUTH_NO);
}

static void add(struct cohort *cohort, int64_t weeks, bool has_hit, bool has_other)
{
    int64_t id = (int64_t)cohort->people->count + 1;
    size_t row =
        dataset_add(cohort->people, (struct row_place){.participant = id, .event = -1});
    dataset_set(cohort->people, row, IN, truth(true));
    dataset_set(cohort->people, row, HIT, truth(has_hit));
    dataset_set(cohort->people, row, OTHER, truth(has_other));
    dataset_set(cohort->people, row, WEEKS, datum_whole(weeks));
}

static const struct result_series *series_of(struct cohort *cohort, size_t analysis,
                                             const char *name)
{
    struct error err = {0};
    if (!plan_check(cohort->plan, &cohort->people, &err))
        fail_msg("%s", err.text);
    analyse(cohort->plan, &cohort->people, cohort->arena, &cohort->results);
    const struct result_series *series =
        result_series(&cohort->results[analysis].parts[0], name);
    assert_non_null(series);
    return series;
}

/* summary(survfit(Surv(time, status) ~ 1)): time, n.risk, n.event, survival. */
static void a_survival_curve_has_the_rows_of_each_step(void **state)
{
    (void)state;
    static const struct {
        int64_t weeks;
        bool is_event;
    } followed[] = {{35, 0}, {6, 1},  {6, 1},  {6, 1},  {6, 0},  {7, 1},  {9, 0},
                    {10, 1}, {10, 0}, {11, 0}, {13, 1}, {16, 1}, {17, 0}, {19, 0},
                    {20, 0}, {22, 1}, {23, 1}, {25, 0}, {32, 0}, {32, 0}, {34, 0}};
    static const struct {
        double weeks;
        size_t at_risk, events;
        double survival;
    } expected[] = {{6, 21, 3, 0.8571429},  {7, 17, 1, 0.8067227},
                    {10, 15, 1, 0.7529412}, {13, 12, 1, 0.6901961},
                    {16, 11, 1, 0.6274510}, {22, 7, 1, 0.5378151},
                    {23, 6, 1, 0.4481793}};
    struct cohort cohort;
    begin(&cohort);
    for (size_t i = 0; i < ARRAY_COUNT(followed); i++)
        add(&cohort, followed[i].weeks, followed[i].is_event, false);
    const struct result_series *series = series_of(&cohort, 0, "survival");
    size_t met = 0, rows = 0;
    for (size_t i = 0; i < series->count; i++) {
        const struct result_point *point = &series->points[i];
        rows += point->row_count;
        assert_int_equal(point->row_count, point->events + point->censored);
        for (size_t k = 0; k < point->row_count; k++)
            assert_float_equal(cohort.people->columns[WEEKS].numbers[point->rows[k]],
                               point->x, 0);
        if (point->events == 0)
            continue;
        assert_float_equal(point->x, expected[met].weeks, 0);
        assert_int_equal(point->at_risk, expected[met].at_risk);
        assert_int_equal(point->events, expected[met].events);
        assert_float_equal(point->estimate.value, expected[met].survival, 1e-7);
        met++;
    }
    assert_int_equal(met, ARRAY_COUNT(expected));
    assert_int_equal(rows, ARRAY_COUNT(followed));
    arena_free(cohort.arena);
}

/* Event at 1, competing at 2, event at 3, censored at 4, of four: by hand, F(1) = 1/4,
 * S = 3/4; F'(2) = 1/4, S = 1/2; F(3) = 1/4 + 1/2 · 1/2 = 1/2. */
static void competing_events_are_no_censorings(void **state)
{
    (void)state;
    struct cohort cohort;
    begin(&cohort);
    add(&cohort, 1, true, false);
    add(&cohort, 2, false, true);
    add(&cohort, 3, true, false);
    add(&cohort, 4, false, false);
    const struct result_series *event = series_of(&cohort, 1, "incidence");
    const struct result_series *other =
        result_series(&cohort.results[1].parts[0], "competing");
    static const double own[] = {0.25, 0.25, 0.5, 0.5},
                        theirs[] = {0, 0.25, 0.25, 0.25};
    assert_int_equal(event->count, 4);
    for (size_t i = 0; i < event->count; i++) {
        assert_float_equal(event->points[i].estimate.value, own[i], 1e-12);
        assert_float_equal(other->points[i].estimate.value, theirs[i], 1e-12);
        assert_int_equal(event->points[i].at_risk, 4 - i);
    }
    assert_int_equal(event->points[1].row_count, 0);
    assert_int_equal(other->points[1].row_count, 1);
    assert_int_equal(other->points[1].rows[0], 1);
    assert_int_equal(event->points[3].censored, 1);
    arena_free(cohort.arena);
}

static void a_plan_names_its_figures(void **state)
{
    (void)state;
    struct cohort cohort;
    begin(&cohort);
    const struct plan_figure *figure = plan_figure(cohort.plan, TEXT("one"));
    assert_non_null(figure);
    assert_null(plan_figure(cohort.plan, TEXT("two")));
    ASSERT_TEXT(figure->kind, "survival");
    assert_int_equal(figure->analysis_count, 1);
    ASSERT_TEXT(figure->analyses[0], "km");
    assert_int_equal(plan_figure_argument(figure, "ticks")->number_count, 3);
    arena_free(cohort.arena);
}

/* --- a figure of it --------------------------------------------------------------------- */

struct sheet {
    double width, height;
    size_t paths, texts, marks, open;
};

static void see(const struct sheet *sheet, double x, double y)
{
    assert_true(x >= 0 && x <= sheet->width && y >= 0 && y <= sheet->height);
}

static void see_path(void *context, const struct pen_point *points, size_t count,
                     bool is_closed, const struct pen_style *style)
{
    struct sheet *sheet = context;
    (void)is_closed;
    (void)style;
    for (size_t i = 0; i < count; i++)
        see(sheet, points[i].x, points[i].y);
    sheet->paths++;
}

static void see_dot(void *context, double x, double y, double radius,
                    const struct pen_style *style)
{
    (void)radius;
    (void)style;
    see(context, x, y);
}

static void see_text(void *context, struct text string, const struct pen_text *how)
{
    struct sheet *sheet = context;
    (void)string;
    see(sheet, how->x, how->y);
    sheet->texts++;
}

static double see_width(void *context, struct text string, double size,
                        enum pen_weight weight)
{
    (void)context;
    (void)weight;
    return size * (double)string.len / 2;
}

static void see_begin(void *context, struct text reference, struct text label)
{
    struct sheet *sheet = context;
    (void)label;
    sheet->marks += !text_is_absent(reference);
    sheet->open++;
}

static void see_end(void *context)
{
    ((struct sheet *)context)->open--;
}

static struct sheet drawn(const struct cohort *cohort)
{
    struct error err = {0};
    struct text *numbers =
        ARENA_ARRAY(cohort->arena, struct text, cohort->people->count + 1);
    const struct figure_data data = {.plan = cohort->plan,
                                     .results = cohort->results,
                                     .datasets = &cohort->people,
                                     .numbers = numbers,
                                     .arena = cohort->arena};
    const struct plan_figure *figure = plan_figure(cohort->plan, TEXT("one"));
    if (!figures_check(cohort->plan, &err))
        fail_msg("%s", err.text);
    struct figure_size size = figure_size(figure, &data, LANGUAGE_CHINESE);
    struct sheet sheet = {.width = size.width, .height = size.height};
    const struct pen pen = {&sheet,    see_path,  see_dot, see_text,
                            see_width, see_begin, see_end};
    figure_draw(figure, &data, LANGUAGE_CHINESE, &pen, size);
    assert_int_equal(sheet.open, 0);
    return sheet;
}

static void a_figure_stays_inside_and_marks_each_step(void **state)
{
    (void)state;
    struct cohort cohort;
    begin(&cohort);
    add(&cohort, 1, true, false);
    add(&cohort, 6, true, false);
    add(&cohort, 12, false, false);
    const struct result_series *series = series_of(&cohort, 0, "survival");
    assert_int_equal(drawn(&cohort).marks, series->count);
    arena_free(cohort.arena);
}

static void a_figure_of_nobody_says_so(void **state)
{
    (void)state;
    struct cohort cohort;
    begin(&cohort);
    (void)series_of(&cohort, 0, "survival");
    struct sheet sheet = drawn(&cohort);
    assert_int_equal(sheet.texts, 1);
    assert_int_equal(sheet.paths, 0);
    arena_free(cohort.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_survival_curve_has_the_rows_of_each_step),
        cmocka_unit_test(competing_events_are_no_censorings),
        cmocka_unit_test(a_plan_names_its_figures),
        cmocka_unit_test(a_figure_stays_inside_and_marks_each_step),
        cmocka_unit_test(a_figure_of_nobody_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
