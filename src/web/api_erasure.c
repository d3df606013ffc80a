/* The erasure workflow: what would be destroyed, as JSON, and its acts. */
#include "actions/erasure.h"

#include "base/limits.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_write.h"

bool handle_erasure(struct request *request, struct response *response,
                    struct error *err)
{
    int64_t id;
    struct erasure_view view;
    if (!request_place_id(request, 0, &id, err) ||
        !erasure_read(request->study, request->caller, id, request->arena, &view, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    if (view.proposal.user != 0) {
        json_key(&json, "proposed");
        json_object(&json);
        json_member_text(&json, "by", view.by_name);
        write_optional_text(&json, "full_name", view.by_full_name);
        json_member_instant(&json, "at", view.proposal.proposed_at);
        json_member_text(&json, "reason", view.proposal.reason);
        json_end(&json);
    }
    json_member_bool(&json, "may_confirm", view.may_confirm);
    json_member_bool(&json, "asked_for", view.is_asked_for);
    json_member_integer(&json, "forms", view.forms);
    json_member_integer(&json, "values", view.values);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

static bool stepped(struct request *request, struct response *response,
                    struct error *err)
{
    const struct erasure_step *verb = request->work;
    return request_outcome(request, err) &&
           respond_done(request, response, verb->is_done, err);
}

bool handle_erasure_step(struct request *request, struct response *response,
                         struct error *err)
{
    (void)response;
    struct erasure_step *verb = ARENA_NEW(request->arena, struct erasure_step);
    struct json_fields in;
    verb->act = request_act_of(request, erasure_step);
    if (!request_place_id(request, 0, &verb->participant, err) ||
        !request_json(request, &in, err))
        return false;
    verb->reason = json_field_optional_text(&in, "reason", LIMIT_REASON);
    verb->number = json_field_optional_text(&in, "number", LIMIT_NAME);
    return json_fields_done(&in) && request_act(request, &verb->act, stepped);
}

bool handle_erasure_take_back(struct request *request, struct response *response,
                              struct error *err)
{
    (void)response;
    struct erasure_step *verb = ARENA_NEW(request->arena, struct erasure_step);
    struct json_fields in;
    verb->act = request_act_of(request, erasure_step);
    verb->is_taking_back = true;
    if (!request_place_id(request, 0, &verb->participant, err) ||
        !request_json(request, &in, err))
        return false;
    verb->reason = json_field_text(&in, "reason", LIMIT_REASON);
    return json_fields_done(&in) && request_act(request, &verb->act, stepped);
}
