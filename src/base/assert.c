#include "base/attributes.h"

#include <stdio.h>
#include <stdlib.h>

NO_RETURN void assert_failed(const char *condition, const char *file, int line)
{
    fprintf(stderr, "osteon: bug: %s does not hold at %s:%d\n", condition, file, line);
    abort();
}
