#include "cli/user_command.h"

#include "base/limits.h"
#include "cli/commands.h"
#include "web/api_write.h"

enum { USER_JSON = 64 * 1024, GRANTS_AT_MOST = 64 };

bool user_of_command(struct command_context *context, const struct caller *caller,
                     struct user **out, struct error *err)
{
    return users_find(context->study, caller, command_place(context, 0), context->arena,
                      out, err);
}

static bool acts_at_a_site(enum role role)
{
    for (int i = 0; i < PERMISSION_COUNT; i++)
        if (permission_scope((enum permission)i, role) == PERMISSION_SCOPE_OWN_SITE)
            return true;
    return false;
}

static bool unknown_role(struct text code, struct error *err)
{
    error_set(err, ERROR_USAGE, "there is no role %.*s", TEXT_ARG(code));
    return error_hint(err, "the roles: PI INV OPR RN CRC LAB IMG ADJ SAF DM MON STAT "
                           "REG EC ADM PAT");
}

static bool grant_of_word(struct text word, struct text default_site,
                          const struct design *design, struct grant *out,
                          struct error *err)
{
    struct text site = word;
    struct text code = text_cut(&site, ':');
    if (!role_parse(code, &out->role))
        return unknown_role(code, err);
    if (text_is_absent(site) && acts_at_a_site(out->role)) {
        site = default_site;
        if (text_is_absent(site) && design->site_count == 1)
            site = design->sites[0].code;
        if (text_is_absent(site))
            return error_set(err, ERROR_USAGE, "role %.*s needs a site: --site SITE",
                             TEXT_ARG(code));
    }
    out->site = site;
    return true;
}

bool grants_of_command(struct command_context *context, const struct design *design,
                       const struct grant **grants, size_t *count, struct error *err)
{
    struct grant *out = ARENA_ARRAY(context->arena, struct grant, GRANTS_AT_MOST);
    *count = 0;
    size_t next = 0;
    struct text word;
    while (arguments_next(context->arguments, "--role", &next, &word)) {
        if (*count == GRANTS_AT_MOST)
            return error_set(err, ERROR_USAGE, "more than %d roles", GRANTS_AT_MOST);
        if (!grant_of_word(word, command_option(context, "--site"), design,
                           &out[*count], err))
            return false;
        ++*count;
    }
    *grants = out;
    return *count > 0 ||
           error_set(err, ERROR_USAGE, "a user needs a role: --role ROLE");
}

/* The link is used up here, and the session that comes with it is ended: only the
 * password stays. */
static bool set_password(struct command_context *context, const struct user *user,
                         const char *link, struct error *err)
{
    struct text password;
    const char *prompt =
        text_format(context->arena, "password of %.*s", TEXT_ARG(user->name)).at;
    if (!secret_ask(context->secrets, prompt, context->arena, &password, err))
        return false;
    struct link_sign_in verb = {
        .act = act_of(context->study, NULL, context->arena, link_finish),
        .token = text_of(link),
        .password = password,
        .device = TEXT("command line"),
        .language = TEXT("en"),
    };
    if (!link_begin(&verb, err))
        return false;
    link_hash(&verb);
    if (!act_run(&verb.act, err))
        return false;
    struct caller caller = {0};
    if (!session_find(context->study, text_of(verb.signed_in.token), context->arena,
                      &caller, err))
        return false;
    caller.device = TEXT("command line");
    struct sign_out leave = {
        .act = act_of(context->study, &caller, context->arena, sign_out)};
    return act_run(&leave.act, err);
}

static bool tell_link(struct command_context *context, const struct user *user,
                      const char *link, struct error *err)
{
    const char *address =
        context->address == NULL ? COMMAND_DEFAULT_ADDRESS : context->address;
    if (!context->is_json) {
        stream_format(context->out, "%s/#/link/%s\n", address, link);
        stream_format(context->err,
                      "This link lets %.*s choose a password. It works once, for 72 "
                      "hours, and is shown only now.\n",
                      TEXT_ARG(user->name));
        return true;
    }
    struct buffer buffer = buffer_in(context->arena, USER_JSON);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_key(&json, "user");
    write_user(&json, user);
    json_member_text(&json, "link",
                     text_format(context->arena, "%s/#/link/%s", address, link));
    json_end(&json);
    return command_json(context, &buffer, err);
}

bool user_hand_over(struct command_context *context, const struct user *user,
                    const char *link, struct error *err)
{
    if (!command_has(context, "--password-file"))
        return tell_link(context, user, link, err);
    if (!set_password(context, user, link, err)) {
        error_in(err, "user %.*s exists, but the password was not set",
                 TEXT_ARG(user->name));
        if (err->hint[0] == '\0')
            error_hint(err, "osteon user DIR reset %.*s gives a new link",
                       TEXT_ARG(user->name));
        return false;
    }
    return user_tell(context, user, "can sign in", err);
}

bool user_tell(struct command_context *context, const struct user *user,
               const char *done, struct error *err)
{
    if (!context->is_json) {
        stream_format(context->out, "user %.*s %s\n", TEXT_ARG(user->name), done);
        return true;
    }
    struct buffer buffer = buffer_in(context->arena, USER_JSON);
    struct json_writer json = json_to(&buffer);
    write_user(&json, user);
    return command_json(context, &buffer, err);
}
