#ifndef OSTEON_WEB_API_COMMON_H
#define OSTEON_WEB_API_COMMON_H
/* What several handlers of the API need: repeats and ids of a body, the asker's language
 * and device, answers that are one struct. */
#include "actions/audit.h"
#include "model/participant.h"
#include "model/value.h"
#include "web/handler.h"

/* "zh" when the request prefers Chinese (Accept-Language), else "en". */
struct text request_language(const struct request *request);
/* What the device calls itself (User-Agent), cut to LIMIT_NAME bytes; never absent. */
struct text request_device(const struct request *request);

/* For a route that needs nothing said: no body, or an empty object. */
MUST_USE bool request_says_nothing(const struct request *request, struct error *err);

/* The form instance of a path {id}/forms/{event}/{form} with the repeats of the query. */
MUST_USE bool request_form_key(const struct request *request, struct form_key *out,
                               struct error *err);
/* The form instance of a body: event, event_repeat, form, form_repeat. */
void fields_form_key(struct json_fields *fields, struct form_key *out);

/* history=yes or no; no when it was not sent. */
MUST_USE bool request_wants_history(const struct request *request, bool *out,
                                    struct error *err);

/* The filter of the audit trail, from the query: from, until, kind, user, participant. */
struct audit_wanted request_audit_wanted(const struct request *request);

/* A UUID of the client; `*has` false when the member is absent. */
void field_optional_uuid(struct json_fields *fields, const char *name, uint8_t out[16],
                         bool *has);

MUST_USE bool respond_participant(const struct request *request,
                                  struct response *response, int status,
                                  const struct participant *participant,
                                  struct error *err);

/* {"done": true}, or false: it waits for the second person. */
MUST_USE bool respond_done(const struct request *request, struct response *response,
                           bool is_done, struct error *err);
/* For request_act: {"done": true} when it is on disk, and there is no more to tell. */
MUST_USE bool respond_act_done(struct request *request, struct response *response,
                               struct error *err);

/* The act of a verb's struct for this request. */
#define request_act_of(request, decide)                                                \
    act_of((request)->study, (request)->caller, (request)->arena, (decide))

#endif
