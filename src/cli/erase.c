/* osteon erase DIR PARTICIPANT: two people destroy a participant's key. */
#include "actions/participants.h"
#include "cli/commands.h"
#include "cli/person.h"

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
    struct text device = TEXT("osteon erase");
    struct caller caller = caller_operator(device);
    struct participant *participant;
    struct participant_erase verb = {
        .act = act_of(context->study, &caller, context->arena, participant_erase),
        .reason = reason,
    };
    if (!participants_numbered(context->study, &caller, command_place(context, 0),
                               context->arena, &participant, err) ||
        !person_prove(context, first, device, &verb.first_person, err) ||
        !person_prove(context, second, device, &verb.second_person, err))
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
