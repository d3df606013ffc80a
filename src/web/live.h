#ifndef OSTEON_WEB_LIVE_H
#define OSTEON_WEB_LIVE_H
/* The live stream (server-sent events, WHATWG HTML section 9.2): every open page hears of
 * every change it may see.
 *
 * The writer's thread drops a notice into the inbox (`live_heard`, well under a
 * microsecond) and goes on. The server's caretaker turns notices into events, once, in a
 * ring of the latest LIMIT_LIVE_HISTORY, and wakes the streams that may see them; while
 * there is none, it is not woken for each. A stream
 * is a place in the ring: one that falls behind the ring is told to reload, and costs
 * nothing meanwhile. A page that comes back with Last-Event-ID goes on where it was.
 *
 *     event: hello    data: {"seq":1234}
 *     event: change   data: {"seq","kind","participant",…}      id: 1235
 *     event: reload   data: {"seq":1300}      something was missed: fetch what is shown
 */
#include "actions/act.h"

#include <sys/types.h>

struct live_hub;
struct live_stream;

struct live_hub *live_hub_new(struct arena *process);

/* The listener of the store: on the writer's thread. `data` is the hub. */
void live_heard(void *data, const struct store_notice *notice);

/* Waits up to `microseconds` for notices (for many, while there is no stream), then
 * passes on what there is. */
void live_deliver(struct live_hub *hub, int64_t microseconds);
/* Wakes what waits in live_deliver. */
void live_poke(struct live_hub *hub);
/* Pings streams that were silent since `silent_since` (monotonic), and ends those whose
 * session no longer stands. */
void live_ping(struct live_hub *hub, int64_t now, int64_t silent_since,
               bool (*stands)(struct study *study, const struct caller *caller),
               struct study *study);
/* Ends all streams; no new ones are taken. */
void live_end_all(struct live_hub *hub);
int64_t live_count(struct live_hub *hub);

/* A stream for this caller, who sees the participants of the sites where 'view casebook'
 * is held, and those assigned by name. `last_seen` 0: from now on. ERROR_BUSY: there are
 * LIMIT_LIVE_STREAMS already. Close it once. */
MUST_USE bool live_open(struct live_hub *hub, const struct caller *caller,
                        int64_t last_seen, struct live_stream **out, struct error *err);
/* Before the first take: how the connection sleeps and wakes. */
void live_connect(struct live_stream *stream, void *connection,
                  void (*sleep)(void *connection), void (*wake)(void *connection));
/* Bytes of whole events, at most `room`; 0: the connection sleeps until there are some;
 * negative: the stream is at its end. */
ssize_t live_take(struct live_stream *stream, char *out, size_t room);
void live_close(struct live_stream *stream);

#endif
