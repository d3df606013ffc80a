/* Second checks of critical values: those that wait, as JSON, and making one. */
#include "actions/second_check.h"

#include "actions/item_version.h"
#include "base/limits.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_write.h"

static struct text way_name(enum second_check_way way)
{
    switch (way) {
    case SECOND_CHECK_BY_SIGHT: return TEXT("sight");
    case SECOND_CHECK_BY_TYPING: return TEXT("typing");
    case SECOND_CHECK_NOT_BY_CALLER: break;
    }
    return TEXT("other");
}

/* Somebody whose name cannot be read any more: "". */
static void write_name(struct json_writer *json, const char *key, struct text name)
{
    json_member_text(json, key, text_is_absent(name) ? TEXT("") : name);
}

static void write_one(struct json_writer *json, const struct second_check_open *open)
{
    const struct unchecked_value *value = &open->value;
    char version[VERSION_TEXT];
    size_t len = version_print(value->version, version);
    json_object(json);
    json_member_integer(json, "participant", open->key.participant);
    write_form_key(json, &open->key);
    json_member_text(json, "item", open->item->oid);
    json_member_integer(json, "row", value->row);
    json_member_text(json, "version", (struct text){.at = version, .len = len});
    write_name(json, "by", open->by_name);
    json_member_instant(json, "at", value->corrected_time);
    json_member_text(json, "way", way_name(open->way));
    if (value->differs) {
        json_key(json, "differs");
        json_object(json);
        write_name(json, "by", open->checked_by_name);
        write_optional_text(json, "value", value->second);
        if (value->is_in_vault)
            json_member_bool(json, "in_vault", true);
        json_end(json);
    }
    json_end(json);
}

void write_second_checks(struct json_writer *json, const char *key,
                         const struct second_check_list *list)
{
    json_key(json, key);
    json_array(json);
    for (size_t i = 0; i < list->count; i++)
        write_one(json, &list->at[i]);
    json_end(json);
}

static bool checked(struct request *request, struct response *response,
                    struct error *err)
{
    const struct second_check_make *verb = request->work;
    if (!request_outcome(request, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_bool(&json, "agreed", verb->is_agreed);
    json_member_integer(&json, "seq", verb->seq);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

bool handle_second_check(struct request *request, struct response *response,
                         struct error *err)
{
    (void)response;
    struct second_check_make *verb =
        ARENA_NEW(request->arena, struct second_check_make);
    verb->act = request_act_of(request, second_check_make);
    struct json_fields in;
    bool has_row;
    if (!request_place_id(request, 0, &verb->key.participant, err) ||
        !request_json(request, &in, err))
        return false;
    fields_form_key(&in, &verb->key);
    verb->item = json_field_text(&in, "item", LIMIT_OID);
    verb->row = json_field_optional_integer(&in, "row", 0, LIMIT_ROWS, &has_row);
    verb->version = json_field_text(&in, "version", LIMIT_OID);
    verb->is_right = json_field_optional_bool(&in, "right", false);
    verb->value = json_field_optional_text(&in, "value", LIMIT_ITEM_TEXT);
    return json_fields_done(&in) && request_act(request, &verb->act, checked);
}
