#include "base/bytes.h"
#include "support/unit.h"

#include <string.h>

static int make_arena(void **state)
{
    *state = arena_new(1 << 20);
    return 0;
}

static int drop_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static struct text written(const struct buffer *buffer)
{
    struct error err = {0};
    struct text t = {0};
    ASSERT_OK(buffer_text(buffer, &t, &err), &err);
    return t;
}

static void assert_bytes(struct text t, const char *expected, size_t len)
{
    assert_int_equal(t.len, len);
    assert_memory_equal(t.at, expected, len);
}

/* LEB128 of the DWARF standard, version 5, figure 22, and the edges of 64 bits. */
static const struct {
    uint64_t value;
    const char *bytes;
    size_t len;
} unsigned_numbers[] = {
    {0, "\x00", 1},
    {2, "\x02", 1},
    {127, "\x7f", 1},
    {128, "\x80\x01", 2},
    {129, "\x81\x01", 2},
    {12857, "\xb9\x64", 2},
    {624485, "\xe5\x8e\x26", 3},
    {UINT64_C(0x7fffffffffffffff), "\xff\xff\xff\xff\xff\xff\xff\xff\x7f", 9},
    {UINT64_C(0x8000000000000000), "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01", 10},
    {UINT64_MAX, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 10},
};

static void writes_unsigned_numbers_as_leb128(void **state)
{
    for (size_t i = 0; i < ARRAY_COUNT(unsigned_numbers); i++) {
        struct buffer buffer = buffer_in(*state, 100);
        bytes_put_unsigned(&buffer, unsigned_numbers[i].value);
        assert_bytes(written(&buffer), unsigned_numbers[i].bytes,
                     unsigned_numbers[i].len);
    }
}

static void reads_unsigned_numbers_from_leb128(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(unsigned_numbers); i++) {
        struct bytes_reader reader = bytes_read((struct text){
            .at = unsigned_numbers[i].bytes, .len = unsigned_numbers[i].len});
        assert_true(bytes_get_unsigned(&reader) == unsigned_numbers[i].value);
        assert_true(bytes_done(&reader));
    }
}

/* The zigzag table of the Protocol Buffers encoding guide. */
static void signed_numbers_are_zigzag_coded(void **state)
{
    static const struct {
        int64_t value;
        uint64_t code;
    } cases[] = {
        {0, 0},
        {-1, 1},
        {1, 2},
        {-2, 3},
        {INT64_C(0x7fffffff), UINT64_C(0xfffffffe)},
        {-INT64_C(0x80000000), UINT64_C(0xffffffff)},
        {INT64_MAX, UINT64_MAX - 1},
        {INT64_MIN, UINT64_MAX},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct buffer buffer = buffer_in(*state, 100);
        bytes_put_signed(&buffer, cases[i].value);
        struct bytes_reader reader = bytes_read(written(&buffer));
        assert_true(bytes_get_unsigned(&reader) == cases[i].code);
        reader = bytes_read(written(&buffer));
        assert_true(bytes_get_signed(&reader) == cases[i].value);
        assert_true(bytes_done(&reader));
    }
}

static void writes_fixed_words_little_endian(void **state)
{
    struct buffer buffer = buffer_in(*state, 100);
    bytes_put_fixed64(&buffer, UINT64_C(0x0123456789abcdef));
    assert_bytes(written(&buffer), "\xef\xcd\xab\x89\x67\x45\x23\x01", 8);
}

static void reads_back_a_whole_record(void **state)
{
    struct buffer buffer = buffer_in(*state, 1000);
    bytes_put_unsigned(&buffer, 300);
    bytes_put_signed(&buffer, -300);
    bytes_put_text(&buffer, TEXT("F.SCR"));
    bytes_put_text(&buffer, TEXT(""));
    bytes_put_optional_text(&buffer, TEXT("临时编号"));
    bytes_put_optional_text(&buffer, (struct text){0});
    bytes_put_optional_text(&buffer, TEXT(""));
    bytes_put_bool(&buffer, true);
    bytes_put_bool(&buffer, false);
    bytes_put_fixed64(&buffer, 42);

    struct bytes_reader reader = bytes_read(written(&buffer));
    assert_int_equal(bytes_get_unsigned(&reader), 300);
    assert_int_equal(bytes_get_signed(&reader), -300);
    assert_true(text_equal(bytes_get_text(&reader), TEXT("F.SCR")));
    assert_int_equal(bytes_get_text(&reader).len, 0);
    assert_true(text_equal(bytes_get_optional_text(&reader), TEXT("临时编号")));
    assert_true(text_is_absent(bytes_get_optional_text(&reader)));
    struct text empty = bytes_get_optional_text(&reader);
    assert_false(text_is_absent(empty));
    assert_int_equal(empty.len, 0);
    assert_true(bytes_get_bool(&reader));
    assert_false(bytes_get_bool(&reader));
    assert_false(bytes_done(&reader));
    assert_int_equal(bytes_get_fixed64(&reader), 42);
    assert_true(bytes_done(&reader));
}

static void a_record_cut_anywhere_is_bad(void **state)
{
    struct buffer buffer = buffer_in(*state, 1000);
    bytes_put_text(&buffer, TEXT("twelve bytes"));
    bytes_put_unsigned(&buffer, 300);
    bytes_put_fixed64(&buffer, 7);
    bytes_put_optional_text(&buffer, TEXT("end"));
    struct text whole = written(&buffer);
    for (size_t len = 0; len < whole.len; len++) {
        struct bytes_reader reader = bytes_read(text_part(whole, 0, len));
        bytes_get_text(&reader);
        bytes_get_unsigned(&reader);
        bytes_get_fixed64(&reader);
        bytes_get_optional_text(&reader);
        assert_false(bytes_done(&reader));
    }
}

static void bytes_left_over_are_not_done(void **state)
{
    (void)state;
    struct bytes_reader reader = bytes_read(TEXT("\x01\x02"));
    bytes_get_unsigned(&reader);
    assert_false(bytes_done(&reader));
}

static void assert_bad_unsigned(struct text t)
{
    struct bytes_reader reader = bytes_read(t);
    assert_int_equal(bytes_get_unsigned(&reader), 0);
    assert_true(reader.is_bad);
    assert_false(bytes_done(&reader));
}

static void one_number_has_one_spelling(void **state)
{
    (void)state;
    assert_bad_unsigned(TEXT("\x80\x00"));
    assert_bad_unsigned(TEXT("\x81\x80\x00"));
    assert_bad_unsigned(TEXT("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02"));
    assert_bad_unsigned(TEXT("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x81\x00"));
    assert_bad_unsigned(TEXT("\x80"));
    assert_bad_unsigned(TEXT(""));
    assert_bad_unsigned((struct text){0});
}

static void a_flag_is_zero_or_one(void **state)
{
    (void)state;
    struct bytes_reader reader = bytes_read(TEXT("\x02"));
    assert_false(bytes_get_bool(&reader));
    assert_true(reader.is_bad);
}

static void after_a_bad_read_everything_is_empty(void **state)
{
    (void)state;
    struct bytes_reader reader = bytes_read(TEXT("\x02\x05hello\x01"));
    bytes_get_bool(&reader);
    assert_true(text_is_absent(bytes_get_text(&reader)));
    assert_true(text_is_absent(bytes_get_optional_text(&reader)));
    assert_int_equal(bytes_get_unsigned(&reader), 0);
    assert_int_equal(bytes_get_signed(&reader), 0);
    assert_int_equal(bytes_get_fixed64(&reader), 0);
    assert_int_equal(bytes_get_count(&reader), 0);
    assert_false(bytes_get_bool(&reader));
    assert_false(bytes_done(&reader));
}

static void a_length_beyond_the_record_is_bad(void **state)
{
    (void)state;
    struct bytes_reader reader = bytes_read(TEXT("\x06hello"));
    assert_true(text_is_absent(bytes_get_text(&reader)));
    assert_true(reader.is_bad);
    reader = bytes_read(TEXT("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01hello"));
    assert_true(text_is_absent(bytes_get_text(&reader)));
    assert_true(reader.is_bad);
}

static void a_count_beyond_the_record_is_bad(void **state)
{
    (void)state;
    struct bytes_reader reader = bytes_read(TEXT("\x03\x01\x02\x03"));
    assert_int_equal(bytes_get_count(&reader), 3);
    assert_false(reader.is_bad);
    reader = bytes_read(TEXT("\x04\x01\x02\x03"));
    assert_int_equal(bytes_get_count(&reader), 0);
    assert_true(reader.is_bad);
}

static void a_text_that_was_read_is_a_view_into_the_record(void **state)
{
    (void)state;
    struct text record = TEXT("\x05hello");
    struct bytes_reader reader = bytes_read(record);
    assert_ptr_equal(bytes_get_text(&reader).at, record.at + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_unsigned_numbers_as_leb128),
        cmocka_unit_test(reads_unsigned_numbers_from_leb128),
        cmocka_unit_test(signed_numbers_are_zigzag_coded),
        cmocka_unit_test(writes_fixed_words_little_endian),
        cmocka_unit_test(reads_back_a_whole_record),
        cmocka_unit_test(a_record_cut_anywhere_is_bad),
        cmocka_unit_test(bytes_left_over_are_not_done),
        cmocka_unit_test(one_number_has_one_spelling),
        cmocka_unit_test(a_flag_is_zero_or_one),
        cmocka_unit_test(after_a_bad_read_everything_is_empty),
        cmocka_unit_test(a_length_beyond_the_record_is_bad),
        cmocka_unit_test(a_count_beyond_the_record_is_bad),
        cmocka_unit_test(a_text_that_was_read_is_a_view_into_the_record),
    };
    return cmocka_run_group_tests(tests, make_arena, drop_arena);
}
