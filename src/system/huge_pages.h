#ifndef OSTEON_SYSTEM_HUGE_PAGES_H
#define OSTEON_SYSTEM_HUGE_PAGES_H
/* Large pages for columns of numbers: getting a million numbers from the system in pages of
 * 4 KB takes longer than sorting them (madvise(2), MADV_HUGEPAGE; a system that has none
 * goes on with small ones).
 */
#include <stddef.h>

/* As arena_on_large_block calls it. */
void huge_pages_advise(void *bytes, size_t size);

#endif
