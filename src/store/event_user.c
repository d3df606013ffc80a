/* Users, their credentials, links and sign-ins. */
#include "store/event.h"
#include "store/project.h"

static void user_changed_encode(struct buffer *out, const void *content)
{
    const struct user_changed *c = content;
    bytes_put_signed(out, c->user);
    bytes_put_optional_text(out, c->name);
    bytes_put_optional_text(out, c->full_name);
    bytes_put_unsigned(out, c->grant_count);
    for (size_t i = 0; i < c->grant_count; i++) {
        bytes_put_text(out, role_code(c->grants[i].role));
        bytes_put_optional_text(out, c->grants[i].site);
    }
}

static const void *user_changed_decode(struct bytes_reader *in,
                                       const struct log_row *event, struct arena *arena)
{
    (void)event;
    struct user_changed *c = ARENA_NEW(arena, struct user_changed);
    c->user = bytes_get_signed(in);
    c->name = bytes_get_optional_text(in);
    c->full_name = bytes_get_optional_text(in);
    struct grant *grants = event_get_array(in, arena, sizeof *grants, &c->grant_count);
    for (size_t i = 0; i < c->grant_count; i++) {
        if (!role_parse(bytes_get_text(in), &grants[i].role))
            in->is_bad = true;
        grants[i].site = bytes_get_optional_text(in);
    }
    c->grants = grants;
    return c;
}

static void user_named_encode(struct buffer *out, const void *content)
{
    const struct user_named *c = content;
    bytes_put_signed(out, c->user);
    bytes_put_optional_text(out, c->reason);
}

static const void *user_named_decode(struct bytes_reader *in,
                                     const struct log_row *event, struct arena *arena)
{
    (void)event;
    struct user_named *c = ARENA_NEW(arena, struct user_named);
    c->user = bytes_get_signed(in);
    c->reason = bytes_get_optional_text(in);
    return c;
}

static void credential_set_encode(struct buffer *out, const void *content)
{
    const struct credential_set *c = content;
    bytes_put_signed(out, c->user);
    bytes_put_text(out, c->secret);
}

static const void *credential_set_decode(struct bytes_reader *in,
                                         const struct log_row *event,
                                         struct arena *arena)
{
    (void)event;
    struct credential_set *c = ARENA_NEW(arena, struct credential_set);
    c->user = bytes_get_signed(in);
    c->secret = bytes_get_text(in);
    return c;
}

static void link_encode(struct buffer *out, const void *content)
{
    const struct link_event *c = content;
    bytes_put_signed(out, c->user);
    buffer_bytes(out, c->token.bytes, HASH_SIZE);
    bytes_put_signed(out, c->expires);
}

static const void *link_decode(struct bytes_reader *in, const struct log_row *event,
                               struct arena *arena)
{
    (void)event;
    struct link_event *c = ARENA_NEW(arena, struct link_event);
    c->user = bytes_get_signed(in);
    event_get_fixed(in, c->token.bytes, HASH_SIZE);
    c->expires = bytes_get_signed(in);
    return c;
}

static void sign_in_encode(struct buffer *out, const void *content)
{
    const struct sign_in_event *c = content;
    bytes_put_signed(out, c->user);
    bytes_put_optional_text(out, c->name);
    bytes_put_optional_text(out, c->why);
    bytes_put_optional_text(out, c->client);
    bytes_put_signed(out, c->totp_step);
}

static const void *sign_in_decode(struct bytes_reader *in, const struct log_row *event,
                                  struct arena *arena)
{
    (void)event;
    struct sign_in_event *c = ARENA_NEW(arena, struct sign_in_event);
    c->user = bytes_get_signed(in);
    c->name = bytes_get_optional_text(in);
    c->why = bytes_get_optional_text(in);
    c->client = bytes_get_optional_text(in);
    c->totp_step = bytes_get_signed(in);
    return c;
}

// clang-format off
const struct event_kind events_user[] = {
    {LOG_EVENT_USER_ADDED,     1, user_changed_encode,   user_changed_decode,   project_user_added},
    {LOG_EVENT_USER_ROLES_SET, 1, user_changed_encode,   user_changed_decode,   project_user_roles},
    {LOG_EVENT_USER_DISABLED,  1, user_named_encode,     user_named_decode,     project_user_disabled},
    {LOG_EVENT_USER_ENABLED,   1, user_named_encode,     user_named_decode,     project_user_enabled},
    {LOG_EVENT_CREDENTIAL_SET, 1, credential_set_encode, credential_set_decode, project_password},
    {LOG_EVENT_TOTP_SET,       1, credential_set_encode, credential_set_decode, project_totp},
    {LOG_EVENT_TOTP_REMOVED,   1, user_named_encode,     user_named_decode,     project_totp_removed},
    {LOG_EVENT_LINK_ISSUED,    1, link_encode,           link_decode,           project_link_issued},
    {LOG_EVENT_LINK_USED,      1, link_encode,           link_decode,           project_link_used},
    {LOG_EVENT_SIGNED_IN,      1, sign_in_encode,        sign_in_decode,        project_signed_in},
    {LOG_EVENT_SIGN_IN_FAILED, 1, sign_in_encode,        sign_in_decode,        project_sign_in_failed},
    {LOG_EVENT_SIGNED_OUT,     1, sign_in_encode,        sign_in_decode,        project_signed_out},
    {LOG_EVENT_ACCESS_REFUSED, 1, sign_in_encode,        sign_in_decode,        event_ignore},
};
// clang-format on
const size_t events_user_count = ARRAY_COUNT(events_user);
