#ifndef OSTEON_CLI_PERSON_H
#define OSTEON_CLI_PERSON_H
/* Who acts through a command where the operator may not: a user who proves it with the
 * password, and the one-time code where one is set. No session begins; the log has the
 * proof. */
#include "actions/caller.h"
#include "cli/command.h"

/* `device` stands in the log: "osteon erase". ERROR_SIGN_IN names the person. */
MUST_USE bool person_prove(struct command_context *context, struct text name,
                           struct text device, int64_t *person, struct error *err);

/* The same, and what the person may. */
MUST_USE bool person_as_caller(struct command_context *context, struct text name,
                               struct text device, struct caller *out,
                               struct error *err);

#endif
