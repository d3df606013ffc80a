/* osteon export DIR csv | odm | odm1 | audit: the study's data in files, at one data cut, also
 * while the folder is served. */
#include "actions/export.h"
#include "base/hex.h"
#include "cli/commands.h"

static bool ends_with(const char *path, struct text end)
{
    struct text t = text_of(path);
    return t.len > end.len && text_equal(text_part(t, t.len - end.len, end.len), end);
}

static void tell(struct command_context *context, const struct export_report *report,
                 const char *path)
{
    char hash[HEX_SIZE(HASH_SIZE)];
    hex_print(report->content.bytes, HASH_SIZE, hash);
    stream_format(context->out, "%s\n", path);
    stream_format(context->err,
                  "%sData cut: event %lld. %lld participants, %lld forms, %lld "
                  "values; %lld withheld, %lld values sealed. SHA-256 %.*s\n",
                  report->is_synthetic ? "SYNTHETIC. " : "", (long long)report->cut.seq,
                  (long long)report->participants, (long long)report->forms,
                  (long long)report->values, (long long)report->withheld,
                  (long long)report->sealed, (int)sizeof hash, hash);
}

static bool export_as(struct command_context *context, enum export_format format,
                      const char *device, struct error *err)
{
    struct text out = command_option(context, "--out");
    if (out.len == 0)
        return error_set(err, ERROR_USAGE, "say where to: --out PATH");
    struct caller caller = caller_operator(text_of(device));
    struct export_request request = {.format = format,
                                     .is_transactional =
                                         command_has(context, "--transactional"),
                                     .progress = context->progress,
                                     .as_of = command_option(context, "--as-of"),
                                     .path = command_path(context, out)};
    request.is_packed = format == EXPORT_CSV && ends_with(request.path, TEXT(".zip"));
    struct export_report report;
    if (!export_data(context->study, &caller, &request, context->arena, &report, err))
        return false;
    tell(context, &report, request.path);
    return true;
}

bool command_export_csv(struct command_context *context, struct error *err)
{
    return export_as(context, EXPORT_CSV, "osteon export csv", err);
}

bool command_export_odm(struct command_context *context, struct error *err)
{
    return export_as(context, EXPORT_ODM_2, "osteon export odm", err);
}

bool command_export_odm1(struct command_context *context, struct error *err)
{
    return export_as(context, EXPORT_ODM_1, "osteon export odm1", err);
}

bool command_export_audit(struct command_context *context, struct error *err)
{
    struct text out = command_option(context, "--out");
    if (out.len == 0)
        return error_set(err, ERROR_USAGE, "say where to: --out PATH");
    struct caller caller = caller_operator(TEXT("osteon export audit"));
    struct audit_wanted wanted = {.from = command_option(context, "--from"),
                                  .until = command_option(context, "--until"),
                                  .kind = command_option(context, "--kind"),
                                  .user = command_option(context, "--user"),
                                  .participant =
                                      command_option(context, "--participant")};
    struct audit_filter filter;
    struct export_request request = {.format = EXPORT_AUDIT,
                                     .audit = &filter,
                                     .progress = context->progress,
                                     .as_of = command_option(context, "--as-of"),
                                     .path = command_path(context, out)};
    struct export_report report;
    char hash[HEX_SIZE(HASH_SIZE)];
    if (!audit_filter_read(context->study, &wanted, context->arena, &filter,
                           &request.audit_words, err) ||
        !export_data(context->study, &caller, &request, context->arena, &report, err))
        return false;
    hex_print(report.content.bytes, HASH_SIZE, hash);
    stream_format(context->out, "%s\n", request.path);
    stream_format(context->err, "%sData cut: event %lld. %lld events. SHA-256 %.*s\n",
                  report.is_synthetic ? "SYNTHETIC. " : "", (long long)report.cut.seq,
                  (long long)report.values, (int)sizeof hash, hash);
    return true;
}
