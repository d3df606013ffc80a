/* osteon restore FILE NEW-DIR: a new folder from a back-up. */
#include "actions/caller.h"
#include "cli/commands.h"
#include "store/backup.h"

bool command_restore(struct command_context *context, struct error *err)
{
    struct caller caller = caller_operator(TEXT("osteon restore"));
    struct origin origin = caller_origin(&caller);
    struct text folder = arguments_place(context->arguments, 1);
    const char *file = command_path(context, arguments_place(context->arguments, 0));
    struct store_options options = {.folder = command_path(context, folder)};
    if (!store_restore(file, &options, &origin, err))
        return false;
    stream_format(context->out, "%.*s\n", TEXT_ARG(folder));
    stream_format(context->err,
                  "Nobody is signed in. Look at it with osteon verify %.*s, with "
                  "--checkpoint FILE where you have one.\n",
                  TEXT_ARG(folder));
    return true;
}
