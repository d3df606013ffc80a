/* What the page needs to run the rules by itself. */
#include "actions/rule_sheet.h"

#include "actions/study.h"
#include "base/version.h"
#include "formats/rules_json.h"
#include "web/api.h"
#include "web/api_common.h"

bool handle_rules(struct request *request, struct response *response, struct error *err)
{
    const struct design *design = study_design(request->study);
    struct text version = request_query(request, "version");
    if (version.len > 0 && !study_design_version(request->study, version, &design, err))
        return false;
    response->etag = text_format(request->arena, "rules-%.*s-%s",
                                 TEXT_ARG(design->version), OSTEON_VERSION);
    response->may_be_kept = true;
    response->may_be_compressed = true;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    if (!rules_json_members(study_rulebook(request->study, design), &json,
                            request->arena, err))
        return false;
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

bool handle_sheet(struct request *request, struct response *response, struct error *err)
{
    struct form_key key;
    struct rule_sheet *read;
    if (!request_form_key(request, &key, err) ||
        !rule_sheet_read(request->study, request->caller, &key, request->arena, &read,
                         err))
        return false;
    const struct world *world = &read->world;
    response->may_be_compressed = true;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_text(&json, "version", world->rulebook->design->version);
    json_member_integer(&json, "offset_minutes", world->offset_minutes);
    if (world->book != NULL && world->current != NULL &&
        world->current->instance != NULL) {
        json_member_integer(&json, "current", world->current->instance->serial);
        sheet_json_members(world->book->sheet, world->offset_minutes, &json,
                           request->arena);
    }
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}
