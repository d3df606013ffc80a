#ifndef OSTEON_WEB_REPLY_HEADERS_H
#define OSTEON_WEB_REPLY_HEADERS_H
/* Headers of every answer: what a browser may do with it. */
#include <stdbool.h>

struct MHD_Response;

void reply_header(struct MHD_Response *response, const char *name, const char *value);

/* For the page's files: nothing runs, loads or frames but what comes from here. */
void reply_page_security(struct MHD_Response *response, bool is_tls);

#endif
