#include "web/openapi.h"

#include "base/version.h"
#include "model/permission.h"

#include <ctype.h>
#include <string.h>

static const char *const method_names[] = {[HTTP_GET] = "get",
                                           [HTTP_POST] = "post",
                                           [HTTP_PUT] = "put",
                                           [HTTP_PATCH] = "patch",
                                           [HTTP_DELETE] = "delete"};

static void write_reference(struct json_writer *json, const char *schema)
{
    struct buffer *buffer = json->buffer;
    json_key(json, "schema");
    json_object(json);
    json_key(json, "$ref");
    struct text path = text_format(buffer->arena, "#/components/schemas/%s", schema);
    json_text(json, path);
    json_end(json);
}

static void write_content(struct json_writer *json, const char *type,
                          const char *schema)
{
    json_key(json, "content");
    json_object(json);
    json_key(json, type);
    json_object(json);
    write_reference(json, schema);
    json_end(json);
    json_end(json);
}

static void write_parameter(struct json_writer *json, struct text name,
                            const char *where, bool is_required, const char *type)
{
    json_object(json);
    json_member_text(json, "name", name);
    json_member_text(json, "in", text_of(where));
    json_member_bool(json, "required", is_required);
    json_key(json, "schema");
    json_object(json);
    json_member_text(json, "type", text_of(type));
    json_end(json);
    json_end(json);
}

/* The names between braces in the path. */
static void write_places(struct json_writer *json, const char *path)
{
    struct text rest = text_of(path);
    while (!text_is_absent(rest)) {
        struct text part = text_cut(&rest, '/');
        if (part.len < 3 || part.at[0] != '{')
            continue;
        struct text name = text_part(part, 1, part.len - 2);
        bool is_id = text_equal(name, TEXT("id"));
        write_parameter(json, name, "path", true, is_id ? "integer" : "string");
    }
}

static void write_query(struct json_writer *json, const char *names)
{
    struct text rest = text_of(names);
    while (!text_is_absent(rest))
        write_parameter(json, text_cut(&rest, ' '), "query", false, "string");
}

static void write_response(struct json_writer *json, const struct route *route)
{
    int status = route->success == 0 ? 200 : route->success;
    bool is_live = strcmp(route->path, "/api/live") == 0;
    json_key_text(json, text_format(json->buffer->arena, "%d", status));
    json_object(json);
    json_member_text(json, "description", TEXT("done"));
    bool is_file = route->response != NULL && strcmp(route->response, "File") == 0;
    bool is_picture =
        route->response != NULL && strcmp(route->response, "Picture") == 0;
    if (route->response != NULL)
        write_content(json,
                      is_live      ? "text/event-stream"
                      : is_picture ? "image/svg+xml"
                      : is_file    ? "application/octet-stream"
                                   : "application/json",
                      route->response);
    json_end(json);
    json_key(json, "default");
    json_object(json);
    json_member_text(json, "description", TEXT("refused, and why"));
    write_content(json, "application/problem+json", "Problem");
    json_end(json);
}

/* getApiParticipantsIdForms…: made from method and path, so that it is unique. */
static struct text operation_id(const struct route *route, struct arena *arena)
{
    struct buffer buffer = buffer_in(arena, 256);
    buffer_text_add(&buffer, text_of(method_names[route->method]));
    bool is_start = true;
    for (const char *at = route->path; *at != '\0'; at++) {
        unsigned char byte = (unsigned char)*at;
        if (isalnum(byte))
            buffer_byte(&buffer, (char)(is_start ? toupper(byte) : byte));
        is_start = !isalnum(byte);
    }
    return (struct text){.at = buffer.at, .len = buffer.len};
}

static void write_security(struct json_writer *json, const struct route *route)
{
    json_key(json, "security");
    json_array(json);
    if (route->permission != ROUTE_PUBLIC) {
        static const char *const schemes[] = {"cookie", "bearer"};
        for (size_t i = 0; i < ARRAY_COUNT(schemes); i++) {
            json_object(json);
            json_key(json, schemes[i]);
            json_array(json);
            json_end(json);
            json_end(json);
        }
    }
    json_end(json);
}

static void write_operation(struct json_writer *json, const struct route *route)
{
    json_key(json, method_names[route->method]);
    json_object(json);
    json_member_text(json, "operationId", operation_id(route, json->buffer->arena));
    json_key(json, "tags");
    json_array(json);
    json_text(json, text_of(route->tag));
    json_end(json);
    json_member_text(json, "summary", text_of(route->help));
    if (route->permission >= 0)
        json_member_text(json, "x-permission",
                         permission_name((enum permission)route->permission));
    write_security(json, route);
    json_key(json, "parameters");
    json_array(json);
    write_places(json, route->path);
    if (route->query != NULL)
        write_query(json, route->query);
    json_end(json);
    if (route->request != NULL) {
        json_key(json, "requestBody");
        json_object(json);
        write_content(json,
                      route_takes_file(route) ? "application/xml" : "application/json",
                      route->request);
        json_end(json);
    }
    json_key(json, "responses");
    json_object(json);
    write_response(json, route);
    json_end(json);
    json_end(json);
}

static bool is_first_of_path(const struct route_table *table, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(table->routes[i].path, table->routes[n].path) == 0)
            return false;
    return true;
}

static void write_paths(struct json_writer *json, const struct route_table *table)
{
    json_key(json, "paths");
    json_object(json);
    for (size_t i = 0; i < table->route_count; i++) {
        if (!is_first_of_path(table, i))
            continue;
        json_key(json, table->routes[i].path);
        json_object(json);
        for (size_t j = i; j < table->route_count; j++)
            if (strcmp(table->routes[j].path, table->routes[i].path) == 0)
                write_operation(json, &table->routes[j]);
        json_end(json);
    }
    json_end(json);
}

static void write_components(struct json_writer *json, const struct route_table *table)
{
    json_key(json, "components");
    json_object(json);
    json_key(json, "securitySchemes");
    json_ready(json, TEXT("{\"cookie\":{\"type\":\"apiKey\",\"in\":\"cookie\","
                          "\"name\":\"osteon_session\",\"description\":\"each request "
                          "but GET also sends X-Osteon-CSRF\"},\"bearer\":{\"type\":"
                          "\"http\",\"scheme\":\"bearer\"}}"));
    json_key(json, "schemas");
    json_object(json);
    for (size_t i = 0; i < table->schema_count; i++) {
        json_key(json, table->schemas[i].name);
        json_ready(json, text_of(table->schemas[i].json));
    }
    json_end(json);
    json_end(json);
}

void openapi_write(struct json_writer *json, const struct route_table *table)
{
    json_object(json);
    json_member_text(json, "openapi", TEXT("3.1.0"));
    json_key(json, "info");
    json_object(json);
    json_member_text(json, "title", TEXT("Osteon"));
    json_member_text(json, "version", TEXT(OSTEON_VERSION));
    json_member_text(json, "description",
                     TEXT("One clinical study: participants, forms, history. Item "
                          "values travel as strings, instants as ISO 8601; an unknown "
                          "member or query parameter is refused."));
    json_key(json, "license");
    json_object(json);
    json_member_text(json, "name", TEXT("GPL-3.0-or-later"));
    json_member_text(json, "identifier", TEXT("GPL-3.0-or-later"));
    json_end(json);
    json_end(json);
    write_paths(json, table);
    write_components(json, table);
    json_end(json);
}
