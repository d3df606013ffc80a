#include "base/limits.h"
#include "support/unit.h"
#include "web/hash_pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

enum { MANY = LIMIT_HASH_QUEUE + 50 };

static struct arena *process;
static struct hash_pool *pool;
static struct error err;
static _Atomic bool is_held;
static _Atomic int running, most_at_once, done;

static void pause_briefly(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

static void work_slowly(void *work)
{
    (void)work;
    int now = atomic_fetch_add(&running, 1) + 1;
    if (now > atomic_load(&most_at_once))
        atomic_store(&most_at_once, now);
    do
        pause_briefly();
    while (atomic_load(&is_held));
    atomic_fetch_sub(&running, 1);
}

static void count_done(void *waiter)
{
    (void)waiter;
    atomic_fetch_add(&done, 1);
}

static int start(void **state)
{
    (void)state;
    process = arena_new(1 << 20);
    atomic_store(&is_held, true);
    atomic_store(&most_at_once, 0);
    atomic_store(&done, 0);
    return hash_pool_start(2, process, &pool, &err) ? 0 : -1;
}

static int stop(void **state)
{
    (void)state;
    arena_free(process);
    return 0;
}

static void takes_so_many_and_no_more(void **state)
{
    (void)state;
    static struct hash_job jobs[MANY];
    int taken = 0;
    for (int i = 0; i < MANY; i++) {
        jobs[i] = (struct hash_job){.run = work_slowly, .done = count_done};
        if (hash_pool_submit(pool, &jobs[i], &err))
            taken++;
        else
            assert_int_equal(err.code, ERROR_BUSY);
        if (i == 1)
            while (atomic_load(&running) < 2) /* both threads have one */
                pause_briefly();
    }
    assert_int_equal(taken, LIMIT_HASH_QUEUE + 2);
    atomic_store(&is_held, false);
    hash_pool_stop(pool);
    /* Stopping ends what was queued. */
    assert_int_equal(done, taken);
    assert_int_equal(most_at_once, 2);
}

static void stopping_waits_for_the_last_job(void **state)
{
    (void)state;
    atomic_store(&is_held, false);
    struct hash_job job = {.run = work_slowly, .done = count_done};
    ASSERT_OK(hash_pool_submit(pool, &job, &err), &err);
    hash_pool_stop(pool);
    assert_int_equal(done, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(takes_so_many_and_no_more, start, stop),
        cmocka_unit_test_setup_teardown(stopping_waits_for_the_last_job, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
