#ifndef OSTEON_ANALYSIS_METHOD_H
#define OSTEON_ANALYSIS_METHOD_H
/* The methods that a plan may name. A method is one function and one row in method.c: what
 * variables it needs, what it does with the rows of a part.
 */
#include "analysis/result.h"

struct method_call {
    const struct analysis_plan *plan;
    const struct plan_analysis *analysis;
    const struct dataset *dataset;
    struct arena *arena;
    struct result_part *part; /* rows given; values and `missing` wanted */
};
typedef void method_function(const struct method_call *call);

enum { METHOD_VARIABLES = 3 };
struct method_variable {
    const char *argument; /* "event" */
    enum column_kind kind;
};

struct method {
    const char *name, *label;
    const char *reference; /* formula or paper, for the methods text */
    struct method_variable variables[METHOD_VARIABLES];
    method_function *run;
};

/* NULL: there is none. */
const struct method *method_find(struct text name);
const struct method *method_at(size_t index); /* NULL behind the last */

method_function method_count, method_proportion, method_survival, method_summary;

/* For methods. */
const struct column *method_column(const struct method_call *call,
                                   const char *argument);
/* Numbers of the plan; `*count` 0: none given. */
const double *method_numbers(const struct method_call *call, const char *argument,
                             size_t *count);
bool method_says(const struct method_call *call, const char *argument,
                 const char *word);
void method_give(const struct method_call *call, struct estimate value,
                 const char *format, ...) PRINTF_LIKE(3, 4);
void method_give_count(const struct method_call *call, size_t count,
                       const char *operation);
void method_give_series(const struct method_call *call, struct result_series series);
void method_give_interval(const struct method_call *call, struct interval interval,
                          const char *operation);

#endif
