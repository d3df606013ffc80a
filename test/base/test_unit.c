/* Units of measure. Expected factors: UCUM 2.1 tables; NIST SP 811 for the pound. */
#include "base/unit.h"
#include "support/unit.h"

static struct unit_of_measure read(const char *code)
{
    struct unit_of_measure unit;
    size_t at = 0;
    if (!unit_parse(text_of(code), &unit, &at))
        fail_msg("%s is not read, at %zu", code, at);
    return unit;
}

static void expect_factor(const char *from, const char *to, int64_t coefficient,
                          int32_t scale)
{
    struct unit_of_measure a = read(from), b = read(to);
    struct unit_factor factor;
    struct decimal exact;
    assert_true(unit_is_convertible(&a, &b));
    assert_true(unit_factor_between(&a, &b, &factor));
    assert_true(unit_factor_decimal(&factor, &exact));
    assert_int_equal(decimal_compare(exact, (struct decimal){.coefficient = coefficient,
                                                             .scale = scale}),
                     0);
}

static void converts_exactly_between_units_of_one_dimension(void **state)
{
    (void)state;
    expect_factor("h", "s", 3600, 0);
    expect_factor("d", "h", 24, 0);
    expect_factor("a", "d", 36525, 2);
    expect_factor("mo", "d", 304375, 4);
    expect_factor("kg", "g", 1000, 0);
    expect_factor("ug/kg/min", "mg/kg/min", 1, 3);
    expect_factor("mg/dL", "mg/L", 10, 0);
    expect_factor("10*9/L", "10*3/uL", 1, 0);
    expect_factor("10*9/L", "/uL", 1000, 0);
    expect_factor("ukat/L", "U/L", 60, 0);
    expect_factor("mmol/L", "meq/L", 1, 0);
    expect_factor("[lb_av]", "g", 45359237, 5);
    expect_factor("[in_i]", "cm", 254, 2);
    expect_factor("%", "1", 1, 2);
    expect_factor("kPa", "Pa", 1000, 0);
    expect_factor("mm[Hg]", "Pa", 133322, 3);
    expect_factor("cm[H2O]", "Pa", 980665, 4);
    expect_factor("kg/m2", "g/cm2", 1, 1);
    expect_factor("ng/mL{FEU}", "mg/L{FEU}", 1, 3);
    expect_factor("mL/h", "L/h", 1, 3);
    expect_factor("kcal", "J", 4184, 0);
}

static void a_factor_without_end_is_no_decimal(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"min", "h"}, {"s", "h"}, {"kPa", "mm[Hg]"}, {"d", "a"}, {"U/L", "ukat/L"}};
    for (size_t i = 0; i < 5; i++) {
        struct unit_of_measure a = read(pairs[i][0]), b = read(pairs[i][1]);
        struct unit_factor factor;
        struct decimal exact;
        assert_true(unit_factor_between(&a, &b, &factor));
        assert_false(unit_factor_decimal(&factor, &exact));
    }
}

static void what_measures_different_things_does_not_convert(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"mg/dL", "mmol/L"},           {"kg", "cm"},     {"mg/L{FEU}", "mg/L{DDU}"},
        {"mg/L{FEU}", "mg/L"},         {"Cel", "K"},     {"[IU]/mL", "mg/mL"},
        {"mg/dL{BUN}", "mg/dL{urea}"}, {"mL/min", "mL"}, {"U/L", "[IU]/L"}};
    for (size_t i = 0; i < 9; i++) {
        struct unit_of_measure a = read(pairs[i][0]), b = read(pairs[i][1]);
        assert_false(unit_is_convertible(&a, &b));
    }
}

static void a_word_in_braces_alone_is_only_a_word(void **state)
{
    (void)state;
    struct unit_of_measure score = read("{score}"), one = unit_one(),
                           beats = read("{beat}/min"), rate = read("/min");
    assert_true(unit_is_one(&score));
    assert_true(unit_is_same(&score, &one));
    assert_true(unit_is_same(&beats, &rate));
}

static void every_unit_of_the_study_is_known(void **state)
{
    (void)state;
    static const char *const units[] = {
        "a",      "cm",      "kg",    "kg/m2",     "{score}",   "mL",     "{count}",
        "{G}",    "s",       "mg",    "%",         "mg/kg",     "mm[Hg]", "mL/min",
        "min",    "mL/h",    "mg/mL", "ug/kg/min", "/min",      "Cel",    "{ratio}",
        "mmol/L", "mg/L",    "ng/mL", "pg/mL",     "{INR}",     "g/L",    "mg/L{FEU}",
        "10*9/L", "umol/L",  "U/L",   "ng/L",      "[pH]",      "mm",     "h",
        "{unit}", "[IU]/mL", "kPa",   "pmol/L",    "mg/dL{BUN}"};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        read(units[i]);
}

static void what_is_no_unit_is_refused_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        size_t at;
    } rows[] = {{"", 0},   {"mg/dl!", 5}, {"mgg", 0},   {"mg//L", 3}, {"mg/(L", 5},
                {"kh", 0}, {"mg-", 3},    {"10*99", 5}, {"[IU", 0},   {"g{x", 3}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct unit_of_measure unit;
        size_t at = 99;
        assert_false(unit_parse(text_of(rows[i].code), &unit, &at));
        assert_in_range(at, 0, text_of(rows[i].code).len);
    }
    ASSERT_TEXT(unit_nearest(TEXT("mmHg")), "mm[Hg]");
    ASSERT_TEXT(unit_nearest(TEXT("mgkg")), "mg/kg");
}

static void products_and_powers_keep_their_factor(void **state)
{
    (void)state;
    struct unit_of_measure cm = read("cm"), square, m2 = read("m2"), kg = read("kg"),
                           area, bmi;
    struct unit_of_measure wanted = read("kg/m2");
    struct unit_factor factor;
    struct decimal exact;
    assert_true(unit_power(&cm, 2, &square));
    assert_true(unit_is_convertible(&square, &m2));
    assert_true(unit_multiply(&kg, &square, -1, &bmi));
    assert_true(unit_factor_between(&bmi, &wanted, &factor));
    assert_true(unit_factor_decimal(&factor, &exact));
    assert_int_equal(decimal_compare(exact, decimal_of(10000)), 0);
    assert_true(unit_multiply(&m2, &square, -1, &area));
    assert_false(unit_power(&m2, 10, &area));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(converts_exactly_between_units_of_one_dimension),
        cmocka_unit_test(a_factor_without_end_is_no_decimal),
        cmocka_unit_test(what_measures_different_things_does_not_convert),
        cmocka_unit_test(a_word_in_braces_alone_is_only_a_word),
        cmocka_unit_test(every_unit_of_the_study_is_known),
        cmocka_unit_test(what_is_no_unit_is_refused_with_its_place),
        cmocka_unit_test(products_and_powers_keep_their_factor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
