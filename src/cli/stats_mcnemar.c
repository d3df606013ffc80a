/* osteon stats mcnemar */
#include "cli/stats_method.h"
#include "stats/mcnemar.h"

static bool of_cells(struct command_context *context, struct two_by_two *pairs,
                     struct stats_report *report, struct error *err)
{
    const int64_t *cell = NULL;
    size_t given = 0;
    if (!stats_counts(context, "--cells", &cell, &given, err))
        return false;
    if (given != 4)
        return error_set(err, ERROR_USAGE,
                         "--cells needs four numbers: n11,n12,n21,n22");
    *pairs = (struct two_by_two){cell[0], cell[1], cell[2], cell[3]};
    stats_input(report, "n", (double)(cell[0] + cell[1] + cell[2] + cell[3]));
    stats_input(report, "missing", 0);
    return true;
}

static bool of_data(struct command_context *context, struct two_by_two *pairs,
                    struct stats_report *report, struct error *err)
{
    struct stats_column columns[] = {{.option = "--x", .is_yes_no = true},
                                     {.option = "--y", .is_yes_no = true}};
    struct stats_data data = {.columns = columns, .column_count = 2};
    if (!stats_read(context, &data, err))
        return false;
    *pairs = (struct two_by_two){0};
    for (size_t i = 0; i < data.count; i++) {
        bool first = columns[0].numbers[i] > 0, second = columns[1].numbers[i] > 0;
        pairs->a += first && second;
        pairs->b += first && !second;
        pairs->c += !first && second;
        pairs->d += !first && !second;
    }
    stats_input(report, "n", (double)data.count);
    stats_input(report, "missing", (double)data.missing);
    return true;
}

bool stats_mcnemar(struct command_context *context, struct error *err)
{
    struct stats_report *report = stats_report_new("mcnemar", context->arena);
    struct two_by_two pairs;
    double level;
    if (!stats_level(context, &level, err) ||
        !(command_has(context, "--cells") ? of_cells(context, &pairs, report, err)
                                          : of_data(context, &pairs, report, err)))
        return false;
    stats_input(report, "level", level);
    struct mcnemar found;
    mcnemar_test(&pairs, level, &found);
    stats_add(report, found.chi_square.statistic, "chisq");
    stats_add(report, found.chi_square.p, "p");
    stats_add(report, found.corrected.statistic, "chisq_cc");
    stats_add(report, found.corrected.p, "cc_p");
    stats_add(report, found.exact, "exact_p");
    stats_add(report, found.midp, "midp_p");
    stats_add(report, found.difference, "difference");
    stats_add_interval(report, found.difference_interval, TEXT("difference"));
    stats_add(report, found.odds_ratio, "or");
    stats_add_interval(report, found.odds_interval, TEXT("or"));
    return stats_report_write(report, context, err);
}
