#ifndef OSTEON_ENGINE_DIGEST_H
#define OSTEON_ENGINE_DIGEST_H
/* One number for everything the rules say about a participant: each rule at each place,
 * each bit of its value and of its wake. Two builds of the engine agree when their digests
 * do.
 */
#include "engine/book.h"

uint64_t digest_of_book(struct book *book, int64_t now, int32_t offset_minutes,
                        struct arena *scratch);

#endif
