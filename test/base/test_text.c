#include "base/text.h"
#include "support/unit.h"

static void absent_and_empty_are_different(void **state)
{
    (void)state;
    assert_true(text_is_absent(text_of(NULL)));
    assert_false(text_is_absent(text_of("")));
    assert_false(text_is_absent(TEXT("")));
}

static void equality_is_of_all_bytes(void **state)
{
    (void)state;
    assert_true(text_equal(TEXT("F.SCR"), text_of("F.SCR")));
    assert_false(text_equal(TEXT("F.SCR"), TEXT("F.SCR2")));
    assert_false(text_equal(TEXT("F.SCR"), TEXT("f.scr")));
    assert_false(text_equal(TEXT("a\0b"), TEXT("a\0c")));
    assert_true(text_equal(TEXT(""), (struct text){0}));
}

static void order_is_by_unsigned_byte_then_length(void **state)
{
    (void)state;
    assert_true(text_compare(TEXT("a"), TEXT("b")) < 0);
    assert_true(text_compare(TEXT("ab"), TEXT("a")) > 0);
    assert_true(text_compare(TEXT(""), TEXT("a")) < 0);
    assert_int_equal(text_compare(TEXT("ab"), TEXT("ab")), 0);
    /* UTF-8 sorts by code point when bytes count as unsigned. */
    assert_true(text_compare(TEXT("z"), TEXT("\xc3\xa9")) < 0);
}

static void every_text_starts_with_the_empty_one(void **state)
{
    (void)state;
    assert_true(text_starts_with(TEXT("form"), TEXT("")));
    assert_true(text_starts_with(TEXT("form"), TEXT("form")));
    assert_false(text_starts_with(TEXT("form"), TEXT("forms")));
    assert_false(text_starts_with(TEXT("form"), TEXT("orm")));
}

static void a_part_is_clamped_to_the_text(void **state)
{
    (void)state;
    ASSERT_TEXT(text_part(TEXT("participant"), 4, 3), "ici");
    ASSERT_TEXT(text_part(TEXT("abc"), 1, SIZE_MAX), "bc");
    ASSERT_TEXT(text_part(TEXT("abc"), 9, 2), "");
    assert_true(text_is_absent(text_part((struct text){0}, 1, 1)));
}

static void trimming_takes_white_space_from_both_ends_only(void **state)
{
    (void)state;
    ASSERT_TEXT(text_trim(TEXT(" \t\r\n a b \n")), "a b");
    ASSERT_TEXT(text_trim(TEXT("  ")), "");
    ASSERT_TEXT(text_trim(TEXT("")), "");
}

static void finding_tells_the_length_when_there_is_none(void **state)
{
    (void)state;
    assert_int_equal(text_find(TEXT("a:b:c"), ':'), 1);
    assert_int_equal(text_find(TEXT("abc"), ':'), 3);
    assert_int_equal(text_find((struct text){0}, ':'), 0);
}

static void cutting_yields_every_piece_then_an_absent_rest(void **state)
{
    (void)state;
    struct text rest = TEXT("a,,b,");
    ASSERT_TEXT(text_cut(&rest, ','), "a");
    ASSERT_TEXT(text_cut(&rest, ','), "");
    ASSERT_TEXT(text_cut(&rest, ','), "b");
    /* The comma at the end promised one more piece, an empty one. */
    assert_false(text_is_absent(rest));
    ASSERT_TEXT(text_cut(&rest, ','), "");
    assert_true(text_is_absent(rest));
}

static void integers_are_read_to_both_ends_of_their_range(void **state)
{
    (void)state;
    int64_t value = 5;
    assert_true(text_to_int64(TEXT("0"), &value));
    assert_true(value == 0);
    assert_true(text_to_int64(TEXT("-17"), &value));
    assert_true(value == -17);
    assert_true(text_to_int64(TEXT("9223372036854775807"), &value));
    assert_true(value == INT64_MAX);
    assert_true(text_to_int64(TEXT("-9223372036854775808"), &value));
    assert_true(value == INT64_MIN);
}

static void what_is_not_wholly_an_integer_is_refused(void **state)
{
    (void)state;
    const char *refused[] = {"",
                             "-",
                             "+1",
                             " 1",
                             "1 ",
                             "1.0",
                             "1e3",
                             "0x1",
                             "--1",
                             "9223372036854775808",
                             "-9223372036854775809",
                             "18446744073709551617",
                             "99999999999999999999999999"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        int64_t value = 42;
        if (text_to_int64(text_of(refused[i]), &value))
            fail_msg("'%s' was read as %lld", refused[i], (long long)value);
        assert_true(value == 42);
    }
    int64_t value = 0;
    assert_false(text_to_int64(TEXT("1\0"), &value));
}

static void integers_are_written_over_their_whole_range(void **state)
{
    (void)state;
    static const struct {
        int64_t number;
        const char *text;
    } cases[] = {{0, "0"},
                 {7, "7"},
                 {-1, "-1"},
                 {1000, "1000"},
                 {INT64_MAX, "9223372036854775807"},
                 {INT64_MIN, "-9223372036854775808"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char out[INT64_TEXT];
        size_t len = text_print_int64(cases[i].number, out);
        assert_int_equal(len, strlen(cases[i].text));
        assert_memory_equal(out, cases[i].text, len);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(absent_and_empty_are_different),
        cmocka_unit_test(equality_is_of_all_bytes),
        cmocka_unit_test(order_is_by_unsigned_byte_then_length),
        cmocka_unit_test(every_text_starts_with_the_empty_one),
        cmocka_unit_test(a_part_is_clamped_to_the_text),
        cmocka_unit_test(trimming_takes_white_space_from_both_ends_only),
        cmocka_unit_test(finding_tells_the_length_when_there_is_none),
        cmocka_unit_test(cutting_yields_every_piece_then_an_absent_rest),
        cmocka_unit_test(integers_are_read_to_both_ends_of_their_range),
        cmocka_unit_test(what_is_not_wholly_an_integer_is_refused),
        cmocka_unit_test(integers_are_written_over_their_whole_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
