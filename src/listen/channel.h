#ifndef OSTEON_LISTEN_CHANNEL_H
#define OSTEON_LISTEN_CHANNEL_H
/* One connection of the listener: bytes in, messages under way, answers out in order. Used
 * by the listener's thread alone, but for `finished`, which the writer calls.
 */
#include "actions/receive_message.h"
#include "listen/mllp.h"
#include "system/wire.h"

enum { CHANNEL_INPUT = 16 * 1024, CHANNEL_OUTPUT = 256 * 1024 };

struct channel;

/* A message between its last byte and its answer. */
struct parcel {
    struct receive_message verb;
    struct caller caller;
    struct arena *arena;     /* its own; holds the parcel too */
    struct channel *channel; /* NULL: it is gone, and nobody waits for the answer */
    bool is_done;
    struct parcel *next;          /* of the channel, in the order they came */
    struct parcel *next_finished; /* of the listener */
};

/* What a channel asks of its listener. */
struct channel_host {
    struct study *study;
    void (*finished)(void *host, struct parcel *parcel); /* on the writer's thread */
    void *data;
    size_t under_way; /* messages of all channels */
    int64_t answers;  /* so far: numbers of acknowledgements */
    bool is_stopping; /* nothing more is taken */
};

struct channel {
    struct channel_host *host;
    struct wire *wire;
    struct arena *arena;
    struct mllp mllp;
    struct parcel *first, *last;
    size_t count;     /* of them */
    int64_t heard_at; /* monotonic: the last byte in */
    int64_t began_at; /* of the message under way, or of the handshake */
    bool is_ended;    /* nothing more comes in: close when all is answered */
    bool is_told;     /* of what is wrong with it, in the operator's log */
    size_t in, in_at; /* of `input`: what came and was not taken yet */
    char input[CHANNEL_INPUT];
    struct buffer output;
    size_t sent; /* of it */
};

struct channel *channel_open(struct channel_host *host, struct wire *wire, int64_t now);
/* Messages under way go on without it. */
void channel_close(struct channel *channel);

/* What poll is to wait for; 0: for nothing. */
short channel_events(const struct channel *channel);
/* Does what can be done now. False: it is to be closed. `is_ready`: poll says so. */
bool channel_step(struct channel *channel, bool is_ready, int64_t now);
/* Longer under way than it may be: a slow sender, half a handshake. */
bool channel_is_late(const struct channel *channel, int64_t now);
/* It has waited for its answer; whose channel may be gone. */
void channel_finished(struct parcel *parcel);

#endif
