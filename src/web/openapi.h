#ifndef OSTEON_WEB_OPENAPI_H
#define OSTEON_WEB_OPENAPI_H
/* The HTTP API as an OpenAPI 3.1 document, printed from a table of routes: for
 * GET /api/openapi.json and `osteon openapi`. */
#include "base/json_write.h"
#include "web/route.h"

void openapi_write(struct json_writer *json, const struct route_table *table);

#endif
