#include "support/unit.h"

#include "stats/beta_binomial.h"
#include "support/oracle.h"

#include <stdio.h>
#include <string.h>

/* A row "x18_n20_Be0.5_0.5.post_mean" opens a case; the others follow it. */
static bool reads_as_case(struct text name, int *x, int *n, double *a, double *b)
{
    char copy[100], rest[40];
    snprintf(copy, sizeof copy, "%.*s", TEXT_ARG(name));
    char *end = strstr(copy, ".post_mean");
    if (end == NULL)
        return false;
    *end = '\0';
    return sscanf(copy, "x%d_n%d_Be%lf_%lf%39s", x, n, a, b, rest) == 4;
}

/* Oracle G15: R 4.2.2, pbeta, qbeta, beta-binomial sums. */
static void posteriors_are_those_of_the_oracle(void **state)
{
    (void)state;
    struct oracle *oracle = oracle_open("G15_bayes");
    for (size_t i = 0; i < oracle->count; i++) {
        int x, n;
        double a, b;
        if (!reads_as_case(oracle->names[i], &x, &n, &a, &b))
            continue;
        struct beta_binomial found;
        beta_binomial_update(&(struct beta_input){x, n, 52, a, b, 0.8, 0.95, 0.95},
                             &found);
        struct text in = text_format(oracle->arena, "%.*s",
                                     (int)(oracle->names[i].len - strlen("post_mean")),
                                     oracle->names[i].at);
        oracle_check(oracle, found.mean, 1e-12, "%spost_mean", in.at);
        oracle_check(oracle, found.sd, 1e-12, "%spost_sd", in.at);
        oracle_check(oracle, found.median, 1e-12, "%smedian", in.at);
        oracle_check(oracle, found.equal_tails.lower, 1e-12, "%seti_lo", in.at);
        oracle_check(oracle, found.equal_tails.upper, 1e-12, "%seti_hi", in.at);
        oracle_check(oracle, found.densest.lower, 1e-6, "%shdi_lo", in.at);
        oracle_check(oracle, found.densest.upper, 1e-6, "%shdi_hi", in.at);
        oracle_check(oracle, found.above, 1e-12, "%sp_gt", in.at);
        oracle_check(oracle, found.needed, 1e-12, "%sneed_total", in.at);
        oracle_check(oracle, found.predictive, 1e-12, "%spred_prob", in.at);
    }
    assert_int_equal(oracle->asked, oracle->count);
    oracle_close(oracle);
}

/* Prior Beta(1, 1) and 1 of 1: density 2p, P(p > ½) = ¾; the next is an event with ⅔. */
static void one_of_one_is_as_worked_out_by_hand(void **state)
{
    (void)state;
    struct beta_binomial found;
    beta_binomial_update(&(struct beta_input){1, 1, 2, 1, 1, 0.5, 0.8, 0.75}, &found);
    assert_near(found.mean.value, 2.0 / 3, 1e-14);
    assert_near(found.above.value, 0.75, 1e-14);
    assert_near(found.densest.lower.value, 0.5, 1e-12); /* rises to 1 */
    assert_near(found.densest.upper.value, 1, 0);
    assert_near(found.needed.value, 2, 0); /* P(p > ½ | 2 of 2) = 7/8 */
    assert_near(found.predictive.value, 2.0 / 3, 1e-14);
}

static void the_densest_interval_is_the_shortest(void **state)
{
    (void)state;
    struct beta_binomial found;
    beta_binomial_update(&(struct beta_input){18, 20, 0, 2, 3, 0.5, 0.9, 0.9}, &found);
    double width = found.densest.upper.value - found.densest.lower.value;
    assert_true(width < found.equal_tails.upper.value - found.equal_tails.lower.value);
    beta_binomial_update(&(struct beta_input){10, 20, 0, 2, 2, 0.5, 0.9, 0.9}, &found);
    assert_near(found.densest.lower.value, found.equal_tails.lower.value, 1e-9);
    assert_near(found.densest.lower.value, 1 - found.densest.upper.value, 1e-9);
}

static void what_cannot_be_estimated_says_why(void **state)
{
    (void)state;
    struct beta_binomial found;
    beta_binomial_update(&(struct beta_input){0, 0, 0, 0.5, 0.5, 0.5, 0.9, 0.9},
                         &found);
    assert_string_equal(found.densest.lower.reason, "the posterior has no single peak");
    assert_string_equal(found.needed.reason, "no planned total was given");
    beta_binomial_update(&(struct beta_input){1, 3, 2, 1, 1, 0.5, 0.9, 0.9}, &found);
    assert_string_equal(found.needed.reason,
                        "the planned total is less than there are already");
    beta_binomial_update(&(struct beta_input){1, 1, 2, 1, 1, 0.99, 0.9, 0.9}, &found);
    assert_string_equal(found.needed.reason, "no number of events is enough");
    assert_near(found.predictive.value, 0, 0);
    beta_binomial_update(&(struct beta_input){0, 3, 4, 1, 1, 0.5, 0.5, 0.9}, &found);
    assert_string_equal(found.needed.reason, "it cannot be reached any more");
    assert_near(found.predictive.value, 0, 0);
    beta_binomial_update(&(struct beta_input){1, 1, 2, 0, 1, 0.5, 0.9, 0.9}, &found);
    assert_string_equal(found.mean.reason, "both numbers of the prior must be above 0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(posteriors_are_those_of_the_oracle),
        cmocka_unit_test(one_of_one_is_as_worked_out_by_hand),
        cmocka_unit_test(the_densest_interval_is_the_shortest),
        cmocka_unit_test(what_cannot_be_estimated_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
