#ifndef OSTEON_BASE_ARENA_LARGE_H
#define OSTEON_BASE_ARENA_LARGE_H
/* For arenas that hold columns of millions of numbers: what the system may be told of each
 * large block before anything is written into it, such as that its pages may be large ones.
 *
 *     struct arena *columns = arena_new(LIMIT_STATS_ARENA);
 *     arena_on_large_block(columns, huge_pages_advise);
 */
#include "base/arena.h"

enum { ARENA_LARGE = 1 << 20 }; /* blocks of so many bytes and more */

typedef void arena_block_function(void *bytes, size_t size);

/* Called with each new large block from now on. */
void arena_on_large_block(struct arena *arena, arena_block_function *on_block);

#endif
