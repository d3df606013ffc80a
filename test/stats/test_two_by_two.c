#include "support/unit.h"

#include "stats/fisher.h"
#include "stats/mcnemar.h"
#include "stats/risk_difference.h"
#include "stats/two_by_two.h"
#include "support/oracle.h"

/* How often the tag stands in the names: a table without a zero cell has more of them. */
static bool has(const struct oracle *oracle, const char *tag, const char *name)
{
    struct text full = text_format(oracle->arena, "%s.%s", tag, name);
    for (size_t i = 0; i < oracle->count; i++)
        if (text_equal(oracle->names[i], full))
            return true;
    return false;
}

static void check_interval(struct oracle *oracle, struct interval interval,
                           double tolerance, const char *tag, const char *name)
{
    if (!has(oracle, tag, text_format(oracle->arena, "%s.lo", name).at)) {
        assert_false(is_estimated(interval.lower));
        return;
    }
    oracle_check(oracle, interval.lower, tolerance, "%s.%s.lo", tag, name);
    oracle_check(oracle, interval.upper, tolerance, "%s.%s.hi", tag, name);
}

static void check_table(struct oracle *oracle, const char *tag,
                        const struct two_by_two *table)
{
    struct two_by_two_measures found;
    two_by_two_measure(table, 0.95, &found);
    oracle_check(oracle, found.p1, 1e-12, "%s.p1", tag);
    oracle_check(oracle, found.p2, 1e-12, "%s.p2", tag);
    oracle_check(oracle, found.risk_difference, 1e-12, "%s.rd", tag);
    check_interval(oracle, found.rd_wald, 1e-12, tag, "rd_wald");
    check_interval(oracle, found.rd_newcombe, 1e-12, tag, "rd_newcombe");
    check_interval(oracle, found.rd_miettinen_nurminen, 1e-9, tag,
                   "rd_miettinen_nurminen");
    check_interval(oracle, found.rr_katz, 1e-12, tag, "rr_katz");
    check_interval(oracle, found.or_woolf, 1e-12, tag, "or_woolf");
    check_interval(oracle, found.or_haldane, 1e-12, tag, "or_haldane_ci");
    oracle_check(oracle, found.haldane, 1e-12, "%s.or_haldane", tag);
    if (has(oracle, tag, "rr"))
        oracle_check(oracle, found.risk_ratio, 1e-12, "%s.rr", tag);
    if (has(oracle, tag, "or"))
        oracle_check(oracle, found.odds_ratio, 1e-12, "%s.or", tag);
    oracle_check(oracle, found.chi_square.statistic, 1e-12, "%s.chisq", tag);
    oracle_check(oracle, found.chi_square.p, 1e-12, "%s.p_chisq", tag);
    oracle_check(oracle, found.yates.statistic, 1e-12, "%s.chisq_yates", tag);
    oracle_check(oracle, found.yates.p, 1e-12, "%s.p_yates", tag);
}

static void check_fisher(struct oracle *oracle, const char *tag,
                         const struct two_by_two *table)
{
    struct fisher exact;
    fisher_exact(table, 0.95, oracle->arena, &exact);
    oracle_check(oracle, exact.odds_ratio, 2e-4, "%s.or_cmle", tag);
    check_interval(oracle, exact.interval, 2e-4, tag, "or_exact");
    oracle_check(oracle, exact.two_sided, 1e-12, "%s.p_fisher", tag);
    oracle_check(oracle, exact.less, 1e-12, "%s.p_fisher_less", tag);
    oracle_check(oracle, exact.greater, 1e-12, "%s.p_fisher_greater", tag);
    oracle_check(oracle, exact.midp, 1e-12, "%s.p_fisher_midp", tag);
}

/* Oracle G02: R 4.2.2, closed forms, fisher.test, chisq.test, mcnemar.test. */
static void measures_and_tests_are_those_of_the_oracle(void **state)
{
    (void)state;
    struct oracle *oracle = oracle_open("G02_two_by_two");
    double *input[4];
    size_t rows = oracle_columns("G02_two_by_two_in_tables", oracle->arena, 4,
                                 (const char *const[]){"a", "n1", "c", "n2"}, input);
    static const char *const tags[] = {"VICTOR_discharge", "small", "zero", "equal"};
    assert_int_equal(rows, 4);
    for (size_t i = 0; i < rows; i++) {
        int64_t a = (int64_t)input[0][i], c = (int64_t)input[2][i];
        struct two_by_two table = {a, (int64_t)input[1][i] - a, c,
                                   (int64_t)input[3][i] - c};
        check_table(oracle, tags[i], &table);
        check_fisher(oracle, tags[i], &table);
    }
    double *pairs[4];
    oracle_columns("G02_two_by_two_in_mcnemar", oracle->arena, 4,
                   (const char *const[]){"n11", "n12", "n21", "n22"}, pairs);
    struct mcnemar found;
    mcnemar_test(&(struct two_by_two){(int64_t)pairs[0][0], (int64_t)pairs[1][0],
                                      (int64_t)pairs[2][0], (int64_t)pairs[3][0]},
                 0.95, &found);
    oracle_check(oracle, found.chi_square.statistic, 1e-12, "mcnemar.chisq");
    oracle_check(oracle, found.chi_square.p, 1e-12, "mcnemar.p");
    oracle_check(oracle, found.corrected.p, 1e-12, "mcnemar.cc_p");
    oracle_check(oracle, found.exact, 1e-12, "mcnemar.exact_p");
    assert_int_equal(oracle->asked, oracle->count);
    oracle_close(oracle);
}

/* The exact limits are where the tails, put back, are (1 - level)/2 each. Of a table
 * with cells 2 1 1 3, by hand: the counts 0 to 3 have the weights 4, 18, 12, 1. */
static void exact_odds_solve_their_equations(void **state)
{
    static const double weights[] = {4, 18, 12, 1};
    struct fisher exact;
    fisher_exact(&(struct two_by_two){2, 1, 1, 3}, 0.9, *state, &exact);
    const double odds[3] = {exact.interval.lower.value, exact.odds_ratio.value,
                            exact.interval.upper.value};
    double sum[3] = {0}, upper[3] = {0}, lower[3] = {0}, mean[3] = {0};
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 4; k++) {
            double weight = weights[k] * pow(odds[i], (double)k);
            sum[i] += weight;
            mean[i] += (double)k * weight;
            upper[i] += k >= 2 ? weight : 0;
            lower[i] += k <= 2 ? weight : 0;
        }
    assert_near(upper[0] / sum[0], 0.05, 1e-12);
    assert_near(mean[1] / sum[1], 2, 1e-12);
    assert_near(lower[2] / sum[2], 0.05, 1e-12);
    assert_near(exact.two_sided.value, 17.0 / 35, 1e-14);
    assert_near(exact.greater.value, 13.0 / 35, 1e-14);
    assert_near(exact.midp.value, 11.0 / 35, 1e-14);
}

/* The restricted maximum by the closed cubic of the paper: a second derivation. */
static double by_cubic(const struct two_samples *two, double difference)
{
    double n = two->n1 + two->n2, m = two->x1 + two->x2, d = difference;
    double l2 = (two->n1 + 2 * two->n2) * d - n - m;
    double l1 = (two->n2 * d - n - 2 * two->x2) * d + m;
    double l0 = two->x2 * d * (1 - d);
    double q = pow(l2 / (3 * n), 3) - l1 * l2 / (6 * n * n) + l0 / (2 * n);
    double p = copysign(sqrt(pow(l2 / (3 * n), 2) - l1 / (3 * n)), q);
    double angle = (acos(-1) + acos(fmax(-1, fmin(1, q / (p * p * p))))) / 3;
    return 2 * p * cos(angle) - l2 / (3 * n);
}

static void restricted_proportion_is_the_root_of_the_cubic(void **state)
{
    (void)state;
    for (int x1 = 1; x1 < 11; x1++)
        for (int x2 = 1; x2 < 23; x2++)
            for (double d = -0.9; d < 0.95; d += 0.1) {
                struct two_samples two = {x1, 11, x2, 23};
                assert_near(restricted_proportion(&two, d), by_cubic(&two, d), 1e-7);
            }
}

/* What each interval must do, whatever the table. */
static void intervals_turn_with_the_groups_and_hold_the_estimate(void **state)
{
    for (int64_t a = 0; a <= 6; a++)
        for (int64_t c = 0; c <= 9; c++) {
            struct two_by_two_measures one, other;
            two_by_two_measure(&(struct two_by_two){a, 6 - a, c, 9 - c}, 0.9, &one);
            two_by_two_measure(&(struct two_by_two){c, 9 - c, a, 6 - a}, 0.9, &other);
            double d = one.risk_difference.value;
            struct interval first = one.rd_miettinen_nurminen;
            struct interval second = other.rd_miettinen_nurminen;
            assert_near(first.lower.value, -second.upper.value, 1e-9);
            assert_near(one.rd_newcombe.lower.value, -other.rd_newcombe.upper.value,
                        1e-12);
            assert_true(first.lower.value <= d && d <= first.upper.value);
            assert_true(first.lower.value >= -1 && first.upper.value <= 1);
            struct fisher exact, turned;
            fisher_exact(&(struct two_by_two){a, 6 - a, c, 9 - c}, 0.9, *state, &exact);
            fisher_exact(&(struct two_by_two){c, 9 - c, a, 6 - a}, 0.9, *state,
                         &turned);
            assert_near(exact.two_sided.value, turned.two_sided.value, 1e-13);
            assert_near(exact.less.value, turned.greater.value, 1e-13);
        }
}

static void what_cannot_be_estimated_says_why(void **state)
{
    struct two_by_two_measures found;
    two_by_two_measure(&(struct two_by_two){0, 0, 3, 4}, 0.95, &found);
    assert_string_equal(found.rd_wald.lower.reason, "a group has nobody");
    two_by_two_measure(&(struct two_by_two){0, 5, 0, 4}, 0.95, &found);
    assert_string_equal(found.risk_ratio.reason, "a count that it divides by is 0");
    assert_string_equal(found.chi_square.p.reason, "nobody or everybody has the event");
    assert_true(is_estimated(found.rd_newcombe.upper));
    two_by_two_measure(&(struct two_by_two){0, 5, 2, 4}, 0.95, &found);
    assert_near(found.risk_ratio.value, 0, 0);
    assert_string_equal(found.rr_katz.lower.reason,
                        "a cell is 0: the logarithm has no error");
    struct fisher exact;
    fisher_exact(&(struct two_by_two){5, 0, 2, 4}, 0.95, *state, &exact);
    assert_string_equal(exact.odds_ratio.reason,
                        "it is infinite: the margins allow no larger count");
    assert_true(is_estimated(exact.interval.lower));
    fisher_exact(&(struct two_by_two){0, 5, 0, 4}, 0.95, *state, &exact);
    assert_string_equal(exact.odds_ratio.reason, "the margins allow no other table");
    assert_near(exact.two_sided.value, 1, 1e-15);
    struct mcnemar pairs;
    mcnemar_test(&(struct two_by_two){4, 0, 0, 5}, 0.95, &pairs);
    assert_string_equal(pairs.exact.reason, "no pair differs");
    assert_near(pairs.difference.value, 0, 0);
    mcnemar_test(&(struct two_by_two){4, 3, 0, 5}, 0.95, &pairs);
    assert_string_equal(pairs.odds_ratio.reason, "it is infinite");
    mcnemar_test(&(struct two_by_two){4, 3, 3, 5}, 0.95, &pairs);
    assert_near(pairs.midp.value, 1 - 20.0 / 64 / 2, 1e-14);
    assert_near(pairs.corrected.statistic.value, 0, 0);
}

static int make(void **state)
{
    *state = arena_new(1 << 20);
    return 0;
}

static int unmake(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_and_tests_are_those_of_the_oracle),
        cmocka_unit_test(exact_odds_solve_their_equations),
        cmocka_unit_test(restricted_proportion_is_the_root_of_the_cubic),
        cmocka_unit_test(intervals_turn_with_the_groups_and_hold_the_estimate),
        cmocka_unit_test(what_cannot_be_estimated_says_why),
    };
    return cmocka_run_group_tests(tests, make, unmake);
}
