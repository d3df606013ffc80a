/* Two truths of the same rows: does one come more often, how far do they agree. */
#include "analysis/method.h"
#include "stats/agreement.h"
#include "stats/mcnemar.h"

static struct two_by_two tabulate(const struct method_call *call)
{
    struct method_columns columns = {.count = 0};
    method_want(call, "first", &columns);
    method_want(call, "second", &columns);
    struct method_rows rows = method_complete(call, &columns);
    struct two_by_two table = {0};
    for (size_t i = 0; i < rows.count; i++) {
        bool second = cell_is_yes(columns.at[1], rows.at[i]);
        if (cell_is_yes(columns.at[0], rows.at[i]))
            *(second ? &table.a : &table.b) += 1;
        else
            *(second ? &table.c : &table.d) += 1;
    }
    method_give_count(call, rows.count, "n");
    method_give_count(call, (size_t)table.a, "yes_yes");
    method_give_count(call, (size_t)table.b, "yes_no");
    method_give_count(call, (size_t)table.c, "no_yes");
    method_give_count(call, (size_t)table.d, "no_no");
    return table;
}

void method_pairs(const struct method_call *call)
{
    struct two_by_two table = tabulate(call);
    struct mcnemar found;
    mcnemar_test(&table, call->plan->level, &found);
    method_give_bounded(call, found.difference, found.difference_interval,
                        "difference");
    method_give(call, found.exact, "mcnemar.p");
    method_give(call, found.midp, "mcnemar.midp");
}

void method_agreement(const struct method_call *call)
{
    struct two_by_two table = tabulate(call);
    struct agreement found;
    agreement_of(&table, call->plan->level, &found);
    method_give(call, found.observed, "observed");
    method_give_bounded(call, found.kappa, found.kappa_interval, "kappa");
    method_give_bounded(call, found.ac1, found.ac1_interval, "ac1");
}
