#include "web/watch.h"

#include "system/tcp_socket.h"

#include <pthread.h>
#include <stdatomic.h>

struct watched {
    int socket;
    _Atomic int phase;
    _Atomic int64_t since;
    bool has_mark; /* `mark` was taken in this idle phase */
    int64_t mark_since;
    uint64_t mark; /* bytes received when the wait was first seen */
    bool is_ended;
    struct watched *previous, *next;
};

struct watch {
    struct watch_limits limits;
    pthread_mutex_t mutex; /* the lists, and sockets against being closed */
    struct watched *all;
    struct watched *spare;
    int64_t count;
    struct arena *arena; /* of the list: its own, for `mutex` guards nobody else's */
};

static void close_watch(void *data)
{
    struct watch *watch = data;
    pthread_mutex_destroy(&watch->mutex);
    arena_free(watch->arena);
}

struct watch *watch_new(struct watch_limits limits, struct arena *process)
{
    struct watch *watch = ARENA_NEW(process, struct watch);
    watch->limits = limits;
    watch->arena = arena_new(SIZE_MAX);
    ASSERT(pthread_mutex_init(&watch->mutex, NULL) == 0);
    arena_on_end(process, close_watch, watch);
    return watch;
}

struct watched *watch_begin(struct watch *watch, int socket, int64_t now)
{
    pthread_mutex_lock(&watch->mutex);
    struct watched *watched = watch->spare;
    if (watched != NULL)
        watch->spare = watched->next;
    else
        watched = ARENA_NEW(watch->arena, struct watched);
    *watched = (struct watched){.socket = socket, .since = now, .next = watch->all};
    if (watch->all != NULL)
        watch->all->previous = watched;
    watch->all = watched;
    watch->count++;
    pthread_mutex_unlock(&watch->mutex);
    return watched;
}

void watch_end(struct watch *watch, struct watched *watched)
{
    pthread_mutex_lock(&watch->mutex);
    if (watched->previous != NULL)
        watched->previous->next = watched->next;
    else
        watch->all = watched->next;
    if (watched->next != NULL)
        watched->next->previous = watched->previous;
    watched->next = watch->spare;
    watch->spare = watched;
    watch->count--;
    pthread_mutex_unlock(&watch->mutex);
}

void watch_enter(struct watched *watched, enum watch_phase phase, int64_t now)
{
    atomic_store_explicit(&watched->since, now, memory_order_relaxed);
    atomic_store_explicit(&watched->phase, (int)phase, memory_order_relaxed);
}

/* Has a head begun to come since this idle phase was first seen? */
static bool is_in_a_head(struct watched *watched, int64_t since)
{
    uint64_t received = 0;
    if (!tcp_received(watched->socket, &received))
        return false;
    if (!watched->has_mark || watched->mark_since != since) {
        watched->has_mark = true;
        watched->mark_since = since;
        watched->mark = received;
    }
    return received > watched->mark;
}

static bool is_over(struct watch *watch, struct watched *watched, int64_t now)
{
    int64_t since = atomic_load_explicit(&watched->since, memory_order_relaxed);
    int64_t age = now - since;
    switch (
        (enum watch_phase)atomic_load_explicit(&watched->phase, memory_order_relaxed)) {
    case WATCH_IDLE: return is_in_a_head(watched, since) && age > watch->limits.header;
    case WATCH_BODY: return age > watch->limits.body;
    case WATCH_SEND: return age > watch->limits.send;
    case WATCH_WORK:
    case WATCH_LIVE: return false;
    }
    return false;
}

size_t watch_tick(struct watch *watch, int64_t now)
{
    size_t ended = 0;
    pthread_mutex_lock(&watch->mutex);
    for (struct watched *each = watch->all; each != NULL; each = each->next)
        if (!each->is_ended && is_over(watch, each, now)) {
            each->is_ended = true;
            tcp_end(each->socket);
            ended++;
        }
    pthread_mutex_unlock(&watch->mutex);
    return ended;
}

int64_t watch_count(struct watch *watch)
{
    pthread_mutex_lock(&watch->mutex);
    int64_t count = watch->count;
    pthread_mutex_unlock(&watch->mutex);
    return count;
}
