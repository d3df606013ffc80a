/* osteon erase DIR PARTICIPANT: two people destroy a participant's key. */
#include "actions/participants.h"
#include "actions/sign_in.h"
#include "cli/commands.h"

/* Proves who a person is, without a session: password, and code where one is set. */
static bool prove_person(struct command_context *context, struct text name,
                         int64_t *person, struct error *err)
{
    struct arena *arena = context->arena;
    struct sign_in verb = {
        .act = act_of(context->study, NULL, arena, sign_in_finish),
        .name = name,
        .device = TEXT("osteon erase"),
        .language = TEXT("en"),
        .without_session = true,
    };
    const char *prompt = text_format(arena, "password of %.*s", TEXT_ARG(name)).at;
    if (!secret_ask(context->secrets, prompt, arena, &verb.password, err))
        return false;
    bool is_proven = sign_in_run(&verb, err);
    if (!is_proven && verb.needs_totp) {
        prompt = text_format(arena, "one-time code of %.*s", TEXT_ARG(name)).at;
        if (!secret_ask(context->secrets, prompt, arena, &verb.totp, err))
            return false;
        verb.act = act_of(context->study, NULL, arena, sign_in_finish);
        is_proven = sign_in_run(&verb, err);
    }
    *person = verb.person;
    return is_proven || error_in(err, "%.*s", TEXT_ARG(name));
}

bool command_erase(struct command_context *context, struct error *err)
{
    struct text first = command_option(context, "--first");
    struct text second = command_option(context, "--second");
    struct text reason = command_option(context, "--reason");
    if (first.len == 0 || second.len == 0)
        return error_set(err, ERROR_USAGE,
                         "two people erase together: --first USER --second USER");
    if (text_equal(first, second))
        return error_set(err, ERROR_USAGE, "the two must be different people");
    if (reason.len == 0)
        return error_set(err, ERROR_USAGE, "say why: --reason TEXT");
    struct caller caller = caller_operator(TEXT("osteon erase"));
    struct participant *participant;
    struct participant_erase verb = {
        .act = act_of(context->study, &caller, context->arena, participant_erase),
        .reason = reason,
    };
    if (!participants_numbered(context->study, &caller, command_place(context, 0),
                               context->arena, &participant, err) ||
        !prove_person(context, first, &verb.first_person, err) ||
        !prove_person(context, second, &verb.second_person, err))
        return false;
    verb.participant = participant->id;
    if (!act_run(&verb.act, err))
        return false;
    stream_format(context->out,
                  "%.*s is erased: the key is destroyed, and what was read from it is "
                  "gone from the folder.\n",
                  TEXT_ARG(command_place(context, 0)));
    stream_text(context->err, TEXT("Back-ups made before still hold the data and the "
                                   "key: destroy them too.\n"));
    return true;
}
