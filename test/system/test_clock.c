#include "support/unit.h"
#include "system/clock.h"

#include <time.h>

static void counts_microseconds_since_1970(void **state)
{
    (void)state;
    int64_t before = (int64_t)time(NULL) * 1000000;
    int64_t now = clock_now(&system_clock);
    /* time() may read a coarser clock that lags by up to one tick. */
    assert_true(now >= before && now < before + 3 * 1000000);
}

static void monotonic_clock_never_goes_back(void **state)
{
    (void)state;
    int64_t last = clock_monotonic();
    for (int i = 0; i < 1000; i++) {
        int64_t next = clock_monotonic();
        assert_true(next >= last);
        last = next;
    }
}

static void test_clock_stands_still_until_moved(void **state)
{
    (void)state;
    struct test_clock hand = {.instant = 5};
    struct clock clock = test_clock(&hand);
    assert_int_equal(clock_now(&clock), 5);
    assert_int_equal(clock_now(&clock), 5);
    hand.instant = 7;
    assert_int_equal(clock_now(&clock), 7);
}

static void shifted_clock_runs_on_from_its_beginning(void **state)
{
    (void)state;
    struct shifted_clock shift = {.began = 1000,
                                  .real_began = clock_now(&system_clock) - 60000000};
    struct clock clock = shifted_clock(&shift);
    int64_t now = clock_now(&clock);
    assert_true(now >= 1000 + 60000000 && now < 1000 + 63000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_microseconds_since_1970),
        cmocka_unit_test(monotonic_clock_never_goes_back),
        cmocka_unit_test(test_clock_stands_still_until_moved),
        cmocka_unit_test(shifted_clock_runs_on_from_its_beginning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
