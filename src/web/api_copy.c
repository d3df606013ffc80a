/* The whole casebook of a participant, for a page that prints it: one document, put on the
 * log with its hash before it leaves. */
#include "actions/casebook_copy.h"
#include "base/hex.h"
#include "base/limits.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_write.h"
#include "web/transfer.h"

struct copying {
    struct transfer transfer; /* first */
    struct request *request;
    int64_t participant;
    bool with_history;
    struct buffer document; /* in the request's arena */
    struct hash content;
    bool is_done;
    struct error err;
};

static void write_queries(struct json_writer *json, const struct casebook_copy *copy)
{
    json_key(json, "queries");
    json_array(json);
    for (size_t i = 0; i < copy->query_count; i++) {
        json_object(json);
        json_member_integer(json, "id", copy->queries[i]->entry.stored.id);
        write_query_steps(json, copy->queries[i]);
        json_end(json);
    }
    json_end(json);
}

static void write_history(struct json_writer *json, const struct casebook_copy *copy)
{
    json_key(json, "history");
    json_array(json);
    for (size_t i = 0; i < copy->history_count; i++)
        write_history_entry(json, &copy->history[i]);
    json_end(json);
}

static void write_copy(struct copying *copying, const struct casebook_copy *copy)
{
    struct json_writer json = json_to(&copying->document);
    struct study *study = copying->request->study;
    const struct casebook *casebook = copy->casebook;
    json_object(&json);
    json_key(&json, "participant");
    write_participant(&json, casebook->participant);
    json_member_text(&json, "design", casebook->design->version);
    json_member_integer(&json, "event", copy->event);
    json_member_instant(&json, "at", copy->at);
    json_member_integer(&json, "offset_minutes",
                        audit_offset(casebook->design, casebook->participant->site));
    json_member_bool(&json, "synthetic", store_is_demo(study_store(study)));
    json_member_integer(&json, "values", copy->values);
    write_review(&json, &casebook->review);
    json_key(&json, "forms");
    json_array(&json);
    for (size_t i = 0; i < copy->form_count; i++)
        write_form_view(&json, copy->forms[i]);
    json_end(&json);
    write_queries(&json, copy);
    if (copy->has_history)
        write_history(&json, copy);
    json_end(&json);
}

static bool copy_and_note(struct copying *copying, struct arena *arena)
{
    const struct request *request = copying->request;
    struct casebook_copy copy;
    struct text document;
    if (!casebook_copy_read(request->study, request->caller, copying->participant,
                            copying->with_history, arena, &copy, &copying->err))
        return false;
    write_copy(copying, &copy);
    if (!buffer_text(&copying->document, &document, &copying->err))
        return false;
    copying->content = hash_of(document);
    return casebook_copy_note(request->study, request->caller, &copy, &copying->content,
                              arena, &copying->err);
}

static void run(void *work)
{
    struct copying *copying = work;
    struct arena *arena = arena_new(LIMIT_COMMAND_ARENA);
    copying->is_done = copy_and_note(copying, arena);
    arena_free(arena);
}

static bool give(struct request *request, struct response *response, struct error *err)
{
    const struct copying *copying = request->work;
    char hash[HEX_SIZE(HASH_SIZE)];
    if (!request_outcome(request, err))
        return false;
    if (!copying->is_done) {
        *err = copying->err;
        return false;
    }
    hex_print(copying->content.bytes, HASH_SIZE, hash);
    response_header(
        response, "X-Osteon-SHA256",
        text_copy(request->arena, (struct text){.at = hash, .len = sizeof hash}));
    return response_json(response, 200, &copying->document, err);
}

bool handle_casebook_copy(struct request *request, struct response *response,
                          struct error *err)
{
    (void)response;
    struct copying *copying = ARENA_NEW(request->arena, struct copying);
    copying->request = request;
    copying->document = response_buffer(request);
    return request_place_id(request, 0, &copying->participant, err) &&
           request_wants_history(request, &copying->with_history, err) &&
           request_transfer(request, NULL, run, copying, give);
}
