#ifndef OSTEON_STATS_RISK_DIFFERENCE_H
#define OSTEON_STATS_RISK_DIFFERENCE_H
/* Intervals of p1 - p2 of two groups: formulas and references in stats/two_by_two.h. */
#include "stats/estimate.h"

struct two_samples {
    double x1, n1, x2, n2; /* n1, n2 above 0 */
};

struct interval difference_wald(const struct two_samples *two, double level);
struct interval difference_newcombe(const struct two_samples *two, double level);
struct interval difference_miettinen_nurminen(const struct two_samples *two,
                                              double level);

/* The likeliest p2 when p1 is p2 + difference. */
double restricted_proportion(const struct two_samples *two, double difference);

#endif
