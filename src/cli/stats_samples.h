#ifndef OSTEON_CLI_STATS_SAMPLES_H
#define OSTEON_CLI_STATS_SAMPLES_H
/* One or two samples from the columns of a file.
 *
 * Differences: --column has them, or --x less --y, of the rows that have both.
 * Two samples: --column by the two values of --group, the lesser one first; or the columns
 * --x and --y, each as long as it is.
 */
#include "cli/stats_method.h"

struct stats_sample {
    const double *values;
    size_t count;
};

/* n and missing go into the report's inputs. */
MUST_USE bool stats_read_differences(struct command_context *context,
                                     struct stats_report *report,
                                     struct stats_sample *out, struct error *err);
/* n, n1, n2 and missing do. */
MUST_USE bool stats_read_two(struct command_context *context,
                             struct stats_report *report, struct stats_sample two[2],
                             struct error *err);

#endif
