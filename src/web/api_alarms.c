/* Alarms as JSON: what stands, and acknowledging one. */
#include "actions/alarm.h"

#include "base/limits.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_write.h"

static void write_acknowledgement(struct json_writer *json,
                                  const struct alarm_entry *entry)
{
    if (entry->alarm.acknowledged_at == 0)
        return;
    json_key(json, "acknowledged");
    json_object(json);
    json_member_text(json, "by", entry->by);
    json_member_instant(json, "at", entry->alarm.acknowledged_at);
    write_optional_text(json, "note", entry->alarm.note);
    json_end(json);
}

/* Who may acknowledge: of the audience, those that have the right of the level. */
static void write_roles(struct json_writer *json, const struct alarm_entry *entry)
{
    enum alarm_level level = (enum alarm_level)entry->alarm.level;
    uint32_t roles =
        entry->kind == NULL ? 0 : alarm_acknowledged_by(entry->kind, level);
    json_key(json, "audience");
    json_array(json);
    for (unsigned role = 0; role < ROLE_COUNT; role++)
        if ((roles >> role & 1) != 0)
            json_text(json, role_code((enum role)role));
    json_end(json);
}

static void write_alarm(struct json_writer *json, const struct alarm_entry *entry)
{
    const struct stored_alarm *alarm = &entry->alarm;
    json_object(json);
    json_member_integer(json, "id", alarm->seq);
    json_member_text(json, "alarm", alarm->name);
    json_member_text(json, "step", alarm->step);
    json_member_text(json, "level", alarm_level_name((enum alarm_level)alarm->level));
    design_json_label(json, "label", entry->label);
    if (entry->says.english.len > 0)
        design_json_label(json, "says", entry->says);
    if (alarm->participant != 0)
        json_member_integer(json, "participant", alarm->participant);
    write_optional_text(json, "number", entry->number);
    if (alarm->form != 0) {
        write_form_key(json, &alarm->key);
        if (entry->form.english.len > 0)
            design_json_label(json, "form_label", entry->form);
    }
    if (alarm->row != 0)
        json_member_integer(json, "row", alarm->row);
    json_member_instant(json, "raised_at", alarm->raised_at);
    json_member_instant(json, "told_at", alarm->told_at);
    json_member_integer(json, "notice", alarm->notices);
    json_member_integer(json, "escalations", alarm->escalations);
    write_roles(json, entry);
    json_member_bool(json, "for_me", entry->is_for_caller);
    json_member_bool(json, "may_acknowledge", entry->may_acknowledge);
    json_member_bool(json, "superseded", entry->is_superseded);
    write_acknowledgement(json, entry);
    write_optional_instant(json, "ended_at", alarm->ended_at);
    json_end(json);
}

bool handle_alarms(struct request *request, struct response *response,
                   struct error *err)
{
    struct alarm_entries list;
    int64_t past = 0;
    if (!request_query_integer(request, "past", 0, LIMIT_LIST, &past, err) ||
        !alarm_list_read(request->study, request->caller, (size_t)past, request->arena,
                         &list, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_bool(&json, "quiet", list.is_quiet);
    json_key(&json, "alarms");
    json_array(&json);
    for (size_t i = 0; i < list.count; i++)
        write_alarm(&json, &list.at[i]);
    json_end(&json);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

bool handle_alarm_acknowledge(struct request *request, struct response *response,
                              struct error *err)
{
    (void)response;
    struct alarm_acknowledge *verb =
        ARENA_NEW(request->arena, struct alarm_acknowledge);
    struct json_fields in;
    verb->act = request_act_of(request, alarm_acknowledge);
    if (!request_place_id(request, 0, &verb->alarm, err) ||
        !request_json(request, &in, err))
        return false;
    verb->note = json_field_optional_text(&in, "note", LIMIT_REASON);
    return json_fields_done(&in) && request_act(request, &verb->act, respond_act_done);
}
