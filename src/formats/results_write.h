#ifndef OSTEON_FORMATS_RESULTS_WRITE_H
#define OSTEON_FORMATS_RESULTS_WRITE_H
/* The results of an analysis plan in files: CDISC ARS 1.0 (a reporting event in JSON), tidy
 * tables of the results and of each derived dataset. For the same cut the same bytes.
 */
#include "analysis/analyse.h"
#include "base/buffer.h"

struct results_input {
    const struct analysis_plan *plan;
    struct text plan_hash;                 /* hexadecimal, of its JSON */
    const struct analysis_result *results; /* by the plan's analyses */
    struct dataset *const *datasets;       /* by the plan's */
    const struct text *numbers;            /* pseudonyms by row of the first dataset */
    const struct dictionary *dictionary;   /* of the events' names */
    int64_t cut_seq, cut_time;
    struct text cut_hash; /* hexadecimal */
    struct text design;
    bool is_synthetic;
    struct arena *arena;
};

/* results.json. What ARS has no place for (level, rows behind a number, why there is none)
 * stands in descriptions, and whole in results.csv. */
void results_write_ars(const struct results_input *input, struct buffer *to);
/* A row for each number: analysis, group, operation, value, reason, n, missing. */
void results_write_csv(const struct results_input *input, struct buffer *to);
/* A row for each row of the dataset, with where it stands in the record. */
void dataset_write_csv(const struct results_input *input, const struct dataset *dataset,
                       struct buffer *to);

/* What a figure is drawn from: a row for each point of its analyses' series, or for each
 * number of those that have none. */
void figure_write_csv(const struct results_input *input,
                      const struct plan_figure *figure, struct buffer *to);

#endif
