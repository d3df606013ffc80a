/* osteon checkpoint DIR: the chain's head, signed; for a third party to keep. */
#include "actions/safekeeping.h"
#include "cli/commands.h"

bool command_checkpoint(struct command_context *context, struct error *err)
{
    struct caller caller = caller_operator(TEXT("osteon checkpoint"));
    struct text document;
    if (!checkpoint_make(context->study, &caller, context->arena, &document, err))
        return false;
    stream_text(context->out, document);
    if (document.len > 0 && document.at[document.len - 1] != '\n')
        stream_text(context->out, TEXT("\n"));
    return true;
}
