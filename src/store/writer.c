/* The queue and the one thread that writes. It takes whatever waits into one transaction:
 * the more clients, the larger the group, without a timer. */
#include "base/limits.h"
#include "store/store_inside.h"

#include <semaphore.h>
#include <time.h>

bool store_submit(struct store *store, struct unit *unit, struct error *err)
{
    ASSERT(unit->apply != NULL && unit->done != NULL);
    ASSERT(unit->clock == NULL || store->is_demo);
    unit->next = NULL;
    pthread_mutex_lock(&store->lock);
    bool is_taken =
        store->has_thread && !store->is_closing && store->queued < LIMIT_WRITER_QUEUE;
    if (is_taken) {
        if (store->last == NULL)
            store->first = unit;
        else
            store->last->next = unit;
        store->last = unit;
        store->queued++;
    }
    bool is_first = is_taken && store->queued == 1;
    pthread_mutex_unlock(&store->lock);
    /* Outside: who is woken would find the lock taken and sleep again. */
    if (is_first)
        pthread_cond_signal(&store->work);
    return is_taken ||
           error_set(err, ERROR_BUSY,
                     store->has_thread ? "%d changes are waiting to be written"
                                       : "the folder is open for reading only",
                     LIMIT_WRITER_QUEUE);
}

/* -- Waiting for one unit ---------------------------------------------------------- */

/* A semaphore and not a condition: one call to the system to wake, one to wait, and no
 * lock for the two to meet at. */
struct waiter {
    sem_t done;
    bool is_good;
    struct error *err;
    struct unit *given;
};

static bool waiter_apply(struct txn *txn, void *data, struct error *err)
{
    struct waiter *waiter = data;
    return waiter->given->apply(txn, waiter->given->data, err);
}

/* After the post the waiter is gone. */
static void waiter_done(void *data, const struct error *err)
{
    struct waiter *waiter = data;
    waiter->is_good = err == NULL;
    if (err != NULL)
        *waiter->err = *err;
    sem_post(&waiter->done);
}

bool store_write(struct store *store, struct unit *unit, struct error *err)
{
    ASSERT(unit->done == NULL);
    struct waiter waiter = {.err = err, .given = unit};
    ASSERT(sem_init(&waiter.done, 0, 0) == 0);
    struct unit queued = {.apply = waiter_apply,
                          .done = waiter_done,
                          .data = &waiter,
                          .clock = unit->clock};
    bool is_good = store_submit(store, &queued, err);
    if (is_good) {
        while (sem_wait(&waiter.done) != 0)
            continue; /* a signal came between */
        is_good = waiter.is_good;
        unit->seq = queued.seq;
    }
    sem_destroy(&waiter.done);
    return is_good;
}

/* -- The thread -------------------------------------------------------------------- */

/* False after `seconds` without a signal. With `lock` held. */
static bool wait_at_most(struct store *store, int seconds)
{
    int64_t until = clock_monotonic() + (int64_t)seconds * 1000000;
    struct timespec end = {.tv_sec = until / 1000000,
                           .tv_nsec = until % 1000000 * 1000};
    return pthread_cond_timedwait(&store->work, &store->lock, &end) == 0;
}

/* The next units; 0 when the store closes. */
static size_t take(struct store *store, struct unit **units)
{
    pthread_mutex_lock(&store->lock);
    store->is_telling = false;
    pthread_cond_broadcast(&store->told);
    while (store->first == NULL && !store->is_closing) {
        bool has_rest = store->figures.frames > 0 || store->figures.is_purge_awaited;
        if (!has_rest) {
            pthread_cond_wait(&store->work, &store->lock);
        } else if (!wait_at_most(store, WRITER_IDLE_SECONDS)) {
            pthread_mutex_unlock(&store->lock);
            checkpoint_idle(store);
            pthread_mutex_lock(&store->lock);
        }
    }
    size_t count = 0;
    while (store->first != NULL && count < LIMIT_WRITER_BATCH) {
        units[count++] = store->first;
        store->first = store->first->next;
    }
    if (store->first == NULL)
        store->last = NULL;
    store->queued -= count;
    pthread_mutex_unlock(&store->lock);
    return count;
}

static void *run(void *data)
{
    struct store *store = data;
    struct unit *units[LIMIT_WRITER_BATCH];
    for (size_t count = take(store, units); count > 0; count = take(store, units))
        group_run(store, units, count);
    checkpoint_idle(store);
    return NULL;
}

bool writer_start(struct store *store, struct error *err)
{
    store->has_thread = pthread_create(&store->thread, NULL, run, store) == 0;
    return store->has_thread ||
           error_set(err, ERROR_FAILED, "no thread for the writer");
}

void writer_stop(struct store *store)
{
    if (!store->has_thread)
        return;
    pthread_mutex_lock(&store->lock);
    store->is_closing = true;
    pthread_cond_signal(&store->work);
    pthread_mutex_unlock(&store->lock);
    pthread_join(store->thread, NULL);
    store->has_thread = false;
}
