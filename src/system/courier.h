#ifndef OSTEON_SYSTEM_COURIER_H
#define OSTEON_SYSTEM_COURIER_H
/* Messages to the world outside: a mail by the hospital's server, a signed POST. By
 * libcurl, of which only this file knows. Connections are encrypted and certificates
 * checked; only to this machine itself may they go plain. Nothing is retried here, and no
 * secret is ever in an error. A courier belongs to one thread.
 */
#include "base/arena.h"
#include "base/error.h"

struct courier;

/* Once in a process, before other threads use it. ERROR_FAILED: the library is not able. */
MUST_USE bool courier_open(struct arena *arena, struct courier **out,
                           struct error *err);
void courier_close(struct courier *courier);

struct courier_mail {
    const char *server;    /* "smtps://mail.example:465", "smtp://…" with STARTTLS */
    const char *authority; /* a file of certificates to trust; NULL: the system's */
    const char *user, *password; /* NULL: without signing in */
    const char *from;
    const char *const *to;
    size_t to_count;
    struct text message; /* whole, with headers and CRLF */
};
/* ERROR_FAILED with what the server, or the way to it, said. */
MUST_USE bool courier_send_mail(struct courier *courier,
                                const struct courier_mail *mail, struct error *err);

struct courier_post {
    const char *address; /* "https://…" */
    const char *authority;
    const char *const *headers;
    size_t header_count;
    struct text body;
};
/* Done when the answer is 2xx. A redirection is not followed. */
MUST_USE bool courier_send_post(struct courier *courier,
                                const struct courier_post *post, struct error *err);

/* Is it encrypted, or to this machine itself? */
bool courier_address_is_safe(struct text address, bool is_mail);
/* The host of an address, for the log: nothing of user, path or query. */
struct text courier_host(struct text address);
/* "libcurl" and its version. */
const char *courier_library(void);

#endif
