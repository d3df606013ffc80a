#ifndef OSTEON_TEST_SUPPORT_ORACLE_H
#define OSTEON_TEST_SUPPORT_ORACLE_H
/* Numbers that another program has computed, against which statistics are held: CSV files
 * in the folder OSTEON_ORACLES, or beside the checkout, ../shared/oracles/given from the
 * project's root, where tests run. A file that is missing fails the test loudly.
 *
 * With OSTEON_ORACLE_TABLE each comparison also appends a row to that file: case, quantity,
 * ours, theirs, difference, tolerance, between tabs (make oracle).
 */
#include "base/arena.h"
#include "stats/estimate.h"

struct oracle {
    struct arena *arena;
    struct text *names;
    struct text *values; /* as they stand: "NA" too */
    size_t count;
    size_t asked;  /* how many were compared */
    size_t beyond; /* how many of them were too far off */
    char name[64];
};

/* The quantities of a case, "G01_proportion_ci". */
struct oracle *oracle_open(const char *name);
/* Fails the test when a quantity was beyond its tolerance. */
void oracle_close(struct oracle *oracle);

/* The quantity of that name is this estimate, within `tolerance` relative to max(1, |value|);
 * NA and NaN want an estimate that says why there is none. */
void oracle_check(struct oracle *oracle, struct estimate estimate, double tolerance,
                  const char *name, ...) PRINTF_LIKE(4, 5);

/* cmocka compares floats only. */
void assert_near(double value, double expected, double tolerance);

/* The columns of an input file, "G03_km_in_lung"; returns how many rows. */
size_t oracle_columns(const char *name, struct arena *arena, size_t count,
                      const char *const *columns, double **out);

#endif
