/* The clinical facts of one participant, as JSON. */
#include "actions/clinical_facts.h"

#include "web/api.h"
#include "web/api_common.h"
#include "web/api_write.h"

#include <math.h>

/* Absent when it is not known. */
static void write_number(struct json_writer *json, const char *key, double value)
{
    if (isnan(value))
        return;
    json_key(json, key);
    json_double(json, value);
}

bool handle_clinical_facts(struct request *request, struct response *response,
                           struct error *err)
{
    struct clinical_facts facts;
    int64_t participant = 0;
    if (!request_place_id(request, 0, &participant, err) ||
        !clinical_facts_read(request->study, request->caller, participant,
                             request->arena, &facts, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    write_optional_text(&json, "sex", facts.sex);
    write_number(&json, "age", facts.age);
    write_optional_text(&json, "disease", facts.disease);
    write_optional_instant(&json, "first_puncture", facts.first_puncture);
    json_member_integer(&json, "attempts", facts.attempts);
    if (facts.is_first_attempt_known)
        json_member_bool(&json, "first_attempt", facts.is_first_attempt);
    write_number(&json, "access_minutes", facts.access_minutes);
    write_optional_text(&json, "place", facts.place);
    write_optional_instant(&json, "in_place_since", facts.in_place_since);
    write_optional_instant(&json, "removed", facts.removed);
    write_number(&json, "dwell_hours", facts.dwell_hours);
    write_optional_instant(&json, "died", facts.died);
    write_optional_instant(&json, "last_alive", facts.last_alive);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}
