/* The principal investigator's review of an emergency start, as JSON, and the act. */
#include "actions/start_review.h"

#include "base/limits.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_write.h"

bool handle_start_review(struct request *request, struct response *response,
                         struct error *err)
{
    int64_t id;
    struct start_review_view view;
    if (!request_place_id(request, 0, &id, err) ||
        !start_review_read(request->study, request->caller, id, request->arena, &view,
                           err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_bool(&json, "asked", view.review.is_asked);
    json_member_bool(&json, "may", view.may);
    if (view.review.is_reviewed) {
        json_key(&json, "reviewed");
        json_object(&json);
        json_member_text(&json, "by", view.by);
        json_member_instant(&json, "at", view.review.at);
        write_optional_text(&json, "note", view.review.note);
        json_end(&json);
    }
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

bool handle_start_review_make(struct request *request, struct response *response,
                              struct error *err)
{
    (void)response;
    struct start_review_make *verb =
        ARENA_NEW(request->arena, struct start_review_make);
    struct json_fields in;
    verb->act = request_act_of(request, start_review_make);
    if (!request_place_id(request, 0, &verb->participant, err) ||
        !request_json(request, &in, err))
        return false;
    verb->note = json_field_optional_text(&in, "note", LIMIT_REASON);
    return json_fields_done(&in) && request_act(request, &verb->act, respond_act_done);
}
