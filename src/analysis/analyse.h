#ifndef OSTEON_ANALYSIS_ANALYSE_H
#define OSTEON_ANALYSIS_ANALYSE_H
/* Runs a plan over its datasets. The same datasets give the same bits. */
#include "analysis/method.h"

/* Do names and kinds fit: is each population a truth of the first dataset, has each method
 * the variables that it needs? ERROR_REFUSED names the first that does not. */
MUST_USE bool plan_check(const struct analysis_plan *plan,
                         struct dataset *const *datasets, struct error *err);

/* One result for each analysis of the plan, in its order; of a plan that plan_check let
 * pass. In `arena`. */
void analyse(const struct analysis_plan *plan, struct dataset *const *datasets,
             struct arena *arena, struct analysis_result **out);

#endif
