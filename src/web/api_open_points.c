/* What the registration leaves open: what the study runs with, and who decided. */
#include "actions/open_points.h"

#include "actions/study.h"
#include "base/limits.h"
#include "formats/open_points_json.h"
#include "web/api.h"
#include "web/api_common.h"

static bool respond_points(struct request *request, struct response *response,
                           struct error *err)
{
    struct point_decisions decisions;
    if (!point_decisions_read(request->study, request->arena, &decisions, err))
        return false;
    bool may_confirm = caller_may(request->caller, PERMISSION_CHANGE_CONFIGURATION,
                                  (struct text){0}, false);
    response->may_be_compressed = true;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    open_points_json(study_design(request->study), &decisions, may_confirm, &json);
    return response_json(response, 200, &buffer, err);
}

bool handle_open_points(struct request *request, struct response *response,
                        struct error *err)
{
    return respond_points(request, response, err);
}

static bool confirmed(struct request *request, struct response *response,
                      struct error *err)
{
    return request_outcome(request, err) && respond_points(request, response, err);
}

bool handle_open_point_confirm(struct request *request, struct response *response,
                               struct error *err)
{
    (void)response;
    struct point_confirm *verb = ARENA_NEW(request->arena, struct point_confirm);
    struct json_fields in;
    bool has_seen;
    verb->act = request_act_of(request, point_confirm);
    if (!request_json(request, &in, err))
        return false;
    verb->point = json_field_text(&in, "point", LIMIT_OID);
    verb->choice = json_field_optional_text(&in, "choice", LIMIT_REASON);
    verb->reason = json_field_optional_text(&in, "reason", LIMIT_REASON);
    verb->reference = json_field_optional_text(&in, "reference", LIMIT_REASON);
    verb->seen = json_field_optional_integer(&in, "seen", 0, INT64_MAX, &has_seen);
    return json_fields_done(&in) && request_act(request, &verb->act, confirmed);
}
