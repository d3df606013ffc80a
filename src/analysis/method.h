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
    struct arena *arena;      /* for as long as the method runs */
    struct arena *kept;       /* of what it gives: lives as long as the results */
    struct result_part *part; /* rows given; values and `missing` wanted */
};
typedef void method_function(const struct method_call *call);

enum { METHOD_VARIABLES = 4 };
enum method_need {
    NEEDED,
    OPTIONAL,
    LISTED /* several or none; COLUMN_NUMBER: each a number or a truth; COLUMN_CODE: any */
};
struct method_variable {
    const char *argument; /* "event" */
    enum column_kind kind;
    enum method_need need;
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
method_function method_follow_up, method_compare_survival, method_incidence, method_cox;
method_function method_rate, method_levels, method_change, method_compare;
method_function method_compare_events, method_pairs, method_agreement;
method_function method_logistic, method_clustered, method_mixed, method_repeated;
method_function method_correlation, method_missing, method_icc, method_sample_size;

/* --- for methods ---------------------------------------------------------------------- */

const struct column *method_column(const struct method_call *call,
                                   const char *argument);
/* Numbers of the plan; `*count` 0: none given. */
const double *method_numbers(const struct method_call *call, const char *argument,
                             size_t *count);
double method_number(const struct method_call *call, const char *argument,
                     double otherwise);
bool method_says(const struct method_call *call, const char *argument,
                 const char *word);
void method_give(const struct method_call *call, struct estimate value,
                 const char *format, ...) PRINTF_LIKE(3, 4);
void method_give_count(const struct method_call *call, size_t count,
                       const char *operation);
/* Copies the points; the rows that they name are of `kept`. */
void method_give_series(const struct method_call *call, struct result_series series);
void method_give_interval(const struct method_call *call, struct interval interval,
                          const char *operation);
/* What the number given last is about: a code, a variable. */
void method_words(const struct method_call *call, struct plan_words words);
/* "NAME", "NAME.lower", "NAME.upper". */
void method_give_bounded(const struct method_call *call, struct estimate value,
                         struct interval interval, const char *name);

/* "PREFIX.VARIABLE". */
struct text method_named(const struct method_call *call, const char *prefix,
                         const struct column *column);
/* value ± z · error. */
struct interval method_wald(struct estimate value, struct estimate error, double level);
/* The same of a logarithm: its exponential. */
void method_give_ratio(const struct method_call *call, struct estimate logarithm,
                       struct interval interval, const char *name);

/* --- columns of the rows that are looked at ---------------------------------------------- */

enum { METHOD_COVARIATES = 48 }; /* a list has at most half as many */
struct method_columns {
    const struct column *at[METHOD_COVARIATES];
    size_t count;
};
/* Adds the column of an argument, or all of a list; nothing when it is not given. */
void method_want(const struct method_call *call, const char *argument,
                 struct method_columns *columns);

/* Those rows of the part that have a value in every column; the others are its missing. */
struct method_rows {
    const size_t *at;
    size_t count;
};
struct method_rows method_complete(const struct method_call *call,
                                   const struct method_columns *columns);
double *method_values(const struct method_call *call, const struct column *column,
                      struct method_rows rows);
bool *method_truths(const struct method_call *call, const struct column *column,
                    struct method_rows rows);
/* Values of the columns from `first` on, a list for each, as models take them. */
const double *const *method_covariates(const struct method_call *call,
                                       const struct method_columns *columns,
                                       size_t first, struct method_rows rows);
/* A number for each different participant of the rows, or for each level of the code that
 * "cluster" names: in order of first appearance. */
uint32_t *method_clusters(const struct method_call *call, struct method_rows rows,
                          size_t *count);

#endif
