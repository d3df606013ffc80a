#ifndef OSTEON_WEB_TRUST_PAGE_H
#define OSTEON_WEB_TRUST_PAGE_H
/* The one thing that Osteon says over plain HTTP: how a tablet comes to trust the authority
 * of `serve --tls auto`. A second server on a second port has these files and nothing else:
 * no route, no sign-in, no study. The fingerprint on the page is to be compared with the one
 * on the operator's terminal, for whoever is on the way can change a plain page.
 */
#include "web/assets.h"
#include "web/server.h"

struct trust_page {
    struct text authority; /* PEM, the certificate alone */
    const char *address;   /* of the study: "https://192.0.2.7:8443" */
    const char *here;      /* of the page: "http://192.0.2.7:8181/trust" */
};

/* The files of the page, sorted, in `arena`. */
MUST_USE bool trust_page_make(const struct trust_page *page, struct arena *arena,
                              const struct asset **out, size_t *count,
                              struct error *err);

/* What a server of these files needs beside them. */
extern const struct server_door trust_door;
extern const struct route_table trust_routes;

#endif
