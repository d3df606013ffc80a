/* Work in the background: done before the caller goes on, at a lower priority than his. */
#include "system/background.h"

#include "support/unit.h"

#include <pthread.h>
#include <sys/resource.h>

struct seen {
    pthread_t thread;
    int priority;
    bool is_done;
};

/* On Linux that of the thread that asks. */
static int own_priority(void)
{
    return getpriority(PRIO_PROCESS, 0);
}

static void look(void *data)
{
    *(struct seen *)data = (struct seen){
        .thread = pthread_self(), .priority = own_priority(), .is_done = true};
}

static void it_takes_what_others_leave(void **state)
{
    (void)state;
    struct seen seen = {0};
    int before = own_priority();
    background_run(look, &seen);
    assert_true(seen.is_done);
    assert_false(pthread_equal(seen.thread, pthread_self()));
    assert_true(seen.priority > before || before == 19);
    assert_int_equal(own_priority(), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(it_takes_what_others_leave)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
