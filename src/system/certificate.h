#ifndef OSTEON_SYSTEM_CERTIFICATE_H
#define OSTEON_SYSTEM_CERTIFICATE_H
/* Certificates (X.509, RFC 5280) of a small authority of our own: for `serve --tls auto`.
 *
 * Keys are P-256, signatures ECDSA with SHA-256. The authority may sign servers only
 * (path length 0), and of names only those that it was made for: what is stolen with its
 * key is this server, not the web. Addresses are free, for a ward's change.
 */
#include "system/crypto.h"

/* What a server is called. Names are letters, digits, '-' and '.'; addresses numeric. */
struct host_names {
    const struct text *names;
    size_t name_count;
    const struct text *addresses;
    size_t address_count;
};

/* PEM. The key is a secret. */
struct certified_key {
    struct text certificate;
    struct text key;
};

/* Microseconds, as all instants. */
struct validity {
    int64_t begins, ends;
};

struct certificate_facts {
    struct validity validity;
    struct hash fingerprint; /* SHA-256 of the DER form */
};

/* A self-signed authority; `title` is shown in the lists of trusted authorities. */
void authority_make(struct text title, const struct host_names *names,
                    struct validity validity, struct arena *arena,
                    struct certified_key *out);

/* A server's certificate with a fresh key. What the authority may not sign is left out.
 * ERROR_DAMAGED: `authority` is not one. */
MUST_USE bool certificate_issue(const struct certified_key *authority,
                                const struct host_names *names,
                                struct validity validity, struct arena *arena,
                                struct certified_key *out, struct error *err);

/* ERROR_DAMAGED: not a certificate in PEM. */
MUST_USE bool certificate_read(struct text pem, struct certificate_facts *out,
                               struct error *err);

/* False also where one of the two is no certificate. */
bool certificate_is_issued_by(struct text pem, struct text authority);
/* Does a client that asked for this name or numeric address take it? */
bool certificate_is_for(struct text pem, struct text name);

/* "AB:CD:…" of a fingerprint, as browsers and tablets print it. */
enum { FINGERPRINT_TEXT = HASH_SIZE * 3 };
void fingerprint_print(const struct hash *fingerprint, char out[FINGERPRINT_TEXT]);

#endif
