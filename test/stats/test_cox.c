#include "support/unit.h"

#include "base/attributes.h"
#include "stats/cox.h"
#include "support/oracle.h"

#include <string.h>

enum { VETERANS = 8 };

static const char *const columns[] = {"trt",   "small",    "adeno", "squam",
                                      "karno", "diagtime", "age",   "prior"};

/* Oracle G05's input: survival's veteran. */
static struct cox_input veterans(struct oracle *oracle)
{
    struct arena *arena = oracle->arena;
    double *times[2], **covariates = ARENA_ARRAY(arena, double *, VETERANS);
    struct cox_input input = {.covariate_count = VETERANS};
    input.count = oracle_columns("G05_cox_in_veteran", arena, 2,
                                 (const char *const[]){"time", "status"}, times);
    oracle_columns("G05_cox_in_veteran", arena, VETERANS, columns, covariates);
    bool *is_event = ARENA_ARRAY(arena, bool, input.count);
    for (size_t i = 0; i < input.count; i++)
        is_event[i] = times[1][i] > 0;
    input.times = times[0];
    input.is_event = is_event;
    input.covariates = (const double *const *)covariates;
    return input;
}

static struct estimate hazard_ratio(const struct cox_coefficient *found, double z)
{
    return estimate_of(exp(found->value.value + z * found->error.value));
}

static void check_model(struct oracle *oracle, const struct cox_fit *fit,
                        const char *name)
{
    struct cox_concordance concordance;
    double z = normal_reach(0.95);
    for (size_t k = 0; k < VETERANS; k++) {
        const struct cox_coefficient *found = &fit->coefficients[k];
        oracle_check(oracle, found->value, 1e-9, "%s.coef.%s", name, columns[k]);
        oracle_check(oracle, found->error, 1e-9, "%s.se.%s", name, columns[k]);
        oracle_check(oracle, found->p, 1e-9, "%s.p.%s", name, columns[k]);
        oracle_check(oracle, hazard_ratio(found, -z), 1e-9, "%s.hr_lo.%s", name,
                     columns[k]);
        oracle_check(oracle, hazard_ratio(found, z), 1e-9, "%s.hr_hi.%s", name,
                     columns[k]);
    }
    cox_concordance(fit, oracle->arena, &concordance);
    oracle_check(oracle, fit->loglik_null, 1e-9, "%s.loglik0", name);
    oracle_check(oracle, fit->loglik, 1e-9, "%s.loglik", name);
    oracle_check(oracle, fit->likelihood_ratio, 1e-9, "%s.lrt", name);
    oracle_check(oracle, fit->wald, 1e-9, "%s.wald", name);
    oracle_check(oracle, fit->score, 1e-9, "%s.score", name);
    oracle_check(oracle, concordance.value, 1e-9, "%s.concordance.C", name);
    oracle_check(oracle, concordance.error, 1e-9, "%s.concordance.se", name);
}

static void check_hazards(struct oracle *oracle, const struct cox_fit *fit,
                          enum cox_transform transform, const char *name)
{
    const struct cox_hazards_test *tests = cox_hazards(fit, transform, oracle->arena);
    for (size_t k = 0; k <= VETERANS; k++) {
        const char *of = k == VETERANS ? "GLOBAL" : columns[k];
        oracle_check(oracle, tests[k].chi2, 1e-8, "%s.chisq.%s", name, of);
        oracle_check(oracle, tests[k].p, 1e-8, "%s.p.%s", name, of);
    }
}

static void models_are_those_of_the_oracle(void **state)
{
    (void)state;
    struct oracle *oracle = oracle_open("G05_cox");
    struct cox_input input = veterans(oracle);
    input.is_robust = true;
    const struct cox_fit *efron = cox_fit(&input, oracle->arena);
    for (size_t k = 0; k < VETERANS; k++)
        oracle_check(oracle, efron->coefficients[k].robust_error, 1e-9,
                     "veteran_efron.robust_se_id.%s", columns[k]);
    input.is_robust = false;
    efron = cox_fit(&input, oracle->arena);
    check_model(oracle, efron, "veteran_efron");
    check_hazards(oracle, efron, COX_KM, "veteran_efron.zph_km");
    check_hazards(oracle, efron, COX_IDENTITY, "veteran_efron.zph_identity");
    static const double x[] = {1, 0, 0, 1, 60, 5, 60, 0}, at[] = {30, 100, 200};
    for (size_t i = 0; i < ARRAY_COUNT(at); i++) {
        struct cox_prediction found;
        cox_predict(efron, x, 0, at[i], 0.95, &found);
        oracle_check(oracle, found.survival, 1e-9, "veteran_pred.surv.%.0f", at[i]);
        oracle_check(oracle, found.survival_error, 1e-9, "veteran_pred.se.%.0f", at[i]);
    }
    struct cox_input breslow = input;
    breslow.ties = COX_BRESLOW;
    const struct cox_fit *fit = cox_fit(&breslow, oracle->arena);
    check_model(oracle, fit, "veteran_breslow");
    check_hazards(oracle, fit, COX_KM, "veteran_breslow.zph_km");
    check_hazards(oracle, fit, COX_IDENTITY, "veteran_breslow.zph_identity");
    assert_int_equal(oracle->asked + 2, oracle->count); /* exact ties are not done */
    oracle_close(oracle);
}

/* Martingale residuals and dfbetas of a maximum add up to nothing. */
static void residuals_add_up_to_nothing(void **state)
{
    (void)state;
    struct oracle *oracle = oracle_open("G05_cox");
    struct cox_input input = veterans(oracle);
    const struct cox_fit *fit = cox_fit(&input, oracle->arena);
    const double *martingale = cox_martingale(fit, oracle->arena);
    const double *dfbeta = cox_dfbeta(fit, oracle->arena);
    double sum = 0, moved[VETERANS] = {0}, largest = 0;
    for (size_t i = 0; i < fit->count; i++) {
        sum += martingale[i];
        assert_true(martingale[i] <= 1);
        for (size_t k = 0; k < VETERANS; k++) {
            moved[k] += dfbeta[i * VETERANS + k];
            largest = fmax(largest, fabs(dfbeta[i * VETERANS + k]));
        }
    }
    assert_near(sum, 0, 1e-10);
    assert_true(largest > 0.01);
    for (size_t k = 0; k < VETERANS; k++)
        assert_near(moved[k], 0, 1e-10);
    oracle_close(oracle);
}

/* A row that is cut in two at some time says the same. */
static void a_row_cut_in_two_says_the_same(void **state)
{
    (void)state;
    struct oracle *oracle = oracle_open("G05_cox");
    struct cox_input whole = veterans(oracle), cut = whole;
    struct arena *arena = oracle->arena;
    size_t n = whole.count;
    double *times = ARENA_ARRAY(arena, double, 2 * n);
    double *entries = ARENA_ARRAY(arena, double, 2 * n);
    bool *is_event = ARENA_ARRAY(arena, bool, 2 * n);
    double **twice = ARENA_ARRAY(arena, double *, VETERANS);
    for (size_t k = 0; k < VETERANS; k++) {
        twice[k] = ARENA_ARRAY(arena, double, 2 * n);
        for (size_t i = 0; i < 2 * n; i++)
            twice[k][i] = whole.covariates[k][i % n];
    }
    for (size_t i = 0; i < n; i++) {
        times[i] = whole.times[i] * 0.4;
        entries[n + i] = times[i];
        times[n + i] = whole.times[i];
        is_event[n + i] = whole.is_event[i];
    }
    cut.times = times;
    cut.entries = entries;
    cut.is_event = is_event;
    cut.covariates = (const double *const *)twice;
    cut.count = 2 * n;
    for (size_t i = 0; i < n; i++)
        entries[i] = -1;
    const struct cox_fit *one = cox_fit(&whole, arena), *two = cox_fit(&cut, arena);
    assert_near(two->loglik.value, one->loglik.value, 1e-9);
    for (size_t k = 0; k < VETERANS; k++) {
        assert_near(two->coefficients[k].value.value, one->coefficients[k].value.value,
                    1e-10);
        assert_near(two->coefficients[k].error.value, one->coefficients[k].error.value,
                    1e-10);
    }
    oracle_close(oracle);
}

/* Two of one stratum and two of another: log L = -2 ln(1 + exp(±β)) by hand at 0. */
static void strata_have_their_own_sets_at_risk(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    static const double times[] = {1, 2, 1, 2}, x[] = {1, 0, 0, 1};
    static const bool is_event[] = {true, false, true, false};
    static const uint32_t strata[] = {0, 0, 1, 1};
    static const double *const covariates[] = {x};
    struct cox_input input = {.times = times,
                              .is_event = is_event,
                              .covariates = covariates,
                              .covariate_count = 1,
                              .strata = strata,
                              .stratum_count = 2,
                              .count = 4};
    const struct cox_fit *fit = cox_fit(&input, arena);
    assert_near(fit->loglik_null.value, -2 * log(2), 1e-15);
    assert_near(fit->coefficients[0].value.value, 0, 1e-12);
    assert_near(fit->coefficients[0].error.value, sqrt(2), 1e-12);
    arena_free(arena);
}

static void what_cannot_be_estimated_says_why(void **state)
{
    (void)state;
    struct oracle *oracle = oracle_open("G05_cox");
    struct cox_input input = veterans(oracle);
    double *first = ARENA_ARRAY(oracle->arena, double, input.count);
    double *sum = ARENA_ARRAY(oracle->arena, double, input.count);
    double *same = ARENA_ARRAY(oracle->arena, double, input.count);
    bool *none = ARENA_ARRAY(oracle->arena, bool, input.count);
    for (size_t i = 0; i < input.count; i++) {
        first[i] = input.is_event[i] && input.times[i] < 10 ? 1 : 0;
        sum[i] = input.covariates[0][i] - 3 * input.covariates[4][i];
        same[i] = 7;
    }
    /* All that have `first` die before all others: its coefficient is infinite. */
    const double *some[] = {input.covariates[0], input.covariates[4], sum, same, first};
    input.covariates = some;
    input.covariate_count = 4;
    const struct cox_fit *fit = cox_fit(&input, oracle->arena);
    assert_true(is_estimated(fit->coefficients[1].value));
    assert_string_equal(fit->coefficients[2].value.reason,
                        "it does not vary among those at risk, or is a combination of "
                        "those before it");
    assert_false(is_estimated(fit->coefficients[3].error));
    assert_int_equal(fit->degrees, 2);
    double karno = fit->coefficients[1].value.value;
    input.covariate_count = 2;
    assert_near(cox_fit(&input, oracle->arena)->coefficients[1].value.value, karno,
                1e-12);
    input.covariate_count = 5;
    fit = cox_fit(&input, oracle->arena);
    assert_string_equal(fit->coefficients[4].value.reason,
                        "the likelihood rises for ever: it is infinite");
    assert_true(is_estimated(fit->coefficients[0].value));
    assert_true(is_estimated(fit->likelihood_ratio));
    input.is_event = none;
    fit = cox_fit(&input, oracle->arena);
    assert_string_equal(fit->coefficients[0].p.reason, "nobody had the event");
    struct cox_prediction prediction;
    cox_predict(fit, first, 0, 1, 0.95, &prediction);
    assert_string_equal(prediction.survival.reason, "nothing was fitted");
    oracle_close(oracle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(models_are_those_of_the_oracle),
        cmocka_unit_test(residuals_add_up_to_nothing),
        cmocka_unit_test(a_row_cut_in_two_says_the_same),
        cmocka_unit_test(strata_have_their_own_sets_at_risk),
        cmocka_unit_test(what_cannot_be_estimated_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
