#ifndef OSTEON_WEB_HEADER_H
#define OSTEON_WEB_HEADER_H
/* What stands in the headers of a request, read from any bytes: each function says no, or
 * gives an absent text, where the value is not what the standard describes. Texts are
 * views of the value. */
#include "base/text.h"

/* Equal but for the case of ASCII letters, as names of headers are. */
bool header_name_equal(struct text a, struct text b);

/* Cookie: the value of one (RFC 6265 section 4.2). Absent also when the name stands twice:
 * then somebody else planted one, and there is no telling which is ours. */
struct text header_cookie(struct text cookies, struct text name);
/* Authorization: the token of "Bearer TOKEN" (RFC 6750 section 2.1). */
struct text header_bearer(struct text authorization);
/* Content-Type: JSON, whatever its parameters (RFC 9110 section 8.3). */
bool header_is_json(struct text content_type);
bool header_is_xml(struct text content_type);
/* Accept-Encoding: does it take this coding (RFC 9110 section 12.5.3)? */
bool header_takes_coding(struct text accepted, struct text coding);
/* If-None-Match: does it name this tag, given without quotation marks (section 13.1.2)? */
bool header_names_etag(struct text list, struct text tag);

#endif
