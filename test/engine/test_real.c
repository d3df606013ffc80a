/* Approximate numbers: the functions against values of 60 digits, and rounding. */
#include "engine/real.h"
#include "support/unit.h"

#include <string.h>

enum function { EXP, LOG, LOG10, SQRT, POWER };

static const struct {
    enum function function;
    double x, y, value;
} values[] = {
// clang-format off
#include "engine/real_values.h"
    // clang-format on
};

static double called(enum function function, double x, double y)
{
    switch (function) {
    case EXP: return real_exp(x);
    case LOG: return real_log(x);
    case LOG10: return real_log10(x);
    case SQRT: return real_sqrt(x);
    case POWER: return real_power(x, y);
    }
    return 0;
}

static void functions_give_the_nearest_double(void **state)
{
    (void)state;
    size_t count = sizeof values / sizeof values[0];
    assert_true(count > 400);
    for (size_t i = 0; i < count; i++) {
        double result = called(values[i].function, values[i].x, values[i].y);
        if (memcmp(&result, &values[i].value, sizeof result) != 0)
            fail_msg("function %d of %a, %a is %a, not %a", (int)values[i].function,
                     values[i].x, values[i].y, result, values[i].value);
    }
}

static void outside_its_domain_a_function_has_no_value(void **state)
{
    (void)state;
    assert_false(real_is_finite(real_log(-1)));
    assert_false(real_is_finite(real_log(0)));
    assert_false(real_is_finite(real_sqrt(-1)));
    assert_false(real_is_finite(real_power(-2, 0.5)));
    assert_false(real_is_finite(real_power(0, -1)));
    assert_false(real_is_finite(real_exp(1000)));
    assert_true(real_exp(-1000) == 0);
    assert_true(real_power(-2, 3) == -8);
    assert_true(real_power(-2, 2) == 4);
    assert_true(real_power(0, 0) == 1);
    assert_true(real_sqrt(0) == 0);
}

struct rounding {
    double value;
    int32_t decimals;
    int64_t coefficient;
};

/* Half away from zero on the decimal form: 2.675 is stored a little below, but means 2.675. */
static void rounds_half_away_from_zero_on_the_decimal_form(void **state)
{
    (void)state;
    static const struct rounding rows[] = {
        {2.675, 2, 268},
        {-2.675, 2, -268},
        {1.005, 2, 101},
        {0.5, 0, 1},
        {-0.5, 0, -1},
        {1.5, 0, 2},
        {2.5, 0, 3},
        {0.125, 2, 13},
        {0.045, 2, 5},
        {1.4999999999, 0, 1},
        {0.1 + 0.2, 1, 3},
        {1e-5, 4, 0},
        {0.00005, 4, 1},
        {123456789.5, 0, 123456790},
        {1e17, 0, INT64_C(100000000000000000)},
        {0, 3, 0},
        {999999999999999.5, 0, INT64_C(1000000000000000)},
        {4.35, 1, 44},
        {9.995, 2, 1000},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct decimal out;
        assert_true(real_round(rows[i].value, rows[i].decimals, &out));
        assert_int_equal(out.coefficient, rows[i].coefficient);
        assert_int_equal(out.scale, rows[i].decimals);
    }
    struct decimal out;
    assert_false(real_round(1e18, 0, &out));
    assert_false(real_round(1e10, 10, &out));
    assert_false(real_round(real_log(-1), 2, &out));
}

/* Any decimal of up to 15 digits survives the way to a double and back. */
static void a_decimal_of_fifteen_digits_survives_as_a_double(void **state)
{
    (void)state;
    uint64_t random = 1;
    for (int i = 0; i < 200000; i++) {
        random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        struct decimal d = {.coefficient =
                                (int64_t)(random >> 14) % INT64_C(1000000000000000),
                            .scale = (int32_t)(random >> 8 & 15)};
        struct decimal back;
        assert_true(real_round(real_of_decimal(d), d.scale, &back));
        assert_int_equal(back.coefficient, d.coefficient);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(functions_give_the_nearest_double),
        cmocka_unit_test(outside_its_domain_a_function_has_no_value),
        cmocka_unit_test(rounds_half_away_from_zero_on_the_decimal_form),
        cmocka_unit_test(a_decimal_of_fifteen_digits_survives_as_a_double),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
