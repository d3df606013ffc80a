/* osteon stats adjust */
#include "cli/stats_method.h"
#include "stats/multiplicity.h"

static const char *const names[MULTIPLICITY_COUNT] = {
    [MULTIPLICITY_BONFERRONI] = "bonferroni",
    [MULTIPLICITY_HOLM] = "holm",
    [MULTIPLICITY_HOCHBERG] = "hochberg",
    [MULTIPLICITY_HOMMEL] = "hommel",
    [MULTIPLICITY_BH] = "BH",
    [MULTIPLICITY_BY] = "BY",
    [MULTIPLICITY_FIXED] = "fixed"};

enum { HOMMEL_MOST = 50000 };

static bool read_p(struct command_context *context, const double **out, size_t *count,
                   size_t *missing, struct error *err)
{
    *missing = 0;
    if (command_has(context, "--p")) {
        if (!stats_numbers(context, "--p", out, count, err))
            return false;
    } else {
        struct stats_column column = {.option = "--column"};
        struct stats_data data = {.columns = &column, .column_count = 1};
        if (!stats_read(context, &data, err))
            return false;
        *out = column.numbers;
        *count = data.count;
        *missing = data.missing;
    }
    for (size_t i = 0; i < *count; i++)
        if (!((*out)[i] >= 0 && (*out)[i] <= 1))
            return error_set(err, ERROR_REFUSED,
                             "number %zu, %g, is no p-value: it is not from 0 to 1",
                             i + 1, (*out)[i]);
    return true;
}

bool stats_adjust(struct command_context *context, struct error *err)
{
    const double *p = NULL;
    size_t count = 0, missing = 0;
    if (!read_p(context, &p, &count, &missing, err))
        return false;
    struct stats_report *report = stats_report_new("adjust", context->arena);
    stats_input(report, "n", (double)count);
    stats_input(report, "missing", (double)missing);
    double *adjusted = ARENA_ARRAY(context->arena, double, count);
    struct text wanted = command_option(context, "--method");
    bool is_known = text_is_absent(wanted);
    for (size_t method = 0; method < MULTIPLICITY_COUNT; method++) {
        if (!text_is_absent(wanted) && !text_equal(wanted, text_of(names[method])))
            continue;
        is_known = true;
        if (method == MULTIPLICITY_HOMMEL && count > HOMMEL_MOST)
            return error_set(err, ERROR_REFUSED, "hommel takes at most %d p-values",
                             HOMMEL_MOST);
        multiplicity_adjust(p, count, (enum multiplicity)method, context->arena,
                            adjusted);
        for (size_t i = 0; i < count; i++)
            stats_add(report, estimate_of(adjusted[i]), "%s.%zu", names[method], i + 1);
    }
    if (!is_known)
        return error_set(err, ERROR_USAGE,
                         "--method is bonferroni, holm, hochberg, "
                         "hommel, BH, BY or fixed");
    return stats_report_write(report, context, err);
}
