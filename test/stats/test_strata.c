#include "support/unit.h"

#include "stats/strata.h"
#include "stats/trend.h"
#include "support/oracle.h"

/* R 4.2.2: mantelhaen.test(x, correct = FALSE), prop.trend.test. */
static void common_odds_and_its_test_are_those_of_r(void **state)
{
    (void)state;
    static const struct two_by_two tables[] = {
        {10, 5, 6, 9}, {3, 12, 4, 8}, {20, 2, 15, 7}};
    struct strata found;
    strata_combine(tables, 3, 0.95, &found);
    assert_near(found.test.statistic.value, 2.5609219135301968, 1e-12);
    assert_near(found.test.p.value, 0.1095346917420448, 1e-12);
    assert_near(found.odds_ratio.value, 2.0437956204379564, 1e-12);
    assert_near(found.odds_interval.lower.value, 0.8375514869082551, 1e-12);
    assert_near(found.odds_interval.upper.value, 4.9872761297824884, 1e-12);
    /* an excess below a half is not corrected */
    static const struct two_by_two even[] = {{5, 5, 5, 6}, {4, 6, 5, 7}};
    strata_combine(even, 2, 0.95, &found);
    assert_near(found.corrected.statistic.value, 0.00786849538848996, 1e-14);
    assert_near(found.corrected.p.value, 0.929316724489733, 1e-13);
}

static void trend_is_that_of_r(void **state)
{
    (void)state;
    static const double smokers[] = {83, 90, 129, 70}, patients[] = {86, 93, 136, 82};
    static const double scores[] = {1, 2, 3, 4};
    struct trend found;
    proportion_trend(smokers, patients, scores, 4, &found);
    assert_near(found.chi_square.value, 8.224922285197710181, 1e-12);
    assert_near(found.p.value, 0.004131897477641487, 1e-12);
    assert_true(found.z.value < 0);
}

/* One stratum alone is the plain table: ratio, difference, and their usual errors. */
static void one_stratum_is_the_plain_table(void **state)
{
    (void)state;
    static const struct two_by_two table = {9, 17, 15, 11};
    struct strata found;
    strata_combine(&table, 1, 0.95, &found);
    struct two_by_two_measures plain;
    two_by_two_measure(&table, 0.95, &plain);
    assert_near(found.odds_ratio.value, plain.odds_ratio.value, 1e-14);
    assert_near(found.odds_interval.upper.value, plain.or_woolf.upper.value, 1e-13);
    assert_near(found.risk_ratio.value, plain.risk_ratio.value, 1e-14);
    assert_near(found.ratio_interval.lower.value, plain.rr_katz.lower.value, 1e-13);
    assert_near(found.risk_difference.value, plain.risk_difference.value, 1e-14);
    /* Sato's variance of equal groups is Wald's with n for n: the same to the digit. */
    assert_near(found.difference_interval.lower.value, plain.rd_wald.lower.value,
                1e-12);
    assert_near(found.test.statistic.value, plain.chi_square.statistic.value * 51 / 52,
                1e-12);
    assert_string_equal(found.breslow_day.p.reason, "it needs two strata");
}

/* Strata that are multiples of one table have one odds ratio and do not differ. */
static void equal_strata_do_not_differ(void **state)
{
    (void)state;
    static const struct two_by_two tables[] = {
        {2, 4, 3, 1}, {4, 8, 6, 2}, {6, 12, 9, 3}, {0, 0, 3, 5}};
    struct strata found;
    strata_combine(tables, 4, 0.95, &found);
    assert_int_equal(found.used, 3);
    assert_int_equal(found.heterogeneity_df, 2);
    assert_near(found.odds_ratio.value, 2.0 / 12, 1e-14);
    assert_near(found.breslow_day.statistic.value, 0, 1e-12);
    assert_near(found.breslow_day.p.value, 1, 1e-12);
}

/* Of groups 1/4 and 3/4 with scores 0 and 1 the trend is the plain chi-square. */
static void trend_of_two_groups_is_the_chi_square(void **state)
{
    (void)state;
    static const double events[] = {1, 3}, totals[] = {4, 4}, scores[] = {0, 1};
    static const double same[] = {2, 2}, nobody[] = {0, 0};
    struct trend found;
    proportion_trend(events, totals, scores, 2, &found);
    assert_near(found.chi_square.value, 2, 1e-14);
    proportion_trend(events, totals, same, 2, &found);
    assert_string_equal(found.p.reason, "all have the same score");
    proportion_trend(nobody, totals, scores, 2, &found);
    assert_string_equal(found.z.reason, "nobody or everybody has the event");
}

static void what_cannot_be_estimated_says_why(void **state)
{
    (void)state;
    static const struct two_by_two empty = {0, 0, 1, 2}, none = {0, 5, 0, 4};
    struct strata found;
    strata_combine(&empty, 1, 0.95, &found);
    assert_string_equal(found.test.p.reason, "no stratum has somebody in both groups");
    strata_combine(&none, 1, 0.95, &found);
    assert_string_equal(found.test.p.reason, "in no stratum do both outcomes occur");
    assert_string_equal(found.odds_ratio.reason, "a sum that it divides by is 0");
    assert_near(found.risk_difference.value, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(common_odds_and_its_test_are_those_of_r),
        cmocka_unit_test(trend_is_that_of_r),
        cmocka_unit_test(one_stratum_is_the_plain_table),
        cmocka_unit_test(equal_strata_do_not_differ),
        cmocka_unit_test(trend_of_two_groups_is_the_chi_square),
        cmocka_unit_test(what_cannot_be_estimated_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
