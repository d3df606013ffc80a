/* Participants: the list, screening and placement, attachment, enrolment, the casebook. */
#include "actions/participants.h"

#include "actions/enrol.h"
#include "base/limits.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_write.h"

bool handle_participants(struct request *request, struct response *response,
                         struct error *err)
{
    struct participants_filter filter = {.state = request_query(request, "state"),
                                         .find = request_query(request, "find")};
    struct participants_page page;
    if (!request_query_integer(request, "after", 0, INT64_MAX, &filter.after, err) ||
        !participants_read(request->study, request->caller, &filter, request->arena,
                           &page, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_key(&json, "participants");
    json_array(&json);
    for (size_t i = 0; i < page.count; i++)
        write_participant(&json, &page.participants[i]);
    json_end(&json);
    if (page.next != 0)
        json_member_integer(&json, "next", page.next);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

static bool participant_added(struct request *request, struct response *response,
                              struct error *err)
{
    const struct participant_add *verb = request->work;
    return request_outcome(request, err) &&
           respond_participant(request, response, verb->is_duplicate ? 200 : 201,
                               verb->participant, err);
}

bool handle_participant_add(struct request *request, struct response *response,
                            struct error *err)
{
    (void)response;
    struct participant_add *verb = ARENA_NEW(request->arena, struct participant_add);
    verb->act = request_act_of(request, participant_add);
    struct json_fields in;
    if (!request_json(request, &in, err))
        return false;
    verb->site = json_field_text(&in, "site", LIMIT_OID);
    struct text kind = json_field_text(&in, "kind", LIMIT_OID);
    verb->is_provisional = text_equal(kind, TEXT("provisional"));
    if (!verb->is_provisional && !text_equal(kind, TEXT("screening")) && !in.is_bad)
        json_field_refuse(&in, "kind",
                          "a participant is \"screening\" or "
                          "\"provisional\"");
    verb->bed = json_field_optional_text(&in, "bed", LIMIT_NAME);
    field_optional_uuid(&in, "id", verb->request, &verb->has_request);
    return json_fields_done(&in) && request_act(request, &verb->act, participant_added);
}

static void write_forms(struct json_writer *json, const struct casebook *casebook,
                        int64_t participant)
{
    json_array(json);
    for (size_t i = 0; i < casebook->form_count; i++)
        if (casebook->forms[i].key.participant == participant)
            write_form_state(json, &casebook->forms[i], &casebook->second_checks,
                             &casebook->signatures[i], &casebook->verifications[i],
                             &casebook->review.locks);
    json_end(json);
}

static void write_left_out(struct json_writer *json, const struct left_out *left_out)
{
    json_object(json);
    write_event_place(json, left_out->event, left_out->repeat);
    if (left_out->form != NULL)
        json_member_text(json, "form", left_out->form->oid);
    design_json_label(json, "why", *left_out->words);
    json_end(json);
}

static void write_bone_use(struct json_writer *json, const struct bone_use *use)
{
    if (!use->is_stated)
        return;
    json_key(json, "bone_use");
    json_object(json);
    write_optional_text(json, "site", use->site);
    json_member_text(json, "answer", use->answer);
    json_member_text(json, "by", use->by_name);
    json_member_instant(json, "at", use->at);
    json_end(json);
}

static void write_schedule(struct json_writer *json, const struct schedule *schedule)
{
    json_key(json, "moments");
    json_array(json);
    for (size_t i = 0; i < schedule->moment_count; i++) {
        json_object(json);
        write_event_place(json, schedule->moments[i].event,
                          schedule->moments[i].repeat);
        json_member_instant(json, "at", schedule->moments[i].at);
        json_end(json);
    }
    json_end(json);
    json_key(json, "dues");
    json_array(json);
    for (size_t i = 0; i < schedule->due_count; i++)
        write_due(json, &schedule->dues[i]);
    json_end(json);
    json_key(json, "left_out");
    json_array(json);
    for (size_t i = 0; i < schedule->left_out_count; i++)
        write_left_out(json, &schedule->left_out[i]);
    json_end(json);
}

bool handle_casebook(struct request *request, struct response *response,
                     struct error *err)
{
    int64_t id;
    struct casebook *casebook;
    struct proposal proposal;
    if (!request_place_id(request, 0, &id, err) ||
        !casebook_read(request->study, request->caller, id, request->arena, &casebook,
                       err) ||
        !lookup_proposal(request->study, id, request->arena, &proposal, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_key(&json, "participant");
    write_proposed_participant(&json, casebook->participant, &proposal);
    json_member_text(&json, "design", casebook->design->version);
    json_key(&json, "forms");
    write_forms(&json, casebook, casebook->participant->id);
    write_second_checks(&json, "second_checks", &casebook->second_checks);
    write_review(&json, &casebook->review);
    json_key(&json, "verifying");
    json_object(&json);
    json_member_bool(&json, "sampled", casebook->is_sampled);
    json_member_bool(&json, "may", casebook->may_verify);
    json_member_integer(&json, "seen", casebook->seen);
    json_end(&json);
    json_key(&json, "schedule");
    json_object(&json);
    write_schedule(&json, &casebook->schedule);
    json_end(&json);
    write_bone_use(&json, &casebook->bone_use);
    if (casebook->attached != NULL) {
        json_key(&json, "attached");
        json_object(&json);
        json_key(&json, "participant");
        write_participant(&json, casebook->attached);
        json_key(&json, "forms");
        write_forms(&json, casebook, casebook->attached->id);
        json_end(&json);
    }
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

/* -- attachment --------------------------------------------------------------------- */

static bool attached(struct request *request, struct response *response,
                     struct error *err)
{
    const struct participant_attach *verb = request->work;
    if (!request_outcome(request, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_text(&json, "state",
                     verb->is_attached ? TEXT("attached") : TEXT("proposed"));
    json_key(&json, "participant");
    write_participant(&json, verb->changed);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

bool handle_attach(struct request *request, struct response *response,
                   struct error *err)
{
    (void)response;
    struct participant_attach *verb =
        ARENA_NEW(request->arena, struct participant_attach);
    verb->act = request_act_of(request, participant_attach);
    struct json_fields in;
    if (!request_place_id(request, 0, &verb->participant, err) ||
        !request_json(request, &in, err))
        return false;
    verb->to = json_field_integer(&in, "to", 1, INT64_MAX);
    return json_fields_done(&in) && request_act(request, &verb->act, attached);
}

bool handle_bone_use(struct request *request, struct response *response,
                     struct error *err)
{
    (void)response;
    struct bone_use_state *verb = ARENA_NEW(request->arena, struct bone_use_state);
    verb->act = request_act_of(request, bone_use_state);
    struct json_fields in;
    if (!request_place_id(request, 0, &verb->participant, err) ||
        !request_json(request, &in, err))
        return false;
    verb->site = json_field_optional_text(&in, "site", LIMIT_OID);
    verb->answer = json_field_text(&in, "answer", LIMIT_OID);
    return json_fields_done(&in) && request_act(request, &verb->act, respond_act_done);
}

static bool detached(struct request *request, struct response *response,
                     struct error *err)
{
    const struct participant_detach *verb = request->work;
    return request_outcome(request, err) &&
           respond_participant(request, response, 200, verb->changed, err);
}

bool handle_detach(struct request *request, struct response *response,
                   struct error *err)
{
    (void)response;
    struct participant_detach *verb =
        ARENA_NEW(request->arena, struct participant_detach);
    verb->act = request_act_of(request, participant_detach);
    struct json_fields in;
    if (!request_place_id(request, 0, &verb->participant, err) ||
        !request_json(request, &in, err))
        return false;
    verb->reason = json_field_text(&in, "reason", LIMIT_REASON);
    return json_fields_done(&in) && request_act(request, &verb->act, detached);
}

/* -- enrolment ---------------------------------------------------------------------- */

static void write_enrolment_findings(struct json_writer *json, const void *data)
{
    const struct participant_enrol *verb = data;
    write_findings(json, "findings", verb->findings, verb->finding_count, false);
}

static bool enrolled(struct request *request, struct response *response,
                     struct error *err)
{
    const struct participant_enrol *verb = request->work;
    if (request_outcome(request, err))
        return respond_participant(request, response, 200, verb->enrolled, err);
    if (verb->finding_count > 0) {
        response->problem_members = write_enrolment_findings;
        response->problem_data = verb;
    }
    return false;
}

bool handle_enrol(struct request *request, struct response *response, struct error *err)
{
    (void)response;
    struct participant_enrol *verb =
        ARENA_NEW(request->arena, struct participant_enrol);
    verb->act = request_act_of(request, participant_enrol);
    if (!request_place_id(request, 0, &verb->participant, err))
        return false;
    if (request->body.len > 0) {
        struct json_fields in;
        if (!request_json(request, &in, err))
            return false;
        /* The participant's own state makes enrolment happen once; the id of a client
         * that tries again needs no keeping. */
        uint8_t id[16];
        bool has_id;
        field_optional_uuid(&in, "id", id, &has_id);
        verb->reason = json_field_optional_text(&in, "happened", LIMIT_REASON);
        if (!json_fields_done(&in))
            return false;
    }
    return request_act(request, &verb->act, enrolled);
}
