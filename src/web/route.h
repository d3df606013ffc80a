#ifndef OSTEON_WEB_ROUTE_H
#define OSTEON_WEB_ROUTE_H
/* A row of the table of routes. What the server does and what the OpenAPI document says
 * both come from it: a feature of the API is a row in web/route_table.h and a handler.
 *
 *     {HTTP_POST, "/api/participants/{id}/enrol", PERMISSION_ENROL, ROUTE_OF_PARTICIPANT,
 *      .body_limit = 4096, .handle = handle_enrol, .tag = "participants",
 *      .help = "Enrols a participant.", .request = "Enrol", .response = "Participant"}
 */
#include "base/limits.h"
#include "web/handler.h"

/* Beside enum permission: what does not ask for one. */
enum {
    ROUTE_PUBLIC = -2,   /* no sign-in */
    ROUTE_SIGNED_IN = -1 /* any sign-in; the verb asks for more where it must */
};

/* Where the permission must be held. The verb asks again, exactly (actions/caller.h). */
enum route_scope {
    ROUTE_ANYWHERE, /* at some site, or as an own task: lists, and what stands in a body */
    ROUTE_EVERYWHERE,     /* at all sites: what belongs to none */
    ROUTE_OF_PARTICIPANT, /* at the site of the participant whose id is the first {…} */
};

/* A body that may be larger than LIMIT_BODY is a file (application/xml): it goes to the
 * disk as it comes, never into memory. */
struct route {
    enum http_method method;
    const char *path; /* "/api/participants/{id}"; a {…} is one part of the path */
    int permission;   /* enum permission, ROUTE_PUBLIC or ROUTE_SIGNED_IN */
    enum route_scope scope;
    size_t body_limit; /* 0: takes no body */
    request_step *handle;

    const char *query; /* names of query parameters, separated by a space; NULL: none */
    const char *tag;   /* the chapter of the document: "participants" */
    const char *help;  /* one sentence in English */
    int success;       /* 0: 200 */
    const char *request, *response; /* names in `schemas`; NULL: no body */
};

static inline bool route_takes_file(const struct route *route)
{
    return route->body_limit > LIMIT_BODY;
}

/* A JSON Schema (2020-12) by name, as JSON text; the document's components. */
struct schema {
    const char *name;
    const char *json;
};

struct route_table {
    const struct route *routes;
    size_t route_count;
    const struct schema *schemas;
    size_t schema_count;
};

/* The program's own: web/routes.c. */
extern const struct route_table route_table;

#endif
