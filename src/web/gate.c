/* The gate of web/exchange.h: who asks, and may they? The one place where a route's
 * permission is checked; the verb checks again, exactly. */
#include "web/exchange.h"

#include "base/utf8.h"
#include "web/header.h"

/* What the caller's events will say of the device and the language. */
static void describe(const struct request *request, struct caller *caller)
{
    struct text device = request_header(request, "x-osteon-device");
    struct text language = request_header(request, "accept-language");
    bool is_named =
        device.len > 0 && device.len <= LIMIT_NAME && utf8_is_printable(device, NULL);
    caller->device = is_named ? device : TEXT("browser");
    caller->language = text_starts_with(language, TEXT("zh")) ? TEXT("zh") : TEXT("en");
    caller->client = request->client;
}

static bool sign_in(struct exchange *exchange, struct error *err)
{
    struct request *request = &exchange->request;
    const struct server_door *door = exchange->server->options.door;
    struct text token = header_bearer(request_header(request, "authorization"));
    bool is_cookie = text_is_absent(token);
    if (is_cookie)
        token =
            header_cookie(request_header(request, "cookie"), TEXT("osteon_session"));
    if (text_is_absent(token))
        return error_set(err, ERROR_SIGN_IN, "sign in first");
    struct caller *caller = ARENA_NEW(exchange->arena, struct caller);
    if (!door->find_caller(request->study, token, exchange->arena, caller, err)) {
        if (err->code == ERROR_SIGN_IN)
            door->refused_token(request->study, token, request->client);
        return false;
    }
    /* Another site can make a browser send our cookie, but it cannot read this value. */
    if (is_cookie && request->method != HTTP_GET) {
        struct text csrf = request_header(request, "x-osteon-csrf");
        if (text_is_absent(csrf) || !door->csrf_matches(token, csrf)) {
            error_set(err, ERROR_NOT_ALLOWED, "the header X-Osteon-CSRF is %s",
                      text_is_absent(csrf) ? "missing" : "not the one of this sign-in");
            return error_hint(err, "send the `csrf` that GET /api/me tells");
        }
    }
    describe(request, caller);
    request->caller = caller;
    request->token = token;
    return true;
}

static bool refuse_permission(struct exchange *exchange, int64_t participant,
                              struct error *err)
{
    const struct request *request = &exchange->request;
    return exchange->server->options.door->refused(request->study, request->caller,
                                                   participant, err);
}

static bool holds_anywhere(const struct caller *caller, enum permission permission)
{
    for (size_t i = 0; i < caller->grant_count; i++)
        if (caller_may(caller, permission, caller->grants[i].site, true))
            return true;
    return false;
}

/* At the site of the participant in the path, or as somebody it is assigned to. */
static bool check_participant(struct exchange *exchange, enum permission permission,
                              struct error *err)
{
    struct request *request = &exchange->request;
    struct participant *participant = NULL;
    int64_t id = 0;
    if (!request_place_id(request, 0, &id, err) ||
        !exchange->server->options.door->find_participant(
            request->study, id, exchange->arena, &participant, err))
        return false;
    /* Whoever holds the permission nowhere is not told which participants exist. */
    if (participant == NULL) {
        if (holds_anywhere(request->caller, permission))
            return error_set(err, ERROR_NOT_FOUND, "there is no participant %lld",
                             (long long)id);
    }
    struct text site = participant == NULL ? (struct text){0} : participant->site;
    bool is_assigned = caller_is_assigned(request->caller, id);
    return caller_must(request->caller, permission, site, is_assigned, err) ||
           refuse_permission(exchange, participant == NULL ? 0 : id, err);
}

static bool check_anywhere(struct exchange *exchange, enum permission permission,
                           struct error *err)
{
    const struct caller *caller = exchange->request.caller;
    return holds_anywhere(caller, permission) ||
           caller_must(caller, permission, (struct text){0}, true, err) ||
           refuse_permission(exchange, 0, err);
}

bool gate_check(struct exchange *exchange, struct error *err)
{
    const struct route *route = exchange->request.route;
    if (route->permission == ROUTE_PUBLIC)
        return true;
    if (!sign_in(exchange, err))
        return false;
    if (route->permission == ROUTE_SIGNED_IN)
        return true;
    enum permission permission = (enum permission)route->permission;
    switch (route->scope) {
    case ROUTE_ANYWHERE: return check_anywhere(exchange, permission, err);
    case ROUTE_OF_PARTICIPANT: return check_participant(exchange, permission, err);
    case ROUTE_EVERYWHERE:
        return caller_must(exchange->request.caller, permission, (struct text){0},
                           false, err) ||
               refuse_permission(exchange, 0, err);
    }
    return error_set(err, ERROR_FAILED, "a route has no scope");
}
