/* osteon stats table2x2 */
#include "cli/stats_method.h"
#include "cli/stats_tables.h"
#include "stats/fisher.h"

static void add_chi_square(struct stats_report *report, struct chi_square found,
                           const char *statistic, const char *p)
{
    stats_add(report, found.statistic, "%s", statistic);
    stats_add(report, found.p, "%s", p);
}

static void add_measures(struct stats_report *report,
                         const struct two_by_two_measures *found)
{
    stats_add(report, found->p1, "p1");
    stats_add(report, found->p2, "p2");
    stats_add(report, found->risk_difference, "rd");
    stats_add_interval(report, found->rd_newcombe, TEXT("rd_newcombe"));
    stats_add_interval(report, found->rd_wald, TEXT("rd_wald"));
    stats_add_interval(report, found->rd_miettinen_nurminen,
                       TEXT("rd_miettinen_nurminen"));
    stats_add(report, found->risk_ratio, "rr");
    stats_add_interval(report, found->rr_katz, TEXT("rr_katz"));
    stats_add(report, found->odds_ratio, "or");
    stats_add_interval(report, found->or_woolf, TEXT("or_woolf"));
    stats_add(report, found->haldane, "or_haldane");
    stats_add_interval(report, found->or_haldane, TEXT("or_haldane"));
    add_chi_square(report, found->chi_square, "chisq", "p_chisq");
    add_chi_square(report, found->yates, "chisq_yates", "p_yates");
}

static void add_fisher(struct stats_report *report, const struct fisher *found)
{
    stats_add(report, found->odds_ratio, "or_cmle");
    stats_add_interval(report, found->interval, TEXT("or_exact"));
    stats_add(report, found->two_sided, "p_fisher");
    stats_add(report, found->less, "p_fisher_less");
    stats_add(report, found->greater, "p_fisher_greater");
    stats_add(report, found->midp, "p_fisher_midp");
}

bool stats_table2x2(struct command_context *context, struct error *err)
{
    struct stats_report *report = stats_report_new("table2x2", context->arena);
    struct two_by_two *table;
    size_t count;
    double level;
    if (!stats_level(context, &level, err) ||
        !stats_read_tables(context, report, &table, &count, err))
        return false;
    if (count != 1)
        return error_set(err, ERROR_USAGE, "--cells needs four numbers: a,b,c,d");
    stats_input(report, "level", level);
    struct two_by_two_measures found;
    two_by_two_measure(table, level, &found);
    add_measures(report, &found);
    struct fisher exact;
    fisher_exact(table, level, context->arena, &exact);
    add_fisher(report, &exact);
    return stats_report_write(report, context, err);
}
