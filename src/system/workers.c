#include "system/workers.h"

#include "base/attributes.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

struct pool {
    part_function *work;
    void *data;
    size_t parts;
    atomic_size_t next;
};

static void *serve(void *data)
{
    struct pool *pool = data;
    for (size_t part; (part = atomic_fetch_add(&pool->next, 1)) < pool->parts;)
        pool->work(pool->data, part);
    return NULL;
}

static void run(const void *self, size_t parts, part_function *work, void *data)
{
    const size_t *threads = self;
    struct pool pool = {.work = work, .data = data, .parts = parts};
    pthread_t others[WORKERS_MOST];
    size_t started = 0;
    ASSERT(*threads >= 1 && *threads <= WORKERS_MOST);
    while (started + 1 < *threads && started + 1 < parts &&
           pthread_create(&others[started], NULL, serve, &pool) == 0)
        started++;
    serve(&pool);
    for (size_t i = 0; i < started; i++)
        ASSERT(pthread_join(others[i], NULL) == 0);
}

size_t workers_available(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > WORKERS_MOST ? WORKERS_MOST : (size_t)count;
}

struct runner workers_runner(const size_t *threads)
{
    return (struct runner){.run = run, .self = threads};
}
