/* Agreement of two raters, likeness within clusters, and the sizes of the protocol. Expected
 * numbers are of R 4.2.2: aov, glmer of lme4 1.1-31 (nAGQ 25), and the errors of kappa and
 * AC1 by linearisation over the things rated; sizes those of the specification, section 6.2. */
#include "support/unit.h"

#include "stats/agreement.h"
#include "stats/cluster_icc.h"
#include "stats/planning.h"
#include "support/oracle.h"

static void agreement_is_that_of_r(void **state)
{
    (void)state;
    struct agreement found;
    agreement_of(&(struct two_by_two){40, 9, 6, 25}, 0.95, &found);
    assert_near(found.kappa.value, 0.611901681759379, 1e-12);
    assert_near(found.kappa_interval.lower.value, 0.435936174023633, 1e-12);
    assert_near(found.kappa_interval.upper.value, 0.787867189495125, 1e-12);
    assert_near(found.ac1.value, 0.637735849056604, 1e-12);
    assert_near(found.ac1_interval.lower.value, 0.468011777402559, 1e-12);
    assert_near(found.ac1_interval.upper.value, 0.807459920710648, 1e-12);
}

static void nobody_and_one_answer_alone_have_no_kappa(void **state)
{
    (void)state;
    struct agreement found;
    agreement_of(&(struct two_by_two){0, 0, 0, 0}, 0.95, &found);
    assert_false(is_estimated(found.observed) || is_estimated(found.ac1));
    agreement_of(&(struct two_by_two){7, 0, 0, 0}, 0.95, &found);
    assert_false(is_estimated(found.kappa));
    assert_near(found.ac1.value, 1, 1e-12);
}

static void likeness_is_that_of_r(void **state)
{
    (void)state;
    const double events[] = {9, 14, 7, 20, 11}, totals[] = {10, 20, 8, 21, 19};
    struct cluster_icc found;
    cluster_icc(events, totals, 5, &found);
    assert_near(found.anova.value, 0.103232543771473, 1e-12);
    assert_near(found.deviation.value, 0.749369594, 1e-3);
    assert_near(found.latent.value, 0.1458044987, 1e-3);
}

static void likeness_that_cannot_be_told_says_why(void **state)
{
    (void)state;
    const double none[] = {0, 0}, ten[] = {10, 10}, all[] = {10, 0}, ones[] = {1, 1},
                 half[] = {5, 5};
    struct cluster_icc found;
    cluster_icc(none, ten, 2, &found);
    assert_string_equal(found.anova.reason, "all outcomes are the same");
    cluster_icc(all, ten, 1, &found);
    assert_string_equal(found.anova.reason, "there are fewer than two clusters");
    cluster_icc(none, ones, 2, &found);
    assert_string_equal(found.anova.reason, "no cluster has two people");
    cluster_icc(all, ten, 2, &found);
    assert_near(found.anova.value, 1, 1e-12);
    assert_false(is_estimated(found.latent));
    cluster_icc(half, ten, 2, &found); /* as alike as can be: less than chance */
    assert_true(found.anova.value < 0);
    assert_near(found.latent.value, 0, 1e-6);
}

static void sizes_are_those_of_the_protocol(void **state)
{
    (void)state;
    static const struct {
        double p1, p2, sizes[3];
    } cases[] = {{0.90, 0.75, {97, 115, 141}},
                 {0.92, 0.80, {128, 151, 185}},
                 {0.85, 0.70, {118, 139, 171}}};
    static const double icc[] = {0, 0.02, 0.05};
    const struct plan plan = {0.025, 0.8, 1};
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 3; k++) {
            double size = unpooled_size(&plan, cases[i].p1, cases[i].p2).value;
            assert_near(ceil(size * design_effect(10, icc[k], 0).value),
                        cases[i].sizes[k], 0);
        }
    assert_false(is_estimated(unpooled_size(&plan, 0.5, 0.5)));
    assert_false(is_estimated(unpooled_size(&plan, 1, 0.5)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agreement_is_that_of_r),
        cmocka_unit_test(nobody_and_one_answer_alone_have_no_kappa),
        cmocka_unit_test(likeness_is_that_of_r),
        cmocka_unit_test(likeness_that_cannot_be_told_says_why),
        cmocka_unit_test(sizes_are_those_of_the_protocol),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
