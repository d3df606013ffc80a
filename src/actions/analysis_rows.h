#ifndef OSTEON_ACTIONS_ANALYSIS_ROWS_H
#define OSTEON_ACTIONS_ANALYSIS_ROWS_H
/* From a number back to the answers it was made of. For analysis.c. */
#include "actions/analysis.h"
#include "actions/world.h"
#include "analysis/collect.h"

struct row_finder {
    const struct plan_analysis *analysis; /* NULL: nothing is wanted */
    const struct caller *caller;
    struct collector *collector;
    struct arena *arena;
    struct analysis_row *rows;
    size_t count, capacity, not_named;
};

/* Behind collect() of this world: takes the rows of the analysis among those from `first`
 * of its dataset on. */
void find_rows(struct row_finder *finder, const struct world *world, size_t first);

#endif
