#ifndef OSTEON_WEB_ROUTER_H
#define OSTEON_WEB_ROUTER_H
/* Finds the route of a method and a path. Paths are compared part by part; a literal part
 * wins over a {…}. Parts are decoded, so that a {…} may hold any text but a slash. */
#include "web/route.h"

struct router;

/* Cuts the patterns once; lives in `process`. A pattern with too many parts or places, or
 * a row that stands twice, is a bug and stops the program. */
struct router *router_new(const struct route_table *table, struct arena *process);

/* Sets request->route and request->places from request->method and request->path, and
 * refuses query parameters that the route does not know. ERROR_NOT_FOUND; ERROR_MALFORMED
 * for a wrong escape; ERROR_USAGE with `allowed` ("GET, POST") when only the method is
 * wrong: answer 405. */
MUST_USE bool router_find(const struct router *router, struct request *request,
                          struct text *allowed, struct error *err);

bool http_method_parse(struct text name, enum http_method *out);

#endif
