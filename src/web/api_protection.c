/* What protects accounts, for who manages users: the rules for passwords, and the signs of
 * misuse. */
#include "actions/misuse.h"
#include "actions/password_age.h"

#include "base/limits.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_write.h"

/* --- rules for passwords ------------------------------------------------------------------ */

static bool respond_rules(struct request *request, struct response *response,
                          struct error *err)
{
    struct password_rules_shown shown = {0};
    if (!password_rules_read(request->study, request->caller, request->arena, &shown,
                             err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_integer(&json, "longest_days", shown.rules.longest_days);
    json_member_integer(&json, "remembered", shown.rules.remembered);
    if (shown.set_at != 0) {
        json_member_text(&json, "reason", shown.rules.reason);
        json_member_instant(&json, "set_at", shown.set_at);
        if (shown.set_by != NULL)
            json_member_text(&json, "set_by", shown.set_by->full_name);
    }
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

bool handle_password_rules(struct request *request, struct response *response,
                           struct error *err)
{
    return respond_rules(request, response, err);
}

static bool rules_set(struct request *request, struct response *response,
                      struct error *err)
{
    return request_outcome(request, err) && respond_rules(request, response, err);
}

bool handle_password_rules_set(struct request *request, struct response *response,
                               struct error *err)
{
    (void)response;
    struct password_rules_set *verb =
        ARENA_NEW(request->arena, struct password_rules_set);
    struct json_fields in;
    verb->act = request_act_of(request, password_rules_set);
    if (!request_json(request, &in, err))
        return false;
    verb->longest_days = json_field_integer(&in, "longest_days", 0, INT32_MAX);
    verb->remembered = json_field_integer(&in, "remembered", 0, INT32_MAX);
    verb->reason = json_field_text(&in, "reason", LIMIT_REASON);
    return json_fields_done(&in) && request_act(request, &verb->act, rules_set);
}

/* --- signs of misuse ---------------------------------------------------------------------- */

static void write_sign(struct json_writer *json, const struct misuse *sign)
{
    json_object(json);
    json_member_text(json, "sign", text_of(misuse_code(sign->sign)));
    design_json_label(json, "label", misuse_label(sign->sign));
    write_optional_text(json, "name", sign->name);
    write_optional_text(json, "client", sign->client);
    write_optional_text(json, "why", sign->why);
    json_member_integer(json, "count", sign->count);
    json_member_instant(json, "first_at", sign->first_at);
    json_member_instant(json, "last_at", sign->last_at);
    json_end(json);
}

static bool respond_misuse(struct request *request, struct response *response,
                           struct error *err)
{
    struct misuse_shown shown;
    if (!misuse_read(request->study, request->caller, request->arena, &shown, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_key(&json, "signs");
    json_array(&json);
    for (size_t i = 0; i < shown.count; i++)
        write_sign(&json, &shown.list[i]);
    json_end(&json);
    json_member_integer(&json, "through", shown.through);
    json_member_bool(&json, "has_more", shown.has_more);
    if (shown.reviewed_at != 0) {
        json_member_instant(&json, "reviewed_at", shown.reviewed_at);
        json_member_text(&json, "note", shown.note);
        if (shown.reviewed_by != NULL)
            json_member_text(&json, "reviewed_by", shown.reviewed_by->full_name);
    }
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

bool handle_misuse(struct request *request, struct response *response,
                   struct error *err)
{
    return respond_misuse(request, response, err);
}

static bool reviewed(struct request *request, struct response *response,
                     struct error *err)
{
    return request_outcome(request, err) && respond_misuse(request, response, err);
}

bool handle_misuse_review(struct request *request, struct response *response,
                          struct error *err)
{
    (void)response;
    struct misuse_review *verb = ARENA_NEW(request->arena, struct misuse_review);
    struct json_fields in;
    verb->act = request_act_of(request, misuse_review);
    if (!request_json(request, &in, err))
        return false;
    verb->through = json_field_integer(&in, "through", 0, INT64_MAX);
    verb->note = json_field_text(&in, "note", LIMIT_REASON);
    return json_fields_done(&in) && request_act(request, &verb->act, reviewed);
}
