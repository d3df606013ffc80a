#include "formats/libraries.h"

#include <expat.h>

size_t formats_libraries(struct library_version *out, size_t most)
{
    if (most < 1)
        return 0;
    out[0] = (struct library_version){.name = "expat", .version = XML_ExpatVersion()};
    return 1;
}
