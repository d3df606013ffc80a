#include "web/libraries.h"

#include <microhttpd.h>

size_t web_libraries(struct library_version *out, size_t most)
{
    if (most < 1)
        return 0;
    out[0] =
        (struct library_version){.name = "libmicrohttpd", .version = MHD_get_version()};
    return 1;
}
