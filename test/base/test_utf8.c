#include "base/utf8.h"
#include "support/unit.h"

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

/* The first and the last sequence of every row of Unicode 15, table 3-7. */
static void accepts_the_edges_of_every_row_of_table_3_7(void **state)
{
    (void)state;
    static const struct text cases[] = {
        TEXT_INIT("\x00"),
        TEXT_INIT("\x7f"),
        TEXT_INIT("\xc2\x80"),
        TEXT_INIT("\xdf\xbf"),
        TEXT_INIT("\xe0\xa0\x80"),
        TEXT_INIT("\xe0\xbf\xbf"),
        TEXT_INIT("\xe1\x80\x80"),
        TEXT_INIT("\xec\xbf\xbf"),
        TEXT_INIT("\xed\x80\x80"),
        TEXT_INIT("\xed\x9f\xbf"),
        TEXT_INIT("\xee\x80\x80"),
        TEXT_INIT("\xef\xbf\xbf"),
        TEXT_INIT("\xf0\x90\x80\x80"),
        TEXT_INIT("\xf0\xbf\xbf\xbf"),
        TEXT_INIT("\xf1\x80\x80\x80"),
        TEXT_INIT("\xf3\xbf\xbf\xbf"),
        TEXT_INIT("\xf4\x80\x80\x80"),
        TEXT_INIT("\xf4\x8f\xbf\xbf"),
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        assert_true(utf8_is_valid(cases[i], NULL));
        assert_int_equal(utf8_count(cases[i]), 1);
    }
}

/* One step outside each row: overlong forms, surrogates, beyond U+10FFFF, bytes that
 * never occur, bad continuations at each place, and cuts. */
static void refuses_what_lies_just_outside_table_3_7(void **state)
{
    (void)state;
    static const struct text cases[] = {
        TEXT_INIT("\x80"),
        TEXT_INIT("\xbf"),
        TEXT_INIT("\xc0\x80"),
        TEXT_INIT("\xc1\xbf"),
        TEXT_INIT("\xc2\x7f"),
        TEXT_INIT("\xc2\xc0"),
        TEXT_INIT("\xe0\x9f\xbf"),
        TEXT_INIT("\xe0\x80\x80"),
        TEXT_INIT("\xe1\x7f\x80"),
        TEXT_INIT("\xe1\x80\x7f"),
        TEXT_INIT("\xe1\x80\xc0"),
        TEXT_INIT("\xed\xa0\x80"),
        TEXT_INIT("\xed\xbf\xbf"),
        TEXT_INIT("\xf0\x8f\xbf\xbf"),
        TEXT_INIT("\xf1\x80\x7f\x80"),
        TEXT_INIT("\xf1\x80\x80\x7f"),
        TEXT_INIT("\xf4\x90\x80\x80"),
        TEXT_INIT("\xf5\x80\x80\x80"),
        TEXT_INIT("\xfe"),
        TEXT_INIT("\xff"),
        TEXT_INIT("\xc2"),
        TEXT_INIT("\xe4\xb8"),
        TEXT_INIT("\xf0\x9f\x98"),
        TEXT_INIT("\xf8\x88\x80\x80\x80"),
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        size_t at = 99;
        assert_false(utf8_is_valid(cases[i], &at));
        assert_int_equal(at, 0);
    }
}

static void says_where_the_first_bad_sequence_starts(void **state)
{
    (void)state;
    size_t at = 99;
    assert_false(utf8_is_valid(TEXT("血\xe8\xa1 ok"), &at));
    assert_int_equal(at, 3);
    assert_false(utf8_is_valid(TEXT("abc\xff"), &at));
    assert_int_equal(at, 3);
    assert_false(utf8_is_valid(TEXT("ab\xe6\xb6"), &at));
    assert_int_equal(at, 2);
    /* The byte behind the view would complete the character. */
    assert_false(utf8_is_valid(text_part(TEXT("ab血"), 0, 4), &at));
    assert_int_equal(at, 2);
}

static void empty_and_absent_text_are_valid(void **state)
{
    (void)state;
    assert_true(utf8_is_valid(TEXT(""), NULL));
    assert_true(utf8_is_printable((struct text){0}, NULL));
    assert_int_equal(utf8_count((struct text){0}), 0);
}

static void counts_characters_not_bytes(void **state)
{
    (void)state;
    assert_int_equal(utf8_count(TEXT("aé血😀")), 4);
}

static void printable_text_has_no_control_character_but_three(void **state)
{
    (void)state;
    assert_true(utf8_is_printable(TEXT("tab\t line\r\n 中文 ~"), NULL));
    assert_true(utf8_is_printable(TEXT("\xc2\xa0"), NULL)); /* U+00A0 */
    for (unsigned char byte = 0; byte < 0x20; byte++) {
        char text[] = {'a', (char)byte};
        bool is_allowed = byte == '\t' || byte == '\n' || byte == '\r';
        size_t at = 99;
        assert_int_equal(utf8_is_printable((struct text){.at = text, .len = 2}, &at),
                         is_allowed);
        assert_int_equal(at, is_allowed ? 2 : 1);
    }
    size_t at = 99;
    assert_false(utf8_is_printable(TEXT("ab\x7f"), &at));
    assert_int_equal(at, 2);
    assert_false(utf8_is_printable(TEXT("\xc2\x80"), &at)); /* U+0080 */
    assert_false(utf8_is_printable(TEXT("\xc2\x9f"), &at)); /* U+009F */
    assert_false(utf8_is_printable(TEXT("\xc2"), &at));
}

static void assert_half_width(void **state, const char *given, const char *expected)
{
    ASSERT_TEXT(utf8_to_half_width(*state, text_of(given)), expected);
}

static void full_width_numbers_become_ascii(void **state)
{
    assert_half_width(state, "３６．８", "36.8");
    assert_half_width(state, "－１２", "-12");
    assert_half_width(state, "＋５", "+5");
    assert_half_width(state, "２０２６／１１／２２　１０：５８", "2026/11/22 10:58");
    assert_half_width(state, "ＡＢｃｘｙｚ", "ABcxyz");
    assert_half_width(state, "！～", "!~"); /* U+FF01 and U+FF5E */
}

static void an_ideographic_full_stop_is_a_point_only_between_digits(void **state)
{
    assert_half_width(state, "36。8", "36.8");
    assert_half_width(state, "３６。８", "36.8");
    assert_half_width(state, "3６。8", "36.8");
    assert_half_width(state, "36。", "36。");
    assert_half_width(state, "。8", "。8");
    assert_half_width(state, "a。8", "a。8");
    assert_half_width(state, "8。a", "8。a");
    assert_half_width(state, "8。。8", "8。。8");
}

static void other_text_is_kept_beside_full_width_characters(void **state)
{
    assert_half_width(state, "体温３８℃，", "体温38℃,");
    /* U+FF00, U+FF5F, U+FFFD, U+2FFF and U+3001 are outside. */
    assert_half_width(state, "\xef\xbc\x80\xef\xbd\x9f\xef\xbf\xbd１",
                      "\xef\xbc\x80\xef\xbd\x9f\xef\xbf\xbd"
                      "1");
    assert_half_width(state, "\xe2\xbf\xbf\xe3\x80\x81１",
                      "\xe2\xbf\xbf\xe3\x80\x81"
                      "1");
    assert_half_width(state, "😀１", "😀1");
}

static void text_without_full_width_characters_is_not_copied(void **state)
{
    size_t before = arena_used(*state);
    struct text t = TEXT("2026-11-22 股骨");
    assert_ptr_equal(utf8_to_half_width(*state, t).at, t.at);
    assert_int_equal(utf8_to_half_width(*state, t).len, t.len);
    assert_true(text_is_absent(utf8_to_half_width(*state, (struct text){0})));
    assert_int_equal(arena_used(*state), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts_the_edges_of_every_row_of_table_3_7),
        cmocka_unit_test(refuses_what_lies_just_outside_table_3_7),
        cmocka_unit_test(says_where_the_first_bad_sequence_starts),
        cmocka_unit_test(empty_and_absent_text_are_valid),
        cmocka_unit_test(counts_characters_not_bytes),
        cmocka_unit_test(printable_text_has_no_control_character_but_three),
        cmocka_unit_test(full_width_numbers_become_ascii),
        cmocka_unit_test(an_ideographic_full_stop_is_a_point_only_between_digits),
        cmocka_unit_test(other_text_is_kept_beside_full_width_characters),
        cmocka_unit_test(text_without_full_width_characters_is_not_copied),
    };
    return cmocka_run_group_tests(tests, make_arena, drop_arena);
}
