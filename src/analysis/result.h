#ifndef OSTEON_ANALYSIS_RESULT_H
#define OSTEON_ANALYSIS_RESULT_H
/* What came out of one analysis: named estimates, each a number or the reason why there is
 * none, and the rows that they were made of, so that every number leads back.
 */
#include "analysis/dataset.h"
#include "stats/estimate.h"

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

#endif
