/* osteon user DIR add NAME: a new user, and the link for the first sign-in. */
#include "actions/identity.h"
#include "base/datetime.h"
#include "cli/commands.h"
#include "cli/user_command.h"

/* The person was seen, and has certified the electronic signature, today. */
static bool verify_identity(struct command_context *context, struct caller *caller,
                            const struct user *user, struct error *err)
{
    char today[MOMENT_TEXT_SIZE];
    instant_print(study_now(context->study), today);
    struct identity_verify verb = {
        .act = act_of(context->study, caller, context->arena, identity_verify),
        .user = user->id,
        .how = command_option(context, "--identity"),
        .certified_on = text_part(text_of(today), 0, sizeof "2026-11-22" - 1)};
    return text_is_absent(verb.how) || act_run(&verb.act, err);
}

bool command_user_add(struct command_context *context, struct error *err)
{
    struct caller caller = caller_operator(TEXT("osteon user add"));
    struct user_add verb = {
        .act = act_of(context->study, &caller, context->arena, user_add),
        .name = command_place(context, 0),
        .full_name = command_option(context, "--full-name"),
    };
    if (text_is_absent(verb.full_name))
        verb.full_name = verb.name;
    return grants_of_command(context, study_design(context->study), &verb.grants,
                             &verb.grant_count, err) &&
           act_run(&verb.act, err) &&
           verify_identity(context, &caller, verb.user, err) &&
           user_hand_over(context, verb.user, verb.link, err);
}
