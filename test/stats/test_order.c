#include "support/unit.h"

#include "base/arena.h"
#include "base/attributes.h"
#include "stats/order.h"

#include <math.h>
#include <stdlib.h>

/* A stream of its own: the same numbers on every machine. */
static uint64_t next(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 11;
}

static void check_order(const double *values, size_t count, struct arena *arena)
{
    const uint32_t *order = order_rising(values, count, arena);
    bool *is_seen = ARENA_ARRAY(arena, bool, count);
    for (size_t i = 0; i < count; i++) {
        assert_true(order[i] < count && !is_seen[order[i]]);
        is_seen[order[i]] = true;
        if (i == 0)
            continue;
        assert_false(values[order[i - 1]] > values[order[i]]);
        if (!(values[order[i - 1]] < values[order[i]]))
            assert_true(order[i - 1] < order[i]);
    }
}

static void numbers_rise_and_equal_ones_keep_their_order(void **state)
{
    (void)state;
    struct arena *arena = arena_new(64 << 20);
    enum { COUNT = 5000 };
    double *values = ARENA_ARRAY(arena, double, COUNT);
    uint64_t stream = 1;
    for (size_t i = 0; i < COUNT; i++)
        values[i] = (double)next(&stream) / 9007199254740992.0 - 0.5;
    check_order(values, COUNT, arena);
    for (size_t i = 0; i < COUNT; i++)
        values[i] = (double)(next(&stream) % 100);
    check_order(values, COUNT, arena);
    /* Alike in the upper 33 bits: all six passes are needed. */
    for (size_t i = 0; i < COUNT; i++)
        values[i] = 1 + (double)(next(&stream) % 100000) * 1e-15;
    check_order(values, COUNT, arena);
    static const double few[] = {0.0, -1, -0.0, 1e-310, -1e300, 1e300, 0};
    check_order(few, ARRAY_COUNT(few), arena);
    check_order(few, 1, arena);
    check_order(few, 0, arena);
    arena_free(arena);
}

/* Where one number lies far from all others, and where there are very many. */
static void uneven_numbers_rise_too(void **state)
{
    (void)state;
    struct arena *arena = arena_new(64 << 20);
    enum { COUNT = 70000 };
    double *values = ARENA_ARRAY(arena, double, COUNT);
    uint64_t stream = 2;
    for (size_t i = 0; i < COUNT; i++)
        values[i] = (double)next(&stream) / 9007199254740992.0;
    check_order(values, COUNT, arena);
    for (size_t count = 0; count < 300; count++)
        check_order(values, count, arena);
    values[7] = 1e300;
    check_order(values, COUNT, arena);
    values[7] = (double)INFINITY;
    values[9] = -(double)INFINITY;
    check_order(values, COUNT, arena);
    /* Each ten thousand times nearer to 0 than the one before; and nearly all the same. */
    for (size_t i = 0; i < COUNT; i++)
        values[i] = pow(10, -4 * (double)(next(&stream) % 70)) * (i % 2 == 0 ? -1 : 1);
    check_order(values, COUNT, arena);
    for (size_t i = 0; i < COUNT; i++)
        values[i] = i % 1000 == 0 ? (double)i : 5;
    check_order(values, COUNT, arena);
    arena_free(arena);
}

static void items_carry_their_code_and_flag(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    static const double values[] = {2, -0.0, 2};
    static const uint32_t codes[] = {7, 1, 0};
    static const bool flags[] = {true, false, true};
    const struct order_item *items =
        order_items(&(struct order_input){values, codes, flags, 3}, arena);
    static const uint32_t places[] = {1, 0, 2}, marks[] = {2, 15, 1};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(items[i].place, places[i]);
        assert_int_equal(items[i].mark, marks[i]);
    }
    assert_false(signbit(items[0].value));
    arena_free(arena);
}

static void codes_count_the_different_values(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    static const double values[] = {3, 1, 3, 2.5};
    uint32_t codes[4];
    assert_int_equal(order_codes(values, 4, codes, arena), 3);
    assert_int_equal(codes[0], 2);
    assert_int_equal(codes[1], 0);
    assert_int_equal(codes[2], 2);
    assert_int_equal(codes[3], 1);
    assert_int_equal(order_codes(values, 0, codes, arena), 0);
    arena_free(arena);
}

static void parts_keep_the_order_within(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    static const double values[] = {5, 4, 3, 2, 1, 0};
    static const uint32_t codes[] = {0, 2, 0, 2, 0, 2};
    struct order_parts parts;
    order_split(order_rising(values, 6, arena), 6, codes, 3, arena, &parts);
    static const uint32_t expected[] = {4, 2, 0, 5, 3, 1};
    static const size_t starts[] = {0, 3, 3, 6};
    assert_int_equal(parts.count, 3);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(parts.order[i], expected[i]);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(parts.starts[i], starts[i]);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_rise_and_equal_ones_keep_their_order),
        cmocka_unit_test(uneven_numbers_rise_too),
        cmocka_unit_test(items_carry_their_code_and_flag),
        cmocka_unit_test(codes_count_the_different_values),
        cmocka_unit_test(parts_keep_the_order_within),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
