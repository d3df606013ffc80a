#ifndef OSTEON_CLI_STATS_TABLES_H
#define OSTEON_CLI_STATS_TABLES_H
/* Fourfold tables from the command line: --cells a,b,c,d,… of one or more of them, or
 * --data with --event and --group, one table for each value of --strata.
 */
#include "cli/stats_method.h"
#include "stats/two_by_two.h"

/* Their n and missing go into the report's inputs. */
MUST_USE bool stats_read_tables(struct command_context *context,
                                struct stats_report *report, struct two_by_two **out,
                                size_t *count, struct error *err);

#endif
