#ifndef OSTEON_WEB_SERVER_H
#define OSTEON_WEB_SERVER_H
/* The HTTP server: libmicrohttpd with two threads, behind a guard that is stricter than
 * its parser.
 *
 *     struct server_options options = {.listen = "127.0.0.1:8180", .study = study,
 *                                      .door = &server_door_of_actions, .table = &route_table};
 *     server_start(&options, process, &server, err)   …   server_stop(server)
 *
 * Stopping is graceful: no new connection is taken, live streams end, requests under way
 * get their answers (up to SERVER_STOP_SECONDS), then everything is closed.
 */
#include "actions/act.h"
#include "web/assets.h"
#include "web/route.h"

enum {
    SERVER_THREADS = 2,
    SERVER_HASH_THREADS = 2,
    SERVER_TRANSFER_THREADS = 3, /* each may keep one of the store's readers */
    SERVER_STOP_SECONDS = 10,
    SERVER_HEADER_SECONDS = 15, /* for a whole head, once it has begun to come */
    SERVER_BODY_SECONDS = 60,   /* from the head to a whole body */
    SERVER_SEND_SECONDS = 120,  /* for taking an answer; live streams apart */
    SERVER_IDLE_SECONDS = 75,   /* without a byte in either direction */
    SERVER_PING_SECONDS = 15    /* of a live stream that has nothing to say */
};

/* What the server asks of the floor below; the tests have one of their own. */
struct server_door {
    bool (*find_caller)(struct study *study, struct text token, struct arena *arena,
                        struct caller *caller, struct error *err);
    /* Does the session of an open live stream still stand? Does not count as use. */
    bool (*session_stands)(struct study *study, const struct caller *caller);
    bool (*csrf_matches)(struct text token, struct text csrf);
    /* Without asking for a permission; NULL when there is none of this id. */
    bool (*find_participant)(struct study *study, int64_t id, struct arena *arena,
                             struct participant **out, struct error *err);
    /* Puts a refusal of the route's permission on the log. */
    /* A token that opens nothing: was it that of a sign-in which was ended? */
    void (*refused_token)(struct study *study, struct text token, struct text client);
    bool (*refused)(struct study *study, const struct caller *caller,
                    int64_t participant, const struct error *err);
    bool (*submit)(struct act *act, struct error *err);
    /* Has every committed event told to `heard`, on the writer's thread. */
    void (*listen)(struct study *study,
                   void (*heard)(void *data, const struct store_notice *notice),
                   void *data);
    /* A new file without a name, for a body that is a file. */
    bool (*open_file)(struct study *study, struct arena *arena, int *descriptor,
                      struct error *err);
};
extern const struct server_door server_door_of_actions;

struct server_options {
    const char *listen;      /* "127.0.0.1:8180", "[::1]:0"; port 0: any free one */
    struct text certificate; /* PEM; absent: no TLS */
    struct text private_key;
    struct study *study;
    const struct server_door *door;
    const struct route_table *table;
    const struct asset *assets; /* the page; NULL: the embedded one */
    size_t asset_count;
    int connection_limit; /* 0: LIMIT_CONNECTIONS */
    /* For tests; 0: those above, in seconds. */
    int header_seconds, body_seconds, send_seconds, ping_seconds, idle_seconds;
};

struct server;

/* `process` must outlive the server. ERROR_BUSY: the address is taken. */
MUST_USE bool server_start(const struct server_options *options, struct arena *process,
                           struct server **out, struct error *err);
void server_stop(struct server *server);

/* "http://127.0.0.1:8180", with the true port. */
struct text server_address(const struct server *server);

/* Shows another certificate from the next handshake on; open connections go on. A server
 * that began without TLS stays without. ERROR_REFUSED: the one before stays. */
MUST_USE bool server_set_certificate(struct server *server, struct text certificate,
                                     struct text private_key, struct error *err);

struct live_hub *server_live(const struct server *server);
const struct route_table *server_table(const struct server *server);

/* What is going on: for doctor and tests. */
struct server_figures {
    int64_t connections, waiting, live_streams, requests, refused_by_guard;
};
struct server_figures server_figures(struct server *server);

#endif
