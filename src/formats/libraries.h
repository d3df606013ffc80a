#ifndef OSTEON_FORMATS_LIBRARIES_H
#define OSTEON_FORMATS_LIBRARIES_H
/* The libraries of this floor, for `osteon doctor`. */
#include "base/version.h"

#include <stddef.h>

/* expat */
size_t formats_libraries(struct library_version *out, size_t most);

#endif
