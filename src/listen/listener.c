#include "listen/listener.h"

#include "base/limits.h"
#include "listen/channel.h"
#include "system/clock.h"
#include "system/log.h"
#include "system/wake_pipe.h"

#include <poll.h>
#include <pthread.h>

enum { TURN_MILLISECONDS = 1000, TELL_SECONDS = 60 };

struct listener {
    struct channel_host host;
    const struct wire_secrets *secrets;
    int socket;
    struct wake_pipe wake;
    char address[TCP_ADDRESS_TEXT];
    pthread_t thread;
    struct channel *channels[LIMIT_FEED_CONNECTIONS];
    size_t count;
    size_t turn;
    int64_t told_full_at; /* monotonic */

    pthread_mutex_t mutex; /* the two below */
    struct parcel *finished;
    bool is_stopping;
};

/* --- finished messages ---------------------------------------------------------------------- */

/* On the writer's thread. */
static void on_finished(void *data, struct parcel *parcel)
{
    struct listener *listener = data;
    pthread_mutex_lock(&listener->mutex);
    bool is_first = listener->finished == NULL;
    parcel->next_finished = listener->finished;
    listener->finished = parcel;
    pthread_mutex_unlock(&listener->mutex);
    if (is_first)
        wake_pipe_wake(&listener->wake);
}

/* In any order: each channel answers its own in the order they came. */
static bool take_finished(struct listener *listener)
{
    pthread_mutex_lock(&listener->mutex);
    struct parcel *parcel = listener->finished;
    bool is_stopping = listener->is_stopping;
    listener->finished = NULL;
    pthread_mutex_unlock(&listener->mutex);
    while (parcel != NULL) {
        struct parcel *next = parcel->next_finished;
        listener->host.under_way--;
        channel_finished(parcel);
        parcel = next;
    }
    return is_stopping;
}

/* --- connections ----------------------------------------------------------------------------- */

static void drop(struct listener *listener, size_t at)
{
    channel_close(listener->channels[at]);
    listener->channels[at] = listener->channels[--listener->count];
}

/* Lets the one go that has been silent longest; false: none for a minute. */
static bool make_way(struct listener *listener, int64_t now)
{
    size_t oldest = listener->count;
    int64_t heard = now - LIMIT_FEED_SILENT_SECONDS * INT64_C(1000000);
    for (size_t i = 0; i < listener->count; i++) {
        if (listener->channels[i]->count > 0 || listener->channels[i]->heard_at > heard)
            continue;
        heard = listener->channels[i]->heard_at;
        oldest = i;
    }
    if (oldest == listener->count)
        return false;
    drop(listener, oldest);
    return true;
}

static void tell_full(struct listener *listener, const char *host, int64_t now)
{
    if (listener->told_full_at != 0 &&
        now - listener->told_full_at < TELL_SECONDS * INT64_C(1000000))
        return;
    listener->told_full_at = now;
    log_warning("feed: all %d connections are taken; one from %s was closed",
                LIMIT_FEED_CONNECTIONS, host);
}

static void accept_all(struct listener *listener, int64_t now)
{
    struct wire *wire;
    while ((wire = wire_accept(listener->socket, listener->secrets)) != NULL) {
        if (listener->count == LIMIT_FEED_CONNECTIONS && !make_way(listener, now)) {
            tell_full(listener, wire_host(wire), now);
            wire_close(wire);
            continue;
        }
        listener->channels[listener->count++] =
            channel_open(&listener->host, wire, now);
    }
}

/* False: it is to be closed. */
static bool step(struct channel *channel, bool is_ready, int64_t now)
{
    bool goes_on = channel_step(channel, is_ready, now);
    if (!goes_on || !channel_is_late(channel, now))
        return goes_on;
    log_warning("feed: %s was too slow with a message or a handshake",
                wire_host(channel->wire));
    return false;
}

/* Each turn begins with another one: who is stepped first finds room for its messages. */
static void step_all(struct listener *listener, const struct pollfd *asked,
                     size_t count)
{
    bool is_over[LIMIT_FEED_CONNECTIONS] = {false};
    int64_t now = clock_monotonic();
    size_t first = count == 0 ? 0 : listener->turn++ % count;
    for (size_t k = 0; k < count; k++) {
        size_t i = (first + k) % count;
        is_over[i] = !step(listener->channels[i], asked[i].revents != 0, now);
    }
    for (size_t i = count; i-- > 0;)
        if (is_over[i])
            drop(listener, i);
}

/* --- the thread -------------------------------------------------------------------------------- */

enum { ASKED_WAKE, ASKED_LISTEN, ASKED_CHANNELS };

static int fill(struct listener *listener, struct pollfd *asked)
{
    int patience = TURN_MILLISECONDS;
    asked[ASKED_WAKE] = (struct pollfd){listener->wake.read_end, POLLIN, 0};
    asked[ASKED_LISTEN] = (struct pollfd){listener->socket, POLLIN, 0};
    for (size_t i = 0; i < listener->count; i++) {
        const struct channel *channel = listener->channels[i];
        short events = channel_events(channel);
        /* A negative descriptor is passed over: one that waits for its answers only would
         * say again and again that the other end is gone. */
        asked[ASKED_CHANNELS + i] =
            (struct pollfd){events == 0 ? -1 : wire_socket(channel->wire), events, 0};
        if ((events & POLLIN) != 0 && wire_has_more(channel->wire))
            patience = 0;
    }
    return patience;
}

static void *run(void *data)
{
    struct listener *listener = data;
    struct pollfd asked[ASKED_CHANNELS + LIMIT_FEED_CONNECTIONS];
    while (!take_finished(listener)) {
        size_t count = listener->count;
        int patience = fill(listener, asked);
        (void)poll(asked, ASKED_CHANNELS + count, patience);
        if (asked[ASKED_WAKE].revents != 0)
            wake_pipe_clear(&listener->wake);
        (void)take_finished(listener);
        step_all(listener, asked + ASKED_CHANNELS, count);
        if (asked[ASKED_LISTEN].revents != 0)
            accept_all(listener, clock_monotonic());
    }
    return NULL;
}

static bool begin_thread(struct listener *listener, struct error *err)
{
    pthread_mutex_init(&listener->mutex, NULL);
    if (!wake_pipe_open(&listener->wake, err))
        return false;
    if (pthread_create(&listener->thread, NULL, run, listener) == 0)
        return true;
    wake_pipe_close(&listener->wake);
    return error_set(err, ERROR_FAILED, "no thread to listen for feeds");
}

bool listener_start(const struct listener_options *options, struct arena *process,
                    struct listener **out, struct error *err)
{
    struct listener *listener = ARENA_NEW(process, struct listener);
    *listener = (struct listener){.secrets = options->secrets};
    listener->host = (struct channel_host){
        .study = options->study, .finished = on_finished, .data = listener};
    *out = listener;
    if (!tcp_listen(options->listen, &listener->socket, err))
        return false;
    if (tcp_local_address(listener->socket, listener->address, err) &&
        begin_thread(listener, err))
        return true;
    tcp_close(listener->socket);
    return false;
}

/* The thread is gone: what the writer still has is waited for, and answered. */
static void finish(struct listener *listener)
{
    listener->host.is_stopping = true;
    while (listener->host.under_way > 0) {
        struct pollfd asked = {listener->wake.read_end, POLLIN, 0};
        (void)poll(&asked, 1, TURN_MILLISECONDS);
        wake_pipe_clear(&listener->wake);
        (void)take_finished(listener);
    }
    int64_t now = clock_monotonic();
    while (listener->count > 0) {
        size_t last = listener->count - 1;
        (void)channel_step(listener->channels[last], false, now);
        drop(listener, last);
    }
}

void listener_stop(struct listener *listener)
{
    pthread_mutex_lock(&listener->mutex);
    listener->is_stopping = true;
    pthread_mutex_unlock(&listener->mutex);
    wake_pipe_wake(&listener->wake);
    pthread_join(listener->thread, NULL);
    tcp_close(listener->socket);
    finish(listener);
    wake_pipe_close(&listener->wake);
    pthread_mutex_destroy(&listener->mutex);
}

struct text listener_address(const struct listener *listener)
{
    return text_of(listener->address);
}
