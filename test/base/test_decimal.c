#include "base/decimal.h"
#include "support/unit.h"

static struct decimal d(const char *digits)
{
    struct decimal out = {0};
    size_t at = 0;
    if (decimal_parse(text_of(digits), &out, &at) != DECIMAL_OK)
        fail_msg("\"%s\" is not read, at %zu", digits, at);
    return out;
}

static void assert_prints(struct decimal value, const char *expected)
{
    char digits[DECIMAL_TEXT_SIZE];
    size_t len = decimal_print(value, digits);
    assert_true(len <= DECIMAL_TEXT_SIZE);
    ASSERT_TEXT(((struct text){.at = digits, .len = len}), expected);
}

static void keeps_the_scale_that_was_written(void **state)
{
    (void)state;
    static const struct {
        const char *written;
        int64_t coefficient;
        int32_t scale;
        const char *printed;
    } cases[] = {
        {"0", 0, 0, "0"},
        {"1.50", 150, 2, "1.50"},
        {"-0.5", -5, 1, "-0.5"},
        {"+7", 7, 0, "7"},
        {"-0", 0, 0, "0"},
        {"-0.00", 0, 2, "0.00"},
        {"007.10", 710, 2, "7.10"},
        {"36.8", 368, 1, "36.8"},
        {"999999999999999999", INT64_C(999999999999999999), 0, "999999999999999999"},
        {"-999999999999999999", -INT64_C(999999999999999999), 0, "-999999999999999999"},
        {"-0.999999999999999999", -INT64_C(999999999999999999), 18,
         "-0.999999999999999999"},
        {"0.000000000000000001", 1, 18, "0.000000000000000001"},
        {"0.000000000000000000", 0, 18, "0.000000000000000000"},
        {"000000000000000000000000000012.5", 125, 1, "12.5"},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct decimal read = d(cases[i].written);
        assert_true(read.coefficient == cases[i].coefficient);
        assert_int_equal(read.scale, cases[i].scale);
        assert_prints(read, cases[i].printed);
    }
}

static void says_what_is_wrong_and_where(void **state)
{
    (void)state;
    static const struct {
        const char *written;
        enum decimal_fault fault;
        size_t at;
    } cases[] = {
        {"", DECIMAL_EMPTY, 0},
        {"+", DECIMAL_NOT_A_NUMBER, 1},
        {"-", DECIMAL_NOT_A_NUMBER, 1},
        {".5", DECIMAL_NOT_A_NUMBER, 0},
        {"5.", DECIMAL_NOT_A_NUMBER, 2},
        {"-.5", DECIMAL_NOT_A_NUMBER, 1},
        {"1.2.3", DECIMAL_NOT_A_NUMBER, 3},
        {"1,5", DECIMAL_NOT_A_NUMBER, 1},
        {"1e5", DECIMAL_NOT_A_NUMBER, 1},
        {" 1", DECIMAL_NOT_A_NUMBER, 0},
        {"1 ", DECIMAL_NOT_A_NUMBER, 1},
        {"--1", DECIMAL_NOT_A_NUMBER, 1},
        {"+-1", DECIMAL_NOT_A_NUMBER, 1},
        {"0x10", DECIMAL_NOT_A_NUMBER, 1},
        {"12a", DECIMAL_NOT_A_NUMBER, 2},
        {"NaN", DECIMAL_NOT_A_NUMBER, 0},
        {"１", DECIMAL_NOT_A_NUMBER, 0},
        {"1000000000000000000", DECIMAL_TOO_MANY_DIGITS, 18},
        {"1.000000000000000000", DECIMAL_TOO_MANY_DIGITS, 19},
        {"0.0000000000000000000", DECIMAL_TOO_MANY_DIGITS, 20},
        {"99999999999999999999999999", DECIMAL_TOO_MANY_DIGITS, 18},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct decimal out = {.coefficient = 77, .scale = 3};
        size_t at = 99;
        assert_int_equal(decimal_parse(text_of(cases[i].written), &out, &at),
                         cases[i].fault);
        assert_int_equal(at, cases[i].at);
        assert_true(out.coefficient == 77 && out.scale == 3);
    }
}

static void a_nul_inside_is_not_a_number(void **state)
{
    (void)state;
    struct decimal out;
    size_t at = 0;
    assert_int_equal(decimal_parse(TEXT("1\0002"), &out, &at), DECIMAL_NOT_A_NUMBER);
    assert_int_equal(at, 1);
    assert_int_equal(decimal_parse((struct text){0}, &out, NULL), DECIMAL_EMPTY);
}

static int sign(int order)
{
    return (order > 0) - (order < 0);
}

static void compares_by_value_not_by_spelling(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        int order;
    } cases[] = {
        {"1.5", "1.50", 0},
        {"0", "-0.00", 0},
        {"1.5", "1.49", 1},
        {"-1.5", "-1.49", -1},
        {"-1", "1", -1},
        {"0.1", "0.09", 1},
        {"999999999999999999", "0.999999999999999999", 1},
        {"-999999999999999999", "0.000000000000000001", -1},
        {"999999999999999999", "99999999999999999.9", 1},
        {"0.000000000000000001", "0", 1},
        {"-0.000000000000000001", "0", -1},
        {"18", "17.999999999999999", 1},
        {"65.0", "65", 0},
        {"123456789012345678", "123456789012345678", 0},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct decimal a = d(cases[i].a), b = d(cases[i].b);
        assert_int_equal(sign(decimal_compare(a, b)), cases[i].order);
        assert_int_equal(sign(decimal_compare(b, a)), -cases[i].order);
    }
}

struct binary_case {
    const char *a, *b, *result;
};

/* Computed with Python's decimal module at 60 digits. */
static const struct binary_case sums[] = {
    {"0.1", "0.2", "0.3"},
    {"1.50", "1", "2.50"},
    {"1.1", "6814977262231811.8", "6814977262231812.9"},
    {"5793465536.2", "-9097636387069511.54", "-9097630593603975.34"},
    {"-7372860.242", "-64059.5", "-7436919.742"},
    {"96.778", "0.000000471007", "96.778000471007"},
    {"7889", "12376.8769655717", "20265.8769655717"},
    {"-0.0009", "0.000001", "-0.000899"},
    {"-373006684", "-544749945302120", "-544750318308804"},
    {"0.00000712", "-0.00000248128583958", "0.00000463871416042"},
    {"-82.306098", "26832537", "26832454.693902"},
    {"-50706.3907", "-41054722443271.4", "-41054722493977.7907"},
    {"566.6294", "1527233003151.103", "1527233003717.7324"},
    {"-321.5963660368318", "820", "498.4036339631682"},
    {"0.0074128407345", "-0.000000506366782970", "0.007412334367717030"},
    {"0.000000000148435", "-37.5831826466288074", "-37.5831826464803724"},
    {"91.79", "0.00000000008318", "91.79000000008318"},
    {"-8167875019093.2", "-253.0", "-8167875019346.2"},
    {"-28.3583", "-0.0009436684679774", "-28.3592436684679774"},
    {"-89917850", "0.05", "-89917849.95"},
    {"0.0000067", "-540948.10", "-540948.0999933"},
    {"-2966921643599315.4", "20631643975", "-2966901011955340.4"},
    {"999999999999999998", "1", "999999999999999999"},
    {"-1", "0.999999999999999999", "-0.000000000000000001"},
    {"5", "-5.00", "0.00"},
};

static void plus_is_exact(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(sums); i++) {
        struct decimal a = d(sums[i].a), b = d(sums[i].b), sum;
        assert_int_equal(decimal_add(a, b, &sum), DECIMAL_OK);
        assert_prints(sum, sums[i].result);
        assert_int_equal(decimal_add(b, a, &sum), DECIMAL_OK);
        assert_prints(sum, sums[i].result);
    }
}

static void minus_takes_back_what_plus_added(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(sums); i++) {
        struct decimal a = d(sums[i].a), back;
        assert_int_equal(decimal_subtract(d(sums[i].result), d(sums[i].b), &back),
                         DECIMAL_OK);
        assert_int_equal(decimal_compare(back, a), 0);
    }
}

static void a_sum_that_needs_19_digits_is_a_fault_not_a_rounding(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"999999999999999999", "1"},
        {"-999999999999999999", "-1"},
        {"999999999999999999", "0.1"},
        {"10", "0.000000000000000001"},
        {"999999999999999999", "999999999999999999"},
        {"5.00000000000000001", "5"},
        {"900000000000000000", "100000000000000000"},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct decimal out = {.coefficient = 77};
        assert_int_equal(decimal_add(d(cases[i][0]), d(cases[i][1]), &out),
                         DECIMAL_OVERFLOW);
        assert_true(out.coefficient == 77);
    }
}

/* Aligned to one scale these would need more than 18 digits on the way. */
static void what_cancels_does_not_overflow(void **state)
{
    (void)state;
    struct decimal out;
    assert_int_equal(decimal_subtract(d("1"), d("0.999999999999999999"), &out),
                     DECIMAL_OK);
    assert_prints(out, "0.000000000000000001");
    assert_int_equal(
        decimal_subtract(d("99999999999999999.9"), d("99999999999999999"), &out),
        DECIMAL_OK);
    assert_prints(out, "0.9");
    assert_int_equal(decimal_add(d("1"), d("-1.00000000000000000"), &out), DECIMAL_OK);
    assert_prints(out, "0.00000000000000000");
}

/* Computed with Python's decimal module at 60 digits. */
static const struct binary_case products[] = {
    {"0.000002344092", "-18.68", "-0.00004378763856"},
    {"0.0270", "5270.021483839", "142.2905800636530"},
    {"8427.055430015", "6.14", "51742.12034029210"},
    {"7", "5143895570362089", "36007268992534623"},
    {"-0.0595", "-661994498018", "39388672632.0710"},
    {"8.4474", "-4951.20", "-41824.766880"},
    {"-43616.3878", "-0.2741", "11955.25189598"},
    {"-0.277", "-93675.449", "25948.099373"},
    {"-0.000000000001", "88169772347691.4", "-88.1697723476914"},
    {"62093237700405.8", "-0.000000082", "-5091645.4914332756"},
    {"-130.0", "-0.000000000039", "0.0000000050700"},
    {"-0.0050", "-0.00005424228", "0.000000271211400"},
    {"-0.0000006", "-48", "0.0000288"},
    {"10544.77", "-0.0801481577", "-845.143888870229"},
    {"0.9", "-69628325.16009890", "-62665492.644089010"},
    {"-83214.7984", "628382", "-52290681448.1888"},
    {"999999999", "1000000001", "999999999999999999"},
    {"-999999999999999999", "1", "-999999999999999999"},
    {"0.00", "-5.5", "0.000"},
};

static void times_is_exact_and_adds_the_scales(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(products); i++) {
        struct decimal a = d(products[i].a), b = d(products[i].b), product;
        assert_int_equal(decimal_multiply(a, b, &product), DECIMAL_OK);
        assert_prints(product, products[i].result);
        assert_int_equal(decimal_multiply(b, a, &product), DECIMAL_OK);
        assert_prints(product, products[i].result);
    }
}

static void zeros_at_the_end_give_way_where_digits_do_not_fit(void **state)
{
    (void)state;
    struct decimal out;
    assert_int_equal(
        decimal_add(d("0.999999999999999999"), d("0.000000000000000001"), &out),
        DECIMAL_OK);
    assert_prints(out, "1.00000000000000000");
    assert_int_equal(decimal_add(d("99999999999999999.5"), d("0.5"), &out), DECIMAL_OK);
    assert_prints(out, "100000000000000000");
    /* 19 decimals, the last of them 0. */
    assert_int_equal(decimal_multiply(d("0.0000000002"), d("0.000000005"), &out),
                     DECIMAL_OK);
    assert_prints(out, "0.000000000000000001");
    /* 1.000…0 with 34 decimals. */
    assert_int_equal(
        decimal_multiply(d("1.00000000000000000"), d("1.00000000000000000"), &out),
        DECIMAL_OK);
    assert_prints(out, "1.00000000000000000");
    assert_int_equal(
        decimal_multiply(d("0.000000000000000000"), d("0.000000000000000000"), &out),
        DECIMAL_OK);
    assert_prints(out, "0.000000000000000000");
    /* 99460853153636308.00000000000 by Python: 28 digits, ten zeros must go. */
    assert_int_equal(
        decimal_multiply(d("306281092.7104"), d("324737163.0859375"), &out),
        DECIMAL_OK);
    assert_prints(out, "99460853153636308.0");
}

static void a_product_that_does_not_fit_is_a_fault(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"1000000000", "1000000000"},     {"999999999999999999", "999999999999999999"},
        {"0.0000000001", "0.0000000001"}, {"0.333333333333333333", "0.3"},
        {"999999999999999999", "1.1"},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct decimal out = {.coefficient = 77};
        assert_int_equal(decimal_multiply(d(cases[i][0]), d(cases[i][1]), &out),
                         DECIMAL_OVERFLOW);
        assert_true(out.coefficient == 77);
    }
}

/* Computed with Python's fractions module, halves away from zero. */
static void divides_and_rounds_half_away_from_zero(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        int32_t scale;
        const char *result;
    } cases[] = {
        {"0.00925", "3218961831.843", 1, "0.0"},
        {"9729.2107", "-0.00052045258420", 1, "-18693750.4"},
        {"11772809273.58", "57438961746320.7", 10, "0.0002049621"},
        {"0.7820397055100857", "-0.001", 5, "-782.03971"},
        {"-0.00008793436", "-0.00339569", 3, "0.026"},
        {"0.09930228", "-589384166.6", 10, "-0.0000000002"},
        {"83.0602", "0.00961927310778", 8, "8634.76887176"},
        {"-423852437808.38", "141294", 0, "-2999791"},
        {"2215.9234", "4179800573550", 17, "0.00000000053015051"},
        {"-835139556490775", "864388.68", 8, "-966162070.15896483"},
        {"7364115395688.6", "244663714.61379716", 5, "30098.92745"},
        {"656933.7", "-0.3", 4, "-2189779.0000"},
        {"0.0000", "-0.0754", 6, "0.000000"},
        {"-7657283383896925.89", "4039", 2, "-1895836440677.62"},
        {"-204919480.2", "-572798992.49", 1, "0.4"},
        {"-2496931145048234.91", "-457239", 3, "5460888386.704"},
        {"-0.08052", "8329964198959833.2", 0, "0"},
        {"5466363005.9046354", "8698512335651585.03", 14, "0.00000062842504"},
        {"-0.000080782756370676", "0.000000000089643448", 2, "-901156.28"},
        {"0.751006", "-0.230788096412280", 3, "-3.254"},
        {"290254642.565", "3730016388393", 15, "0.000077815916163"},
        {"1", "2", 0, "1"},
        {"-1", "2", 0, "-1"},
        {"1", "8", 2, "0.13"},
        {"-1", "8", 2, "-0.13"},
        {"2", "3", 18, "0.666666666666666667"},
        {"0.049", "1", 1, "0.0"},
        {"0.05", "1", 1, "0.1"},
        {"999999999999999999", "1", 0, "999999999999999999"},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct decimal out;
        assert_int_equal(
            decimal_divide(d(cases[i].a), d(cases[i].b), cases[i].scale, &out),
            DECIMAL_OK);
        assert_prints(out, cases[i].result);
    }
}

static void a_quotient_that_does_not_exist_or_fit_is_a_fault(void **state)
{
    (void)state;
    struct decimal out = {.coefficient = 77};
    assert_int_equal(decimal_divide(d("1"), d("0.00"), 1, &out), DECIMAL_NOT_A_NUMBER);
    assert_int_equal(decimal_divide(d("0"), d("0"), 1, &out), DECIMAL_NOT_A_NUMBER);
    assert_int_equal(decimal_divide(d("999999999999999999"), d("0.1"), 0, &out),
                     DECIMAL_OVERFLOW);
    assert_int_equal(decimal_divide(d("1"), d("0.000000000000000001"), 0, &out),
                     DECIMAL_OVERFLOW);
    assert_int_equal(decimal_divide(d("1"), d("1"), 18, &out), DECIMAL_OVERFLOW);
    assert_int_equal(decimal_divide(d("1"), d("1"), 19, &out), DECIMAL_OVERFLOW);
    assert_int_equal(decimal_divide(d("1"), d("1"), -1, &out), DECIMAL_OVERFLOW);
    assert_true(out.coefficient == 77);
}

static void rounds_half_away_from_zero_to_the_scale_asked_for(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        int32_t scale;
        const char *result;
    } cases[] = {
        {"24.45", 1, "24.5"},
        {"-24.45", 1, "-24.5"},
        {"24.449999999999999", 1, "24.4"},
        {"0.5", 0, "1"},
        {"-0.5", 0, "-1"},
        {"0.49", 0, "0"},
        {"-0.49", 0, "0"},
        {"9.995", 2, "10.00"},
        {"2.675", 2, "2.68"}, /* 2.67 in binary floating point */
        {"1.5", 3, "1.500"},
        {"7", 0, "7"},
        {"0.000000000000000001", 0, "0"},
        {"0.999999999999999999", 17, "1.00000000000000000"},
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct decimal out;
        assert_int_equal(decimal_round(d(cases[i].value), cases[i].scale, &out),
                         DECIMAL_OK);
        assert_prints(out, cases[i].result);
    }
    struct decimal out;
    assert_int_equal(decimal_round(d("999999999999999999"), 1, &out), DECIMAL_OVERFLOW);
}

static void whole_numbers_become_decimals(void **state)
{
    (void)state;
    assert_prints(decimal_of(0), "0");
    assert_prints(decimal_of(-65), "-65");
    assert_prints(decimal_of(INT64_C(999999999999999999)), "999999999999999999");
    EXPECT_ABORT(decimal_of(INT64_C(1000000000000000000)));
    EXPECT_ABORT(decimal_of(INT64_MIN));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_the_scale_that_was_written),
        cmocka_unit_test(says_what_is_wrong_and_where),
        cmocka_unit_test(a_nul_inside_is_not_a_number),
        cmocka_unit_test(compares_by_value_not_by_spelling),
        cmocka_unit_test(plus_is_exact),
        cmocka_unit_test(minus_takes_back_what_plus_added),
        cmocka_unit_test(a_sum_that_needs_19_digits_is_a_fault_not_a_rounding),
        cmocka_unit_test(what_cancels_does_not_overflow),
        cmocka_unit_test(times_is_exact_and_adds_the_scales),
        cmocka_unit_test(zeros_at_the_end_give_way_where_digits_do_not_fit),
        cmocka_unit_test(a_product_that_does_not_fit_is_a_fault),
        cmocka_unit_test(divides_and_rounds_half_away_from_zero),
        cmocka_unit_test(a_quotient_that_does_not_exist_or_fit_is_a_fault),
        cmocka_unit_test(rounds_half_away_from_zero_to_the_scale_asked_for),
        cmocka_unit_test(whole_numbers_become_decimals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
