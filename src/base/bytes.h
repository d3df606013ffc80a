#ifndef OSTEON_BASE_BYTES_H
#define OSTEON_BASE_BYTES_H
/* Compact binary encoding: varints and length-prefixed bytes. Event payloads and the
 * canonical bytes under the hash chain are written with it, so it never changes.
 *
 * Writing appends to a `struct buffer`. Reading moves a cursor; the first bad read
 * sets `is_bad` and from then on every read returns zero or an absent text: read the
 * whole record, ask once with `bytes_done`.
 *
 * Varint: unsigned LEB128 (7 bits a byte, low first, at most 10 bytes, no padding).
 * Signed numbers are zigzag-coded. An optional value is a presence byte 0 or 1.
 */
#include "base/buffer.h"

void bytes_put_unsigned(struct buffer *buffer, uint64_t value);
void bytes_put_signed(struct buffer *buffer, int64_t value);
void bytes_put_text(struct buffer *buffer, struct text t);
/* Presence byte, then the text; an absent text is absent again when read. */
void bytes_put_optional_text(struct buffer *buffer, struct text t);
void bytes_put_bool(struct buffer *buffer, bool value);
/* Eight bytes, little endian: for the canonical form under a hash. */
void bytes_put_fixed64(struct buffer *buffer, uint64_t value);

struct bytes_reader {
    struct text rest;
    bool is_bad;
};

struct bytes_reader bytes_read(struct text whole);
uint64_t bytes_get_unsigned(struct bytes_reader *reader);
int64_t bytes_get_signed(struct bytes_reader *reader);
/* A view into the record, not a copy. */
struct text bytes_get_text(struct bytes_reader *reader);
struct text bytes_get_optional_text(struct bytes_reader *reader);
bool bytes_get_bool(struct bytes_reader *reader);
uint64_t bytes_get_fixed64(struct bytes_reader *reader);
/* A count of things that take at least one byte each: bad when more than remain. */
size_t bytes_get_count(struct bytes_reader *reader);

/* Everything was read and nothing was bad. */
bool bytes_done(const struct bytes_reader *reader);

#endif
