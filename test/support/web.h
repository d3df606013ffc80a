#ifndef OSTEON_TEST_SUPPORT_WEB_H
#define OSTEON_TEST_SUPPORT_WEB_H
/* A server under test with routes, people and participants of its own, and a writer that
 * is a thread here: what the HTTP floor does is seen without a study.
 *
 * Tokens: "crc-01" is a CRC at site 01, "mon-02" a monitor at site 02, "adm" an
 * administrator, "dm" a data manager. The CSRF value of a token is "csrf-TOKEN".
 * Participant 1 is at site 01, participant 2 at site 02; there are no others.
 */
#include "web/server.h"

#include <pthread.h>
#include <stdatomic.h>

struct web {
    struct arena *process;
    struct server *server;
    int port;
};

/* What the door and the routes saw; one server at a time. */
struct web_seen {
    _Atomic int refused;       /* permissions refused */
    _Atomic int secrets;       /* times that /api/secret was reached */
    _Atomic int saves;         /* acts run by the writer */
    _Atomic int last_body_len; /* of /api/save */
    _Atomic bool is_held;      /* the writer waits while this is true */
    _Atomic bool is_full;      /* the writer takes nothing more */
    _Atomic bool are_sessions_ended;
};
extern struct web_seen web_seen;

/* `options` may set limits; NULL: none. */
struct web *web_start(const struct server_options *options);
void web_stop(struct web *web);
/* The store's listener, as the server gave it. */
void web_notice(const struct store_notice *notice);

/* Less than a second. */
void web_pause(int milliseconds);

#endif
