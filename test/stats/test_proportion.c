#include "support/unit.h"

#include "stats/proportion.h"
#include "support/oracle.h"

static struct proportion found_of(int64_t events, int64_t total, double null)
{
    struct proportion found;
    proportion_estimate(
        &(struct proportion_input){
            .events = events, .total = total, .level = 0.95, .null = null},
        &found);
    return found;
}

static void check_interval(struct oracle *oracle, struct interval interval,
                           double tolerance, const char *prefix, const char *name)
{
    oracle_check(oracle, interval.lower, tolerance, "%s.%s.lo", prefix, name);
    oracle_check(oracle, interval.upper, tolerance, "%s.%s.hi", prefix, name);
}

/* Oracle G01: R 4.2.2, qbeta, prop.test, binom.test. */
static void intervals_and_test_are_those_of_the_oracle(void **state)
{
    (void)state;
    struct oracle *oracle = oracle_open("G01_proportion_ci");
    double *input[2];
    size_t rows = oracle_columns("G01_proportion_ci_in_counts", oracle->arena, 2,
                                 (const char *const[]){"x", "n"}, input);
    for (size_t i = 0; i < rows; i++) {
        struct proportion found =
            found_of((int64_t)input[0][i], (int64_t)input[1][i], (double)NAN);
        struct text prefix =
            text_format(oracle->arena, "x%.0f_n%.0f", input[0][i], input[1][i]);
        oracle_check(oracle, found.estimate, 1e-12, "%s.est", prefix.at);
        check_interval(oracle, found.clopper_pearson, 1e-12, prefix.at, "cp");
        check_interval(oracle, found.wilson, 1e-12, prefix.at, "wilson");
        check_interval(oracle, found.wilson_cc, 1e-12, prefix.at, "wilson_cc");
        check_interval(oracle, found.agresti_coull, 1e-12, prefix.at, "agresti_coull");
        check_interval(oracle, found.wald, 1e-12, prefix.at, "wald");
        check_interval(oracle, found.jeffreys, 1e-12, prefix.at, "jeffreys");
        check_interval(oracle, found.midp, 1e-10, prefix.at, "midp");
        oracle_check(oracle, found.one_sided.upper, 1e-12, "%s.cp_upper1s", prefix.at);
        oracle_check(oracle, found.one_sided.lower, 1e-12, "%s.cp_lower1s", prefix.at);
    }
    struct proportion tested = found_of(47, 52, 0.8);
    oracle_check(oracle, tested.p_two_sided, 1e-12, "test_47_52_p0.8.two_sided_p");
    oracle_check(oracle, tested.p_greater, 1e-12, "test_47_52_p0.8.greater_p");
    assert_int_equal(oracle->asked, oracle->count);
    oracle_close(oracle);
}

static void assert_percent(struct interval interval, double lower, double upper)
{
    assert_near(100 * interval.lower.value, lower, 0.05);
    assert_near(100 * interval.upper.value, upper, 0.05);
}

/* The protocol's specification, section 5, "Precision with n = 52". */
static void precision_with_52_participants_is_as_the_protocol_prints_it(void **state)
{
    (void)state;
    static const struct {
        int64_t events;
        double wilson[2], exact[2];
    } rows[] = {
        {0, {0, 6.9}, {0, 6.8}},          {1, {0.3, 10.1}, {0.0, 10.3}},
        {3, {2.0, 15.6}, {1.2, 15.9}},    {26, {36.9, 63.1}, {35.8, 64.2}},
        {30, {44.2, 70.1}, {43.2, 71.3}}, {44, {72.5, 92.0}, {71.9, 93.1}},
        {47, {79.4, 95.8}, {79.0, 96.8}}, {49, {84.4, 98.0}, {84.1, 98.8}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct proportion found = found_of(rows[i].events, 52, (double)NAN);
        assert_percent(found.wilson, rows[i].wilson[0], rows[i].wilson[1]);
        assert_percent(found.clopper_pearson, rows[i].exact[0], rows[i].exact[1]);
    }
}

/* By hand: of 3 tosses each outcome of a fair coin has 1, 3, 3, 1 of 8 parts. */
static void exact_test_counts_all_outcomes_as_rare_as_the_observed(void **state)
{
    (void)state;
    assert_near(found_of(0, 3, 0.5).p_two_sided.value, 0.25, 1e-15);
    assert_near(found_of(3, 3, 0.5).p_two_sided.value, 0.25, 1e-15);
    assert_near(found_of(1, 3, 0.5).p_two_sided.value, 1, 1e-15);
    assert_near(found_of(0, 3, 0.5).p_less.value, 0.125, 1e-15);
    assert_near(found_of(2, 3, 0.5).p_greater.value, 0.5, 1e-15);
    assert_near(found_of(0, 3, 0).p_two_sided.value, 1, 1e-15);
    assert_near(found_of(1, 3, 0).p_two_sided.value, 0, 1e-15);
}

static void what_cannot_be_estimated_says_why(void **state)
{
    (void)state;
    struct proportion nobody = found_of(0, 0, 0.5);
    assert_false(is_estimated(nobody.estimate));
    assert_string_equal(nobody.wilson.lower.reason, "there is nobody to count");
    assert_string_equal(nobody.p_two_sided.reason, "there is nobody to count");
    struct proportion found = found_of(5, 4, 0.5);
    assert_string_equal(found.midp.upper.reason,
                        "events must be between 0 and the total");
    found = found_of(3, 4, (double)NAN);
    assert_true(is_estimated(found.wilson.lower));
    assert_string_equal(found.p_less.reason, "no null was given");
    assert_string_equal(found_of(3, 4, 1.5).p_less.reason,
                        "the null is not between 0 and 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_and_test_are_those_of_the_oracle),
        cmocka_unit_test(precision_with_52_participants_is_as_the_protocol_prints_it),
        cmocka_unit_test(exact_test_counts_all_outcomes_as_rare_as_the_observed),
        cmocka_unit_test(what_cannot_be_estimated_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
