#include "base/arena_large.h"
#include "base/poison.h"
#include "support/unit.h"

#include <stdint.h>
#include <string.h>

static void gives_zeroed_memory_even_after_a_reset(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 16);
    unsigned char *first = arena_alloc(arena, 1000);
    memset(first, 0xff, 1000);
    arena_reset(arena);
    const unsigned char *second = arena_alloc(arena, 1000);
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(second[i], 0);
    arena_free(arena);
}

static size_t told;

static void tell(void *bytes, size_t size)
{
    assert_non_null(bytes);
    told += size;
}

static void a_large_block_is_told_of_and_zeroed_again(void **state)
{
    (void)state;
    enum { SIZE = ARENA_LARGE + 1000 };
    struct arena *arena = arena_new(SIZE_MAX);
    arena_keep(arena, SIZE_MAX);
    arena_on_large_block(arena, tell);
    arena_alloc(arena, 1000);
    assert_int_equal(told, 0);
    for (size_t round = 0; round < 3; round++) {
        struct arena_mark mark = arena_mark(arena);
        unsigned char *bytes = arena_alloc(arena, SIZE);
        assert_true(told >= SIZE);
        for (size_t i = 0; i < SIZE; i++)
            assert_int_equal(bytes[i], 0);
        memset(bytes, 0xff, SIZE / (round + 1));
        if (round == 0)
            arena_reset(arena);
        else
            arena_rewind(arena, mark);
    }
    arena_free(arena);
}

static void a_reset_keeps_the_largest_block_that_it_may(void **state)
{
    (void)state;
    struct arena *arena = arena_new(SIZE_MAX);
    const void *first = arena_alloc(arena, 16);
    arena_alloc(arena, 40000);
    arena_reset(arena);
    assert_ptr_equal(arena_alloc(arena, 16), first); /* 4 KB, unless more is said */
    arena_keep(arena, 64 * 1024);
    const void *large = arena_alloc(arena, 40000);
    arena_reset(arena);
    assert_ptr_equal(arena_alloc(arena, 16), large);
    arena_alloc(arena, 100000); /* too large to be kept */
    arena_reset(arena);
    assert_ptr_equal(arena_alloc(arena, 16), large);
    assert_int_equal(arena_used(arena), 16);
    arena_free(arena);
}

/* Under a sanitizer only: what it would stop at. */
static void what_is_not_lent_may_not_be_touched(void **state)
{
    (void)state;
    struct arena *arena = arena_new(SIZE_MAX);
    char *first = arena_alloc(arena, 5);
    struct arena_mark mark = arena_mark(arena);
    char *second = arena_alloc(arena, 16);
    assert_false(is_poisoned(first + 4) || is_poisoned(second + 15));
    assert_int_equal(is_poisoned(first + 5), POISON_WORKS);
    assert_int_equal(is_poisoned(second - 1), POISON_WORKS);
    assert_int_equal(is_poisoned(second + 16), POISON_WORKS);
    arena_rewind(arena, mark);
    assert_int_equal(is_poisoned(second), POISON_WORKS);
    arena_reset(arena);
    assert_int_equal(is_poisoned(first), POISON_WORKS);
    assert_false(is_poisoned(arena_alloc(arena, 5)));
    arena_free(arena);
}

static void aligns_every_piece_for_any_type(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 16);
    for (size_t size = 1; size < 100; size++) {
        uintptr_t address = (uintptr_t)arena_alloc(arena, size);
        assert_int_equal(address % _Alignof(max_align_t), 0);
    }
    arena_free(arena);
}

static void keeps_pieces_apart_over_many_blocks(void **state)
{
    (void)state;
    enum { PIECES = 300, SIZE = 1000 };
    struct arena *arena = arena_new(PIECES * SIZE);
    unsigned char *piece[PIECES];
    for (int i = 0; i < PIECES; i++) {
        piece[i] = arena_alloc(arena, SIZE);
        memset(piece[i], i % 251, SIZE);
    }
    for (int i = 0; i < PIECES; i++) {
        assert_int_equal(piece[i][0], i % 251);
        assert_int_equal(piece[i][SIZE - 1], i % 251);
    }
    arena_free(arena);
}

static void serves_a_piece_larger_than_any_block(void **state)
{
    (void)state;
    size_t size = 5 << 20;
    struct arena *arena = arena_new(size);
    unsigned char *piece = arena_alloc(arena, size);
    piece[size - 1] = 7;
    assert_int_equal(arena_used(arena), size);
    arena_free(arena);
}

static void try_hands_out_the_maximum_and_not_a_byte_more(void **state)
{
    (void)state;
    struct arena *arena = arena_new(100);
    assert_non_null(arena_try(arena, 60));
    assert_null(arena_try(arena, 41));
    assert_non_null(arena_try(arena, 40));
    assert_null(arena_try(arena, 1));
    assert_null(arena_try(arena, SIZE_MAX));
    arena_free(arena);
}

static void alloc_past_the_maximum_aborts(void **state)
{
    (void)state;
    struct arena *arena = arena_new(100);
    EXPECT_ABORT(arena_alloc(arena, 101));
    arena_free(arena);
}

static void product_that_overflows_aborts(void **state)
{
    (void)state;
    assert_int_equal(arena_product(8, 3), 24);
    assert_int_equal(arena_product(8, 0), 0);
    EXPECT_ABORT(arena_product(SIZE_MAX / 2, 3));
}

static void ordered_failure_hits_the_nth_try_once(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1000);
    arena_fail_after(arena, 3);
    assert_non_null(arena_try(arena, 1));
    assert_non_null(arena_try(arena, 1));
    assert_null(arena_try(arena, 1));
    assert_non_null(arena_try(arena, 1));
    arena_fail_after(arena, 1);
    arena_fail_after(arena, 0);
    assert_non_null(arena_try(arena, 1));
    arena_free(arena);
}

/* Notes the order in which clean-ups ran: data points at the next free place. */
struct trail {
    char letters[8];
    size_t len;
};
struct step {
    struct trail *trail;
    char letter;
};

static void note_step(void *data)
{
    const struct step *step = data;
    step->trail->letters[step->trail->len++] = step->letter;
}

static void clean_ups_run_once_and_latest_first(void **state)
{
    (void)state;
    struct trail trail = {0};
    struct step steps[] = {{&trail, 'a'}, {&trail, 'b'}, {&trail, 'c'}};
    struct arena *arena = arena_new(1000);
    for (size_t i = 0; i < ARRAY_COUNT(steps); i++)
        arena_on_end(arena, note_step, &steps[i]);
    arena_reset(arena);
    assert_string_equal(trail.letters, "cba");
    arena_free(arena);
    assert_string_equal(trail.letters, "cba");
}

static void rewind_gives_back_what_came_after_the_mark(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    char *kept = arena_alloc(arena, 10);
    memcpy(kept, "keep this", 10);
    struct arena_mark mark = arena_mark(arena);
    size_t used = arena_used(arena);
    for (int i = 0; i < 50; i++)
        arena_alloc(arena, 10000);
    arena_rewind(arena, mark);
    assert_int_equal(arena_used(arena), used);
    assert_string_equal(kept, "keep this");
    /* The room is there again: the maximum would not hold both rounds. */
    for (int i = 0; i < 100; i++)
        assert_non_null(arena_try(arena, 10000));
    arena_free(arena);
}

static void copied_text_is_closed_by_a_nul_that_does_not_count(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1000);
    struct text view = text_part(TEXT("forms and items"), 0, 5);
    struct text copy = text_copy(arena, view);
    assert_int_equal(copy.len, 5);
    assert_string_equal(copy.at, "forms");
    assert_ptr_not_equal(copy.at, view.at);
    assert_string_equal(text_c(arena, view), "forms");
    arena_free(arena);
}

static void absent_text_stays_absent_when_copied(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1000);
    assert_true(text_is_absent(text_copy(arena, (struct text){0})));
    assert_false(text_is_absent(text_copy(arena, TEXT(""))));
    assert_string_equal(text_c(arena, (struct text){0}), "");
    arena_free(arena);
}

static void formats_text_of_any_length(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 16);
    struct text t = text_format(arena, "%s-%04d", "S", 17);
    assert_true(text_equal(t, TEXT("S-0017")));
    t = text_format(arena, "%9000d", 1);
    assert_int_equal(t.len, 9000);
    assert_int_equal(t.at[8999], '1');
    arena_free(arena);
}

static void a_list_keeps_its_entries_while_it_grows(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 16);
    int64_t *list = NULL;
    size_t capacity = 0;
    size_t moves = 0;
    for (size_t count = 0; count < 1000; count++) {
        const int64_t *before = list;
        list = ARENA_GROW(arena, list, count, &capacity);
        assert_true(capacity > count);
        moves += list != before;
        list[count] = (int64_t)count;
    }
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(list[i], i);
    /* 8, 16, … 1024: doubling copies each entry about twice at most. */
    assert_int_equal(moves, 8);
    arena_free(arena);
}

static void freeing_nothing_is_allowed(void **state)
{
    (void)state;
    arena_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_zeroed_memory_even_after_a_reset),
        cmocka_unit_test(a_large_block_is_told_of_and_zeroed_again),
        cmocka_unit_test(a_reset_keeps_the_largest_block_that_it_may),
        cmocka_unit_test(what_is_not_lent_may_not_be_touched),
        cmocka_unit_test(aligns_every_piece_for_any_type),
        cmocka_unit_test(keeps_pieces_apart_over_many_blocks),
        cmocka_unit_test(serves_a_piece_larger_than_any_block),
        cmocka_unit_test(try_hands_out_the_maximum_and_not_a_byte_more),
        cmocka_unit_test(alloc_past_the_maximum_aborts),
        cmocka_unit_test(product_that_overflows_aborts),
        cmocka_unit_test(ordered_failure_hits_the_nth_try_once),
        cmocka_unit_test(clean_ups_run_once_and_latest_first),
        cmocka_unit_test(rewind_gives_back_what_came_after_the_mark),
        cmocka_unit_test(copied_text_is_closed_by_a_nul_that_does_not_count),
        cmocka_unit_test(absent_text_stays_absent_when_copied),
        cmocka_unit_test(formats_text_of_any_length),
        cmocka_unit_test(a_list_keeps_its_entries_while_it_grows),
        cmocka_unit_test(freeing_nothing_is_allowed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
