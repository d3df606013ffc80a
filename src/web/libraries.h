#ifndef OSTEON_WEB_LIBRARIES_H
#define OSTEON_WEB_LIBRARIES_H
/* The libraries of this floor, for `osteon doctor`. */
#include "base/version.h"

#include <stddef.h>

/* libmicrohttpd */
size_t web_libraries(struct library_version *out, size_t most);

#endif
