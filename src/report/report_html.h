#ifndef OSTEON_REPORT_REPORT_HTML_H
#define OSTEON_REPORT_REPORT_HTML_H
/* A report as one HTML file that needs nothing else: style, figures and all. Each number
 * names the result that it shows: <span data-ref="E1.first_attempt//estimate"
 * data-rounding="percent:1">. By day, by night, and on paper with repeated table heads.
 */
#include "report/document.h"

/* `home` is the address of the running page, to whose results the names of analyses lead;
 * absent: nowhere. */
void report_html_write(const struct document *document, struct text home,
                       struct buffer *to);

#endif
