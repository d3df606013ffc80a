/* osteon import DIR FILE…: clinical data of another system. */
#include "actions/import.h"

#include "base/limits.h"
#include "cli/commands.h"
#include "cli/person.h"
#include "web/import_json.h"

#include <inttypes.h>

/* --- the report as a table ------------------------------------------------------------ */

static const char *is_are(int64_t count, const char *one, const char *many)
{
    return count == 1 ? one : many;
}

static void print_unknown(struct stream *out, const struct import_data *import)
{
    const struct import_report *report = import->report;
    for (size_t i = 0; i < report->unknown_count; i++) {
        const struct import_unknown *unknown = &report->unknown[i];
        stream_format(
            out,
            "%.*s:%zu:%zu: error: the design has no %s %.*s (%" PRId64 " %s)%s%.*s%s\n",
            TEXT_ARG(import->files[unknown->file].name), unknown->line, unknown->column,
            unknown->kind, TEXT_ARG(unknown->oid), unknown->count,
            is_are(unknown->count, "place", "places"),
            text_is_absent(unknown->nearest) ? "" : "; did you mean ",
            TEXT_ARG(unknown->nearest), text_is_absent(unknown->nearest) ? "" : "?");
    }
}

static void print_findings(struct stream *out, const struct import_data *import)
{
    const struct import_report *report = import->report;
    for (size_t i = 0; i < report->finding_count; i++) {
        const struct import_finding *finding = &report->findings[i];
        stream_format(out, "%.*s:%zu:%zu: %s: %.*s%s%.*s%s%.*s\n",
                      TEXT_ARG(import->files[finding->file].name), finding->line,
                      finding->column, finding->is_error ? "error" : "note",
                      TEXT_ARG(finding->element), finding->element.len > 0 ? ": " : "",
                      TEXT_ARG(finding->sentence), finding->hint.len > 0 ? "; " : "",
                      TEXT_ARG(finding->hint));
    }
    if (report->finding_total > report->finding_count)
        stream_format(out, "%zu more\n", report->finding_total - report->finding_count);
}

static void print_table(struct command_context *context,
                        const struct import_data *import)
{
    const struct import_report *report = import->report;
    struct stream *out = context->out;
    print_unknown(out, import);
    print_findings(out, import);
    stream_format(out,
                  "read: %" PRId64 " participants, %" PRId64 " values, %" PRId64
                  " of them empty; %" PRId64 " elements beside the values kept\n",
                  report->participants, report->values, report->empty_values,
                  report->kept);
    if (report->is_visible)
        stream_format(out,
                      "imported: %" PRId64 " new participants, %" PRId64
                      " forms, %" PRId64 " new values, %" PRId64 " changed, %" PRId64
                      " as before\n",
                      report->new_participants, report->forms, report->new_values,
                      report->changed_values, report->unchanged_values);
    else
        stream_text(out, TEXT("nothing was written\n"));
}

/* --- and as JSON ------------------------------------------------------------------------ */

static bool print_json(struct command_context *context,
                       const struct import_data *import, struct text refused,
                       struct error *err)
{
    struct buffer buffer = buffer_in(context->arena, LIMIT_RESPONSE);
    struct json_writer json = json_to(&buffer);
    import_json(&json, import, refused);
    return command_json(context, &buffer, err);
}

/* --- the command ------------------------------------------------------------------------ */

static struct import_file *files_of(const struct command_context *context,
                                    size_t *count)
{
    *count = context->arguments->place_count - 1;
    struct import_file *files = ARENA_ARRAY(context->arena, struct import_file, *count);
    for (size_t i = 0; i < *count; i++) {
        files[i].name = command_place(context, i);
        files[i].path = command_path(context, files[i].name);
    }
    return files;
}

static bool check_format(const struct command_context *context, struct error *err)
{
    struct text format = command_option(context, "--format");
    if (text_is_absent(format) || text_equal(format, TEXT("odm")))
        return true;
    error_set(err, ERROR_USAGE, "no format %.*s", TEXT_ARG(format));
    return error_hint(err, "data come as ODM: --format odm");
}

bool command_import(struct command_context *context, struct error *err)
{
    struct text user = command_option(context, "--user");
    struct text device = TEXT("osteon import");
    struct caller caller;
    if (text_is_absent(user))
        return error_set(err, ERROR_USAGE, "say who imports: --user USER");
    if (!check_format(context, err) ||
        !person_as_caller(context, user, device, &caller, err))
        return false;
    struct import_data import = {.study = context->study,
                                 .caller = &caller,
                                 .site = command_option(context, "--site"),
                                 .is_dry_run = command_has(context, "--dry-run"),
                                 .progress = context->progress,
                                 .arena = context->arena};
    import.files = files_of(context, &import.file_count);
    bool is_done = import_run(&import, err);
    bool has_read = is_done || err->code == ERROR_REFUSED;
    struct error ignored;
    if (has_read && context->is_json)
        return print_json(context, &import,
                          is_done ? (struct text){0} : text_of(err->text),
                          is_done ? err : &ignored) &&
               is_done;
    if (has_read)
        print_table(context, &import);
    return is_done;
}
