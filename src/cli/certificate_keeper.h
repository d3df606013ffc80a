#ifndef OSTEON_CLI_CERTIFICATE_KEEPER_H
#define OSTEON_CLI_CERTIFICATE_KEEPER_H
/* A thread of `serve --tls auto`: looks every CERTIFICATE_LOOK_SECONDS whether the
 * certificate must be made anew (cli/own_certificate.h), and gives the new one to the
 * running server. */
#include "store/store.h"
#include "web/server.h"

enum { CERTIFICATE_LOOK_SECONDS = 10 };

struct certificate_keeper;
MUST_USE bool certificate_keeper_start(const struct store *store, struct server *server,
                                       struct arena *process,
                                       struct certificate_keeper **out,
                                       struct error *err);
void certificate_keeper_stop(struct certificate_keeper *keeper);

#endif
