#ifndef OSTEON_CLI_USER_COMMAND_H
#define OSTEON_CLI_USER_COMMAND_H
/* What the commands about users share. The caller is the operator: whoever owns the
 * folder and its key acts as administrator (actions/caller.h). */
#include "actions/study.h"
#include "actions/users.h"
#include "cli/command.h"

/* The user named by the first place behind the verb. */
MUST_USE bool user_of_command(struct command_context *context,
                              const struct caller *caller, struct user **out,
                              struct error *err);

/* The roles of --role and --site. A role may name its site, "RN:02"; else --site counts,
 * else the design's only site. A role that acts at no site of its own gets none. */
MUST_USE bool grants_of_command(struct command_context *context,
                                const struct design *design,
                                const struct grant **grants, size_t *count,
                                struct error *err);

/* Tells the one-time link, or with --password-file uses it at once to set the password. */
MUST_USE bool user_hand_over(struct command_context *context, const struct user *user,
                             const char *link, struct error *err);

/* After disable, enable, …: "user anna disabled", or the user as JSON. */
MUST_USE bool user_tell(struct command_context *context, const struct user *user,
                        const char *done, struct error *err);

#endif
