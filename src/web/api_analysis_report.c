/* The report of the analysis plan at this moment, as a page or as a PDF. */
#include "actions/analysis_report.h"
#include "web/api.h"

static bool write_report(struct request *request, enum report_form form,
                         struct buffer *buffer, struct error *err)
{
    struct text tag = request_query(request, "language");
    struct analysis_report report;
    struct analysis_report_request wanted = {
        .report = &report, .form = form, .home = TEXT("/")};
    if (!text_is_absent(tag) && !language_of_text(tag, &wanted.language))
        return error_set(err, ERROR_REFUSED, "language is en or zh");
    const struct analysis_request run = {.plan_json = {0}};
    struct arena *arena = arena_new(ANALYSIS_ARENA);
    bool is_written =
        analysis_run(request->study, request->caller, &run, arena, &report, err) &&
        analysis_report_write(&wanted, arena, buffer, err);
    arena_free(arena);
    return is_written;
}

/* The file has a style of its own and needs nothing else; it runs nothing. */
bool handle_report_html(struct request *request, struct response *response,
                        struct error *err)
{
    struct buffer buffer = response_buffer(request);
    if (!write_report(request, REPORT_HTML, &buffer, err))
        return false;
    response->content_type = "text/html; charset=utf-8";
    response->content_security =
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; "
        "base-uri 'none'; form-action 'none'";
    return buffer_text(&buffer, &response->body, err);
}

bool handle_report_pdf(struct request *request, struct response *response,
                       struct error *err)
{
    struct buffer buffer = response_buffer(request);
    if (!write_report(request, REPORT_PDF, &buffer, err))
        return false;
    response->content_type = "application/pdf";
    response_header(response, "Content-Disposition",
                    TEXT("inline; filename=\"report.pdf\""));
    return buffer_text(&buffer, &response->body, err);
}
