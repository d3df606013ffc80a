#include "base/attributes.h"

#include <stdio.h>
#include <stdlib.h>

NO_RETURN void assert_failed(const char *condition, const char *file, int line)
{
    fprintf(stderr, "osteon: bug: %s does not hold at %s:%d\n", condition, file, line);
    abort();
}

NO_RETURN void memory_exhausted(size_t maximum)
{
    if (maximum == 0)
        fputs("osteon: out of memory\n", stderr);
    else
        fprintf(stderr, "osteon: an arena passed its maximum of %zu bytes\n", maximum);
    abort();
}
