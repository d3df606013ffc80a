#ifndef OSTEON_SYSTEM_GZIP_H
#define OSTEON_SYSTEM_GZIP_H
/* Compression of answers (RFC 1952), by zlib. */
#include "base/arena.h"

/* In `arena`. False when the result would not be smaller, or memory is short: send the
 * text as it is. */
bool gzip_compress(struct text plain, struct arena *arena, struct text *out);

#endif
