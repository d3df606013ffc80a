#ifndef OSTEON_REPORT_REPORT_PDF_H
#define OSTEON_REPORT_REPORT_PDF_H
/* A report on A4 pages: what warns and which cut it is of on each, tables that go on with
 * their head, no heading alone at a page's end, an outline. The same document gives the
 * same bytes: its date is the time of the cut.
 */
#include "report/document.h"

/* ERROR_FAILED when the machine has no Chinese face (report/pen_cairo.h). */
MUST_USE bool report_pdf_write(const struct document *document, struct buffer *to,
                               struct error *err);

#endif
