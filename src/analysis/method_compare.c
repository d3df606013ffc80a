/* Two groups by a truth, yes less no: of numbers, and of events. */
#include "analysis/method.h"
#include "stats/effect_size.h"
#include "stats/fisher.h"
#include "stats/rank_test.h"
#include "stats/two_by_two.h"

#include <math.h>

struct halves {
    double *values[2]; /* of no, of yes */
    size_t counts[2];
};

static struct halves halve(const struct method_call *call, const struct column *value,
                           const struct column *by, struct method_rows rows)
{
    struct halves halves = {{ARENA_ARRAY(call->arena, double, rows.count),
                             ARENA_ARRAY(call->arena, double, rows.count)},
                            {0, 0}};
    for (size_t i = 0; i < rows.count; i++) {
        bool half = cell_is_yes(by, rows.at[i]);
        halves.values[half][halves.counts[half]++] = value->numbers[rows.at[i]];
    }
    return halves;
}

static void give_means(const struct method_call *call, const struct halves *halves)
{
    struct moments no = moments_of(halves->values[0], halves->counts[0]);
    struct moments yes = moments_of(halves->values[1], halves->counts[1]);
    struct t_test welch;
    struct effect_size size;
    t_test_welch(&yes, &no, 0, call->plan->level, &welch);
    effect_size_of(&yes, &no, call->plan->level, &size);
    method_give_bounded(call, welch.estimate, welch.interval, "difference");
    method_give(call, welch.p, "welch.p");
    method_give_bounded(call, size.hedges_g, size.hedges_interval, "hedges_g");
}

static void give_ranks(const struct method_call *call, const struct halves *halves)
{
    struct rank_options options = {.level = call->plan->level};
    struct rank_test ranks;
    rank_sum_test(halves->values[1], halves->counts[1], halves->values[0],
                  halves->counts[0], &options, call->arena, &ranks);
    method_give_bounded(call, ranks.shift, ranks.interval, "hodges_lehmann");
    method_give(call, ranks.p, "rank_sum.p");
}

/* The ratio of geometric means, by Welch's interval of the logarithms. */
static void give_ratio(const struct method_call *call, const struct halves *halves)
{
    for (int half = 0; half < 2; half++)
        for (size_t i = 0; i < halves->counts[half]; i++) {
            double *value = &halves->values[half][i];
            if (*value <= 0) {
                const char *reason = "a value is not above 0: it has no logarithm";
                method_give_bounded(call, not_estimable(reason), no_interval(reason),
                                    "ratio");
                return;
            }
            *value = log(*value);
        }
    struct moments no = moments_of(halves->values[0], halves->counts[0]);
    struct moments yes = moments_of(halves->values[1], halves->counts[1]);
    struct t_test welch;
    t_test_welch(&yes, &no, 0, call->plan->level, &welch);
    method_give_ratio(call, welch.estimate, welch.interval, "ratio");
}

void method_compare(const struct method_call *call)
{
    struct method_columns columns = {.count = 0};
    method_want(call, "value", &columns);
    method_want(call, "by", &columns);
    struct method_rows rows = method_complete(call, &columns);
    struct halves halves = halve(call, columns.at[0], columns.at[1], rows);
    method_give_count(call, halves.counts[1], "n.yes");
    method_give_count(call, halves.counts[0], "n.no");
    give_means(call, &halves);
    give_ranks(call, &halves);
    give_ratio(call, &halves); /* last: it takes logarithms in place */
}

/* "missing": "failure", or else left out; without the group a row is missing. */
void method_compare_events(const struct method_call *call)
{
    const struct column *event = method_column(call, "event");
    struct method_columns columns = {.count = 0};
    method_want(call, "by", &columns);
    if (!method_says(call, "missing", "failure"))
        method_want(call, "event", &columns);
    struct method_rows rows = method_complete(call, &columns);
    struct two_by_two table = {0};
    for (size_t i = 0; i < rows.count; i++) {
        bool is_event = cell_is_yes(event, rows.at[i]);
        if (cell_is_yes(columns.at[0], rows.at[i]))
            *(is_event ? &table.a : &table.b) += 1;
        else
            *(is_event ? &table.c : &table.d) += 1;
    }
    struct two_by_two_measures found;
    two_by_two_measure(&table, call->plan->level, &found);
    struct fisher fisher;
    fisher_exact(&table, call->plan->level, call->arena, &fisher);
    method_give_count(call, (size_t)(table.a + table.b), "n.yes");
    method_give_count(call, (size_t)table.a, "events.yes");
    method_give_count(call, (size_t)(table.c + table.d), "n.no");
    method_give_count(call, (size_t)table.c, "events.no");
    method_give_bounded(call, found.risk_difference, found.rd_newcombe,
                        "risk_difference");
    method_give_bounded(call, found.risk_ratio, found.rr_katz, "risk_ratio");
    method_give_bounded(call, found.odds_ratio, found.or_woolf, "odds_ratio");
    method_give(call, fisher.two_sided, "fisher.p");
}
