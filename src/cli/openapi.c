/* osteon openapi: the HTTP API as OpenAPI 3.1, printed from the table of routes. */
#include "web/openapi.h"
#include "base/limits.h"
#include "cli/commands.h"

bool command_openapi(struct command_context *context, struct error *err)
{
    struct buffer buffer = buffer_in(context->arena, LIMIT_RESPONSE);
    struct json_writer json = json_to(&buffer);
    openapi_write(&json, &route_table);
    return command_json(context, &buffer, err);
}
