#ifndef OSTEON_REPORT_REPORT_BUILD_H
#define OSTEON_REPORT_REPORT_BUILD_H
/* From a plan and its results to a report in one language, by the chapters that the plan
 * names. No analysis is left out: what no chapter takes comes last.
 *
 *     struct document *document = NULL;
 *     report_build(&input, arena, &document, err)
 *     report_html_write(document, &buffer);
 */
#include "report/document.h"

struct report_input {
    const struct analysis_plan *plan;
    const struct analysis_result *results; /* by the plan's analyses */
    const struct figure_data *figures;     /* of the same plan and results */
    struct text design;                    /* version in force at the cut */
    struct text software;                  /* version of the program */
    int64_t cut_seq, cut_time;
    struct text cut_hash, plan_hash; /* hexadecimal */
    bool is_synthetic;
    enum language language;
};

/* In `arena`, as views of the input's texts. ERROR_REFUSED names a chapter of a kind that
 * there is not. */
MUST_USE bool report_build(const struct report_input *input, struct arena *arena,
                           struct document **out, struct error *err);

#endif
