/* osteon stats mantel-haenszel */
#include "cli/stats_tables.h"
#include "stats/strata.h"

static void add_test(struct stats_report *report, struct chi_square test,
                     const char *name)
{
    stats_add(report, test.statistic, "%s", name);
    stats_add(report, test.p, "%s.p", name);
}

bool stats_mantel_haenszel(struct command_context *context, struct error *err)
{
    struct stats_report *report = stats_report_new("mantel-haenszel", context->arena);
    struct two_by_two *tables;
    size_t count;
    double level;
    if (!stats_level(context, &level, err) ||
        !stats_read_tables(context, report, &tables, &count, err))
        return false;
    struct strata found;
    strata_combine(tables, count, level, &found);
    stats_input(report, "strata", (double)count);
    stats_input(report, "strata_used", (double)found.used);
    stats_input(report, "level", level);
    stats_add(report, found.odds_ratio, "or_mh");
    stats_add_interval(report, found.odds_interval, TEXT("or_mh"));
    stats_add(report, found.risk_ratio, "rr_mh");
    stats_add_interval(report, found.ratio_interval, TEXT("rr_mh"));
    stats_add(report, found.risk_difference, "rd_mh");
    stats_add_interval(report, found.difference_interval, TEXT("rd_mh"));
    add_test(report, found.test, "chisq");
    add_test(report, found.corrected, "chisq_corrected");
    add_test(report, found.breslow_day, "breslow_day");
    add_test(report, found.tarone, "tarone");
    return stats_report_write(report, context, err);
}
