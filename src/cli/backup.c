/* osteon backup DIR FILE: a copy of the folder in one file, also while it is served. */
#include "actions/safekeeping.h"
#include "cli/commands.h"

bool command_backup(struct command_context *context, struct error *err)
{
    struct caller caller = caller_operator(TEXT("osteon backup"));
    const char *path = command_path(context, command_place(context, 0));
    if (!backup_make(context->study, &caller, path, err))
        return false;
    stream_format(context->out, "%s\n", path);
    stream_text(context->err, TEXT("The key is not in this file. A restored folder "
                                   "needs the key of this folder.\n"));
    return true;
}
