#ifndef OSTEON_SYSTEM_WIRE_H
#define OSTEON_SYSTEM_WIRE_H
/* One accepted TCP connection as a stream of bytes that never blocks, plain or in TLS
 * (GnuTLS, 1.2 and 1.3), with the other end's certificate where one was asked for.
 *
 *     wire_accept(socket, secrets, &wire)    …  poll wire_socket(wire) for wire_events(wire)
 *     switch (wire_read(wire, bytes, sizeof bytes, &len)) …
 *     wire_close(wire)
 */
#include "base/arena.h"
#include "base/error.h"
#include "system/crypto.h"
#include "system/tcp_socket.h"

/* The certificate that is shown, and the authority of those that the others must show. */
struct wire_secrets;
/* PEM. `authority` absent: no certificate is asked for. Lives in `process`. ERROR_REFUSED:
 * it is not PEM, or the key is another's. */
MUST_USE bool wire_secrets_read(struct text certificate, struct text key,
                                struct text authority, struct arena *process,
                                struct wire_secrets **out, struct error *err);

struct wire;
enum { WIRE_DIGEST_TEXT = 2 * HASH_SIZE };

/* The next connection that waits on a listening socket; `secrets` NULL: plain. NULL: none
 * waits, or the system has no room for it. */
struct wire *wire_accept(int listening, const struct wire_secrets *secrets);
void wire_close(struct wire *wire);

int wire_socket(const struct wire *wire);
/* The other end's address without its port. */
const char *wire_host(const struct wire *wire);
/* SHA-256 of its certificate in hex; absent: it showed none. */
struct text wire_digest(const struct wire *wire);
/* The handshake is over; of a plain one always. */
bool wire_is_open(const struct wire *wire);
/* Bytes lie in memory that poll does not know of. */
bool wire_has_more(const struct wire *wire);

enum wire_state { WIRE_DONE, WIRE_WAIT, WIRE_ENDED };
/* What poll has to wait for before the handshake goes on: POLLIN or POLLOUT. */
short wire_handshake_events(const struct wire *wire);
/* A step of the handshake. WIRE_ENDED: it failed. */
enum wire_state wire_handshake(struct wire *wire);
/* WIRE_DONE: `*len` bytes, at least one. WIRE_ENDED: nothing follows. */
enum wire_state wire_read(struct wire *wire, void *out, size_t size, size_t *len);
enum wire_state wire_write(struct wire *wire, const void *bytes, size_t size,
                           size_t *len);

#endif
