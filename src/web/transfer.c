#include "web/transfer.h"

#include "system/tcp_socket.h"

void transfers_open(struct transfers *transfers)
{
    ASSERT(pthread_mutex_init(&transfers->mutex, NULL) == 0);
}

void transfers_close(struct transfers *transfers)
{
    pthread_mutex_destroy(&transfers->mutex);
}

void transfers_stop(struct transfers *transfers)
{
    atomic_store(&transfers->is_stopping, true);
}

static bool is_wanted(void *data)
{
    const struct transfer *transfer = data;
    return !atomic_load(&transfer->of->is_stopping) &&
           tcp_is_connected(transfer->socket);
}

static void put_on(struct transfer *transfer)
{
    struct transfers *transfers = transfer->of;
    transfer->progress.is_wanted = is_wanted;
    transfer->progress.data = transfer;
    pthread_mutex_lock(&transfers->mutex);
    transfer->next = transfers->first;
    transfers->first = transfer;
    pthread_mutex_unlock(&transfers->mutex);
}

static void take_off(struct transfer *transfer)
{
    struct transfers *transfers = transfer->of;
    pthread_mutex_lock(&transfers->mutex);
    struct transfer **at = &transfers->first;
    while (*at != transfer)
        at = &(*at)->next;
    *at = transfer->next;
    pthread_mutex_unlock(&transfers->mutex);
}

void transfer_run(void *data)
{
    struct transfer *transfer = data;
    put_on(transfer);
    transfer->job(transfer);
    take_off(transfer);
}

size_t transfers_of(struct transfers *transfers, int64_t user,
                    struct transfer_seen *out, size_t most)
{
    size_t count = 0;
    pthread_mutex_lock(&transfers->mutex);
    for (struct transfer *each = transfers->first; each != NULL && count < most;
         each = each->next)
        if (each->user == user && each->what != NULL)
            out[count++] =
                (struct transfer_seen){.what = each->what,
                                       .done = atomic_load(&each->progress.done),
                                       .of = atomic_load(&each->progress.of)};
    pthread_mutex_unlock(&transfers->mutex);
    return count;
}
