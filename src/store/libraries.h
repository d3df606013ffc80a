#ifndef OSTEON_STORE_LIBRARIES_H
#define OSTEON_STORE_LIBRARIES_H
/* The libraries of this floor, for `osteon doctor`. */
#include "base/version.h"

#include <stddef.h>

/* SQLite and zlib */
size_t store_libraries(struct library_version *out, size_t most);

#endif
