#include "support/unit.h"

#include "actions/throttle.h"

#include <stdio.h>

enum { SECOND = 1000 * 1000 };

static int setup(void **state)
{
    *state = arena_new(16 * 1024 * 1024);
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static void two_failures_cost_nothing(void **state)
{
    (void)state;
    assert_int_equal(throttle_delay(0), 0);
    assert_int_equal(throttle_delay(2), 0);
}

static void from_the_third_failure_the_delay_doubles_up_to_15_minutes(void **state)
{
    static const int64_t expected[] = {2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900};
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(expected); i++)
        assert_int_equal(throttle_delay((int64_t)i + 3), expected[i]);
    assert_int_equal(throttle_delay(INT64_MAX), 900);
}

static void the_delay_counts_from_the_last_failure_and_rounds_up(void **state)
{
    (void)state;
    assert_int_equal(throttle_left(3, 100 * SECOND, 100 * SECOND), 2);
    assert_int_equal(throttle_left(3, 100 * SECOND, 100 * SECOND + 1), 2);
    assert_int_equal(throttle_left(3, 100 * SECOND, 101 * SECOND), 1);
    assert_int_equal(throttle_left(3, 100 * SECOND, 102 * SECOND), 0);
}

static void an_address_and_a_name_of_the_same_letters_are_apart(void **state)
{
    struct throttle *throttle = throttle_new(*state);
    for (int i = 0; i < 4; i++)
        throttle_failed(throttle, THROTTLE_ADDRESS, TEXT("a"), SECOND);
    assert_int_equal(throttle_wait(throttle, THROTTLE_ADDRESS, TEXT("a"), SECOND), 4);
    assert_int_equal(throttle_wait(throttle, THROTTLE_NAME, TEXT("a"), SECOND), 0);
}

static void a_success_ends_the_delay(void **state)
{
    struct throttle *throttle = throttle_new(*state);
    for (int i = 0; i < 4; i++)
        throttle_failed(throttle, THROTTLE_ADDRESS, TEXT("a"), SECOND);
    throttle_cleared(throttle, THROTTLE_ADDRESS, TEXT("a"));
    assert_int_equal(throttle_wait(throttle, THROTTLE_ADDRESS, TEXT("a"), SECOND), 0);
}

static void an_hour_without_failure_forgives_an_address_but_not_a_name(void **state)
{
    struct throttle *throttle = throttle_new(*state);
    int64_t later = SECOND + INT64_C(3601) * SECOND;
    for (int i = 0; i < 6; i++) {
        throttle_failed(throttle, THROTTLE_ADDRESS, TEXT("a"), SECOND);
        throttle_failed(throttle, THROTTLE_NAME, TEXT("n"), SECOND);
    }
    throttle_failed(throttle, THROTTLE_ADDRESS, TEXT("a"), later);
    throttle_failed(throttle, THROTTLE_NAME, TEXT("n"), later);
    assert_int_equal(throttle_wait(throttle, THROTTLE_ADDRESS, TEXT("a"), later), 0);
    /* As for a user, whose own count ends with a success only. */
    assert_int_equal(throttle_wait(throttle, THROTTLE_NAME, TEXT("n"), later), 32);
}

static void the_table_keeps_the_latest_of_very_many_keys(void **state)
{
    struct throttle *throttle = throttle_new(*state);
    for (int i = 0; i < 20000; i++) {
        char key[24];
        snprintf(key, sizeof key, "10.0.%d.%d", i / 256, i % 256);
        for (int k = 0; k < 3; k++)
            throttle_failed(throttle, THROTTLE_ADDRESS, text_of(key),
                            (int64_t)i * SECOND);
    }
    assert_int_equal(throttle_wait(throttle, THROTTLE_ADDRESS, TEXT("10.0.78.31"),
                                   INT64_C(19999) * SECOND),
                     2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_failures_cost_nothing),
        cmocka_unit_test(from_the_third_failure_the_delay_doubles_up_to_15_minutes),
        cmocka_unit_test(the_delay_counts_from_the_last_failure_and_rounds_up),
        cmocka_unit_test(an_address_and_a_name_of_the_same_letters_are_apart),
        cmocka_unit_test(a_success_ends_the_delay),
        cmocka_unit_test(an_hour_without_failure_forgives_an_address_but_not_a_name),
        cmocka_unit_test(the_table_keeps_the_latest_of_very_many_keys),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
