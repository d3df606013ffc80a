#ifndef OSTEON_CLI_RUN_H
#define OSTEON_CLI_RUN_H
/* From the words of a command line to an exit status.
 *
 * A command that reads or writes a folder runs inside the server when one owns the
 * folder; otherwise the folder is opened here, locked when the command writes.
 */
#include "cli/command.h"

/* `context` brings arena, streams, secrets and working folder. Never fails otherwise
 * than by an exit status and a sentence on `context->err`. */
int command_line_run(const struct text *words, size_t count,
                     struct command_context *context);

/* The same inside a server that has `study` open; only commands on a folder. */
int command_line_run_served(const struct text *words, size_t count, struct study *study,
                            struct command_context *context);

#endif
