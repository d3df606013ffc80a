#ifndef OSTEON_WEB_TRANSFER_H
#define OSTEON_WEB_TRANSFER_H
/* Exports and imports under way: what a request does that sleeps for long. Its job runs on
 * a thread of its own pool, asks `progress` now and then whether to go on, and ends when
 * the client has closed the connection or the server stops. Other requests of the same
 * person see how far it is.
 *
 * A client that has closed its sending half counts as gone.
 */
#include "actions/progress.h"
#include "web/handler.h"

#include <pthread.h>

struct transfer {
    struct progress progress;
    const char *what; /* "csv", "import"; NULL: not worth telling */
    int64_t user;
    int socket;
    void (*job)(void *work);
    struct transfers *of;
    struct transfer *next;
};

/* Of a server; all under the mutex but the flag. */
struct transfers {
    pthread_mutex_t mutex;
    struct transfer *first;
    _Atomic bool is_stopping;
};

void transfers_open(struct transfers *transfers);
void transfers_close(struct transfers *transfers);
/* Those under way end soon. */
void transfers_stop(struct transfers *transfers);
/* The job of a transfer, for the pool: on the list while it runs. */
void transfer_run(void *transfer);

struct transfer_seen {
    const char *what;
    int64_t done, of;
};
/* Those of a user; how many, at most `most`. */
size_t transfers_of(struct transfers *transfers, int64_t user,
                    struct transfer_seen *out, size_t most);

#endif
