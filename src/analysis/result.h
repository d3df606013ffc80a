#ifndef OSTEON_ANALYSIS_RESULT_H
#define OSTEON_ANALYSIS_RESULT_H
/* What came out of one analysis: named estimates, each a number or the reason why there is
 * none, and the rows that they were made of, so that every number leads back.
 */
#include "analysis/dataset.h"
#include "stats/estimate.h"

/* What a figure draws at one place: the dataset's rows that it is made of lead back. */
struct result_point {
    double x;
    struct estimate estimate; /* from `x` on, of a curve */
    struct interval interval;
    size_t at_risk, events, censored; /* just before `x`; at it */
    const size_t *rows; /* of the dataset, rising: whose events are at `x` */
    size_t row_count;
};

struct result_series {
    struct text name; /* "survival" */
    const struct result_point *points;
    size_t count;
};

struct result_value {
    struct text operation; /* "estimate", "wilson.lower", "surv.t28" */
    struct estimate value;
    bool is_count;           /* a whole number */
    struct plan_words words; /* what it is about: a code, a variable; may be absent */
};

/* One group's; of an analysis without groups there is one. */
struct result_part {
    struct text group; /* the value of the plan's group variable; absent: all */
    struct plan_words group_words; /* absent: the code has none */
    const size_t *rows;            /* of the dataset, rising: all that are looked at */
    size_t row_count;
    size_t missing; /* of them without a value that the method needs */
    struct result_value *values;
    size_t value_count, value_capacity;
    struct result_series *series; /* what a figure draws of it, if the method says */
    size_t series_count, series_capacity;
};

struct analysis_result {
    const struct plan_analysis *analysis;
    const struct dataset *dataset;
    size_t population; /* participants in it */
    struct result_part *parts;
    size_t part_count;
};

/* The value of this name; a "not estimable" one when there is none. */
struct estimate result_value(const struct result_part *part, const char *operation);

/* NULL when there is none of this name. */
const struct result_series *result_series(const struct result_part *part,
                                          const char *name);

#endif
