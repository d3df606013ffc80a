/* One figure of the plan, for the page. */
#include "actions/analysis.h"
#include "report/figure.h"

const struct text *analysis_numbers_to_tell(const struct analysis_report *report,
                                            struct arena *arena)
{
    size_t count = report->datasets[0]->count;
    struct text *numbers = ARENA_ARRAY(arena, struct text, count);
    for (size_t i = 0; i < count; i++)
        if (report->may_name[i])
            numbers[i] = report->numbers[i];
    return numbers;
}

bool analysis_figure_svg(const struct analysis_figure *wanted, struct arena *arena,
                         struct buffer *to, struct error *err)
{
    struct analysis_report report;
    const struct analysis_request request = {.plan_json = {0}};
    if (!analysis_run(wanted->study, wanted->caller, &request, arena, &report, err))
        return false;
    const struct plan_figure *figure = plan_figure(report.plan, wanted->id);
    if (figure == NULL)
        return error_set(err, ERROR_NOT_FOUND, "the plan has no figure of this name");
    if (!figures_check(report.plan, err))
        return false;
    const struct figure_data data = {.plan = report.plan,
                                     .results = report.results,
                                     .datasets = report.datasets,
                                     .numbers =
                                         analysis_numbers_to_tell(&report, arena),
                                     .is_synthetic = report.is_synthetic,
                                     .arena = arena};
    figure_write_svg(figure, &data, wanted->language, to);
    return true;
}
