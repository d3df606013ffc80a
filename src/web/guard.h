#ifndef OSTEON_WEB_GUARD_H
#define OSTEON_WEB_GUARD_H
/* Strictness that libmicrohttpd 0.9.75 lacks: a request whose end, target or host another
 * program on the way could understand differently is refused and its connection closed
 * (request smuggling; RFC 9112 sections 2.2, 3.2, 5 and 6.3).
 *
 * What the parser has already mended or thrown away no longer shows in what it hands over:
 * an empty header name is dropped, a value is cut at a NUL, a folded line is joined, a bare
 * line feed or two spaces are taken for the right thing. But what it hands over are views
 * of the head as it came, and its length is known: between one view and the next there must
 * be just what the standard's plain form has there, "Name: value" and CR LF, and nothing
 * may be left over.
 */
#include "web/handler.h"

struct request_head {
    struct text method;
    struct text target;       /* as sent; may be a copy */
    const char *target_place; /* where it stands in the head */
    struct text version;
    const struct header *headers; /* in the order sent */
    size_t header_count;
    /* Bytes as received, from the method to the end of the empty line. The method, the
     * version and the headers are views of it. */
    size_t length;
};

/* What follows the head. */
struct request_framing {
    bool is_chunked;
    bool has_length;
    uint64_t length;
};

/* ERROR_MALFORMED or ERROR_TOO_LARGE: answer, and close the connection. */
MUST_USE bool guard_check(const struct request_head *head, struct request_framing *out,
                          struct error *err);

#endif
