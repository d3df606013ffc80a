/* One form as a page shows it, the history of its items, and the identity vault. */
#include "actions/form_view.h"

#include "actions/history.h"
#include "actions/vault.h"
#include "base/limits.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_write.h"

bool handle_form(struct request *request, struct response *response, struct error *err)
{
    struct form_key key;
    struct form_view *view;
    if (!request_form_key(request, &key, err) ||
        !form_view_read(request->study, request->caller, &key, request->arena, &view,
                        err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    write_form_view(&json, view);
    return response_json(response, 200, &buffer, err);
}

static bool history_filter_of(const struct request *request,
                              struct history_filter *filter, struct error *err)
{
    *filter = (struct history_filter){.event = request_query(request, "event"),
                                      .form = request_query(request, "form"),
                                      .item = request_query(request, "item"),
                                      .event_repeat = 1,
                                      .form_repeat = 1};
    filter->has_row = !text_is_absent(request_query(request, "row"));
    return request_place_id(request, 0, &filter->participant, err) &&
           request_query_integer(request, "event_repeat", 1, LIMIT_ROWS,
                                 &filter->event_repeat, err) &&
           request_query_integer(request, "form_repeat", 1, LIMIT_ROWS,
                                 &filter->form_repeat, err) &&
           request_query_integer(request, "row", 0, LIMIT_ROWS, &filter->row, err) &&
           request_query_integer(request, "before", 0, INT64_MAX, &filter->before, err);
}

bool handle_history(struct request *request, struct response *response,
                    struct error *err)
{
    struct history_filter filter;
    struct history_entry *entries;
    size_t count;
    if (!history_filter_of(request, &filter, err) ||
        !history_read(request->study, request->caller, &filter, request->arena,
                      &entries, &count, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_key(&json, "entries");
    json_array(&json);
    for (size_t i = 0; i < count; i++)
        write_history_entry(&json, &entries[i]);
    json_end(&json);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

static bool vault_viewed(struct request *request, struct response *response,
                         struct error *err)
{
    const struct vault_view *verb = request->work;
    if (!request_outcome(request, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_text(&json, "value", verb->value);
    json_member_bool(&json, "broke_glass", verb->broke_glass);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

bool handle_vault_view(struct request *request, struct response *response,
                       struct error *err)
{
    (void)response;
    struct vault_view *verb = ARENA_NEW(request->arena, struct vault_view);
    verb->act = request_act_of(request, vault_view);
    struct json_fields in;
    bool has_row;
    if (!request_place_id(request, 0, &verb->key.participant, err) ||
        !request_json(request, &in, err))
        return false;
    fields_form_key(&in, &verb->key);
    verb->item = json_field_text(&in, "item", LIMIT_OID);
    verb->row = json_field_optional_integer(&in, "row", 0, LIMIT_ROWS, &has_row);
    verb->reason = json_field_optional_text(&in, "reason", LIMIT_REASON);
    return json_fields_done(&in) && request_act(request, &verb->act, vault_viewed);
}
