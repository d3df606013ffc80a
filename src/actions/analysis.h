#ifndef OSTEON_ACTIONS_ANALYSIS_H
#define OSTEON_ACTIONS_ANALYSIS_H
/* The analysis plan over the study's participants at one data cut: derived datasets and
 * results, of the sites where the caller may 'view aggregate overview'. `now` is the time of the cut's last event, so that the same cut
 * gives the same results whenever it is run.
 */
#include "actions/caller.h"
#include "actions/progress.h"
#include "actions/study.h"
#include "analysis/analyse.h"
#include "analysis/reason.h"
#include "base/buffer.h"
#include "base/language.h"
#include "store/read_export.h"

/* An answer behind a number, in the record. */
struct analysis_source {
    struct text form, event, item;
    int64_t event_repeat, form_repeat, row;
    struct text value; /* in words; of what may not be read: that */
};

/* A row of a dataset that counts in an analysis. */
struct analysis_row {
    int64_t participant;
    struct text number;
    size_t at; /* row of the dataset */
    struct row_place place;
    struct text form, event; /* absent: a row of the participant as a whole */
    bool is_event;           /* of a method with an event: it is one */
    const struct analysis_source *sources;
    size_t source_count;
};

struct analysis_request {
    const struct analysis_plan *plan;
    struct text as_of;         /* data_cut_find; absent: now */
    struct progress *progress; /* by participant; NULL: nobody looks */
    /* The rows behind this analysis are wanted, of whom the caller may 'view casebook'. */
    const struct plan_analysis *rows_of;
};

struct analysis_report {
    struct data_cut cut;
    struct text design; /* version in force at the cut */
    bool is_synthetic;
    struct dataset *const *datasets; /* by the plan's */
    const struct text *numbers;      /* of each row of the first dataset */
    const bool *may_name;            /* of each: may the caller view the casebook? */
    const struct analysis_result *results; /* by the plan's analyses */
    const struct analysis_row *rows;       /* that `rows_of` asked for */
    size_t row_count;
    size_t
        rows_not_named; /* of participants whose casebook is not the caller's to see */
};

/* The program's plan for the study of this design; ERROR_NOT_FOUND when it has none. */
MUST_USE bool analysis_plan_builtin(const struct design *design, struct arena *arena,
                                    struct analysis_plan **out, struct error *err);

/* All in `arena`. The operator, who owns the folder, may always. */
MUST_USE bool analysis_run(struct study *study, const struct caller *caller,
                           const struct analysis_request *request, struct arena *arena,
                           struct analysis_report *out, struct error *err);

/* A figure of the program's plan at this moment, as SVG into `to`; participants are named
 * only where the caller may 'view casebook'. ERROR_NOT_FOUND: the plan has none of this
 * name. */
struct analysis_figure {
    struct study *study;
    const struct caller *caller;
    struct text id;
    enum language language;
};
MUST_USE bool analysis_figure_svg(const struct analysis_figure *wanted,
                                  struct arena *arena, struct buffer *to,
                                  struct error *err);

#endif
