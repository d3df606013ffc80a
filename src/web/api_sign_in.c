/* Signing in with a password or a one-time link, and signing out. The password is hashed
 * on a thread of its own, between two steps. */
#include "actions/delegation.h"
#include "actions/sign_in.h"

#include "base/limits.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_sign_in.h"
#include "web/api_write.h"

void response_retry_after(const struct request *request, struct response *response,
                          int64_t seconds)
{
    if (seconds > 0)
        response_header(response, "Retry-After",
                        text_format(request->arena, "%lld", (long long)seconds));
}

/* `token` absent: the cookie carries it. */
static bool respond_user(const struct request *request, struct response *response,
                         const struct user *user, struct text csrf, struct text token,
                         struct error *err)
{
    struct caller caller = {.user = user->id,
                            .grants = user->grants,
                            .grant_count = user->grant_count,
                            .language = request_language(request)};
    struct permission_held *held;
    size_t count;
    if (!delegation_apply(request->study, request->arena, &caller, err))
        return false;
    account_permissions(&caller, request->arena, &held, &count);
    int64_t expires = 0;
    if (!password_own_expiry(request->study, user->id, request->arena, &expires, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_key(&json, "user");
    write_me(&json, user, &caller, held, count, expires);
    if (text_is_absent(token))
        json_member_text(&json, "csrf", csrf);
    else
        json_member_text(&json, "token", token);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

bool respond_me(const struct request *request, struct response *response,
                const struct user *user, struct text csrf, struct error *err)
{
    return respond_user(request, response, user, csrf, (struct text){0}, err);
}

static bool respond_signed_in(struct request *request, struct response *response,
                              const struct signed_in *signed_in, struct error *err)
{
    response_session_cookie(request, response,
                            text_copy(request->arena, text_of(signed_in->token)));
    return respond_me(request, response, signed_in->user, text_of(signed_in->csrf),
                      err);
}

static void write_needs_totp(struct json_writer *json, const void *data)
{
    (void)data;
    json_member_text(json, "needs", TEXT("totp"));
}

static void write_needs_new_password(struct json_writer *json, const void *data)
{
    (void)data;
    json_member_bool(json, "expired", true);
}

static void write_needs_both(struct json_writer *json, const void *data)
{
    write_needs_totp(json, data);
    write_needs_new_password(json, data);
}

struct login {
    struct sign_in verb; /* its act is the first member of all */
    bool is_bearer;      /* a program's: the token in the reply, and no cookie */
};

static bool login_finished(struct request *request, struct response *response,
                           struct error *err)
{
    struct login *login = request->work;
    struct sign_in *verb = &login->verb;
    bool is_done = request_outcome(request, err);
    if (is_done && login->is_bearer)
        return respond_user(request, response, verb->signed_in.user, (struct text){0},
                            text_copy(request->arena, text_of(verb->signed_in.token)),
                            err);
    if (is_done)
        return respond_signed_in(request, response, &verb->signed_in, err);
    if (verb->needs_totp && verb->needs_new_password)
        response->problem_members = write_needs_both;
    else if (verb->needs_new_password)
        response->problem_members = write_needs_new_password;
    else if (verb->needs_totp)
        response->problem_members = write_needs_totp;
    response_retry_after(request, response, verb->retry_after);
    return false;
}

static bool login_hashed(struct request *request, struct response *response,
                         struct error *err)
{
    (void)response;
    struct sign_in *verb = request->work;
    return request_outcome(request, err) &&
           request_act(request, &verb->act, login_finished);
}

static void hash_sign_in(void *work)
{
    sign_in_hash(work);
}

bool handle_login(struct request *request, struct response *response, struct error *err)
{
    struct login *login = ARENA_NEW(request->arena, struct login);
    struct sign_in *verb = &login->verb;
    verb->act = act_of(request->study, NULL, request->arena, sign_in_finish);
    verb->client = request->client;
    verb->device = request_device(request);
    verb->language = request_language(request);
    struct json_fields in;
    if (!request_json(request, &in, err))
        return false;
    verb->name = json_field_text(&in, "name", LIMIT_NAME);
    verb->password = json_field_text(&in, "password", LIMIT_PASSWORD);
    verb->totp = json_field_optional_text(&in, "totp", 16);
    verb->new_password = json_field_optional_text(&in, "new", LIMIT_PASSWORD);
    login->is_bearer = json_field_optional_bool(&in, "bearer", false);
    if (!json_fields_done(&in))
        return false;
    if (!sign_in_begin(verb, err)) {
        response_retry_after(request, response, verb->retry_after);
        return false;
    }
    return request_hash(request, hash_sign_in, verb, login_hashed);
}

/* -- one-time links ----------------------------------------------------------------- */

bool handle_link_read(struct request *request, struct response *response,
                      struct error *err)
{
    struct user *user;
    if (!link_read(request->study, request->places[0], request->arena, &user, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_text(&json, "name", user->name);
    json_member_text(&json, "full_name", user->full_name);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

static bool link_finished(struct request *request, struct response *response,
                          struct error *err)
{
    struct link_sign_in *verb = request->work;
    return request_outcome(request, err) &&
           respond_signed_in(request, response, &verb->signed_in, err);
}

static bool link_hashed(struct request *request, struct response *response,
                        struct error *err)
{
    (void)response;
    struct link_sign_in *verb = request->work;
    return request_outcome(request, err) &&
           request_act(request, &verb->act, link_finished);
}

static void hash_link(void *work)
{
    link_hash(work);
}

bool handle_link_use(struct request *request, struct response *response,
                     struct error *err)
{
    (void)response;
    struct link_sign_in *verb = ARENA_NEW(request->arena, struct link_sign_in);
    verb->act = act_of(request->study, NULL, request->arena, link_finish);
    verb->client = request->client;
    verb->device = request_device(request);
    verb->language = request_language(request);
    struct json_fields in;
    if (!request_json(request, &in, err))
        return false;
    verb->token = json_field_text(&in, "token", LIMIT_NAME);
    verb->password = json_field_text(&in, "password", LIMIT_PASSWORD);
    return json_fields_done(&in) && link_begin(verb, err) &&
           request_hash(request, hash_link, verb, link_hashed);
}

/* -- out ---------------------------------------------------------------------------- */

static bool logged_out(struct request *request, struct response *response,
                       struct error *err)
{
    if (!request_outcome(request, err))
        return false;
    response_session_cookie(request, response, (struct text){0});
    return response_empty(response);
}

bool handle_logout(struct request *request, struct response *response,
                   struct error *err)
{
    (void)response;
    struct sign_out *verb = ARENA_NEW(request->arena, struct sign_out);
    verb->act = request_act_of(request, sign_out);
    return request_says_nothing(request, err) &&
           request_act(request, &verb->act, logged_out);
}
