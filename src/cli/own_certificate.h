#ifndef OSTEON_CLI_OWN_CERTIFICATE_H
#define OSTEON_CLI_OWN_CERTIFICATE_H
/* The authority and the certificate of `serve --tls auto`: two files of the key ring, made
 * where there are none, and the certificate made anew when it must be.
 *
 * Nothing is remembered between calls: each reads the files and decides anew, so that a
 * start, a renewal under way and a look by `doctor` cannot differ.
 */
#include "store/store.h"
#include "system/certificate.h"

enum {
    OWN_AUTHORITY_DAYS = 3650,
    OWN_CERTIFICATE_DAYS = 397 /* clients refuse more than 398 */
};

/* What the two files' names in the key ring end with. */
#define OWN_AUTHORITY_KIND "authority"
#define OWN_SERVER_KIND    "server"

struct own_certificate {
    struct certified_key authority; /* no key when only read */
    struct certified_key server;    /* absent when there is none */
    bool is_new;                    /* made by this call */
    struct text trouble; /* why it could not be made anew though it should; or absent */
};

/* What is there; ERROR_NOT_FOUND where --tls auto was never used. */
MUST_USE bool own_certificate_read(const struct store *store, struct arena *arena,
                                   struct own_certificate *out, struct error *err);

/* What is there, made where it is missing, and the certificate made anew when two thirds
 * of its time are over, the machine has another name or address, it is of another
 * authority, or the clock stands before its beginning. A clock outside of the authority's
 * time makes nothing: the certificate that is there stays, with `trouble`. */
MUST_USE bool own_certificate_keep(const struct store *store,
                                   const struct host_names *names, int64_t now,
                                   struct arena *arena, struct own_certificate *out,
                                   struct error *err);

/* The first of the machine's addresses and names that the certificate does not have;
 * absent when it has all. */
struct text own_certificate_lacks(const struct own_certificate *own,
                                  const struct host_names *names);
/* When it is to be made anew. */
int64_t own_certificate_renewal(const struct certificate_facts *facts);

#endif
