/* Users and their roles. */
#include "actions/identity.h"
#include "actions/users.h"

#include "base/limits.h"
#include "web/api.h"
#include "web/api_common.h"
#include "web/api_write.h"

enum { GRANTS_AT_MOST = 64 };

bool handle_users(struct request *request, struct response *response, struct error *err)
{
    struct user *users;
    size_t count;
    if (!users_read(request->study, request->caller, request->arena, &users, &count,
                    err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_key(&json, "users");
    json_array(&json);
    for (size_t i = 0; i < count; i++)
        write_user(&json, &users[i]);
    json_end(&json);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

/* roles: [{role, site?}, …]; the site of a role that is held for none is left out or "" */
static bool read_grants(struct json_fields *in, struct arena *arena,
                        const struct grant **out, size_t *count, struct error *err)
{
    const struct json_value *roles = json_field_array(in, "roles", GRANTS_AT_MOST);
    *count = 0;
    if (roles == NULL)
        return false;
    struct grant *grants = ARENA_ARRAY(arena, struct grant, roles->count);
    *out = grants;
    for (const struct json_value *at = roles->first; at != NULL; at = at->next) {
        struct grant *grant = &grants[(*count)++];
        struct json_fields each = json_fields_of(at, err);
        struct text code = json_field_text(&each, "role", LIMIT_OID);
        grant->site = json_field_optional_text(&each, "site", LIMIT_OID);
        if (grant->site.len == 0)
            grant->site = (struct text){0};
        if (!each.is_bad && !role_parse(code, &grant->role))
            json_field_refuse(&each, "role", "there is no role %.*s", TEXT_ARG(code));
        if (!json_fields_done(&each)) {
            in->is_bad = true;
            return false;
        }
    }
    return true;
}

static bool respond_user(const struct request *request, struct response *response,
                         int status, const struct user *user, const char *link,
                         struct error *err)
{
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_key(&json, "user");
    write_user(&json, user);
    if (link != NULL)
        json_member_text(&json, "link", text_of(link));
    json_end(&json);
    return response_json(response, status, &buffer, err);
}

static bool user_added(struct request *request, struct response *response,
                       struct error *err)
{
    const struct user_add *verb = request->work;
    return request_outcome(request, err) &&
           respond_user(request, response, 201, verb->user, verb->link, err);
}

bool handle_user_add(struct request *request, struct response *response,
                     struct error *err)
{
    (void)response;
    struct user_add *verb = ARENA_NEW(request->arena, struct user_add);
    verb->act = request_act_of(request, user_add);
    struct json_fields in;
    if (!request_json(request, &in, err))
        return false;
    verb->name = json_field_text(&in, "name", LIMIT_NAME);
    verb->full_name = json_field_text(&in, "full_name", LIMIT_NAME);
    return read_grants(&in, request->arena, &verb->grants, &verb->grant_count, err) &&
           json_fields_done(&in) && request_act(request, &verb->act, user_added);
}

static bool roles_set(struct request *request, struct response *response,
                      struct error *err)
{
    const struct user_set_roles *verb = request->work;
    return request_outcome(request, err) &&
           respond_user(request, response, 200, verb->changed, NULL, err);
}

bool handle_user_roles(struct request *request, struct response *response,
                       struct error *err)
{
    (void)response;
    struct user_set_roles *verb = ARENA_NEW(request->arena, struct user_set_roles);
    verb->act = request_act_of(request, user_set_roles);
    struct json_fields in;
    return request_place_id(request, 0, &verb->user, err) &&
           request_json(request, &in, err) &&
           read_grants(&in, request->arena, &verb->grants, &verb->grant_count, err) &&
           json_fields_done(&in) && request_act(request, &verb->act, roles_set);
}

static bool user_changed_step(struct request *request, struct response *response,
                              struct error *err)
{
    const struct user_act *verb = request->work;
    const char *link = verb->link[0] == '\0' ? NULL : verb->link;
    return request_outcome(request, err) &&
           respond_user(request, response, 200, verb->changed, link, err);
}

/* The verbs that need nothing but the user, and perhaps a reason. */
static bool run_on_user(struct request *request,
                        bool (*decide)(struct act *, struct txn *, struct error *),
                        struct error *err)
{
    struct user_act *verb = ARENA_NEW(request->arena, struct user_act);
    verb->act = request_act_of(request, decide);
    if (!request_place_id(request, 0, &verb->user, err))
        return false;
    if (request->body.len > 0) {
        struct json_fields in;
        if (!request_json(request, &in, err))
            return false;
        verb->reason = json_field_optional_text(&in, "reason", LIMIT_REASON);
        if (!json_fields_done(&in))
            return false;
    }
    return request_act(request, &verb->act, user_changed_step);
}

bool handle_user_disable(struct request *request, struct response *response,
                         struct error *err)
{
    (void)response;
    return run_on_user(request, user_disable, err);
}

bool handle_user_enable(struct request *request, struct response *response,
                        struct error *err)
{
    (void)response;
    return run_on_user(request, user_enable, err);
}

bool handle_user_reset(struct request *request, struct response *response,
                       struct error *err)
{
    (void)response;
    return run_on_user(request, user_reset, err);
}

bool handle_user_sign_out(struct request *request, struct response *response,
                          struct error *err)
{
    (void)response;
    return run_on_user(request, user_sign_out, err);
}

static bool everybody_signed_out(struct request *request, struct response *response,
                                 struct error *err)
{
    const struct users_sign_out *verb = request->work;
    if (!request_outcome(request, err))
        return false;
    struct buffer buffer = response_buffer(request);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_member_integer(&json, "users", (int64_t)verb->count);
    json_end(&json);
    return response_json(response, 200, &buffer, err);
}

bool handle_users_sign_out(struct request *request, struct response *response,
                           struct error *err)
{
    (void)response;
    struct users_sign_out *verb = ARENA_NEW(request->arena, struct users_sign_out);
    verb->act = request_act_of(request, users_sign_out);
    return request_says_nothing(request, err) &&
           request_act(request, &verb->act, everybody_signed_out);
}

/* -- who the person is (21 CFR 11.100(b)) ---------------------------------------------- */

static bool identity_verified(struct request *request, struct response *response,
                              struct error *err)
{
    return request_outcome(request, err) && handle_users(request, response, err);
}

bool handle_user_identity(struct request *request, struct response *response,
                          struct error *err)
{
    (void)response;
    struct identity_verify *verb = ARENA_NEW(request->arena, struct identity_verify);
    struct json_fields in;
    verb->act = request_act_of(request, identity_verify);
    if (!request_place_id(request, 0, &verb->user, err) ||
        !request_json(request, &in, err))
        return false;
    verb->how = json_field_text(&in, "how", LIMIT_REASON);
    verb->certified_on = json_field_text(&in, "certified_on", LIMIT_OID);
    return json_fields_done(&in) && request_act(request, &verb->act, identity_verified);
}
