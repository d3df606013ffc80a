/* The study's data as a file: one request, one export. It is written to the staging place,
 * put on the log, and only then given out; a client that goes away ends it. */
#include "actions/export.h"
#include "actions/export_list.h"
#include "actions/staging.h"
#include "base/hex.h"
#include "base/limits.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_write.h"
#include "web/transfer.h"

#include <fcntl.h>
#include <unistd.h>

struct exporting {
    struct transfer transfer; /* first */
    struct request *request;
    struct export_request wanted;
    struct audit_filter audit;
    struct export_report report;
    int descriptor;
    bool is_done;
    struct error err;
};

/* What each format is called. */
static const struct export_kind {
    const char *name, *end, *type;
} kinds[] = {
    [EXPORT_CSV] = {"csv", ".zip", "application/zip"},
    [EXPORT_ODM_2] = {"odm", ".xml", "application/xml"},
    [EXPORT_ODM_1] = {"odm1", ".xml", "application/xml"},
    [EXPORT_AUDIT] = {"audit", ".csv", "text/csv; charset=utf-8"},
};

/* --- the job ----------------------------------------------------------------------- */

static bool open_unnamed(struct exporting *exporting)
{
    exporting->descriptor =
        open(exporting->wanted.path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    unlink(exporting->wanted.path);
    return exporting->descriptor >= 0 ||
           error_set(&exporting->err, ERROR_FAILED, "the finished file cannot be read");
}

static void run(void *work)
{
    struct exporting *exporting = work;
    const struct request *request = exporting->request;
    struct arena *arena = arena_new(LIMIT_COMMAND_ARENA);
    exporting->is_done =
        export_data(request->study, request->caller, &exporting->wanted, arena,
                    &exporting->report, &exporting->err) &&
        (exporting->wanted.is_count_only || open_unnamed(exporting));
    arena_free(arena);
}

static struct exporting *exporting_of(struct request *request)
{
    struct exporting *exporting = ARENA_NEW(request->arena, struct exporting);
    exporting->request = request;
    exporting->wanted.as_of = request_query(request, "as_of");
    exporting->wanted.progress = &exporting->transfer.progress;
    return exporting;
}

static bool outcome_of(const struct request *request, struct error *err)
{
    const struct exporting *exporting = request->work;
    if (!request_outcome(request, err))
        return false;
    if (!exporting->is_done)
        *err = exporting->err;
    return exporting->is_done;
}

/* --- a file ------------------------------------------------------------------------ */

/* "NCT07239375-event-1234.zip": of the study's name what a file may be called. */
static struct text file_name(const struct exporting *exporting, struct arena *arena)
{
    struct text study = store_study_oid(study_store(exporting->request->study));
    char *safe = arena_alloc(arena, study.len + 1);
    for (size_t i = 0; i < study.len; i++) {
        char c = study.at[i];
        bool is_safe = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                       (c >= 'a' && c <= 'z') || c == '.' || c == '-';
        safe[i] = is_safe ? c : '_';
    }
    bool is_history = exporting->wanted.is_transactional;
    bool is_audit = exporting->wanted.format == EXPORT_AUDIT;
    return text_format(arena, "%s%.*s-event-%lld%s%s",
                       exporting->report.is_synthetic ? "SYNTHETIC-" : "",
                       (int)study.len, safe, (long long)exporting->report.cut.seq,
                       is_history ? "-history" : (is_audit ? "-audit" : ""),
                       kinds[exporting->wanted.format].end);
}

static bool give_file(struct request *request, struct response *response,
                      struct error *err)
{
    struct exporting *exporting = request->work;
    struct arena *arena = request->arena;
    char hash[HEX_SIZE(HASH_SIZE)];
    if (!outcome_of(request, err))
        return false;
    hex_print(exporting->report.content.bytes, HASH_SIZE, hash);
    response_header(response, "Content-Disposition",
                    text_format(arena, "attachment; filename=\"%.*s\"",
                                TEXT_ARG(file_name(exporting, arena))));
    response_header(response, "X-Osteon-SHA256",
                    text_copy(arena, (struct text){.at = hash, .len = sizeof hash}));
    response_header(response, "X-Osteon-Event",
                    text_format(arena, "%lld", (long long)exporting->report.cut.seq));
    return response_file(response, exporting->descriptor,
                         kinds[exporting->wanted.format].type, err);
}

static bool export_as(struct request *request, enum export_format format,
                      struct error *err)
{
    struct exporting *exporting = exporting_of(request);
    if (!request_wants_history(request, &exporting->wanted.is_transactional, err))
        return false;
    exporting->wanted.format = format;
    exporting->wanted.is_packed = format == EXPORT_CSV;
    exporting->wanted.path =
        staging_name(request->study, text_of(kinds[format].end), request->arena);
    return request_transfer(request, kinds[format].name, run, exporting, give_file);
}

bool handle_export_csv(struct request *request, struct response *response,
                       struct error *err)
{
    (void)response;
    return export_as(request, EXPORT_CSV, err);
}

bool handle_export_odm(struct request *request, struct response *response,
                       struct error *err)
{
    (void)response;
    return export_as(request, EXPORT_ODM_2, err);
}

bool handle_export_odm1(struct request *request, struct response *response,
                        struct error *err)
{
    (void)response;
    return export_as(request, EXPORT_ODM_1, err);
}

bool handle_export_audit(struct request *request, struct response *response,
                         struct error *err)
{
    (void)response;
    struct exporting *exporting = exporting_of(request);
    struct export_request *wanted = &exporting->wanted;
    struct audit_wanted filter = request_audit_wanted(request);
    if (!audit_filter_read(request->study, &filter, request->arena, &exporting->audit,
                           &wanted->audit_words, err))
        return false;
    wanted->format = EXPORT_AUDIT;
    wanted->audit = &exporting->audit;
    wanted->path = staging_name(request->study, TEXT(".csv"), request->arena);
    return request_transfer(request, "audit", run, exporting, give_file);
}

/* --- what would be in it ------------------------------------------------------------- */

static bool give_counts(struct request *request, struct response *response,
                        struct error *err)
{
    const struct exporting *exporting = request->work;
    const struct export_report *report = &exporting->report;
    if (!outcome_of(request, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_integer(&json, "event", report->cut.seq);
    json_member_instant(&json, "at", report->cut.time);
    json_member_integer(&json, "participants", report->participants);
    json_member_integer(&json, "withheld", report->withheld);
    json_member_integer(&json, "forms", report->forms);
    json_member_integer(&json, "values", report->values);
    json_member_integer(&json, "sealed", report->sealed);
    json_member_bool(&json, "synthetic", report->is_synthetic);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

bool handle_export_contents(struct request *request, struct response *response,
                            struct error *err)
{
    (void)response;
    (void)err;
    struct exporting *exporting = exporting_of(request);
    exporting->wanted.format = EXPORT_ODM_2;
    exporting->wanted.is_count_only = true;
    return request_transfer(request, NULL, run, exporting, give_counts);
}

/* --- what was exported ---------------------------------------------------------------- */

enum { EXPORTS_PAGE = 50 };

struct listing {
    struct request *request;
    int64_t before;
    struct export_entries entries;
    bool is_done;
    struct error err;
};

static void list(void *work)
{
    struct listing *listing = work;
    const struct request *request = listing->request;
    listing->is_done =
        export_list(request->study, request->caller, listing->before, EXPORTS_PAGE,
                    request->arena, &listing->entries, &listing->err);
}

static void write_entry(struct json_writer *json, const struct export_entry *entry)
{
    char hash[HEX_SIZE(HASH_SIZE)];
    hex_print(entry->what->content.bytes, HASH_SIZE, hash);
    json_object(json);
    json_member_integer(json, "seq", entry->seq);
    json_member_instant(json, "at", entry->server_time);
    write_optional_text(json, "by", entry->by_name);
    write_optional_text(json, "by_full_name", entry->by_full_name);
    json_member_text(json, "format", entry->what->format);
    if (entry->what->at_seq > 0) { /* else erased */
        json_member_integer(json, "event", entry->what->at_seq);
        json_member_text(json, "sha256", (struct text){.at = hash, .len = sizeof hash});
    }
    json_member_integer(json, "participants", entry->what->participants);
    json_member_integer(json, "values", entry->what->values);
    json_end(json);
}

static bool listed(struct request *request, struct response *response,
                   struct error *err)
{
    const struct listing *listing = request->work;
    if (!request_outcome(request, err))
        return false;
    if (!listing->is_done) {
        *err = listing->err;
        return false;
    }
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_key(&json, "exports");
    json_array(&json);
    for (size_t i = 0; i < listing->entries.count; i++)
        write_entry(&json, &listing->entries.list[i]);
    json_end(&json);
    if (listing->entries.count == EXPORTS_PAGE)
        json_member_integer(&json, "next", listing->entries.list[EXPORTS_PAGE - 1].seq);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

/* The log is read through, so it runs beside the HTTP threads. */
bool handle_exports(struct request *request, struct response *response,
                    struct error *err)
{
    (void)response;
    struct listing *listing = ARENA_NEW(request->arena, struct listing);
    listing->request = request;
    return request_query_integer(request, "before", 0, INT64_MAX, &listing->before,
                                 err) &&
           request_hash(request, list, listing, listed);
}
