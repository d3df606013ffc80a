#ifndef OSTEON_WEB_TARGET_H
#define OSTEON_WEB_TARGET_H
/* The target of a request, "/api/participants?find=S-0001", cut into its path and its
 * query (RFC 3986). A part is decoded when it is taken: then it is UTF-8 without control
 * characters, or the request is refused with the byte's position. */
#include "web/handler.h"

struct target {
    struct text path; /* as sent: still escaped */
    const struct query_parameter *query;
    size_t query_count;
};

/* ERROR_MALFORMED: a wrong escape, a doubled parameter; ERROR_TOO_LARGE. */
MUST_USE bool target_read(struct text sent, struct arena *arena, struct target *out,
                          struct error *err);

/* Decodes %XX, and + where it means a space. `at` is the part's position in the target. */
MUST_USE bool target_decode(struct text part, size_t at, bool plus_is_space,
                            struct arena *arena, struct text *out, struct error *err);

#endif
