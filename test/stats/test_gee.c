#include "support/unit.h"

#include "base/attributes.h"
#include "stats/gee.h"
#include "stats/logistic.h"
#include "support/oracle.h"

/* The repeated pressures of oracle G11: is it above 65, and a count of tens. */
static struct gee_input pressures(struct oracle *oracle, enum gee_family family)
{
    struct arena *arena = oracle->arena;
    double **columns = ARENA_ARRAY(arena, double *, 5);
    struct gee_input input = {.family = family, .covariate_count = 2, .level = 0.95};
    input.count = oracle_columns(
        "G11_mmrm_in_map", arena, 5,
        (const char *const[]){"base", "grp", "map", "id", "visit"}, columns);
    uint32_t *clusters = ARENA_ARRAY(arena, uint32_t, input.count);
    for (size_t i = 0; i < input.count; i++) {
        clusters[i] = (uint32_t)columns[3][i];
        if (clusters[i] >= input.cluster_count)
            input.cluster_count = clusters[i] + (size_t)1;
        columns[2][i] = family == GEE_LOGIT ? (columns[2][i] > 65 ? 1 : 0)
                                            : nearbyint(columns[2][i] / 10);
    }
    input.outcomes = columns[2];
    input.covariates = (const double *const *)columns;
    input.clusters = clusters;
    if (family == GEE_POISSON)
        input.exposures = columns[4];
    return input;
}

static void check(const struct gee_fit *fit, const double (*expected)[2])
{
    for (size_t k = 0; k < 3; k++) {
        assert_near(fit->coefficients[k].value.value, expected[k][0], 1e-8);
        assert_near(fit->coefficients[k].error.value, expected[k][1], 1e-8);
    }
}

/* geeglm of geepack, R 4.2.2, corstr = "exchangeable", epsilon = 1e-13. */
static void models_are_those_of_geepack(void **state)
{
    (void)state;
    static const double logit[3][2] = {{-9.993310153735026, 2.1005848342759550},
                                       {0.170069238523795, 0.0348070958429921},
                                       {0.196816971302790, 0.3827773555780440}};
    static const double counts[3][2] = {{0.12863918260252460, 0.0865163923718141},
                                        {0.00914687845261649, 0.0013368111599020},
                                        {0.03653945333352868, 0.0266982120355851}};
    struct oracle *oracle = oracle_open("G11_mmrm");
    struct gee_input input = pressures(oracle, GEE_LOGIT);
    struct gee_fit fit;
    gee_fit(&input, oracle->arena, &fit);
    check(&fit, logit);
    assert_near(fit.correlation.value, 0.0676086847731777, 1e-9);
    assert_near(fit.scale.value, 1.0168772446633669, 1e-9);
    assert_near(fit.coefficients[1].naive_error.value, 0.0349380414622197, 1e-9);
    input = pressures(oracle, GEE_POISSON);
    gee_fit(&input, oracle->arena, &fit);
    check(&fit, counts);
    assert_near(fit.correlation.value, -0.250097092940000, 1e-9);
    assert_near(fit.scale.value, 0.775643499160322, 1e-9);
    oracle_close(oracle);
}

/* Independent rows have the coefficients of logistic regression. */
static void independence_is_logistic_regression(void **state)
{
    (void)state;
    struct oracle *oracle = oracle_open("G11_mmrm");
    struct gee_input input = pressures(oracle, GEE_LOGIT);
    bool *outcomes = ARENA_ARRAY(oracle->arena, bool, input.count);
    for (size_t i = 0; i < input.count; i++)
        outcomes[i] = input.outcomes[i] > 0;
    struct logistic_fit logistic;
    logistic_fit(&(struct logistic_input){.outcomes = outcomes,
                                          .covariates = input.covariates,
                                          .count = input.count,
                                          .covariate_count = 2,
                                          .level = 0.95},
                 oracle->arena, &logistic);
    struct gee_fit fit;
    input.is_independent = true;
    gee_fit(&input, oracle->arena, &fit);
    for (size_t k = 0; k < 3; k++) {
        assert_near(fit.coefficients[k].value.value,
                    logistic.coefficients[k].value.value, 1e-9);
        assert_near(fit.coefficients[k].naive_error.value,
                    sqrt(fit.scale.value) * logistic.coefficients[k].error.value, 1e-7);
    }
    assert_string_equal(fit.correlation.reason, "independence was asked for");
    oracle_close(oracle);
}

static void what_cannot_be_estimated_says_why(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    static const double outcomes[] = {0, 0, 1, 1}, none[] = {0, 0, 0, 0};
    static const double same[] = {2, 2, 2, 2}, apart[] = {1, 2, 3, 4};
    static const uint32_t clusters[] = {0, 0, 1, 1};
    struct gee_input input = {.outcomes = outcomes,
                              .covariates = (const double *const[]){same},
                              .clusters = clusters,
                              .count = 4,
                              .covariate_count = 1,
                              .cluster_count = 2,
                              .level = 0.95};
    struct gee_fit fit;
    gee_fit(&input, arena, &fit);
    assert_string_equal(fit.coefficients[0].p.reason, "a covariate does not vary");
    input.covariates = (const double *const[]){apart};
    gee_fit(&input, arena, &fit);
    assert_string_equal(fit.coefficients[1].value.reason,
                        "it does not converge: covariates separate the outcomes");
    input.outcomes = none;
    gee_fit(&input, arena, &fit);
    assert_string_equal(fit.scale.reason, "all outcomes are the same");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(models_are_those_of_geepack),
        cmocka_unit_test(independence_is_logistic_regression),
        cmocka_unit_test(what_cannot_be_estimated_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
