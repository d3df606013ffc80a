#include "support/unit.h"

#include "base/attributes.h"
#include "stats/finegray.h"
#include "stats/incidence.h"
#include "support/oracle.h"

/* Oracle G06's input: survival's mgus2. */
struct mgus {
    double *columns[4]; /* t, ev, sx, age */
    uint32_t *causes, *sexes;
    size_t rows;
};

static struct mgus mgus_read(struct oracle *oracle)
{
    struct arena *arena = oracle->arena;
    struct mgus data;
    data.rows =
        oracle_columns("G06_competing_in_mgus2", arena, 4,
                       (const char *const[]){"t", "ev", "sx", "age"}, data.columns);
    data.causes = ARENA_ARRAY(arena, uint32_t, data.rows);
    data.sexes = ARENA_ARRAY(arena, uint32_t, data.rows);
    for (size_t i = 0; i < data.rows; i++) {
        data.causes[i] = (uint32_t)data.columns[1][i];
        data.sexes[i] = (uint32_t)data.columns[2][i];
    }
    return data;
}

static void check_incidence(struct oracle *oracle, const struct mgus *data,
                            uint32_t cause)
{
    struct arena *arena = oracle->arena;
    static const double at[] = {60, 120, 240};
    struct incidence_at found;
    struct incidence_input all = {data->columns[0], data->causes, data->rows, cause};
    for (size_t i = 0; i < ARRAY_COUNT(at); i++) {
        incidence_at(incidence_fit(&all, arena), at[i], 0.95, &found);
        oracle_check(oracle, found.incidence, 1e-10, "AJ_state%u.%.0f", cause, at[i]);
        oracle_check(oracle, found.jackknife_error, 1e-10, "AJ_se_state%u.%.0f", cause,
                     at[i]);
    }
    for (uint32_t sex = 0; sex < 2; sex++) {
        double *times = ARENA_ARRAY(arena, double, data->rows);
        uint32_t *causes = ARENA_ARRAY(arena, uint32_t, data->rows);
        struct incidence_input part = {times, causes, 0, cause};
        for (size_t i = 0; i < data->rows; i++) {
            times[part.count] = data->columns[0][i];
            causes[part.count] = data->causes[i];
            part.count += data->sexes[i] == sex;
        }
        for (size_t i = 0; i < ARRAY_COUNT(at); i++) {
            incidence_at(incidence_fit(&part, arena), at[i], 0.95, &found);
            oracle_check(oracle, found.incidence, 1e-10, "mgus2.cif.%u_%u.t%.0f", sex,
                         cause, at[i]);
            oracle_check(oracle, found.aalen_variance, 1e-10, "mgus2.var.%u_%u.t%.0f",
                         sex, cause, at[i]);
        }
    }
}

static void check_models(struct oracle *oracle, const struct mgus *data)
{
    struct gray_test gray;
    for (uint32_t cause = 1; cause <= 2; cause++) {
        gray_test(&(struct gray_input){.times = data->columns[0],
                                       .causes = data->causes,
                                       .groups = data->sexes,
                                       .count = data->rows,
                                       .group_count = 2,
                                       .cause = cause},
                  oracle->arena, &gray);
        oracle_check(oracle, gray.chi2, 1e-10, "mgus2.gray.stat.%u", cause);
        oracle_check(oracle, gray.p, 1e-10, "mgus2.gray.p.%u", cause);
    }
    static const char *const names[] = {"sx", "age"};
    struct finegray_fit fit;
    finegray_fit(
        &(struct finegray_input){
            .times = data->columns[0],
            .causes = data->causes,
            .covariates = (const double *const[]){data->columns[2], data->columns[3]},
            .count = data->rows,
            .covariate_count = 2,
            .cause = 1},
        oracle->arena, &fit);
    for (size_t k = 0; k < 2; k++) {
        oracle_check(oracle, fit.coefficients[k].value, 1e-6, "mgus2.fg.coef.%s",
                     names[k]);
        oracle_check(oracle, fit.coefficients[k].error, 1e-5, "mgus2.fg.se.%s",
                     names[k]);
    }
    oracle_check(oracle, fit.loglik, 1e-6, "mgus2.fg.loglik");
}

static void competing_causes_are_those_of_the_oracle(void **state)
{
    (void)state;
    struct oracle *oracle = oracle_open("G06_competing");
    struct mgus data = mgus_read(oracle);
    check_incidence(oracle, &data, 1);
    check_incidence(oracle, &data, 2);
    check_models(oracle, &data);
    assert_int_equal(oracle->asked, oracle->count);
    oracle_close(oracle);
}

/* All causes and S add up to 1; without competitors it is one minus Kaplan–Meier. */
static void incidences_and_survival_add_up_to_one(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    static const double times[] = {1, 2, 2, 3, 4, 5};
    static const uint32_t causes[] = {1, 2, 1, 0, 2, 0};
    double sum = 0;
    for (uint32_t cause = 1; cause <= 2; cause++) {
        struct incidence_at found;
        incidence_at(
            incidence_fit(&(struct incidence_input){times, causes, 6, cause}, arena), 4,
            0.95, &found);
        sum += found.incidence.value;
    }
    /* S(4) = 5/6 · 3/5 · 1/2 */
    assert_near(sum, 1 - 5.0 / 6 * 3 / 5 / 2, 1e-15);
    arena_free(arena);
}

/* One of two had the event at 1, the other was censored at 2: ∂F/∂w = ±1/4, by hand. */
static void the_jackknife_of_two_is_as_by_hand(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    static const double times[] = {1, 2};
    static const uint32_t causes[] = {1, 0};
    struct incidence_at found;
    incidence_at(incidence_fit(&(struct incidence_input){times, causes, 2, 1}, arena),
                 1.5, 0.95, &found);
    assert_near(found.incidence.value, 0.5, 1e-15);
    assert_near(found.jackknife_error.value, sqrt(2.0 / 16), 1e-15);
    arena_free(arena);
}

static void what_cannot_be_estimated_says_why(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    static const double times[] = {1, 2, 3, 4}, same[] = {5, 5, 5, 5};
    static const uint32_t causes[] = {1, 0, 2, 0}, groups[] = {0, 1, 0, 1};
    struct incidence_at at;
    struct incidence_curve *curve =
        incidence_fit(&(struct incidence_input){times, causes, 4, 1}, arena);
    incidence_at(curve, 5, 0.95, &at);
    assert_string_equal(at.incidence.reason, "nobody was followed that long");
    incidence_at(curve, 0.5, 0.95, &at);
    assert_near(at.incidence.value, 0, 0);
    assert_string_equal(at.interval.lower.reason,
                        "an incidence of 0 or 1 has no interval");
    struct gray_test gray;
    struct gray_input input = {.times = times,
                               .causes = causes,
                               .groups = groups,
                               .count = 4,
                               .group_count = 2,
                               .cause = 3};
    gray_test(&input, arena, &gray);
    assert_string_equal(gray.p.reason, "nobody had the event");
    struct finegray_input model = {.times = times,
                                   .causes = causes,
                                   .covariates = (const double *const[]){same},
                                   .count = 4,
                                   .covariate_count = 1,
                                   .cause = 1};
    struct finegray_fit fit;
    finegray_fit(&model, arena, &fit);
    assert_string_equal(fit.coefficients[0].p.reason, "a covariate does not vary");
    model.cause = 3;
    finegray_fit(&model, arena, &fit);
    assert_string_equal(fit.loglik.reason, "nobody had the event");
    static const double first[] = {1, 0, 0, 0}; /* all events are its own */
    model.cause = 1;
    model.covariates = (const double *const[]){first};
    finegray_fit(&model, arena, &fit);
    assert_string_equal(fit.coefficients[0].value.reason,
                        "the likelihood rises for ever: it is infinite");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(competing_causes_are_those_of_the_oracle),
        cmocka_unit_test(incidences_and_survival_add_up_to_one),
        cmocka_unit_test(the_jackknife_of_two_is_as_by_hand),
        cmocka_unit_test(what_cannot_be_estimated_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
