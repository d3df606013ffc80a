/* The table of routes with its schemas, as the server and the OpenAPI document want it. */
#include "base/limits.h"
#include "model/permission.h"
#include "web/api.h"
#include "web/schema_table.h"

enum {
    SMALL = 4 * 1024,       /* a body of a few names */
    NOTHING = 1024,         /* an empty object */
    LIMIT_MOVES = 32 * 1024 /* a thousand participants and a reason */
};

static const struct route routes[] = {
#define X(...) {__VA_ARGS__},
    ROUTE_TABLE(X)
#undef X
};

const struct route_table route_table = {
    .routes = routes,
    .route_count = ARRAY_COUNT(routes),
    .schemas = schemas,
    .schema_count = ARRAY_COUNT(schemas),
};
