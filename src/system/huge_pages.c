#include "system/huge_pages.h"

#include <stdint.h>
#include <sys/mman.h>

enum { HUGE_PAGE = 1 << 21 };

void huge_pages_advise(void *bytes, size_t size)
{
    uintptr_t begin = (uintptr_t)bytes, end = begin + size;
    uintptr_t first = (begin + HUGE_PAGE - 1) & ~(uintptr_t)(HUGE_PAGE - 1);
    uintptr_t last = end & ~(uintptr_t)(HUGE_PAGE - 1);
    if (first < last) /* advice: when it is not taken nothing is lost */
        (void)madvise((char *)bytes + (first - begin), last - first, MADV_HUGEPAGE);
}
