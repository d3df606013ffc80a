/* Feeds as JSON: how they stand, who may send, which messages came. */
#include "actions/feed.h"

#include "base/limits.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_write.h"

enum { MESSAGES_AT_ONCE = 100 };

static const char *standing_name(const struct feed_state_entry *entry)
{
    switch (entry->feed.standing) {
    case FEED_OPEN:
        return entry->is_silent           ? "silent"
               : entry->feed.last_at == 0 ? "never"
                                          : "receiving";
    case FEED_CLOSED: return "closed";
    case FEED_UNKNOWN: break;
    }
    return "unknown";
}

static void write_feed(struct json_writer *json, const struct feed_state_entry *entry)
{
    const struct feed *feed = &entry->feed;
    json_object(json);
    json_member_text(json, "feed", feed->name);
    json_member_text(json, "state", text_of(standing_name(entry)));
    write_optional_text(json, "label", feed->label);
    write_optional_text(json, "certificate", feed->certificate);
    json_member_integer(json, "silent_after", feed->silent_after);
    write_optional_text(json, "set_by", entry->set_by);
    write_optional_instant(json, "set_at", feed->set_at);
    write_optional_instant(json, "last_at", feed->last_at);
    write_optional_instant(json, "refused_at", feed->refused_at);
    write_optional_text(json, "refused_reason", entry->refused_reason);
    if (!text_is_absent(entry->refused_reason))
        design_json_label(json, "refused_says",
                          feed_reason_label(entry->refused_reason));
    json_member_integer(json, "today", entry->today);
    json_member_integer(json, "waiting", entry->waiting);
    json_member_integer(json, "quarantined", entry->quarantined);
    json_end(json);
}

static void write_door(struct json_writer *json, const struct feed_door *door)
{
    if (door == NULL)
        return;
    json_key(json, "door");
    json_object(json);
    json_member_text(json, "address", door->address);
    json_member_bool(json, "tls", door->has_tls);
    json_member_bool(json, "certificate", door->wants_certificate);
    json_end(json);
}

static bool respond_feeds(struct request *request, struct response *response,
                          struct error *err)
{
    struct feed_state_list list;
    if (!feed_states_read(request->study, request->caller, request->arena, &list, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    write_door(&json, feed_door_get(request->study));
    json_key(&json, "feeds");
    json_array(&json);
    for (size_t i = 0; i < list.count; i++)
        write_feed(&json, &list.at[i]);
    json_end(&json);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

bool handle_feeds(struct request *request, struct response *response, struct error *err)
{
    return respond_feeds(request, response, err);
}

static bool feed_changed(struct request *request, struct response *response,
                         struct error *err)
{
    return request_outcome(request, err) && respond_feeds(request, response, err);
}

bool handle_feed_change(struct request *request, struct response *response,
                        struct error *err)
{
    struct feed_change *verb = ARENA_NEW(request->arena, struct feed_change);
    struct json_fields in;
    bool is_given = false;
    (void)response;
    if (!request_json(request, &in, err))
        return false;
    *verb = (struct feed_change){
        .act = request_act_of(request, feed_change),
        .feed = json_field_text(&in, "feed", (size_t)2 * LIMIT_FEED_NAME),
        .label = json_field_optional_text(&in, "label", LIMIT_NAME),
        .is_open = json_field_bool(&in, "open"),
        .certificate = json_field_optional_text(&in, "certificate", LIMIT_NAME),
        .silent_after =
            json_field_optional_integer(&in, "silent_after", 0, INT32_MAX, &is_given),
        .reason = json_field_text(&in, "reason", LIMIT_REASON)};
    return json_fields_done(&in) && request_act(request, &verb->act, feed_changed);
}

/* --- messages ----------------------------------------------------------------------------- */

static void write_message(struct json_writer *json, const struct feed_message *message)
{
    json_object(json);
    json_member_integer(json, "id", message->id);
    json_member_text(json, "feed", message->feed);
    json_member_text(json, "control", message->control);
    json_member_text(json, "type", message->type);
    json_member_text(json, "version", message->version);
    json_member_integer(json, "size", message->size);
    json_member_instant(json, "received", message->received);
    write_optional_text(json, "message_time", message->message_time);
    json_member_text(json, "state", feed_state_name(message->state));
    write_optional_text(json, "reason", message->reason);
    if (!text_is_absent(message->reason))
        design_json_label(json, "says", feed_reason_label(message->reason));
    write_optional_text(json, "detail", message->said);
    json_member_bool(json, "matched", message->participant != 0);
    json_end(json);
}

bool handle_feed_messages(struct request *request, struct response *response,
                          struct error *err)
{
    struct feed_message_list list;
    struct feed_messages_wanted wanted = {
        .state = FEED_STATES, .before = INT64_MAX, .most = MESSAGES_AT_ONCE};
    struct text state = request_query(request, "state");
    if (state.len > 0 && !feed_state_parse(state, &wanted.state)) {
        error_set(err, ERROR_REFUSED, "there is no such state of a message");
        return error_where(err, 0, "state");
    }
    if (!request_query_integer(request, "before", 0, INT64_MAX, &wanted.before, err) ||
        !feed_messages_view(request->study, request->caller, &wanted, request->arena,
                            &list, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_key(&json, "messages");
    json_array(&json);
    for (size_t i = 0; i < list.count; i++)
        write_message(&json, &list.at[i]);
    json_end(&json);
    json_member_bool(&json, "more", list.count == MESSAGES_AT_ONCE);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}
