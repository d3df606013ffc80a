/* The log without clinical values, its head, and signed checkpoints. */
#include "actions/audit.h"
#include "actions/safekeeping.h"
#include "base/hex.h"
#include "base/limits.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_write.h"

enum { AUDIT_PAGE = 100 };

struct audit_wanted request_audit_wanted(const struct request *request)
{
    return (struct audit_wanted){.from = request_query(request, "from"),
                                 .until = request_query(request, "until"),
                                 .kind = request_query(request, "kind"),
                                 .user = request_query(request, "user"),
                                 .participant = request_query(request, "participant")};
}

static bool audit_filter_of(const struct request *request, struct audit_filter *filter,
                            struct error *err)
{
    struct audit_wanted wanted = request_audit_wanted(request);
    struct text words;
    if (!audit_filter_read(request->study, &wanted, request->arena, filter, &words,
                           err))
        return false;
    filter->newest_first = true;
    filter->limit = AUDIT_PAGE;
    return request_query_integer(request, "after", 0, INT64_MAX, &filter->before, err);
}

bool handle_audit(struct request *request, struct response *response, struct error *err)
{
    struct audit_filter filter;
    struct audit_entry *entries;
    size_t count;
    if (!audit_filter_of(request, &filter, err) ||
        !audit_read(request->study, request->caller, &filter, request->arena, &entries,
                    &count, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_key(&json, "entries");
    json_array(&json);
    for (size_t i = 0; i < count; i++)
        write_audit_entry(&json, &entries[i]);
    json_end(&json);
    json_member_integer(&json, "offset_minutes",
                        audit_offset(study_design(request->study), (struct text){0}));
    if (count == AUDIT_PAGE)
        json_member_integer(&json, "next", entries[count - 1].seq);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

bool handle_verify(struct request *request, struct response *response,
                   struct error *err)
{
    struct log_state state;
    if (!log_state_read(request->study, request->caller, &state, err))
        return false;
    char head[HEX_SIZE(HASH_SIZE)];
    hex_print(state.head.bytes, sizeof state.head.bytes, head);
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_text(&json, "state", TEXT("ok"));
    json_member_integer(&json, "seq", state.seq);
    json_member_text(&json, "head", (struct text){.at = head, .len = sizeof head});
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

/* Signing waits for the writer, so it runs beside the HTTP threads. */
struct checkpointing {
    struct request *request;
    struct text document;
    struct error err;
    bool is_done;
};

static void make_checkpoint(void *work)
{
    struct checkpointing *making = work;
    const struct request *request = making->request;
    making->is_done = checkpoint_make(request->study, request->caller, request->arena,
                                      &making->document, &making->err);
}

static bool checkpoint_made(struct request *request, struct response *response,
                            struct error *err)
{
    const struct checkpointing *making = request->work;
    if (!request_outcome(request, err))
        return false;
    if (!making->is_done) {
        *err = making->err;
        return false;
    }
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_text(&json, "document", making->document);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

bool handle_checkpoint(struct request *request, struct response *response,
                       struct error *err)
{
    (void)response;
    struct checkpointing *making = ARENA_NEW(request->arena, struct checkpointing);
    making->request = request;
    return request_says_nothing(request, err) &&
           request_hash(request, make_checkpoint, making, checkpoint_made);
}
