/* The study: is it there, its design, who may do what, and the description of this API. */
#include "actions/study.h"

#include "base/version.h"
#include "formats/design_json.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_write.h"
#include "web/openapi.h"
#include "web/server.h"

bool handle_health(struct request *request, struct response *response,
                   struct error *err)
{
    const struct store *store = study_store(request->study);
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_text(&json, "status", TEXT("ok"));
    json_member_text(&json, "version", TEXT(OSTEON_VERSION));
    json_member_text(&json, "study", store_study_oid(store));
    json_member_bool(&json, "synthetic", store_is_demo(store));
    json_member_instant(&json, "now", study_now(request->study));
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

static bool respond_design(struct request *request, struct response *response,
                           const struct design *design, struct error *err)
{
    response->etag = text_format(request->arena, "design-%.*s-%s",
                                 TEXT_ARG(design->version), OSTEON_VERSION);
    response->may_be_kept = true;
    response->may_be_compressed = true;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    design_json_members(design, &json);
    json_member_text(&json, "study", design->study_oid);
    json_member_bool(&json, "synthetic", store_is_demo(study_store(request->study)));
    json_member_instant(&json, "now", study_now(request->study));
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

bool handle_study(struct request *request, struct response *response, struct error *err)
{
    return respond_design(request, response, study_design(request->study), err);
}

bool handle_design(struct request *request, struct response *response,
                   struct error *err)
{
    const struct design *design = NULL;
    return study_design_version(request->study, request->places[0], &design, err) &&
           respond_design(request, response, design, err);
}

bool handle_permissions(struct request *request, struct response *response,
                        struct error *err)
{
    response->may_be_compressed = true;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    write_permission_matrix(&json);
    return response_json(response, 200, &buffer, err);
}

bool handle_openapi(struct request *request, struct response *response,
                    struct error *err)
{
    response->may_be_compressed = true;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    openapi_write(&json, server_table(request->server));
    return response_json(response, 200, &buffer, err);
}
