#ifndef OSTEON_BASE_HEX_H
#define OSTEON_BASE_HEX_H
/* Bytes as hexadecimal digits, two a byte (RFC 4648 section 8): hashes, ids, file names. */
#include "base/attributes.h"
#include "base/text.h"

#define HEX_SIZE(len) ((len)*2)

/* Lower-case digits. `out` has HEX_SIZE(len) bytes; returns that number. */
size_t hex_print(const void *bytes, size_t len, char *out);

/* Exactly `len` bytes from exactly HEX_SIZE(len) digits of either case. */
MUST_USE bool hex_parse(struct text t, void *out, size_t len);

#endif
