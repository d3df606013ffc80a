#ifndef OSTEON_CLI_COMMANDS_H
#define OSTEON_CLI_COMMANDS_H
/* The table of sub-commands; `osteon help` is printed from it. To add one: write
 * cli/<name>.c, declare its function below, add a row in commands.c. */
#include "cli/command.h"

extern const struct command commands[];
extern const size_t command_count;

/* Finds the row for these words (without the program's name) and sorts them. A name that
 * stands in several rows is told apart by its verb, the word behind the folder.
 * ERROR_USAGE with the nearest name as a hint. */
MUST_USE bool command_choose(const struct text *words, size_t count,
                             struct arena *arena, const struct command **command,
                             struct arguments *arguments, struct error *err);

/* "osteon user DIR add NAME --role ROLE" */
void command_usage(const struct command *command, struct stream *stream);

/* That, what it does, its options and its details. */
void command_describe(const struct command *command, struct stream *stream);

bool command_help(struct command_context *context, struct error *err);
bool command_version(struct command_context *context, struct error *err);

#endif
