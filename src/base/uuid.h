#ifndef OSTEON_BASE_UUID_H
#define OSTEON_BASE_UUID_H
/* Universally unique identifiers (RFC 9562): 16 bytes, most significant first.
 *
 * Ids of batches and participants are made by the client as version 7: the leading 48
 * bits are milliseconds since 1970, so that ids sort by time of making. */
#include "base/attributes.h"
#include "base/text.h"

enum { UUID_BYTES = 16, UUID_TEXT_SIZE = 36, UUID_RANDOM_BYTES = 10 };

struct uuid {
    uint8_t bytes[UUID_BYTES];
};

/* "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", digits of either case (section 4); any version
 * and variant. `at` (or NULL) gets the place of the first fault. */
MUST_USE bool uuid_parse(struct text t, struct uuid *out, size_t *at);

/* Lower case. Returns UUID_TEXT_SIZE. */
size_t uuid_print(const struct uuid *uuid, char out[UUID_TEXT_SIZE]);

/* Order of the bytes: <0, 0 or >0. */
int uuid_compare(const struct uuid *a, const struct uuid *b);

/* Of version 7 and of the variant of RFC 9562 (sections 4.1, 5.7). */
bool uuid_is_version_7(const struct uuid *uuid);

/* Milliseconds since 1970-01-01T00:00:00Z that a version 7 says. */
int64_t uuid_milliseconds(const struct uuid *uuid);

/* A version 7 from the time (48 bits of it) and ten random bytes. */
struct uuid uuid_version_7(int64_t milliseconds,
                           const uint8_t random[UUID_RANDOM_BYTES]);

#endif
