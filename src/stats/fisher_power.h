#ifndef OSTEON_STATS_FISHER_POWER_H
#define OSTEON_STATS_FISHER_POWER_H
/* The power of Fisher's exact test, by going through all tables.
 *
 * For each number m of events in both groups the tables that the test rejects are known from
 * the hypergeometric distribution (two-sided: those of P ≤ α, by probability; one-sided: the
 * tail towards the alternative); power is the probability of them under p1, p2.
 * It saws: `first` is the first n of group 1 with the power, from 2 on.
 * Tested: against power worked out in R 4.2.2 from fisher.test of every table.
 */
#include "base/arena.h"
#include "stats/planning.h"

struct fisher_plan {
    double alpha, p1, p2;
    bool is_two_sided;
};

struct estimate fisher_power(const struct fisher_plan *plan, int64_t n1, int64_t n2,
                             struct arena *scratch);

/* Group 2 has the whole number from ratio · n. */
struct estimate fisher_size(const struct fisher_plan *plan, double power, double ratio,
                            struct arena *scratch);

#endif
