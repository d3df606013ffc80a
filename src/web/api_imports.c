/* Importing a file that the page sends: to try it, and to do it. The file lies without a
 * name in the staging place while the request lasts. */
#include "actions/import.h"
#include "base/limits.h"
#include "web/api.h"
#include "web/import_json.h"
#include "web/transfer.h"

struct importing {
    struct transfer transfer; /* first */
    struct request *request;
    struct import_file file;
    struct import_data data;
    struct buffer report; /* in the request's arena */
    bool is_done;
    struct error err;
};

static void write_report(struct importing *importing)
{
    struct json_writer json = json_to(&importing->report);
    import_json(&json, &importing->data,
                importing->is_done ? (struct text){0} : text_of(importing->err.text));
}

/* A refusal is what the report says; other failures are the answer themselves. */
static void run(void *work)
{
    struct importing *importing = work;
    struct import_data *data = &importing->data;
    data->arena = arena_new(LIMIT_COMMAND_ARENA);
    importing->is_done = import_run(data, &importing->err);
    if (importing->is_done || import_report_refuses(data->report)) {
        write_report(importing);
        importing->is_done = true;
    }
    arena_free(data->arena);
}

static bool reported(struct request *request, struct response *response,
                     struct error *err)
{
    const struct importing *importing = request->work;
    if (!request_outcome(request, err))
        return false;
    if (!importing->is_done) {
        *err = importing->err;
        return false;
    }
    return response_json(response, 200, &importing->report, err);
}

static bool import_file(struct request *request, bool is_dry_run, struct error *err)
{
    if (request->file < 0)
        return error_set(err, ERROR_MALFORMED, "the request needs a body, the file");
    struct importing *importing = ARENA_NEW(request->arena, struct importing);
    struct text name = request_query(request, "name");
    struct text site = request_query(request, "site");
    importing->request = request;
    importing->file = (struct import_file){
        .name = name.len == 0 || name.len > LIMIT_NAME ? TEXT("file") : name,
        .path = text_format(request->arena, "/proc/self/fd/%d", request->file).at};
    importing->data = (struct import_data){.study = request->study,
                                           .caller = request->caller,
                                           .files = &importing->file,
                                           .file_count = 1,
                                           .site = site,
                                           .is_dry_run = is_dry_run,
                                           .progress = &importing->transfer.progress};
    importing->report = response_buffer(request);
    return request_transfer(request, is_dry_run ? "try" : "import", run, importing,
                            reported);
}

bool handle_import_try(struct request *request, struct response *response,
                       struct error *err)
{
    (void)response;
    return import_file(request, true, err);
}

bool handle_import(struct request *request, struct response *response,
                   struct error *err)
{
    (void)response;
    return import_file(request, false, err);
}
