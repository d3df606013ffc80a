#ifndef OSTEON_WEB_API_H
#define OSTEON_WEB_API_H
/* The handlers of the JSON API, declared from the table of routes. Each reads what its
 * route names, runs a verb of the actions and writes its answer; they are in api_*.c, a
 * file a chapter. */
#include "web/handler.h"
#include "web/route_table.h"

#define X(method, path, permission, scope, body_limit, handler, ...)                   \
    request_step handler;
ROUTE_TABLE(X)
#undef X

#endif
