/* POST /api/rescues: what follows comes from another device's rescue file. */
#include "actions/rescue.h"

#include "base/limits.h"
#include "web/api.h"
#include "web/api_common.h"

static bool brought(struct request *request, struct response *response,
                    struct error *err)
{
    return request_outcome(request, err) && response_empty(response);
}

bool handle_rescue(struct request *request, struct response *response,
                   struct error *err)
{
    (void)response;
    struct rescue_bring *verb = ARENA_NEW(request->arena, struct rescue_bring);
    struct rescue_brought *said = &verb->brought;
    struct json_fields in;
    bool has_since = false;
    verb->act = request_act_of(request, rescue_bring);
    if (!request_json(request, &in, err))
        return false;
    said->person = json_field_text(&in, "person", LIMIT_NAME);
    said->device = json_field_text(&in, "device", LIMIT_NAME);
    said->since = json_field_optional_instant(&in, "since", &has_since);
    said->batches = json_field_integer(&in, "batches", 1, INT32_MAX);
    said->entries = json_field_integer(&in, "entries", 1, INT32_MAX);
    if (!has_since && !in.is_bad)
        json_field_refuse(&in, "since", "when the first entry was made is needed");
    return json_fields_done(&in) && request_act(request, &verb->act, brought);
}
