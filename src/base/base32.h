#ifndef OSTEON_BASE_BASE32_H
#define OSTEON_BASE_BASE32_H
/* Bytes as text that people can type (RFC 4648 section 6): the secrets of one-time
 * passwords. Written without padding, as authenticator apps want it. */
#include "base/attributes.h"
#include "base/text.h"

/* Characters for `len` bytes, without padding. */
#define BASE32_SIZE(len) (((len)*8 + 4) / 5)

/* Capital letters. `out` has BASE32_SIZE(len) bytes; returns that number. */
size_t base32_print(const void *bytes, size_t len, char *out);

/* Exactly `len` bytes, letters of either case, whole padding or none. False: another
 * length, a foreign character, or unused bits that are not zero (section 3.5). */
MUST_USE bool base32_parse(struct text t, void *out, size_t len);

#endif
