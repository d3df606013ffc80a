#include "actions/analysis_report.h"

#include "base/hex.h"
#include "base/version.h"
#include "report/report_build.h"
#include "report/report_html.h"
#include "report/report_pdf.h"

bool analysis_report_write(const struct analysis_report_request *request,
                           struct arena *arena, struct buffer *to, struct error *err)
{
    const struct analysis_report *report = request->report;
    char hash[HEX_SIZE(HASH_SIZE)], plan_hash[HEX_SIZE(HASH_SIZE)];
    hex_print(report->cut.hash.bytes, HASH_SIZE, hash);
    hex_print(report->plan_content.bytes, HASH_SIZE, plan_hash);
    const struct figure_data figures = {.plan = report->plan,
                                        .results = report->results,
                                        .datasets = report->datasets,
                                        .numbers =
                                            analysis_numbers_to_tell(report, arena),
                                        .is_synthetic = report->is_synthetic,
                                        .arena = arena};
    const struct report_input input = {.plan = report->plan,
                                       .results = report->results,
                                       .figures = &figures,
                                       .design = report->design,
                                       .software = TEXT(OSTEON_VERSION),
                                       .cut_seq = report->cut.seq,
                                       .cut_time = report->cut.time,
                                       .cut_hash = {hash, sizeof hash},
                                       .plan_hash = {plan_hash, sizeof plan_hash},
                                       .is_synthetic = report->is_synthetic,
                                       .language = request->language};
    struct document *document = NULL;
    if (!figures_check(report->plan, err) ||
        !report_build(&input, arena, &document, err))
        return false;
    if (request->form == REPORT_PDF)
        return report_pdf_write(document, to, err);
    report_html_write(document, request->home, to);
    return true;
}
