/* osteon user DIR add NAME: a new user, and the link for the first sign-in. */
#include "cli/commands.h"
#include "cli/user_command.h"

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
           user_hand_over(context, verb.user, verb.link, err);
}
