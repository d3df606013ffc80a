#ifndef OSTEON_CLI_SERVE_HL7_H
#define OSTEON_CLI_SERVE_HL7_H
/* The options --hl7 and --hl7-tls of `serve`: who listens for feeds, and who files what
 * came. */
#include "actions/study.h"
#include "cli/command.h"

struct serve_hl7;

/* ERROR_USAGE; before anything is opened. */
MUST_USE bool serve_hl7_options(struct command_context *context, struct error *err);
/* Begins to file what waits and, with --hl7, to listen; says on standard error where. */
MUST_USE bool serve_hl7_begin(struct command_context *context, struct study *study,
                              struct serve_hl7 **out, struct error *err);
void serve_hl7_end(struct serve_hl7 *hl7);

#endif
