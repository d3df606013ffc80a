/* The needles that are in, as JSON; the leave to stay. */
#include "actions/dwell_leave.h"
#include "actions/today.h"

#include "base/limits.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_sign_in.h"
#include "web/api_write.h"

static void write_place(struct json_writer *json, const char *key,
                        const struct form_key *place)
{
    json_key(json, key);
    json_object(json);
    json_member_integer(json, "participant", place->participant);
    write_form_key(json, place);
    json_end(json);
}

static void write_label(struct json_writer *json, const char *key, struct label label)
{
    if (label.english.len > 0)
        design_json_label(json, key, label);
}

static void write_task(struct json_writer *json, const struct today_task *task)
{
    json_object(json);
    json_member_text(json, "kind", today_kind_name(task->kind));
    write_label(json, "timepoint", task->timepoint);
    write_place(json, "place", &task->key);
    if (task->row != 0)
        json_member_integer(json, "row", task->row);
    json_member_instant(json, "opens_at", task->opens_at);
    json_member_instant(json, "due_at", task->due_at);
    json_member_instant(json, "late_at", task->late_at);
    json_end(json);
}

static void write_decimal(struct json_writer *json, const char *key, struct decimal d)
{
    char text[DECIMAL_TEXT_SIZE];
    size_t len = decimal_print(d, text);
    json_member_text(json, key, (struct text){.at = text, .len = len});
}

static void write_needle(struct json_writer *json, const struct today_needle *needle)
{
    json_object(json);
    json_member_integer(json, "participant", needle->participant);
    json_member_text(json, "number", needle->number);
    json_member_text(json, "site", needle->site);
    write_optional_text(json, "bed", needle->bed);
    json_member_integer(json, "insertion", needle->insertion);
    write_label(json, "bone", needle->place);
    write_place(json, "insertion_place", &needle->insertion_key);
    write_place(json, "removal_place", &needle->removal_key);
    json_member_instant(json, "since", needle->since);
    json_member_instant(json, "target_at", needle->target_at);
    json_member_instant(json, "limit_at", needle->limit_at);
    write_optional_instant(json, "excepted_until", needle->excepted_until);
    write_decimal(json, "lidocaine_mg", needle->lidocaine_mg);
    json_key(json, "tasks");
    json_array(json);
    for (size_t i = 0; i < needle->task_count; i++)
        write_task(json, &needle->tasks[i]);
    json_end(json);
    json_end(json);
}

bool handle_today(struct request *request, struct response *response, struct error *err)
{
    struct today today;
    int64_t participant = 0;
    if (!request_query_integer(request, "participant", 0, INT64_MAX, &participant,
                               err) ||
        !today_read(request->study, request->caller, participant, request->arena,
                    &today, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_instant(&json, "now", today.now);
    json_key(&json, "needles");
    json_array(&json);
    for (size_t i = 0; i < today.count; i++)
        write_needle(&json, &today.at[i]);
    json_end(&json);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

/* --- the leave ---------------------------------------------------------------------------- */

static bool is_given(struct request *request, struct response *response,
                     struct error *err)
{
    const struct dwell_leave *verb = request->work;
    if (!request_outcome(request, err)) {
        response_retry_after(request, response, verb->proof.retry_after);
        return false;
    }
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_integer(&json, "seq", verb->seq);
    json_member_instant(&json, "until", verb->until);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

static bool hashed(struct request *request, struct response *response,
                   struct error *err)
{
    (void)response;
    struct dwell_leave *verb = request->work;
    return request_outcome(request, err) &&
           request_act(request, &verb->proof.act, is_given);
}

static void hash_work(void *work)
{
    struct dwell_leave *verb = work;
    sign_in_hash(&verb->proof);
}

bool handle_dwell_leave(struct request *request, struct response *response,
                        struct error *err)
{
    struct dwell_leave *verb = ARENA_NEW(request->arena, struct dwell_leave);
    struct json_fields in;
    verb->proof.act = request_act_of(request, dwell_leave_finish);
    verb->proof.client = request->caller->client;
    verb->proof.device = request->caller->device;
    verb->proof.language = request->caller->language;
    if (!request_place_id(request, 0, &verb->key.participant, err) ||
        !request_json(request, &in, err))
        return false;
    fields_form_key(&in, &verb->key);
    verb->proof.name = json_field_text(&in, "name", LIMIT_NAME);
    verb->proof.password = json_field_text(&in, "password", LIMIT_PASSWORD);
    verb->proof.totp = json_field_optional_text(&in, "totp", 16);
    if (!json_fields_done(&in))
        return false;
    if (!dwell_leave_begin(verb, err)) {
        response_retry_after(request, response, verb->proof.retry_after);
        return false;
    }
    return request_hash(request, hash_work, verb, hashed);
}
