/* osteon user DIR disable | enable | reset | link | roles: what happens to a user who
 * exists. */
#include "cli/commands.h"
#include "cli/user_command.h"

/* Runs one of the verbs that need nothing but the user. */
static bool run_on_user(struct command_context *context, const struct caller *caller,
                        bool (*decide)(struct act *, struct txn *, struct error *),
                        struct user_act *verb, struct error *err)
{
    struct user *user;
    if (!user_of_command(context, caller, &user, err))
        return false;
    *verb = (struct user_act){
        .act = act_of(context->study, caller, context->arena, decide),
        .user = user->id,
        .reason = command_option(context, "--reason"),
    };
    return act_run(&verb->act, err);
}

bool command_user_disable(struct command_context *context, struct error *err)
{
    struct caller caller = caller_operator(TEXT("osteon user disable"));
    struct user_act verb;
    if (text_is_absent(command_option(context, "--reason")))
        return error_set(err, ERROR_USAGE, "say why: --reason TEXT");
    return run_on_user(context, &caller, user_disable, &verb, err) &&
           user_tell(context, verb.changed, "is disabled and signed out", err);
}

bool command_user_enable(struct command_context *context, struct error *err)
{
    struct caller caller = caller_operator(TEXT("osteon user enable"));
    struct user_act verb;
    return run_on_user(context, &caller, user_enable, &verb, err) &&
           user_tell(context, verb.changed, "is enabled", err);
}

bool command_user_reset(struct command_context *context, struct error *err)
{
    struct caller caller = caller_operator(TEXT("osteon user reset"));
    struct user_act verb;
    return run_on_user(context, &caller, user_reset, &verb, err) &&
           user_hand_over(context, verb.changed, verb.link, err);
}

bool command_user_link(struct command_context *context, struct error *err)
{
    struct caller caller = caller_operator(TEXT("osteon user link"));
    struct user *user;
    if (!user_of_command(context, &caller, &user, err))
        return false;
    if (user->has_password) {
        error_set(err, ERROR_REFUSED, "%.*s already has a password",
                  TEXT_ARG(user->name));
        return error_hint(err, "osteon user DIR reset %.*s voids it and gives a link",
                          TEXT_ARG(user->name));
    }
    struct user_act verb;
    return run_on_user(context, &caller, user_reset, &verb, err) &&
           user_hand_over(context, verb.changed, verb.link, err);
}

bool command_user_roles(struct command_context *context, struct error *err)
{
    struct caller caller = caller_operator(TEXT("osteon user roles"));
    struct user *user;
    if (!user_of_command(context, &caller, &user, err))
        return false;
    struct user_set_roles verb = {
        .act = act_of(context->study, &caller, context->arena, user_set_roles),
        .user = user->id,
    };
    return grants_of_command(context, study_design(context->study), &verb.grants,
                             &verb.grant_count, err) &&
           act_run(&verb.act, err) &&
           user_tell(context, verb.changed, "has other roles", err);
}
