/* Opened again by zlib's reader of RFC 1952, which checks length and CRC-32. */
#include "support/unit.h"
#include "system/gzip.h"

#include <string.h>
#include <zlib.h>

static struct arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_new(1 << 20);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void what_is_compressed_opens_to_the_same(void **state)
{
    (void)state;
    char *plain = arena_alloc(arena, 20000);
    for (size_t i = 0; i < 20000; i++)
        plain[i] = "骨髓腔内输液 "[i % 19];
    struct text packed;
    assert_true(gzip_compress((struct text){plain, 20000}, arena, &packed));
    assert_true(packed.len < 1000);

    unsigned char *copy = arena_alloc(arena, packed.len);
    memcpy(copy, packed.at, packed.len);
    unsigned char *opened = arena_alloc(arena, 20001);
    z_stream stream = {.next_in = copy,
                       .avail_in = (unsigned)packed.len,
                       .next_out = opened,
                       .avail_out = 20001};
    assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK);
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    assert_int_equal(stream.total_out, 20000);
    inflateEnd(&stream);
    assert_memory_equal(opened, plain, 20000);
}

static void what_would_grow_is_left_as_it_is(void **state)
{
    (void)state;
    struct text packed = TEXT("untouched");
    assert_false(gzip_compress(TEXT("a"), arena, &packed));
    assert_false(gzip_compress(TEXT(""), arena, &packed));
    ASSERT_TEXT(packed, "untouched");
}

static void a_full_arena_is_no_bug(void **state)
{
    (void)state;
    struct arena *full = arena_new(100);
    struct text packed;
    char plain[1000] = {0};
    assert_false(gzip_compress((struct text){plain, sizeof plain}, full, &packed));
    arena_free(full);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_compressed_opens_to_the_same),
        cmocka_unit_test(what_would_grow_is_left_as_it_is),
        cmocka_unit_test(a_full_arena_is_no_bug),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
