#ifndef OSTEON_ACTIONS_ANALYSIS_REPORT_H
#define OSTEON_ACTIONS_ANALYSIS_REPORT_H
/* The report of an analysis that was run, as HTML or PDF. */
#include "actions/analysis.h"
#include "base/buffer.h"
#include "base/language.h"

enum report_form { REPORT_HTML, REPORT_PDF };

struct analysis_report_request {
    const struct analysis_report *report;
    enum language language;
    enum report_form form;
    struct text home; /* of HTML: the running page's address; absent: none */
};

/* ERROR_REFUSED when the plan's report does not fit, ERROR_FAILED when the machine has no
 * Chinese face for a PDF. */
MUST_USE bool analysis_report_write(const struct analysis_report_request *request,
                                    struct arena *arena, struct buffer *to,
                                    struct error *err);

#endif
