#include "support/unit.h"

#include "base/number.h"

static double read_number(const char *text)
{
    double value = 0;
    assert_true(number_of_text(text_of(text), &value));
    return value;
}

static void reads_numbers_as_the_compiler_does(void **state)
{
    (void)state;
    assert_true(read_number("0.1") == 0.1);
    assert_true(read_number("-12.50") == -12.5);
    assert_true(read_number("+.5e-3") == 0.0005);
    assert_true(read_number("1.") == 1);
    assert_true(read_number("12.4000000000000004") == 12.4);
    assert_true(read_number("1.7976931348623157e308") == 1.7976931348623157e308);
}

static void refuses_what_is_no_finite_number(void **state)
{
    (void)state;
    static const char *const others[] = {"",    "-",   ".",      "e3",  "1e",
                                         "1e+", "0x1", "nan",    "inf", "1 ",
                                         " 1",  "1,5", "1e9999", "--1", "1.2.3"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        double value = 7;
        assert_false(number_of_text(text_of(others[i]), &value));
        assert_true(value == 7);
    }
    assert_false(number_of_text(TEXT("1\0002"), &(double){0}));
}

static void what_is_printed_reads_as_the_same_number(void **state)
{
    (void)state;
    static const double numbers[] = {0.1, 1.0 / 3, -4.9e-324, 1.7976931348623157e308,
                                     0};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        char digits[NUMBER_TEXT_SIZE];
        double again = 1;
        size_t len = number_print(numbers[i], digits);
        assert_true(number_of_text((struct text){digits, len}, &again));
        assert_true(again == numbers[i]);
    }
    char digits[NUMBER_TEXT_SIZE];
    size_t len = number_print(0.95, digits);
    ASSERT_TEXT(((struct text){digits, len}), "0.94999999999999996");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_numbers_as_the_compiler_does),
        cmocka_unit_test(refuses_what_is_no_finite_number),
        cmocka_unit_test(what_is_printed_reads_as_the_same_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
