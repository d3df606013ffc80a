#include "support/unit.h"

#include "base/attributes.h"
#include "stats/logistic.h"
#include "support/oracle.h"

static struct logistic_input read_case(struct oracle *oracle, const char *name,
                                       const char *outcome, size_t count,
                                       const char *const *names)
{
    struct arena *arena = oracle->arena;
    double *outcomes[1], **covariates = ARENA_ARRAY(arena, double *, count);
    struct logistic_input input = {.covariate_count = count, .level = 0.95};
    input.count =
        oracle_columns(name, arena, 1, (const char *const[]){outcome}, outcomes);
    oracle_columns(name, arena, count, names, covariates);
    bool *is_event = ARENA_ARRAY(arena, bool, input.count);
    for (size_t i = 0; i < input.count; i++)
        is_event[i] = outcomes[0][i] > 0;
    input.outcomes = is_event;
    input.covariates = (const double *const *)covariates;
    return input;
}

static const char *const birth[] = {"age",   "lwt", "black", "other",
                                    "smoke", "ptd", "ht",    "ui"};
static const char *const cancer[] = {"NV", "PI", "EH"};

static void check_birth(struct oracle *oracle)
{
    struct logistic_input input =
        read_case(oracle, "G09_logistic_in_birthwt", "low", ARRAY_COUNT(birth), birth);
    struct logistic_fit fit;
    input.has_profile = true;
    logistic_fit(&input, oracle->arena, &fit);
    for (size_t k = 0; k <= input.covariate_count; k++) {
        const struct logistic_coefficient *found = &fit.coefficients[k];
        const char *name = k == 0 ? "(Intercept)" : birth[k - 1];
        oracle_check(oracle, found->value, 1e-9, "birthwt.coef.%s", name);
        oracle_check(oracle, found->error, 1e-9, "birthwt.se.%s", name);
        oracle_check(oracle, found->z, 1e-9, "birthwt.z.%s", name);
        oracle_check(oracle, found->p, 1e-9, "birthwt.p.%s", name);
    }
    oracle_check(oracle, fit.deviance, 1e-9, "birthwt.deviance");
    oracle_check(oracle, fit.null_deviance, 1e-9, "birthwt.null_deviance");
    oracle_check(oracle, fit.coefficients[2].profile.lower, 1e-6,
                 "birthwt.profile_lwt.lo");
    oracle_check(oracle, fit.coefficients[2].profile.upper, 1e-6,
                 "birthwt.profile_lwt.hi");
}

static void check_cancer(struct oracle *oracle)
{
    struct logistic_input input = read_case(oracle, "G09_logistic_in_endometrial", "HG",
                                            ARRAY_COUNT(cancer), cancer);
    struct logistic_fit fit;
    input.is_firth = true;
    logistic_fit(&input, oracle->arena, &fit);
    const char *in = "endometrial.firth";
    for (size_t k = 0; k <= input.covariate_count; k++) {
        const struct logistic_coefficient *found = &fit.coefficients[k];
        const char *name = k == 0 ? "(Intercept)" : cancer[k - 1];
        oracle_check(oracle, found->value, 1e-8, "%s.coef.%s", in, name);
        oracle_check(oracle, found->error, 1e-8, "%s.se.%s", in, name);
        if (k == 0)
            continue;
        oracle_check(oracle, found->ratio_chi2, 1e-8, "%s.plr_chisq.%s", in, name);
        oracle_check(oracle, found->ratio_p, 1e-8, "%s.plr_p.%s", in, name);
        oracle_check(oracle, found->profile.lower, 1e-8, "%s.pl_lo.%s", in, name);
        oracle_check(oracle, found->profile.upper, 1e-8, "%s.pl_hi.%s", in, name);
    }
    oracle_check(oracle, fit.loglik, 1e-8, "%s.penloglik", in);
}

static void models_are_those_of_the_oracle(void **state)
{
    (void)state;
    struct oracle *oracle = oracle_open("G09_logistic");
    check_birth(oracle);
    check_cancer(oracle);
    assert_int_equal(oracle->asked + 1, oracle->count); /* one is informative only */
    oracle_close(oracle);
}

/* All NV have HG in the endometrial data: Heinze and Schemper's example. */
static void separation_is_named_where_it_is(void **state)
{
    (void)state;
    struct oracle *oracle = oracle_open("G09_logistic");
    struct logistic_input input = read_case(oracle, "G09_logistic_in_endometrial", "HG",
                                            ARRAY_COUNT(cancer), cancer);
    struct logistic_fit fit;
    logistic_fit(&input, oracle->arena, &fit);
    assert_string_equal(
        fit.coefficients[1].value.reason,
        "separation: its coefficient is infinite; --firth estimates it");
    assert_true(is_estimated(fit.coefficients[2].value));
    assert_true(is_estimated(fit.coefficients[3].error));
    assert_true(is_estimated(fit.deviance));
    oracle_close(oracle);
}

/* One covariate of 0 and 1: the coefficient is ln(ad/bc), its error √(1/a + … + 1/d). With
 * Firth's penalty the ½ of each cell is exact in this saturated model. */
static void a_table_gives_its_odds_ratio(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    enum { COUNT = 30 };
    double x[COUNT], same[COUNT], twice[COUNT];
    bool outcomes[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        x[i] = i < 12 ? 1 : 0;
        outcomes[i] = i < 9 || i >= 24; /* 9 of 12, 6 of 18 */
        same[i] = 3;
        twice[i] = 2 * x[i] + 1;
    }
    struct logistic_input input = {.outcomes = outcomes,
                                   .covariates =
                                       (const double *const[]){x, same, twice},
                                   .count = COUNT,
                                   .covariate_count = 3,
                                   .level = 0.95};
    struct logistic_fit fit;
    logistic_fit(&input, arena, &fit);
    assert_near(fit.coefficients[1].value.value, log(9.0 * 12 / (3 * 6)), 1e-12);
    assert_near(fit.coefficients[1].error.value,
                sqrt(1.0 / 9 + 1.0 / 3 + 1.0 / 6 + 1.0 / 12), 1e-12);
    for (size_t k = 2; k <= 3; k++)
        assert_string_equal(fit.coefficients[k].value.reason,
                            "it does not vary, or is a combination of those before it");
    input.is_firth = true;
    logistic_fit(&input, arena, &fit);
    assert_near(fit.coefficients[1].value.value, log(9.5 * 12.5 / (3.5 * 6.5)), 1e-11);
    arena_free(arena);
}

static void outcomes_that_are_all_the_same_say_so(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    static const bool outcomes[] = {true, true, true, true};
    static const double x[] = {1, 2, 3, 4};
    struct logistic_input input = {.outcomes = outcomes,
                                   .covariates = (const double *const[]){x},
                                   .count = 4,
                                   .covariate_count = 1,
                                   .level = 0.95};
    struct logistic_fit fit;
    logistic_fit(&input, arena, &fit);
    assert_string_equal(fit.coefficients[1].p.reason, "all outcomes are the same");
    input.is_firth = true;
    logistic_fit(&input, arena, &fit);
    assert_true(is_estimated(fit.coefficients[0].value));
    assert_near(fit.coefficients[1].value.value, 0, 1e-9);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(models_are_those_of_the_oracle),
        cmocka_unit_test(separation_is_named_where_it_is),
        cmocka_unit_test(a_table_gives_its_odds_ratio),
        cmocka_unit_test(outcomes_that_are_all_the_same_say_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
