#ifndef OSTEON_BASE_BASE64_H
#define OSTEON_BASE_BASE64_H
/* Bytes as text that is safe in addresses and file names, without padding (RFC 4648
 * section 5, "base64url"): tokens and one-time links. */
#include "base/attributes.h"
#include "base/text.h"

/* Characters for `len` bytes, and bytes for `len` characters. */
#define BASE64_SIZE(len)  (((len)*4 + 2) / 3)
#define BASE64_BYTES(len) ((len)*3 / 4)

/* `out` has BASE64_SIZE(len) bytes; returns that number. */
size_t base64_print(const void *bytes, size_t len, char *out);

/* Exactly `len` bytes. False: another length, a foreign character, padding, or unused
 * bits that are not zero (section 3.5), so that one token has one spelling. */
MUST_USE bool base64_parse(struct text t, void *out, size_t len);

#endif
