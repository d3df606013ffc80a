#ifndef OSTEON_ACTIONS_ANALYSIS_H
#define OSTEON_ACTIONS_ANALYSIS_H
/* The analysis plan over the study's participants at one data cut ('run analysis'): derived
 * datasets and results. `now` is the time of the cut's last event, so that the same cut
 * gives the same results whenever it is run.
 */
#include "actions/caller.h"
#include "actions/progress.h"
#include "actions/study.h"
#include "analysis/analyse.h"
#include "store/read_export.h"

struct analysis_request {
    const struct analysis_plan *plan;
    struct text as_of;         /* data_cut_find; absent: now */
    struct progress *progress; /* by participant; NULL: nobody looks */
};

struct analysis_report {
    struct data_cut cut;
    struct text design; /* version in force at the cut */
    bool is_synthetic;
    struct dataset *const *datasets;       /* by the plan's */
    const struct text *numbers;            /* of each row of the first dataset */
    const struct analysis_result *results; /* by the plan's analyses */
};

/* All in `arena`. The operator, who owns the folder, may always. */
MUST_USE bool analysis_run(struct study *study, const struct caller *caller,
                           const struct analysis_request *request, struct arena *arena,
                           struct analysis_report *out, struct error *err);

#endif
