/* What people do with their own account. */
#include "actions/account.h"

#include "actions/lookup.h"
#include "base/limits.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_sign_in.h"
#include "web/api_write.h"

bool handle_me(struct request *request, struct response *response, struct error *err)
{
    struct user *user;
    char *csrf = arena_alloc(request->arena, TOKEN_TEXT);
    session_csrf(request->token, csrf);
    return lookup_self(request->study, request->caller, request->arena, &user, err) &&
           respond_me(request, response, user, text_of(csrf), err);
}

/* -- the password ------------------------------------------------------------------- */

static bool password_changed(struct request *request, struct response *response,
                             struct error *err)
{
    const struct password_change *verb = request->work;
    if (request_outcome(request, err))
        return response_empty(response);
    response_retry_after(request, response, verb->retry_after);
    return false;
}

static bool password_hashed(struct request *request, struct response *response,
                            struct error *err)
{
    (void)response;
    struct password_change *verb = request->work;
    return request_outcome(request, err) &&
           request_act(request, &verb->act, password_changed);
}

static void hash_password(void *work)
{
    password_change_hash(work);
}

bool handle_password(struct request *request, struct response *response,
                     struct error *err)
{
    struct password_change *verb = ARENA_NEW(request->arena, struct password_change);
    verb->act = request_act_of(request, password_change_finish);
    struct json_fields in;
    if (!request_json(request, &in, err))
        return false;
    verb->old_password = json_field_text(&in, "old", LIMIT_PASSWORD);
    verb->new_password = json_field_text(&in, "new", LIMIT_PASSWORD);
    if (!json_fields_done(&in))
        return false;
    if (!password_change_begin(verb, err)) {
        response_retry_after(request, response, verb->retry_after);
        return false;
    }
    return request_hash(request, hash_password, verb, password_hashed);
}

/* -- the second factor -------------------------------------------------------------- */

bool handle_totp_start(struct request *request, struct response *response,
                       struct error *err)
{
    struct text secret, uri;
    if (!request_says_nothing(request, err) ||
        !totp_start(request->study, request->caller, request->arena, &secret, &uri,
                    err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_text(&json, "secret", secret);
    json_member_text(&json, "uri", uri);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

static bool done(struct request *request, struct response *response, struct error *err)
{
    return request_outcome(request, err) && response_empty(response);
}

bool handle_totp_confirm(struct request *request, struct response *response,
                         struct error *err)
{
    (void)response;
    struct totp_confirm *verb = ARENA_NEW(request->arena, struct totp_confirm);
    verb->act = request_act_of(request, totp_confirm);
    struct json_fields in;
    if (!request_json(request, &in, err))
        return false;
    verb->code = json_field_text(&in, "code", 16);
    return json_fields_done(&in) && request_act(request, &verb->act, done);
}

static bool totp_removed(struct request *request, struct response *response,
                         struct error *err)
{
    const struct totp_remove *verb = request->work;
    if (request_outcome(request, err))
        return response_empty(response);
    response_retry_after(request, response, verb->retry_after);
    return false;
}

static bool totp_remove_hashed(struct request *request, struct response *response,
                               struct error *err)
{
    (void)response;
    struct totp_remove *verb = request->work;
    return request_outcome(request, err) &&
           request_act(request, &verb->act, totp_removed);
}

static void hash_totp_remove(void *work)
{
    totp_remove_hash(work);
}

bool handle_totp_remove(struct request *request, struct response *response,
                        struct error *err)
{
    struct totp_remove *verb = ARENA_NEW(request->arena, struct totp_remove);
    verb->act = request_act_of(request, totp_remove_finish);
    struct json_fields in;
    if (!request_json(request, &in, err))
        return false;
    verb->password = json_field_text(&in, "password", LIMIT_PASSWORD);
    if (!json_fields_done(&in))
        return false;
    if (!totp_remove_begin(verb, err)) {
        response_retry_after(request, response, verb->retry_after);
        return false;
    }
    return request_hash(request, hash_totp_remove, verb, totp_remove_hashed);
}

/* -- where the person is signed in -------------------------------------------------- */

bool handle_signed_in(struct request *request, struct response *response,
                      struct error *err)
{
    struct session_shown *sessions;
    size_t count;
    if (!session_list(request->study, request->caller, request->arena, &sessions,
                      &count, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_key(&json, "signed_in");
    json_array(&json);
    for (size_t i = 0; i < count; i++) {
        json_object(&json);
        json_member_text(&json, "device", sessions[i].device);
        json_member_text(&json, "client", sessions[i].client);
        json_member_instant(&json, "since", sessions[i].began);
        json_member_instant(&json, "last_seen", sessions[i].last_used);
        json_member_bool(&json, "current", sessions[i].is_this);
        json_end(&json);
    }
    json_end(&json);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

static bool others_signed_out(struct request *request, struct response *response,
                              struct error *err)
{
    const struct sign_out_others *verb = request->work;
    if (!request_outcome(request, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_integer(&json, "ended", verb->ended);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

bool handle_sign_out_others(struct request *request, struct response *response,
                            struct error *err)
{
    (void)response;
    struct sign_out_others *verb = ARENA_NEW(request->arena, struct sign_out_others);
    verb->act = request_act_of(request, sign_out_others);
    return request_says_nothing(request, err) &&
           request_act(request, &verb->act, others_signed_out);
}
