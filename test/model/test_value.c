#include "support/unit.h"

#include "base/limits.h"
#include "model/value.h"

#include <string.h>

static const struct code yes_no_codes[] = {
    {.code = TEXT_INIT("Y")}, {.code = TEXT_INIT("N")}, {.code = TEXT_INIT("UNK")}};
static const struct codelist yes_no = {
    .oid = TEXT_INIT("CL.NYU"), .codes = yes_no_codes, .code_count = 3};
static const struct code category_codes[] = {
    {.code = TEXT_INIT("10")}, {.code = TEXT_INIT("2")}, {.code = TEXT_INIT("OTH")}};
static const struct codelist categories = {
    .oid = TEXT_INIT("CL.INC2"), .codes = category_codes, .code_count = 3};

static struct item item_of(enum item_type type)
{
    return (struct item){.name = TEXT("ITEM"), .type = type, .decimals = -1};
}

static int make_arena(void **state)
{
    *state = arena_new(1 << 22);
    return 0;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static void expect(void **state, const struct item *item, const char *raw,
                   const char *expected)
{
    struct text out;
    struct error err;
    ASSERT_OK(value_normalise(item, text_of(raw), *state, &out, &err), &err);
    ASSERT_TEXT(out, expected);
}

/* Refused at byte `at` of what was typed. */
static void expect_refusal(void **state, const struct item *item, const char *raw,
                           size_t at)
{
    struct text out;
    struct error err;
    ASSERT_ERROR(value_normalise(item, text_of(raw), *state, &out, &err), &err,
                 ERROR_REFUSED);
    if (err.at != at)
        fail_msg("\"%s\" refused at %zu, expected %zu: %s", raw, err.at, at, err.text);
    assert_true(err.text[0] != '\0' && err.hint[0] != '\0');
}

static void normalises_times_of_a_day(void **state)
{
    struct item item = item_of(ITEM_TIME);
    expect(state, &item, " 14:07 ", "14:07");
    expect(state, &item, "9:30", "09:30");
    expect(state, &item, "23:59:59", "23:59:59");
    expect(state, &item, "\xef\xbc\x91\xef\xbc\x94\xef\xbc\x9a\xef\xbc\x90\xef\xbc\x97",
           "14:07"); /* full-width */
    expect_refusal(state, &item, "14", 0);
    expect_refusal(state, &item, "24:00", 0);
    expect_refusal(state, &item, "14:60", 0);
    expect_refusal(state, &item, "14:07:", 0);
    expect_refusal(state, &item, "14:07:00:00", 0);
    expect_refusal(state, &item, "noon", 0);
    struct item partial = item_of(ITEM_PARTIAL_TIME);
    expect(state, &partial, "14", "14");
    expect(state, &partial, "14:07", "14:07");
    expect_refusal(state, &partial, "25", 0);
    expect_refusal(state, &partial, "1407", 0);
}

static void keeps_whole_numbers_exactly(void **state)
{
    struct item item = item_of(ITEM_INTEGER);
    expect(state, &item, "12", "12");
    expect(state, &item, " 12\n", "12");
    expect(state, &item, "+5", "5");
    expect(state, &item, "007", "7");
    expect(state, &item, "-0", "0");
    expect(state, &item, "-3", "-3");
    expect(state, &item, "999999999999999999", "999999999999999999");
}

static void keeps_the_decimals_of_a_decimal(void **state)
{
    struct item item = item_of(ITEM_DECIMAL);
    expect(state, &item, "1.50", "1.50");
    expect(state, &item, "0.1", "0.1");
    expect(state, &item, "070.0", "70.0");
    item.decimals = 1;
    expect(state, &item, "70.5", "70.5");
    expect(state, &item, "70", "70");
}

static void takes_what_a_chinese_keyboard_types(void **state)
{
    struct item integer = item_of(ITEM_INTEGER);
    struct item decimal = item_of(ITEM_DECIMAL);
    struct item date = item_of(ITEM_DATE);
    struct item datetime = item_of(ITEM_DATETIME);
    expect(state, &integer, "１２", "12");
    expect(state, &integer, "\u300042\u3000", "42");
    expect(state, &decimal, "６５．５", "65.5");
    expect(state, &decimal, "65。5", "65.5");
    expect(state, &decimal, "－１", "-1");
    expect(state, &date, "２０２６－０３－０５", "2026-03-05");
    expect(state, &date, "2026／03／05", "2026-03-05");
    expect(state, &datetime, "2026-03-05　14：07", "2026-03-05T14:07");
}

static void refuses_what_is_not_a_number_where_it_stops_being_one(void **state)
{
    struct item integer = item_of(ITEM_INTEGER);
    struct item decimal = item_of(ITEM_DECIMAL);
    expect_refusal(state, &integer, "12a", 2);
    expect_refusal(state, &integer, "  1x", 3);
    expect_refusal(state, &decimal, "1,5", 1);
    expect_refusal(state, &decimal, "1e3", 1);
    expect_refusal(state, &decimal, "0x10", 1);
    expect_refusal(state, &decimal, "nan", 0);
    /* The fault is the sixth byte of what was typed, the second character. */
    expect_refusal(state, &decimal, "１，５", 3);
}

static void refuses_decimals_that_the_item_does_not_have(void **state)
{
    struct item integer = item_of(ITEM_INTEGER);
    expect_refusal(state, &integer, "12.0", 2);
    struct item weight = item_of(ITEM_DECIMAL);
    weight.decimals = 1;
    expect_refusal(state, &weight, "70.55", 4);
    /* Even a nought: the digits that were typed are the precision that was measured. */
    expect_refusal(state, &weight, " 70.50", 5);
}

static void refuses_more_digits_than_are_kept_exactly(void **state)
{
    struct item item = item_of(ITEM_DECIMAL);
    struct text out;
    struct error err;
    ASSERT_ERROR(
        value_normalise(&item, TEXT("1234567890123456789"), *state, &out, &err), &err,
        ERROR_REFUSED);
    assert_non_null(strstr(err.text, "18 digits"));
}

static void takes_a_number_out_of_range_as_a_fact(void **state)
{
    struct item item = item_of(ITEM_INTEGER);
    item.hard = (struct range){.has_high = true, .high = {120, 0}};
    expect(state, &item, "150", "150");
}

static void takes_days_that_exist_only(void **state)
{
    struct item item = item_of(ITEM_DATE);
    expect(state, &item, "2024-02-29", "2024-02-29");
    expect(state, &item, "2026/03/05", "2026-03-05");
    expect_refusal(state, &item, "2026-02-29", 8);
    expect_refusal(state, &item, "2026-13-01", 5);
    expect_refusal(state, &item, "05.03.2026", 2);
    expect_refusal(state, &item, "2026-03", 7);
    expect_refusal(state, &item, "2026-03-05T14:07", 16);
}

static void takes_a_time_to_the_minute_or_finer(void **state)
{
    struct item item = item_of(ITEM_DATETIME);
    expect(state, &item, "2026-03-05T14:07", "2026-03-05T14:07");
    expect(state, &item, "2026-03-05 14:07", "2026-03-05T14:07");
    expect(state, &item, "2026-03-05T14:07:30+08:00", "2026-03-05T14:07:30+08:00");
    expect_refusal(state, &item, "2026-03-05", 10);
    expect_refusal(state, &item, "2026-03-05T25:07", 11);
}

static void takes_partial_dates_as_far_as_they_are_known(void **state)
{
    struct item date = item_of(ITEM_PARTIAL_DATE);
    expect(state, &date, "1961", "1961");
    expect(state, &date, "1961-07", "1961-07");
    expect(state, &date, "1961-07-09", "1961-07-09");
    expect_refusal(state, &date, "1961-07-09T10:00", 16);
    struct item datetime = item_of(ITEM_PARTIAL_DATETIME);
    expect(state, &datetime, "1961", "1961");
    expect(state, &datetime, "1961-07-09T10:00", "1961-07-09T10:00");
}

static void takes_the_codes_of_the_list_only(void **state)
{
    struct item item = item_of(ITEM_CODED);
    item.codelist = &yes_no;
    expect(state, &item, " Y ", "Y");
    struct text out;
    struct error err;
    ASSERT_ERROR(value_normalise(&item, TEXT("UKN"), *state, &out, &err), &err,
                 ERROR_REFUSED);
    assert_string_equal(err.text, "ITEM: the code list CL.NYU has no code \"UKN\"");
    ASSERT_ERROR(value_normalise(&item, TEXT(" y"), *state, &out, &err), &err,
                 ERROR_REFUSED);
    assert_int_equal(err.at, 1);
    assert_string_equal(err.hint, "did you mean Y?");
    ASSERT_ERROR(value_normalise(&item, TEXT("Y N"), *state, &out, &err), &err,
                 ERROR_REFUSED);
}

static void spells_a_set_of_codes_in_the_order_of_the_list(void **state)
{
    struct item item = item_of(ITEM_CODED);
    item.codelist = &categories;
    item.is_multiple = true;
    expect(state, &item, "OTH 2 10", "10 2 OTH");
    expect(state, &item, "2", "2");
    expect(state, &item, "  2   10 2 ", "10 2");
    struct text out;
    struct error err;
    ASSERT_ERROR(value_normalise(&item, TEXT("10 OHT"), *state, &out, &err), &err,
                 ERROR_REFUSED);
    assert_int_equal(err.at, 3);
}

static void keeps_text_but_for_white_space_around_it(void **state)
{
    struct item item = item_of(ITEM_TEXT);
    expect(state, &item, "  两次失败；second line\nthird \u3000",
           "两次失败；second line\nthird");
    expect(state, &item, "１２", "１２");
}

static void refuses_an_empty_value(void **state)
{
    struct item item = item_of(ITEM_TEXT);
    expect_refusal(state, &item, "", 0);
    expect_refusal(state, &item, " \u3000\t", 0);
    struct item coded = item_of(ITEM_CODED);
    coded.codelist = &categories;
    coded.is_multiple = true;
    expect_refusal(state, &coded, " ", 0);
}

static void refuses_control_characters_and_broken_utf8(void **state)
{
    struct item item = item_of(ITEM_TEXT);
    expect_refusal(state, &item, "ab\x07", 2);
    expect_refusal(state, &item, "ab\xff", 2);
    struct text out;
    struct error err;
    ASSERT_ERROR(value_normalise(&item, TEXT("a\0b"), *state, &out, &err), &err,
                 ERROR_REFUSED);
    assert_int_equal(err.at, 1);
}

static void counts_the_length_of_a_text_in_characters(void **state)
{
    struct item item = item_of(ITEM_TEXT);
    item.max_length = 4;
    expect(state, &item, "骨髓腔内", "骨髓腔内");
    struct text out;
    struct error err;
    ASSERT_ERROR(value_normalise(&item, TEXT("骨髓腔输液"), *state, &out, &err), &err,
                 ERROR_REFUSED);
    assert_string_equal(err.hint, "at most 4");
}

static void refuses_a_text_too_long_to_keep_and_never_cuts_it(void **state)
{
    struct item item = item_of(ITEM_TEXT);
    char *bytes = arena_alloc(*state, LIMIT_ITEM_TEXT + 1);
    memset(bytes, 'x', LIMIT_ITEM_TEXT + 1);
    struct text out;
    struct error err;
    struct text longest = {bytes, LIMIT_ITEM_TEXT};
    ASSERT_OK(value_normalise(&item, longest, *state, &out, &err), &err);
    assert_int_equal(out.len, LIMIT_ITEM_TEXT);
    struct text too_long = {bytes, LIMIT_ITEM_TEXT + 1};
    ASSERT_ERROR(value_normalise(&item, too_long, *state, &out, &err), &err,
                 ERROR_REFUSED);
}

static void leaves_a_normal_form_as_it_is(void **state)
{
    const struct {
        enum item_type type;
        const char *value;
    } rows[] = {{ITEM_INTEGER, "-12"},
                {ITEM_DECIMAL, "1.50"},
                {ITEM_DATE, "2026-03-05"},
                {ITEM_DATETIME, "2026-03-05T14:07:08.250+08:00"},
                {ITEM_PARTIAL_DATE, "1961-07"},
                {ITEM_TEXT, "as is"}};
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        struct item item = item_of(rows[i].type);
        expect(state, &item, rows[i].value, rows[i].value);
    }
}

/* --- reasons and answers ---------------------------------------------------------- */

static void offers_the_six_reasons_in_both_languages(void **state)
{
    (void)state;
    const char *codes[] = {"ND", "UNK", "NA", "REF", "DEV", "OTH"};
    assert_int_equal(missing_reason_count, 6);
    for (size_t i = 0; i < missing_reason_count; i++) {
        enum missing_reason reason;
        ASSERT_TEXT(missing_reasons[i].code, codes[i]);
        assert_true(missing_reason_parse(text_of(codes[i]), &reason));
        ASSERT_TEXT(missing_reason_code(reason), codes[i]);
        struct label label = missing_reason_label(reason);
        assert_true(label.english.len > 0 && label.chinese.len > 0);
    }
}

static void lets_nobody_choose_that_a_value_was_cleared(void **state)
{
    (void)state;
    enum missing_reason reason;
    assert_false(missing_reason_parse(TEXT("CLEARED"), &reason));
    assert_false(missing_reason_parse(TEXT(""), &reason));
    ASSERT_TEXT(missing_reason_code(MISSING_CLEARED), "CLEARED");
    assert_true(text_is_absent(missing_reason_code(MISSING_NOT)));
}

static void counts_a_value_and_a_reason_as_given_and_a_cleared_one_not(void **state)
{
    (void)state;
    struct answer nothing = {0};
    struct answer value = {.value = TEXT("Y")};
    struct answer reason = {.missing = MISSING_NOT_DONE};
    struct answer cleared = {.missing = MISSING_CLEARED};
    struct answer vault = {.is_in_vault = true};
    assert_false(answer_is_given(&nothing));
    assert_true(answer_is_given(&value));
    assert_true(answer_is_given(&reason));
    assert_false(answer_is_given(&cleared));
    assert_true(answer_is_given(&vault));
}

static void tells_answers_apart(void **state)
{
    (void)state;
    const struct answer answers[] = {
        {.missing = MISSING_NOT},
        {.value = TEXT("1.5")},
        {.value = TEXT("1.50")},
        {.missing = MISSING_OTHER, .missing_text = TEXT("a")},
        {.missing = MISSING_OTHER, .missing_text = TEXT("b")},
        {.missing = MISSING_UNKNOWN},
        {.is_in_vault = true},
    };
    for (size_t i = 0; i < ARRAY_COUNT(answers); i++)
        for (size_t j = 0; j < ARRAY_COUNT(answers); j++)
            assert_int_equal(answer_equal(&answers[i], &answers[j]), i == j);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_arena, free_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(normalises_times_of_a_day),
        TEST(keeps_whole_numbers_exactly),
        TEST(keeps_the_decimals_of_a_decimal),
        TEST(takes_what_a_chinese_keyboard_types),
        TEST(refuses_what_is_not_a_number_where_it_stops_being_one),
        TEST(refuses_decimals_that_the_item_does_not_have),
        TEST(refuses_more_digits_than_are_kept_exactly),
        TEST(takes_a_number_out_of_range_as_a_fact),
        TEST(takes_days_that_exist_only),
        TEST(takes_a_time_to_the_minute_or_finer),
        TEST(takes_partial_dates_as_far_as_they_are_known),
        TEST(takes_the_codes_of_the_list_only),
        TEST(spells_a_set_of_codes_in_the_order_of_the_list),
        TEST(keeps_text_but_for_white_space_around_it),
        TEST(refuses_an_empty_value),
        TEST(refuses_control_characters_and_broken_utf8),
        TEST(counts_the_length_of_a_text_in_characters),
        TEST(refuses_a_text_too_long_to_keep_and_never_cuts_it),
        TEST(leaves_a_normal_form_as_it_is),
        cmocka_unit_test(offers_the_six_reasons_in_both_languages),
        cmocka_unit_test(lets_nobody_choose_that_a_value_was_cleared),
        cmocka_unit_test(counts_a_value_and_a_reason_as_given_and_a_cleared_one_not),
        cmocka_unit_test(tells_answers_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
