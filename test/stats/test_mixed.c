#include "support/unit.h"

#include "base/attributes.h"
#include "stats/mixed.h"
#include "support/oracle.h"

#include <string.h>

/* Oracle G10's input: lme4's sleepstudy. */
static struct mixed_input sleepers(struct oracle *oracle)
{
    struct arena *arena = oracle->arena;
    double **columns = ARENA_ARRAY(arena, double *, 3);
    struct mixed_input input = {.level = 0.95, .covariate_count = 1};
    input.count =
        oracle_columns("G10_lmm_in_sleepstudy", arena, 3,
                       (const char *const[]){"Reaction", "Days", "Subject"}, columns);
    uint32_t *subjects = ARENA_ARRAY(arena, uint32_t, input.count);
    for (size_t i = 0; i < input.count; i++) {
        subjects[i] = (uint32_t)(i == 0 ? 0 : subjects[i - 1]);
        if (i > 0 && columns[2][i] > columns[2][i - 1])
            subjects[i]++;
    }
    input.subject_count = subjects[input.count - 1] + (size_t)1;
    input.outcomes = columns[0];
    input.covariates = (const double *const *)columns + 1;
    input.subjects = subjects;
    input.positions = columns[1];
    return input;
}

/* lme4 stops some 1e-7 before the maximum (closed forms below): its errors are compared so. */
static void check_sleepers(struct oracle *oracle, bool has_slope, bool is_ml,
                           const char *in)
{
    static const char *const names[] = {"(Intercept)", "Days"};
    struct mixed_input input = sleepers(oracle);
    struct mixed_fit fit;
    input.kind = has_slope ? MIXED_SLOPE : MIXED_INTERCEPT;
    input.is_ml = is_ml;
    mixed_fit(&input, oracle->arena, &fit);
    oracle_check(oracle, fit.loglik, 1e-8, "%s.loglik", in);
    for (size_t k = 0; k < 2; k++) {
        const struct mixed_effect *found = &fit.coefficients[k];
        oracle_check(oracle, found->value, 1e-8, "%s.beta.%s", in, names[k]);
        oracle_check(oracle, found->error, has_slope ? 5e-7 : 1e-8, "%s.se.%s", in,
                     names[k]);
        if (is_ml) {
            assert_string_equal(found->p.reason, "given for REML alone");
            continue;
        }
        oracle_check(oracle, found->satterthwaite_df, 1e-4, "%s.satterthwaite_df.%s",
                     in, names[k]);
        oracle_check(oracle, found->p, 1e-8, "%s.p.%s", in, names[k]);
        oracle_check(oracle, found->kenward_roger_error, has_slope ? 5e-7 : 1e-8,
                     "%s.kr_se.%s", in, names[k]);
        oracle_check(oracle, found->kenward_roger_df, 1e-4, "%s.kr_df.%s", in,
                     names[k]);
    }
    oracle_check(oracle, fit.parameters[0], 1e-5, "%s.vc.Subject_(Intercept)_NA", in);
    oracle_check(oracle, fit.parameters[fit.parameter_count - 1], 1e-5,
                 "%s.vc.Residual_NA_NA", in);
    if (!has_slope)
        return;
    oracle_check(oracle, fit.parameters[1], 1e-5, "%s.vc.Subject_(Intercept)_Days", in);
    oracle_check(oracle, fit.parameters[2], 1e-5, "%s.vc.Subject_Days_NA", in);
}

static void random_effects_are_those_of_the_oracle(void **state)
{
    (void)state;
    struct oracle *oracle = oracle_open("G10_lmm");
    check_sleepers(oracle, false, false, "sleepstudy_int.reml");
    check_sleepers(oracle, false, true, "sleepstudy_int.ml");
    check_sleepers(oracle, true, false, "sleepstudy_slope.reml");
    check_sleepers(oracle, true, true, "sleepstudy_slope.ml");
    assert_int_equal(oracle->asked, oracle->count);
    oracle_close(oracle);
}

/* Balanced data have closed forms: R's lm and its table of variance for the intercept, and
 * the spread of 18 lines, √(var/18), for the slope. Both degrees of freedom are 17. */
static void balanced_data_have_their_closed_forms(void **state)
{
    (void)state;
    struct oracle *oracle = oracle_open("G10_lmm");
    struct mixed_input input = sleepers(oracle);
    struct mixed_fit fit;
    mixed_fit(&input, oracle->arena, &fit);
    assert_near(fit.parameters[1].value, 960.4565789287594, 1e-9);
    assert_near(fit.parameters[0].value, 1378.178508418506, 1e-8);
    assert_near(fit.coefficients[1].error.value, 0.8042214290994328, 1e-13);
    input.kind = MIXED_SLOPE;
    mixed_fit(&input, oracle->arena, &fit);
    assert_near(fit.coefficients[0].error.value, 6.824556532069073, 1e-11);
    assert_near(fit.coefficients[1].error.value, 1.545788896294727, 1e-11);
    for (size_t k = 0; k < 2; k++) {
        assert_near(fit.coefficients[k].satterthwaite_df.value, 17, 1e-8);
        assert_near(fit.coefficients[k].kenward_roger_df.value, 17, 1e-8);
    }
    oracle_close(oracle);
}

/* --- visits --------------------------------------------------------------------------- */

enum { VISITS = 4, EFFECTS = 8 };

/* Oracle G11's input with its design: base, visits 3 to 5, group, visits by group. */
static struct mixed_input repeated(struct oracle *oracle)
{
    struct arena *arena = oracle->arena;
    double *columns[5], **x = ARENA_ARRAY(arena, double *, EFFECTS);
    struct mixed_input input = {.level = 0.95,
                                .covariate_count = EFFECTS,
                                .visit_count = VISITS,
                                .kind = MIXED_UNSTRUCTURED};
    input.count = oracle_columns(
        "G11_mmrm_in_map", arena, 5,
        (const char *const[]){"map", "id", "visit", "base", "grp"}, columns);
    uint32_t *subjects = ARENA_ARRAY(arena, uint32_t, input.count);
    double *positions = ARENA_ARRAY(arena, double, input.count);
    x[0] = columns[3];
    for (size_t k = 1; k < EFFECTS; k++)
        x[k] = ARENA_ARRAY(arena, double, input.count);
    for (size_t i = 0; i < input.count; i++) {
        subjects[i] = (uint32_t)columns[1][i] - 1;
        positions[i] = columns[2][i] - 2;
        for (size_t visit = 1; visit < VISITS; visit++) {
            x[visit][i] = (size_t)positions[i] == visit ? 1 : 0;
            x[4 + visit][i] = x[visit][i] * columns[4][i];
        }
        x[4][i] = columns[4][i];
        if (subjects[i] + (size_t)1 > input.subject_count)
            input.subject_count = subjects[i] + (size_t)1;
    }
    input.outcomes = columns[0];
    input.covariates = (const double *const *)x;
    input.subjects = subjects;
    input.positions = positions;
    return input;
}

/* gls of nlme stops where its likelihood is 1e-9 below the maximum, some 1e-6 before it in β:
 * ours must not be lower, and is compared so. */
static void visits_are_those_of_the_oracle(void **state)
{
    (void)state;
    static const char *const names[] = {"(Intercept)", "base",    "vf3",
                                        "vf4",         "vf5",     "grp",
                                        "vf3:grp",     "vf4:grp", "vf5:grp"};
    static const double last[] = {0, 0, 0, 0, 0, 1, 0, 0, 1};
    struct oracle *oracle = oracle_open("G11_mmrm");
    struct mixed_input input = repeated(oracle);
    struct mixed_fit fit;
    input.contrasts = last;
    input.contrast_count = 1;
    mixed_fit(&input, oracle->arena, &fit);
    oracle_check(oracle, fit.loglik, 1e-8, "map.reml_loglik");
    assert_true(fit.loglik.value > -568.521020199665);
    for (size_t k = 0; k <= EFFECTS; k++) {
        oracle_check(oracle, fit.coefficients[k].value, 1e-5, "map.beta.%s", names[k]);
        oracle_check(oracle, fit.coefficients[k].error, 5e-6, "map.se_model.%s",
                     names[k]);
    }
    for (size_t i = 0; i < VISITS; i++)
        for (size_t k = i; k < VISITS; k++)
            oracle_check(oracle, estimate_of(fit.covariance[i * VISITS + k]), 2e-5,
                         "map.V%zu%zu", i + 1, k + 1);
    oracle_check(oracle, fit.contrasts[0].value, 5e-6, "map.contrast_last");
    oracle_check(oracle, fit.contrasts[0].error, 5e-6, "map.contrast_last_se");
    assert_int_equal(oracle->asked, oracle->count);
    oracle_close(oracle);
}

/* Compound symmetry is a random intercept; AR(1), symmetry and Toeplitz lie within what is
 * unstructured, and AR(1) within Toeplitz: the likelihoods must stand in that order. */
static void structures_lie_within_each_other(void **state)
{
    (void)state;
    struct oracle *oracle = oracle_open("G11_mmrm");
    struct mixed_input input = repeated(oracle);
    double loglik[MIXED_TOEPLITZ + 1];
    struct mixed_fit fit, symmetric = {0};
    for (int kind = MIXED_INTERCEPT; kind <= MIXED_TOEPLITZ; kind++) {
        input.kind = (enum mixed_kind)kind;
        mixed_fit(&input, oracle->arena, &fit);
        if (kind == MIXED_SLOPE)
            continue;
        assert_true(is_estimated(fit.loglik));
        loglik[kind] = fit.loglik.value;
        if (kind == MIXED_SYMMETRY)
            symmetric = fit;
    }
    assert_near(loglik[MIXED_SYMMETRY], loglik[MIXED_INTERCEPT], 1e-10);
    assert_true(loglik[MIXED_TOEPLITZ] > loglik[MIXED_AR1]);
    assert_true(loglik[MIXED_TOEPLITZ] > loglik[MIXED_SYMMETRY]);
    assert_true(loglik[MIXED_UNSTRUCTURED] > loglik[MIXED_TOEPLITZ]);
    input.kind = MIXED_INTERCEPT;
    mixed_fit(&input, oracle->arena, &fit);
    for (size_t k = 0; k <= EFFECTS; k++) {
        assert_near(symmetric.coefficients[k].kenward_roger_df.value,
                    fit.coefficients[k].kenward_roger_df.value, 1e-7);
        assert_near(symmetric.coefficients[k].satterthwaite_df.value,
                    fit.coefficients[k].satterthwaite_df.value, 1e-7);
    }
    oracle_close(oracle);
}

/* AR(1) is not linear in ρ: the second derivatives count. Written out with matrices of all
 * rows in R 4.2.2: the maximum of REML by Newton's method, then Kenward and Roger 1997,
 * formulas (1) to (3), with R_kl. */
static void a_curved_covariance_is_as_written_out(void **state)
{
    (void)state;
    struct oracle *oracle = oracle_open("G11_mmrm");
    struct mixed_input input = repeated(oracle);
    struct mixed_fit fit;
    input.kind = MIXED_AR1;
    mixed_fit(&input, oracle->arena, &fit);
    const struct mixed_effect *group = &fit.coefficients[5];
    assert_near(fit.loglik.value, -575.41425128194419, 1e-9);
    assert_near(fit.parameters[0].value, 53.150128735812800, 1e-7);
    assert_near(fit.parameters[1].value, 0.392397336350884, 1e-9);
    assert_near(group->error.value, 2.04414117151262, 1e-9);
    assert_near(group->kenward_roger_error.value, 2.04396474995780, 1e-9);
    assert_near(group->kenward_roger_df.value, 132.47361644726972, 1e-6);
    assert_near(group->satterthwaite_df.value, 132.9935335, 1e-5);
    oracle_close(oracle);
}

/* Two visits of six people, all there: the means' covariance is that of the sample, and the
 * difference between the visits is the paired t test with 5 degrees of freedom. */
static void two_visits_are_the_paired_t_test(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 24);
    static const double first[] = {1, 2, 4, 4, 7, 9}, second[] = {2, 2, 5, 7, 6, 12};
    double outcomes[12], visit[12], mean = 0, square = 0;
    uint32_t subjects[12];
    for (size_t i = 0; i < 6; i++) {
        outcomes[2 * i] = first[i];
        outcomes[2 * i + 1] = second[i];
        visit[2 * i] = 0;
        visit[2 * i + 1] = 1;
        subjects[2 * i] = subjects[2 * i + 1] = (uint32_t)i;
        mean += (second[i] - first[i]) / 6;
    }
    for (size_t i = 0; i < 6; i++)
        square += pow(second[i] - first[i] - mean, 2) / 5;
    struct mixed_input input = {.outcomes = outcomes,
                                .covariates = (const double *const[]){visit},
                                .subjects = subjects,
                                .positions = visit,
                                .count = 12,
                                .covariate_count = 1,
                                .subject_count = 6,
                                .visit_count = 2,
                                .kind = MIXED_UNSTRUCTURED,
                                .level = 0.95};
    struct mixed_fit fit;
    mixed_fit(&input, arena, &fit);
    const struct mixed_effect *found = &fit.coefficients[1];
    assert_near(found->value.value, mean, 1e-12);
    assert_near(found->error.value, sqrt(square / 6), 1e-10);
    assert_near(found->satterthwaite_df.value, 5, 1e-7);
    assert_near(found->kenward_roger_df.value, 5, 1e-7);
    assert_near(found->kenward_roger_error.value, sqrt(square / 6), 1e-10);
    visit[1] = 0;
    mixed_fit(&input, arena, &fit);
    assert_string_equal(fit.loglik.reason, "a subject has a visit twice");
    arena_free(arena);
}

/* Subjects that are more alike than chance: the variance between them is 0, not below. */
static void a_variance_is_never_below_zero(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 22);
    static const double outcomes[] = {1, 5, 2, 4, 1.5, 4.5, 2, 5};
    static const uint32_t subjects[] = {0, 0, 1, 1, 2, 2, 3, 3};
    static const double x[] = {0, 1, 2, 0, 1, 2, 1, 0};
    struct mixed_input input = {.outcomes = outcomes,
                                .covariates = (const double *const[]){x},
                                .subjects = subjects,
                                .count = 8,
                                .covariate_count = 1,
                                .subject_count = 4,
                                .level = 0.95};
    struct mixed_fit fit;
    mixed_fit(&input, arena, &fit);
    assert_near(fit.parameters[0].value, 0, 0);
    assert_true(fit.parameters[1].value > 0);
    assert_near(fit.coefficients[1].satterthwaite_df.value, 6, 1e-6); /* n - p */
    static const double same[] = {3, 3, 3, 3, 3, 3, 3, 3};
    input.covariates = (const double *const[]){same};
    mixed_fit(&input, arena, &fit);
    assert_string_equal(fit.coefficients[0].value.reason,
                        "columns repeat each other, or nothing varies");
    input.count = 3;
    mixed_fit(&input, arena, &fit);
    assert_string_equal(fit.loglik.reason, "there are fewer rows than parameters");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_effects_are_those_of_the_oracle),
        cmocka_unit_test(balanced_data_have_their_closed_forms),
        cmocka_unit_test(visits_are_those_of_the_oracle),
        cmocka_unit_test(structures_lie_within_each_other),
        cmocka_unit_test(a_curved_covariance_is_as_written_out),
        cmocka_unit_test(two_visits_are_the_paired_t_test),
        cmocka_unit_test(a_variance_is_never_below_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
