#ifndef OSTEON_LISTEN_LISTENER_H
#define OSTEON_LISTEN_LISTENER_H
/* Listens for HL7 v2 messages over MLLP: one thread for all connections, plain or in TLS,
 * with or without certificates of the senders. A message is answered when it is on disk,
 * those of a connection in the order in which they came.
 *
 * Everything is bounded: connections, messages under way, the time that a message or a
 * handshake may take. When all connections are taken, the one that has been silent longest,
 * for a minute at least, makes way.
 */
#include "actions/study.h"
#include "system/wire.h"

struct listener;

struct listener_options {
    struct study *study;
    const char *listen;                 /* "127.0.0.1:2575"; port 0 takes a free one */
    const struct wire_secrets *secrets; /* NULL: plain */
};

/* Lives in `process`. ERROR_USAGE, ERROR_BUSY as of tcp_listen. */
MUST_USE bool listener_start(const struct listener_options *options,
                             struct arena *process, struct listener **out,
                             struct error *err);
/* Messages under way are answered first; the study is still open then. */
void listener_stop(struct listener *listener);
/* "127.0.0.1:2575" */
struct text listener_address(const struct listener *listener);

#endif
