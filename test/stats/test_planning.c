#include "support/unit.h"

#include "stats/fisher.h"
#include "stats/fisher_power.h"
#include "stats/interim.h"
#include "stats/planning.h"
#include "stats/single_arm.h"
#include "support/oracle.h"

static const struct plan usual = {0.025, 0.8, 1}, strong = {0.025, 0.9, 1};

static void check_single_arm(struct oracle *oracle)
{
    static const int64_t sizes[] = {30, 52, 80};
    struct single_arm arm = {0.75, 0.9, 0.05, 0.8};
    for (size_t i = 0; i < 3; i++) {
        struct single_stage at;
        single_stage_at(&arm, sizes[i], &at);
        oracle_check(oracle, at.critical, 1e-12,
                     "exact_single_arm.n%d_p0.75_p1.90.crit", (int)sizes[i]);
        oracle_check(oracle, at.alpha, 1e-12, "exact_single_arm.n%d_p0.75_p1.90.alpha",
                     (int)sizes[i]);
        oracle_check(oracle, at.power, 1e-12, "exact_single_arm.n%d_p0.75_p1.90.power",
                     (int)sizes[i]);
    }
    struct size_found found;
    single_stage_size(&arm, 1000, &found);
    oracle_check(oracle, found.first, 1e-12, "exact_single_arm.first_n_power80");
    interval_width_size(0.9, 0.2, 0.95, false, 1000, &found);
    oracle_check(oracle, found.first, 1e-12, "precision_first_n.p.9_CPwidth.2");
}

static void check_two_stage(struct oracle *oracle, const struct two_stage *design,
                            const char *name)
{
    const struct {
        const char *name;
        double value;
    } rows[] = {{"r1", (double)design->r1}, {"n1", (double)design->n1},
                {"r", (double)design->r},   {"n", (double)design->n},
                {"EN0", design->expected},  {"PET0", design->stopping},
                {"alpha", design->alpha},   {"power", design->power}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        oracle_check(oracle, estimate_of(rows[i].value), 1e-12, "simon_.2_.4.%s.%s",
                     name, rows[i].name);
}

/* Oracle G12: power.prop.test, power.t.test of R 4.2.2, closed forms, pbinom. */
static void sizes_are_those_of_the_oracle(void **state)
{
    (void)state;
    struct oracle *oracle = oracle_open("G12_samplesize");
    oracle_check(oracle, two_proportions_size(&strong, 0.8, 0.95), 1e-8,
                 "two_prop_n_per_arm.p.80_.95_pw.9");
    oracle_check(oracle, two_proportions_power(&usual, 0.5, 0.65, 100), 1e-8,
                 "two_prop_power.n100_.5_.65");
    oracle_check(oracle, means_size(&usual, MEANS_TWO, 5, 10), 1e-8,
                 "t_n_per_arm.delta5_sd10_pw.8");
    oracle_check(oracle, means_power(&usual, MEANS_TWO, 5, 8, 26), 1e-8,
                 "t_power.n26_delta5_sd8");
    oracle_check(oracle, means_size(&strong, MEANS_PAIRED, 5, 9), 1e-8,
                 "paired_t_n.delta5_sd9");
    struct estimate events = schoenfeld_events(&usual, 0.7);
    oracle_check(oracle, events, 1e-12, "schoenfeld_events.hr.7_pw.8");
    oracle_check(oracle, freedman_events(&usual, 0.7), 1e-12,
                 "freedman_events.hr.7_pw.8");
    double hazard = log(2) / 12;
    struct estimate control = event_probability(hazard, 0, 24, 12);
    struct estimate treated = event_probability(0.7 * hazard, 0, 24, 12);
    oracle_check(oracle, control, 1e-12, "uniform_accrual.event_prob_ctl");
    oracle_check(oracle, treated, 1e-12, "uniform_accrual.event_prob_trt");
    oracle_check(oracle,
                 estimate_of(2 * events.value / (control.value + treated.value)), 1e-12,
                 "schoenfeld_N");
    check_single_arm(oracle);
    oracle_check(oracle, design_effect(20, 0.05, 0), 1e-12, "design_effect.m20_icc.05");
    struct two_stage optimal, minimax;
    assert_null(two_stage_find(&(struct single_arm){0.2, 0.4, 0.05, 0.8}, 50,
                               oracle->arena, &optimal, &minimax));
    check_two_stage(oracle, &optimal, "optimal");
    check_two_stage(oracle, &minimax, "minimax");
    oracle_check(oracle, upper_limit_of_none(52, 0.95), 1e-12,
                 "rule_of_three_exact_n52");
    oracle_check(oracle, total_to_see_one(0.02, 0.95), 1e-12,
                 "n_detect_AE_rate.02_prob.95");
    assert_int_equal(oracle->asked, oracle->count);
    oracle_close(oracle);
}

/* What is found, put back, has the power that was asked for. */
static void sizes_put_back_have_the_power(void **state)
{
    (void)state;
    for (double ratio = 0.5; ratio <= 3; ratio += 0.5) {
        struct plan plan = {0.01, 0.85, ratio};
        double n = two_proportions_size(&plan, 0.3, 0.55).value;
        assert_near(two_proportions_power(&plan, 0.3, 0.55, n).value, 0.85, 1e-12);
        n = means_size(&plan, MEANS_TWO, -3, 4).value;
        assert_near(means_power(&plan, MEANS_TWO, -3, 4, n).value, 0.85, 1e-9);
        n = means_size(&plan, MEANS_ONE, 3, 4).value;
        assert_near(means_power(&plan, MEANS_ONE, 3, 4, n).value, 0.85, 1e-9);
    }
}

/* Simon 1989, tables 1 and 2: alpha 0.05, power 0.8. */
static void two_stage_designs_are_those_published(void **state)
{
    static const struct {
        double p0, p1;
        int64_t optimal[4], minimax[4]; /* r1 n1 r n */
    } rows[] = {
        {0.05, 0.25, {0, 9, 2, 17}, {0, 12, 2, 16}},
        {0.10, 0.30, {1, 10, 5, 29}, {1, 15, 5, 25}},
        {0.30, 0.50, {5, 15, 18, 46}, {6, 19, 16, 39}},
        {0.70, 0.90, {4, 6, 22, 27}, {19, 23, 21, 26}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct single_arm arm = {rows[i].p0, rows[i].p1, 0.05, 0.8};
        struct two_stage optimal, minimax;
        assert_null(two_stage_find(&arm, 60, *state, &optimal, &minimax));
        const int64_t found[2][4] = {{optimal.r1, optimal.n1, optimal.r, optimal.n},
                                     {minimax.r1, minimax.n1, minimax.r, minimax.n}};
        for (size_t k = 0; k < 4; k++) {
            assert_int_equal(found[0][k], rows[i].optimal[k]);
            assert_int_equal(found[1][k], rows[i].minimax[k]);
        }
    }
}

/* Every table, tested one by one. */
static double by_all_tables(const struct fisher_plan *plan, int64_t n1, int64_t n2,
                            struct arena *arena)
{
    double power = 0;
    for (int64_t a = 0; a <= n1; a++)
        for (int64_t c = 0; c <= n2; c++) {
            struct fisher exact;
            fisher_exact(&(struct two_by_two){a, n1 - a, c, n2 - c}, 0.95, arena,
                         &exact);
            double p = plan->is_two_sided ? exact.two_sided.value : exact.greater.value;
            if (p <= plan->alpha)
                power += exp(lgamma((double)n1 + 1) - lgamma((double)a + 1) -
                             lgamma((double)(n1 - a) + 1) + lgamma((double)n2 + 1) -
                             lgamma((double)c + 1) - lgamma((double)(n2 - c) + 1)) *
                         pow(plan->p1, (double)a) *
                         pow(1 - plan->p1, (double)(n1 - a)) *
                         pow(plan->p2, (double)c) * pow(1 - plan->p2, (double)(n2 - c));
        }
    return power;
}

static void exact_power_is_that_of_all_tables(void **state)
{
    for (int sides = 1; sides <= 2; sides++) {
        struct fisher_plan plan = {0.05, 0.75, 0.3, sides == 2};
        assert_near(fisher_power(&plan, 14, 9, *state).value,
                    by_all_tables(&plan, 14, 9, *state), 1e-10);
        assert_near(fisher_power(&plan, 13, 13, *state).value,
                    by_all_tables(&plan, 13, 13, *state), 1e-10);
        double n = fisher_size(&plan, 0.8, 1, *state).value;
        assert_true(fisher_power(&plan, (int64_t)n, (int64_t)n, *state).value >= 0.8);
        for (int64_t less = 2; less < (int64_t)n; less++)
            assert_true(fisher_power(&plan, less, less, *state).value < 0.8);
    }
}

/* Power saws: between the first n and the lasting one some n has too little. */
static void power_saws(void **state)
{
    (void)state;
    struct single_arm arm = {0.75, 0.9, 0.05, 0.8};
    struct size_found found;
    single_stage_size(&arm, 1000, &found);
    struct single_stage at;
    single_stage_at(&arm, (int64_t)found.lasting.value - 1, &at);
    assert_true(at.power.value < 0.8);
    assert_true(found.lasting.value > found.first.value);
    for (int64_t n = (int64_t)found.lasting.value; n < 1000; n++) {
        single_stage_at(&arm, n, &at);
        assert_true(at.power.value >= 0.8 && at.alpha.value <= 0.05);
    }
}

/* By hand, with z of 0.025 and of 0.8. */
static void other_sizes_are_their_formulas(void **state)
{
    (void)state;
    double z = 1.959963984540054, z_power = 0.8416212335729143, sum = z + z_power;
    assert_near(margin_size(&usual, 0.9, 0.9, 0.1, false).value,
                sum * sum * 0.18 / 0.01, 1e-9);
    double centred = z + 1.2815515655446004; /* of (1 + 0.8)/2 */
    assert_near(margin_size(&usual, 0.9, 0.9, 0.1, true).value,
                centred * centred * 0.18 / 0.01, 1e-9);
    double reach = z * sqrt(0.4) + z_power * sqrt(0.4 - 0.04);
    assert_near(mcnemar_size(&usual, 0.3, 0.1).value, reach * reach / 0.04, 1e-10);
    /* Twice as many in group 2: p̄ = (0.3 + 2·0.6)/3 = ½, spreads √(1.5/4), √(0.21 + 0.12). */
    struct plan twice = {0.025, 0.8, 2};
    reach = z * sqrt(0.375) + z_power * sqrt(0.33);
    assert_near(two_proportions_size(&twice, 0.3, 0.6).value, reach * reach / 0.09,
                1e-10);
    assert_near(schoenfeld_events(&twice, 0.5).value,
                sum * sum * 4.5 / (log(2) * log(2)), 1e-9);
    assert_near(freedman_events(&twice, 0.5).value, sum * sum * 4 / (2 * 0.25), 1e-9);
    assert_near(design_effect(20, 0.05, 0.5).value, 1 + 24 * 0.05, 1e-14);
    /* All at once, no dropout: 1 - exp(-λF). With as much dropout as hazard half of all. */
    assert_near(event_probability(0.2, 0, 0, 5).value, 1 - exp(-1), 1e-15);
    assert_near(event_probability(0.1, 0.1, 0, 5).value, (1 - exp(-1)) / 2, 1e-15);
}

/* R 4.2.2: qchisq, pnorm; the first assurance also by integrate over the prior. */
static void what_is_uncertain_is_planned_for(void **state)
{
    (void)state;
    assert_near(deviation_upper_limit(8, 26, 0.8).value, 9.19121275577715, 1e-13);
    assert_near(deviation_upper_limit(10, 52, 0.9).value, 11.5004388784696, 1e-13);
    assert_non_null(deviation_upper_limit(10, 1, 0.9).reason);
    assert_near(assurance_of_means(&usual, 5, 3, 12, 60).value, 0.575357604055409,
                1e-13);
    struct plan uneven = {0.05, 0.8, 2};
    assert_near(assurance_of_means(&uneven, 5, 0, 12, 60).value, 0.83900524327526,
                1e-13);
    assert_near(assurance_of_means(&uneven, -5, 0, 12, 60).value, 0.83900524327526,
                1e-13);
    assert_non_null(assurance_of_means(&usual, 5, -1, 12, 60).reason);
}

static void what_cannot_be_planned_says_why(void **state)
{
    (void)state;
    assert_string_equal(two_proportions_size(&usual, 0.5, 0.5).reason,
                        "there is no difference to find");
    assert_string_equal(two_proportions_size(&usual, 0.5, 1.5).reason,
                        "the proportions must be between 0 and 1");
    assert_string_equal(margin_size(&usual, 0.7, 0.9, 0.1, false).reason,
                        "the difference lies beyond the margin");
    assert_string_equal(means_size(&usual, MEANS_TWO, 5, 0).reason,
                        "the standard deviation must be above 0");
    assert_string_equal(means_power(&usual, MEANS_TWO, 5, 1, 1).reason,
                        "there is no degree of freedom");
    assert_string_equal(schoenfeld_events(&usual, 1).reason,
                        "there is no difference to find");
    struct size_found found;
    single_stage_size(&(struct single_arm){0.5, 0.51, 0.05, 0.8}, 100, &found);
    assert_string_equal(found.first.reason, "none up to the largest that was tried");
    struct single_stage at;
    single_stage_at(&(struct single_arm){0.75, 0.9, 0.05, 0.8}, 5, &at);
    assert_string_equal(at.critical.reason, "not even n of n would be significant");
    assert_near(at.power.value, 0, 0);
    struct two_stage optimal, minimax;
    assert_string_equal(two_stage_find(&(struct single_arm){0.5, 0.51, 0.05, 0.8}, 60,
                                       *state, &optimal, &minimax),
                        "no design up to the largest n is enough");
}

static int make(void **state)
{
    *state = arena_new(64 << 20);
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
        cmocka_unit_test(sizes_are_those_of_the_oracle),
        cmocka_unit_test(sizes_put_back_have_the_power),
        cmocka_unit_test(two_stage_designs_are_those_published),
        cmocka_unit_test(exact_power_is_that_of_all_tables),
        cmocka_unit_test(power_saws),
        cmocka_unit_test(other_sizes_are_their_formulas),
        cmocka_unit_test(what_is_uncertain_is_planned_for),
        cmocka_unit_test(what_cannot_be_planned_says_why),
    };
    return cmocka_run_group_tests(tests, make, unmake);
}
