#include "base/buffer.h"
#include "support/unit.h"

static struct arena *arena;

static int make_arena(void **state)
{
    (void)state;
    arena = arena_new(1 << 20);
    return 0;
}

static int free_arena(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void starts_as_an_empty_text_that_is_not_absent(void **state)
{
    (void)state;
    struct error err;
    struct text whole;
    struct buffer buffer = buffer_in(arena, 100);
    ASSERT_OK(buffer_text(&buffer, &whole, &err), &err);
    assert_int_equal(whole.len, 0);
    assert_false(text_is_absent(whole));
}

static void puts_every_kind_of_piece_in_order(void **state)
{
    (void)state;
    struct error err;
    struct text whole;
    struct buffer buffer = buffer_in(arena, 100);
    buffer_bytes(&buffer, "ab", 2);
    buffer_text_add(&buffer, TEXT("cd"));
    buffer_byte(&buffer, 'e');
    buffer_format(&buffer, "%d", 42);
    BUFFER_LITERAL(&buffer, "!");
    ASSERT_OK(buffer_text(&buffer, &whole, &err), &err);
    ASSERT_TEXT(whole, "abcde42!");
}

static void puts_the_largest_and_the_smallest_number(void **state)
{
    (void)state;
    struct error err;
    struct text whole;
    struct buffer buffer = buffer_in(arena, 100);
    const int64_t numbers[] = {0, -1, 10, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        buffer_byte(&buffer, ' ');
        buffer_number(&buffer, numbers[i]);
    }
    ASSERT_OK(buffer_text(&buffer, &whole, &err), &err);
    ASSERT_TEXT(whole, " 0 -1 10 9223372036854775807 -9223372036854775808");
}

static void carries_nul_bytes(void **state)
{
    (void)state;
    struct error err;
    struct text whole;
    struct buffer buffer = buffer_in(arena, 100);
    buffer_bytes(&buffer, "a\0b", 3);
    ASSERT_OK(buffer_text(&buffer, &whole, &err), &err);
    assert_int_equal(whole.len, 3);
    assert_memory_equal(whole.at, "a\0b", 3);
}

static void keeps_what_it_held_when_it_grows(void **state)
{
    (void)state;
    struct error err;
    struct text whole;
    struct buffer buffer = buffer_in(arena, 10000);
    for (int i = 0; i < 1000; i++)
        buffer_format(&buffer, "%04d", i);
    ASSERT_OK(buffer_text(&buffer, &whole, &err), &err);
    assert_int_equal(whole.len, 4000);
    ASSERT_TEXT(text_part(whole, 0, 8), "00000001");
    ASSERT_TEXT(text_part(whole, 3992, 8), "09980999");
}

static void holds_its_maximum_and_not_a_byte_more(void **state)
{
    (void)state;
    struct error err;
    struct text whole;
    struct buffer buffer = buffer_in(arena, 5);
    buffer_bytes(&buffer, "12345", 5);
    ASSERT_OK(buffer_text(&buffer, &whole, &err), &err);
    buffer_byte(&buffer, '6');
    ASSERT_ERROR(buffer_text(&buffer, &whole, &err), &err, ERROR_TOO_LARGE);
}

static void adds_nothing_more_after_an_overflow(void **state)
{
    (void)state;
    struct error err;
    struct text whole;
    struct buffer buffer = buffer_in(arena, 5);
    buffer_bytes(&buffer, "1234", 4);
    buffer_bytes(&buffer, "567", 3);
    buffer_byte(&buffer, '8'); /* would fit */
    assert_int_equal(buffer.len, 4);
    ASSERT_ERROR(buffer_text(&buffer, &whole, &err), &err, ERROR_TOO_LARGE);
}

/* vsnprintf wants room for a NUL, which must not be counted against the maximum. */
static void formatting_reaches_the_maximum_too(void **state)
{
    (void)state;
    struct error err;
    struct text whole;
    struct buffer buffer = buffer_in(arena, 5);
    buffer_format(&buffer, "%s", "12345");
    ASSERT_OK(buffer_text(&buffer, &whole, &err), &err);
    ASSERT_TEXT(whole, "12345");
}

static void a_failed_allocation_is_an_overflow_not_a_crash(void **state)
{
    (void)state;
    struct error err;
    struct text whole;
    struct buffer buffer = buffer_in(arena, 10000);
    buffer_bytes(&buffer, "start", 5);
    arena_fail_after(arena, 1);
    for (int i = 0; i < 1000; i++)
        buffer_byte(&buffer, 'x');
    ASSERT_ERROR(buffer_text(&buffer, &whole, &err), &err, ERROR_TOO_LARGE);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, make_arena, free_arena)
    const struct CMUnitTest tests[] = {
        TEST(starts_as_an_empty_text_that_is_not_absent),
        TEST(puts_every_kind_of_piece_in_order),
        TEST(puts_the_largest_and_the_smallest_number),
        TEST(carries_nul_bytes),
        TEST(keeps_what_it_held_when_it_grows),
        TEST(holds_its_maximum_and_not_a_byte_more),
        TEST(adds_nothing_more_after_an_overflow),
        TEST(formatting_reaches_the_maximum_too),
        TEST(a_failed_allocation_is_an_overflow_not_a_crash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
