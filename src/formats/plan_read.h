#ifndef OSTEON_FORMATS_PLAN_READ_H
#define OSTEON_FORMATS_PLAN_READ_H
/* plan.json → the analysis plan. Strict: an unknown member is refused with its place and
 * the nearest known name. Expressions are compiled later, under a design
 * (analysis/collect.h), names are looked up then (analysis/analyse.h).
 */
#include "analysis/plan.h"

/* In `arena`; texts are views of `json`, which must live as long. */
MUST_USE bool plan_read(struct text json, struct arena *arena,
                        struct analysis_plan **out, struct error *err);

#endif
