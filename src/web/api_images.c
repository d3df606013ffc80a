/* Image tasks: assigning, the own list, one of them. */
#include "actions/image_board.h"
#include "actions/image_task.h"

#include "base/limits.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_write.h"

static void write_part(struct json_writer *json, bool is_adjudicator)
{
    json_member_text(json, "part",
                     is_adjudicator ? TEXT("adjudicator") : TEXT("reader"));
}

static void write_state(struct json_writer *json, const struct image_state *state)
{
    json_member_text(json, "stage", image_stage_name(state->stage));
    write_optional_instant(json, "due_at", state->due_at);
    write_optional_text(json, "modality", state->modality);
    write_optional_text(json, "region", state->region);
    write_optional_text(json, "acquired", state->acquired);
}

static void write_entry(struct json_writer *json, const struct image_entry *entry)
{
    json_member_integer(json, "id", entry->task);
    json_member_integer(json, "participant", entry->key.participant);
    json_member_text(json, "number", entry->number);
    write_form_key(json, &entry->key);
    write_part(json, entry->is_adjudicator);
    json_member_bool(json, "signed", entry->is_signed);
    write_optional_instant(json, "assigned_at", entry->assigned_at);
    write_state(json, &entry->state);
}

bool handle_images(struct request *request, struct response *response,
                   struct error *err)
{
    struct image_entry *entries = NULL;
    size_t count = 0;
    if (!image_list(request->study, request->caller, request->arena, &entries, &count,
                    err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_key(&json, "images");
    json_array(&json);
    for (size_t i = 0; i < count; i++) {
        json_object(&json);
        write_entry(&json, &entries[i]);
        json_end(&json);
    }
    json_end(&json);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

bool handle_image(struct request *request, struct response *response, struct error *err)
{
    struct image_view *view = NULL;
    int64_t task = 0;
    if (!request_place_id(request, 0, &task, err) ||
        !image_view_read(request->study, request->caller, task, request->arena, &view,
                         err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    write_entry(&json, &view->entry);
    json_member_text(&json, "version", view->version);
    json_member_integer(&json, "row", view->row);
    json_member_bool(&json, "may_enter", view->may_enter);
    json_key(&json, "values");
    json_array(&json);
    for (size_t i = 0; i < view->value_count; i++)
        write_form_value(&json, &view->values[i]);
    json_end(&json);
    json_member_integer(&json, "sealed", (int64_t)view->reads.sealed_count);
    write_review(&json, &view->review);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

/* --- all images, for who assigns them ---------------------------------------------------- */

static void write_study(struct json_writer *json, const struct image_board_entry *entry)
{
    json_object(json);
    json_member_integer(json, "participant", entry->key.participant);
    json_member_text(json, "number", entry->number);
    write_form_key(json, &entry->key);
    write_state(json, &entry->state);
    json_key(json, "tasks");
    json_array(json);
    for (size_t i = 0; i < entry->state.task_count; i++) {
        const struct image_board_task *task = &entry->tasks[i];
        json_object(json);
        json_member_integer(json, "id", task->task.seq);
        json_member_text(json, "name", task->name);
        write_optional_text(json, "full_name", task->full_name);
        write_part(json, task->task.is_adjudicator);
        write_optional_instant(json, "assigned_at", task->given_at);
        json_member_bool(json, "signed", task->is_signed);
        json_end(json);
    }
    json_end(json);
    json_end(json);
}

static void write_person(struct json_writer *json, const struct image_person *person)
{
    json_object(json);
    json_member_text(json, "name", person->name);
    write_optional_text(json, "full_name", person->full_name);
    json_member_bool(json, "reads", person->reads);
    json_member_bool(json, "adjudicates", person->adjudicates);
    json_end(json);
}

bool handle_image_board(struct request *request, struct response *response,
                        struct error *err)
{
    struct image_board board;
    if (!image_board_read(request->study, request->caller, request->arena, &board, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_key(&json, "studies");
    json_array(&json);
    for (size_t i = 0; i < board.image_count; i++)
        write_study(&json, &board.images[i]);
    json_end(&json);
    json_key(&json, "people");
    json_array(&json);
    for (size_t i = 0; i < board.person_count; i++)
        write_person(&json, &board.people[i]);
    json_end(&json);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

/* --- assigning ---------------------------------------------------------------------------- */

static bool is_assigned(struct request *request, struct response *response,
                        struct error *err)
{
    const struct image_assign *verb = request->work;
    if (!request_outcome(request, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_integer(&json, "id", verb->seq);
    json_end(&json);
    return response_json(response, 201, &buffer, err);
}

bool handle_image_assign(struct request *request, struct response *response,
                         struct error *err)
{
    (void)response;
    struct image_assign *verb = ARENA_NEW(request->arena, struct image_assign);
    verb->act = request_act_of(request, image_assign);
    struct json_fields in;
    if (!request_place_id(request, 0, &verb->key.participant, err) ||
        !request_json(request, &in, err))
        return false;
    fields_form_key(&in, &verb->key);
    verb->person = json_field_text(&in, "person", LIMIT_NAME);
    verb->is_adjudicator = json_field_optional_bool(&in, "adjudicator", false);
    return json_fields_done(&in) && request_act(request, &verb->act, is_assigned);
}
