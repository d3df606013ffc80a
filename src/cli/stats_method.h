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
/* --level, above 0 and below 1; 0.95 when not given. */
MUST_USE bool stats_level(struct command_context *context, double *out,
                          struct error *err);

/* --- data ----------------------------------------------------------------------------- */

enum { STATS_COLUMNS_MOST = 48, STATS_GROUPS_MOST = 1000 };

struct stats_column {
    const char *option; /* that names it: "--time" */
    struct text name;   /* of one of several columns that the option names */
    bool is_text;       /* a group; otherwise numbers */
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

/* Is every number of a column, that an option names, 0 or 1? */
MUST_USE bool stats_must_be_binary(const struct stats_column *column, size_t count,
                                   struct error *err);

/* Times with events; with `entries` where --start is given. */
struct stats_follow_up {
    const double *times, *entries;
    bool *is_event;
};
/* Of columns that were read: `columns` are --time, --event (1 or 0; with --cause K an event
 * is K) and --start. */
enum { STATS_TIME, STATS_EVENT, STATS_START, STATS_FOLLOW_UP_COLUMNS };
extern const struct stats_column stats_follow_up_columns[STATS_FOLLOW_UP_COLUMNS];
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

#endif
