#ifndef OSTEON_CLI_STATS_METHOD_H
#define OSTEON_CLI_STATS_METHOD_H
/* `osteon stats METHOD`: a method is one small file and one row in cli/stats.c. It reads its
 * options, runs stats/, and puts named results into a report, which is printed as one JSON
 * object.
 */
#include "cli/command.h"
#include "stats/estimate.h"

/* --- options -------------------------------------------------------------------------- */

/* A number that the option gives; `fallback` when it was not given. ERROR_USAGE. */
MUST_USE bool stats_number(struct command_context *context, const char *option,
                           double fallback, double *out, struct error *err);
/* The same, of one that must be given, a whole number from 0. */
MUST_USE bool stats_count(struct command_context *context, const char *option,
                          int64_t *out, struct error *err);
/* "100,365": numbers between commas; none when not given. */
MUST_USE bool stats_numbers(struct command_context *context, const char *option,
                            const double **out, size_t *count, struct error *err);
/* The same, of whole numbers from 0. */
MUST_USE bool stats_counts(struct command_context *context, const char *option,
                           const int64_t **out, size_t *count, struct error *err);
/* A number that must be given; the same, above `low` and below `high`. */
MUST_USE bool stats_required(struct command_context *context, const char *option,
                             double *out, struct error *err);
MUST_USE bool stats_between(struct command_context *context, const char *option,
                            double low, double high, double *out, struct error *err);
/* One of `names`; the first when not given. */
MUST_USE bool stats_choice(struct command_context *context, const char *option,
                           const char *const *names, size_t count, size_t *out,
                           struct error *err);
/* --sides, 1 or 2; two when not given. */
MUST_USE bool stats_sides(struct command_context *context, bool *is_two_sided,
                          struct error *err);
/* --boundary, --looks or --times, --parameter, --alpha and --sides. */
struct sequential_design;
MUST_USE bool stats_sequential_design(struct command_context *context,
                                      struct sequential_design *out, struct error *err);
/* --level, above 0 and below 1; 0.95 when not given. */
MUST_USE bool stats_level(struct command_context *context, double *out,
                          struct error *err);

/* --- data ----------------------------------------------------------------------------- */

enum { STATS_COLUMNS_MOST = 48, STATS_GROUPS_MOST = 1000 };

struct stats_column {
    const char *option; /* that names it: "--time" */
    struct text name;   /* of one of several columns that the option names */
    bool is_text;       /* a group; otherwise numbers */
    bool is_time;       /* a number below 0 is refused */
    bool is_yes_no;     /* so is anything but 0 and 1 */
    bool is_optional;
    const double *numbers; /* one a row, or NULL */
    const struct text *texts;
};

struct stats_data {
    struct stats_column *columns;
    size_t column_count;
    size_t count;   /* rows with nothing missing in these columns */
    size_t missing; /* rows left out: empty, NA or a full stop in one of them */
};

/* Reads --data and fills the columns. Anything but a number where one is wanted is refused
 * with line and column. */
MUST_USE bool stats_read(struct command_context *context, struct stats_data *data,
                         struct error *err);

/* Columns of numbers that an option names between commas, added to a list of up to
 * STATS_COLUMNS_MOST. */
MUST_USE bool stats_columns(struct command_context *context, const char *option,
                            struct stats_column *columns, size_t *count,
                            struct error *err);

/* The different values of a column of text: by number where all are numbers, else by their
 * bytes; at most STATS_GROUPS_MOST, or `most`. */
struct stats_factor {
    struct text *names;
    const double *values; /* of the names; NULL where one is no number */
    uint32_t *codes;      /* one a row */
    size_t count;
};
MUST_USE bool stats_make_factor(struct command_context *context, const char *option,
                                const struct text *texts, size_t count,
                                struct stats_factor *out, struct error *err);

/* A comparison of two groups. */
MUST_USE bool stats_must_be_two(const char *option, const struct stats_factor *factor,
                                struct error *err);

/* Times with events; with `entries` where --start is given. */
struct stats_follow_up {
    const double *times, *entries;
    bool *is_event;
};
/* Of columns that were read: `columns` are --time, --event (1 or 0; with --cause K an event
 * is K) and --start. */
enum { STATS_TIME, STATS_EVENT, STATS_START, STATS_FOLLOW_UP_COLUMNS };
void stats_follow_up_columns(struct command_context *context,
                             struct stats_column *columns);
MUST_USE bool stats_follow_up(struct command_context *context,
                              const struct stats_data *data,
                              struct stats_follow_up *out, struct error *err);

/* --- results -------------------------------------------------------------------------- */

struct stats_report;

struct stats_report *stats_report_new(const char *method, struct arena *arena);
void stats_input(struct stats_report *report, const char *name, double value);
/* Under the name that the format gives. */
void stats_add(struct stats_report *report, struct estimate estimate,
               const char *format, ...) PRINTF_LIKE(3, 4);
/* As "NAME.lower" and "NAME.upper". */
void stats_add_interval(struct stats_report *report, struct interval interval,
                        struct text name);
/* {method, inputs, estimates, not_estimable, software} */
MUST_USE bool stats_report_write(const struct stats_report *report,
                                 struct command_context *context, struct error *err);

typedef bool stats_method_function(struct command_context *context, struct error *err);
stats_method_function stats_proportion, stats_km, stats_logrank, stats_cox,
    stats_summary;
stats_method_function stats_cuminc, stats_gray, stats_finegray, stats_logistic;
stats_method_function stats_lmm, stats_mmrm, stats_gee;
stats_method_function stats_table2x2, stats_mantel_haenszel, stats_mcnemar, stats_trend;
stats_method_function stats_paired, stats_twosample, stats_effect_size,
    stats_signed_rank, stats_rank_sum, stats_kruskal, stats_correlation;
stats_method_function stats_rate, stats_adjust;
stats_method_function stats_group_sequential, stats_conditional_power,
    stats_beta_binomial, stats_two_proportions, stats_margin, stats_means, stats_pairs,
    stats_events, stats_design_effect, stats_single_arm, stats_simon,
    stats_interval_width, stats_zero_events, stats_simulate, stats_sd_limit,
    stats_assurance;

#endif
