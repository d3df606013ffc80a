#include "store/libraries.h"

#include <sqlite3.h>
#include <zlib.h>

size_t store_libraries(struct library_version *out, size_t most)
{
    if (most < 2)
        return 0;
    out[0] =
        (struct library_version){.name = "SQLite", .version = sqlite3_libversion()};
    out[1] = (struct library_version){.name = "zlib", .version = zlibVersion()};
    return 2;
}
