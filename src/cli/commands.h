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

/* One a file, or one a verb. */
typedef bool command_function(struct command_context *context, struct error *err);
command_function command_help, command_version, command_init, command_serve,
    command_user_add, command_user_list, command_user_disable, command_user_enable,
    command_user_reset, command_user_link, command_user_roles, command_permissions,
    command_verify, command_checkpoint, command_backup, command_restore, command_erase,
    command_export_log, command_export_audit, command_export_csv, command_export_odm,
    command_export_odm1, command_study_check, command_study_diff, command_study_rules,
    command_study_explain, command_study_plan, command_study_publish, command_doctor,
    command_openapi, command_demo, command_demo_links, command_stats, command_import,
    command_compliance, command_analyse;

#endif
