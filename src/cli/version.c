/* osteon version */
#include "base/version.h"

#include "cli/commands.h"

bool command_version(struct command_context *context, struct error *err)
{
    (void)err;
    stream_text(context->out, TEXT("osteon " OSTEON_VERSION "\n"));
    return true;
}
