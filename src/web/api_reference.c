/* The study's reference data. */
#include "actions/reference.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_write.h"

static void write_value(struct json_writer *json, const struct record_value *value)
{
    json_object(json);
    json_member_text(json, "item", value->oid);
    json_member_integer(json, "row", value->row);
    write_optional_text(json, "value", value->answer.value);
    write_optional_text(json, "missing", missing_reason_code(value->answer.missing));
    write_optional_text(json, "missing_text", value->answer.missing_text);
    json_end(json);
}

static void write_section(struct json_writer *json,
                          const struct record_section *section)
{
    const struct item_group *group = section->group;
    json_object(json);
    json_member_text(json, "oid", section->oid);
    if (group != NULL)
        design_json_label(json, "label", group->label);
    json_key(json, "items");
    json_array(json);
    for (size_t i = 0; group != NULL && i < group->item_count; i++)
        json_text(json, group->items[i]->oid);
    json_end(json);
    json_key(json, "values");
    json_array(json);
    for (size_t i = 0; i < section->count; i++)
        write_value(json, &section->values[i]);
    json_end(json);
    json_end(json);
}

bool handle_reference(struct request *request, struct response *response,
                      struct error *err)
{
    struct record_section *sections = NULL;
    size_t count = 0;
    if (!reference_read(request->study, request->caller, request->arena, &sections,
                        &count, err))
        return false;
    response->may_be_compressed = true;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_key(&json, "sections");
    json_array(&json);
    for (size_t i = 0; i < count; i++)
        write_section(&json, &sections[i]);
    json_end(&json);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}
