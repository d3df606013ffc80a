#ifndef OSTEON_WEB_HASH_POOL_H
#define OSTEON_WEB_HASH_POOL_H
/* A few threads for what takes long: never on an HTTP thread, and never so many at once
 * that memory or processors run out. One pool is for argon2id, which takes 20 ms and 19 MiB
 * on purpose; another for transfers (web/transfer.h), which take seconds or minutes. At
 * most LIMIT_HASH_QUEUE jobs wait. */
#include "base/arena.h"
#include "base/error.h"

struct hash_job {
    void (*run)(void *work);
    void *work;
    /* On the hashing thread, when it has run: the job may be gone as soon as it returns. */
    void (*done)(void *waiter);
    void *waiter;
    struct hash_job *next; /* the queue's */
};

struct hash_pool;

MUST_USE bool hash_pool_start(size_t threads, struct arena *process,
                              struct hash_pool **out, struct error *err);
/* ERROR_BUSY: too many wait, nothing was queued. */
MUST_USE bool hash_pool_submit(struct hash_pool *pool, struct hash_job *job,
                               struct error *err);
/* Runs what is queued, then ends the threads. */
void hash_pool_stop(struct hash_pool *pool);

#endif
