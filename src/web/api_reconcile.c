/* Messages that wait for a person, and what puts them right, as JSON. */
#include "actions/reconcile.h"

#include "actions/participants.h"
#include "base/limits.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_write.h"

static const char *const kinds[FEED_RULE_KINDS] = {[FEED_RULE_CODE] = "code",
                                                   [FEED_RULE_UNIT] = "unit",
                                                   [FEED_RULE_CHARSET] = "charset",
                                                   [FEED_RULE_UNSCHEDULED] =
                                                       "unscheduled"};

/* --- one message ---------------------------------------------------------------------------- */

static void write_reason(struct json_writer *json, struct text reason, struct text said)
{
    if (text_is_absent(reason))
        return;
    json_member_text(json, "reason", reason);
    design_json_label(json, "says", feed_reason_label(reason));
    write_optional_text(json, "detail", said);
}

static void write_item(struct json_writer *json, const struct item *item)
{
    if (item == NULL)
        return;
    json_member_text(json, "item", item->oid);
    design_json_label(json, "label", item->label);
    json_member_text(json, "item_unit", item->unit);
}

static void write_observation(struct json_writer *json,
                              const struct reconcile_observation *shown)
{
    const struct hl7_observation *one = shown->observation;
    json_object(json);
    json_member_integer(json, "number", (int64_t)one->number);
    json_member_text(json, "code", shown->meaning.code);
    write_optional_text(json, "name", one->code.name);
    write_optional_text(json, "value", one->answer.text);
    write_optional_text(json, "unit", one->unit.code);
    write_optional_text(json, "range", one->range.text);
    write_optional_text(json, "flags", one->flags);
    write_optional_text(json, "status", one->status);
    write_optional_text(json, "specimen", shown->order->specimen);
    write_optional_text(json, "collected", shown->order->collected);
    write_optional_text(json, "draw_site", laboratory_draw_site(shown->order));
    write_item(json, shown->meaning.item);
    json_member_bool(json, "not_collected", shown->meaning.is_not_collected);
    json_member_bool(json, "unit_known",
                     !one->answer.is_number || shown->meaning.has_factor);
    if (shown->filed_seq != 0)
        json_member_integer(json, "filed", shown->filed_seq);
    json_end(json);
}

static void write_match(struct json_writer *json, const struct reconcile_message *shown)
{
    const struct laboratory_match *match = &shown->match;
    json_key(json, "patient");
    json_object(json);
    json_member_bool(json, "matched",
                     match->participant != 0 && match->fault == FEED_REASON_NONE);
    write_reason(json, feed_reason_name(match->fault), match->said);
    json_member_bool(json, "name_compared", match->name_was_compared);
    json_member_bool(json, "birth_compared", match->birth_was_compared);
    if (shown->participant != NULL) {
        json_member_integer(json, "participant", shown->participant->id);
        write_optional_text(json, "number", shown->participant->subject_number);
        write_optional_text(json, "screening_number",
                            shown->participant->screening_number);
    }
    json_end(json);
}

bool handle_feed_message(struct request *request, struct response *response,
                         struct error *err)
{
    int64_t id;
    struct reconcile_message shown;
    if (!request_place_id(request, 0, &id, err) ||
        !reconcile_read(request->study, request->caller, id, request->arena, &shown,
                        err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    const struct feed_message *header = shown.header;
    json_object(&json);
    json_member_integer(&json, "id", header->id);
    json_member_text(&json, "feed", header->feed);
    json_member_text(&json, "control", header->control);
    json_member_instant(&json, "received", header->received);
    json_member_text(&json, "state", feed_state_name(header->state));
    write_reason(&json, header->reason, header->said);
    if (shown.fault == FEED_REASON_NONE)
        write_match(&json, &shown);
    json_key(&json, "observations");
    json_array(&json);
    for (size_t i = 0; i < shown.observation_count; i++)
        write_observation(&json, &shown.observations[i]);
    json_end(&json);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

/* --- what feeds mean -------------------------------------------------------------------------- */

static void write_analyte(struct json_writer *json, const struct item *item)
{
    json_object(json);
    json_member_text(json, "item", item->oid);
    design_json_label(json, "label", item->label);
    json_member_text(json, "unit", item->unit);
    json_member_text(json, "loinc", item->loinc);
    json_key(json, "accepts");
    json_array(json);
    for (size_t i = 0; i < item->accepted_count; i++) {
        char factor[DECIMAL_TEXT_SIZE];
        size_t len = decimal_print(item->accepted[i].factor, factor);
        json_object(json);
        json_member_text(json, "unit", item->accepted[i].unit);
        json_member_text(json, "factor", (struct text){.at = factor, .len = len});
        json_end(json);
    }
    json_end(json);
    json_end(json);
}

static void write_unknown(struct json_writer *json, const struct unknown_meaning *one)
{
    json_object(json);
    json_member_text(json, "feed", one->feed);
    json_member_text(json, "kind", text_of(kinds[one->kind]));
    json_member_text(json, "from", one->from);
    write_optional_text(json, "name", one->name.len > 0 ? one->name : (struct text){0});
    write_optional_text(json, "unit", one->unit.len > 0 ? one->unit : (struct text){0});
    write_item(json, one->item);
    json_member_integer(json, "messages", one->messages);
    json_end(json);
}

static void write_rule(struct json_writer *json, const struct feed_map *map,
                       const struct stored_feed_rule *one)
{
    json_object(json);
    json_member_integer(json, "id", one->seq);
    json_member_text(json, "feed", one->rule.feed);
    json_member_text(json, "kind", text_of(kinds[one->rule.kind]));
    json_member_text(json, "from", one->rule.from);
    json_member_text(json, "to", one->rule.to);
    json_member_text(json, "reason", one->rule.reason);
    json_member_instant(json, "set_at", one->set_at);
    json_member_bool(json, "in_force", one->ended == 0);
    write_item(json, design_item(map->design, one->rule.kind == FEED_RULE_CODE
                                                  ? one->rule.to
                                                  : one->rule.item));
    json_end(json);
}

bool handle_feed_map(struct request *request, struct response *response,
                     struct error *err)
{
    struct feed_map map;
    if (!feed_map_read(request->study, request->caller, request->arena, &map, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_key(&json, "analytes");
    json_array(&json);
    for (size_t i = 0; i < map.design->item_count; i++)
        if (map.design->items[i].accepted_count > 0)
            write_analyte(&json, &map.design->items[i]);
    json_end(&json);
    json_key(&json, "unknown");
    json_array(&json);
    for (size_t i = 0; i < map.unknown_count; i++)
        write_unknown(&json, &map.unknown[i]);
    json_end(&json);
    json_key(&json, "rules");
    json_array(&json);
    for (size_t i = map.rules.count; i-- > 0;)
        write_rule(&json, &map, &map.rules.at[i]);
    json_end(&json);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

/* --- putting it right ------------------------------------------------------------------------- */

static bool respond_reopened(struct request *request, struct response *response,
                             int64_t reopened, struct error *err)
{
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    if (!request_outcome(request, err))
        return false;
    json_object(&json);
    json_member_integer(&json, "reopened", reopened);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

static bool meant(struct request *request, struct response *response, struct error *err)
{
    const struct feed_rule_add *verb = request->work;
    return respond_reopened(request, response, verb->reopened, err);
}

static bool kind_parse(struct text name, enum feed_rule_kind *out, struct error *err)
{
    for (int i = 0; i < FEED_RULE_KINDS; i++)
        if (text_equal(name, text_of(kinds[i]))) {
            *out = (enum feed_rule_kind)i;
            return true;
        }
    error_set(err, ERROR_REFUSED, "there is no such kind of meaning");
    return error_where(err, 0, "kind");
}

bool handle_feed_map_add(struct request *request, struct response *response,
                         struct error *err)
{
    struct feed_rule_add *verb = ARENA_NEW(request->arena, struct feed_rule_add);
    struct json_fields in;
    (void)response;
    if (!request_json(request, &in, err))
        return false;
    struct text kind = json_field_text(&in, "kind", LIMIT_OID);
    *verb = (struct feed_rule_add){
        .act = request_act_of(request, feed_rule_add),
        .rule = {.feed = json_field_text(&in, "feed", (size_t)2 * LIMIT_FEED_NAME),
                 .item = json_field_optional_text(&in, "item", LIMIT_OID),
                 .from = json_field_optional_text(&in, "from", LIMIT_NAME),
                 .to = json_field_optional_text(&in, "to", LIMIT_OID),
                 .reason = json_field_text(&in, "reason", LIMIT_REASON)}};
    if (!json_fields_done(&in) || !kind_parse(kind, &verb->rule.kind, err))
        return false;
    struct feed_rule_set *rule = &verb->rule;
    rule->item = rule->kind == FEED_RULE_UNIT ? rule->item : (struct text){0};
    if (rule->kind == FEED_RULE_CHARSET || text_is_absent(rule->from))
        rule->from = TEXT("");
    if (rule->kind == FEED_RULE_UNSCHEDULED || text_is_absent(rule->to))
        rule->to = TEXT("");
    return request_act(request, &verb->act, meant);
}

static bool nothing_reopened(struct request *request, struct response *response,
                             struct error *err)
{
    return respond_reopened(request, response, 0, err);
}

bool handle_feed_map_end(struct request *request, struct response *response,
                         struct error *err)
{
    struct feed_rule_end *verb = ARENA_NEW(request->arena, struct feed_rule_end);
    struct json_fields in;
    (void)response;
    verb->act = request_act_of(request, feed_rule_end);
    if (!request_place_id(request, 0, &verb->rule, err) ||
        !request_json(request, &in, err))
        return false;
    verb->reason = json_field_text(&in, "reason", LIMIT_REASON);
    return json_fields_done(&in) && request_act(request, &verb->act, nothing_reopened);
}

static bool attached(struct request *request, struct response *response,
                     struct error *err)
{
    const struct patient_attach *verb = request->work;
    return respond_reopened(request, response, verb->reopened, err);
}

/* With a participant's number: it is whom the message names. Without: it is nobody here. */
bool handle_feed_message_patient(struct request *request, struct response *response,
                                 struct error *err)
{
    struct json_fields in;
    struct participant *participant = NULL;
    int64_t message;
    (void)response;
    if (!request_place_id(request, 0, &message, err) ||
        !request_json(request, &in, err))
        return false;
    struct text number = json_field_optional_text(&in, "number", LIMIT_OID);
    struct text reason = json_field_text(&in, "reason", LIMIT_REASON);
    if (!json_fields_done(&in))
        return false;
    if (number.len == 0) {
        struct patient_detach *detach =
            ARENA_NEW(request->arena, struct patient_detach);
        *detach =
            (struct patient_detach){.act = request_act_of(request, patient_detach),
                                    .message = message,
                                    .reason = reason};
        return request_act(request, &detach->act, nothing_reopened);
    }
    if (!participants_of_number(request->study, number, request->arena, &participant,
                                err))
        return error_where(err, 0, "number");
    struct patient_attach *attach = ARENA_NEW(request->arena, struct patient_attach);
    *attach = (struct patient_attach){.act = request_act_of(request, patient_attach),
                                      .message = message,
                                      .participant = participant->id,
                                      .reason = reason};
    return request_act(request, &attach->act, attached);
}

static bool retried(struct request *request, struct response *response,
                    struct error *err)
{
    const struct message_retry *verb = request->work;
    return respond_reopened(request, response, verb->reopened, err);
}

bool handle_feed_message_retry(struct request *request, struct response *response,
                               struct error *err)
{
    struct message_retry *verb = ARENA_NEW(request->arena, struct message_retry);
    (void)response;
    verb->act = request_act_of(request, message_retry);
    return request_place_id(request, 0, &verb->message, err) &&
           request_says_nothing(request, err) &&
           request_act(request, &verb->act, retried);
}

bool handle_feed_messages_retry(struct request *request, struct response *response,
                                struct error *err)
{
    struct message_retry *verb = ARENA_NEW(request->arena, struct message_retry);
    (void)response;
    verb->act = request_act_of(request, message_retry);
    return request_says_nothing(request, err) &&
           request_act(request, &verb->act, retried);
}
