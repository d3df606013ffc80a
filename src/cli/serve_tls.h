#ifndef OSTEON_CLI_SERVE_TLS_H
#define OSTEON_CLI_SERVE_TLS_H
/* The options --tls and --trust of `serve`. */
#include "cli/command.h"
#include "web/server.h"

#define SERVE_TRUST_PORT "8181"

struct serve_tls;

/* Are they ones that there are? ERROR_USAGE; before anything is opened. */
MUST_USE bool serve_tls_options(struct command_context *context, struct error *err);

/* Reads or makes what --tls names, and puts it into `options`; `options->study` is open. */
MUST_USE bool serve_tls_open(struct command_context *context,
                             struct server_options *options, struct serve_tls **out,
                             struct error *err);
/* With --tls auto: begins renewal and the plain page of trust, and says on standard error
 * where it is and what the fingerprint is. */
MUST_USE bool serve_tls_begin(struct serve_tls *tls, struct server *server,
                              struct error *err);
void serve_tls_end(struct serve_tls *tls);

#endif
