#ifndef OSTEON_WEB_EXCHANGE_H
#define OSTEON_WEB_EXCHANGE_H
/* One request and its answer on their way through the server. Private to the files that
 * make up the server: server.c (start, stop, libmicrohttpd's calls), exchange.c (the steps
 * below), gate.c, reply.c.
 *
 *     target known → head (guard, route, gate) → body → step → [asleep → step]… → reply
 *
 * An exchange belongs to the HTTP thread of its connection, except while it is asleep:
 * then it belongs to the writer or to a hashing thread, until that wakes it. Exchanges and
 * their arenas are used again for later requests.
 *
 * A refusal before the step is kept until the body has been read and thrown away, so that
 * the client gets the answer and keeps its connection; unless the framing itself is
 * doubtful or the body is very large: then the answer goes out at once and the connection
 * is closed.
 */
#include "base/limits.h"
#include "web/guard.h"
#include "web/hash_pool.h"
#include "web/live.h"
#include "web/page.h"
#include "web/problem.h"
#include "web/router.h"
#include "web/server.h"
#include "web/transfer.h"
#include "web/watch.h"

#include <pthread.h>
#include <stdatomic.h>

struct MHD_Connection;
struct MHD_Daemon;

enum { DISCARD_MOST = 16 * 1024 * 1024 }; /* of a body nobody wants */

struct exchange {
    struct request request;
    struct response response;
    struct error error;
    struct server *server;
    struct MHD_Connection *connection;
    struct watched *watched;
    struct arena *arena;
    struct text target; /* as sent */
    struct header headers[LIMIT_HEADERS + 1];
    size_t header_count;
    bool is_head_read;

    bool is_refused;     /* `error` is the answer, whatever comes */
    bool must_close;     /* after the answer */
    int status;          /* of the refusal, where the error has not its own; else 0 */
    struct text allowed; /* methods, with 405 */
    const struct asset *asset; /* the answer is a file of the page */

    struct buffer body;
    size_t body_limit;
    uint64_t body_received;
    size_t body_counted; /* in server->bodies */

    request_step *next; /* the step to run when the request is whole or wakes */
    struct act *act;    /* to sleep for, when the step returns */
    struct hash_job job;
    struct hash_pool *job_pool; /* NULL: no job */
    struct error outcome;       /* of what it slept for */

    struct exchange *all; /* the server's list of them, for the end */
    struct exchange *spare;
};

struct server {
    struct server_options options;
    struct arena *process; /* once it serves, only under `mutex` */
    struct MHD_Daemon *daemon;
    int listen_socket;
    struct text address;
    bool is_tls;
    struct identity *identity; /* what it shows with TLS */
    const struct router *router;
    struct page *page;
    struct hash_pool *hash_pool, *transfer_pool;
    struct transfers transfers;
    struct live_hub *live;
    struct watch *watch;
    pthread_t caretaker;
    bool has_caretaker;

    pthread_mutex_t mutex; /* the members below */
    pthread_cond_t changed;
    struct exchange *all;
    struct exchange *spare;
    int64_t busy;   /* exchanges between a head and the end of the answer */
    int64_t asleep; /* of these, waiting for another thread */
    bool is_stopping;

    _Atomic bool is_closed; /* to new connections, while those that are here end */
    _Atomic size_t bodies;  /* bytes of all bodies in memory */
    _Atomic int64_t requests, refused_by_guard;
    _Atomic int64_t last_message; /* second of the library's last line on our log */
};

/* From the pool; `target` as sent. */
struct exchange *exchange_begin(struct server *server,
                                struct MHD_Connection *connection, struct text target);
/* The answer is out, or the connection is gone. */
void exchange_end(struct exchange *exchange);

/* The head is here, all but its headers and its target, which the exchange has. True: go
 * on; false: answer now (reply) and close. */
bool exchange_head(struct exchange *exchange, struct request_head *head);
/* Some of the body. False: close without an answer. */
bool exchange_body(struct exchange *exchange, struct text bytes);
/* The request is whole, or woke up: runs the step, and sleeps or answers. */
bool exchange_step(struct exchange *exchange);

/* gate.c: signs the caller in and asks for the route's permission. */
MUST_USE bool gate_check(struct exchange *exchange, struct error *err);

/* reply.c: hands the answer to libmicrohttpd. False: close the connection. */
bool reply_send(struct exchange *exchange);

/* server.c: MHD behind four names, so that the steps can be read without it. */
void connection_sleep(struct exchange *exchange);
int connection_socket(const struct exchange *exchange);
void connection_wake(struct server *server, struct MHD_Connection *connection);

#endif
