/* The log without clinical values, its head, and signed checkpoints. */
#include "actions/history.h"
#include "actions/lookup.h"
#include "actions/safekeeping.h"
#include "base/hex.h"
#include "base/limits.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_write.h"

enum { AUDIT_PAGE = 100 };

static bool audit_filter_of(const struct request *request, struct audit_filter *filter,
                            struct error *err)
{
    *filter =
        (struct audit_filter){.user = -1, .newest_first = true, .limit = AUDIT_PAGE};
    struct text kind_name = request_query(request, "kind");
    enum log_event_kind kind = LOG_EVENT_NONE;
    if (kind_name.len > 0 && !log_event_parse(kind_name, &kind))
        return error_set(err, ERROR_REFUSED, "there is no kind of event named %.*s",
                         TEXT_ARG(kind_name));
    filter->kind = (int32_t)kind;
    struct text user = request_query(request, "user");
    if (user.len > 0 && !text_to_int64(user, &filter->user)) {
        if (!lookup_user(request->study, user, request->arena, &filter->user, err))
            return false;
        if (filter->user == 0)
            return error_set(err, ERROR_REFUSED, "there is no user named %.*s",
                             TEXT_ARG(user));
    }
    return request_query_integer(request, "after", 0, INT64_MAX, &filter->before,
                                 err) &&
           request_query_integer(request, "participant", 0, INT64_MAX,
                                 &filter->participant, err);
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
