#ifndef OSTEON_REPORT_SECTION_H
#define OSTEON_REPORT_SECTION_H
/* The chapters of a report. A kind is a function and a row in section.c. */
#include "report/present.h"
#include "report/report_build.h"

struct section_call {
    const struct report_input *input;
    const struct plan_section *section;
    struct document *document;
    const struct analysis_result *const *results; /* that it takes */
    size_t result_count;
    enum report_word head; /* of the first column of its table */
};
typedef void section_function(const struct section_call *call);

struct section_kind {
    const char *name;
    enum report_word head;
    bool is_citing; /* shows analyses that another chapter takes */
    section_function *write;
};

/* NULL: there is none. */
const struct section_kind *section_kind(struct text name);

section_function section_summary, section_methods, section_flow, section_baseline,
    section_results, section_missing, section_evidence;

/* --- for chapters --------------------------------------------------------------------- */

struct text section_word(const struct section_call *call, enum report_word word);
/* A label of the plan in the report's language. */
struct text section_label(const struct section_call *call,
                          const struct plan_words *words);
/* Of the chapter's table. */
struct text section_caption(const struct section_call *call);
/* For a part of a result; reasons are noted in `notes`. */
struct present section_present(const struct section_call *call,
                               const struct analysis_result *result,
                               const struct result_part *part,
                               struct reason_notes *notes);
/* What a group of a result is called. */
struct text section_group(const struct section_call *call,
                          const struct result_part *part);
/* The chapter's figures that stand beside the table of this endpoint; absent: those that
 * stand beside none. */
void section_put_figures(const struct section_call *call, struct text endpoint);
/* "95". */
struct text section_level(const struct section_call *call);

#endif
