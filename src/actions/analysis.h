#ifndef OSTEON_ACTIONS_ANALYSIS_H
#define OSTEON_ACTIONS_ANALYSIS_H
/* The analysis plan over the study's participants at one data cut: derived datasets and
 * results, of the sites where the caller may 'view aggregate overview'. `now` is the time of the cut's last event, so that the same cut
 * gives the same results whenever it is run.
 */
#include "actions/act.h"
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
    struct text plan_json;     /* another plan; absent: that in force at the cut */
    struct text as_of;         /* data_cut_find; absent: now */
    struct progress *progress; /* by participant; NULL: nobody looks */
    /* The rows behind this analysis are wanted, of whom the caller may 'view casebook'. */
    struct text rows_of; /* its id; absent: none */
};

struct analysis_report {
    struct data_cut cut;
    const struct analysis_plan *plan;
    struct hash plan_content; /* SHA-256 of its JSON */
    int64_t plan_published;   /* by this event; 0: the program's own, or a file's */
    struct text design;       /* version in force at the cut */
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

/* plan.json of the program. */
struct text analysis_plan_json(void);
/* The program's plan for the study of this design; ERROR_NOT_FOUND when it has none. */
MUST_USE bool analysis_plan_builtin(const struct design *design, struct arena *arena,
                                    struct analysis_plan **out, struct error *err);

/* Notes on the log that this was run: who, the plan, the cut, the SHA-256 of results.json.
 * For who may 'run analysis', and the operator. */
struct analysis_note {
    struct act act;
    const struct analysis_report *report;
    struct hash results;

    int64_t seq; /* result: the event */
};
MUST_USE bool analysis_note(struct act *act, struct txn *txn, struct error *err);
/* What the writers of results need, of a report. */
struct results_input;
MUST_USE bool analysis_results_input(struct study *study,
                                     const struct analysis_report *report,
                                     struct arena *arena, struct results_input *out,
                                     struct error *err);
/* results.json of a report, in `arena`. */
MUST_USE bool analysis_json(struct study *study, const struct analysis_report *report,
                            struct arena *arena, struct text *out, struct error *err);

/* What an analysis may take: for `arena` below. Address space, not memory, until it is used. */
#define ANALYSIS_ARENA ((size_t)4 << 30)

/* All in `arena`. The operator, who owns the folder, may always. */
MUST_USE bool analysis_run(struct study *study, const struct caller *caller,
                           const struct analysis_request *request, struct arena *arena,
                           struct analysis_report *out, struct error *err);

/* Pseudonyms by row of the first dataset, for figures: who may not be named has none. */
const struct text *analysis_numbers_to_tell(const struct analysis_report *report,
                                            struct arena *arena);

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
