#include "web/hash_pool.h"

#include "base/limits.h"

#include <pthread.h>

struct hash_pool {
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    struct hash_job *first, *last;
    size_t waiting;
    bool is_stopping;
    pthread_t *threads;
    size_t thread_count;
};

/* The next job, or NULL when the pool stops and nothing is left. */
static struct hash_job *next_job(struct hash_pool *pool)
{
    pthread_mutex_lock(&pool->mutex);
    while (pool->first == NULL && !pool->is_stopping)
        pthread_cond_wait(&pool->wake, &pool->mutex);
    struct hash_job *job = pool->first;
    if (job != NULL) {
        pool->first = job->next;
        if (pool->first == NULL)
            pool->last = NULL;
        pool->waiting--;
    }
    pthread_mutex_unlock(&pool->mutex);
    return job;
}

static void *run_jobs(void *data)
{
    struct hash_pool *pool = data;
    for (struct hash_job *job = next_job(pool); job != NULL; job = next_job(pool)) {
        job->run(job->work);
        job->done(job->waiter);
    }
    return NULL;
}

bool hash_pool_start(size_t threads, struct arena *process, struct hash_pool **out,
                     struct error *err)
{
    struct hash_pool *pool = ARENA_NEW(process, struct hash_pool);
    pool->threads = ARENA_ARRAY(process, pthread_t, threads);
    ASSERT(pthread_mutex_init(&pool->mutex, NULL) == 0);
    ASSERT(pthread_cond_init(&pool->wake, NULL) == 0);
    for (; pool->thread_count < threads; pool->thread_count++)
        if (pthread_create(&pool->threads[pool->thread_count], NULL, run_jobs, pool) !=
            0) {
            hash_pool_stop(pool);
            return error_set(err, ERROR_FAILED,
                             "a hashing thread could not be started");
        }
    *out = pool;
    return true;
}

bool hash_pool_submit(struct hash_pool *pool, struct hash_job *job, struct error *err)
{
    pthread_mutex_lock(&pool->mutex);
    bool has_room = pool->waiting < LIMIT_HASH_QUEUE && !pool->is_stopping;
    if (has_room) {
        job->next = NULL;
        if (pool->last == NULL)
            pool->first = job;
        else
            pool->last->next = job;
        pool->last = job;
        pool->waiting++;
        pthread_cond_signal(&pool->wake);
    }
    pthread_mutex_unlock(&pool->mutex);
    return has_room ||
           error_set(err, ERROR_BUSY,
                     "too many people want the same at this moment: signing in, "
                     "or a transfer");
}

void hash_pool_stop(struct hash_pool *pool)
{
    pthread_mutex_lock(&pool->mutex);
    pool->is_stopping = true;
    pthread_cond_broadcast(&pool->wake);
    pthread_mutex_unlock(&pool->mutex);
    for (size_t i = 0; i < pool->thread_count; i++)
        pthread_join(pool->threads[i], NULL);
    pthread_cond_destroy(&pool->wake);
    pthread_mutex_destroy(&pool->mutex);
}
