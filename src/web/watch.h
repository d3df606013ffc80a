#ifndef OSTEON_WEB_WATCH_H
#define OSTEON_WEB_WATCH_H
/* Ends connections that send or take too slowly. libmicrohttpd ends a connection on which
 * nothing moves; one byte now and then keeps it open for ever (slow-loris). Here a head, a
 * body and an answer each have a time for the whole.
 *
 * An idle connection may stay idle; but one on which bytes have come since it began to wait,
 * and still no whole head, is sending slowly: the kernel's count of received bytes tells.
 */
#include "base/arena.h"

enum watch_phase {
    WATCH_IDLE, /* waiting for a request, or in the middle of its head */
    WATCH_BODY,
    WATCH_WORK, /* ours: no limit */
    WATCH_SEND,
    WATCH_LIVE /* a live stream or a file: no limit for the whole; libmicrohttpd ends one on
                * which nothing moves */
};

struct watch_limits {
    int64_t header, body, send; /* microseconds */
};

struct watch;
struct watched;

/* `owner` is what watch_owner tells of each of its connections. */
struct watch *watch_new(struct watch_limits limits, void *owner, struct arena *process);

/* A connection on this socket begins or ends; ends before the socket is closed. */
struct watched *watch_begin(struct watch *watch, int socket, int64_t now);
void watch_end(struct watch *watch, struct watched *watched);
void *watch_owner(const struct watched *watched);
void watch_enter(struct watched *watched, enum watch_phase phase, int64_t now);

/* About once a second: ends what is over its time; how many. `now` is monotonic. */
size_t watch_tick(struct watch *watch, int64_t now);
int64_t watch_count(struct watch *watch);

#endif
