#ifndef OSTEON_WEB_IDENTITY_H
#define OSTEON_WEB_IDENTITY_H
/* The certificate that the server shows in a TLS handshake. It can be exchanged while the
 * server runs: handshakes under way keep the one they began with, open connections need
 * none any more, and each new one gets the new. */
#include "base/arena.h"
#include "base/error.h"

struct identity;
struct identity *identity_new(struct arena *process);

/* PEM: the certificate with what leads up to its authority, and its key. ERROR_REFUSED: it
 * is not PEM, or the key is another's; the one before stays. */
MUST_USE bool identity_set(struct identity *identity, struct text certificate,
                           struct text key, struct error *err);

/* For one handshake, in GnuTLS's terms: copies, which it frees. */
struct gnutls_pcert_st;
struct gnutls_privkey_st;
MUST_USE bool identity_copy(struct identity *identity, struct gnutls_pcert_st **chain,
                            unsigned *count, struct gnutls_privkey_st **key);

#endif
