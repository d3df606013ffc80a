#include "web/api_common.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "base/uuid.h"
#include "web/api_write.h"

#include <string.h>

struct text request_language(const struct request *request)
{
    /* RFC 9110 section 12.5.4 has weights; browsers put the preferred language first. */
    struct text wanted = request_header(request, "Accept-Language");
    return text_starts_with(text_trim(wanted), TEXT("zh")) ? TEXT("zh") : TEXT("en");
}

struct text request_device(const struct request *request)
{
    struct text device = request_header(request, "User-Agent");
    if (text_is_absent(device))
        return TEXT("");
    device = text_part(device, 0, LIMIT_NAME);
    /* A header may hold any bytes, and the cut may have split a character. */
    size_t at;
    return utf8_is_printable(device, &at) ? device : text_part(device, 0, at);
}

bool request_says_nothing(const struct request *request, struct error *err)
{
    if (request->body.len == 0)
        return true;
    struct json_fields in;
    return request_json(request, &in, err) && json_fields_done(&in);
}

bool request_form_key(const struct request *request, struct form_key *out,
                      struct error *err)
{
    out->event = request->places[1];
    out->form = request->places[2];
    return request_place_id(request, 0, &out->participant, err) &&
           request_query_integer(request, "event_repeat", 1, LIMIT_ROWS,
                                 &out->event_repeat, err) &&
           request_query_integer(request, "form_repeat", 1, LIMIT_ROWS,
                                 &out->form_repeat, err);
}

static int64_t field_repeat(struct json_fields *fields, const char *name)
{
    bool has;
    int64_t repeat = json_field_optional_integer(fields, name, 1, LIMIT_ROWS, &has);
    return has ? repeat : 1;
}

void fields_form_key(struct json_fields *fields, struct form_key *out)
{
    out->event = json_field_text(fields, "event", LIMIT_OID);
    out->event_repeat = field_repeat(fields, "event_repeat");
    out->form = json_field_text(fields, "form", LIMIT_OID);
    out->form_repeat = field_repeat(fields, "form_repeat");
}

void field_optional_uuid(struct json_fields *fields, const char *name, uint8_t out[16],
                         bool *has)
{
    struct text text = json_field_optional_text(fields, name, UUID_TEXT_SIZE);
    *has = !text_is_absent(text);
    if (!*has)
        return;
    struct uuid uuid;
    if (uuid_parse(text, &uuid, NULL))
        memcpy(out, uuid.bytes, sizeof uuid.bytes);
    else
        json_field_refuse(fields, name,
                          "an id looks like 01890a5d-ac96-774b-bcce-b302099a8057");
}

bool respond_participant(const struct request *request, struct response *response,
                         int status, const struct participant *participant,
                         struct error *err)
{
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    write_participant(&json, participant);
    return response_json(response, status, &buffer, err);
}

bool respond_done(const struct request *request, struct response *response,
                  bool is_done, struct error *err)
{
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_bool(&json, "done", is_done);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

bool respond_act_done(struct request *request, struct response *response,
                      struct error *err)
{
    return request_outcome(request, err) && respond_done(request, response, true, err);
}

bool request_wants_history(const struct request *request, bool *out, struct error *err)
{
    struct text history = request_query(request, "history");
    *out = text_equal(history, TEXT("yes"));
    if (*out || text_is_absent(history) || text_equal(history, TEXT("no")))
        return true;
    error_set(err, ERROR_REFUSED, "history is yes or no");
    return error_where(err, 0, "query.history");
}
