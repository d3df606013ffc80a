/* Device identifiers. Example strings: GS1 General Specifications and FDA's UDI guidance
 * use "(01)…(17)…(10)…(21)…"; check digits computed by hand, section 7.9.1. */
#include "engine/gs1.h"
#include "support/rule_sample.h"
#include "support/unit.h"

/* 0-4-0-1-2-3-4-5-6-7-8-9-0 by 3,1,3 …: 0+4+0+1+6+3+12+5+18+7+24+9+0 = 89; check digit 1. */
#define GTIN "04012345678901"

static void reads_the_three_spellings(void **state)
{
    (void)state;
    static const char *const spellings[] = {
        "(01)" GTIN "(17)260831(10)L7(21)S9",
        "01" GTIN "17260831"
        "10L7\x1D"
        "21S9",
        "01" GTIN "17260831"
        "10L7<GS>21S9",
        "]d2"
        "01" GTIN "17260831"
        "10L7\xE2\x90\x9D"
        "21S9",
        "]C101" GTIN "1726083121S9\x1D"
        "10L7",
        "\x1D"
        "01" GTIN "17260831"
        "10L7\x1D"
        "21S9",
    };
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
        struct text t = text_of(spellings[i]);
        ASSERT_TEXT(gs1_element(t, TEXT("01")), GTIN);
        ASSERT_TEXT(gs1_element(t, TEXT("17")), "260831");
        ASSERT_TEXT(gs1_element(t, TEXT("10")), "L7");
        ASSERT_TEXT(gs1_element(t, TEXT("21")), "S9");
        assert_true(text_is_absent(gs1_element(t, TEXT("11"))));
        assert_true(gs1_is_valid(t));
    }
}

static void what_does_not_parse_has_no_element(void **state)
{
    (void)state;
    static const char *const bad[] = {"",         "hello",          "(01)",
                                      "(01" GTIN, "0104012",        "(0a)x",
                                      "17260831", "01" GTIN "5512", "(17)260831"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_true(text_is_absent(gs1_element(text_of(bad[i]), TEXT("01"))));
        assert_false(gs1_is_valid(text_of(bad[i])));
    }
}

static void a_wrong_check_digit_is_not_valid(void **state)
{
    (void)state;
    assert_true(gs1_is_valid(TEXT("(01)" GTIN)));
    assert_false(gs1_is_valid(TEXT("(01)04012345678902")));
    assert_false(gs1_is_valid(TEXT("(01)04021345678901")));
    assert_false(gs1_is_valid(TEXT("(01)4012345678901")));
}

/* Section 7.12: within 49 years before and 50 after; section 3.4.2: day 00. */
static void a_date_finds_its_century_and_the_last_of_the_month(void **state)
{
    (void)state;
    static const struct {
        const char *digits, *date;
    } rows[] = {
        {"260831", "2026-08-31"}, {"280200", "2028-02-29"}, {"270200", "2027-02-28"},
        {"750101", "2075-01-01"}, {"760101", "1976-01-01"}, {"991231", "1999-12-31"},
        {"251200", "2025-12-31"}, {"261301", "empty"},      {"260231", "empty"}};
    struct rule_sample sample; /* now is in 2025 */
    rule_sample_begin(&sample, TEXT("event E\nform F at E\nitem X number - 0\n"));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct text source =
            text_format(sample.arena, "gs1_date('(17)%s', '17')", rows[i].digits);
        ASSERT_TEXT(rule_sample_value(&sample, source, TEXT("")), rows[i].date);
    }
    rule_sample_end(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_three_spellings),
        cmocka_unit_test(what_does_not_parse_has_no_element),
        cmocka_unit_test(a_wrong_check_digit_is_not_valid),
        cmocka_unit_test(a_date_finds_its_century_and_the_last_of_the_month),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
