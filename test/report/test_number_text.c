/* Expected texts: Python's decimal, ROUND_HALF_UP of the exact value of the double. */
#include "report/number_text.h"

#include "support/unit.h"

static void shows(double value, enum number_kind kind, int decimals,
                  const char *expected)
{
    struct arena *arena = arena_new(1 << 16);
    struct text shown = number_show(arena, value, (struct number_form){kind, decimals});
    ASSERT_TEXT(shown, expected);
    arena_free(arena);
}

static void rounds_halves_of_the_exact_value_away_from_zero(void **state)
{
    (void)state;
    shows(0.125, NUMBER_PLAIN, 2, "0.13");
    shows(-0.125, NUMBER_PLAIN, 2, "\u22120.13");
    shows(1.005, NUMBER_PLAIN, 2, "1.00"); /* 1.00499999999999989… */
    shows(2.5, NUMBER_PLAIN, 0, "3");
    shows(0.5, NUMBER_PLAIN, 0, "1");
    shows(1.115, NUMBER_PLAIN, 2, "1.11"); /* 1.1149999999999999911… */
    shows(9.995, NUMBER_PLAIN, 2, "9.99"); /* 9.9949999999999992… */
    shows(9.996, NUMBER_PLAIN, 2, "10.00");
    shows(99.95, NUMBER_PLAIN, 1, "100.0"); /* 99.9500000000000028… */
}

static void a_zero_has_no_sign(void **state)
{
    (void)state;
    shows(-0.001, NUMBER_PLAIN, 2, "0.00");
    shows(-0.0, NUMBER_PLAIN, 1, "0.0");
    shows(-0.4, NUMBER_PLAIN, 0, "0");
}

static void percents_are_of_a_share(void **state)
{
    (void)state;
    shows(49.0 / 52, NUMBER_PERCENT, 1, "94.2");
    shows(1, NUMBER_PERCENT, 1, "100.0");
    shows(1.0 / 16, NUMBER_PERCENT, 1, "6.3"); /* 6.25 */
    shows(-0.0767, NUMBER_PERCENT, 1, "\u22127.7");
}

static void a_p_below_a_thousandth_is_told_so(void **state)
{
    (void)state;
    shows(0.00099, NUMBER_P, 3, "<.001");
    shows(0.001, NUMBER_P, 3, ".001");
    shows(0.0494, NUMBER_P, 3, ".049");
    shows(0, NUMBER_P, 3, "<.001");
    shows(1, NUMBER_P, 3, "1.000");
}

static void large_numbers_have_no_decimals(void **state)
{
    (void)state;
    assert_int_equal(number_decimals(-123.4), 0);
    assert_int_equal(number_decimals(99.9), 1);
    assert_int_equal(number_decimals(9.99), 2);
    struct arena *arena = arena_new(1 << 16);
    const struct number_form whole = {NUMBER_PLAIN, 0};
    assert_int_equal(number_show(arena, 1e300, whole).len, 301);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounds_halves_of_the_exact_value_away_from_zero),
        cmocka_unit_test(a_zero_has_no_sign),
        cmocka_unit_test(percents_are_of_a_share),
        cmocka_unit_test(a_p_below_a_thousandth_is_told_so),
        cmocka_unit_test(large_numbers_have_no_decimals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
